"""Print the digest of one reference run, by which `make matrix` compares Pythons."""

import hashlib

import numpy as np

from simulation import Run, simulate


def digest(run: Run) -> str:
    """Sha256 of every bit of a run's months and outcomes; every not-a-number counts as the same."""
    whole = hashlib.sha256()
    for name, column in run.months.items():
        whole.update(str(name).encode())
        whole.update(_bits(column.to_numpy(dtype="<f8")))
    for name, outcome in run.outcomes.items():
        whole.update(name.encode())
        whole.update(_bits(np.array([outcome], dtype="<f8")))
    return whole.hexdigest()


def _bits(values: np.ndarray) -> bytes:
    return np.where(np.isnan(values), np.nan, values).astype("<f8").tobytes()


if __name__ == "__main__":
    print(digest(simulate("partners_in_practice", months=24)))  # noqa: T201 - the digest is its answer
