"""Validation: does the model reproduce what was observed, and what not?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.design.origin import DRAWS, PLAUSIBLE, choose_sets
from experiments.design.parameter_sets import ParameterSet
from experiments.files.digests import digest_of, model_digest, plain_values
from experiments.files.whole import read_csv, write_csv
from experiments.inputs.checks import checked_choice
from experiments.observed import HISTORY_MONTHS, Pattern, fit_patterns, further_patterns
from experiments.results.folder import ResultsFolder, Tell, tell_nobody
from experiments.results.workplace import FIGURES, Workplace
from experiments.studies.validation.histories import Histories, run_histories
from experiments.studies.validation.spells_table import spells_table
from experiments.studies.validation.verdicts import MISSED, PATTERN_GROUPS, between, counts, pattern_table
from simulation.errors import whole
from simulation.limits import MOST_SETS, check_own_luck, checked_replicates, checked_seed

STUDY, PATTERNS_TABLE, SPELLS_TABLE = "validate", "patterns.csv", "spells.csv"
VALIDATION_FILES = (PATTERNS_TABLE, SPELLS_TABLE, FIGURES)
VALIDATION_SETS, VALIDATION_REPLICATES = 64, 16


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

    draw: str = PLAUSIBLE
    sets: int = VALIDATION_SETS
    replicates: int = VALIDATION_REPLICATES
    seed: int = 2018

    def __post_init__(self) -> None:
        """Refuse what cannot be run."""
        checked_choice("draw", self.draw, DRAWS)
        object.__setattr__(self, "sets", whole("sets", self.sets, 1, MOST_SETS))
        object.__setattr__(self, "replicates", checked_replicates(self.replicates))
        object.__setattr__(self, "seed", checked_seed(self.seed))
        check_own_luck(self.sets, self.replicates)

    def describe(self, parameter_sets: Sequence[ParameterSet]) -> dict[str, Any]:
        """Return it as plain values, ready for JSON."""
        patterns = [asdict(pattern) for pattern in _patterns()]
        sets = digest_of([one.as_dict() for one in parameter_sets])
        return plain_values(
            {**asdict(self), "months": HISTORY_MONTHS, "drawn": sets, "patterns": patterns, "model": model_digest()}
        )


def validate_model(
    validation: Validation,
    out: str | Path,
    *,
    workers: int = 1,
    force: bool = False,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> pd.DataFrame:
    """Run the regime that was in force, write the folder, and return a row a pattern (`pattern_table`).

    Raises:
        InputError: the folder holds other results, and not ``force``.
        OSError: the folder cannot be written.
    """
    parameter_sets, weights = choose_sets(validation.draw, validation.sets, validation.seed)

    def fill(place: Workplace) -> dict[str, Any]:
        histories = run_histories(
            parameter_sets,
            weights,
            validation.replicates,
            validation.seed,
            store=place.blocks,
            workers=workers,
            progress=progress,
            tell=tell,
        )
        _write(place.path, pattern_table(histories), histories, validation)
        return {"options": {"workers": workers}}

    folder = ResultsFolder(out, STUDY, validation.describe(parameter_sets), VALIDATION_FILES)
    folder.fill(fill, force=force, tell=tell)
    return read_patterns(folder.path)


def read_patterns(folder: Path) -> pd.DataFrame:
    """Return the table of patterns that a validation left in ``folder``."""
    table = read_csv(folder / PATTERNS_TABLE)
    return table.fillna({"given": ""})


def validation_text(table: pd.DataFrame) -> str:
    """Return the patterns as lines to print: target, value with both spreads, and the verdict; misses among them."""
    lines = []
    for group, heading in PATTERN_GROUPS.items():
        rows = table[table["group"] == group]
        lines += ["", heading.upper()] + [line for row in rows.itertuples() for line in _lines(row)]
    misses = table[table["verdict"] == MISSED]
    tally = counts(table)
    lines += ["", *(f"{group}: {count} of {of} reproduced" for group, (count, of) in tally.items())]
    lines += [f"missed: {', '.join(misses['name']) or 'none'}"]
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


def _write(folder: Path, table: pd.DataFrame, histories: Histories, validation: Validation) -> None:
    from experiments.studies.validation.pictures import write_figures

    write_csv(folder / PATTERNS_TABLE, table)
    write_csv(folder / SPELLS_TABLE, spells_table(histories))
    (folder / FIGURES).mkdir(exist_ok=True)
    write_figures(folder / FIGURES, table, histories, validation_note(validation))


def validation_note(validation: Validation) -> str:
    """Return what the numbers were made from, in two sentences."""
    sets, replicates = validation.sets, validation.replicates
    return (
        f"{sets * replicates:,} histories under the regime that was in force: {sets} parameter sets "
        f"({validation.draw}) of {replicates} replicates each, seed {validation.seed}. "
        "Observed: published evidence to March 2021."
    )
