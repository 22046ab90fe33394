"""When there are parameter sets enough: the rule alone, and the runs that it ends."""

import math
from dataclasses import replace

import numpy as np
import pytest

from experiments.design.design import make_design
from experiments.design.parameter_sets import draw_plausible, draw_sets, first_draws, number_of_draws
from experiments.design.stopping import (
    FIRST_ROUND,
    ROUND,
    STOP_OUTCOMES,
    Look,
    StopRule,
    checked_matters,
    ending_words,
    make_rule,
)
from experiments.files.digests import digest
from experiments.results.blocks import BlockFolder
from experiments.results.gathered import Gathered
from experiments.statistics.worlds import measure_worlds
from experiments.studies.comparison.compare import compare_regimes
from experiments.studies.comparison.differences import take_look
from experiments.studies.comparison.runs import run_comparison
from simulation.errors import InputError
from simulation.outcomes.outcomes import OUTCOMES
from simulation.parameters import Parameters

FIRST, EACH = 4, 3
LOOSE = StopRule(first=FIRST, per_round=EACH, share_error=1e9, mean_share=1e12)
STRICT = replace(LOOSE, mean_share=1e-12)


def design(rule, sets=13, **more):
    return make_design(regimes=["hybrid"], parities=["days"], sets=sets, months=4, replicates=2, stop=rule, **more)


def run(chosen, path):
    return run_comparison(chosen, BlockFolder(path), engine="ensemble", workers=2)


def look(ratio, sets=256, of="share"):
    return Look(sets, ratio, of, 0.03 * ratio, "falls", "days", "hybrid", "none")


def test_the_rule_watches_the_headline_outcomes_and_those_that_are_named():
    assert set(make_rule().outcomes) == set(STOP_OUTCOMES)
    assert make_rule({"falls": 2, "mean_quality": 0.5}).outcomes == (
        "inadequate_months",
        "mean_quality",
        "falls",
        "quality_spread",
    )


def test_it_looks_after_256_draws_and_then_after_each_64():
    assert (FIRST_ROUND, ROUND) == (256, 64)
    assert make_rule().looks(256) == [256]
    assert make_rule().looks(400) == [256, 320, 384, 400]
    assert make_rule().looks(30) == [30]


@pytest.mark.parametrize(
    ("given", "said"),
    [({"fals": 1.0}, "(nearest: falls)"), ({"falls": 0.0}, "above 0"), ({"falls": math.nan}, "got nan")],
)
def test_what_matters_must_be_a_number_of_an_outcome(given, said):
    for check in (make_rule, checked_matters):
        with pytest.raises(InputError) as caught:
            check(given)
        assert said in str(caught.value)


def test_what_matters_grows_with_the_months_of_what_adds_up_and_is_the_users_where_said():
    chosen = design(None, matters={"falls": 7.0})
    assert chosen.smallest("inadequate_months") == OUTCOMES["inadequate_months"].matters * 4 / 120
    assert chosen.smallest("mean_quality") == OUTCOMES["mean_quality"].matters
    assert chosen.smallest("falls") == 7.0
    assert OUTCOMES["inadequate_months"].smallest(120) == 60.0
    assert chosen.fingerprint != design(None).fingerprint


def test_a_look_is_at_what_is_known_least():
    chosen = replace(design(None, sets=3), replicates=3)
    found = Gathered.empty(chosen)
    found.outcomes[:] = found.realised[:] = 0.0
    place = list(OUTCOMES).index("falls")
    values = np.array([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0], [-1.0, 0.0, 5.0]])
    found.outcomes[2, :, :, place] = values
    worlds = measure_worlds(values)
    seen = take_look(chosen, found, StopRule(("falls", "mean_quality"), share_error=1e9, mean_share=0.5))
    assert seen.ratio == pytest.approx(worlds.mean_error / (0.5 * chosen.smallest("falls")))
    assert (seen.outcome, seen.parity, seen.regime, seen.of, seen.sets) == ("falls", "days", "hybrid", "mean", 3)
    seen = take_look(chosen, found, StopRule(("falls",), share_error=0.01, mean_share=1e9))
    assert (seen.of, seen.error) == ("share", pytest.approx(worlds.share(1.0).error))
    assert not seen.enough
    # Where no run differs all is known; where none is known nothing is.
    assert take_look(chosen, found, StopRule(("mean_quality",))).enough
    found.outcomes[2, :, :, place] = np.nan
    assert take_look(chosen, found, StopRule(("falls",), mean_share=1e9)).ratio == math.inf


def test_how_many_it_may_take_is_foreseen_up_to_the_most():
    assert [look(ratio).foreseen(512) for ratio in (0.1, 1.0, 1.1, 1.2, 9.0, math.inf)] == [
        256,
        256,
        310,
        369,
        512,
        512,
    ]
    assert look(math.inf).as_dict()["ratio"] is None


def test_it_ends_after_the_first_round_where_all_is_known(tmp_path):
    made = run(design(LOOSE), tmp_path)
    assert (made.ending, made.design.draws, made.design.stop) == ("precision", FIRST, None)
    assert made.gathered.outcomes.shape[1] == len(made.design.sets) == max(extent.after for extent in made.extents)
    assert np.isfinite(made.gathered.realised).all()


@pytest.mark.parametrize("most", [3, 4, 9, 13])
def test_it_ends_at_the_most_where_something_is_known_too_little(tmp_path, most):
    found = run(design(STRICT, sets=most), tmp_path)
    assert (found.ending, found.design.draws, found.look.sets) == ("maximum", most, most)


def test_a_fixed_number_is_run_without_a_look(tmp_path):
    found = run(design(None, sets=3), tmp_path)
    assert (found.ending, len(found.design.sets), found.look) == ("fixed", 3, None)


def test_which_sets_are_run_does_not_depend_on_the_rounds():
    most = design(LOOSE, sets=512)
    for draws in (4, 64, 256, 300):
        some = most.as_run(draws)
        assert some.draws == draws == sum(one.weight for one in some.sets)
        assert [one.parameters for one in some.sets] == [one.parameters for one in most.sets[: len(some.sets)]]
    alone = draw_plausible(256, Parameters(), (), most.seed)
    assert {one.draws for one in alone} == {one.draws for one in most.as_run(256).sets}
    assert number_of_draws(alone) == 256


def test_sets_that_no_weight_drew_are_taken_as_they_stand():
    sets = draw_sets(9, Parameters(), (), 1)
    assert first_draws(sets, 4) == sets[:4]
    assert number_of_draws(sets) == 9


def test_where_it_ends_the_tables_are_those_of_the_sets_that_were_run(tmp_path):
    ruled = compare_regimes(design(LOOSE, draw="prior"), tmp_path / "ruled", workers=2, report=False)
    assert (ruled.manifest["ending"], ruled.manifest["sets"], ruled.manifest["draws"]) == ("precision", FIRST, FIRST)
    assert ruled.manifest["last_look"]["ratio"] < 1
    assert ruled.sets["set"].tolist() == list(range(FIRST))
    assert ruled.runs["set"].nunique() == ruled.case.sets == FIRST
    every = compare_regimes(design(STRICT, draw="prior"), tmp_path / "every", report=False)
    same = every.runs[every.runs["set"] < FIRST].reset_index(drop=True)
    assert same.equals(ruled.runs)


def test_an_interrupted_rule_ends_where_an_undisturbed_one_does(tmp_path, monkeypatch):
    chosen, told = design(STRICT, sets=10, draw="prior"), []
    compare_regimes(chosen, tmp_path / "whole", report=False)
    with monkeypatch.context() as patch:
        patch.setattr(
            "experiments.studies.comparison.runs.take_look", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            compare_regimes(chosen, tmp_path / "halved", report=False)
    compare_regimes(chosen, tmp_path / "halved", workers=2, report=False, tell=told.append)
    assert told == ["going on from 2 of at most 6 blocks on disk"]
    for name in ("runs.parquet", "paths.parquet", "labels.parquet", "comparison.csv"):
        assert digest(tmp_path / "halved" / name) == digest(tmp_path / "whole" / name)


@pytest.mark.parametrize(
    ("ending", "seen", "said"),
    [
        ("fixed", None, "256 parameter sets, as asked for"),
        (
            "precision",
            look(0.5),
            "256 parameter sets: every watched share of worlds and mean is known as well as wanted",
        ),
        ("maximum", look(2.0), "falls, hybrid against none at parity days, whose error is 6.0 points of its share"),
        ("maximum", look(2.0), "2.0 times as large as wanted (3 points); --max-sets allows more"),
        (
            "maximum",
            look(2.0, of="mean"),
            "whose error is 0.06, 2.0 times as large as wanted (a fifth of what matters)",
        ),
        ("maximum", look(math.inf), "too few to know the error of falls"),
    ],
)
def test_what_ended_the_sets_is_said(ending, seen, said):
    assert said in ending_words(ending, 256, seen)
