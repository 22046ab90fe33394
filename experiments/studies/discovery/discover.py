"""Discovery: the boxes of worlds in which one regime loses to another, out of a finished comparison."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from experiments.design.uncertain import uncertain_numbers
from experiments.files.whole import read_csv, write_csv
from experiments.results.folder import ResultsFolder, Tell, tell_nobody
from experiments.results.folder_runs import RUN_TABLE, FolderRuns
from experiments.results.rows import MAIN
from experiments.results.store import Results, load_results
from experiments.results.workplace import FIGURES, Workplace
from experiments.studies.discovery.question import Question, make_question
from experiments.studies.discovery.search import find_boxes, loss_worlds
from experiments.studies.discovery.sentences import box_sentences
from experiments.studies.discovery.tables import boxes_table, limits_table, worlds_table
from experiments.text.names import parity_words
from simulation.errors import InputError, whole
from simulation.limits import checked_seed

if TYPE_CHECKING:
    from matplotlib.figure import Figure

STUDY = "discover"
BOX_TABLE, LIMIT_TABLE, WORLD_TABLE = "boxes.csv", "limits.csv", "worlds.csv"
MOST_BOXES = 5
_DIGITS = 6


@dataclass(frozen=True, eq=False)
class Discovery:
    """What was discovered, as it lies in a folder.

    Attributes:
        folder: where it lies.
        results: the comparison that it is of.
    """

    folder: Path
    results: Results

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row a box, as `experiments.studies.discovery.tables.boxes_table` says."""
        return read_csv(self.folder / BOX_TABLE)

    @cached_property
    def limits(self) -> pd.DataFrame:
        """A row a box and number that it limits, with bands."""
        return read_csv(self.folder / LIMIT_TABLE)

    @cached_property
    def worlds(self) -> pd.DataFrame:
        """A row a world: its share of replicates lost, its box, and its uncertain numbers."""
        return read_csv(self.folder / WORLD_TABLE)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What each box says, or that no box is better than none."""
        return box_sentences(self.results.case, self.table, self.limits)

    def plot(self, box: int = 1) -> Figure:
        """Return the picture of a box.

        Raises:
            InputError: there is no such box, or it limits nothing.
        """
        from experiments.figures.boxes import box_figure

        drawn = [int(number) for number in self.limits["box"].unique()]
        if box not in drawn:
            known = f"one of {', '.join(map(str, drawn))}" if drawn else "a box that was found"
            raise InputError(f"box: expected {known}, got {box}")
        (row,) = self.table[self.table["box"] == box].to_dict("records")
        limits = self.limits[self.limits["box"] == box]
        return box_figure(row, limits, self.worlds, _title(self.results, row), self.results.case.note(row["parity"]))


def discover(
    source: str | Path | Results,
    out: str | Path,
    *,
    regime: str | None = None,
    baseline: str | None = None,
    outcome: str = MAIN,
    parity: str | None = None,
    boxes: int = 2,
    seed: int = 2018,
    force: bool = False,
    tell: Tell = tell_nobody,
) -> Discovery:
    """Look for the boxes of worlds in which a regime loses to another, and write them into a folder.

    Args:
        source: a finished comparison, or its folder.
        out: where the tables and pictures go.
        regime: that loses; that of the comparison's headline where None.
        baseline: that wins; what the headline's is set against where None.
        outcome: what it loses in.
        parity: what is made equal; that of the comparison's answer where None.
        boxes: how many are looked for at most, 1 to 5.
        seed: of the samples that are drawn again and of the folds.
        force: replace what the folder holds.
        tell: called with a line where something of earlier is used.

    Raises:
        InputError: a name is not among those of the comparison, its worlds are too few, or the folder holds other
            results, and not ``force``.
        OSError: a table cannot be read or written.
    """
    results = source if isinstance(source, Results) else load_results(source)
    question = make_question(results, regime=regime, baseline=baseline, outcome=outcome, parity=parity)
    most, chance = whole("boxes", boxes, 1, MOST_BOXES), checked_seed(seed)
    description = {
        **asdict(question),
        "boxes": most,
        "seed": chance,
        "comparison": results.manifest["fingerprint"],
        "runs": results.manifest["digests"][RUN_TABLE],
    }
    files = (BOX_TABLE, LIMIT_TABLE, WORLD_TABLE, FIGURES)
    folder = ResultsFolder(out, STUDY, description, files, views=(FIGURES,))
    make = partial(_make, results=results, question=question, most=most, seed=chance)
    folder.fill(make, force=force, tell=tell)
    return Discovery(Path(out), results)


def _make(place: Workplace, *, results: Results, question: Question, most: int, seed: int) -> dict[str, Any]:
    from experiments.figures import save

    worlds = loss_worlds(FolderRuns(results), question, uncertain_numbers(results.sets))
    boxes = find_boxes(worlds, most, seed)
    tables = {
        BOX_TABLE: boxes_table(question, worlds, boxes),
        LIMIT_TABLE: limits_table(worlds, boxes),
        WORLD_TABLE: worlds_table(worlds, boxes),
    }
    for name, table in tables.items():
        write_csv(place.path / name, table, encoding="utf-8-sig", digits=_DIGITS)
    here = Discovery(place.path, results)
    for number in here.limits["box"].unique():
        (place.path / FIGURES).mkdir(exist_ok=True)
        save(here.plot(int(number)), place.path / FIGURES / f"box_{number}.png")
    return {"source": str(results.folder), "found": sum(one.found.better for one in boxes)}


def _title(results: Results, row: dict[Any, Any]) -> str:
    case = results.case
    pair = f"{case.title(str(row['regime']))} loses to {case.words(str(row['baseline']))}"
    better = "" if row["better_than_none"] else ": no box is better than none; the best that was found"
    return f"Where {pair}, at {parity_words(str(row['parity']))}{better}"
