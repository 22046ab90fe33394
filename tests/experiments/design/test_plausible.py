"""The plausible sets: read whole or refused, and drawn by their weights, spread over them."""

import csv
import hashlib
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import experiments.report
from experiments.cli import main
from experiments.design import origin
from experiments.design.design import make_design
from experiments.design.parameter_sets import draw_plausible, draw_sets
from experiments.design.plausible import PlausibleSets, load_plausible
from experiments.files.digests import digest
from experiments.report.build import _about
from experiments.results.case import read_case
from experiments.results.store import load_results
from simulation.errors import InputError
from simulation.parameters import PARAMETERS, Parameters

NAMES = ["transfer_rate", "best_gap"]


def seal(folder, **more):
    made = {"digest": hashlib.sha256((folder / "sets.csv").read_bytes()).hexdigest(), "seed": 3} | more
    (folder / "made.json").write_text(json.dumps(made), encoding="utf-8")


def write(folder, text, **more):
    (folder / "sets.csv").write_text(text, encoding="utf-8")
    seal(folder, **more)
    return folder


def whole(folder, number=40, seed=1):
    """Sets of every parameter, with weights."""
    weights = np.random.default_rng(seed).random(number) + 0.1
    with (folder / "sets.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["weight", *PARAMETERS])
        for weight, one in zip(weights / weights.sum(), draw_sets(number, Parameters(), (), seed), strict=True):
            out.writerow([repr(float(weight)), *map(repr, one.parameters.as_dict().values())])
    seal(folder)
    return folder


def known(weights, names=NAMES):
    """Plausible sets of some weights, whose parameters rise along them."""
    weights = np.array(weights, dtype=np.float64)
    sets = tuple(
        Parameters.from_mapping({name: PARAMETERS[name].low + 0.001 * k for name in names}) for k in range(len(weights))
    )
    return PlausibleSets(weights / weights.sum(), sets, tuple(names), {"digest": "d"})


# Reading


def test_sets_are_read_with_weights_that_sum_to_one(tmp_path):
    found = load_plausible(write(tmp_path, "weight,transfer_rate,best_gap\n0.3,0.1,1\n0.9,0.2,1.5\n", share=0.01))
    assert found.weights.tolist() == pytest.approx([0.25, 0.75])
    assert [one.transfer_rate for one in found.parameters] == [0.1, 0.2]
    assert found.parameters[1].best_gap == 1.5
    assert found.parameters[0].half_dose == Parameters().half_dose
    assert found.names == ("transfer_rate", "best_gap")
    assert (len(found), found.record["seed"], found.record["share"]) == (2, 3, 0.01)
    assert found.digest == digest(tmp_path / "sets.csv")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "got an empty file"),
        ("transfer_rate,best_gap\n0.1,1\n", "row 1: expected the column 'weight', got transfer_rate, best_gap"),
        ("weight\n1\n", "expected columns of parameters beside weight, got none"),
        ("weight,best_gap\n1,\n", "expected columns of parameters beside weight, got none"),
        ("weight,transfer_rat\n1,0.1\n", "got 'transfer_rat' (nearest: transfer_rate)"),
        ("weight,best_gap,best_gap\n1,1,1\n", "each column once"),
        ("weight,best_gap\n", "expected 1 to 100,000 parameter sets, got 0"),
        ("weight,best_gap\n1,1\n1\n", "row 3, column 'best_gap': expected a number from 0.01 to 10000, as in"),
        ("weight,best_gap\n1,1\n0,1\n", "row 3, column 'weight': expected a number above 0, got '0'"),
        ("weight,best_gap\n-0.5,1\n", "row 2, column 'weight': expected a number above 0, got '-0.5'"),
        ("weight,best_gap\ninf,1\n", "row 2, column 'weight'"),
        ("weight,best_gap\nnan,1\n", "row 2, column 'weight'"),
        ("weight,best_gap\n1,far\n", "row 2, column 'best_gap': expected a number from 0.01 to 10000, got 'far'"),
        ("weight,best_gap\n1,-1\n", "row 2, column 'best_gap': expected a number from 0.01 to 10000, got '-1'"),
        ("weight,best_gap\n1,nan\n", "row 2, column 'best_gap'"),
        ("weight,deprivation_effect,region_sd\n1,0.9,0.9\n", "row 2: parameters deprivation_effect and region_sd"),
    ],
)
def test_bad_sets_are_refused_in_one_sentence(tmp_path, text, said):
    with pytest.raises(InputError) as caught:
        load_plausible(write(tmp_path, text))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_columns_are_read_by_their_names(tmp_path):
    found = load_plausible(write(tmp_path, "best_gap,weight,transfer_rate\n1,2,0.1\n1.5,6,0.2\n"))
    assert found.names == ("transfer_rate", "best_gap")
    assert found.weights.tolist() == [0.25, 0.75]
    assert [(one.transfer_rate, one.best_gap) for one in found.parameters] == [(0.1, 1.0), (0.2, 1.5)]


def test_sets_that_are_not_those_that_were_made_are_refused(tmp_path):
    write(tmp_path, "weight,best_gap\n1,1\n")
    (tmp_path / "sets.csv").write_text("weight,best_gap\n1,1.2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"expected the digest of made.json"):
        load_plausible(tmp_path)


@pytest.mark.parametrize("text", ["[]", "{}", '{"digest": 3}', "{", ""])
def test_a_file_that_does_not_say_what_made_them_is_refused(tmp_path, text):
    write(tmp_path, "weight,best_gap\n1,1\n")
    (tmp_path / "made.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"made.json"):
        load_plausible(tmp_path)


@pytest.mark.parametrize("name", ["sets.csv", "made.json"])
def test_a_missing_file_is_told(tmp_path, name):
    write(tmp_path, "weight,best_gap\n1,1\n")
    (tmp_path / name).unlink()
    with pytest.raises(InputError, match=name.replace(".", r"\.")):
        load_plausible(tmp_path)


def test_the_shipped_sets_are_enough_and_within_their_ranges():
    shipped = load_plausible()
    assert len(shipped) >= 500
    assert shipped.weights.sum() == pytest.approx(1.0)
    for name in shipped.names:
        values = [getattr(one, name) for one in shipped.parameters]
        assert PARAMETERS[name].low <= min(values)
        assert max(values) <= PARAMETERS[name].high
        assert len(set(values)) > 1


# Drawing


@settings(deadline=None)
@given(st.lists(st.floats(0.01, 1.0), min_size=2, max_size=40), st.data())
def test_a_set_is_drawn_as_often_as_its_weight_says(weights, data):
    sets = known(weights)
    number = data.draw(st.sampled_from([n for n in (1, 2, 4, 8, 16, 32) if n <= len(sets)]))
    found = draw_plausible(number, Parameters(), (), data.draw(st.integers(0, 99)), plausible=sets)
    assert sorted(draw for one in found for draw in one.draws) == list(range(number))
    assert [one.weight for one in found] == [len(one.draws) for one in found]
    assert [one.draws[0] for one in found] == sorted(one.draws[0] for one in found)
    places = [round((one.parameters.transfer_rate - PARAMETERS["transfer_rate"].low) / 0.001) for one in found]
    counts = dict(zip(places, (one.weight for one in found), strict=True))
    assert len(counts) == len(found)
    for place, weight in enumerate(sets.weights):
        assert abs(counts.get(place, 0.0) - number * weight) < 1 + 1e-9
    # Sets stand in a row: so does what is drawn of any stretch of them.
    for end in range(len(sets)):
        drawn = sum(counts.get(place, 0.0) for place in range(end + 1))
        assert abs(drawn - number * sets.weights[: end + 1].sum()) < 1 + 1e-9


def test_on_average_each_set_counts_its_weight():
    sets = known([0.05, 0.1, 0.15, 0.3, 0.4])
    total = np.zeros(5)
    for seed in range(400):
        for one in draw_plausible(3, Parameters(), (), seed, plausible=sets):
            total[round((one.parameters.transfer_rate - PARAMETERS["transfer_rate"].low) / 0.001)] += one.weight
    assert total / 1200 == pytest.approx(sets.weights, abs=0.03)


def test_the_draw_comes_again_with_its_seed_and_turns_with_another(tmp_path):
    sets = load_plausible(whole(tmp_path))
    first = draw_plausible(12, Parameters(), (), 7, plausible=sets)
    assert first == draw_plausible(12, Parameters(), (), 7, plausible=sets)
    others = [draw_plausible(12, Parameters(), (), seed, plausible=sets) for seed in range(8, 12)]
    assert any([one.parameters for one in first] != [one.parameters for one in other] for other in others)


def test_what_is_picked_spreads_along_the_direction_in_which_sets_differ_most(tmp_path):
    sets = load_plausible(whole(tmp_path, number=300))
    values = np.array([list(one.as_dict().values()) for one in sets.parameters])
    standard = (values - sets.weights @ values) / np.sqrt(sets.weights @ (values - sets.weights @ values) ** 2)
    direction = np.linalg.svd(standard * np.sqrt(sets.weights)[:, None])[2][0]
    places = {one: place for place, one in enumerate(sets.parameters)}
    picked = [places[one.parameters] for one in draw_plausible(30, Parameters(), (), 5, plausible=sets)]
    along = np.argsort(np.argsort(standard @ direction))
    ends = np.cumsum(sets.weights[np.argsort(standard @ direction)])
    thirtieths = np.floor(30 * (ends[along[picked]] - sets.weights[picked] / 2))
    assert len(set(thirtieths)) > 20


def test_all_lists_every_set_with_its_weight_at_a_mean_of_one(tmp_path):
    sets = load_plausible(whole(tmp_path))
    found = draw_plausible("all", Parameters(), (), 7, plausible=sets)
    assert [one.parameters for one in found] == list(sets.parameters)
    assert [one.weight for one in found] == pytest.approx(40 * sets.weights)
    assert all(0 <= one.receiver_quantile <= 1 for one in found)
    assert {one.weight for one in draw_plausible("all", Parameters(), (), 7, plausible=known([1.0] * 7))} == {1.0}


def test_more_than_there_are_is_refused():
    with pytest.raises(InputError) as caught:
        draw_plausible(6, Parameters(), (), 1, plausible=known([1.0] * 5))
    assert "expected at most 5, as many as there are plausible sets, got 6; --sets all takes every one" in str(
        caught.value
    )


def test_held_values_override_and_move_no_other(tmp_path):
    sets = load_plausible(whole(tmp_path))
    free = draw_plausible(9, Parameters(), (), 2, plausible=sets)
    held = draw_plausible(9, Parameters(transfer_rate=0.11), {"transfer_rate"}, 2, plausible=sets)
    assert {one.parameters.transfer_rate for one in held} == {0.11}
    assert [one.parameters.best_gap for one in free] == [one.parameters.best_gap for one in held]
    assert [(one.receiver_quantile, one.weight) for one in free] == [
        (one.receiver_quantile, one.weight) for one in held
    ]


def test_what_the_sets_leave_out_is_drawn_from_its_range():
    found = draw_plausible(20, Parameters(), (), 1, plausible=known([1.0] * 20))
    info = PARAMETERS["half_dose"]
    shares = [(one.parameters.half_dose - info.low) / (info.high - info.low) for one in found]
    assert sorted(np.floor(np.array(shares) * 20).astype(int)) == list(range(20))


def test_levers_are_drawn_unless_they_are_fixed():
    assert all(
        one.receiver_quantile is None
        for one in draw_plausible(3, Parameters(), (), 1, levers=False, plausible=known([1.0] * 5))
    )


# The default of every experiment


def test_a_design_draws_from_the_plausible_sets_and_says_so():
    shipped = load_plausible()
    design = make_design(sets=5)
    assert {one.parameters for one in design.sets} <= set(shipped.parameters)
    assert design.describe()["origin"] == {"kind": "plausible", "digest": shipped.digest}
    assert len(make_design(sets="all").sets) == len(shipped)


@pytest.mark.parametrize(
    ("asked", "kind"),
    [({"sets": 5, "draw": "prior"}, "prior"), ({"sets": 1}, "defaults"), ({"sets": 1, "draw": "prior"}, "defaults")],
)
def test_the_prior_and_the_defaults_need_no_plausible_sets(monkeypatch, asked, kind):
    monkeypatch.setattr(origin, "load_plausible", lambda: pytest.fail("read"))
    assert make_design(**asked).describe()["origin"] == {"kind": kind, "digest": None}


def test_draws_from_the_prior_are_those_of_the_hypercube():
    assert make_design(sets=5, draw="prior", seed=3).sets == draw_sets(5, Parameters(), (), 3)


def test_a_file_is_named_by_its_digest(tmp_path):
    path = tmp_path / "design.csv"
    path.write_text("transfer_rate\n0.1\n0.2\n", encoding="utf-8")
    assert make_design(design=path).describe()["origin"] == {"kind": "file", "digest": digest(path)}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--draw", "prir"], "draw: expected plausible or prior, got 'prir' (nearest: prior)"),
        (["--draw", ""], "draw: expected plausible or prior, got ''"),
        (["--draw", "prior", "--sets", "all"], "sets: expected a number of draws from the prior"),
        (["--draw", "prior", "--design", "x.csv"], "--draw: expected either --draw or --design, got both"),
        (["--sets", "al"], "--sets: expected a whole number of 1 or more, or all, got 'al'"),
        (["--sets", "2000"], "--sets all takes every one"),
    ],
)
def test_what_cannot_be_drawn_is_told_in_one_sentence(capsys, tmp_path, options, said):
    assert main(["compare", *options, "--out", str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_a_comparison_of_few_of_many_says_where_its_sets_come_from(tmp_path, capsys, monkeypatch):
    sets = known([0.8, *[0.1] * 5])
    monkeypatch.setattr(origin, "load_plausible", lambda: sets)
    monkeypatch.setattr(experiments.report, "write_report", lambda *_, **__: None)
    out = tmp_path / "out"
    options = ["--regimes", "peer_support", "--parity", "days", "--months", "3", "--replicates", "2", "--keep", "runs"]
    assert main(["compare", "--sets", "4", *options, "--workers", "1", "--out", str(out)]) == 0
    results = load_results(out)
    number = len(results.sets)
    assert f"{number} parameter sets of the plausible ones, fitted to the evidence" in capsys.readouterr().out
    assert number < 4 == results.sets.weight.sum()
    assert results.manifest["design"]["origin"] == {"kind": "plausible", "digest": "d"}
    case = results.case
    assert (case.fitted, case.sets, case.weighted) == (True, number, True)
    assert "(digest d), each counted by its weight" in dict(_about(case, results.manifest))["Parameter sets"]


def test_a_folder_without_weights_is_read_as_one_where_all_count_once(small_results):
    design = {name: value for name, value in small_results.manifest["design"].items() if name != "origin"}
    manifest = {**small_results.manifest, "design": design}
    case = read_case(manifest, small_results.comparison, small_results.sets.drop(columns="weight"))
    assert (case.origin, case.weighted) == ("", False)
