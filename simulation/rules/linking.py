"""R1: who helps whom in one arm of a regime?"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence

from simulation.coefficients import Coefficients
from simulation.rules.marker import rule
from simulation.rules.matching import NOT_HELPED, giver_rank, link_score, may_give, need_class
from simulation.rules.nearest import Index, build_index, drop, nearest_in_class
from simulation.rules.order import stable_order
from simulation.state import NOBODY, ArmTerms, CouncilSequence, CouncilState, Links

NOTHING = 1e-9
SOON, LATE = 24, 36

Shelves = tuple[Index, Index, Index, Index]
"""Givers with room for a whole link, then all with any room: each by history alone, and by region and history."""


@rule("R1")
def choose_givers(
    arm: ArmTerms, wanted: int, councils: CouncilSequence, estimates: Sequence[float], links: Links, c: Coefficients
) -> Sequence[int]:
    """Return the ``wanted`` councils of highest rank that may give in this arm, in order of code."""
    able = []
    for council in councils:
        j = council.index
        free = links.gives[j] == NOBODY and council.partner_of == NOBODY
        free = free and (arm.reciprocal or links.receives[j] == NOBODY)
        if free and may_give(council.grade, estimates[j], arm.giver_rule, c):
            able.append(j)
    best_first = stable_order([-giver_rank(councils[j], estimates[j], arm.gold_preference) for j in able])
    chosen = [0] * len(councils)
    for k in range(min(wanted, len(able))):
        chosen[able[best_first[k]]] = 1
    return [j for j in able if chosen[j] == 1]


@rule("R1")
def order_receivers(
    arm: ArmTerms,
    councils: CouncilSequence,
    estimates: Sequence[float],
    room: Sequence[float],
    links: Links,
    c: Coefficients,
) -> Sequence[int]:
    """Return the councils to be helped in this arm, the neediest first; ``room`` is what each could give."""
    needy = []
    classes = []
    for council in councils:
        i = council.index
        gives = links.gives[i] != NOBODY or room[i] > 0.0
        if links.receives[i] == NOBODY and (arm.reciprocal or not gives):
            need = need_class(council.grade, estimates[i], arm.receiver_rule, c)
            if need != NOT_HELPED:
                needy.append(i)
                classes.append(float(need))
    by_estimate = stable_order([estimates[i] for i in needy])
    by_class = stable_order([classes[k] for k in by_estimate])
    return [needy[by_estimate[k]] for k in by_class]


@rule("R1")
def stock_shelves(
    givers: Sequence[int], councils: CouncilSequence, estimates: Sequence[float], regions: int
) -> Shelves:
    """Return the indexes in which receivers look for a giver."""
    history = [council.recovered for council in councils]
    place = [council.region * 2 + council.recovered for council in councils]
    return (
        build_index(givers, history, estimates, 2),
        build_index(givers, place, estimates, 2 * regions),
        build_index(givers, history, estimates, 2),
        build_index(givers, place, estimates, 2 * regions),
    )


@rule("R1")
def best_giver(
    receiver: CouncilState,
    arm: ArmTerms,
    councils: CouncilSequence,
    estimates: Sequence[float],
    national: Index,
    regional: Index,
    barred: Sequence[int],
    c: Coefficients,
) -> int:
    """Return the giver whose link with the receiver scores best, the lowest code among equals, or `NOBODY`."""
    best, best_score = NOBODY, 0.0
    wanted = estimates[receiver.index] + c.best_gap
    for kind in range(4):
        history = kind // 2
        if kind % 2 == 0:
            giver = nearest_in_class(national, history, estimates, wanted, barred)
        else:
            giver = nearest_in_class(regional, receiver.region * 2 + history, estimates, wanted, barred)
        if giver != NOBODY:
            value = link_score(
                estimates[giver] - estimates[receiver.index],
                councils[giver].region == receiver.region,
                councils[giver].recovered,
                arm.region_preference,
                arm.gold_preference,
                c,
            )
            if best == NOBODY or value > best_score or (value == best_score and giver < best):
                best, best_score = giver, value
    return best


@rule("R1")
def find_giver(
    receiver: CouncilState,
    arm: ArmTerms,
    councils: CouncilSequence,
    estimates: Sequence[float],
    shelves: Shelves,
    barred: Sequence[int],
    c: Coefficients,
) -> int:
    """Return the best giver with room for a whole link, else the best with any room, else `NOBODY`."""
    giver = best_giver(receiver, arm, councils, estimates, shelves[0], shelves[1], barred, c)
    if giver == NOBODY:
        giver = best_giver(receiver, arm, councils, estimates, shelves[2], shelves[3], barred, c)
    return giver


@rule("R1")
def use_giver(shelves: Shelves, giver: int, room: float, size: float) -> None:
    """Take the giver off the shelves on which it no longer belongs, with so much ``room`` left (days a month)."""
    if room < size - NOTHING:
        drop(shelves[0], giver)
        drop(shelves[1], giver)
    if room <= NOTHING:
        drop(shelves[2], giver)
        drop(shelves[3], giver)


@rule("R1")
def add_link(links: Links, number: int, receiver: int, giver: int, days: float) -> None:
    """Add a link of so many pledged ``days`` a month in arm ``number``."""
    k = links.total[0]
    links.receiver[k] = receiver
    links.giver[k] = giver
    links.days[k] = days
    links.arm[k] = number
    links.total[0] = k + 1
    links.gives[giver] = number
    links.receives[receiver] = number


@rule("R1")
def begin_partnership(receiver: CouncilState, giver: CouncilState) -> None:
    """Join receiver and giver in a partnership: their director is shared."""
    receiver.partner = giver.index
    receiver.partnership_months = 0
    receiver.partnership_grade = receiver.grade
    giver.partner_of = receiver.index


@rule("R1")
def continue_partnerships(arm: ArmTerms, number: int, councils: CouncilSequence, links: Links, days: float) -> float:
    """Link the partnerships in force first; return the days left."""
    for receiver in councils:
        pledged = min(arm.days_per_receiver, arm.days_per_giver, days)
        if receiver.partner != NOBODY and pledged > NOTHING:
            add_link(links, number, receiver.index, receiver.partner, pledged)
            days -= pledged
    return days


@rule("R1")
def help_receiver(
    receiver: CouncilState,
    arm: ArmTerms,
    number: int,
    councils: CouncilSequence,
    estimates: Sequence[float],
    shelves: Shelves,
    room: MutableSequence[float],
    links: Links,
    days: float,
    c: Coefficients,
) -> float:
    """Link one receiver with its givers; return the pledged days left."""
    size = arm.days_per_receiver / arm.givers_per_receiver
    barred = [receiver.index]
    for _ in range(arm.givers_per_receiver):
        giver = NOBODY
        if days > NOTHING:
            giver = find_giver(receiver, arm, councils, estimates, shelves, barred, c)
        if giver == NOBODY:
            return days
        pledged = min(size, room[giver], days)
        add_link(links, number, receiver.index, giver, pledged)
        barred.append(giver)
        days -= pledged
        room[giver] -= pledged
        if arm.partnership:
            begin_partnership(receiver, councils[giver])
            room[giver] = 0.0
        use_giver(shelves, giver, room[giver], size)
    return days


@rule("R1")
def link_arm(
    arm: ArmTerms,
    number: int,
    councils: CouncilSequence,
    estimates: Sequence[float],
    links: Links,
    days: float,
    c: Coefficients,
) -> float:
    """Link the receivers of arm ``number`` with its givers, the neediest first; return the pledged days left.

    Partnerships in force come before all; a giver with room for a whole link comes before one with less.
    """
    before = links.total[0]
    if arm.partnership:
        days = continue_partnerships(arm, number, councils, links, days)
    givers = choose_givers(arm, arm.givers - (links.total[0] - before), councils, estimates, links, c)
    room = [0.0] * len(councils)
    for j in givers:
        room[j] = arm.days_per_giver
    shelves = stock_shelves(givers, councils, estimates, links.regions)
    for i in order_receivers(arm, councils, estimates, room, links, c):
        if days <= NOTHING:
            return 0.0
        days = help_receiver(councils[i], arm, number, councils, estimates, shelves, room, links, days, c)
    return days


@rule("R1")
def is_active(arm: ArmTerms, month: int) -> bool:
    """Return whether the arm is in force in this ``month``."""
    return arm.first_month <= month <= arm.last_month


@rule("R1")
def any_active(arms: Sequence[ArmTerms], month: int) -> bool:
    """Return whether any arm is in force in this ``month``."""
    for arm in arms:
        if is_active(arm, month):
            return True
    return False


@rule("R1")
def matches_now(arms: Sequence[ArmTerms], month: int, first_month: int) -> bool:
    """Return whether support is matched now: every third month from the regime's first, and as arms begin or end."""
    if month < first_month:
        return False
    for arm in arms:
        if month in (arm.first_month, arm.last_month + 1):
            return True
    return (month - first_month) % 3 == 0


@rule("R1")
def clear_links(links: Links) -> None:
    """Undo all links before a new matching."""
    links.total[0] = 0
    for i in range(len(links.gives)):
        links.gives[i] = NOBODY
        links.receives[i] = NOBODY


@rule("R1")
def mark(council: CouncilState, arms: Sequence[ArmTerms], links: Links, c: Coefficients) -> None:
    """Write what being matched makes of a council until the next matching: labels, and the shift of attention.

    Where a council is in two arms, the first sets its shift.
    """
    gives, receives = links.gives[council.index], links.receives[council.index]
    council.labelled_giver = 1 if gives != NOBODY and arms[gives].labels else 0
    council.labelled_receiver = 1 if receives != NOBODY and arms[receives].labels else 0
    first = gives if receives == NOBODY or NOBODY < gives < receives else receives
    council.attention_shift = 0.0
    if first != NOBODY and c.attention_shifts == 1:
        council.attention_shift = arms[first].attention_shift


@rule("R1")
def partnership_ends(receiver: CouncilState, in_force: bool) -> bool:
    """Return whether a partnership ends: after 36 months, 24 if the receiver's grade improved, or with its arm."""
    if receiver.partner == NOBODY:
        return False
    improved = receiver.grade > receiver.partnership_grade
    return not in_force or receiver.partnership_months >= (SOON if improved else LATE)


@rule("R1")
def end_partnership(receiver: CouncilState, partner: CouncilState) -> None:
    """Part receiver and partner."""
    receiver.partner = NOBODY
    receiver.partnership_months = 0
    partner.partner_of = NOBODY
