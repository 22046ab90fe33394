"""One run by either engine: compiled, or by Mesa agents. They agree in every bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.errors import InputError, nearest, shown

if TYPE_CHECKING:
    from simulation.agents.agents import ChiefExecutive, Council, Director
    from simulation.chance import Chance
    from simulation.councils import Councils
    from simulation.outcomes.run import Run
    from simulation.parameters import Parameters
    from simulation.regimes import Regime
    from simulation.scenario import Scenario
    from simulation.switches import Switches

ENSEMBLE, MESA = "ensemble", "mesa"
ENGINES = (ENSEMBLE, MESA)
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
    engine: str = MESA,
    panel: bool = False,
    council_class: type[Council] | None = None,
    director_class: type[Director] | None = None,
    chief_class: type[ChiefExecutive] | None = None,
) -> Run:
    """Run one regime once and return its record; arguments are those of `SectorModel`.

    ``engine`` is one of `ENGINES`: the same bits, by agents or compiled. A subclass of an agent takes ``mesa``.
    ``panel`` keeps every council's months too.

    >>> simulate("none", months=3).months["inadequate"].tolist()
    [23.0, 21.0, 21.0]

    Raises:
        InputError: anything handed in is not valid, or a subclass of an agent is asked of the compiled engine.
    """
    if checked_engine(engine) == ENSEMBLE:
        from simulation.compiled.ensemble import Ensemble

        refuse_subclasses(council_class, director_class, chief_class)
        ensemble = Ensemble(months, switches=switches, scenario=scenario, councils=councils)
        opening = ensemble.open(parameters, chance or ensemble.draw(seed, replicate))
        return ensemble.run(regime, opening, parity, panel=panel)
    from simulation.agents.model import SectorModel, run_to_the_end

    model = SectorModel(
        regime,
        replicate,
        months,
        seed,
        parity,
        parameters=parameters,
        switches=switches,
        scenario=scenario,
        councils=councils,
        chance=chance,
        panel=panel,
        council_class=council_class,
        director_class=director_class,
        chief_class=chief_class,
    )
    return run_to_the_end(model)


def checked_engine(engine: object) -> str:
    """Return one of `ENGINES` that can run here.

    Raises:
        InputError: it is none of them, or is compiled where Numba is told not to compile.
    """
    if not isinstance(engine, str) or engine not in ENGINES:
        hint = nearest(str(engine), ENGINES)
        raise InputError(f"engine: expected {' or '.join(ENGINES)}, got {shown(engine)}{hint}")
    if engine == ENSEMBLE:
        from simulation.compiled.jit import check_compiler

        check_compiler()
    return engine


def refuse_subclasses(*classes: type | None) -> None:
    """Refuse agents of the user's own where the model is compiled.

    Raises:
        InputError: a class is not one of the model's own agents.
    """
    for kind in classes:
        if kind is not None and not kind.__module__.startswith(f"{__package__}."):
            raise InputError(
                f"{kind.__name__}: a subclass of an agent cannot be compiled; expected engine='mesa' with it"
            )
