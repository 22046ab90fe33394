"""The smallest type that holds every number of a column exactly, to the last bit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from experiments.statistics.spreads import AnyFloats

_WHOLE = (np.int16, np.int32, np.int64)
"""Whole numbers have a sign, so that a difference of two of them is one too."""
_MOST = float(1 << 53)


@dataclass
class NumberColumn:
    """What the numbers of a column were like, as far as they were seen; missing ones have any type.

    Attributes:
        whole: none has a fraction, nor is it the nought below nought.
        single: each is a number of single precision.
        low: the smallest.
        high: the largest.
    """

    whole: bool = True
    single: bool = True
    low: float = 0.0
    high: float = 0.0

    def look(self, values: AnyFloats) -> None:
        """Take in some numbers."""
        known = values[~np.isnan(values)]
        if not known.size:
            return
        self.low, self.high = min(self.low, float(known.min())), max(self.high, float(known.max()))
        if self.whole:
            self.whole = bool((known == np.trunc(known)).all()) and not (np.signbit(known) & (known == 0)).any()
        if self.single and known.dtype != np.float32:
            with np.errstate(over="ignore"):
                self.single = bool((known.astype(np.float32) == known).all())

    @property
    def type(self) -> pa.DataType:
        """The smallest type."""
        if self.whole and max(-self.low, self.high) < _MOST:
            least = next(kind for kind in _WHOLE if np.iinfo(kind).min <= self.low and self.high <= np.iinfo(kind).max)
            return pa.from_numpy_dtype(np.dtype(least))
        return pa.float32() if self.single else pa.float64()


@dataclass(frozen=True)
class NumberColumns:
    """The columns of some measures, each with a name."""

    names: tuple[str, ...]
    columns: tuple[NumberColumn, ...]

    @classmethod
    def of(cls, names: Sequence[str]) -> NumberColumns:
        """Return the columns of which no number was seen."""
        return cls(tuple(names), tuple(NumberColumn() for _ in names))

    def look(self, values: AnyFloats) -> None:
        """Take in some numbers, the last axis a measure each."""
        for at, column in enumerate(self.columns):
            column.look(values[..., at].ravel())

    def arrays(self, values: AnyFloats) -> dict[str, pa.Array]:
        """Return numbers that were all looked at before, the last axis a measure each, as columns of their types."""
        return {
            name: numbers_array(values[..., at], column.type)
            for at, (name, column) in enumerate(zip(self.names, self.columns, strict=True))
        }


def numbers_array(values: AnyFloats, kind: pa.DataType) -> pa.Array:
    """Return numbers as a column of a type that holds them, a missing one as null."""
    flat = np.ascontiguousarray(values).ravel()
    missing = np.isnan(flat)
    if not pa.types.is_integer(kind):
        return pa.array(flat.astype(kind.to_pandas_dtype()), mask=missing)
    return pa.array(np.where(missing, 0.0, flat).astype(kind.to_pandas_dtype()), mask=missing)
