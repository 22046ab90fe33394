"""The sector as a Mesa model: the month, for one replicate."""

from __future__ import annotations

from functools import partial
from typing import Any

import mesa

from simulation.agents import ChiefExecutive, Council, Director
from simulation.chance import Chance, draw_chance
from simulation.coefficients import Coefficients
from simulation.councils import Councils, same_start
from simulation.errors import InputError, whole
from simulation.month import run_month
from simulation.opening import open_councils, opening_sector, set_first_judgements
from simulation.outcomes import SPELL_MONTHS
from simulation.panel import Panel
from simulation.parameters import Parameters
from simulation.paths import PATHS
from simulation.regimes import Deployment, Regime, deploy, load_regime
from simulation.rules.nearest import NATIONAL_SECTIONS, SHELVES
from simulation.scenario import Scenario
from simulation.state import NOBODY, DirectorState, LinkState, MonthState, PanelState, SectionState, SlotState
from simulation.switches import Switches


class SectorModel(mesa.Model):
    """England's children's services departments, their directors and chief executives, under one regime.

    A step is a month. The luck of a run is drawn before it starts and depends on ``chance_seed`` and ``replicate``
    alone, so that two models which share them differ only by what else differs (common random numbers). Mesa's own
    generators change nothing.

    Attributes:
        councils: the `Council` agents in order of code.
        directors: the `Director` agents in order of creation, those who left included.
        sector: supply, press climate, the month's sums and the ledger.
        row: what is recorded of the last month; `PATHS` states units.
        c: parameters in force and constants derived from them.
        datacollector: Mesa's collector; a row a month, a column a path.

    >>> model = SectorModel("peer_support", months=2)
    >>> model.step()
    >>> model.row.inadequate
    23

    Raises:
        InputError: anything handed in is not valid, or a step is asked for after the last month.
    """

    def __init__(
        self,
        regime: str | Regime = "none",
        replicate: int = 0,
        months: int = 120,
        chance_seed: int = 2018,
        parity: str = "none",
        *,
        parameters: Parameters | None = None,
        switches: Switches | None = None,
        conditions: Scenario | None = None,
        authorities: Councils | None = None,
        chance: Chance | None = None,
        panel: bool = False,
        council_class: type[Council] = Council,
        director_class: type[Director] = Director,
        chief_class: type[ChiefExecutive] = ChiefExecutive,
        rng: Any = None,
    ) -> None:
        """Set up month 0.

        Args:
            regime: name of a shipped regime, path of a TOML file, or a `Regime`.
            replicate: which luck.
            months: how many months the run has.
            chance_seed: entropy of all luck.
            parity: what is held equal to Partners in Practice: one of `PARITIES`.
            parameters: uncertain numbers; defaults if None.
            switches: structural choices; defaults if None.
            conditions: the scenario, from the councils' own month; the default one if None.
            authorities: the councils; England's 152, in the scenario's first month, if None.
            chance: luck drawn already (its seed and replicate then hold, not those given here).
            panel: whether to keep every council and director of every month.
            council_class: `Council` or a subclass of it.
            director_class: `Director` or a subclass of it.
            chief_class: `ChiefExecutive` or a subclass of it.
            rng: seed of Mesa's own generators, which no outcome depends on.
        """
        super().__init__(rng=0 if rng is None else rng)
        self.months = whole("months", months, 1, 12_000)
        self.table, self.conditions = same_start(authorities, conditions)
        self.c = Coefficients.of(
            parameters or Parameters(), switches or Switches(), self.table.n, self.conditions.poverty_tilt
        )
        self.regime = load_regime(regime)
        self.deployment: Deployment = deploy(self.regime, self.c, parity, self.table.n)
        self.chance = chance or draw_chance(chance_seed, replicate, self.months, self.table.n, len(self.table.regions))
        self.chance.check(self.months, self.table.n, len(self.table.regions))
        self.gaps = self.conditions.gaps(self.months)
        self.pause = self.conditions.pause_months()
        self.director_class = director_class
        self._open(council_class, chief_class)
        self.row = MonthState()
        followed = min(SPELL_MONTHS, self.months)
        self.at_risk, self.mended = [0] * followed, [0] * followed
        self.region_gaps, self.region_counts = [0.0] * len(self.table.regions), [0] * len(self.table.regions)
        self.panel = Panel() if panel else None
        self.seen = [PanelState() for _ in self.councils] if panel else []
        self.datacollector = mesa.DataCollector(model_reporters={path: partial(_recorded, path=path) for path in PATHS})

    def _open(self, council_class: type[Council], chief_class: type[ChiefExecutive]) -> None:
        states, directors = open_councils(self.table, self.chance, self.c)
        set_first_judgements(states, self.table, self.chance, self.pause)
        self.councils = [council_class(self, state, chief_class(self, state.chief)) for state in states]
        self.directors: list[Director] = []
        self.sector = opening_sector(self.councils, self.c)
        for state in directors:
            self.add_director(state)
        most = sum(self.table.n * arm.givers_per_receiver for arm in self.deployment.arms)
        self.links = [LinkState() for _ in range(most)]
        self.slots = [SlotState() for _ in range(SHELVES * self.table.n)] if most else []
        self.sections = [SectionState() for _ in range(NATIONAL_SECTIONS + 2 * len(self.table.regions))]

    def step(self) -> None:
        """Run the month in hand and record it."""
        if self.sector.month >= self.months:
            raise InputError(f"expected at most {self.months} steps, as many as the run has months, got one more")
        run_month(self)
        self.datacollector.collect(self)
        if self.panel is not None:
            self.panel.add(self)
        self.sector.month += 1
        self.running = self.sector.month < self.months

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


def _recorded(model: SectorModel, path: str) -> float:
    return float(getattr(model.row, path))
