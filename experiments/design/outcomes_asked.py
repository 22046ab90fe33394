"""The outcomes that a study is asked to look at, and what matters of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from experiments.design.stopping import checked_matters
from simulation.errors import InputError, nearest, shown
from simulation.outcomes.outcomes import OUTCOMES


def checked_outcomes(names: Sequence[str]) -> tuple[str, ...]:
    """Return outcomes in their order, each once; ``all`` alone means every one.

    Raises:
        InputError: one is unknown, or there is none.
    """
    if list(names) == ["all"]:
        return tuple(OUTCOMES)
    for name in names:
        if name not in OUTCOMES:
            raise InputError(
                f"outcome: unknown outcome {shown(name)}{nearest(name, OUTCOMES)}; `sli outcomes` lists all"
            )
    if not names:
        raise InputError("outcome: expected one outcome or more, got none")
    return tuple(name for name in OUTCOMES if name in names)


def checked_smallest(matters: Mapping[str, float], outcomes: Sequence[str]) -> dict[str, float]:
    """Return what matters of the outcomes that are looked at.

    Raises:
        InputError: as of `checked_matters`, or an outcome is not looked at.
    """
    for name in checked_matters(matters):
        if name not in outcomes:
            raise InputError(f"matters: expected an outcome that is looked at ({', '.join(outcomes)}), got {name}")
    return checked_matters(matters)
