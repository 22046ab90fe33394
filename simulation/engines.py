"""One run by either engine: compiled, or by Mesa agents. They agree in every bit."""

from __future__ import annotations

import mesa
import numpy as np

from simulation.agents import ChiefExecutive, Council, Director
from simulation.chance import Chance
from simulation.councils import Councils
from simulation.engine import Ensemble
from simulation.errors import InputError, nearest
from simulation.measures import run_outcomes
from simulation.parameters import Parameters
from simulation.paths import PATHS
from simulation.regimes import Regime
from simulation.run import Run
from simulation.scenario import Scenario
from simulation.sector import SectorModel
from simulation.switches import Switches

ENGINES = ("ensemble", "mesa")
"""The engines: compiled for many runs, or Mesa agents to read, step and subclass."""


def simulate(
    regime: str | Regime = "none",
    *,
    replicate: int = 0,
    seed: int = 2018,
    months: int = 120,
    parity: str = "none",
    parameters: Parameters | None = None,
    switches: Switches | None = None,
    scenario: Scenario | None = None,
    councils: Councils | None = None,
    chance: Chance | None = None,
    engine: str = "mesa",
    panel: bool = False,
    council_class: type[Council] = Council,
    director_class: type[Director] = Director,
    chief_class: type[ChiefExecutive] = ChiefExecutive,
) -> Run:
    """Run one regime once and return its record; arguments are those of `SectorModel`.

    ``engine`` is one of `ENGINES`: the same bits, by agents or compiled. A subclass of an agent takes ``mesa``.
    ``panel`` keeps every council's months too.

    >>> simulate("none", months=3).months["inadequate"].tolist()
    [23.0, 21.0, 21.0]

    Raises:
        InputError: anything handed in is not valid, or a subclass of an agent is asked of the compiled engine.
    """
    if engine not in ENGINES:
        raise InputError(f"unknown engine {engine!r}{nearest(str(engine), ENGINES)}; expected {' or '.join(ENGINES)}")
    if engine == "ensemble":
        refuse_subclasses(council_class, director_class, chief_class)
        ensemble = Ensemble(months, switches=switches, scenario=scenario, councils=councils)
        luck = chance or ensemble.draw(seed, replicate)
        return ensemble.run(regime, ensemble.open(parameters or Parameters(), luck), parity, panel=panel)
    model = SectorModel(
        regime,
        replicate,
        months,
        seed,
        parity,
        parameters=parameters,
        switches=switches,
        conditions=scenario,
        authorities=councils,
        chance=chance,
        panel=panel,
        council_class=council_class,
        director_class=director_class,
        chief_class=chief_class,
    )
    while model.running:
        model.step()
    run = record_run(model, parity)
    # Mesa 3.3 counts agents in a class attribute keyed by model, and so would keep every model for ever.
    getattr(mesa.Agent, "_ids", {}).pop(model, None)
    return run


def refuse_subclasses(*classes: type) -> None:
    """Refuse agents of the user's own where the model is compiled.

    Raises:
        InputError: a class is not one of the model's own agents.
    """
    for given in classes:
        if given not in (Council, Director, ChiefExecutive):
            raise InputError(
                f"{given.__name__}: a subclass of an agent cannot be compiled; expected engine='mesa' with it"
            )


def record_run(model: SectorModel, parity: str) -> Run:
    """Return the record of a model that has run its months."""
    collected = model.datacollector.get_model_vars_dataframe()
    month_values = np.ascontiguousarray(collected[list(PATHS)].to_numpy(dtype=np.float64))
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
        parity=parity,
        replicate=model.chance.replicate,
        table=model.table,
        values=run_outcomes(month_values, model.table.n, model.at_risk, model.mended),
        month_values=month_values,
        council_values=np.array(rows, dtype=np.float64),
        panel=None if model.panel is None else model.panel.records(),
    )
