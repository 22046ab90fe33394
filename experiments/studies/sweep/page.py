"""The page of a sweep: its pictures, and the differences point by point, as one file that needs nothing else."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from experiments.design.origin import origin_words
from experiments.design.points import POINT
from experiments.report.parts import Picture, Section, Table
from experiments.report.plain_page import lay_out_page
from experiments.studies.sweep.design import SweepDesign
from experiments.studies.sweep.pictures import pair_words, scale_words, sweep_note
from experiments.studies.sweep.words import enough_words
from experiments.text.names import parity_words, sentence
from experiments.text.numbers import NO_NUMBER, digits, listing, plain, share_words, span, with_sign
from experiments.text.verdicts import PARITY_NOT_MET
from simulation.outcomes.outcomes import OUTCOMES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_ROWS = 200
"""The most rows of a table on the page; the CSV files have them all."""
_NAMED = 8
_TOO_WIDE = "So many things are varied that no table of them can be read here: points.csv has the numbers."
_APART = (
    "Two uncertainties stand apart and are never added: luck, which more replicates make smaller, and the range of the "
    "parameter sets, which is what is not known."
)
_CHOSEN = (
    "What is varied is chosen by somebody, so one can ask what is lost by one choice in a world in which another would "
    "have been the best. The worst tenth is the mean over the tenth of worlds in which most is lost."
)


def sweep_page(design: SweepDesign, points: pd.DataFrame, regret: pd.DataFrame, pictures: Mapping[str, Figure]) -> str:
    """Return the page as HTML.

    Args:
        design: of the sweep.
        points: its table of points.
        regret: of choices; no rows where nothing is chosen.
        pictures: by name.
    """
    names = design.crossing.points.names
    varied = listing(names) if len(names) <= _NAMED else f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
    crossing = design.crossing
    what = (
        f"What is varied: {varied}. All else stands at one value at all "
        f"{len(crossing.points):,} points, and the same replicate meets the same luck at each."
    )
    lead = (what, f"{sentence(origin_words(crossing.origin.kind, len(crossing.sets)))}. {enough_words(design)}", _APART)
    sections = [*_picture_section(pictures), *_difference_sections(design, points)]
    if len(regret):
        sections.append(_regret_section(design, regret))
    return lay_out_page(f"A sweep of {varied}", lead, sections, note=sweep_note(design))


def _picture_section(pictures: Mapping[str, Figure]) -> list[Section]:
    shown = tuple(
        Picture(
            name=name,
            figure=figure,
            alt=f"{figure.texts[0].get_text()}. Its numbers are in the tables below and in points.csv.",
            caption="",
        )
        for name, figure in pictures.items()
    )
    return [Section("pictures", "In pictures", pictures=shown)] if shown else []


def _difference_sections(design: SweepDesign, points: pd.DataFrame) -> list[Section]:
    sections = []
    for label, other in design.pairs:
        own = points[
            (points["parity"] == label.parity)
            & (points["regime"] == label.regime)
            & (points["baseline"] == other.regime)
        ]
        tables = tuple(_difference_table(design, name, own[own["outcome"] == name]) for name in design.outcomes)
        name = f"{label.regime}-{label.parity}"
        title = f"{pair_words(design, (label, other))}, at {parity_words(label.parity)}"
        wide = len(design.crossing.points.columns) > _NAMED
        lead = (*_parity_words(own), *((_TOO_WIDE,) if wide else ()))
        sections.append(Section(name, title, lead=lead, folded=() if wide else tables))
    return sections


def _parity_words(rows: pd.DataFrame) -> tuple[str, ...]:
    """Return at how many points the parity was not met, as a paragraph; none where it was met at all."""
    by_point = (rows["verdict"] == PARITY_NOT_MET).groupby(rows[POINT]).any()
    if not by_point.any():
        return ()
    sentences = (
        f"At {int(by_point.sum()):,} of {len(by_point):,} points the parity was not met: in over half of the sets the "
        "two regimes did not realise the same within a tenth. There is no verdict there."
    )
    return (sentences,)


def _difference_table(design: SweepDesign, name: str, rows: pd.DataFrame) -> Table:
    outcome = OUTCOMES[name]
    heads = [scale_words(column) for column in design.crossing.points.columns]
    columns = (*heads, "mean difference, ± one standard error", "luck: 95%", "sets: 5 to 95%", "better in", "verdict")
    left = len(rows) - MOST_ROWS
    rest = f"; {left:,} more points are in points.csv" if left > 0 else ""
    return Table(
        caption=f"{name}: {outcome.meaning}, {outcome.unit}{rest}",
        columns=columns,
        rows=tuple(_difference_cells(design, row) for row in rows.head(MOST_ROWS).to_dict("records")),
        words=frozenset({len(columns) - 1}),
        verdict=len(columns) - 1,
    )


def _difference_cells(design: SweepDesign, row: Mapping[Hashable, Any]) -> tuple[str, ...]:
    number = {name: float(str(row[name])) for name in ("mean", "mean_error", "luck_low", "luck_high", "sets_low",
              "sets_high", "share", "share_error")}  # fmt: skip
    places = digits(number["mean"], number["luck_high"] - number["luck_low"])
    error = number["mean_error"]
    wide = f" ±{plain(error, places)}" if error == error else ""  # noqa: PLR0124  no number differs from itself
    return (
        *(_cell(row[name]) for name in design.crossing.points.names),
        f"{with_sign(number['mean'], places)}{wide}",
        span(number["luck_low"], number["luck_high"], places),
        span(number["sets_low"], number["sets_high"], places),
        share_words(number["share"], number["share_error"]),
        str(row["verdict"]) if isinstance(row["verdict"], str) else NO_NUMBER,
    )


def _regret_section(design: SweepDesign, regret: pd.DataFrame) -> Section:
    names = design.crossing.points.names
    columns = ("regime", *names, "mean regret", "worst tenth", "least")
    tables = tuple(
        Table(
            caption=f"{name}, at {parity_words(str(parity))}: regret over the sets, {OUTCOMES[str(name)].unit}",
            columns=columns,
            rows=tuple(
                (
                    str(row["regime"]),
                    *(_cell(row[one]) for one in names),
                    f"{plain(row['mean'])} ±{plain(row['mean_error'])}",
                    plain(row["worst_tenth"]),
                    "least" if row["least"] else "",
                )
                for row in some.sort_values("mean", kind="stable").head(MOST_ROWS).to_dict("records")
            ),
        )
        for (name, parity), some in regret.groupby(["outcome", "parity"], sort=False)
    )
    return Section("regret", "What is lost by each choice", lead=(_CHOSEN,), folded=tables)


def _cell(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
