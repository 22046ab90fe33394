"""The design of the check on rigging: proposals from anywhere in the prior."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from experiments.design.design import COMPARED_PARITIES, Design, make_design
from experiments.design.keep import KEEP_RUNS
from experiments.design.origin import PRIOR
from experiments.design.parameter_sets import LEVERS_DRAWN
from simulation.regimes import REGIMES, Regime

PROPOSALS = tuple(name for name in REGIMES if name != "historical")
"""The regimes that are compared: `historical` is what was done, not a proposal, and follows no parity."""


RIGGING_SETS, RIGGING_REPLICATES = 256, 8


def make_rigging_design(
    *,
    regimes: Sequence[str | Path | Regime] = PROPOSALS,
    sets: int = RIGGING_SETS,
    replicates: int = RIGGING_REPLICATES,
    **options: Any,
) -> Design:
    """Return a comparison of ``regimes`` over the prior at the three parities, levers drawn, outcomes alone kept.

    ``options`` are further ones of `make_design`.

    Raises:
        InputError: anything is unknown, out of range, or repeated.
    """
    return make_design(
        regimes=regimes,
        parities=COMPARED_PARITIES,
        sets=sets,
        draw=PRIOR,
        levers=LEVERS_DRAWN,
        replicates=replicates,
        keep=KEEP_RUNS,
        **options,
    )
