"""O1: what is seen of a month: counts, means and sums over councils, and the ledger in pounds."""

from __future__ import annotations

from collections.abc import MutableSequence

from simulation.coefficients import Coefficients
from simulation.rules.marker import rule
from simulation.rules.totals import bimodality, deviation
from simulation.state import (
    ADULT_CARE,
    CHILDREN,
    FINANCE,
    GOOD,
    INADEQUATE,
    INTERIM,
    NOBODY,
    OUTSTANDING,
    PLACE,
    REQUIRES_IMPROVEMENT,
    CouncilSequence,
    CouncilState,
    DirectorSequence,
    DirectorState,
    MonthState,
    PanelSequence,
    SectorState,
)

STUCK_MONTHS = 72
NEED_DAYS = 10.9

Grades = tuple[int, int, int, int, int, float]
"""Councils inadequate, requiring improvement, outstanding, below the cut, stuck; children in need of the first."""
Qualities = tuple[float, float, float, float, int, float, float]
"""Sums of the first four powers of quality; how many do not give, and the sums of the first two powers of theirs."""
Posts = tuple[int, int, int]
"""Interims, permanent directors, and the months that these have been in post."""
Attentions = tuple[float, float, float, float, float]
"""Sums of attention by service, and of the share of agency staff."""
Supports = tuple[int, int, int, int, int, int, int, float]
"""Givers, receivers, givers beyond safe release, in need without a day, partnerships, trusts, in need; days unmet."""

NO_GRADES: Grades = (0, 0, 0, 0, 0, 0.0)
NO_QUALITIES: Qualities = (0.0, 0.0, 0.0, 0.0, 0, 0.0, 0.0)
NO_POSTS: Posts = (0, 0, 0)
NO_ATTENTIONS: Attentions = (0.0, 0.0, 0.0, 0.0, 0.0)
NO_SUPPORTS: Supports = (0, 0, 0, 0, 0, 0, 0, 0.0)


@rule("O1")
def clear_month(sector: SectorState) -> None:
    """Start the month's counts and sums."""
    sector.director_changes = 0
    sector.dismissals = 0
    sector.voluntary_exits = 0
    sector.moves = 0
    sector.filled = 0
    sector.vacancy_months = 0
    sector.interim_spells = 0
    sector.interim_spell_months = 0
    sector.appointed_ability_sum = 0.0
    sector.judgements = 0
    sector.falls = 0
    sector.days_pledged = 0.0
    sector.days_delivered = 0.0
    sector.director_days = 0.0
    sector.programme_cash = 0
    sector.programme_shadow = 0
    sector.trust_cost = 0
    sector.failure_cost = 0
    sector.funding_gap = 0


@rule("O1")
def add_to_history(council: CouncilState) -> None:
    """Add the month to the council's own history."""
    grade, below_good = council.grade, council.months_below_good
    council.months_inadequate += 1 if grade == INADEQUATE else 0
    council.months_below_good = below_good + 1 if grade < GOOD else 0
    council.quality_sum += council.quality
    council.months_giving += 1 if council.days_given > 0.0 else 0
    council.days_given_sum += council.days_given
    council.days_received_sum += council.days_received
    council.months_since_inadequate += 1 if council.months_since_inadequate != NOBODY else 0


@rule("O1")
def follow_spell(council: CouncilState, at_risk: MutableSequence[int], mended: MutableSequence[int]) -> None:
    """Follow a spell from an inadequate judgement to good: enter its month of exposure, and its end if it ends.

    ``at_risk`` and ``mended`` count by months since the judgement, up to their length (Kaplan-Meier in months).
    """
    months = council.months_failing
    if months != NOBODY:
        ended = council.grade >= GOOD
        if months < len(at_risk):
            at_risk[months] += 1
            if ended:
                mended[months] += 1
        council.months_failing = NOBODY if ended else months + 1


@rule("O1")
def count_grade(seen: Grades, council: CouncilState, stuck_after: int, c: Coefficients) -> Grades:
    """Return the grades ``seen`` so far and this council's."""
    inadequate, requires_improvement, outstanding, below_cut, stuck, children = seen
    grade, in_need = council.grade, council.children_in_need
    return (
        inadequate + (1 if grade == INADEQUATE else 0),
        requires_improvement + (1 if grade == REQUIRES_IMPROVEMENT else 0),
        outstanding + (1 if grade == OUTSTANDING else 0),
        below_cut + (1 if council.quality < c.inadequate_cut else 0),
        stuck + (1 if council.months_below_good >= stuck_after else 0),
        children + (in_need if grade == INADEQUATE else 0.0),
    )


@rule("O1")
def write_grades(row: MonthState, seen: Grades, n: int) -> None:
    """Write the grades of ``n`` councils, and what lies below them."""
    row.inadequate, row.requires_improvement, row.outstanding, row.below_cut, row.stuck, row.inadequate_children = seen
    row.good = n - row.inadequate - row.requires_improvement - row.outstanding
    row.good_or_better = (row.good + row.outstanding) / n


@rule("O1")
def add_quality(seen: Qualities, council: CouncilState, mean: float) -> Qualities:
    """Return the sums of powers ``seen`` so far and this council's, and the sums of those that do not give.

    Distances are measured from the ``mean`` of all, which keeps the sums small.
    """
    total, second, third, fourth, not_giving, their_total, their_squares = seen
    distance = council.quality - mean
    square = distance * distance
    gives = council.days_given != 0.0
    return (
        total + distance,
        second + square,
        third + square * distance,
        fourth + square * square,
        not_giving + (0 if gives else 1),
        their_total + (0.0 if gives else distance),
        their_squares + (0.0 if gives else square),
    )


@rule("O1")
def write_quality(row: MonthState, seen: Qualities, mean: float, n: int) -> None:
    """Write the quality of ``n`` councils and its spread, among all and among those that do not give."""
    total, second, third, fourth, not_giving, their_total, their_squares = seen
    row.mean_quality = mean
    row.quality_spread = deviation(n, total, second)
    row.quality_spread_not_giving = deviation(not_giving, their_total, their_squares)
    row.bimodality = bimodality(n, second / n, third / n, fourth / n)


@rule("O1")
def count_post(seen: Posts, council: CouncilState, director: DirectorState) -> Posts:
    """Return the posts ``seen`` so far and this council's; any ``director`` will do where it has none."""
    interims, in_post, months = seen
    served = director.months_in_post
    return (
        interims + (1 if council.seat == INTERIM else 0),
        in_post + (1 if council.seat >= 0 else 0),
        months + (served if council.seat >= 0 else 0),
    )


@rule("O1")
def write_posts(row: MonthState, seen: Posts, pool: int) -> None:
    """Write who is in post this month, and how many directors are in the pool."""
    interims, in_post, months = seen
    row.interims, row.months_in_post, row.pool = interims, months / max(1, in_post), pool


@rule("O1")
def add_attention(seen: Attentions, council: CouncilState) -> Attentions:
    """Return the sums of attention by service and of agency staff ``seen`` so far, and this council's."""
    children, adult_care, finance, place, agency = seen
    salience = council.chief.salience
    share = 1.0 / (salience[CHILDREN] + salience[ADULT_CARE] + salience[FINANCE] + salience[PLACE])
    return (
        children + salience[CHILDREN] * share,
        adult_care + salience[ADULT_CARE] * share,
        finance + salience[FINANCE] * share,
        place + salience[PLACE] * share,
        agency + council.agency_share,
    )


@rule("O1")
def write_attention(row: MonthState, seen: Attentions, n: int) -> None:
    """Write the mean share of the attention of ``n`` chiefs by service, and of agency staff."""
    children, adult_care, finance, place, agency = seen
    row.attention, row.attention_adult_care = children / n, adult_care / n
    row.attention_finance, row.attention_place = finance / n, place / n
    row.agency_share = agency / n


@rule("O1")
def count_support(seen: Supports, council: CouncilState, c: Coefficients) -> Supports:
    """Return who gives and receives as ``seen`` so far, and what need is unmet, and this council's."""
    givers, receivers, over_release, waiting, partnerships, trusts, needy, unmet = seen
    given, received, needs = council.days_given, council.days_received, council.grade < GOOD
    return (
        givers + (1 if given > 0.0 else 0),
        receivers + (1 if received > 0.0 else 0),
        over_release + (1 if given > max(0.0, c.safe_release) else 0),
        waiting + (1 if needs and received == 0.0 else 0),
        partnerships + (1 if council.partner != NOBODY else 0),
        trusts + (1 if council.trust_months != NOBODY else 0),
        needy + (1 if needs else 0),
        unmet + (max(0.0, NEED_DAYS - received) if needs else 0.0),
    )


@rule("O1")
def write_support(row: MonthState, seen: Supports) -> None:
    """Write who gives and receives this month, and what need is unmet."""
    row.givers, row.receivers, row.over_release, row.waiting, row.partnerships, row.trusts, needy, row.unmet_days = seen
    row.need_days = NEED_DAYS * needy


@rule("O1")
def record_panel(panel: PanelSequence, councils: CouncilSequence, directors: DirectorSequence) -> None:
    """Write each council's month into the panel, which is empty where none is asked for."""
    for i in range(len(panel)):
        seen, council = panel[i], councils[i]
        seen.grade = council.grade
        seen.next_judgement = council.next_judgement
        seen.quality = council.quality
        seen.agency_share = council.agency_share
        seen.director_changes = council.director_changes
        seen.interim = 1 if council.seat == INTERIM else 0
        seen.months_in_post = directors[council.seat].months_in_post if council.seat >= 0 else NOBODY


@rule("O1")
def record_sector(row: MonthState, sector: SectorState) -> None:
    """Write the month's counts, flows and money."""
    row.judgements = sector.judgements
    row.falls = sector.falls
    row.director_changes = sector.director_changes
    row.dismissals = sector.dismissals
    row.voluntary_exits = sector.voluntary_exits
    row.moves = sector.moves
    row.filled = sector.filled
    row.vacancy_months = sector.vacancy_months
    row.interim_spells = sector.interim_spells
    row.interim_spell_months = sector.interim_spell_months
    row.appointed_ability_sum = sector.appointed_ability_sum
    row.candidates = sector.candidates
    row.press_climate = sector.press_climate
    row.days_pledged = sector.days_pledged
    row.days_delivered = sector.days_delivered
    row.director_days = sector.director_days
    row.programme_cash = sector.programme_cash / 100.0
    row.programme_shadow = sector.programme_shadow / 100.0
    row.trust_cost = sector.trust_cost / 100.0
    row.failure_cost = sector.failure_cost / 100.0
    row.funding_gap = sector.funding_gap / 100.0
