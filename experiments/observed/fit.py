"""The fit patterns: the only ones that parameter sets are fitted to (MODEL section 10)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from types import MappingProxyType
from typing import Any

import numpy as np

from experiments.observed import fit_measures
from experiments.observed.history import History
from experiments.observed.pattern import Group, Pattern, count_sd
from experiments.text.names import grade_words
from simulation.arrays import Floats
from simulation.councils import GRADES
from simulation.evidence import first_judgements, read_rows

MARCH_2020, SEPTEMBER_2020 = 23, 29
_DISCREPANCY = 0.03
_MIX_SD = (0.03, 0.04, 0.04, 0.025)
_AGENCY_SD = (0.025, 0.02, 0.02, 0.025)
_CHANGES_SD: Mapping[str, float] = MappingProxyType({"inadequate": 0.15, "requires_improvement": 0.12, "good": 0.10})
_MEAN_DIRECTORS = 2.5
_SIX_YEARS = MappingProxyType({"inadequate": "inadequate", "requires_improvement": "adequate", "good": "good"})


@cache
def fit_groups() -> tuple[Group, ...]:
    """Return the fit patterns, in the order of the specification."""
    return (
        _mix(),
        *(_first_judgements(before) for before in ("good", "requires_improvement", "inadequate")),
        *_directors(),
        _changes(),
        _agency(),
    )


@cache
def fit_patterns() -> tuple[Pattern, ...]:
    """Return every fit pattern, in the order of what `measure_fit` returns."""
    return tuple(pattern for group in fit_groups() for pattern in group.patterns)


def measure_fit(history: History) -> Floats:
    """Return what a history shows of every fit pattern, shape (patterns,)."""
    return np.concatenate([group.measure(history) for group in fit_groups()])


def _mix() -> Group:
    row = next(row.cells for row in read_rows("national_grades") if f"{row.cells['date']}" == "2020-03-31")
    total = sum(row[grade] for grade in GRADES)
    patterns = tuple(
        Pattern(
            f"mix_{grade}",
            f"councils that hold {grade_words(grade)} at the end of March 2020",
            "share",
            row[grade] / total,
            sd,
            "Ofsted, official statistics",
            judged=True,
            known="2020-04",
        )
        for grade, sd in zip(GRADES, _MIX_SD, strict=True)
    )
    return Group("grades", patterns, partial(fit_measures.grade_mix, month=MARCH_2020), MARCH_2020 + 1)


def _first_judgements(before: str) -> Group:
    counts = first_judgements()
    of = sum(counts[before, after] for after in GRADES)
    patterns = tuple(
        Pattern(
            f"first_{before}_{after}",
            f"{grade_words(after)} at the first judgement from April 2018, of {of} councils at "
            f"{grade_words(before)} before",
            "share",
            counts[before, after] / of,
            count_sd(counts[before, after], of, _DISCREPANCY),
            "Ofsted, judgements published April 2018 to June 2020",
            judged=True,
            known="2020-07",
        )
        for after in GRADES
    )
    measure = partial(fit_measures.first_judgement_shares, before=GRADES.index(before))
    return Group(f"first_judgements_{before}", patterns, measure, fit_measures.JUDGED_UNTIL)


def _directors() -> tuple[Group, ...]:
    change, interims, spell = (
        fact(name)
        for name in (
            "probability that a council changes director in a year",
            "councils with an interim director at year end",
            "mean time in post of an interim director",
        )
    )
    several = sum(
        row.cells["councils_with_a_change"] for row in read_rows("directors") if row.cells["year"] >= "2018/19"
    )
    councils = len(read_rows("councils"))
    return (
        single(
            Pattern(
                "changed_director",
                "councils with a change of director in a year from April, 2018 to 2021",
                "share",
                several / (3 * councils),
                0.035,
                change["source"],
                known="2021-04",
            ),
            lambda history: fit_measures.changed_share(history, 0, 3),
            fit_measures.JUDGED_UNTIL,
        ),
        single(
            Pattern(
                "interims", "councils under an interim, mean of April 2018 to March 2021", "share", interims["value"],
                0.02, interims["source"], known="2020-04",
            ),
            fit_measures.interim_share,
            fit_measures.JUDGED_UNTIL,
        ),
        single(
            Pattern(
                "spell_months", "length of interims' completed spells", "months", spell["value"], 2.0, spell["source"],
                known="2024-04",
            ),
            fit_measures.spell_months,
            fit_measures.CHANGES_SEEN_FOR,
        ),
    )  # fmt: skip


def _changes() -> Group:
    patterns = []
    for grade, sd in _CHANGES_SD.items():
        row = fact(f"directors in six years of a council judged {_SIX_YEARS[grade]}")
        patterns.append(
            Pattern(
                f"changes_{grade}",
                f"changes of director in six years of councils that hold {grade_words(grade)} in the sixth, "
                "over the mean of all",
                "ratio",
                (row["value"] - 1) / (_MEAN_DIRECTORS - 1),
                sd,
                row["source"],
            )
        )
    grades = [GRADES.index(grade) for grade in _CHANGES_SD]
    return Group(
        "changes_by_grade",
        tuple(patterns),
        lambda history: np.array([fit_measures.changes_by_grade(history, grade) for grade in grades]),
        fit_measures.CHANGES_SEEN_FOR,
    )


def _agency() -> Group:
    by_grade = {row.cells["grade"]: row.cells for row in read_rows("workforce") if row.cells["period"] == "2020-09"}
    patterns = tuple(
        Pattern(
            f"agency_{grade}",
            f"agency share of social workers in September 2020 in councils that hold {grade_words(grade)}",
            "share",
            by_grade[grade]["agency_share"],
            sd,
            by_grade[grade]["source"],
            known="2021-04",
        )
        for grade, sd in zip(GRADES, _AGENCY_SD, strict=True)
    )
    return Group(
        "agency_by_grade",
        patterns,
        lambda history: np.array(
            [fit_measures.agency_by_grade(history, grade, SEPTEMBER_2020) for grade in range(len(GRADES))]
        ),
        SEPTEMBER_2020 + 1,
    )


def single(pattern: Pattern, measure: fit_measures.HistoryMeasure, months: int) -> Group:
    """Return a group of one pattern."""
    return Group(pattern.name, (pattern,), lambda history: np.array([measure(history)]), months)


def fact(name: str) -> dict[str, Any]:
    """Return the row of a published fact."""
    return next(row.cells for row in read_rows("facts") if row.cells["fact"] == name)
