"""What was observed beside what the model gives: one page of six panels, and each panel by itself.

Luck is a blue band or bar, ignorance a dashed vermilion line: never one band. Black is what was observed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

# First: it sees to it that matplotlib can be imported.
from experiments.figures.backend import in_own_style

# isort: split
import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure, FigureBase, SubFigure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from experiments.figures.canvas import BLACK, GREY, GRID, LUCK_COLOUR, SETS_COLOUR, WIDTH, save, wrapped
from experiments.figures.survival import draw_spells
from experiments.studies.validation.histories import Histories
from experiments.studies.validation.spells_table import spells_table
from experiments.studies.validation.verdicts import MISSED, fans
from experiments.text.names import grade_words
from simulation.arrays import Floats
from simulation.councils import GRADES
from simulation.dates import history_month
from simulation.evidence import read_rows

_DASHES = (0, (3, 2))
_YEAR = 12
_FIRST_YEAR = 2018.25
_BAND = 0.22
_LABEL = 30

_Draw = Callable[[FigureBase, pd.DataFrame, Histories], None]


def write_figures(folder: Path, table: pd.DataFrame, histories: Histories, note: str) -> None:
    """Write ``validation.png``, the page, and each panel as a PNG of its own.

    Args:
        folder: where.
        table: from `experiments.studies.validation.verdicts.pattern_table`.
        histories: what the table was made from.
        note: runs and seed, written under every figure.

    Raises:
        OSError: the folder cannot be written or the disk is full.
    """
    rows = table.set_index("name", drop=False)
    for name, (title, draw, height) in PANELS.items():
        save(_single(title, draw, height, rows, histories, note), folder / f"{name}.png")
    save(_page(rows, histories, note), folder / "validation.png")


@in_own_style
def _single(title: str, draw: _Draw, height: float, rows: pd.DataFrame, histories: Histories, note: str) -> Figure:
    figure = Figure(figsize=(WIDTH, height + 1.0), dpi=130, facecolor="white", layout="constrained")
    above, below = _parts(figure, 2, 1, height_ratios=[height + 0.3, 0.7])
    above.suptitle(wrapped(title, 57), fontsize=9.5, fontweight="bold", x=0.02, ha="left", color=BLACK)
    draw(above, rows, histories)
    _key(below, note, columns=2, width=95)
    return figure


@in_own_style
def _page(rows: pd.DataFrame, histories: Histories, note: str) -> Figure:
    figure = Figure(figsize=(2 * WIDTH, 13.2), dpi=130, facecolor="white", layout="constrained")
    bands = _parts(figure, 4, 1, height_ratios=[3.2, 4.2, 4.6, 0.5], hspace=0.02)
    places = [*_parts(bands[0], 1, 2, width_ratios=[1.35, 1]), *_parts(bands[1], 1, 2), *_parts(bands[2], 1, 2)]
    for place, (title, draw, _) in zip(places, PANELS.values(), strict=True):
        draw(place, rows, histories)
        place.suptitle(wrapped(title, 60), fontsize=8.5, fontweight="bold", x=0.02, ha="left", color=BLACK)
    bands[0].suptitle(
        "What was observed, and what the model gives", fontsize=11, fontweight="bold", x=0.01, ha="left", color=BLACK
    )
    _key(bands[3], note, columns=4, width=190)
    return figure


def _parts(place: FigureBase, rows: int, columns: int, **shape: Any) -> list[SubFigure]:
    parts: Any = place.subfigures(rows, columns, squeeze=False, **shape)
    return list(parts.flat)


def _key(place: FigureBase, note: str, *, columns: int, width: int) -> None:
    handles: Mapping[str, Artist] = {
        "observed (bar: tolerance)": Line2D([], [], color=BLACK, marker="x", linewidth=1.0),
        "model, mean": Line2D([], [], color=LUCK_COLOUR, marker="o", markersize=4, linewidth=1.4),
        "luck: nine in ten histories": Patch(color=LUCK_COLOUR, alpha=0.4, linewidth=0),
        "sets: 5 to 95% of their means": Line2D([], [], color=SETS_COLOUR, linestyle=_DASHES, linewidth=1.1),
    }
    place.legend(
        list(handles.values()), list(handles), loc="upper center", fontsize=7, ncols=columns, frameon=False,
        handlelength=2.6,
    )  # fmt: skip
    place.text(0.01, 0.02, wrapped(note, width), fontsize=6.5, color=GREY, va="bottom")


def _grades(place: FigureBase, rows: pd.DataFrame, histories: Histories) -> None:
    panels = place.subplots(2, 2, sharex=True)
    mixes = [row.cells for row in read_rows("national_grades")]
    for number, (axis, grade) in enumerate(zip(panels.flat, GRADES, strict=True)):
        fan = fans(histories.grades[..., number], histories.weights)
        _fan(axis, _FIRST_YEAR + (np.arange(len(fan)) + 1) / _YEAR, fan)
        when = [_FIRST_YEAR + (history_month(cells["date"]) + 1) / _YEAR for cells in mixes]
        shares = [cells[grade] / sum(cells[one] for one in GRADES) for cells in mixes]
        near = [_tolerance(rows, grade, f"{cells['date']}"[:7]) for cells in mixes]
        axis.errorbar(when, shares, near, fmt="x", color=BLACK, markersize=4, elinewidth=0.9, linestyle="none")
        _plain(axis)
        axis.set_ylim(bottom=0.0)
        axis.set_title(grade_words(grade), fontsize=7.5, loc="left", pad=2, color=BLACK)
    place.supylabel("share of councils", fontsize=7.5, color=BLACK)
    place.supxlabel("end of month, year", fontsize=7.5, color=BLACK)


def _tolerance(rows: pd.DataFrame, grade: str, month: str) -> float:
    names = [f"mix_{grade}_{month}", *([f"mix_{grade}"] if month == "2020-03" else [])]
    return sum(float(rows["tolerance"].to_dict().get(name, 0.0)) for name in names)


def _transitions(place: FigureBase, rows: pd.DataFrame, _: Histories) -> None:
    names = {
        f"first_{before}_{after}": f"{grade_words(before)} to {grade_words(after)}"
        for before in ("good", "requires_improvement", "inadequate")
        for after in reversed(GRADES)
    }
    _marks(place.subplots(), rows, names, "share of the councils that held the grade and were judged")


def _spells(place: FigureBase, _: pd.DataFrame, histories: Histories) -> None:
    axis = place.subplots()
    draw_spells(axis, spells_table(histories), lasting=False)
    axis.text(1, 0.01, "dotted: observed from February 2014 on", fontsize=6.5, color=GREY, va="bottom", rotation=90)
    _plain(axis)
    axis.set_ylim(bottom=0.0)
    axis.set_xlabel("months since the inadequate judgement", fontsize=7.5, color=BLACK)
    axis.set_ylabel("share that has reached good", fontsize=7.5, color=BLACK)


def _directors(place: FigureBase, rows: pd.DataFrame, _: Histories) -> None:
    names = {
        "changed_director_2018": "a change in 2018/19",
        "changed_director_2019": "a change in 2019/20",
        "changed_director_2020": "a change in 2020/21",
        "changed_director": "a change in a year, 2018 to 2021",
        "several_changes_2020": "two or more changes in 2020/21",
        "interims": "under an interim, 2018 to 2021",
        "interims_2020-03": "under an interim, March 2020",
    }
    _marks(place.subplots(), rows, names, "share of councils")


def _agency(place: FigureBase, rows: pd.DataFrame, _: Histories) -> None:
    names = {f"agency_{grade}": f"{grade_words(grade)}, September 2020" for grade in GRADES}
    names |= {f"agency_{grade}_pooled": f"{grade_words(grade)}, 2017 to 2020" for grade in GRADES}
    _marks(place.subplots(), rows, names, "agency share of social workers")


def _tenure(place: FigureBase, rows: pd.DataFrame, histories: Histories) -> None:
    above, below = place.subplots(2, 1, height_ratios=[4, 7])
    changes = {f"changes_{grade}": grade_words(grade) for grade in GRADES}
    _marks(above, rows, changes, "changes of director in six years, over the mean of all")
    posts = {f"months_in_post_{year}-03": f"all councils, March {year}" for year in (2019, 2020, 2021)}
    grades = {f"posts_{grade}": f"{grade_words(grade)}, March 2021 (none observed)" for grade in GRADES}
    unseen = fans(histories.posts, histories.weights).assign(target=math.nan, tolerance=math.nan, verdict="")
    every = pd.concat([rows, unseen.set_axis(list(grades))])
    _marks(below, every, posts | grades, "mean months in post of permanent directors")


def _fan(axis: Axes, across: Floats, fan: pd.DataFrame) -> None:
    axis.fill_between(across, fan["chance_low"], fan["chance_high"], color=LUCK_COLOUR, alpha=_BAND, linewidth=0)
    axis.plot(across, fan["value"], color=LUCK_COLOUR, linewidth=1.4)
    for end in ("sets_low", "sets_high"):
        axis.plot(across, fan[end], color=SETS_COLOUR, linewidth=1.0, linestyle=_DASHES)


def _marks(axis: Axes, rows: pd.DataFrame, names: Mapping[str, str], across: str) -> None:
    """Draw a row a pattern: above what was observed with its tolerance, in the middle luck, below the sets."""
    for height, name in enumerate(names):
        row: Any = rows.loc[name]
        near = np.maximum([row["target"] - row["tolerance"], row["target"] + row["tolerance"]], 0.0)
        axis.plot(near, [height - 0.24] * 2, color=BLACK, linewidth=1.0)
        axis.plot([row["target"]], [height - 0.24], "x", color=BLACK, markersize=4.5)
        axis.plot([row["chance_low"], row["chance_high"]], [height] * 2, color=LUCK_COLOUR, linewidth=5, alpha=0.4)
        axis.plot([row["value"]], [height], "o", color=LUCK_COLOUR, markersize=4)
        axis.plot([row["sets_low"], row["sets_high"]], [height + 0.24] * 2, color=SETS_COLOUR, linewidth=1.1,
                  linestyle=_DASHES)  # fmt: skip
    for low, high in pairwise(range(len(names) + 1)):
        axis.axhline((low + high) / 2, color=GRID, linewidth=0.6, zorder=0)
    labels = [f"{label} (missed)" if rows.loc[name, "verdict"] == MISSED else label for name, label in names.items()]
    axis.set_yticks(range(len(names)), [wrapped(label, _LABEL) for label in labels])
    axis.set_ylim(len(names) - 0.5, -0.5)
    _plain(axis)
    axis.tick_params(axis="y", length=0)
    axis.set_xlabel(across, fontsize=7.5, color=BLACK)


def _plain(axis: Axes) -> None:
    axis.tick_params(labelsize=7, colors=BLACK, length=2.5, pad=2)
    axis.spines[["top", "right"]].set_visible(False)
    axis.spines[["left", "bottom"]].set_color(GREY)


PANELS: Mapping[str, tuple[str, _Draw, float]] = MappingProxyType(
    {
        "grades": ("Numbers held", _grades, 3.2),
        "spells": ("From inadequate to good, April 2018 to June 2020", _spells, 2.6),
        "transitions": ("First judgement from April 2018, by the grade held before", _transitions, 4.0),
        "agency": ("Agency social workers, by grade", _agency, 3.2),
        "directors": ("Directors: changes, and interims", _directors, 3.0),
        "tenure": ("Directors: turnover and months in post, by grade", _tenure, 4.4),
    }
)
"""Every panel: its title, what draws it, and its height in inches."""
