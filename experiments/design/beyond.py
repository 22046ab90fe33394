"""Values of a design beyond their ranges: of parameters, and of levers that a regime's file gives a range."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from experiments.design.columns import LEVER, PARAMETER
from experiments.design.named_levers import NamedLever
from experiments.design.parameter_sets import ParameterSet
from experiments.design.points import PointTable
from simulation.parameters import Parameters
from simulation.ranges import Beyond, beyond_words, distance, parameters_beyond
from simulation.regimes import LEVERS, Regime


def sets_beyond(sets: Sequence[ParameterSet], regimes: Sequence[Regime]) -> str:
    """Return one sentence on values of parameter sets, and of levers that they name, beyond their ranges."""
    levers = dict.fromkeys(lever for one in sets for lever in one.named)
    return beyond_words([*parameters_beyond(one.parameters for one in sets), *levers_beyond(levers, regimes)])


def points_beyond(points: PointTable, sets: Sequence[ParameterSet], regimes: Sequence[Regime]) -> str:
    """Return the same of points that are crossed with parameter sets: what is varied counts in place of the sets'."""
    varied = {column.target: column for column in points.columns if column.kind == PARAMETER}
    held = [
        Parameters(**{name: value for name, value in one.parameters.as_dict().items() if name not in varied})
        for one in sets
    ]
    ends = [
        Parameters(**{name: float(end)})
        for name, column in varied.items()
        for end in (points.of(column).min(), points.of(column).max())
    ]
    levers = [
        column.lever(value) for column in points.columns if column.kind == LEVER for value in points.levels(column)
    ]
    return beyond_words([*parameters_beyond([*held, *ends]), *levers_beyond(levers, regimes)])


def levers_beyond(levers: Iterable[NamedLever], regimes: Sequence[Regime]) -> list[Beyond]:
    """Return the levers whose values leave the range that a regime's file gives them, each once, the farthest out."""
    farthest: dict[str, tuple[float, Beyond]] = {}
    for lever in levers:
        info = LEVERS[lever.lever]
        for ends in _ranges(lever, regimes):
            value = float(lever.value)
            out = distance(value, ends)
            if out > farthest.get(lever.name, (0.0, None))[0]:
                farthest[lever.name] = out, Beyond(lever.name, value, ends, (info.low, info.high))
    return [beyond for _, beyond in farthest.values()]


def _ranges(lever: NamedLever, regimes: Sequence[Regime]) -> list[tuple[float, float]]:
    arms = [
        arm
        for regime in regimes
        if lever.is_of(regime)
        for number, arm in enumerate(regime.arms, 1)
        if lever.arm in {0, number}
    ]
    known = (getattr(arm, f"{lever.lever}_range", None) for arm in arms)
    return [(float(ends[0]), float(ends[1])) for ends in known if ends]
