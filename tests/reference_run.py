"""Print the digest of the reference runs, by which `make matrix` compares Pythons; the Mesa engine must run alike."""

import sys

import numpy as np

from experiments.studies.verification.machine import runs_digest
from simulation import simulate


def engines_agree() -> bool:
    """Whether a short run has the same bits by either engine."""
    one, other = (simulate("partners_in_practice", months=24, engine=engine) for engine in ("mesa", "ensemble"))
    return np.array_equal(one.month_values, other.month_values) and np.array_equal(
        one.council_values, other.council_values
    )


if __name__ == "__main__":
    print(runs_digest())  # noqa: T201 - the digest is its answer
    if not engines_agree():
        sys.exit("the engines differ")
