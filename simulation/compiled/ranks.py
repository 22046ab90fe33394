"""The list of directors kept short: what compiled code need not step over, month by month."""

from __future__ import annotations

from simulation.rules.marker import uncounted
from simulation.state import LEFT, NOBODY, CouncilSequence, DirectorSequence, DirectorState, SectorState

MONTHS_BETWEEN = 12
"""Months from one shortening to the next."""


@uncounted
def close_ranks(councils: CouncilSequence, directors: DirectorSequence, sector: SectorState) -> None:
    """Once a year take those who left the sector off the list of directors; the others stay in order, seats follow.

    No rule asks for a director who left, so results are those of the whole list, in every bit.
    """
    if sector.month % MONTHS_BETWEEN != 0:
        return
    kept = 0
    for k in range(sector.directors):
        if directors[k].status != LEFT:
            if kept < k:
                copy_director(directors[k], directors[kept])
                if directors[kept].council != NOBODY:
                    councils[directors[kept].council].seat = kept
            kept += 1
    sector.directors = kept


@uncounted
def copy_director(director: DirectorState, to: DirectorState) -> None:
    """Write what the model holds of a director in another's place."""
    to.ability = director.ability
    to.months_in_post = director.months_in_post
    to.months_as_director = director.months_as_director
    to.status = director.status
    to.council = director.council
    to.months_resting = director.months_resting
