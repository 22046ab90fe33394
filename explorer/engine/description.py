"""What a caller outside Python must know of the compiled module: functions, records, columns, streams of chance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from explorer.engine.calls import describe_argument, example_calls
from simulation.chance import MONTHLY, NORMAL, REGION_STREAM, START
from simulation.compiled import records
from simulation.compiled.records import Records, as_records
from simulation.compiled.rooms import DIRECTORS_SIZE, WORK_SIZES
from simulation.outcomes.outcomes import OUTCOMES, SPELL_MONTHS
from simulation.outcomes.paths import PATHS
from simulation.outcomes.run import COUNCIL_MEASURES
from simulation.state import CouncilState, DirectorState, SectorState

LAYOUTS: Mapping[str, np.dtype[np.void]] = {
    "facts": records.FACTS,
    "coefficients": records.COEFFICIENTS,
    "council": records.COUNCIL,
    "director": records.DIRECTOR,
    "sector": records.SECTOR,
    "month": records.MONTH,
    "panel": records.PANEL,
    "arm_levers": records.ARM_LEVERS,
    "arm": records.ARM,
    "deployment": records.DEPLOYMENT,
    "link": records.LINK,
    "slot": records.SLOT,
    "section": records.SECTION,
}
"""Every kind of record that an entry takes."""

_KINDS = {"f": "real", "i": "whole", "b": "flag"}


def describe_calls() -> dict[str, Any]:
    """Return all that a caller must know, as plain values."""
    calls = example_calls()
    return {
        "functions": {
            name: {key: describe_argument(value) for key, value in call.arguments.items()}
            for name, call in calls.items()
        },
        "layouts": {name: describe_layout(kind) for name, kind in LAYOUTS.items()},
        "new_records": {
            "council": _words(as_records([CouncilState()], records.COUNCIL)),
            "director": _words(as_records([DirectorState()], records.DIRECTOR)),
            "sector": _words(as_records([SectorState()], records.SECTOR)),
        },
        "paths": _columns(tuple(PATHS), calls["measure_run"].arguments["months"]),
        "measures": _columns(COUNCIL_MEASURES, calls["measure_run"].arguments["councils"]),
        "outcomes": list(OUTCOMES),
        "chance": {
            "monthly": [_decision(name, *stream) for name, stream in MONTHLY.items()],
            "start": [_decision(name, *stream) for name, stream in START.items()],
            "region": _decision("region", REGION_STREAM, NORMAL),
        },
        "work": {name: {"bytes": kind.itemsize, "size": dict(size)} for name, (kind, size) in WORK_SIZES.items()},
        "directors": dict(DIRECTORS_SIZE),
        "spell_months": SPELL_MONTHS,
    }


def describe_layout(kind: np.dtype[np.void]) -> dict[str, Any]:
    """Return where the numbers of a record stand, by name; those of a record within it have its name before them."""
    return {"bytes": kind.itemsize, "fields": dict(_fields(kind))}


def _fields(kind: np.dtype[np.void], within: str = "", begin: int = 0) -> list[tuple[str, dict[str, Any]]]:
    fields: Any = kind.fields
    found: list[tuple[str, dict[str, Any]]] = []
    for name, (part, place, *_) in fields.items():
        if part.names:
            found += _fields(part, f"{within}{name}.", begin + place)
        else:
            count = {"count": part.shape[0]} if part.shape else {}
            found.append((f"{within}{name}", {"offset": begin + place, "kind": _KINDS[part.base.kind], **count}))
    return found


def _words(new: Records) -> list[int]:
    """Return a record's bytes as whole numbers of 64 bits."""
    words: list[int] = new.view(np.int64).tolist()
    return words


def _columns(names: tuple[str, ...], columns: tuple[Any, ...]) -> dict[str, Any]:
    *_, places, is_whole = columns
    return {"names": list(names), "places": places.tolist(), "is_whole": is_whole.tolist()}


def _decision(name: str, stream: int, kind: str) -> dict[str, Any]:
    return {"name": name, "stream": stream, "kind": kind}
