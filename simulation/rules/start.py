"""S1 to S6: where does each council stand on the last day before month 0?

What is known (grade, its date, deprivation, region) and what is drawn give what is not: quality now, the level that
holds it, and who is in charge.
"""

from __future__ import annotations

import math

from simulation.coefficients import Coefficients
from simulation.rules.inspection import INADEQUATE_SALIENCE, cuts_met
from simulation.rules.marker import rule
from simulation.rules.maths import LN2, PER_SQRT_2PI, exp, normal_score, normal_share
from simulation.rules.shared import FAILURE_HALVES, INTERIM_CHANCE, INTERIM_CHANCE_INADEQUATE
from simulation.rules.spread import alarm_gain, variances
from simulation.state import CHILDREN, INADEQUATE, NOBODY, REQUIRES_IMPROVEMENT, SIF, CouncilState

GRADE_SCORES = (-1.55, -0.31, 0.86, 2.35)
GRADE_WIDTH = 1.06
MEDIAN_MONTHS = (13.0, 24.0, 36.0, 36.0)
SIGMA_MONTHS = (1.16, 0.67, 0.50, 0.50)
MOST_MONTHS_IN_POST = 144
EARLIER_SERVICE, EARLIER_CHANCE = 30, 0.4
INTERIM_MONTHS = 10.0
SALIENCE_HALF_LIFE = 8.3
AGENCY_SPREAD = 0.03
TINY = 1e-12


@rule("S2")
def region_effect(mean_residual: float, councils: int, luck: float, c: Coefficients) -> float:
    """Return a region's effect (SD), shrunk from the mean over its councils of grade score and deprivation.

    ``luck`` is standard normal.
    """
    within, noise, _ = variances(c)
    between = c.region_sd * c.region_sd
    shrink = councils * between / (councils * between + within + noise)
    return shrink * mean_residual + c.region_sd * math.sqrt(1.0 - shrink) * luck


@rule("S2")
def band_edges(grade: int, framework: int, c: Coefficients) -> tuple[float, float]:
    """Return the cuts between which the scores of a ``grade`` lie under a ``framework`` (SD); ends may be infinite."""
    good, outstanding = cuts_met(NOBODY, framework, c)
    cuts = (-math.inf, c.inadequate_cut, good, outstanding, math.inf)
    return cuts[grade], cuts[grade + 1]


@rule("S2")
def normal_density(score: float) -> float:
    """Return the density of a standard normal at ``score``, 0 where that is infinite."""
    return PER_SQRT_2PI * exp(-0.5 * score * score)


@rule("S2")
def band_mean(low: float, high: float, middle: float, spread: float) -> float:
    """Return the mean of a normal round ``middle`` (its SD is ``spread``) between ``low`` and ``high``.

    Where next to nothing of it lies between them it is the edge nearest to ``middle``.
    """
    below, above = (low - middle) / spread, (high - middle) / spread
    share = normal_share(above) - normal_share(below)
    mean = middle
    if share > TINY:
        mean += spread * (normal_density(below) - normal_density(above)) / share
    return min(high, max(low, mean))


@rule("S2")
def grade_score(grade: int, framework: int, rise: float, c: Coefficients) -> float:
    """Return the mean inspected score (SD) of the councils that hold a ``grade`` of this ``framework``.

    ``rise`` is the national rise of practice from April 2018 to the start. In April 2018 the grades of the SIF have
    stated scores, of the mix of grades then.
    """
    spread = math.sqrt(1.0 + c.inspection_noise * c.inspection_noise)
    if c.drift_from == 0 and framework == SIF:
        return GRADE_SCORES[grade] * spread / GRADE_WIDTH
    low, high = band_edges(grade, framework, c)
    return band_mean(low, high, rise, spread)


@rule("S3")
def inspected_score(expected: float, grade: int, framework: int, luck: float, c: Coefficients) -> float:
    """Return the score behind the real ``grade``: normal round ``expected``, truncated to the grade's band.

    ``luck`` is uniform; the cuts are those of the ``framework`` under which the grade was given.
    """
    within, noise, _ = variances(c)
    spread = math.sqrt(within + noise)
    low, high = band_edges(grade, framework, c)
    below = normal_share((low - expected) / spread)
    above = normal_share((high - expected) / spread)
    share = min(1.0 - TINY, max(TINY, below + luck * (above - below)))
    return min(high, max(low, expected + spread * normal_score(share)))


@rule("S3")
def quality_then(expected: float, seen: float, luck: float, c: Coefficients) -> float:
    """Return quality at the last inspection (SD), given the score ``seen`` (``luck`` standard normal)."""
    within, noise, _ = variances(c)
    total = within + noise
    return expected + (seen - expected) * within / total + math.sqrt(within * noise / total) * luck


@rule("S4")
def structural_level(expected: float, quality: float, luck: float, c: Coefficients) -> float:
    """Return the level that holds the council (SD), given its quality then (``luck`` standard normal)."""
    within, _, structure = variances(c)
    spread = math.sqrt(max(0.0, structure * (1.0 - structure / within)))
    return expected + structure / within * (quality - expected) + spread * luck


@rule("S4")
def quality_since(level: float, quality: float, months: float, luck: float, c: Coefficients) -> float:
    """Return quality (SD) so many ``months`` after the inspection (``luck`` standard normal)."""
    within, _, structure = variances(c)
    memory = exp(-months / c.practice_adjustment_time)
    spread = math.sqrt(max(0.0, (within - structure) * (1.0 - memory * memory)))
    return level + (quality - level) * memory + spread * luck


@rule("S5")
def halved(months: float, half_life: float) -> float:
    """Return what is left of 1 after so many ``months``."""
    return exp(-LN2 / half_life * months)


@rule("S5")
def starting_stigma(grade: int, months: float) -> float:
    """Return the stigma left of the last judgement."""
    if grade == INADEQUATE:
        return halved(months, 24.0)
    if grade == REQUIRES_IMPROVEMENT:
        return 0.1 * halved(months, 24.0)
    return 0.0


@rule("S5")
def pulled_since(quality: float, months: float, c: Coefficients) -> float:
    """Return quality (SD) after intervention has pulled at it for so many ``months`` since an inadequate judgement.

    It is what the pull of E4' alone would have made of it.
    """
    if c.intervention_pull == 0.0:
        return quality
    pulled = c.intervention_pull / 12.0 * (FAILURE_HALVES / LN2) * (1.0 - halved(months, FAILURE_HALVES))
    return c.intervention_level + (quality - c.intervention_level) * exp(-pulled)


@rule("S5")
def recall_failure(council: CouncilState, months: int, c: Coefficients) -> None:
    """Let the council stand as an inadequate judgement so many ``months`` ago left it."""
    council.alarm = c.alarm_push * halved(months, 18.0)
    council.press = halved(months, 6.0)
    council.chief.salience[CHILDREN] += INADEQUATE_SALIENCE * halved(months, SALIENCE_HALF_LIFE)
    council.quality = pulled_since(council.quality + alarm_gain(months, c), months, c)
    council.months_since_inadequate = months
    council.months_failing = months


@rule("S6")
def starting_ability(standing: float, luck: float, c: Coefficients) -> float:
    """Return the sitting director's ability (SD): councils above what was expected tend to have able ones.

    ``standing`` is quality at the last inspection less what was expected (SD), ``luck`` standard normal.
    """
    spread = math.sqrt(max(0.0, 1.0 - c.director_effect * c.director_effect))
    return c.director_effect * standing + spread * luck


@rule("S6")
def starting_months_in_post(grade: int, luck: float) -> int:
    """Return the sitting director's months in post, by the council's grade (``luck`` standard normal)."""
    return min(MOST_MONTHS_IN_POST, int(MEDIAN_MONTHS[grade] * exp(SIGMA_MONTHS[grade] * luck)))


@rule("S6")
def earlier_service(luck: float) -> int:
    """Return the months that the sitting director served elsewhere before (``luck`` uniform)."""
    return EARLIER_SERVICE if luck < EARLIER_CHANCE else 0


@rule("S6")
def starts_under_interim(grade: int, luck: float) -> bool:
    """Return whether an interim is in charge at the start (``luck`` uniform). Source: ADCS, 18 in March 2018."""
    return luck < (INTERIM_CHANCE_INADEQUATE if grade == INADEQUATE else INTERIM_CHANCE)
