"""Which runs a comparison makes."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from experiments.design.design import gather_regimes, make_design
from experiments.design.design_file import read_sets
from experiments.design.parameter_sets import LEVER_QUANTILES, draw_sets, fixed_set
from experiments.files.digests import digest_of
from experiments.results.tables import sets_table
from experiments.studies.comparison.compare import compare_regimes
from simulation.councils import load_councils
from simulation.errors import InputError
from simulation.parameters import PARAMETERS, Parameters
from simulation.regimes import REGIMES, Regime, load_regime
from simulation.scenario import Scenario
from simulation.switches import Switches


def test_the_baselines_are_always_there_and_first():
    names = [regime.name for regime in gather_regimes(["hybrid", "gold_dust"])]
    assert names == ["none", "partners_in_practice", "gold_dust", "hybrid"]
    assert [regime.name for regime in gather_regimes(None)] == list(REGIMES)


def test_a_users_own_regime_comes_last_and_may_be_a_file_or_an_object(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('title = "Mine"\n', encoding="utf-8")
    own = replace(load_regime("peer_support"), name="another")
    assert [regime.name for regime in gather_regimes([path, own, "hybrid"])][2:] == ["hybrid", "another", "mine"]


def test_the_order_in_which_things_are_asked_for_does_not_change_the_design():
    a = make_design(regimes=["hybrid", "gold_dust"], parities=["days", "pounds"], sets=2)
    b = make_design(regimes=["gold_dust", "hybrid"], parities=["pounds", "days"], sets=2)
    assert a.describe() == b.describe()


def test_runs_that_deploy_the_same_support_are_made_once_and_shown_under_each_parity():
    design = make_design(sets=1)
    runs, where = design.distinct(0)
    assert len(where) == len(design.labels) == 3 * len(REGIMES)
    assert runs[0].regime.name == "none"
    assert sorted(set(where)) == list(range(len(runs)))
    shown = {}
    for label, place in zip(design.labels, where, strict=True):
        assert runs[place].regime.name == label.regime
        shown.setdefault(label.regime, set()).add(place)
    assert len(shown["none"]) == len(shown["partners_in_practice"]) == len(shown["historical"]) == 1
    assert len(shown["peer_support"]) == 3
    assert design.size() == design.replicates * len(runs)


def test_a_design_travels_to_another_process():
    design = make_design(sets=2)
    assert pickle.loads(pickle.dumps(design)).describe() == design.describe()  # noqa: S301  our own bytes


@pytest.mark.parametrize(
    "change",
    [
        {"seed": 1},
        {"months": 12},
        {"replicates": 6},
        {"sets": 3},
        {"draw": "prior"},
        {"levers": "fixed"},
        {"parities": ["pounds"]},
        {"regimes": ["hybrid"]},
        {"parameters": {"transfer_rate": 0.2}},
        {"scenario": Scenario(funding="frozen")},
        {"switches": Switches(labels="off")},
    ],
)
def test_whatever_changes_a_result_changes_the_description(change):
    plain, changed = make_design(sets=2), make_design(**{"sets": 2} | change)
    assert digest_of(plain.describe()) != digest_of(changed.describe())
    assert digest_of(plain.describe()) == digest_of(make_design(sets=2).describe())


def test_of_many_sets_the_description_holds_their_number_and_digest():
    def described(seed, number):
        return make_design(regimes=[], parities=["pounds"], sets=number, draw="prior", seed=seed).describe()["sets"]

    assert len(described(1, 256)) == 256
    many = described(1, 257)
    assert (many["number"], len(many["digest"])) == (257, 64)
    assert many == described(1, 257)
    assert many["digest"] != described(2, 257)["digest"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"regimes": ["peer_suport"]}, "unknown regime 'peer_suport' (nearest: peer_support)"),
        ({"regimes": ["hybrid", "hybrid"]}, "'hybrid' twice"),
        ({"parities": ["pound"]}, "(nearest: pounds)"),
        ({"parities": []}, "got none"),
        ({"levers": "drwan"}, "(nearest: drawn)"),
        ({"sets": 0}, "sets: expected a whole number from 1 to 100000, or all, got 0"),
        ({"sets": "some"}, "sets: expected a whole number from 1 to 100000, or all, got 'some'"),
        ({"sets": True}, "or all, got True"),
        ({"sets": "all", "draw": "prior"}, "which has no end, got 'all'"),
        ({"draw": "priors"}, "draw: expected plausible or prior, got 'priors' (nearest: prior)"),
        ({"replicates": -3}, "got -3"),
        ({"months": 0}, "months: expected a whole number from 1 to 1200, got 0"),
        ({"months": 10**6}, "got 1000000"),
        ({"seed": -1}, "seed: expected a whole number from 0 to 9223372036854775807, got -1"),
        ({"replicates": True}, "got True"),
        ({"parameters": {"transfer_rat": 0.1}}, "(nearest: transfer_rate)"),
        ({"parameters": {"transfer_rate": float("nan")}}, "got nan"),
        (
            {"councils": load_councils(), "scenario": Scenario(start="2019-04")},
            "start: expected a scenario from 2018-04, the month of the councils, got 2019-04",
        ),
    ],
)
def test_bad_designs_are_refused_in_one_sentence(wrong, sentence):
    with pytest.raises(InputError) as caught:
        make_design(**wrong)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_scenario_and_the_councils_of_a_design_start_together():
    later = make_design(sets=1, scenario=Scenario(start="2019-04"))
    assert later.councils == load_councils(start="2019-04")
    assert make_design(sets=1, councils=later.councils).scenario == Scenario(start="2019-04")


def test_sets_fill_their_ranges_evenly_and_come_again_with_the_same_seed():
    sets = draw_sets(20, Parameters(), (), 7)
    for name, info in PARAMETERS.items():
        values = np.array([getattr(chosen.parameters, name) for chosen in sets])
        shares = (values - info.low) / (info.high - info.low)
        assert sorted(np.floor(shares * 20).astype(int)) == list(range(20)), name
    assert sets == draw_sets(20, Parameters(), (), 7)
    assert sets != draw_sets(20, Parameters(), (), 8)


def test_sets_do_not_share_a_stream_with_luck():
    names = [*PARAMETERS, *LEVER_QUANTILES]
    cube = np.array([[one.as_dict()[name] for name in names] for one in draw_sets(200, Parameters(), (), 2018)])
    assert abs(stats.spearmanr(cube).statistic - np.eye(cube.shape[1])).max() < 0.35


def test_held_parameters_are_the_same_in_every_set_and_move_no_other():
    held = Parameters(transfer_rate=0.11)
    free, fixed = draw_sets(5, Parameters(), (), 1), draw_sets(5, held, {"transfer_rate"}, 1)
    assert {chosen.parameters.transfer_rate for chosen in fixed} == {0.11}
    assert [one.parameters.best_gap for one in free] == [one.parameters.best_gap for one in fixed]


def test_levers_are_drawn_for_many_sets_and_as_the_files_say_for_one():
    assert make_design(sets=1).levers == "fixed"
    assert make_design(sets=2).levers == "drawn"
    assert make_design(sets=2, levers="fixed").levers == "fixed"
    assert make_design(sets=1, levers="drawn").levers == "drawn"
    assert fixed_set(Parameters(), 1).levers(load_regime("hybrid")) == load_regime("hybrid")


def test_one_pair_of_quantiles_serves_every_regime():
    chosen = fixed_set(Parameters(), 3, levers=True)
    for name in ("partners_in_practice", "peer_support"):
        plain, drawn = load_regime(name).arms[0], chosen.levers(load_regime(name)).arms[0]
        low, high = plain.days_per_receiver_range
        assert drawn.days_per_receiver == pytest.approx(low + (high - low) * chosen.receiver_quantile)


def table(tmp_path, text):
    path = tmp_path / "design.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_users_own_sets_are_read_and_the_rest_is_held(tmp_path):
    path = table(tmp_path, "set,transfer_rate,best_gap\n0,0.1,1\n1,0.2,1.5\n")
    sets = read_sets(path, Parameters(half_dose=2.0))
    assert [one.parameters.transfer_rate for one in sets] == [0.1, 0.2]
    assert {one.parameters.half_dose for one in sets} == {2.0}


@pytest.mark.parametrize("levers", [None, "fixed"])
def test_nothing_but_its_columns_differs_between_a_users_own_sets(tmp_path, levers):
    design = make_design(design=table(tmp_path, "transfer_rate\n0.1\n0.2\n"), levers=levers)
    assert design.levers == "fixed"
    one, other = (chosen.as_dict() for chosen in design.sets)
    assert {name for name in one if one[name] != other[name]} == {"transfer_rate"}


def test_drawn_levers_of_a_users_own_sets_are_columns(tmp_path):
    path = table(tmp_path, "transfer_rate\n0.1\n0.2\n")
    with pytest.raises(InputError, match="expected the columns receiver_quantile and giver_quantile with drawn levers"):
        make_design(design=path, levers="drawn")
    own = table(tmp_path, f"{','.join(LEVER_QUANTILES)}\n0.1,0.2\n0.3,0.4\n")
    assert make_design(design=own).levers == make_design(design=own, levers="drawn").levers == "drawn"
    with pytest.raises(InputError, match="with fixed levers, got them"):
        make_design(design=own, levers="fixed")


def test_a_users_own_quantiles_are_used(tmp_path):
    path = table(tmp_path, f"transfer_rate,{','.join(LEVER_QUANTILES)}\n0.1,0.25,0.75\n")
    (chosen,) = read_sets(path, Parameters())
    assert (chosen.receiver_quantile, chosen.giver_quantile) == (0.25, 0.75)


def test_a_users_own_weights_are_proportions_and_equal_ones_are_none(tmp_path):
    sets = read_sets(table(tmp_path, "weight,transfer_rate\n1,0.1\n3,0.2\n"), Parameters())
    assert [one.weight for one in sets] == [0.5, 1.5]
    own = f"{','.join(LEVER_QUANTILES)},weight\n0.1,0.2,5\n0.3,0.4,15\n"
    assert [one.weight for one in read_sets(table(tmp_path, own), Parameters())] == [0.5, 1.5]
    design = make_design(design=table(tmp_path, "weight,transfer_rate\n1,0.1\n3,0.2\n"))
    assert design.weights.tolist() == [0.5, 1.5]
    equal = make_design(design=table(tmp_path, "transfer_rate,weight\n0.1,0.7\n0.2,0.7\n0.3,0.7\n"))
    without = make_design(design=table(tmp_path, "transfer_rate\n0.1\n0.2\n0.3\n"))
    assert equal.weights is None
    assert equal.sets == without.sets


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "got an empty file"),
        ("transfer_rate\n", "expected 1 to 100,000 parameter sets, got 0"),
        ("transfer_rat\n0.1\n", "or a column of `sli parameters`, got 'transfer_rat' (nearest: transfer_rate)"),
        ("transfer_rate,transfer_rate\n0.1,0.2\n", "expected each column once, got 'transfer_rate' 2 times"),
        ("transfer_rate\n0.1,0.2\n", "row 2: expected 1 cells, got 2"),
        ("transfer_rate\nmuch\n", "row 2, column 'transfer_rate': expected a number from 0 to 100, got 'much'"),
        ("transfer_rate\nnan\n", "got 'nan'"),
        ("transfer_rate\n0.1\ninf\n", "row 3, column 'transfer_rate'"),
        ("transfer_rate\n-1\n", "row 2, column 'transfer_rate': expected a number from 0 to 100, got '-1'"),
        ("weight,transfer_rate\n1,0.1\n0,0.1\n", "row 3, column 'weight': expected a number above 0, got '0'"),
        ("transfer_rate,weight\n0.1,-2\n", "row 2, column 'weight': expected a number above 0, got '-2'"),
        ("transfer_rate,weight\n0.1,nan\n", "row 2, column 'weight': expected a number above 0, got 'nan'"),
        ("weight,weight\n1,1\n", "expected each column once, got 'weight' 2 times"),
        ("set,transfer_rate\n1,0.1\n", "row 2, column 'set': expected 0, as rows are numbered from 0, got 1"),
        ("receiver_quantile\n0.5\n", "both or neither"),
        (
            "days_per_giver\n5\n",
            "got 'days_per_giver', which is a lever: its place in each regime's range, from 0 to 1, goes into receiver",
        ),
        (
            "givers\n5\n",
            "got 'givers', which is a lever: put its regime before it, as in peer_support.share or *.share",
        ),
        ("overload\n0\n", "row 2, column overload: switch overload: expected on or off, got '0'"),
        ("hybrid.givr\n5\n", "column hybrid.givr: expected a lever, got 'givr' (nearest: givers)"),
        ("hybrid.share\n2\n", "row 2, column hybrid.share: expected 0 to 1 (share), got 2"),
        ("hybrid.share,labels\n1,on\n0.5,\n", "row 3, column 'labels'"),
        ("seed\n1\n", "got seed, which is one for all; `sli sweep --table` varies it"),
        ("start\n2020-04\n", "got start, which is one for all; `sli sweep --table` varies it"),
        ("gap_shape\nsaturating\n", "got gap_shape, which is one for all; `sli sweep --table` varies it"),
        (
            "receiver_quantile,giver_quantile\n0.5,1.5\n",
            "row 2, column 'giver_quantile': expected a number from 0 to 1, got '1.5'",
        ),
    ],
)
def test_bad_tables_of_sets_are_refused_in_one_sentence(tmp_path, text, sentence):
    with pytest.raises(InputError) as caught:
        read_sets(table(tmp_path, text), Parameters())
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_binary_and_missing_tables_are_refused(tmp_path):
    path = tmp_path / "design.csv"
    path.write_bytes(bytes(range(256)))
    for file in (path, tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(InputError):
            read_sets(file, Parameters())


def test_numpys_whole_numbers_are_taken_and_become_pythons():
    asked = {"seed": 3, "months": 12, "replicates": 2, "sets": 2}
    plain = make_design(**asked)
    for kind in (np.int64, np.uint8, np.int32):
        design = make_design(**{name: kind(value) for name, value in asked.items()})
        assert design.describe() == plain.describe()
        assert {type(design.seed), type(design.months), type(design.replicates)} == {int}


@pytest.mark.parametrize("name", ["none", "partners_in_practice", "hybrid"])
def test_a_regime_named_like_a_shipped_one_is_refused_unless_it_is_that_one(tmp_path, name):
    path = tmp_path / f"{name}.toml"
    path.write_text('title = "Mine"\n', encoding="utf-8")
    for own in (path, str(path), Regime(name=name, title="Mine"), replace(load_regime(name), summary="mine")):
        with pytest.raises(InputError, match=f"expected a name that no shipped regime has, got '{name}'"):
            make_design(regimes=["hybrid", own] if name != "hybrid" else [own])
    assert gather_regimes([load_regime(name)]) == gather_regimes([name])


def test_sets_beyond_the_limit_are_refused_at_once():
    for draw in ("prior", "plausible"):
        with pytest.raises(InputError, match="sets: expected a whole number from 1 to 100000, or all, got 1000000000"):
            make_design(sets=10**9, draw=draw)


@pytest.mark.parametrize("scale", ["1e308", "1e-320", "1"])
def test_weights_of_any_size_are_proportions(tmp_path, scale):
    text = f"weight,transfer_rate\n{scale},0.1\n{scale},0.2\n{scale},0.3\n"
    assert [one.weight for one in read_sets(table(tmp_path, text), Parameters())] == [1.0, 1.0, 1.0]


def test_a_design_takes_levers_by_name_switches_and_choices_and_nothing_else_differs(tmp_path):
    path = table(tmp_path, "peer_support.share,*.givers,labels,funding\n1,10,on,outturn\n0.5,20,off,frozen\n")
    design = make_design(design=path, parities=["none"], regimes=["peer_support"], replicates=1, months=3)
    parameters = {tuple(one.parameters.as_dict().values()) for one in design.sets}
    assert len(parameters) == 1
    first, second = (dict(zip(design.labels, design.distinct(number)[0], strict=True)) for number in (0, 1))
    peers, partners = (design.labels[place] for place in (2, 1))
    assert [one[peers].regime.arms[0].share for one in (first, second)] == [1.0, 0.5]
    assert [one[partners].regime.arms[0].share for one in (first, second)] == [1.0, 1.0]
    assert [one[partners].regime.arms[0].givers for one in (first, second)] == [10, 20]
    assert [one[peers].surroundings for one in (first, second)] == [
        ((), "outturn", None), (("labels",), "frozen", None),
    ]  # fmt: skip
    rows = sets_table(design).to_pydict()
    assert (rows["peer_support.share"], rows["*.givers"], rows["funding"]) == (
        [1.0, 0.5], [10.0, 20.0], ["outturn", "frozen"],
    )  # fmt: skip


def test_a_lever_of_a_regime_that_is_not_compared_is_refused(tmp_path):
    path = table(tmp_path, "hybrd.share\n1\n")
    with pytest.raises(InputError, match=r"expected a lever of a regime that is run .*\(nearest: hybrid\)"):
        make_design(design=path, regimes=["hybrid"])


def test_a_comparison_with_a_lever_by_name_is_the_one_of_a_file_that_says_so(tmp_path):
    path = table(tmp_path, "peer_support.share\n0.5\n")
    design = make_design(design=path, regimes=["peer_support"], parities=["pounds"], replicates=2, months=6)
    peers = load_regime("peer_support").with_arms(share=0.5)
    own = replace(peers, name="mine")
    other = make_design(sets=1, regimes=[own], parities=["pounds"], replicates=2, months=6)
    runs = [compare_regimes(one, tmp_path / name, report=False).runs for name, one in (("a", design), ("b", other))]
    named, written = (
        one[one["regime"] == name]["mean_quality"].tolist()
        for one, name in zip(runs, ("peer_support", "mine"), strict=True)
    )
    assert named == written
