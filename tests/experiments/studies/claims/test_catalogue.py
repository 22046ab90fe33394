"""The twelve claims: complete, put so that they can fail, and with mechanisms that really are switched."""

import re

import numpy as np
import pytest

from experiments.design.origin import Origin
from experiments.design.parameter_sets import draw_sets
from experiments.design.world import World
from experiments.studies.claims.answers import needs_of
from experiments.studies.claims.catalogue import check_switchable, claims, pick_claims, switchable
from experiments.studies.claims.claim import SHARE_OF_SETS
from experiments.studies.claims.condition import mixture, partners_of, under
from experiments.studies.claims.contrast import BestChange, WeightedSum
from experiments.studies.claims.runs import Trial, run_trial
from simulation.councils import load_councils
from simulation.errors import InputError
from simulation.outcomes.outcomes import OUTCOMES
from simulation.parameters import Parameters
from simulation.regimes import deploy
from simulation.scenario import Scenario
from simulation.switches import Switches


def trial():
    """One set of the prior and one replicate."""
    world = World(councils=load_councils(), scenario=Scenario(), switches=Switches(), months=60, seed=2018)
    sets = draw_sets(4, Parameters(), set(), 2018)[:1]
    return Trial(world=world, sets=sets, origin=Origin("prior"), replicates=1)


@pytest.fixture(scope="module")
def one_cell():
    """Every condition of every claim, all outcomes, one set and one replicate, over five years."""
    conditions, _ = needs_of(claims())
    return run_trial(trial(), conditions, tuple(OUTCOMES))


def test_there_are_the_twelve_of_the_exercises(root):
    page = (root / "docs/do/exercises.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| (\d+)\. (.+?) \|", page, re.MULTILINE)
    assert [int(number) for number, _ in listed] == [claim.number for claim in claims()] == list(range(1, 13))


@pytest.mark.parametrize("claim", claims(), ids=lambda claim: claim.short)
def test_a_claim_says_all_that_is_needed(claim):
    assert all((claim.title, claim.source, claim.short, claim.mechanism, claim.refuted_if, claim.says[0]))
    for one in claim.observables:
        assert one.contrast
        assert one.outcome in OUTCOMES
        assert bool(one.why_assumed) == (one.assumed != "no")
        assert one.smallest() > 0
    assert 1 <= claim.together <= len(claim.observables)
    assert len({(one.contrast, one.outcome) for one in claim.observables}) == len(claim.observables)


@pytest.mark.parametrize("claim", claims(), ids=lambda claim: claim.short)
def test_what_is_assumed_decides_only_where_nothing_is_tested(claim):
    tested = [one for one in claim.observables if one.assumed == "no"]
    assert claim.assumed != "yes" or not tested


def test_a_mechanism_that_is_off_throughout_cannot_be_tested():
    off = Switches(labels="off", dose_threshold="off")
    assert [claim.number for claim in claims() if claim not in switchable(claims(), off)] == [4, 7]
    check_switchable(pick_claims(["1", "12"]), off)
    with pytest.raises(InputError, match=r"claim 7 .* switching dose_threshold on and off: .* got dose_threshold=off"):
        check_switchable(pick_claims(["1", "7"]), off)


def test_a_share_of_sets_is_told_as_one():
    for claim in claims():
        for one in claim.observables:
            assert (one.effect_unit() == SHARE_OF_SETS) == isinstance(one.of, BestChange)


@pytest.mark.parametrize("claim", claims(), ids=lambda claim: claim.short)
def test_every_condition_of_a_claim_is_a_run_of_its_own(claim, one_cell):
    rows = {condition: one_cell.of[condition][0, 0] for condition in claim.conditions}
    assert one_cell.failed == 0
    seen = {row.tobytes() for row in rows.values()}
    assert len(seen) == len(rows)


@pytest.mark.parametrize("claim", claims(), ids=lambda claim: claim.short)
def test_every_difference_of_a_claim_is_one(claim, one_cell):
    """What is compared differs in quality, which every mechanism moves."""
    for one in claim.observables:
        if isinstance(one.of, WeightedSum):
            effect = one.of.matrix(one_cell.values, "mean_quality")
            assert np.isfinite(effect).all()
            assert effect.any(), one.contrast


def test_labels_touch_no_regime_without_labels(one_cell):
    peers = under("peer_support")
    off = peers.without("labels")
    found = run_trial(trial(), (off,), tuple(OUTCOMES))
    assert found.of[off].tobytes() == one_cell.of[peers].tobytes()


def test_mechanisms_that_are_off_already_stay_off():
    base = Switches(labels="off", attention_shape="inverted_u")
    made = under("none").without("overload").switches(base)
    assert (made.labels, made.overload, made.attention_shape, made.pressure) == ("off", "off", "inverted_u", "on")


def test_partners_of_a_sweep_keep_the_budget_whatever_a_set_draws():
    for chosen in draw_sets(3, Parameters(), set(), 1):
        for givers, days in ((7, 48.0), (56, 6.0)):
            condition = partners_of(givers, days)
            (arm,) = deploy(chosen.levers(condition.regime), chosen.parameters, condition.parity, 152).arms
            assert (arm.givers, arm.days_per_giver, arm.budget) == (givers, days, 336.0)
        doubled = partners_of(14, 48.0, budgets=2)
        (arm,) = deploy(chosen.levers(doubled.regime), chosen.parameters, doubled.parity, 152).arms
        assert arm.budget == 672.0


@pytest.mark.parametrize("share", [0.25, 0.5, 0.75])
def test_a_mixture_shares_the_money(share):
    paid, peers = mixture(share).regime.arms
    assert (paid.share, peers.share) == (share, 1 - share)
    assert paid.givers == {0.25: 4, 0.5: 7, 0.75: 11}[share]


def test_the_ends_of_a_mixture_are_the_two_regimes():
    assert mixture(0.0) == under("peer_support", "pounds")
    assert mixture(1.0) == under("partners_in_practice", "pounds")


def test_claims_are_picked_in_their_own_order():
    assert [claim.number for claim in pick_claims(["12", "3"])] == [3, 12]
    assert pick_claims() == claims()


def test_a_claim_that_does_not_exist_is_refused():
    with pytest.raises(InputError, match=r"claims: expected numbers from 1 to 12, got '13' \(nearest: 12\)"):
        pick_claims(["13"])
