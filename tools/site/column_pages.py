"""The page of files and their columns, from the dictionaries that small studies leave in their folders."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from experiments.files.whole import read_csv
from experiments.results.dictionary import DICTIONARY
from experiments.text.pages import table
from tools.site.quiet import run_quietly

COLUMNS_PAGE = "look_up/columns.md"
_SMALL = ("--regimes", "peer_support,partners_in_practice", "--months", "13", "--sets", "2", "--replicates", "2")
STUDIES = {
    "compare": ("compare", *_SMALL, "--parity", "days", "--no-claims", "--keep", "councils"),
    "sweep": ("sweep", *_SMALL, "--vary", "transfer_rate=0.1,0.2"),
    "sensitivity": (
        *("sensitivity", "--months", "13", "--size", "8", "--trajectories", "2", "--replicates", "2"),
        *("--over", "transfer_rate,deprivation_effect", "--regimes", "peer_support,partners_in_practice"),
    ),
}
"""A command for each kind of folder; it is small, as the columns do not depend on how many runs there are."""


def column_page() -> dict[str, str]:
    """Return the page, by staged path; takes about half a minute, as the studies are run."""
    with TemporaryDirectory() as scratch:
        parts = [_section(name, words, Path(scratch) / name) for name, words in STUDIES.items()]
    lead = (
        "# Files and their columns\n\nEach folder holds this list too, as `dictionary.csv`. What the files are for: "
        "[the worked example](worked_example.md) and [Results folders](../do/results.md)."
    )
    return {COLUMNS_PAGE: "\n\n".join((lead, *parts)) + "\n"}


def _section(name: str, words: tuple[str, ...], folder: Path) -> str:
    run_quietly([*words, "--out", str(folder)])
    rows = read_csv(folder / DICTIONARY).fillna("")
    tables = [
        f"### {file} ({name})\n\n"
        + table(
            ("Column", "Type", "Unit", "Meaning"),
            ((f"`{row.column}`", row.type, row.unit, row.meaning) for row in of_file.itertuples()),
        )
        for file, of_file in rows.groupby("file")
    ]
    return "\n\n".join((f"## A folder of `sli {name}`", *tables))
