"""Metamorphic relations of councils: relabelled, doubled, or joined by others.

No formula says what a run of the whole model gives; these relations say how two of them hang together.
"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation import PARAMETERS, PATHS, REGIMES, Ensemble, Parameters, load_regime, simulate
from simulation.regimes import deploy

FEW = settings(max_examples=25, suppress_health_check=list(HealthCheck))
COUNTED = ("grade", "next_judgement", "director_changes", "interim", "months_in_post")
MONEY = [name for name, path in PATHS.items() if path.group == "money"]

ORDERLESS = {"appointment": 0.999}
"""Only first-time directors are appointed: movers and returners are picked by their place in the order of directors."""


def some_parameters(**fixed):
    """Parameters from anywhere in the prior, but for those fixed."""
    ranges = {name: st.floats(info.low, info.high) for name, info in PARAMETERS.items() if name not in fixed}
    return st.fixed_dictionaries(ranges).map(lambda values: Parameters(**values, **fixed))


def rearranged(table, order):
    """The table whose k-th council is the ``order[k]``-th of this one, with codes given out anew."""
    n = len(order)
    fields = ("name", "region", "deprivation_score", "children_in_need", "grade", "months_since_judgement",
              "framework", "recovered", "first_month", "first_framework")  # fmt: skip
    moved = {name: tuple(getattr(table, name)[i] for i in order) for name in fields}
    return replace(table, code=tuple(f"c{k:04}" for k in range(n)), **moved)


def dealt(chance, order):
    """The luck in which the k-th council has what the ``order[k]``-th had; that of regions stays theirs."""
    start = {name: values[list(order)] for name, values in chance.start.items()}
    return replace(chance, table=np.ascontiguousarray(chance.table[:, :, list(order)]), start=start)


def with_luck(chance, luck):
    table = chance.table.copy()
    changed = replace(chance, table=table)
    for decision, value in luck.items():
        changed.months[decision][:] = value
    return changed


def run_of(table, chance, regime="none", parameters=None, **world):
    return simulate(
        regime, months=len(chance.table), councils=table, chance=chance, parameters=parameters, engine="ensemble",
        panel=True, **world,
    )  # fmt: skip


def judged_at_known_months(table):
    return replace(table, first_month=tuple(k % 40 for k in range(table.n)))


def assert_same_but_for_rounding(panel, other):
    for name in COUNTED:
        assert (panel[name] == other[name]).all(), name
    for name in ("quality", "agency_share"):
        assert panel[name] == pytest.approx(other[name], abs=1e-9), name


def differing(one, other):
    """The paths in which two runs differ in any bit."""
    return {name for name in PATHS if not one.months[name].equals(other.months[name])}


@given(
    order=st.permutations(range(12)),
    regime=st.sampled_from([name for name in REGIMES if name != "improvement_partnership"]),
    parameters=some_parameters(pool_exit_rate=0.0),
    replicate=st.integers(0, 99),
)
@FEW
def test_councils_relabelled_with_their_luck_live_the_same_lives(sector, order, regime, parameters, replicate):
    """A code means nothing but a place in the order, which decides the last digit of sums and who is picked.

    So the relation holds, but for rounding, where nothing is picked by place: no movers or returners, nobody leaving
    the pool (its k-th meets the k-th draw), first judgements known (those that are not are spread by code where they
    are due at once), and days for whole partnerships (they go on by code, and the last may get a part). With movers and
    returners it holds on average alone.
    """
    assert_relabelling_changes_nothing(judged_at_known_months(sector(12)), order, regime, parameters, replicate)


@pytest.mark.parametrize("regime", REGIMES)
def test_so_does_england_turned_round(england, regime):
    """Partnerships too: England has days for 20 whole ones."""
    table, order = judged_at_known_months(england), range(england.n)[::-1]
    assert_relabelling_changes_nothing(table, order, regime, Parameters(pool_exit_rate=0.0), 0)


def assert_relabelling_changes_nothing(table, order, regime, parameters, replicate):
    chance = with_luck(Ensemble(36, councils=table).draw(2018, replicate), ORDERLESS)
    run = run_of(table, chance, regime, parameters)
    moved = run_of(rearranged(table, order), dealt(chance, order), regime, parameters)
    assert_same_but_for_rounding(moved.panel, run.panel[:, list(order)])
    assert moved.council_values == pytest.approx(run.council_values[list(order)], abs=1e-9)
    assert moved.month_values == pytest.approx(run.month_values, rel=1e-9, abs=1e-9)


def test_relabelling_matters_where_directors_are_picked_by_place(england):
    """The exception is real: with movers and returners the lives of some councils change."""
    order = list(range(england.n))[::-1]
    table = judged_at_known_months(england)
    chance = Ensemble(60, councils=table).draw(2018, 0)
    run, moved = run_of(table, chance), run_of(rearranged(table, order), dealt(chance, order))
    assert (moved.panel["director_changes"] != run.panel["director_changes"][:, order]).any()


@pytest.mark.parametrize("regime", ["none", "partners_in_practice", "gold_dust"])
def test_england_twice_under_the_same_luck_is_england_twice(england, regime):
    """Each council beside its double, with the same luck, in the same region: twice as many givers, days, candidates.

    Both lead the life of the one, and what is counted doubles. It needs a supply of directors that does not run out (a
    candidate is a whole number), no pick by place, regions without an effect of their own (estimated better from more
    councils), links of one giver each (of two, a double's giver may be the other's double), and days that end with a
    whole link or a giver's last (the last receiver of `historical` from month 24 gets a part).
    """
    table = judged_at_known_months(england)
    order = [k // 2 for k in range(2 * table.n)]
    parameters = Parameters(region_sd=0.0, pool_exit_rate=0.0, voluntary_exit_rate=0.08, press_supply_elasticity=0.0)
    chance = with_luck(Ensemble(60, councils=table).draw(2018, 0), ORDERLESS)
    run = run_of(table, chance, regime, parameters)
    twice = run_of(rearranged(table, order), dealt(chance, order), regime, parameters)
    assert run.months["candidates"].min() >= 1.0
    assert_same_but_for_rounding(twice.panel, run.panel[:, order])
    means = [name for name in PATHS if name in run.months.filter(regex="mean|spread|months_in_post|^att|share|climate")]
    counts = [name for name in PATHS if name not in [*means, "bimodality", "good_or_better", "over_budget", *MONEY]]
    assert twice.months[counts].to_numpy() == pytest.approx(2 * run.months[counts].to_numpy(), abs=1e-6)
    assert twice.months[means].to_numpy() == pytest.approx(run.months[means].to_numpy(), abs=1e-9)
    assert twice.months[MONEY].to_numpy() == pytest.approx(2 * run.months[MONEY].to_numpy(), abs=0.02)


@pytest.mark.parametrize("regime", ["partners_in_practice", "peer_support"])
def test_twice_as_many_councils_with_luck_of_their_own_fare_alike(england, regime):
    """England and a second one beside it, in regions of its own: what is counted is the same a council, on average.

    The error is from the spread of replicates on both sides. Twice the councils have twice the givers, days and
    candidates.
    """
    order = [*range(england.n)] * 2
    two = rearranged(england, order)
    two = replace(two, region=tuple(name + "2" * (k >= england.n) for k, name in enumerate(two.region)))
    parameters = Parameters()
    one_plan, two_plan = (deploy(load_regime(regime), parameters, "none", t.n) for t in (england, two))
    for one, other in zip(one_plan.arms, two_plan.arms, strict=True):
        assert other.givers == 2 * one.givers or one.givers >= 10**6
        assert other.budget == 2 * one.budget
    names = ("inadequate_months", "mean_quality", "director_changes", "interim_months", "days_delivered",
             "months_waited", "programme_cash", "failure_cost", "quality_spread", "attention")  # fmt: skip
    found = []
    for table in (england, two):
        ensemble = Ensemble(60, councils=table)
        runs = [ensemble.run(regime, ensemble.open(parameters, ensemble.draw(2018, k))).outcomes for k in range(40)]
        size = {name: 1 if name in ("mean_quality", "quality_spread", "attention") else table.n for name in names}
        found.append(np.array([[run[name] / size[name] for name in names] for run in runs]))
    difference = found[1].mean(axis=0) - found[0].mean(axis=0)
    error = np.sqrt(sum(values.var(axis=0, ddof=1) / len(values) for values in found))
    assert (np.abs(difference) <= 4 * error).all(), dict(zip(names, difference / error, strict=True))
    assert (error[:2] < [0.5, 0.03]).all()


@given(extra=st.integers(1, 12), replicate=st.integers(0, 9))
@FEW
def test_where_nothing_is_shared_a_council_more_is_nothing_to_the_others(sector, quiet, extra, replicate):
    """With every coupling off and directors for all, councils are islands: others beside them change no bit of theirs.

    Directors are for all where supply is full: then no month's vacancies slow an appointment.
    """
    larger = judged_at_known_months(sector(24))
    n = 24 - extra
    larger = replace(larger, region=larger.region[:n] + ("zone",) * extra)
    fewer = replace(rearranged(larger, range(n)), code=larger.code[:n])
    parameters = quiet(
        deprivation_effect=0.0, region_sd=0.0, voluntary_exit_rate=0.03, hiring_time=4.0, pool_exit_rate=0.0,
        press_supply_elasticity=0.0, practice_shock=0.3,
    )  # fmt: skip
    chance = with_luck(Ensemble(48, councils=larger).draw(2018, replicate), ORDERLESS)
    less = replace(dealt(chance, range(n)), regions=chance.regions[: len(fewer.regions)])
    with_more, alone = run_of(larger, chance, "none", parameters), run_of(fewer, less, "none", parameters)
    for name in ("quality", "agency_share", "grade", "next_judgement"):
        assert (with_more.panel[name][:, :n] == alone.panel[name]).all(), name
