"""When there are replicates enough: the rule alone, and the runs that it ends."""

import math

import numpy as np
import pytest

from experiments.design.design import make_design
from experiments.design.stopping import ROUND, STOP_OUTCOMES, USUAL_MOST, Look, StopRule, ending_words, make_rule
from experiments.files.digests import digest
from experiments.results.blocks import BlockFolder
from experiments.results.gathered import Gathered
from experiments.statistics.paired import chance_interval
from experiments.studies.comparison.compare import compare_regimes
from experiments.studies.comparison.differences import take_look
from experiments.studies.comparison.runs import run_comparison
from simulation.errors import InputError
from simulation.outcomes.outcomes import OUTCOMES

LOOSE, STRICT = dict.fromkeys(STOP_OUTCOMES, 1000000000000.0), {"days_delivered": 1e-12}


def design(matters, replicates=USUAL_MOST, **more):
    rule = None if matters is None else make_rule(matters)
    return make_design(
        regimes=["hybrid"], parities=["days"], sets=2, months=4, replicates=replicates, stop=rule, **more
    )


def run(chosen, path):
    return run_comparison(chosen, BlockFolder(path), engine="ensemble", workers=2)


def look(ratio, replicates=8):
    return Look(replicates, ratio, "falls", "days", "hybrid", "none")


def test_the_rule_watches_the_headline_outcomes_and_those_that_are_named():
    assert dict(make_rule().matters) == {name: OUTCOMES[name].matters for name in STOP_OUTCOMES}
    assert dict(make_rule({"falls": 2, "mean_quality": 0.5}).matters) == {
        "inadequate_months": OUTCOMES["inadequate_months"].matters,
        "mean_quality": 0.5,
        "falls": 2.0,
        "quality_spread": OUTCOMES["quality_spread"].matters,
    }


@pytest.mark.parametrize(
    ("given", "said"),
    [({"fals": 1.0}, "(nearest: falls)"), ({"falls": 0.0}, "above 0"), ({"falls": math.nan}, "got nan")],
)
def test_what_matters_must_be_a_number_of_an_outcome(given, said):
    with pytest.raises(InputError) as caught:
        make_rule(given)
    assert said in str(caught.value)


def test_a_look_is_at_the_half_width_of_the_worst_interval():
    chosen = design(None, replicates=3)
    found = Gathered.empty(chosen)
    found.outcomes[:] = found.realised[:] = 0.0
    place = list(OUTCOMES).index("falls")
    found.outcomes[2, :, :, place] = [[1.0, 2.0, 3.0], [2.0, 4.0, 6.0]]
    seen = take_look(chosen, found, StopRule((("falls", 10.0), ("mean_quality", 1.0))), 3)
    low, high = chance_interval(found.outcomes[2, :, :, place])
    assert seen.ratio == pytest.approx((high - low) / 2)
    assert (seen.outcome, seen.parity, seen.regime) == ("falls", "days", "hybrid")
    assert not seen.narrow
    found.outcomes[2, :, 2, place] = np.nan
    assert take_look(chosen, found, StopRule((("falls", 1e9),)), 3).narrow
    found.outcomes[2, :, :, place] = np.nan
    assert take_look(chosen, found, StopRule((("falls", 1e9),)), 3).ratio == math.inf


def test_how_many_it_may_take_is_in_whole_blocks_up_to_the_most():
    rule = make_rule()
    assert [look(ratio).foreseen(rule, 30) for ratio in (0.1, 1.0, 1.1, 1.5, 9.0, math.inf)] == [8, 8, 16, 24, 30, 30]
    assert look(math.inf).as_dict()["ratio"] is None


def test_it_ends_after_the_first_block_where_all_is_narrow(tmp_path):
    made = run(design(LOOSE), tmp_path)
    assert (made.ending, made.design.replicates, made.design.stop) == ("precision", ROUND, None)
    assert made.gathered.outcomes.shape[2] == ROUND
    assert np.isfinite(made.gathered.realised).all()
    assert {extent.replicate for extent in made.extents} == set(range(ROUND))


@pytest.mark.parametrize(("most", "made"), [(5, 5), (8, 8), (13, 13)])
def test_it_ends_at_the_most_where_something_stays_wide(tmp_path, most, made):
    found = run(design(STRICT, replicates=most), tmp_path)
    assert (found.ending, found.design.replicates) == ("maximum", made)


def test_a_fixed_number_is_run_without_a_look(tmp_path):
    found = run(design(None, replicates=3), tmp_path)
    assert (found.ending, found.design.replicates, found.look) == ("fixed", 3, None)


def test_fewer_than_a_block_are_never_called_enough(tmp_path):
    assert run(design(LOOSE, replicates=5), tmp_path).ending == "maximum"


def test_where_it_ends_the_files_are_those_of_that_many_replicates(tmp_path):
    ruled = compare_regimes(design(LOOSE), tmp_path / "ruled", workers=2, report=False)
    fixed = compare_regimes(design(None, replicates=ROUND), tmp_path / "fixed", report=False)
    assert ruled.manifest["digests"] == fixed.manifest["digests"]
    assert (ruled.manifest["ending"], fixed.manifest["ending"]) == ("precision", "fixed")
    assert ruled.manifest["replicates"] == fixed.manifest["replicates"] == ROUND
    assert ruled.manifest["design"]["stop"]["matters"] == dict.fromkeys(STOP_OUTCOMES, 1000000000000.0)
    assert ruled.manifest["last_look"]["ratio"] < 1


def test_an_interrupted_rule_ends_where_an_undisturbed_one_does(tmp_path, monkeypatch):
    chosen, told = design(STRICT, replicates=11), []
    compare_regimes(chosen, tmp_path / "whole", report=False)
    with monkeypatch.context() as patch:
        patch.setattr(
            "experiments.studies.comparison.runs.take_look", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            compare_regimes(chosen, tmp_path / "halved", report=False)
    compare_regimes(chosen, tmp_path / "halved", workers=2, report=False, tell=told.append)
    assert told == ["going on from 8 of at most 11 blocks on disk"]
    for name in ("runs.parquet", "paths.parquet", "months.parquet", "comparison.csv"):
        assert digest(tmp_path / "halved" / name) == digest(tmp_path / "whole" / name)


@pytest.mark.parametrize(
    ("ending", "seen", "said"),
    [
        ("fixed", None, "8 replicates, as asked for"),
        ("precision", look(0.5), "8 replicates: every watched interval from luck is as narrow as wanted"),
        ("maximum", look(2.0), "falls, hybrid against none at parity days, is 2.0 times as wide as wanted"),
        ("maximum", look(math.inf), "is not known"),
    ],
)
def test_what_ended_the_replicates_is_said(ending, seen, said):
    assert said in ending_words(ending, 8, seen)
