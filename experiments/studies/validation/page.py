"""The page that shows a validation: its tables between two markers, and the page of panels beside it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.files.whole import whole_file
from experiments.studies.validation.verdicts import PATTERN_GROUPS, REPRODUCED, between, counts
from experiments.text.pages import RESULTS, Slots, table_lines

SLOTS = Slots("validation")
PICTURE = "validation.png"
_HEADS = (
    "Pattern", "Unit", "Observed", "Tolerance", "Model", "Luck", "Sets", "Sets within, %", "Histories below, %",
    "Verdict", "Source",
)  # fmt: skip


def renew_page(page: Path, table: pd.DataFrame, note: str, picture: Path) -> None:
    """Write the tables between the markers of ``page`` anew, and the picture beside it.

    Raises:
        InputError: the page cannot be read, or has no such markers.
        OSError: it cannot be written.
    """
    SLOTS.renew(page, {RESULTS: "\n".join(page_lines(table, note))})
    with whole_file(page.parent / PICTURE) as file:
        file.write(picture.read_bytes())


def page_lines(table: pd.DataFrame, note: str) -> Iterator[str]:
    """Yield the tables in Markdown, misses in bold."""
    yield note
    tally = counts(table)
    for group, heading in PATTERN_GROUPS.items():
        count, of = tally[group]
        yield f"\n### {heading[0].upper()}{heading[1:]}: {count} of {of} reproduced\n"
        yield from table_lines(_HEADS, (_cells(row) for row in table[table["group"] == group].itertuples()))


def _cells(row: Any) -> tuple[str, ...]:  # noqa: ANN401  a row of a table of pandas
    return (
        f"`{row.name}`: {row.meaning}",
        row.unit,
        f"{row.target:.3g}",
        f"± {row.tolerance:.2g}",
        f"{row.value:.3g}",
        between(row.chance_low, row.chance_high),
        between(row.sets_low, row.sets_high),
        f"{100 * row.sets_within:.0f}",
        f"{100 * row.below:.0f}" if math.isfinite(row.below) else "not known",
        row.verdict if row.verdict == REPRODUCED else f"**{row.verdict}**",
        row.source,
    )
