"""Further patterns: what the evidence shows that no parameter set was fitted to.

Their errors are those of the fit patterns where these are of the same kind, and otherwise the chance of the observed
number with a discrepancy of 0.03 for shares (as for the fit patterns), but no more than a third of the target.
"""

from __future__ import annotations

import math
from functools import cache, partial

import numpy as np

from experiments.observed import fit_measures, further_measures
from experiments.observed.fit import fact, fit_patterns, single
from experiments.observed.fit_measures import YEAR
from experiments.observed.history import History
from experiments.observed.pattern import Group, Pattern, count_sd
from experiments.observed.persistence import observed_persistence, persistence
from experiments.observed.spells import (
    FIRST_JUDGED,
    LAST_JUDGED,
    Spells,
    count_spells,
    no_spells,
    observed_grades,
    observed_starts,
)
from experiments.text.names import grade_words
from simulation.arrays import Floats
from simulation.councils import GRADES, load_councils
from simulation.dates import history_month
from simulation.evidence import read_rows
from simulation.state import GOOD

OFSTED = "Ofsted, published judgements"
MARCHES = (11, 23, 35)
SEPTEMBERS = (5, 17, 29)
INTERIMS_IN_MARCH_2020 = 15
SPELL_PATTERN_MONTHS = (36, 60)
_YEARS = ("2018/19", "2019/20", "2020/21")
_DISCREPANCY = 0.03
_POST_DISCREPANCY = 3.0
_POST_SPREAD = 26.0
_BINOMIAL = "chance of a count, with a discrepancy of 0.03 or a third of the target"


@cache
def further_groups() -> tuple[Group, ...]:
    """Return the further patterns, those set by construction last."""
    return (
        *(_mix(date) for date in ("2018-08-31", "2019-03-31", "2019-08-31")),
        _mix("2020-06-30", near=True),
        *_years(),
        *_appointments(),
        *_posts(),
        _outstanding_changes(),
        _agency(),
        _agency_spread(),
        *_deprivation(),
        _regions(),
        _persistence(),
        _before_failing(),
        _spells(),
        *_by_construction(),
    )


@cache
def further_patterns() -> tuple[Pattern, ...]:
    """Return every further pattern, in the order of what `measure_further` returns."""
    return tuple(pattern for group in further_groups() for pattern in group.patterns)


def measure_further(history: History) -> Floats:
    """Return what a history shows of every further pattern, shape (patterns,)."""
    return np.concatenate([group.measure(history) for group in further_groups()])


@cache
def observed_spells(*, window: bool = True) -> Spells:
    """Return the spells of failure that were observed to June 2020: from April 2018 on, or from February 2014 on."""
    if window:
        return count_spells(observed_grades(0, LAST_JUDGED), observed_starts())
    return count_spells(observed_grades(FIRST_JUDGED, LAST_JUDGED), no_spells(load_councils().n), FIRST_JUDGED)


def _mix(date: str, set_by: str = "", *, near: bool = False) -> Group:
    row = next(row.cells for row in read_rows("national_grades") if f"{row.cells['date']}" == date)
    month, total = history_month(row["date"]), sum(row[grade] for grade in GRADES)
    share = math.sqrt(_judged_by(month) / _judged_by(23))
    fit = {pattern.name: pattern for pattern in fit_patterns()}
    patterns = tuple(
        Pattern(
            f"mix_{grade}_{date[:7]}",
            f"councils that hold {grade_words(grade)} at the end of {date[:7]}",
            "share",
            row[grade] / total,
            fit[f"mix_{grade}"].sd * share,
            "Ofsted, official statistics",
            "that of March 2020, times the root of the judgements published by then over those by March 2020",
            set_by,
            near,
        )
        for grade in GRADES
    )
    return Group(f"grades_{date[:7]}", patterns, partial(fit_measures.grade_mix, month=month), month + 1)


def _judged_by(month: int) -> int:
    """Return how many judgements were published from April 2018 to the end of a month."""
    months = [history_month(row.cells["published"]) for row in read_rows("judgements")]
    return sum(0 <= one <= month for one in months)


def _years() -> list[Group]:
    table = {row.cells["year"]: row.cells for row in read_rows("directors")}
    councils = load_councils().n
    groups = []
    for first, year in zip(range(0, 3 * YEAR, YEAR), _YEARS, strict=True):
        count = table[year]["councils_with_a_change"]
        pattern = _share(
            f"changed_director_{year[:4]}",
            f"councils with a change of director in {year} (the mean of the three years is a fit pattern)",
            count, councils, table[year]["source"], near=True,
        )  # fmt: skip
        groups.append(single(pattern, partial(fit_measures.changed_share, first=first, years=1), first + YEAR))
    last = table["2020/21"]
    several = _share(
        "several_changes_2020", "councils with two or more changes of director in 2020/21",
        last["councils_with_two_or_more"], councils, last["source"],
    )  # fmt: skip
    return [*groups, single(several, partial(further_measures.several_changes, first=2 * YEAR), 3 * YEAR)]


def _appointments() -> tuple[Group, ...]:
    rows = [row.cells for row in read_rows("directors") if row.cells["year"] in _YEARS]
    changes, council_years = (
        sum(row[name] for row in rows) for name in ("changes_of_director", "councils_with_a_change")
    )
    interims = sum(row["interim_appointments"] for row in rows)
    per = Pattern(
        "changes_per_council",
        "changes of director in a council-year with any, 2018 to 2021",
        "changes",
        changes / council_years,
        math.hypot(math.sqrt((changes - council_years) / council_years / council_years), 0.05),
        "ADCS DCS updates 2019 to 2021",
        f"chance of {changes - council_years} further changes in {council_years} council-years, "
        "with a discrepancy of 0.05",
    )
    share = _share(
        "interim_appointments", "starts of directors that are interims', 2018 to 2021", interims, changes,
        "ADCS DCS updates 2019 to 2021",
    )  # fmt: skip
    march = _share(
        "interims_2020-03", "councils under an interim in March 2020 (part of a fit pattern)", INTERIMS_IN_MARCH_2020,
        load_councils().n, fact("councils with an interim director at year end")["source"], near=True,
    )  # fmt: skip
    return (
        single(per, partial(further_measures.changes_per_changing, years=3), 3 * YEAR),
        single(share, partial(further_measures.interim_appointments, months=3 * YEAR), 3 * YEAR),
        single(march, lambda history: fit_measures.interim_share(history, 23), 24),
    )


def _posts() -> list[Group]:
    """Return mean months in post; who was counted changed between updates: the mean fell from 37 to 29 in a year."""
    table = {row.cells["year"]: row.cells for row in read_rows("directors")}
    councils = load_councils().n
    groups = []
    for month, year in zip(MARCHES, _YEARS, strict=True):
        pattern = Pattern(
            f"months_in_post_{2000 + int(year[5:])}-03",
            f"mean months in post of permanent directors at the end of March 20{year[5:]}",
            "months",
            float(table[year]["mean_months_in_post"]),
            math.hypot(_POST_SPREAD / math.sqrt(councils), _POST_DISCREPANCY),
            table[year]["source"],
            "chance of a mean of 152 with a spread of 26, with a discrepancy of 3: who is counted differs by update",
        )
        groups.append(single(pattern, partial(_months_in_post, month=month), month + 1))
    return groups


def _months_in_post(history: History, month: int) -> float:
    return float(history.path("months_in_post")[month])


def _outstanding_changes() -> Group:
    row = fact("directors in six years of a council judged outstanding")
    pattern = Pattern(
        "changes_outstanding",
        "changes of director in six years of councils that hold outstanding in the sixth, over the mean of all",
        "ratio",
        (row["value"] - 1) / 1.5,
        0.15,
        row["source"],
        "that of inadequate, as few councils",
    )
    outstanding = GRADES.index("outstanding")
    measure = partial(fit_measures.changes_by_grade, grade=outstanding)
    return single(pattern, measure, fit_measures.CHANGES_SEEN_FOR)


def _agency() -> Group:
    by_grade = {row.cells["grade"]: row.cells for row in read_rows("workforce") if row.cells["period"] == "2017-2020"}
    fit = {pattern.name: pattern for pattern in fit_patterns()}
    patterns = tuple(
        Pattern(
            f"agency_{grade}_pooled",
            f"agency share in councils that hold {grade_words(grade)}, Septembers 2017 to 2020 pooled "
            "(model: 2018 to 2020; the last is a fit pattern)",
            "share",
            by_grade[grade]["agency_share"],
            fit[f"agency_{grade}"].sd,
            by_grade[grade]["source"],
            "that of September 2020",
            near=True,
        )
        for grade in GRADES
    )
    return Group(
        "agency_pooled",
        patterns,
        lambda history: np.array(
            [fit_measures.agency_by_grade(history, grade, *SEPTEMBERS) for grade in range(len(GRADES))]
        ),
        SEPTEMBERS[-1] + 1,
    )


def _agency_spread() -> Group:
    shares = np.array(
        [row.cells["agency_share_2017"] for row in read_rows("councils") if row.cells["agency_share_2017"] is not None]
    )
    spread = float(shares.std())
    fourth = float(((shares - shares.mean()) ** 4).mean())
    pattern = Pattern(
        "agency_spread",
        "standard deviation of councils' agency shares, September 2017 (model: a year later)",
        "share",
        spread,
        math.hypot(math.sqrt((fourth - spread**4) / len(shares)) / (2 * spread), 0.01),
        "DfE, children's social work workforce",
        "chance of a standard deviation, from the fourth moment, with a discrepancy of 0.01",
    )
    return single(pattern, partial(further_measures.agency_spread, month=SEPTEMBERS[0]), SEPTEMBERS[0] + 1)


def _deprivation() -> tuple[Group, ...]:
    row = fact("odds of good or outstanding per decile of deprivation")
    national = Pattern(
        "odds_per_decile",
        "odds of good or outstanding per decile of deprivation (model: all councils, March 2020)",
        "odds ratio",
        row["value"],
        math.hypot((row["high"] - row["low"]) / (2 * 1.96), _DISCREPANCY),
        row["source"],
        "the published interval, with a discrepancy of 0.03: other years, and adjusted for spending",
    )
    grades = observed_grades(FIRST_JUDGED, LAST_JUDGED)[-1]
    with_judgement = np.array(load_councils().first_month) >= 0
    odds, error = further_measures.odds_ratio(
        further_measures.deciles(load_councils())[with_judgement], grades[with_judgement] >= GOOD
    )
    own = Pattern(
        "odds_per_decile_judged",
        "the same of the councils judged from April 2018 to June 2020",
        "odds ratio",
        odds,
        math.hypot(odds * error, _DISCREPANCY),
        f"{OFSTED}; MHCLG, indices of deprivation 2015",
        "standard error of the regression, with a discrepancy of 0.03",
    )
    return (
        single(national, partial(further_measures.odds_per_decile, month=23, judged_only=False), 24),
        single(own, partial(further_measures.odds_per_decile, month=LAST_JUDGED, judged_only=True), LAST_JUDGED + 1),
    )


def _regions() -> Group:
    table = load_councils()
    grades = observed_grades(FIRST_JUDGED, LAST_JUDGED)[-1]
    spread = further_measures.spread_over(np.array(table.region_index), grades >= GOOD)
    pattern = Pattern(
        "region_spread",
        "standard deviation over the nine regions of the share good or outstanding, June 2020",
        "share",
        spread,
        math.hypot(spread / math.sqrt(2 * (len(table.regions) - 1)), _DISCREPANCY),
        OFSTED,
        "chance of a standard deviation of nine, with a discrepancy of 0.03",
    )
    return single(pattern, partial(further_measures.region_spread, month=LAST_JUDGED), LAST_JUDGED + 1)


def _persistence() -> Group:
    found, error = observed_persistence()
    pattern = Pattern(
        "persistence",
        "polychoric correlation between successive ILACS judgements to March 2024 (fitted to one by one)",
        "correlation",
        found,
        math.hypot(error, _DISCREPANCY),
        OFSTED,
        "standard error of the likelihood, with a discrepancy of 0.03",
        near=True,
    )
    return single(pattern, persistence, fit_measures.HISTORY_MONTHS)


def _before_failing() -> Group:
    row = fact("inadequate councils that had a new director in the year before judgement")
    count, of = (int(text) for text in row["basis"].split(" of "))
    pattern = _share(
        "new_director_before",
        "newly inadequate councils with a change of director in the year before (observed 2013)",
        count, of, row["source"],
    )  # fmt: skip
    return single(pattern, further_measures.new_director_before_failing, fit_measures.CHANGES_SEEN_FOR)


def _spells() -> Group:
    england = observed_spells()
    patterns = tuple(
        Pattern(
            f"good_within_{months}",
            f"spells from an inadequate judgement that reach good within {months} months "
            "(Kaplan-Meier, April 2018 to June 2020)",
            "share",
            england.share_ended(months),
            math.hypot(england.error(months), _DISCREPANCY),
            OFSTED,
            "Greenwood's error, with a discrepancy of 0.03",
        )
        for months in SPELL_PATTERN_MONTHS
    )

    def measure(history: History) -> Floats:
        spells = further_measures.window_spells(history)
        return np.array([spells.share_ended(months) for months in SPELL_PATTERN_MONTHS])

    return Group("spells", patterns, measure, LAST_JUDGED + 1)


def _by_construction() -> tuple[Group, ...]:
    table = {row.cells["year"]: row.cells for row in read_rows("directors")}
    years = [table[year] for year in ("2018/19", "2020/21")]
    mover = _share(
        "moved",
        "starts by a director of another council, 2018/19 and 2020/21",
        sum(row["moved_from_another_council"] for row in years),
        sum(row["changes_of_director"] for row in years),
        "ADCS DCS updates 2019 and 2021",
        "0.30 of permanent appointments are movers' in rule E10, from the same source",
    )
    judgements = Pattern(
        "judgements",
        "judgements published from April 2018 to June 2020",
        "judgements",
        float(_judged_by(LAST_JUDGED)),
        1.0,
        OFSTED,
        "one judgement",
        "the first judgement from April 2018 is made in its real month",
    )
    return (
        _mix("2021-03-31", "no judgement is published in the pause, so it repeats June 2020"),
        single(mover, lambda history: further_measures.mover_share(history, 0, 2 * YEAR), 3 * YEAR),
        single(
            judgements, lambda history: float(history.judgements[: LAST_JUDGED + 1].sum()), LAST_JUDGED + 1
        ),
    )  # fmt: skip


def _share(
    name: str, meaning: str, count: int, of: int, source: str, set_by: str = "", *, near: bool = False
) -> Pattern:
    target = count / of
    sd = count_sd(count, of, min(_DISCREPANCY, target / 3))
    return Pattern(name, meaning, "share", target, sd, source, _BINOMIAL, set_by, near)
