"""The sector as a Mesa model: the month, for one replicate."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import mesa
import numpy as np

from simulation.agents.agents import ChiefExecutive, Council, Director
from simulation.agents.own_month import month_with
from simulation.agents.panel import Panel
from simulation.agents.sector import Sector
from simulation.agents.sweeping import Inputs
from simulation.arrays import Floats
from simulation.chance import Chance
from simulation.coefficients import Coefficients
from simulation.councils import Councils, same_start
from simulation.draws import draw_chance
from simulation.errors import InputError, shown
from simulation.limits import checked_months
from simulation.outcomes.measures import write_outcomes
from simulation.outcomes.outcomes import OUTCOMES, SPELL_MONTHS
from simulation.outcomes.paths import PATHS
from simulation.outcomes.run import Run
from simulation.own_rules import OwnRules, Rules, own_rules
from simulation.parameters import Parameters
from simulation.regimes import Deployment, Regime, deploy, load_regime
from simulation.rules.nearest import NATIONAL_SECTIONS, SHELVES
from simulation.scenario import Scenario
from simulation.state import LinkState, MonthState, PanelState, SectionState, SlotState
from simulation.switches import Switches

_SEED = 2018


class SectorModel(Sector):
    """England's children's services departments, their directors and chief executives, under one regime.

    A step is a month. The luck of a run is drawn before it starts and depends on ``seed`` and ``replicate``
    alone, so that two models which share them differ only by what else differs (common random numbers). Mesa's own
    generators change nothing.

    Attributes:
        councils: the `Council` agents in order of code.
        directors: the `Director` agents in order of creation, those who left included.
        sector: supply, press climate, the month's sums and the ledger.
        row: what is recorded of the last month; `PATHS` states units.
        c: parameters in force and constants derived from them.
        datacollector: Mesa's collector; a row a month, a column a path.
        council_class, director_class, chief_class: what agents are made as; a subclass of the model may name others.

    >>> model = SectorModel("peer_support", months=2)
    >>> model.step()
    >>> model.row.inadequate
    23

    Raises:
        InputError: anything handed in is not valid, or a step is asked for after the last month.
    """

    council_class, director_class, chief_class = Council, Director, ChiefExecutive

    def __init__(
        self,
        regime: str | Regime = "none",
        replicate: int = 0,
        months: int = 120,
        seed: int | None = None,
        parity: str = "none",
        *,
        parameters: Parameters | None = None,
        switches: Switches | None = None,
        scenario: Scenario | None = None,
        councils: Councils | None = None,
        chance: Chance | None = None,
        panel: bool = False,
        council_class: type[Council] | None = None,
        director_class: type[Director] | None = None,
        chief_class: type[ChiefExecutive] | None = None,
        rules: Rules | OwnRules | None = None,
        outcomes: bool = False,
        rng: Any = None,
        **kwargs: Any,
    ) -> None:
        """Set up month 0.

        Args:
            regime: name of a shipped regime, path of a TOML file, or a `Regime`.
            replicate: which luck.
            months: how many months the run has.
            seed: entropy of all luck; 2018 if None.
            parity: what is held equal to Partners in Practice: one of `PARITIES`.
            parameters: uncertain numbers; defaults if None.
            switches: structural choices; defaults if None.
            scenario: from the councils' own month; the default one if None.
            councils: the table at month 0; England's 152, in the scenario's first month, if None.
            chance: luck drawn already (its seed and replicate then hold, not those given here).
            panel: whether to keep every council and director of every month.
            council_class: a subclass of `Council`; that of the model's class if None.
            director_class: a subclass of `Director`; that of the model's class if None.
            chief_class: a subclass of `ChiefExecutive`; that of the model's class if None.
            rules: plain functions in the place of rules, by the rule's name; without agents of one's own.
            outcomes: whether the collector has a column for each outcome too, ``outcome_`` before its name, filled in
                by the last month.
            rng: seed of Mesa's own generators, which no outcome depends on.
            **kwargs: parameters and switches by name, and levers as ``regime.lever``, or ``*.lever`` for any regime.
        """
        super().__init__(rng=0 if rng is None else rng)
        self.months = checked_months(months)
        self.table, world = same_start(councils, scenario)
        given = Inputs(load_regime(regime), parameters or Parameters(), switches or Switches()).with_named(kwargs)
        self._own = month_with(own_rules(rules))
        self.c = Coefficients.of(
            given.parameters,
            given.switches,
            self.table.n,
            *world.for_coefficients(),
            write=self._own.write_constants,
        )
        self.regime, self.parity = given.regime.from_start(world.start), parity
        self.deployment: Deployment = deploy(self.regime, self.c, parity, self.table.n)
        luck = _SEED if seed is None else seed
        self.chance = chance or draw_chance(luck, replicate, self.months, self.table.n, len(self.table.regions))
        self.chance.check(self.months, self.table.n, len(self.table.regions))
        self.gaps = world.gaps(self.months)
        self.pause = world.pause_months()
        self.council_class = council_class or self.council_class
        self.director_class = director_class or self.director_class
        self.chief_class = chief_class or self.chief_class
        if rules:
            self._follow_own_rules()
        self._open()
        self.row = MonthState()
        followed = min(SPELL_MONTHS, self.months)
        self.at_risk, self.mended = [0] * followed, [0] * followed
        self.region_gaps, self.region_counts = [0.0] * len(self.table.regions), [0] * len(self.table.regions)
        self.panel = Panel() if panel else None
        self.seen = [PanelState() for _ in self.councils] if panel else []
        reporters: dict[str, Any] = {path: partial(_recorded, path=path) for path in PATHS}
        if outcomes:
            reporters |= {f"outcome_{name}": partial(_measured, outcome=name) for name in OUTCOMES}
        self.datacollector = mesa.DataCollector(model_reporters=reporters)

    def _follow_own_rules(self) -> None:
        """Let agents follow rules of one's own, where they have none themselves."""
        own = {self.council_class, self.director_class, self.chief_class} - {Council, Director, ChiefExecutive}
        if own:
            names = ", ".join(sorted(one.__name__ for one in own))
            raise InputError(f"rules: expected none beside agents of your own ({names}), whose methods are rules too")
        self.council_class, self.director_class = self._own.council_class, self._own.director_class
        self.chief_class = self._own.chief_class

    def _open(self) -> None:
        states, directors, self.sector = self._own.open(self.table, self.chance, self.c, self.pause)
        self.councils = [self.council_class(self, state, self.chief_class(self, state.chief)) for state in states]
        self.directors = [self.director_class(self, state) for state in directors]
        most = sum(self.table.n * arm.givers_per_receiver for arm in self.deployment.arms)
        self.links = [LinkState() for _ in range(most)]
        self.slots = [SlotState() for _ in range(SHELVES * self.table.n)] if most else []
        self.sections = [SectionState() for _ in range(NATIONAL_SECTIONS + 2 * len(self.table.regions))]

    def step(self) -> None:
        """Run the month in hand and record it."""
        if self.sector.month >= self.months:
            raise InputError(f"expected at most {self.months} steps, as many as the run has months, got one more")
        self._own.run(self)
        self.datacollector.collect(self)
        if self.panel is not None:
            self.panel.add(self)
        self.sector.month += 1
        self.running = self.sector.month < self.months


def _recorded(model: SectorModel, path: str) -> float:
    return float(getattr(model.row, path))


def _measured(model: SectorModel, outcome: str) -> float:
    """Return an outcome after the last month; not a number before."""
    if model.sector.month + 1 < model.months:
        return math.nan
    return _outcome_values(model, _month_values(model))[list(OUTCOMES).index(outcome)]


def checked_model(model: object) -> type[SectorModel]:
    """Return a class of models: `SectorModel` itself if None.

    Raises:
        InputError: it is no subclass of `SectorModel`.
    """
    if model is None:
        return SectorModel
    if not isinstance(model, type) or not issubclass(model, SectorModel):
        raise InputError(f"model: expected a subclass of SectorModel, got {shown(model)}")
    return model


def run_to_the_end(model: SectorModel) -> Run:
    """Step a model through its months and return its record."""
    while model.running:
        model.step()
    run = record_run(model)
    # Mesa 3.3 counts agents in a class attribute keyed by model, and so would keep every model for ever.
    getattr(mesa.Agent, "_ids", {}).pop(model, None)
    return run


def record_run(model: SectorModel) -> Run:
    """Return the record of a model that has run its months."""
    month_values = _month_values(model)
    rows = [
        (
            council.grade,
            council.months_inadequate,
            council.quality_sum / model.months,
            council.months_giving,
            council.days_given_sum,
            council.days_received_sum,
            council.exits,
            council.director_changes,
        )
        for council in model.councils
    ]
    return Run(
        regime=model.regime.name,
        parity=model.parity,
        replicate=model.chance.replicate,
        table=model.table,
        values=np.array(_outcome_values(model, month_values)),
        month_values=month_values,
        council_values=np.array(rows, dtype=np.float64),
        panel=None if model.panel is None else model.panel.records(),
    )


def _month_values(model: SectorModel) -> Floats:
    """Return the paths that were collected, shape (months, paths)."""
    collected = model.datacollector.model_vars
    return np.ascontiguousarray(np.array([collected[path] for path in PATHS], dtype=np.float64).T)


def _outcome_values(model: SectorModel, month_values: Floats) -> list[float]:
    """Return the outcomes in the order of `OUTCOMES`; those that need the run under `none` are not a number."""
    values = [math.nan] * len(OUTCOMES)
    write_outcomes(month_values.tolist(), model.table.n, model.at_risk, model.mended, values)
    return values
