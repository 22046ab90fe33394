"""What a run realised of what a parity makes equal: an outcome of it by another name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

MADE_EQUAL: Mapping[str, str] = MappingProxyType(
    {"pounds": "programme_cost", "days": "days_delivered", "director_days": "director_days"}
)
"""Parity -> the outcome that it makes equal."""


def with_realised(runs: pd.DataFrame) -> pd.DataFrame:
    """Return runs with a column ``realised_`` for each parity, where they have the outcome; the error stays last."""
    columns = {f"realised_{parity}": runs[name] for parity, name in MADE_EQUAL.items() if name in runs}
    rest = [name for name in runs if name != "error"]
    last = [name for name in runs if name == "error"]
    return pd.concat([runs[rest], pd.DataFrame(columns, index=runs.index), runs[last]], axis=1)
