"""E11, E12: what does an inspection see, and what does a judgement do?"""

from __future__ import annotations

from simulation.coefficients import Coefficients
from simulation.rules.marker import rule
from simulation.rules.maths import normal_share
from simulation.state import (
    CHILDREN,
    GOOD,
    ILACS,
    INADEQUATE,
    NOBODY,
    OUTSTANDING,
    REQUIRES_IMPROVEMENT,
    SIF,
    CouncilState,
    SectorState,
)

USUAL_GAP, GAP_WIDTH = 41, 12.0
INADEQUATE_SALIENCE, IMPROVEMENT_SALIENCE = 0.5, 0.125
IMPROVEMENT_STIGMA = 0.1
FALL_PRESS = 0.3
DUE_WIDTH, OVERDUE_WIDTH = 24, 12
FIRST_DUE_WITHOUT_PAUSE = 24


@rule("E11")
def score(quality: float, noise: float, c: Coefficients) -> float:
    """Return what the inspection sees: quality and noise (``noise`` standard normal; the score in SD)."""
    return quality + c.inspection_noise * noise


@rule("E11")
def band(seen: float, framework: int, c: Coefficients) -> int:
    """Return the grade whose band the score lies in; ILACS (from April 2018) set two cuts lower than the SIF."""
    return anchored_band(seen, NOBODY, framework, c)


@rule("E11'")
def cuts_met(held: int, framework: int, c: Coefficients) -> tuple[float, float]:
    """Return the cuts of good and of outstanding (SD) that a holder of the grade ``held`` meets.

    A holder of outstanding meets a lower cut of outstanding, a holder of good or better a lower cut of good. This
    stands for persistence of grades that inspection noise does not explain: it does not tell whether inspectors expect
    what they saw before, or practice lasts.
    """
    good, outstanding = c.good_cut, c.outstanding_cut
    if framework == SIF:
        good, outstanding = c.sif_good_cut, c.sif_outstanding_cut
    if held >= GOOD:
        good -= c.anchor_good
    if held == OUTSTANDING:
        outstanding -= c.anchor_outstanding
    return good, outstanding


@rule("E11'")
def anchored_band(seen: float, held: int, framework: int, c: Coefficients) -> int:
    """Return the grade whose band the score lies in, where the cuts of what is ``held`` already are lower."""
    good, outstanding = cuts_met(held, framework, c)
    if seen < c.inadequate_cut:
        return INADEQUATE
    if seen < good:
        return REQUIRES_IMPROVEMENT
    if seen < outstanding:
        return GOOD
    return OUTSTANDING


@rule("E11")
def grade_at_inspection(seen: float, grade_before: int, framework: int, leap: float, c: Coefficients) -> int:
    """Return the grade given: few leap from below good to outstanding at once (``leap`` uniform)."""
    grade = anchored_band(seen, grade_before, framework, c)
    if grade == OUTSTANDING and grade_before < GOOD and leap >= c.leap_to_outstanding:
        return GOOD
    return grade


@rule("E11")
def see_quality(council: CouncilState, noise: float, c: Coefficients) -> float:
    """Return what an inspection of the council sees (``noise`` standard normal; the score in SD)."""
    return score(council.quality, noise, c)


@rule("E11")
def give_grade(council: CouncilState, seen: float, leap: float, c: Coefficients) -> int:
    """Return the grade that the council is given for what was ``seen`` (``leap`` uniform)."""
    return grade_at_inspection(seen, council.grade, council.next_framework, leap, c)


@rule("E11")
def share_below(cut: float, quality: float, c: Coefficients) -> float:
    """Return the chance that an inspection of such ``quality`` sees a score below the ``cut``."""
    return normal_share((cut - quality) / c.inspection_noise)


@rule("E11")
def chance_of_grade(grade: int, quality: float, grade_before: int, framework: int, c: Coefficients) -> float:
    """Return the chance that an inspection of such ``quality`` gives this ``grade``."""
    good, outstanding = cuts_met(grade_before, framework, c)
    below_inadequate, below_good = share_below(c.inadequate_cut, quality, c), share_below(good, quality, c)
    if grade == INADEQUATE:
        return below_inadequate
    if grade == REQUIRES_IMPROVEMENT:
        return max(0.0, below_good - below_inadequate)
    below_outstanding = share_below(outstanding, quality, c)
    leaps = c.leap_to_outstanding if grade_before < GOOD else 1.0
    if grade == OUTSTANDING:
        return leaps * (1.0 - below_outstanding)
    return max(0.0, below_outstanding - below_good) + (1.0 - leaps) * (1.0 - below_outstanding)


@rule("E11")
def months_to_next(grade: int, luck: float) -> int:
    """Return the months until the next judgement after one with this ``grade`` (``luck`` uniform).

    Source: intervals between published judgements, 2014-2020.
    """
    sooner = 0
    if grade == OUTSTANDING:
        sooner = 1
    elif grade == REQUIRES_IMPROVEMENT:
        sooner = 3
    elif grade == INADEQUATE:
        sooner = 8
    return int(USUAL_GAP - sooner + GAP_WIDTH * (luck - 0.5))


@rule("E11")
def after_pause(month: int, due: int, pause_from: int, pause_to: int) -> int:
    """Return the month of a judgement set in ``month`` for ``due``, moved by the pause of inspections if there is one.

    ``pause_from`` is the pause's first month and ``pause_to`` the first after it (equal without a pause).
    """
    if month < pause_from < due:
        due += pause_to - pause_from
    if pause_from <= due < pause_to:
        return pause_to
    return due


@rule("E11")
def english_first_month(due: int, place: int, unknown: int, pause_from: int, pause_to: int) -> int:
    """Return when one of England's councils is judged first, if the evidence does not know it.

    They are spread over the two years after the pause; without a pause each is judged when due, after month 24.

    Args:
        due: the month in which it would be due.
        place: how many of the ``unknown`` come before it.
        unknown: how many there are.
        pause_from: first month of the pause of inspections.
        pause_to: first month after it; both are 0 without a pause.
    """
    if pause_from == 0 and pause_to == 0:
        return max(FIRST_DUE_WITHOUT_PAUSE, due)
    return pause_to + DUE_WIDTH * place // unknown


@rule("E11")
def own_first_month(due: int, place: int, overdue: int, pause_from: int, pause_to: int) -> int:
    """Return when a council of a user's own is judged first: when due, the overdue spread over the first year.

    ``place`` is how many come before it, ``overdue`` how many are; the pause is that of `english_first_month`.
    """
    month = OVERDUE_WIDTH * place // overdue if due < 0 else due
    return after_pause(-1, month, pause_from, pause_to)


@rule("E12'")
def headline_left(month: int, c: Coefficients) -> float:
    """Return how much press and stigma a judgement in this ``month`` brings: less where no overall grade is given."""
    return c.headline_removed if month >= c.headline_until else 1.0


@rule("E12")
def take_judgement(council: CouncilState, grade: int, loudness: float, c: Coefficients) -> None:
    """Write what a judgement of this ``grade`` does to press, stigma, alarm, salience and record.

    ``loudness`` is the share of press and stigma that it brings (see `headline_left`).
    """
    if grade == INADEQUATE:
        council.press = loudness
        council.stigma = loudness
        council.alarm = c.alarm_push
        council.chief.salience[CHILDREN] += INADEQUATE_SALIENCE
        council.recovered = 1
        council.months_since_inadequate = 0
        if council.months_failing == NOBODY:
            council.months_failing = 0
    elif grade == REQUIRES_IMPROVEMENT:
        council.stigma = IMPROVEMENT_STIGMA * loudness
        council.chief.salience[CHILDREN] += IMPROVEMENT_SALIENCE
        if council.grade > grade:
            council.press = max(council.press, FALL_PRESS * loudness)
    else:
        council.stigma = 0.0
    council.grade = grade


@rule("E12")
def set_next_judgement(council: CouncilState, month: int, luck: float, pause_from: int, pause_to: int) -> None:
    """Write when the council is judged next, under ILACS (``luck`` uniform)."""
    due = month + months_to_next(council.grade, luck)
    council.next_judgement = after_pause(month, due, pause_from, pause_to)
    council.next_framework = ILACS


@rule("E12")
def count_judgement(sector: SectorState, before: int, grade: int) -> None:
    """Count a judgement, and a fall if it is below the one before."""
    sector.judgements += 1
    if grade < before:
        sector.falls += 1
