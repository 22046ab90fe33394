"""What is measured: units and directions, and every outcome against sums by hand."""

import dataclasses
import math
import re
import statistics

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation import OUTCOMES, PATHS, SectorModel, paired_outcomes, simulate
from simulation.outcomes.outcomes import SPELL_MONTHS
from simulation.outcomes.paths import GROUPS
from simulation.outcomes.run import COUNCIL_MEASURES
from simulation.rules.totals import column_total, restricted_mean
from simulation.simulate import ENGINES
from simulation.state import MonthState


@pytest.fixture(scope="module")
def run():
    """A run in which everything is given and paid for, trusts included."""
    return simulate("childrens_trust", months=24)


def test_every_path_and_outcome_says_what_it_is():
    for table in (PATHS, OUTCOMES):
        for name, measure in table.items():
            assert measure.name == name
            assert measure.unit
            assert measure.meaning
            assert measure.better in {"lower", "higher", "neither"}
            assert measure.group in GROUPS
    for outcome in OUTCOMES.values():
        assert outcome.matters > 0
        assert set(outcome.paths) <= set(PATHS)
        assert (outcome.how == "own") == (not outcome.paths)
        assert not outcome.paired or outcome.how == "own"
    assert {outcome.group for outcome in OUTCOMES.values()} == set(GROUPS)


def test_paths_are_what_a_month_records():
    assert [field.name for field in dataclasses.fields(MonthState)] == list(PATHS)


def test_directions_are_those_a_reader_expects():
    better = {name: outcome.better for name, outcome in OUTCOMES.items()}
    assert all(better[name] == "lower" for name in ("inadequate_months", "stuck_share", "failure_cost", "unmet_days"))
    assert all(better[name] == "higher" for name in ("mean_quality", "good_or_better", "givers_quality_change"))
    assert all(better[name] == "neither" for name in ("moves", "funding_gap", "attention_finance"))


def test_outcomes_are_sums_means_and_ratios_of_their_paths(run):
    months = run.months
    sums = {
        "inadequate_months": "inadequate", "inadequate_child_months": "inadequate_children",
        "months_below_cut": "below_cut", "falls": "falls", "director_changes": "director_changes",
        "dismissals": "dismissals", "voluntary_exits": "voluntary_exits", "moves": "moves",
        "interim_months": "interims", "days_delivered": "days_delivered", "director_days": "director_days",
        "over_release_months": "over_release", "need_days": "need_days", "unmet_days": "unmet_days",
        "months_waited": "waiting", "programme_cash": "programme_cash", "programme_shadow": "programme_shadow",
        "trust_cost": "trust_cost", "failure_cost": "failure_cost", "funding_gap": "funding_gap",
        "infeasible_months": "over_budget",
    }  # fmt: skip
    means = {"good_or_better", "mean_quality", "quality_spread", "bimodality"}
    means |= {"months_in_post", "pool", "attention", "attention_adult_care", "attention_finance", "attention_place"}
    expected = {name: math.fsum(months[path]) for name, path in sums.items()}
    expected |= {name: math.fsum(months[name]) / 24 for name in means}
    filled = months["filled"].sum()
    expected["time_to_fill"] = months["vacancy_months"].sum() / filled
    expected["appointed_ability"] = months["appointed_ability_sum"].sum() / filled
    expected["programme_cost"] = expected["programme_cash"] + expected["programme_shadow"] + expected["trust_cost"]
    expected["stuck_share"] = months["stuck"].iloc[-1] / 152
    paired = {"givers_quality_change", "givers_exits_change", "not_giving_spread_change"}
    assert set(expected) | paired | {"months_to_good"} == set(OUTCOMES)
    assert {name: run.outcomes[name] for name in expected} == pytest.approx(expected)
    assert all(math.isnan(run.outcomes[name]) for name in paired)
    assert {name for name, outcome in OUTCOMES.items() if outcome.paired} == paired


def test_columns_are_summed_from_the_first_month_to_the_last():
    assert column_total([[1e16, 0.0], [1.0, 5.0], [-1e16, 2.0]], 0) == 0.0
    assert column_total([[1e16, 0.0], [-1e16, 5.0], [1.0, 2.0]], 0) == 1.0
    assert column_total([], 3) == 0.0


def test_realised_quantities_are_what_was_delivered(run):
    assert run.realised == {
        "pounds": run.outcomes["programme_cost"],
        "days": run.outcomes["days_delivered"],
        "director_days": run.outcomes["director_days"],
    }
    assert run.outcomes["trust_cost"] > 0


def test_a_ratio_of_nothing_is_no_number(sector):
    quiet = simulate("none", months=1, councils=sector(3))
    assert quiet.months["filled"].sum() == 0
    assert math.isnan(quiet.outcomes["time_to_fill"])


def kaplan_meier(spells, horizon):
    """Mean of min(months to good, horizon) by the product-limit estimator: spells as (entry, exit, whether good)."""
    surviving, area = 1.0, 0.0
    for month in range(horizon):
        exposed = sum(entry <= month <= end for entry, end, _ in spells)
        ended = sum(end == month and good for _, end, good in spells)
        surviving *= 1 - ended / exposed if exposed else 1.0
        area += surviving
    return area


SPELLS = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 11), st.booleans()), min_size=1, max_size=12)


@given(SPELLS)
def test_months_to_good_respect_censoring_and_delayed_entry(drawn):
    spells = [(0, 5, False)] + [(entry, max(entry, end), good) for entry, end, good in drawn]
    at_risk = [sum(entry <= month <= end for entry, end, _ in spells) for month in range(12)]
    mended = [sum(end == month and good for _, end, good in spells) for month in range(12)]
    assert restricted_mean(at_risk, mended) == pytest.approx(kaplan_meier(spells, 12))


def test_months_to_good_by_hand():
    # Four judged inadequate: good after 2 and 3 months; one lost sight of after 3; one still failing after 4.
    assert restricted_mean([4, 4, 4, 3, 1], [0, 0, 1, 1, 0]) == pytest.approx(1 + 1 + 3 / 4 + 1 / 2 + 1 / 2)
    # All good after two months: it took two months.
    assert restricted_mean([3, 3, 3, 0, 0], [0, 0, 3, 0, 0]) == 2.0
    # One followed from its fourth month only, good at once: half of what is left.
    assert restricted_mean([1, 1, 1, 2, 1], [0, 0, 0, 1, 0]) == pytest.approx(3 + 0.5 + 0.5)
    assert math.isnan(restricted_mean([0, 3, 3], [0, 1, 1]))
    assert math.isnan(restricted_mean([], []))


def test_a_runs_spells_are_counted_as_its_councils_lived_them():
    model = SectorModel("none", months=60, panel=True)
    entered = {k.index: k.months_failing for k in model.councils if k.months_failing >= 0}
    spells, failing = [], {i: (entry, entry) for i, entry in entered.items()}
    for month in range(60):
        due = {k.index for k in model.councils if k.next_judgement == month}
        model.step()
        for council in model.councils:
            i = council.index
            if i not in failing and i in due and council.grade == 0:
                failing[i] = (0, 0)
            if i in failing:
                entry, now = failing[i]
                if council.grade >= 2:
                    spells.append((entry, now, True))
                    del failing[i]
                else:
                    failing[i] = (entry, now + 1)
    spells += [(entry, now - 1, False) for entry, now in failing.values()]
    run = simulate("none", months=60)
    assert run.outcomes["months_to_good"] == pytest.approx(kaplan_meier(spells, min(SPELL_MONTHS, 60)))
    assert 10 < run.outcomes["months_to_good"] < 60


def test_a_council_is_stuck_if_below_good_in_every_month_of_the_last_72(sector):
    table = sector(12, first_month=(-1,) * 12)
    model = SectorModel("none", months=80, councils=table)
    below = [[] for _ in range(12)]
    while model.running:
        model.step()
        for council, months in zip(model.councils, below, strict=True):
            months.append(council.grade < 2)
        assert model.row.stuck == sum(all(months[-72:]) for months in below)


def test_givers_are_compared_with_themselves_without_the_programme():
    run, none = simulate("partners_in_practice", months=12), simulate("none", months=12)
    weights = run.councils["months_giving"].tolist()
    gap = (run.councils["mean_quality"] - none.councils["mean_quality"]).tolist()
    exits = (run.councils["exits"] - none.councils["exits"]).tolist()
    total = sum(weights)
    assert total == run.months["givers"].sum()
    found, nothing = paired_outcomes(run, none), paired_outcomes(none, none)
    changes = {"givers_quality_change": gap, "givers_exits_change": exits}
    for name, change in changes.items():
        assert found[name] == pytest.approx(sum(w * x for w, x in zip(weights, change, strict=True)) / total)
    assert all(math.isnan(nothing[name]) for name in changes)
    assert set(found) == set(nothing) == {name for name, outcome in OUTCOMES.items() if outcome.paired}


def weighted_spread(values, weights):
    """Standard deviation of values that count as often as their weights say."""
    return statistics.pstdev([value for value, times in zip(values, weights, strict=True) for _ in range(int(times))])


def with_columns(run, **columns):
    """The run with some columns of its councils replaced."""
    values = run.council_values.copy()
    for name, column in columns.items():
        values[:, COUNCIL_MEASURES.index(name)] = column
    return dataclasses.replace(run, council_values=values)


def test_councils_that_do_not_give_are_compared_with_themselves_without_the_programme():
    run, none = simulate("partners_in_practice", months=12), simulate("none", months=12)
    kept = 12 - run.councils["months_giving"]
    assert 0 < (kept == 0).sum() < 152
    after, before = (weighted_spread(one.councils["mean_quality"], kept) for one in (run, none))
    expected = after - before
    assert expected != 0.0
    assert paired_outcomes(run, none)["not_giving_spread_change"] == pytest.approx(expected, abs=1e-12)
    assert paired_outcomes(none, none)["not_giving_spread_change"] == 0.0


def test_the_change_of_spread_by_hand(sector):
    ran = simulate("none", months=4, councils=sector(4))
    # The best gives throughout and the next in half of the months: the weights are 4, 4, 2 and 0.
    none = with_columns(ran, mean_quality=[0.0, 1.0, 2.0, 9.0])
    run = with_columns(ran, mean_quality=[0.5, 1.0, 1.5, 5.0], months_giving=[0, 0, 2, 4])
    # Mean 0.8 and variance (4 * 0.64 + 4 * 0.04 + 2 * 1.44) / 10 = 0.56 under none; half as far apart with support.
    assert paired_outcomes(run, none)["not_giving_spread_change"] == pytest.approx(-0.5 * math.sqrt(0.56))
    # What becomes of a council that always gives is not looked at.
    far = with_columns(run, mean_quality=[0.5, 1.0, 1.5, -50.0])
    assert paired_outcomes(far, none)["not_giving_spread_change"] == pytest.approx(-0.5 * math.sqrt(0.56))


def test_leaving_givers_out_alone_changes_no_spread(sector):
    none = simulate("none", months=12, councils=sector(24))
    high = none.council_column("mean_quality") > 0.0
    assert 0 < high.sum() < 24
    assert paired_outcomes(with_columns(none, months_giving=12 * high), none)["not_giving_spread_change"] == 0.0


def test_where_everybody_always_gives_there_is_nobody_else():
    none = simulate("none", months=3)
    found = paired_outcomes(with_columns(none, months_giving=3), none)
    assert math.isnan(found["not_giving_spread_change"])
    assert found["givers_quality_change"] == 0.0


def test_paired_outcomes_are_the_same_bits_in_both_engines():
    found = []
    for engine in ENGINES:
        run, none = (simulate(name, months=9, engine=engine) for name in ("hybrid", "none"))
        found.append(paired_outcomes(run, none))
    assert found[0] == found[1]
    assert found[0]["not_giving_spread_change"] != 0.0


def test_units_are_written_alike():
    units = {measure.unit for table in (PATHS, OUTCOMES) for measure in table.values()}
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 -]*", unit) for unit in units), units


def test_months_are_numbers(run):
    assert all(pd.api.types.is_float_dtype(run.months[path]) for path in PATHS)
