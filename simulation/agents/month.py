"""The order of the month for Mesa agents: a function a phase, each reading the state as it stood when the phase began.

The science stands in `simulation.rules`; only the order stands here.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulation.agents.agents import Council, Director
from simulation.agents.sector import Sector
from simulation.rules import (
    hiring,
    inspection,
    leaving,
    linking,
    money,
    practice,
    record,
    removal,
    support,
    terms,
    totals,
)
from simulation.rules.order import stable_order
from simulation.state import INTERIM, NOBODY, POOL, RESTING, UNFILLED, DirectorState


def run_month(m: Sector) -> None:
    """Run the month in hand, phase by phase."""
    m.sector.gap = m.gaps[m.sector.month]
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


def feel_pressure(m: Sector) -> None:
    """Phase 1: pressure, attention (computed once, used all month) and leadership."""
    first = m.sector.month == 0
    for council in m.councils:
        council.chief.update_attention()
        council.update_pressure(m.sector.gap, m.c)
        if first:
            council.pressure_start = council.pressure
    for council in m.councils:
        director, partner = m.director_of(council), m.partner_of(council)
        partner_director = m.director_of(partner)
        council.update_leadership(director, partner, partner_director, m.c)
    if first:
        m.sector.leadership_start = totals.mean_leadership(m.councils)


def practise(m: Sector) -> None:
    """Phase 2: quality, and collapses."""
    rise = practice.rise_since_start(m.sector.month, m.c)
    totals.regional_gaps(m.councils, m.region_gaps, m.region_counts, m.c.relative_spillover)
    shock, luck, depth = m.luck("quality"), m.luck("collapse"), m.luck("collapse_depth")
    quality = 0.0
    for council in m.councils:
        i = council.index
        council.update_quality(rise, m.region_gaps[council.region], m.sector.leadership_start, shock[i], m.c)
        council.collapse(luck[i], depth[i], m.c)
        quality += council.quality
    m.sector.mean_quality = quality / len(m.councils)


def staff(m: Sector) -> None:
    """Phase 3: agency share with the new quality, then decays."""
    press = 0.0
    for council in m.councils:
        council.update_agency(m.c)
        council.fade(m.c)
        press += council.press
    m.sector.mean_press = press / len(m.councils)


def look_elsewhere(m: Sector) -> None:
    """Phase 4: chiefs' salience, crises and new chiefs."""
    crisis, which = m.luck("crisis"), m.luck("which_crisis")
    leaves, outlook = m.luck("chief_leaves"), m.luck("new_chief")
    for council in m.councils:
        i = council.index
        council.update_salience()
        council.chief.meet_crisis(crisis[i], which[i], m.c)
        council.chief.change(leaves[i], outlook[i], m.c)


def directors_leave(m: Sector) -> None:
    """Phase 5: directors serve, rest and leave; trusts whose delay is over start."""
    dismissal, leaving_luck = m.luck("dismissal"), m.luck("leaving")
    wait_for_posts(m)
    for council in m.councils:
        i = council.index
        council.wait_month()
        if council.seat < 0:
            continue
        director = m.directors[council.seat]
        director.serve_month()
        if director.is_dismissed(council, dismissal[i], m.c):
            part(m, council, director, leaving.DISMISSED)
        elif director.leaves_by_choice(council, m.sector.mean_quality, leaving_luck[i], m.c):
            part(m, council, director, leaving.BY_CHOICE)
        else:
            continue
        empty_seat(m, council)
    if m.deployment.trusts:
        for council in m.councils:
            if council.trust_from == m.sector.month:
                remove_to_trust(m, council)


def wait_for_posts(m: Sector) -> None:
    """Let directors rest, and leave the pool; the k-th of the pool meets the k-th draw."""
    luck = m.luck("pool")
    place = 0
    m.sector.pool = 0
    for director in m.directors:
        if director.status == RESTING:
            director.rest()
        if director.status == POOL:
            director.tire(m.sector, luck[place % len(luck)], m.c)
            place += 1


def part(m: Sector, council: Council, director: Director, why: int) -> None:
    """Let the director leave the council, and perhaps the sector."""
    leaving.count_exit(m.sector, why)
    director.leave_post(leaving.lost_share(why, m.c), m.luck("fate")[council.index])
    council.lose_director(m.c)


def empty_seat(m: Sector, council: Council) -> None:
    """Fill the seat that a director left by an interim, or leave it for a direct appointment."""
    if leaving.interim_comes(m.luck("route")[council.index]):
        council.seat_interim(m.sector, m.luck("interim_ability")[council.index])
    else:
        council.vacate_seat()


def remove_to_trust(m: Sector, council: Council) -> None:
    """Start the council's trust under a leader of its own."""
    if council.seat >= 0:
        part(m, council, m.directors[council.seat], leaving.BY_CHOICE)
        council.seat = UNFILLED
    leader = m.add_director(DirectorState())
    leader.lead_trust(m.luck("ability")[council.index])
    leader.take_post(council, m.sector, len(m.directors) - 1)
    council.start_trust(m.c)


def appoint(m: Sector) -> None:
    """Phase 6: supply, and appointments in ascending order of luck."""
    hiring.update_press_climate(m.sector, m.sector.mean_press)
    hiring.update_candidates(m.sector, m.c)
    places = list(range(len(m.councils)))
    vacancies = hiring.find_vacancies(m.councils, places)
    available = hiring.supply(m.sector.candidates, m.sector.pool)
    factor = hiring.market_factor(available, vacancies)
    luck = m.luck("filling")
    vacant = [m.councils[i] for i in places[:vacancies]]
    filled = [council for council in vacant if council.seat_is_filled(factor, luck[council.index], m.c)]
    for place in stable_order([luck[council.index] for council in filled]):
        fill_seat(m, filled[place], available, vacancies)


def fill_seat(m: Sector, council: Council, available: float, vacancies: int) -> None:
    """Appoint a mover, a returner or a first-time director; without any, an interim stays or comes."""
    i = council.index
    kind = hiring.kind_of_appointment(m.luck("appointment")[i])
    seat = NOBODY
    if kind != hiring.FIRST_TIME:
        seat = hiring.pick_director(m.directors, len(m.directors), kind, m.luck("pick")[i])
    if seat == NOBODY and m.sector.candidates >= 1.0:
        m.sector.candidates -= 1.0
        ability = hiring.first_time_ability(available, vacancies, m.luck("ability")[i])
        m.add_director(DirectorState(ability=ability))
        seat = len(m.directors) - 1
    if seat == NOBODY:
        if council.seat != INTERIM:
            council.seat_interim(m.sector, m.luck("interim_ability")[i])
        return
    director = m.directors[seat]
    if director.council != NOBODY:
        left = m.councils[director.council]
        m.sector.moves += 1
        left.lose_director(m.c)
        empty_seat(m, left)
    director.take_post(council, m.sector, seat)


def judge(m: Sector) -> None:
    """Phase 7: judgements published this month."""
    month = m.sector.month
    removes = m.deployment.trusts and terms.any_active(m.deployment.arms, month)
    noise, leap, gap = m.luck("inspection"), m.luck("leap"), m.luck("judgement_gap")
    loudness = inspection.headline_left(month, m.c)
    for council in m.councils:
        if council.next_judgement != month:
            continue
        i = council.index
        seen = council.see_quality(noise[i], m.c)
        grade = council.give_grade(seen, leap[i], m.c)
        if removes and council.decides_trust(council.grade, grade, seen, m.c):
            council.trust_from = month + m.c.trust_delay
        inspection.count_judgement(m.sector, council.grade, grade)
        council.take_judgement(grade, loudness, m.c)
        council.set_next_judgement(month, gap[i], m.pause[0], m.pause[1])


def match(m: Sector) -> None:
    """Phase 8: matching of support, and the end of partnerships."""
    arms, month = m.deployment.arms, m.sector.month
    if not terms.matches_now(arms, month, m.deployment.first_month):
        return
    noise = m.luck("estimate")
    for council in m.councils:
        council.estimate_quality(noise[council.index])
        terms.clear_match(council)
    m.sector.links = 0
    order = stable_order([council.estimate for council in m.councils])
    joined = link_arms(m, order)
    for council in m.councils:
        council.mark(arms, m.c)
        if council.partnership_ends(joined):
            council.end_partnership(m.councils[council.partner])
            if council.seat >= 0:
                m.directors[council.seat].months_in_post = 0


def link_arms(m: Sector, order: Sequence[int]) -> bool:
    """Link arm by arm, each with what those before it left; return whether an arm in force has partnerships."""
    arms, month = m.deployment.arms, m.sector.month
    left, worth = 0.0, 0.0
    joined = False
    for number, arm in enumerate(arms):
        if not terms.is_active(arm, month):
            continue
        joined = joined or arm.partnership
        days = arm.budget + linking.carried_days(left, worth, arm)
        if m.deployment.trusts:
            elapsed = month - m.deployment.first_month
            days = removal.money_left(arm, m.deployment.trust_budget, elapsed, m.sector.spent)
        rest = linking.link_arm(arm, number, m.councils, order, m.slots, m.sections, m.links, m.sector, days, m.c)
        if arm.worth > 0.0:
            left, worth = rest, arm.worth
    return joined


def support_and_pay(m: Sector) -> None:
    """Phase 9: transfer, givers' gain and the ledger."""
    for council in m.councils:
        council.clear_support()
    for k in range(m.sector.links):
        link = m.links[k]
        receiver, giver, arm = m.councils[link.receiver], m.councils[link.giver], m.deployment.arms[link.arm]
        days = giver.deliver(link.days, arm.paid, m.c)
        receiver.exchange(giver, days, arm.director_share, m.c)
        support.enter_ledger(m.sector, arm, link.days, days)
    for council in m.councils:
        council.learn(council.months_led(m.director_of(council)), m.c)
        if council.days_given > 0.0:
            council.learn_by_giving(council.days_given, m.c)
        if council.partner != NOBODY:
            council.partnership_months += 1
        if council.trust_months != NOBODY:
            council.trust_months += 1
        council.bill_failure(m.sector)
        council.bill_trust(m.sector, m.sector.month, m.c)
    money.bill_gap(m.sector)


def record_month(m: Sector) -> None:
    """Phase 10: add the month to histories and record it."""
    n, mean = len(m.councils), m.sector.mean_quality
    stuck_after = min(record.STUCK_MONTHS, m.sector.month + 1)
    grades, qualities, posts = record.NO_GRADES, record.NO_QUALITIES, record.NO_POSTS
    attentions, supports = record.NO_ATTENTIONS, record.NO_SUPPORTS
    for council in m.councils:
        council.add_to_history()
        record.follow_spell(council, m.at_risk, m.mended)
        grades = record.count_grade(grades, council, stuck_after, m.c)
        qualities = record.add_quality(qualities, council, mean)
        posts = record.count_post(posts, council, m.director_of(council))
        attentions = record.add_attention(attentions, council)
        supports = record.count_support(supports, council, m.c)
    record.write_grades(m.row, grades, n)
    record.write_quality(m.row, qualities, mean, n)
    record.write_posts(m.row, posts, m.sector.pool)
    record.write_attention(m.row, attentions, n)
    record.write_support(m.row, supports)
    record.record_sector(m.row, m.sector)
    over = money.is_over_budget(m.sector, m.deployment.trust_budget, m.deployment.first_month)
    m.row.over_budget = 1 if over else 0
    record.record_panel(m.seen, m.councils, m.directors)
