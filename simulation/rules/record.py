"""O1: what is seen of a month: counts, means and sums over councils, and the ledger in pounds."""

from __future__ import annotations

from collections.abc import MutableSequence

from simulation.coefficients import Coefficients
from simulation.rules.hiring import pool_size
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
    MonthState,
    PanelSequence,
    SectorState,
)

STUCK_MONTHS = 72
NEED_DAYS = 10.9


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
def follow_spells(councils: CouncilSequence, at_risk: MutableSequence[int], mended: MutableSequence[int]) -> None:
    """Follow every spell from an inadequate judgement to good: enter its month of exposure, and its end if it ends.

    ``at_risk`` and ``mended`` count by months since the judgement, up to their length (Kaplan-Meier in months).
    """
    for council in councils:
        months = council.months_failing
        if months != NOBODY:
            ended = council.grade >= GOOD
            if months < len(at_risk):
                at_risk[months] += 1
                if ended:
                    mended[months] += 1
            council.months_failing = NOBODY if ended else months + 1


@rule("O1")
def record_grades(row: MonthState, councils: CouncilSequence, stuck_after: int, c: Coefficients) -> None:
    """Write the month's grades and what lies below them."""
    inadequate, requires_improvement, outstanding, below_cut, stuck = 0, 0, 0, 0, 0
    children, cut = 0.0, c.inadequate_cut
    for council in councils:
        grade, in_need = council.grade, council.children_in_need
        inadequate += 1 if grade == INADEQUATE else 0
        requires_improvement += 1 if grade == REQUIRES_IMPROVEMENT else 0
        outstanding += 1 if grade == OUTSTANDING else 0
        children += in_need if grade == INADEQUATE else 0.0
        below_cut += 1 if council.quality < cut else 0
        stuck += 1 if council.months_below_good >= stuck_after else 0
    row.inadequate, row.requires_improvement, row.outstanding = inadequate, requires_improvement, outstanding
    row.good = len(councils) - inadequate - requires_improvement - outstanding
    row.inadequate_children, row.below_cut, row.stuck = children, below_cut, stuck
    row.good_or_better = (row.good + row.outstanding) / len(councils)


@rule("O1")
def record_quality(row: MonthState, councils: CouncilSequence, mean: float) -> None:
    """Write the month's quality and its spread, among all and among those that do not give.

    Distances are measured from the ``mean`` of all, which keeps the sums small.
    """
    n, not_giving = len(councils), 0
    total, second, third, fourth = 0.0, 0.0, 0.0, 0.0
    their_total, their_squares = 0.0, 0.0
    for council in councils:
        distance = council.quality - mean
        square = distance * distance
        total += distance
        second += square
        third += square * distance
        fourth += square * square
        gives = council.days_given != 0.0
        not_giving += 0 if gives else 1
        their_total += 0.0 if gives else distance
        their_squares += 0.0 if gives else square
    row.mean_quality = mean
    row.quality_spread = deviation(n, total, second)
    row.quality_spread_not_giving = deviation(not_giving, their_total, their_squares)
    row.bimodality = bimodality(n, second / n, third / n, fourth / n)


@rule("O1")
def record_directors(row: MonthState, councils: CouncilSequence, directors: DirectorSequence, count: int) -> None:
    """Write who is in post this month; ``count`` is the number of directors so far."""
    interims, in_post, months = 0, 0, 0
    for council in councils:
        seat = council.seat
        served = directors[max(0, seat)].months_in_post
        interims += 1 if seat == INTERIM else 0
        in_post += 1 if seat >= 0 else 0
        months += served if seat >= 0 else 0
    row.interims, row.months_in_post = interims, months / max(1, in_post)
    row.pool = pool_size(directors, count)


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
def record_attention(row: MonthState, councils: CouncilSequence) -> None:
    """Write the mean share of chiefs' attention by service, and of agency staff."""
    children, adult_care, finance, place, agency = 0.0, 0.0, 0.0, 0.0, 0.0
    for council in councils:
        salience = council.chief.salience
        share = 1.0 / (salience[CHILDREN] + salience[ADULT_CARE] + salience[FINANCE] + salience[PLACE])
        children += salience[CHILDREN] * share
        adult_care += salience[ADULT_CARE] * share
        finance += salience[FINANCE] * share
        place += salience[PLACE] * share
        agency += council.agency_share
    n = len(councils)
    row.attention, row.attention_adult_care = children / n, adult_care / n
    row.attention_finance, row.attention_place = finance / n, place / n
    row.agency_share = agency / n


@rule("O1")
def record_support(row: MonthState, councils: CouncilSequence, c: Coefficients) -> None:
    """Write who gives and receives this month, and what need is unmet."""
    givers, receivers, over_release, waiting, partnerships, trusts, needy = 0, 0, 0, 0, 0, 0, 0
    unmet, release = 0.0, max(0.0, c.safe_release)
    for council in councils:
        given, received = council.days_given, council.days_received
        needs = council.grade < GOOD
        givers += 1 if given > 0.0 else 0
        over_release += 1 if given > release else 0
        receivers += 1 if received > 0.0 else 0
        partnerships += 1 if council.partner != NOBODY else 0
        trusts += 1 if council.trust_months != NOBODY else 0
        needy += 1 if needs else 0
        waiting += 1 if needs and received == 0.0 else 0
        unmet += max(0.0, NEED_DAYS - received) if needs else 0.0
    row.givers, row.receivers, row.over_release, row.waiting = givers, receivers, over_release, waiting
    row.partnerships, row.trusts = partnerships, trusts
    row.need_days, row.unmet_days = NEED_DAYS * needy, unmet


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
