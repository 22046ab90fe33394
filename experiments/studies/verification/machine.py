"""Does this machine give the same bits as every other? Reference runs of all regimes, beside the digest of theirs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np

from simulation.arrays import Floats
from simulation.compiled.ensemble import Ensemble
from simulation.regimes import REGIMES

REFERENCE_SEED, REFERENCE_REPLICATE, REFERENCE_MONTHS, REFERENCE_PARITY = 2018, 0, 120, "pounds"
"""What the reference runs are made with, beside default parameters, England's councils and every regime in turn."""

REFERENCE = "75dd34735af5babfe8c4db80f184faa96c49d3a2cf9eb4aed0385b7c837edda7"
"""Their digest, on every machine: it changes with the model alone."""


def runs_digest() -> str:
    """Return the sha256 of every bit of the reference runs: luck, months, councils and outcomes."""
    whole = hashlib.sha256()
    for table in _tables():
        whole.update(_bytes(table))
    return whole.hexdigest()


def _tables() -> Iterator[Floats]:
    ensemble = Ensemble(REFERENCE_MONTHS)
    chance = ensemble.draw(REFERENCE_SEED, REFERENCE_REPLICATE)
    yield chance.table
    opening = ensemble.open(None, chance)
    for regime in REGIMES:
        run = ensemble.run(regime, opening, REFERENCE_PARITY)
        yield from (run.month_values, run.council_values, run.values)


def _bytes(table: Floats) -> bytes:
    """Return numbers as bytes of one order; every not-a-number counts as the same."""
    return np.where(np.isnan(table), np.nan, table).astype("<f8").tobytes()
