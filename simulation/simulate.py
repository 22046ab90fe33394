"""One run by either engine: compiled, or by Mesa agents. They agree in every bit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.errors import InputError, nearest, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulation.agents.agents import ChiefExecutive, Council, Director
    from simulation.agents.model import SectorModel
    from simulation.chance import Chance
    from simulation.councils import Councils
    from simulation.outcomes.own_outcomes import OwnOutcome
    from simulation.outcomes.run import Run
    from simulation.own_rules import OwnRules, Rules
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
    model: type[SectorModel] | None = None,
    rules: Rules | OwnRules | None = None,
    outcomes: Mapping[str, OwnOutcome] | None = None,
) -> Run:
    """Run one regime once and return its record; arguments are those of `SectorModel`.

    ``engine`` is one of `ENGINES`: the same bits, by agents or compiled. A subclass of an agent takes ``mesa``, and so
    does ``model``, a subclass of `SectorModel`. ``panel`` keeps every council's months too.
    ``outcomes`` of the user's own are worked out beside the others.

    >>> simulate("none", months=3).months["inadequate"].tolist()
    [23.0, 21.0, 21.0]

    Raises:
        InputError: anything handed in is not valid, or a subclass of an agent is asked of the compiled engine.
    """
    from simulation.outcomes.own_outcomes import own_outcomes, uses_panel, with_own_outcomes

    measured = own_outcomes(outcomes)
    panel = panel or uses_panel(measured)
    if checked_engine(engine) == ENSEMBLE:
        from simulation.compiled.ensemble import Ensemble

        refuse_subclasses(council_class, director_class, chief_class, model)
        ensemble = Ensemble(months, switches=switches, scenario=scenario, councils=councils, rules=rules)
        opening = ensemble.open(parameters, chance or ensemble.draw(seed, replicate))
        return with_own_outcomes(ensemble.run(regime, opening, parity, panel=panel), measured)
    from simulation.agents.model import checked_model, run_to_the_end

    agents = {"council_class": council_class, "director_class": director_class, "chief_class": chief_class}
    own: dict[str, Any] = {**agents, "rules": rules or None}
    made = checked_model(model)(
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
        **{name: value for name, value in own.items() if value is not None},
    )
    return with_own_outcomes(run_to_the_end(made), measured)


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
    """Refuse agents, and a model, of the user's own where the model is compiled.

    Raises:
        InputError: a class is not one of the model's own agents.
    """
    for kind in classes:
        if kind is not None and not kind.__module__.startswith(f"{__package__}."):
            raise InputError(
                f"{kind.__name__}: a subclass of {_what(kind)} cannot be compiled; expected engine='mesa' with it"
            )


def _what(kind: type) -> str:
    return "the model" if any(base.__name__ == "SectorModel" for base in kind.__mro__) else "an agent"
