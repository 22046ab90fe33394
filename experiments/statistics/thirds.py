"""Parameter sets parted into thirds by their rank in one number."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

THIRDS = ("low", "middle", "high")
FEWEST = 6
"""Parameter sets below which thirds are too small to look at."""


def thirds(values: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Return the third, 0 to 2, that each set falls into by its rank.

    >>> thirds([0.9, 0.1, 0.5]).tolist()
    [2, 0, 1]
    """
    order = np.argsort(np.asarray(values, dtype=np.float64), kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order)) * len(THIRDS) // len(order)
    return place
