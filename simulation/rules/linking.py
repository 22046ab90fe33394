"""R1: who helps whom in one arm of a regime?"""

from __future__ import annotations

from collections.abc import Sequence

from simulation.coefficients import Coefficients
from simulation.rules.marker import rule
from simulation.rules.matching import NOT_HELPED, giver_rank, link_score, may_give, need_class
from simulation.rules.nearest import (
    NATIONAL,
    REGIONAL,
    drop,
    measure_sections,
    nearest_giver,
    return_to_first,
    section_of,
    stand,
)
from simulation.rules.order import stable_order
from simulation.state import (
    NOBODY,
    UNLIMITED,
    ArmTerms,
    CouncilSequence,
    CouncilState,
    LinkSequence,
    SectionSequence,
    SectorState,
    SlotSequence,
)

NEGLIGIBLE = 1e-9


@rule("R1")
def is_able(council: CouncilState, arm: ArmTerms, c: Coefficients) -> bool:
    """Return whether the council may give in this arm: a council gives in one arm, and not where it is a partner."""
    if council.gives != NOBODY or council.partner_of != NOBODY:
        return False
    if not arm.reciprocal and council.receives != NOBODY:
        return False
    return may_give(council.grade, council.estimate, arm.giver_rule, c)


@rule("R1", makes_lists=True)
def choose_givers(arm: ArmTerms, wanted: int, councils: CouncilSequence, c: Coefficients) -> None:
    """Give room to the ``wanted`` councils of highest rank that may give in this arm, and to no other."""
    able = 0
    for council in councils:
        gives = is_able(council, arm, c)
        council.room = arm.days_per_giver if gives else 0.0
        able += 1 if gives else 0
    if able > wanted:
        asked = [council.index for council in councils if council.room > 0.0]
        best_first = stable_order([-giver_rank(councils[j], councils[j].estimate, arm.gold_preference) for j in asked])
        for k in range(max(0, wanted), len(asked)):
            councils[asked[best_first[k]]].room = 0.0


@rule("R1")
def needs_help(council: CouncilState, arm: ArmTerms, c: Coefficients) -> int:
    """Return how soon the council is helped in this arm (see `need_class`): it receives in one arm at most."""
    gives = council.gives != NOBODY or council.room > 0.0
    if council.receives != NOBODY or (gives and not arm.reciprocal):
        return NOT_HELPED
    return need_class(council.grade, council.estimate, arm.receiver_rule, c)


@rule("R1")
def fill_shelves(
    arm: ArmTerms,
    councils: CouncilSequence,
    order: Sequence[int],
    slots: SlotSequence,
    sections: SectionSequence,
    sector: SectorState,
) -> None:
    """Put every council with room on the shelves where receivers look; ``order`` ranks them by estimated quality."""
    by_history = arm.gold_preference != 0.0
    measure_sections(councils, sections, by_history)
    width = len(councils)
    sector.whole_givers = 0
    for j in order:
        council = councils[j]
        if council.room > 0.0:
            history = council.recovered if by_history else 0
            national = sections[section_of(NATIONAL, council.region, history)]
            regional = sections[section_of(REGIONAL, council.region, history)]
            council.place = stand(j, council.estimate, slots, national, NATIONAL, width)
            council.regional_place = stand(j, council.estimate, slots, regional, REGIONAL, width)
            sector.whole_givers += 1


@rule("R1")
def best_giver(
    receiver: CouncilState,
    arm: ArmTerms,
    councils: CouncilSequence,
    slots: SlotSequence,
    sections: SectionSequence,
    part: int,
    c: Coefficients,
) -> int:
    """Return the giver whose link with the receiver scores best, the lowest code among equals, or `NOBODY`.

    ``part`` is 0 to look among givers with room for a whole link, 1 among all.
    """
    best, best_score = NOBODY, 0.0
    wanted = receiver.estimate + c.best_gap
    histories = 2 if arm.gold_preference != 0.0 else 1
    for look in range(2 * histories):
        # Where history does not count, the nearest giver of all is best if it is of the receiver's own region.
        if look == 1 and histories == 1 and best != NOBODY and councils[best].region == receiver.region:
            return best
        shelf = NATIONAL if look % 2 == 0 else REGIONAL
        section = sections[section_of(shelf, receiver.region, look // 2)]
        giver = nearest_giver(councils, slots, (shelf + part) * len(councils), section, wanted, receiver.index)
        if giver != NOBODY:
            other = councils[giver]
            gap = other.estimate - receiver.estimate
            same = other.region == receiver.region
            value = link_score(gap, same, other.recovered, arm.region_preference, arm.gold_preference, c)
            if best == NOBODY or value > best_score or (value == best_score and giver < best):
                best, best_score = giver, value
    return best


@rule("R1")
def find_giver(
    receiver: CouncilState,
    arm: ArmTerms,
    councils: CouncilSequence,
    slots: SlotSequence,
    sections: SectionSequence,
    sector: SectorState,
    c: Coefficients,
) -> int:
    """Return the best giver with room for a whole link, else the best with any room, else `NOBODY`."""
    giver = NOBODY
    if sector.whole_givers > 0:
        giver = best_giver(receiver, arm, councils, slots, sections, 0, c)
    if giver == NOBODY:
        giver = best_giver(receiver, arm, councils, slots, sections, 1, c)
    return giver


@rule("R1")
def use_giver(
    giver: CouncilState, days: float, size: float, width: int, slots: SlotSequence, sector: SectorState
) -> None:
    """Take ``days`` from the giver's room, and the giver off the shelves on which it no longer belongs."""
    whole_before = slots[giver.place].left == giver.place
    giver.room -= days
    if whole_before and giver.room < size - NEGLIGIBLE:
        drop(slots, NATIONAL * width + giver.place)
        drop(slots, REGIONAL * width + giver.regional_place)
        sector.whole_givers -= 1
    if giver.room <= NEGLIGIBLE:
        drop(slots, (NATIONAL + 1) * width + giver.place)
        drop(slots, (REGIONAL + 1) * width + giver.regional_place)


@rule("R1")
def add_link(
    links: LinkSequence, number: int, receiver: CouncilState, giver: CouncilState, days: float, sector: SectorState
) -> None:
    """Add a link of so many pledged ``days`` a month in arm ``number``."""
    link = links[sector.links]
    link.receiver = receiver.index
    link.giver = giver.index
    link.days = days
    link.arm = number
    sector.links += 1
    giver.gives = number
    giver.helping = receiver.index
    receiver.receives = number


@rule("R1")
def continue_partnerships(
    arm: ArmTerms, number: int, councils: CouncilSequence, links: LinkSequence, sector: SectorState, days: float
) -> float:
    """Link the partnerships in force first; return the days left."""
    for receiver in councils:
        pledged = min(arm.days_per_receiver, arm.days_per_giver, days)
        if receiver.partner != NOBODY and pledged > NEGLIGIBLE:
            add_link(links, number, receiver, councils[receiver.partner], pledged, sector)
            days -= pledged
    return days


@rule("R1")
def help_receiver(
    receiver: CouncilState,
    arm: ArmTerms,
    number: int,
    councils: CouncilSequence,
    slots: SlotSequence,
    sections: SectionSequence,
    links: LinkSequence,
    sector: SectorState,
    days: float,
    c: Coefficients,
) -> float:
    """Link one receiver with its givers; return the pledged days left."""
    size = arm.days_per_receiver / arm.givers_per_receiver
    for _ in range(arm.givers_per_receiver):
        place = NOBODY
        if days > NEGLIGIBLE:
            place = find_giver(receiver, arm, councils, slots, sections, sector, c)
        if place == NOBODY:
            return days
        giver = councils[place]
        pledged = min(size, giver.room, days)
        add_link(links, number, receiver, giver, pledged, sector)
        days -= pledged
        room = pledged
        if arm.partnership:
            begin_partnership(receiver, giver)
            room = giver.room
        use_giver(giver, room, size, len(councils), slots, sector)
    return days


@rule("R1", makes_lists=True)
def link_arm(
    arm: ArmTerms,
    number: int,
    councils: CouncilSequence,
    order: Sequence[int],
    slots: SlotSequence,
    sections: SectionSequence,
    links: LinkSequence,
    sector: SectorState,
    days: float,
    c: Coefficients,
) -> float:
    """Link the receivers of arm ``number`` with its givers, the neediest first; return the pledged days left.

    Partnerships in force come before all; a giver with room for a whole link comes before one with less. ``order``
    ranks the councils by estimated quality; ``slots`` (four a council) and ``sections`` (two a region and two) are room
    to work in.
    """
    if arm.days_per_receiver <= NEGLIGIBLE:
        return days
    before = sector.links
    if arm.partnership:
        days = continue_partnerships(arm, number, councils, links, sector, days)
    if days <= NEGLIGIBLE:
        return 0.0
    choose_givers(arm, arm.givers - (sector.links - before), councils, c)
    fill_shelves(arm, councils, order, slots, sections, sector)
    needs = [needs_help(councils[i], arm, c) for i in order]
    for need in range(NOT_HELPED):
        return_to_first(sections)
        for place in range(len(needs)):
            if days <= NEGLIGIBLE:
                return 0.0
            if needs[place] == need:
                receiver = councils[order[place]]
                days = help_receiver(receiver, arm, number, councils, slots, sections, links, sector, days, c)
    return days


@rule("R1")
def carried_days(left: float, worth: float, arm: ArmTerms) -> float:
    """Return the pledged days of ``arm`` in the days, of so much ``worth`` each, that another arm left.

    Where a day counts nothing, whatever is left is enough.
    """
    if left <= 0.0:
        return 0.0
    return left * (worth / arm.worth) if arm.worth > 0.0 else UNLIMITED


@rule("R1")
def begin_partnership(receiver: CouncilState, giver: CouncilState) -> None:
    """Join receiver and giver in a partnership: their director is shared."""
    receiver.partner = giver.index
    receiver.partnership_months = 0
    receiver.partnership_grade = receiver.grade
    giver.partner_of = receiver.index
