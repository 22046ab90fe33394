"""The panel: every council and every director of every month, for those who want to look inside a run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from simulation.agents.sector import Sector
from simulation.compiled.records import PANEL, Records, as_records
from simulation.evidence.schema import GRADES

PANEL_COLUMNS = (
    "quality", "grade", "structural_level", "borrowed_practice", "alarm", "stigma", "press", "agency_share", "pressure",
    "leadership", "days_given", "director_days_given", "days_received", "labelled_giver", "labelled_receiver",
)  # fmt: skip
DIRECTOR_COLUMNS = ("ability", "months_in_post", "months_as_director")
STATUS = ("permanent", "pool", "resting", "left")


class Panel:
    """Rows of councils and directors by month, kept as a run goes."""

    def __init__(self) -> None:
        self._councils: list[dict[str, Any]] = []
        self._directors: list[dict[str, Any]] = []
        self._months: list[Records] = []

    def add(self, model: Sector) -> None:
        """Add the month that ``model`` has just run."""
        month, codes = model.sector.month, model.table.code
        for council in model.councils:
            row: dict[str, Any] = {"month": month, "code": codes[council.index]}
            row |= {name: getattr(council, name) for name in PANEL_COLUMNS}
            row["grade"] = GRADES[council.grade]
            row |= {"attention": council.chief.attention, "director": council.seat}
            row |= {"partnership": int(council.partner >= 0), "trust": int(council.trust_months >= 0)}
            self._councils.append(row)
        for number, director in enumerate(model.directors):
            row = {"month": month, "director": number, "status": STATUS[director.status]}
            row |= {"council": codes[director.council] if director.council >= 0 else ""}
            row |= {name: getattr(director, name) for name in DIRECTOR_COLUMNS}
            if row["status"] != "left":
                self._directors.append(row)
        self._months.append(as_records(model.seen, PANEL))

    def records(self) -> Records:
        """Return what the compiled engine would have recorded, shape (months, councils)."""
        return np.array(self._months, dtype=PANEL)

    def councils(self) -> pd.DataFrame:
        """Return a row a month and council, with its grade as a word.

        ``director`` numbers the directors' panel, below 0 where there is none.
        """
        return pd.DataFrame(self._councils)

    def directors(self) -> pd.DataFrame:
        """Return a row a month and director who has not left the sector; months in post and service in months."""
        return pd.DataFrame(self._directors)
