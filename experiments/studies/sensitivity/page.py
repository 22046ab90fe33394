"""The page of a sensitivity study: pictures and tables of indices, and what is worth knowing, as one file."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from experiments.report.parts import Picture, Section, Table
from experiments.report.plain_page import lay_out_page
from experiments.studies.sensitivity.design import SensitivityDesign
from experiments.studies.sensitivity.measures import DIFFERENCE, StudyMeasure, all_measures
from experiments.studies.sensitivity.pictures import measure_words, of_measure, study_note
from experiments.studies.sensitivity.words import (
    base_points_words,
    knowing_lines,
    left_out_lines,
    luck_words,
    row_words,
)
from experiments.text.names import parity_words, sentence
from experiments.text.numbers import percent, plain, pounds

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_APART = (
    "Two uncertainties stand apart and are never added. Indices are of what is not known: luck counts in none of them. "
    "Luck's share of the variance of a single run stands beside them."
)
_INDEX = (
    "An index is the share of the variance that goes with a column, luck apart: its first index with the column alone, "
    "its total index with all that it acts together with. It is told only if its 95% interval is narrower than the "
    "index itself and it lies between nought and one as far as the interval says."
)
_WORTH = (
    "What it is worth to know a number exactly before one of the two regimes is chosen: how much better the outcome is "
    "expected to be than if the better on average is chosen. What is within two standard errors may be nothing."
)
_COLUMNS = ("column", "alone: first index (95%)", "in all: total index (95%)")


def sensitivity_page(
    design: SensitivityDesign,
    table: pd.DataFrame,
    knowing: pd.DataFrame,
    met: Mapping[str, float],
    pictures: Mapping[str, Figure],
) -> str:
    """Return the page as HTML.

    Args:
        design: of the study.
        table: of indices.
        knowing: what is worth knowing.
        met: share of base points at which each pair met the parity.
        pictures: by name.
    """
    first = all_measures(design)[0]
    lead = (_INDEX, _APART, base_points_words(design, table))
    sections = [_section(design, table, one, met, pictures[one.name]) for one in all_measures(design)]
    title = f"What decides {measure_words(design, first)}"
    note = study_note(design, of_measure(table, first))
    return lay_out_page(title, lead, [*sections, *_knowing_section(knowing)], note=note)


def _section(
    design: SensitivityDesign, table: pd.DataFrame, measure: StudyMeasure, met: Mapping[str, float], figure: Figure
) -> Section:
    rows = of_measure(table, measure)
    words = sentence(measure_words(design, measure))
    picture = Picture(measure.name, figure, f"Bars of the indices of {words}; the table has the numbers.", "")
    parity = _parity_words(measure, met) if measure.of == DIFFERENCE else ()
    lead = (*(f"{sentence(line)}." for line in (*left_out_lines(design, rows), luck_words(design, rows))), *parity)
    cells = tuple(
        (str(row["name"]), row_words(row, "first"), row_words(row, "total")) for row in rows.to_dict("records")
    )
    indices = Table(words, _COLUMNS, cells, words=frozenset({1, 2}))
    return Section(measure.name, words, lead=lead, pictures=(picture,), folded=(indices,))


def _parity_words(measure: StudyMeasure, met: Mapping[str, float]) -> tuple[str, ...]:
    share = met[f"{measure.label.regime}/{measure.label.parity}"]
    if not share < 1:
        return ()
    sentences = (
        f"At {percent(share)} of the base points the parity was met: both regimes realised the same within a tenth. "
        "The indices are of all base points, for a design of Sobol's cannot leave some out."
    )
    return (sentences,)


def _knowing_section(knowing: pd.DataFrame) -> list[Section]:
    if not len(knowing):
        return [
            Section(
                "knowing", "What is worth knowing", lead=tuple(f"{sentence(one)}." for one in knowing_lines(knowing))
            )
        ]
    keys = ["outcome", "parity", "regime", "baseline"]
    tables = tuple(
        Table(
            _caption(rows.iloc[0]),
            ("number or group", f"worth, {rows['unit'].iloc[0]}", "may be too high by", "pounds"),
            tuple(_worth_cells(row) for row in rows.to_dict("records")),
        )
        for _, rows in knowing.groupby(keys, sort=False)
    )
    return [Section("knowing", "What is worth knowing", lead=(_WORTH,), folded=tables)]


def _caption(row: pd.Series[Any]) -> str:
    regimes, at = f"{row['regime']} or {row['baseline']}", parity_words(str(row["parity"]))
    return f"{row['outcome']}, {regimes}, at {at}; from {row['worlds']:,} worlds"


def _worth_cells(row: Mapping[Hashable, Any]) -> tuple[str, ...]:
    worth, error, bias, money = (float(row[name]) for name in ("worth", "worth_error", "worth_bias", "pounds"))
    return str(row["name"]), f"{plain(worth, 1)} ±{plain(error, 1)}", plain(bias, 1), pounds(money)
