"""The sector's claims in the report: what was found of each, in a sentence, a figure and a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from experiments.figures import claims as claims_figure
from experiments.figures.claim_effects import ASSUMED, deciding, spoken
from experiments.report.parts import Picture, Section, Table
from experiments.results.store import Results
from experiments.text.numbers import digits, plain, share_words, span, with_sign

_COLUMNS = (
    "Claim",
    "Effect",
    "Error",
    "Worlds, 5 to 95%",
    "Worlds as claimed",
    "Matters from",
    "Unit",
    "Worlds compared",
    "Verdict",
)
_WORDS = frozenset({6, 8})


def section(results: Results) -> Section:
    """Return the section of the claims, which were tested with this comparison."""
    record, table = results.manifest["claims"], results.claims
    broken = f" {record['failed']} of their runs ended in an error and are missing." if record["failed"] else ""
    left = ", ".join(map(str, record.get("left_out", ())))
    out = f" Not tested, for a mechanism of theirs is off throughout: {left}." if left else ""
    what = (
        "In 2017 people in the sector made twelve claims about how councils should help each other. Here the mechanism "
        "that each rests on is switched off and on with the same luck and the same parameter sets, and what changes is "
        f"the effect. With {record['sets']} of the parameter sets and {record['replicates']} replicates these are "
        f"fewer runs than those of the comparison; sli knockout makes as many as you ask for.{out}{broken}"
    )
    rule = (
        "Supported: as claimed in two thirds of the worlds or more, and large enough to matter. Not supported: too "
        "small to matter, or the other way. Cannot tell: it takes more worlds, as sli knockout runs. “Assumed” marks "
        "what the model puts in and does not test."
    )
    picture = Picture(
        "claims",
        claims_figure(results),
        f"Effect of each claim over the smallest effect that matters. {spoken(table)}",
        "Right of zero is what the claim says; within the grey band an effect is too small to matter.",
    )
    return Section(
        "claims", "The sector's claims", (what, rule), (picture,), (_sentences(table),), (_deciding(table), _all(table))
    )


def _sentences(table: pd.DataFrame) -> Table:
    rows = tuple(
        (
            f"{row['claim']}. {row['title']}",
            f"{row['verdict']}{ASSUMED[str(row['assumed'])]}",
            str(row["sentence"]),
            str(row["source"]),
        )
        for row in deciding(table)
    )
    columns = ("Claim", "verdict", "what the model says", "who made it")
    return Table("Each claim in a sentence", columns, rows, frozenset({1, 2, 3}), verdict=1, parted=True)


def _deciding(table: pd.DataFrame) -> Table:
    rows = tuple((f"{row['claim']}. {row['short']}", *_cells(row)) for row in deciding(table))
    return Table("The effect that decides each claim", _COLUMNS, rows, _WORDS, verdict=8)


def _all(table: pd.DataFrame) -> Table:
    rows = tuple(
        (f"{row['claim']}. {row['contrast']}, on {str(row['observable']).replace('_', ' ')}", *_cells(row))
        for row in table.to_dict("records")
    )
    return Table("Every effect that was looked at", _COLUMNS, rows, _WORDS, verdict=8, printed=False)


def _cells(row: Mapping[Any, Any]) -> tuple[str, ...]:
    decimals = digits(row["effect"], row["effect_error"])
    return (
        with_sign(row["effect"], decimals),
        plain(row["effect_error"]),
        span(row["worlds_low"], row["worlds_high"]),
        share_words(row["share"], row["share_error"]),
        plain(row["matters"]),
        str(row["unit"]),
        f"{row['worlds']} of {row['worlds_run']}",
        f"{row['verdict']}: {row['reason']}{ASSUMED[str(row['assumed'])]}",
    )
