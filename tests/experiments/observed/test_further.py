"""Further patterns: targets from the tables of facts, and measures on panels made by hand."""

import math

import numpy as np
import pytest

from experiments.observed import (
    HISTORY_MONTHS,
    fit_patterns,
    further_groups,
    further_measures,
    further_patterns,
    measure_further,
)
from experiments.observed.further import observed_spells
from simulation.evidence import first_judgements, read_rows

INADEQUATE, REQUIRES_IMPROVEMENT, GOOD, OUTSTANDING = range(4)
TARGETS = {
    "mix_outstanding_2020-06": 18 / 152,
    "mix_inadequate_2018-08": 20 / 152,
    "changed_director_2018": 40 / 152,
    "changed_director_2019": 48 / 152,
    "changed_director_2020": 34 / 152,
    "several_changes_2020": 5 / 152,
    "changes_per_council": 147 / 122,
    "interim_appointments": 59 / 147,
    "interims_2020-03": 15 / 152,
    "months_in_post_2019-03": 29.0,
    "months_in_post_2020-03": 29.0,
    "months_in_post_2021-03": 30.0,
    "changes_outstanding": 0.8,
    "agency_inadequate_pooled": 0.272,
    "agency_outstanding_pooled": 0.061,
    "odds_per_decile": 0.84,
    "new_director_before": 11 / 17,
    "moved": 19 / 90,
    "judgements": 109.0,
}


def by_name():
    return {pattern.name: pattern for pattern in further_patterns()}


@pytest.mark.parametrize("name", TARGETS)
def test_targets_are_those_of_the_tables(name):
    assert by_name()[name].target == pytest.approx(TARGETS[name])


def test_no_name_is_that_of_another_pattern():
    names = [pattern.name for pattern in (*fit_patterns(), *further_patterns())]
    assert len(names) == len(set(names))


def test_every_pattern_says_how_its_error_was_reached_and_where_it_is_from():
    for pattern in further_patterns():
        assert pattern.sd > 0
        assert pattern.source
        assert pattern.basis != fit_patterns()[0].basis


def test_what_is_by_construction_says_why_and_stands_last():
    given = [bool(pattern.given) for pattern in further_patterns()]
    assert given == sorted(given)
    assert {pattern.name for pattern in further_patterns() if pattern.given} == {
        *(f"mix_{grade}_2021-03" for grade in ("inadequate", "requires_improvement", "good", "outstanding")),
        "moved",
        "judgements",
    }


def test_what_stands_near_a_fit_pattern_is_marked():
    grades = ("inadequate", "requires_improvement", "good", "outstanding")
    assert {pattern.name for pattern in further_patterns() if pattern.near} == {
        *(f"mix_{grade}_2020-06" for grade in grades),
        *(f"agency_{grade}_pooled" for grade in grades),
        *(f"changed_director_{year}" for year in (2018, 2019, 2020)),
        "interims_2020-03",
        "persistence",
    }
    assert not any(pattern.near for pattern in fit_patterns())


def test_the_interims_of_march_2020_are_those_that_the_fact_names():
    row = next(row.cells for row in read_rows("facts") if "interim director at year end" in row.cells["fact"])
    assert "15 in March 2020" in row["basis"]


def test_the_error_of_a_mix_grows_with_the_judgements_published():
    errors = [by_name()[f"mix_inadequate_{date}"].sd for date in ("2018-08", "2019-03", "2019-08", "2020-06")]
    assert errors == sorted(errors)
    # 21 of the 103 judgements to March 2020 were published by August 2018.
    assert errors[0] == pytest.approx(0.03 * math.sqrt(21 / 103))


def test_every_pattern_is_measured_in_its_order(real_history):
    found = measure_further(real_history)
    assert found.shape == (len(further_patterns()),)
    assert np.isfinite(found).all()
    place = 0
    for group in further_groups():
        assert group.months <= HISTORY_MONTHS
        assert group.measure(real_history).tolist() == found[place : place + len(group.patterns)].tolist()
        place += len(group.patterns)
    values = dict(zip(by_name(), found, strict=True))
    assert values["judgements"] == by_name()["judgements"].target
    assert [values[name] for name in values if name.endswith("2021-03") and name.startswith("mix")] == [
        values[name] for name in values if name.endswith("2020-06") and name.startswith("mix")
    ]


def test_changes_per_council_are_over_council_years_with_any(made_history):
    changes = np.zeros((24, 3), int)
    changes[[0, 5], 0] = 1
    changes[13, 0] = 1
    history = made_history(np.ones((24, 3), int), director_changes=np.cumsum(changes, axis=0))
    assert further_measures.changes_per_changing(history, 2) == 1.5
    assert further_measures.several_changes(history, 0) == pytest.approx(1 / 3)
    assert further_measures.several_changes(history, 12) == 0.0
    assert math.isnan(further_measures.changes_per_changing(made_history(np.ones((12, 3), int)), 1))


def test_interims_and_movers_are_shares_of_all_starts(made_history):
    starts, filled, moves = np.zeros(36), np.zeros(36), np.zeros(36)
    starts[[2, 30]], filled[[2, 30]], moves[[2, 14]] = [4, 6], [3, 4], [1, 1]
    history = made_history(np.ones((36, 2), int), paths={"director_changes": starts, "filled": filled, "moves": moves})
    assert further_measures.interim_appointments(history, 36) == pytest.approx(0.3)
    assert further_measures.interim_appointments(history, 12) == pytest.approx(0.25)
    assert further_measures.mover_share(history, 0, 24) == pytest.approx(0.1)
    assert math.isnan(further_measures.mover_share(history, 12))


def test_a_new_director_before_failing_came_in_the_twelve_months_before(made_history):
    grades = np.ones((40, 4), int)
    grades[20:, :3] = INADEQUATE
    grades[5:, 3] = INADEQUATE
    changes = np.zeros((40, 4), int)
    changes[8, 0] = 1  # twelve months before
    changes[7, 1] = 1  # thirteen
    changes[20, 2] = 1  # in the month itself
    changes[1, 3] = 1  # fell in the first year: not looked at
    history = made_history(grades, director_changes=np.cumsum(changes, axis=0))
    assert further_measures.new_director_before_failing(history) == pytest.approx(1 / 3)
    assert math.isnan(further_measures.new_director_before_failing(made_history(np.ones((40, 4), int))))


def test_agency_spread_is_over_councils(made_history):
    history = made_history([[1, 1]], agency_share=[[0.1, 0.3]])
    assert further_measures.agency_spread(history, 0) == pytest.approx(0.1)


def test_region_spread_is_over_regions_not_councils(made_history):
    history = made_history([[0, 0, 2, 3]], region=["a", "a", "b", "b"])
    assert further_measures.region_spread(history, 0) == 0.5
    history = made_history([[0, 2, 0, 3]], region=["a", "a", "b", "b"])
    assert further_measures.region_spread(history, 0) == 0.0


def test_deciles_hold_a_tenth_each_poorest_last(made_history):
    history = made_history([[1] * 20], deprivation=[float(20 - i) for i in range(20)])
    assert further_measures.deciles(history.run.table).tolist() == [1 + (19 - i) // 2 for i in range(20)]


def test_an_odds_ratio_is_that_of_a_table_of_two_by_two():
    x = np.repeat([0.0, 0.0, 1.0, 1.0], [10, 30, 20, 5])
    chosen = np.repeat([True, False, True, False], [10, 30, 20, 5])
    odds, error = further_measures.odds_ratio(x, chosen)
    assert odds == pytest.approx((20 / 5) / (10 / 30))
    assert error == pytest.approx(math.sqrt(1 / 10 + 1 / 30 + 1 / 20 + 1 / 5))


@pytest.mark.parametrize("chosen", [[False] * 4, [True] * 4, [False, False, True, True]])
def test_there_is_no_odds_ratio_without_a_maximum(chosen):
    assert math.isnan(further_measures.odds_ratio(np.arange(4.0), np.array(chosen))[0])


def test_the_odds_of_those_judged_leave_out_the_rest(made_history):
    # Good: 10 of 40 in the lower half, 20 of 25 in the upper; the last 15 are never judged and would change it.
    upper = [GOOD] * 20 + [INADEQUATE] * 5 + [INADEQUATE] * 15
    grades = [[GOOD] * 10 + [INADEQUATE] * 30 + upper] * 2
    due = np.full((2, 80), 70)
    due[0, :65] = 1
    history = made_history(grades, deprivation=[0.0] * 40 + [1.0] * 40, next_judgement=due)
    some, every = (further_measures.odds_per_decile(history, 1, judged_only=judged) for judged in (True, False))
    assert some > 1.0 > every


def test_observed_spells_that_end_are_judgements_of_good():
    window, whole = observed_spells(), observed_spells(window=False)
    straight = sum(first_judgements()["inadequate", grade] for grade in ("good", "outstanding"))
    assert straight <= window.ends.sum() <= whole.ends.sum()
    assert window.share_ended(36) <= window.share_ended(60) <= 1
