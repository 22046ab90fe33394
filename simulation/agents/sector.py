"""The sector as a month finds it: agents, luck, and what no single council holds."""

from __future__ import annotations

import mesa

from simulation.agents.agents import ChiefExecutive, Council, Director
from simulation.chance import Chance
from simulation.coefficients import Coefficients
from simulation.councils import Councils
from simulation.regimes import Deployment
from simulation.state import (
    NOBODY,
    DirectorState,
    LinkState,
    MonthState,
    PanelState,
    SectionState,
    SectorState,
    SlotState,
)


class Sector(mesa.Model):
    """Councils, their directors and chief executives, and the luck that they meet: what the month's phases read.

    Attributes:
        table: the councils as they were at the start.
        councils: the `Council` agents in order of code.
        directors: the `Director` agents in order of creation, those who left included.
        council_class: what a council is made as.
        director_class: what a director is made as.
        chief_class: what a chief executive is made as.
        sector: supply, press climate, the month's sums and the ledger.
        row: what is recorded of the last month; `simulation.outcomes.paths.PATHS` states units.
        seen: what the panel records of each council in the last month; empty where none is kept.
        c: parameters in force and constants derived from them.
        deployment: what the regime deploys.
        chance: the luck of the run.
        gaps: the national funding gap of each month.
        pause: first month of the pause of inspections and first month after it.
        links, slots, sections: room for matching.
        at_risk, mended: spells of failure under way, and those that ended in good, by months since the judgement.
        region_gaps, region_counts: each region's mean quality less the nation's, and its number of councils.
    """

    table: Councils
    councils: list[Council]
    directors: list[Director]
    council_class: type[Council]
    director_class: type[Director]
    chief_class: type[ChiefExecutive]
    sector: SectorState
    row: MonthState
    seen: list[PanelState]
    c: Coefficients
    deployment: Deployment
    chance: Chance
    gaps: tuple[float, ...]
    pause: tuple[int, int]
    links: list[LinkState]
    slots: list[SlotState]
    sections: list[SectionState]
    at_risk: list[int]
    mended: list[int]
    region_gaps: list[float]
    region_counts: list[int]

    def luck(self, decision: str) -> list[float]:
        """Return the month's draws for ``decision``, one a council."""
        return self.chance.rows[decision][self.sector.month]

    def add_director(self, state: DirectorState) -> Director:
        """Add a director to the sector and return it as an agent."""
        director = self.director_class(self, state)
        self.directors.append(director)
        self.sector.directors += 1
        return director

    def director_of(self, council: Council) -> Director:
        """Return the council's director; any director, not to be read, where the seat has none."""
        return self.directors[max(council.seat, 0)]

    def partner_of(self, council: Council) -> Council:
        """Return the council's partner; the council itself, not to be read as one, where it has none."""
        return self.councils[council.partner] if council.partner != NOBODY else council
