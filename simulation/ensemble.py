"""The order of the month, compiled: a function a phase, beside `simulation.month` and in the same words.

The science stands in `simulation.rules`; only the order stands here, on records instead of agents. ``luck`` is the
month's draws, a row a decision and a column a council.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from typing import Any

import numpy as np
from numba.extending import overload, register_jitable
from numpy.typing import NDArray

from simulation.chance import MONTHLY
from simulation.coefficients import Coefficients
from simulation.records import Work
from simulation.regimes import Deployment
from simulation.rules import (
    attention,
    hiring,
    inspection,
    leadership,
    leaving,
    linking,
    matching,
    money,
    practice,
    pressure,
    record,
    removal,
    support,
    terms,
    totals,
    workforce,
)
from simulation.rules.order import stable_order
from simulation.state import (
    INTERIM,
    NOBODY,
    PERMANENT,
    POOL,
    RESTING,
    UNFILLED,
    ArmTerms,
    CouncilState,
    DirectorState,
    LinkSequence,
    MonthState,
    SectorState,
    SlotSequence,
)

Councils = Sequence[CouncilState]
Directors = Sequence[DirectorState]
Arms = Sequence[ArmTerms]
Luck = NDArray[np.float64]

(
    JUDGEMENT_GAP, LEAP, LEAVING, DISMISSAL, FATE, ROUTE, FILLING, APPOINTMENT, PICK, CHIEF_LEAVES, CRISIS,
    WHICH_CRISIS, COLLAPSE, POOL_LUCK, QUALITY, INSPECTION, ABILITY, INTERIM_ABILITY, NEW_CHIEF, ESTIMATE,
    COLLAPSE_DEPTH,
) = range(len(MONTHLY))  # fmt: skip


@overload(stable_order)
def _sort(keys: Any) -> Any:  # noqa: ARG001  overloads are chosen by type, not by value
    def order(keys: Any) -> Any:
        return np.argsort(np.asarray(keys), kind="mergesort")

    return order


@register_jitable
def run_month(
    councils: Councils,
    directors: Directors,
    sector: SectorState,
    row: MonthState,
    c: Coefficients,
    arms: Arms,
    deployment: Deployment,
    work: Work,
    luck: Luck,
    pause: tuple[int, int],
) -> None:
    """Run the month in hand, phase by phase."""
    record.clear_month(sector)
    feel_pressure(councils, directors, sector, c)
    practise(councils, sector, c, luck, work.region_gaps, work.region_counts)
    staff(councils, c)
    look_elsewhere(councils, c, luck)
    directors_leave(councils, directors, sector, c, luck)
    appoint(councils, directors, sector, c, luck)
    judge(councils, sector, c, arms, deployment, luck, pause)
    match(councils, directors, sector, c, arms, deployment, luck, work.links, work.slots, work.starts)
    support_and_pay(councils, directors, sector, c, arms, work.links)
    record_month(councils, directors, sector, row, c, deployment, work.at_risk, work.mended)


@register_jitable
def director_of(council: CouncilState, directors: Directors) -> DirectorState:
    """Return the council's director; any director, not to be read, where the seat has none."""
    return directors[max(council.seat, 0)]


@register_jitable
def feel_pressure(councils: Councils, directors: Directors, sector: SectorState, c: Coefficients) -> None:
    """Phase 1: pressure, attention (computed once, used all month) and leadership."""
    first = sector.month == 0
    for council in councils:
        attention.update_attention(council.chief)
        pressure.update_pressure(council, sector.gap, c)
        if first:
            council.pressure_start = council.pressure
    for council in councils:
        partner = councils[council.partner if council.partner != NOBODY else council.index]
        director, partner_director = director_of(council, directors), director_of(partner, directors)
        leadership.update_leadership(council, director, partner, partner_director, c)
    if first:
        sector.leadership_start = totals.mean_leadership(councils)


@register_jitable
def practise(
    councils: Councils,
    sector: SectorState,
    c: Coefficients,
    luck: Luck,
    region_gaps: MutableSequence[float],
    region_counts: MutableSequence[int],
) -> None:
    """Phase 2: quality, and collapses."""
    rise = practice.drift(sector.month, c)
    totals.regional_gaps(councils, totals.mean_quality(councils), region_gaps, region_counts)
    for council in councils:
        i = council.index
        gap = region_gaps[council.region]
        practice.update_quality(council, rise, gap, sector.leadership_start, luck[QUALITY, i], c)
        practice.collapse(council, luck[COLLAPSE, i], luck[COLLAPSE_DEPTH, i], c)


@register_jitable
def staff(councils: Councils, c: Coefficients) -> None:
    """Phase 3: agency share with the new quality, then decays."""
    for council in councils:
        workforce.update_agency(council, c)
        practice.fade(council, c)


@register_jitable
def look_elsewhere(councils: Councils, c: Coefficients, luck: Luck) -> None:
    """Phase 4: chiefs' salience, crises and new chiefs."""
    for council in councils:
        i = council.index
        attention.update_salience(council)
        attention.meet_crisis(council.chief, luck[CRISIS, i], luck[WHICH_CRISIS, i], c)
        attention.change_chief(council.chief, luck[CHIEF_LEAVES, i], luck[NEW_CHIEF, i], c)


@register_jitable
def directors_leave(councils: Councils, directors: Directors, sector: SectorState, c: Coefficients, luck: Luck) -> None:
    """Phase 5: directors serve, rest and leave; trusts decided eighteen months ago start."""
    mean = totals.mean_quality(councils)
    for k in range(sector.directors):
        if directors[k].status == RESTING:
            leaving.rest(directors[k])
        elif directors[k].status == PERMANENT:
            leaving.serve_month(directors[k])
    for council in councils:
        i = council.index
        hiring.wait_month(council)
        if council.seat < 0:
            continue
        director = directors[council.seat]
        if leaving.dismissed(director, council, luck[DISMISSAL, i], c):
            part(council, director, leaving.DISMISSED, sector, c, luck)
        elif leaving.leaves_by_choice(director, council, mean, luck[LEAVING, i], c):
            part(council, director, leaving.BY_CHOICE, sector, c, luck)
        else:
            continue
        leaving.vacate_seat(council, sector, luck[ROUTE, i], luck[INTERIM_ABILITY, i])
    for council in councils:
        if council.trust_from == sector.month:
            remove_to_trust(council, directors, sector, c, luck)


@register_jitable
def part(
    council: CouncilState, director: DirectorState, why: int, sector: SectorState, c: Coefficients, luck: Luck
) -> None:
    """Let the director leave the council, and perhaps the sector."""
    leaving.count_exit(sector, why)
    leaving.leave_post(director, leaving.lost_share(why, c), luck[FATE, council.index])
    leaving.lose_director(council, c)


@register_jitable
def add_director(directors: Directors, sector: SectorState, ability: float) -> int:
    """Add a director to the sector and return its number."""
    director = directors[sector.directors]
    director.ability = ability
    director.months_in_post = 0
    director.months_as_director = 0
    director.status = PERMANENT
    director.council = NOBODY
    director.months_resting = 0
    sector.directors += 1
    return sector.directors - 1


@register_jitable
def remove_to_trust(
    council: CouncilState, directors: Directors, sector: SectorState, c: Coefficients, luck: Luck
) -> None:
    """Start the council's trust under a leader of its own."""
    if council.seat >= 0:
        part(council, directors[council.seat], leaving.BY_CHOICE, sector, c, luck)
        council.seat = UNFILLED
    seat = add_director(directors, sector, 0.0)
    removal.lead_trust(directors[seat], luck[ABILITY, council.index])
    hiring.take_post(directors[seat], council, sector, seat)
    removal.start_trust(council, c)


@register_jitable
def appoint(councils: Councils, directors: Directors, sector: SectorState, c: Coefficients, luck: Luck) -> None:
    """Phase 6: supply, and appointments in ascending order of luck."""
    hiring.update_press_climate(sector, totals.mean_press(councils))
    hiring.update_candidates(sector, c)
    tire_pool(directors, sector, c, luck)
    vacancies = hiring.vacant_seats(councils, len(councils))
    pool = hiring.pool_size(directors, sector.directors)
    available = hiring.supply(sector.candidates, pool)
    factor = hiring.market_factor(available, vacancies)
    filled = [k.index for k in councils if k.seat < 0 and hiring.seat_is_filled(k, factor, luck[FILLING, k.index], c)]
    for place in stable_order([luck[FILLING, i] for i in filled]):
        fill_seat(councils, councils[filled[place]], directors, sector, available, vacancies, c, luck)


@register_jitable
def tire_pool(directors: Directors, sector: SectorState, c: Coefficients, luck: Luck) -> None:
    """Let directors leave the pool; the k-th of the pool meets the k-th draw."""
    place = 0
    for k in range(sector.directors):
        if directors[k].status == POOL:
            hiring.tire(directors[k], luck[POOL_LUCK, place % luck.shape[1]], c)
            place += 1


@register_jitable
def fill_seat(
    councils: Councils,
    council: CouncilState,
    directors: Directors,
    sector: SectorState,
    available: float,
    vacancies: int,
    c: Coefficients,
    luck: Luck,
) -> None:
    """Appoint a mover, a returner or a first-time director; without any, an interim stays or comes."""
    i = council.index
    kind = hiring.kind_of_appointment(luck[APPOINTMENT, i])
    seat = NOBODY
    if kind != hiring.FIRST_TIME:
        seat = hiring.pick_director(directors, sector.directors, kind, luck[PICK, i])
    if seat == NOBODY and sector.candidates >= 1.0:
        sector.candidates -= 1.0
        seat = add_director(directors, sector, hiring.first_time_ability(available, vacancies, luck[ABILITY, i]))
    if seat == NOBODY:
        if council.seat != INTERIM:
            leaving.seat_interim(council, sector, luck[INTERIM_ABILITY, i])
        return
    if directors[seat].council != NOBODY:
        left = councils[directors[seat].council]
        sector.moves += 1
        leaving.lose_director(left, c)
        leaving.vacate_seat(left, sector, luck[ROUTE, left.index], luck[INTERIM_ABILITY, left.index])
    hiring.take_post(directors[seat], council, sector, seat)


@register_jitable
def judge(
    councils: Councils,
    sector: SectorState,
    c: Coefficients,
    arms: Arms,
    deployment: Deployment,
    luck: Luck,
    pause: tuple[int, int],
) -> None:
    """Phase 7: judgements published this month."""
    month = sector.month
    removes = deployment.trusts and terms.any_active(arms, month)
    for council in councils:
        if council.next_judgement != month:
            continue
        i = council.index
        seen = inspection.score(council.quality, luck[INSPECTION, i], c)
        grade = inspection.judged(seen, council.grade, council.next_framework, luck[LEAP, i], c)
        if removes and removal.decides_trust(council, council.grade, grade, seen, c):
            council.trust_from = month + removal.MONTHS_TO_TRUST
        inspection.count_judgement(sector, council.grade, grade)
        inspection.take_judgement(council, grade, c)
        inspection.set_next_judgement(council, month, luck[JUDGEMENT_GAP, i], pause[0], pause[1])


@register_jitable
def match(
    councils: Councils,
    directors: Directors,
    sector: SectorState,
    c: Coefficients,
    arms: Arms,
    deployment: Deployment,
    luck: Luck,
    links: LinkSequence,
    slots: SlotSequence,
    starts: MutableSequence[int],
) -> None:
    """Phase 8: matching of support, and the end of partnerships."""
    month = sector.month
    if not terms.matches_now(arms, month, deployment.first_month):
        return
    for council in councils:
        council.estimate = matching.estimated_quality(council.quality, luck[ESTIMATE, council.index])
    order = stable_order([council.estimate for council in councils])
    terms.clear_matching(councils, sector)
    carried = 0.0
    joined = False
    for number in range(len(arms)):
        arm = arms[number]
        if not terms.is_active(arm, month):
            continue
        joined = joined or arm.partnership
        days = arm.budget + carried
        if deployment.trusts:
            elapsed = month - deployment.first_month
            days = removal.money_left(arm, deployment.trust_budget, elapsed, sector.spent)
        left = linking.link_arm(arm, number, councils, order, slots, starts, links, sector, days, c)
        carried = left * arm.carry
    for council in councils:
        terms.mark(council, arms, c)
    for council in councils:
        if terms.partnership_ends(council, joined):
            terms.end_partnership(council, councils[council.partner])
            if council.seat >= 0:
                directors[council.seat].months_in_post = 0


@register_jitable
def support_and_pay(
    councils: Councils, directors: Directors, sector: SectorState, c: Coefficients, arms: Arms, links: LinkSequence
) -> None:
    """Phase 9: transfer, givers' gain and the ledger."""
    for council in councils:
        support.clear_support(council)
    for k in range(sector.links):
        link = links[k]
        receiver, giver, arm = councils[link.receiver], councils[link.giver], arms[link.arm]
        days = support.delivered(link.days, arm.paid, giver.pressure, c)
        support.exchange(receiver, giver, days, arm.director_share, c)
        support.enter_ledger(sector, arm, link.days, days)
    for council in councils:
        support.learn(council, support.months_in_post(council, director_of(council, directors)), c)
        if council.days_given > 0.0:
            support.learn_by_giving(council, council.days_given, c)
        if council.partner != NOBODY:
            council.partnership_months += 1
        if council.trust_months != NOBODY:
            council.trust_months += 1
        money.bill_failure(council, sector)
        money.bill_trust(council, sector, sector.month)
    money.bill_gap(sector)


@register_jitable
def record_month(
    councils: Councils,
    directors: Directors,
    sector: SectorState,
    row: MonthState,
    c: Coefficients,
    deployment: Deployment,
    at_risk: MutableSequence[int],
    mended: MutableSequence[int],
) -> None:
    """Phase 10: add the month to histories and record it."""
    for council in councils:
        record.add_to_history(council)
        record.follow_spell(council, at_risk, mended)
    record.record_grades(row, councils, min(record.STUCK_MONTHS, sector.month + 1), c)
    record.record_quality(row, councils)
    record.record_directors(row, councils, directors, sector.directors)
    record.record_attention(row, councils)
    record.record_support(row, councils, c)
    record.record_sector(row, sector)
    over = money.is_over_budget(sector, deployment.trust_budget, deployment.first_month)
    row.over_budget = 1 if over else 0
