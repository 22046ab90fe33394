"""Does this machine give the same bits as every other? Reference runs of all regimes, beside the digest of theirs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np

from simulation.arrays import Floats
from simulation.compiled.ensemble import Ensemble
from simulation.parameters import Parameters
from simulation.regimes import REGIMES

REFERENCE_SEED, REFERENCE_REPLICATE, REFERENCE_MONTHS, REFERENCE_PARITY = 2018, 0, 120, "pounds"
"""What the reference runs are made with, beside default parameters, England's councils and every regime in turn."""

REFERENCE = "4ce91867d9eac5ad503cdd58b42d55f7526c4cf4e16cbc936e65a7f6f71126b5"
"""Their digest, on every machine: it changes with the model alone."""


def runs_digest(ensemble: Ensemble | None = None, parameters: Parameters | None = None) -> str:
    """Return the sha256 of every bit of the reference runs: luck, months, councils and outcomes.

    Args:
        ensemble: with which to run `REFERENCE_MONTHS`; England in the usual world where None.
        parameters: the defaults where None.
    """
    whole = hashlib.sha256()
    for table in _tables(ensemble or Ensemble(REFERENCE_MONTHS), parameters):
        whole.update(_bytes(table))
    return whole.hexdigest()


def _tables(ensemble: Ensemble, parameters: Parameters | None) -> Iterator[Floats]:
    chance = ensemble.draw(REFERENCE_SEED, REFERENCE_REPLICATE)
    yield chance.table
    opening = ensemble.open(parameters, chance)
    for regime in REGIMES:
        run = ensemble.run(regime, opening, REFERENCE_PARITY)
        yield from (run.month_values, run.council_values, run.values)


def _bytes(table: Floats) -> bytes:
    """Return numbers as bytes of one order; every not-a-number counts as the same."""
    return np.where(np.isnan(table), np.nan, table).astype("<f8").tobytes()
