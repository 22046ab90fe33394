"""The order of the month, compiled: a function a phase, beside `simulation.agents.month` and in the same words.

The science stands in `simulation.rules`; only the order stands here, on records instead of agents. What a loop reads is
taken out of the month before it: inside, each taking would cost.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulation.chance import MONTHLY
from simulation.compiled.ahead import ask_for_next_month
from simulation.compiled.records import Month
from simulation.compiled.sort import insert_one, sort
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
from simulation.rules.marker import counted, uncounted
from simulation.state import (
    INTERIM,
    NOBODY,
    PERMANENT,
    POOL,
    RESTING,
    UNFILLED,
    CouncilState,
    DirectorState,
)

(
    JUDGEMENT_GAP, LEAP, LEAVING, DISMISSAL, FATE, ROUTE, FILLING, APPOINTMENT, PICK, CHIEF_LEAVES, CRISIS,
    WHICH_CRISIS, COLLAPSE, POOL_LUCK, QUALITY, INSPECTION, ABILITY, INTERIM_ABILITY, NEW_CHIEF, ESTIMATE,
    COLLAPSE_DEPTH,
) = range(len(MONTHLY))  # fmt: skip

EVERYONES = (QUALITY, COLLAPSE, CRISIS, CHIEF_LEAVES, DISMISSAL, LEAVING, FILLING)
"""What is decided of most councils in every month."""


@counted
def run_month(m: Month) -> None:
    """Run the month in hand, phase by phase."""
    record.clear_month(m.sector)
    feel_pressure(m)
    practise(m)
    staff(m)
    look_elsewhere(m)
    directors_leave(m)
    appoint(m)
    judge(m)
    match(m)
    support_and_pay(m)
    record_month(m)


@uncounted
def director_of(directors: Sequence[DirectorState], council: CouncilState) -> DirectorState:
    """Return the council's director; any director, not to be read, where the seat has none."""
    return directors[max(council.seat, 0)]


@uncounted
def feel_pressure(m: Month) -> None:
    """Phase 1: pressure, attention (computed once, used all month) and leadership."""
    first = m.sector.month == 0
    councils, directors, c, gap, luck = m.councils, m.directors, m.c, m.sector.gap, m.luck
    for council in councils:
        ask_for_next_month(luck, EVERYONES, council.index)
        attention.update_attention(council.chief)
        pressure.update_pressure(council, gap, c)
        if first:
            council.pressure_start = council.pressure
        partner = councils[council.partner if council.partner != NOBODY else council.index]
        director, partner_director = director_of(directors, council), director_of(directors, partner)
        leadership.update_leadership(council, director, partner, partner_director, c)
    if first:
        m.sector.leadership_start = totals.mean_leadership(m.councils)


@uncounted
def practise(m: Month) -> None:
    """Phase 2: quality, and collapses."""
    rise = practice.rise_since_start(m.sector.month, m.c)
    totals.regional_gaps(m.councils, m.work.region_gaps, m.work.region_counts, m.c.relative_spillover)
    shock, luck, depth = m.luck[QUALITY], m.luck[COLLAPSE], m.luck[COLLAPSE_DEPTH]
    region_gaps, leadership_start, c = m.work.region_gaps, m.sector.leadership_start, m.c
    quality = 0.0
    for council in m.councils:
        i = council.index
        gap = region_gaps[council.region]
        practice.update_quality(council, rise, gap, leadership_start, shock[i], c)
        practice.collapse(council, luck[i], depth[i], c)
        quality += council.quality
    m.sector.mean_quality = quality / len(m.councils)


@uncounted
def staff(m: Month) -> None:
    """Phase 3: agency share with the new quality, then decays."""
    c = m.c
    press = 0.0
    for council in m.councils:
        workforce.update_agency(council, c)
        practice.fade(council, c)
        press += council.press
    m.sector.mean_press = press / len(m.councils)


@uncounted
def look_elsewhere(m: Month) -> None:
    """Phase 4: chiefs' salience, crises and new chiefs."""
    crisis, which = m.luck[CRISIS], m.luck[WHICH_CRISIS]
    leaves, outlook, c = m.luck[CHIEF_LEAVES], m.luck[NEW_CHIEF], m.c
    for council in m.councils:
        i = council.index
        attention.update_salience(council)
        attention.meet_crisis(council.chief, crisis[i], which[i], c)
        attention.change_chief(council.chief, leaves[i], outlook[i], c)


@uncounted
def directors_leave(m: Month) -> None:
    """Phase 5: directors serve, rest and leave; trusts whose delay is over start."""
    mean = m.sector.mean_quality
    directors, c, dismissal, leaving_luck = m.directors, m.c, m.luck[DISMISSAL], m.luck[LEAVING]
    wait_for_posts(m)
    for council in m.councils:
        i = council.index
        hiring.wait_month(council)
        if council.seat < 0:
            continue
        director = directors[council.seat]
        leaving.serve_month(director)
        if leaving.is_dismissed(director, council, dismissal[i], c):
            part(m, council, director, leaving.DISMISSED)
        elif leaving.leaves_by_choice(director, council, mean, leaving_luck[i], c):
            part(m, council, director, leaving.BY_CHOICE)
        else:
            continue
        empty_seat(m, council)
    if m.deployment.trusts:
        for council in m.councils:
            if council.trust_from == m.sector.month:
                remove_to_trust(m, council)


@uncounted
def wait_for_posts(m: Month) -> None:
    """Let directors rest, and leave the pool; the k-th of the pool meets the k-th draw."""
    luck, directors, c = m.luck[POOL_LUCK], m.directors, m.c
    place = 0
    m.sector.pool = 0
    for k in range(m.sector.directors):
        director = directors[k]
        if director.status == RESTING:
            leaving.rest(director)
        if director.status == POOL:
            hiring.tire(director, m.sector, luck[place % len(luck)], c)
            place += 1


@uncounted
def part(m: Month, council: CouncilState, director: DirectorState, why: int) -> None:
    """Let the director leave the council, and perhaps the sector."""
    leaving.count_exit(m.sector, why)
    leaving.leave_post(director, leaving.lost_share(why, m.c), m.luck[FATE, council.index])
    leaving.lose_director(council, m.c)


@uncounted
def empty_seat(m: Month, council: CouncilState) -> None:
    """Fill the seat that a director left by an interim, or leave it for a direct appointment."""
    if leaving.interim_comes(m.luck[ROUTE, council.index]):
        leaving.seat_interim(council, m.sector, m.luck[INTERIM_ABILITY, council.index])
    else:
        leaving.vacate_seat(council)


@uncounted
def add_director(m: Month, ability: float) -> int:
    """Add a director to the sector and return its number."""
    number: int = m.sector.directors
    director = m.directors[number]
    director.ability = ability
    director.months_in_post = 0
    director.months_as_director = 0
    director.status = PERMANENT
    director.council = NOBODY
    director.months_resting = 0
    m.sector.directors = number + 1
    return number


@uncounted
def remove_to_trust(m: Month, council: CouncilState) -> None:
    """Start the council's trust under a leader of its own."""
    if council.seat >= 0:
        part(m, council, m.directors[council.seat], leaving.BY_CHOICE)
        council.seat = UNFILLED
    seat = add_director(m, 0.0)
    removal.lead_trust(m.directors[seat], m.luck[ABILITY, council.index])
    hiring.take_post(m.directors[seat], council, m.sector, seat)
    removal.start_trust(council, m.c)


@uncounted
def appoint(m: Month) -> None:
    """Phase 6: supply, and appointments in ascending order of luck."""
    hiring.update_press_climate(m.sector, m.sector.mean_press)
    hiring.update_candidates(m.sector, m.c)
    councils, luck, c, places = m.councils, m.luck[FILLING], m.c, m.work.places
    vacancies = hiring.find_vacancies(councils, places)
    available = hiring.supply(m.sector.candidates, m.sector.pool)
    factor = hiring.market_factor(available, vacancies)
    filled = 0
    for k in range(vacancies):
        council = councils[places[k]]
        if hiring.seat_is_filled(council, factor, luck[council.index], c):
            insert_one(luck, places, filled, council.index)
            filled += 1
    for k in range(filled):
        fill_seat(m, councils[places[k]], available, vacancies)


@uncounted
def fill_seat(m: Month, council: CouncilState, available: float, vacancies: int) -> None:
    """Appoint a mover, a returner or a first-time director; without any, an interim stays or comes."""
    i = council.index
    kind = hiring.kind_of_appointment(m.luck[APPOINTMENT, i])
    seat = NOBODY
    if kind != hiring.FIRST_TIME:
        seat = hiring.pick_director(m.directors, m.sector.directors, kind, m.luck[PICK, i])
    if seat == NOBODY and m.sector.candidates >= 1.0:
        m.sector.candidates -= 1.0
        seat = add_director(m, hiring.first_time_ability(available, vacancies, m.luck[ABILITY, i]))
    if seat == NOBODY:
        if council.seat != INTERIM:
            leaving.seat_interim(council, m.sector, m.luck[INTERIM_ABILITY, i])
        return
    if m.directors[seat].council != NOBODY:
        left = m.councils[m.directors[seat].council]
        m.sector.moves += 1
        leaving.lose_director(left, m.c)
        empty_seat(m, left)
    hiring.take_post(m.directors[seat], council, m.sector, seat)


@uncounted
def judge(m: Month) -> None:
    """Phase 7: judgements published this month."""
    month = m.sector.month
    removes = m.deployment.trusts and terms.any_active(m.arms, month)
    loudness = inspection.headline_left(month, m.c)
    for council in m.councils:
        if council.next_judgement != month:
            continue
        i = council.index
        seen = inspection.see_quality(council, m.luck[INSPECTION, i], m.c)
        grade = inspection.give_grade(council, seen, m.luck[LEAP, i], m.c)
        if removes and removal.decides_trust(council, council.grade, grade, seen, m.c):
            council.trust_from = month + m.c.trust_delay
        inspection.count_judgement(m.sector, council.grade, grade)
        inspection.take_judgement(council, grade, loudness, m.c)
        inspection.set_next_judgement(council, month, m.luck[JUDGEMENT_GAP, i], m.pause[0], m.pause[1])


@counted
def match(m: Month) -> None:
    """Phase 8: matching of support, and the end of partnerships."""
    month = m.sector.month
    if not terms.matches_now(m.arms, month, m.deployment.first_month):
        return
    noise, councils, estimates = m.luck[ESTIMATE], m.councils, m.work.estimates
    for council in councils:
        matching.estimate_quality(council, noise[council.index])
        estimates[council.index] = council.estimate
        terms.clear_match(council)
    m.sector.links = 0
    sort(estimates, m.work.places, m.work.parts, m.work.begin)
    joined = link_arms(m, m.work.places)
    arms, c = m.arms, m.c
    for council in councils:
        terms.mark(council, arms, c)
        if terms.partnership_ends(council, joined):
            terms.end_partnership(council, councils[council.partner])
            if council.seat >= 0:
                m.directors[council.seat].months_in_post = 0


@counted
def link_arms(m: Month, order: Sequence[int]) -> bool:
    """Link arm by arm, each with what those before it left; return whether an arm in force has partnerships."""
    month = m.sector.month
    left, worth = 0.0, 0.0
    joined = False
    for number in range(len(m.arms)):
        arm = m.arms[number]
        if not terms.is_active(arm, month):
            continue
        joined = joined or arm.partnership
        days = arm.budget + linking.carried_days(left, worth, arm)
        if m.deployment.trusts:
            elapsed = month - m.deployment.first_month
            days = removal.money_left(arm, m.deployment.trust_budget, elapsed, m.sector.spent)
        rest = linking.link_arm(
            arm, number, m.councils, order, m.work.slots, m.work.sections, m.work.links, m.sector, days, m.c
        )
        if arm.worth > 0.0:
            left, worth = rest, arm.worth
    return joined


@uncounted
def support_and_pay(m: Month) -> None:
    """Phase 9: transfer, givers' gain and the ledger."""
    for council in m.councils:
        support.clear_support(council)
    links, councils, directors, arms, sector, c = m.work.links, m.councils, m.directors, m.arms, m.sector, m.c
    for k in range(sector.links):
        link = links[k]
        receiver, giver, arm = councils[link.receiver], councils[link.giver], arms[link.arm]
        days = support.deliver(giver, link.days, arm.paid, c)
        support.exchange(receiver, giver, days, arm.director_share, c)
        support.enter_ledger(sector, arm, link.days, days)
    for council in councils:
        support.learn(council, support.months_led(council, director_of(directors, council)), c)
        if council.days_given > 0.0:
            support.learn_by_giving(council, council.days_given, c)
        if council.partner != NOBODY:
            council.partnership_months += 1
        if council.trust_months != NOBODY:
            council.trust_months += 1
        money.bill_failure(council, sector)
        money.bill_trust(council, sector, sector.month, m.c)
    money.bill_gap(sector)


@uncounted
def record_month(m: Month) -> None:
    """Phase 10: add the month to histories and record it."""
    councils, directors, c, n = m.councils, m.directors, m.c, len(m.councils)
    at_risk, mended, mean = m.work.at_risk, m.work.mended, m.sector.mean_quality
    stuck_after = min(record.STUCK_MONTHS, m.sector.month + 1)
    grades, qualities, posts = record.NO_GRADES, record.NO_QUALITIES, record.NO_POSTS
    attentions, supports = record.NO_ATTENTIONS, record.NO_SUPPORTS
    for council in councils:
        record.add_to_history(council)
        record.follow_spell(council, at_risk, mended)
        grades = record.count_grade(grades, council, stuck_after, c)
        qualities = record.add_quality(qualities, council, mean)
        posts = record.count_post(posts, council, director_of(directors, council))
        attentions = record.add_attention(attentions, council)
        supports = record.count_support(supports, council, c)
    record.write_grades(m.row, grades, n)
    record.write_quality(m.row, qualities, mean, n)
    record.write_posts(m.row, posts, m.sector.pool)
    record.write_attention(m.row, attentions, n)
    record.write_support(m.row, supports)
    record.record_sector(m.row, m.sector)
    over = money.is_over_budget(m.sector, m.deployment.trust_budget, m.deployment.first_month)
    m.row.over_budget = 1 if over else 0
    record.record_panel(m.panel, m.councils, m.directors)
