"""What the explorer's page must know to check a user's own councils and regimes as the command line does."""

from __future__ import annotations

from dataclasses import MISSING, asdict, fields
from typing import Any

from simulation.councils import MOST_CHILDREN
from simulation.dates import FIRST_MONTH
from simulation.evidence.own import AVERAGE_CHILDREN, ENGLISH, INSPECTION_CYCLE, OWN_COUNCILS
from simulation.evidence.reader import expected_of
from simulation.evidence.schema import ILACS_FRAMEWORK, SIF_REINSPECTION
from simulation.regimes import Arm
from simulation.regimes.regime import MOST_LETTERS
from simulation.rules import maths


def describe_own() -> dict[str, Any]:
    """Return what `OwnFacts` in explorer/src/engine/data.ts describes."""
    return {
        "columns": [{**asdict(column), "expected": expected_of(column)} for column in OWN_COUNCILS.columns],
        "rows": [OWN_COUNCILS.least_rows, OWN_COUNCILS.most_rows],
        "noun": OWN_COUNCILS.noun,
        "help": OWN_COUNCILS.help,
        "most_children": MOST_CHILDREN,
        "average_children": AVERAGE_CHILDREN,
        "cycle": INSPECTION_CYCLE,
        "first_month": FIRST_MONTH,
        "english": ENGLISH,
        "ilacs": ILACS_FRAMEWORK,
        "reinspection": SIF_REINSPECTION,
        "most_letters": MOST_LETTERS,
        "lever_defaults": {one.name: _plain(one.default) for one in fields(Arm) if one.default is not MISSING},
        "score": {
            "middle": maths.SCORE_MIDDLE,
            "tail": maths.SCORE_TAIL,
            "far": maths.SCORE_FAR,
            "ln2": [maths.LN2_HIGH, maths.LN2_LOW],
            "log_first": maths.LOG_FIRST,
            "log_series": maths.LOG_SERIES,
        },
    }


def _plain(default: object) -> object:
    """Return a lever's default as its checked value stands in an arm: no range is None."""
    return None if default == () else default
