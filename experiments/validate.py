"""Validation: does the model reproduce what was observed, and what not?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.checks import checked_choice, checked_number
from experiments.design import plain
from experiments.files import digest_of, write_csv
from experiments.folder import ResultsFolder
from experiments.histories import Histories, make_histories
from experiments.manifest import model_digest, provenance
from experiments.origin import DRAWS
from experiments.patterns import MONTHS, Pattern, fit_patterns, further_patterns
from experiments.sampling import ParameterSet, draw_plausible, draw_sets
from experiments.validated import GROUPS, MISSED, between, counts, pattern_table
from simulation.parameters import Parameters

FILES = ("patterns.csv", "figures")
SETS, REPLICATES = 64, 16

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Validation:
    """What is run: parameter sets, each with its weight, and how often each.

    Attributes:
        draw: where the sets come from, one of `DRAWS`.
        sets: how many of them.
        replicates: histories of each set, each with luck that no other history has.
        seed: what all luck and the sets are drawn from.

    Raises:
        InputError: a value is out of range.
    """

    draw: str = DRAWS[0]
    sets: int = SETS
    replicates: int = REPLICATES
    seed: int = 2018

    def __post_init__(self) -> None:
        """Refuse what cannot be run."""
        checked_choice("draw", self.draw, DRAWS)
        checked_number("sets", self.sets, 1)
        checked_number("replicates", self.replicates, 1)
        checked_number("seed", self.seed, 0)

    def describe(self, chosen: Sequence[ParameterSet]) -> dict[str, Any]:
        """Return it as plain values, ready for JSON."""
        patterns = [asdict(pattern) for pattern in _patterns()]
        sets = digest_of([one.as_dict() for one in chosen])
        return plain({**asdict(self), "months": MONTHS, "drawn": sets, "patterns": patterns, "model": model_digest()})


def validate_model(
    asked: Validation,
    out: str | Path,
    *,
    workers: int = 1,
    force: bool = False,
    progress: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> pd.DataFrame:
    """Run the regime that was in force, write the folder, and return a row a pattern (`pattern_table`).

    Raises:
        InputError: the folder holds other results, and not ``force``.
        OSError: the folder cannot be written.
    """
    chosen, weights = choose_sets(asked.draw, asked.sets, asked.seed)
    folder = ResultsFolder(Path(out), asked.describe(chosen), FILES)
    if folder.open(force=force):
        tell(f"{out} holds this validation already: nothing was run again")
        return read_patterns(folder.path)
    found = make_histories(chosen, weights, asked.replicates, asked.seed, workers=workers, progress=progress)
    table = pattern_table(found)
    _write(folder.path, table, found, asked)
    folder.write_manifest({**provenance(), "finished": True, "digests": folder.digests()})
    return table


def read_patterns(folder: Path) -> pd.DataFrame:
    """Return the table of patterns that a validation left in ``folder``."""
    table = pd.read_csv(folder / FILES[0])
    return table.fillna({"given": ""})


def choose_sets(draw: str, number: int, seed: int) -> tuple[tuple[ParameterSet, ...], Floats]:
    """Return the parameter sets that are run and their weights, shape (sets,); ``draw`` is one of `DRAWS`."""
    checked_choice("draw", draw, DRAWS)
    drawn = draw_sets if draw == "prior" else draw_plausible
    chosen = drawn(number, Parameters(), (), seed, drawn=False)
    return chosen, np.array([one.weight for one in chosen])


def validation_text(table: pd.DataFrame) -> str:
    """Return the patterns as lines to print: target, value with both spreads, and the verdict; misses among them."""
    lines = []
    for group, heading in GROUPS.items():
        rows = table[table["group"] == group]
        lines += ["", heading.upper()] + [line for row in rows.itertuples() for line in _lines(row)]
    missed = table[table["verdict"] == MISSED]
    found = counts(table)
    lines += ["", *(f"{group}: {met} of {of} reproduced" for group, (met, of) in found.items())]
    lines += [f"missed: {', '.join(missed['name']) or 'none'}"]
    return "\n".join(lines[1:])


def _lines(row: Any) -> list[str]:  # noqa: ANN401  a row of a table of pandas
    luck = between(row.chance_low, row.chance_high)
    sets = between(row.sets_low, row.sets_high)
    return [
        f"{row.name}: {row.meaning} [{row.unit}]",
        f"  observed {row.target:.3g} +- {row.tolerance:.2g} ({row.source})",
        f"  model {row.value:.3g}   luck {luck}   sets {sets} ({row.sets_within:.0%} within)   {row.verdict}",
    ]


def _patterns() -> tuple[Pattern, ...]:
    return (*fit_patterns(), *further_patterns())


def _write(folder: Path, table: pd.DataFrame, found: Histories, asked: Validation) -> None:
    from experiments.figures.validation import write_figures

    write_csv(folder / FILES[0], table)
    (folder / "figures").mkdir(exist_ok=True)
    write_figures(folder / "figures", table, found, made_of(asked))


def made_of(asked: Validation) -> str:
    """Return what the numbers were made from, in two sentences."""
    return (
        f"{asked.sets * asked.replicates:,} histories under the regime that was in force: {asked.sets} parameter sets "
        f"({asked.draw}) of {asked.replicates} replicates each, seed {asked.seed}. "
        "Observed: published evidence to March 2021."
    )
