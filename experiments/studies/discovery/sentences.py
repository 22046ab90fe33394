"""What discovery found, in sentences that somebody who decides can read once."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from experiments.results.case import Case
from experiments.text.names import parity_words, sentence
from experiments.text.numbers import digits, listing, percent, plain, share_words, span, with_sign
from simulation.outcomes.outcomes import OUTCOMES

_Row = Mapping[Any, Any]


def box_sentences(case: Case, boxes: pd.DataFrame, limits: pd.DataFrame) -> tuple[str, ...]:
    """Return a paragraph a box; where none is better than no box, that it is so.

    Args:
        case: of the comparison.
        boxes: from `experiments.studies.discovery.tables.boxes_table`.
        limits: from `experiments.studies.discovery.tables.limits_table`.
    """
    rows = boxes.to_dict("records")
    return tuple(
        _found(case, row, limits[limits["box"] == row["box"]]) if row["better_than_none"] else _nothing(case, row)
        for row in rows
    )


def limit_words(limit: _Row) -> str:
    """Return what a box asks of a number: its limits, in its unit, with their bands in brackets."""
    ends = [_end(limit, name) for name in ("low", "high")]
    if all(ends):
        between = f"between {ends[0]} and {ends[1]}"
    else:
        between = f"at least {ends[0]}" if ends[0] else f"at most {ends[1]}"
    return f"{limit['meaning']} is {between} ({limit['unit']})"


def _end(limit: _Row, name: str) -> str:
    """Return a limit and its band, with two figures of the range that was run; nothing without a limit."""
    if math.isnan(float(limit[name])):
        return ""
    places = digits(float(limit["most"]) - float(limit["least"]))
    value, low, high = (plain(float(limit[key]), places) for key in (name, f"{name}_5", f"{name}_95"))
    return f"{value} [{low} to {high}]"


def _pair(case: Case, row: _Row) -> tuple[str, str]:
    return case.words(str(row["regime"])), case.words(str(row["baseline"]))


def _found(case: Case, row: _Row, limits: pd.DataFrame) -> str:
    regime, baseline = _pair(case, row)
    where = listing([limit_words(limit) for limit in limits.to_dict("records")])
    more = "" if row["box"] == 1 else "In the worlds that are left: "
    decimals = digits(float(row["difference"]))
    return (
        f"{more}{sentence(regime) if not more else regime} loses to {baseline} more often where {where}. There it does "
        f"worse in {share_words(float(row['density']), float(row['density_error']))} of the replicates, against "
        f"{percent(float(row['base']))} in all worlds (95% interval of the difference {_gain(row)}); luck taken out, "
        f"in {share_words(float(row['worlds_lost']), float(row['worlds_lost_error']))} of the worlds, against "
        f"{percent(float(row['worlds_lost_all']))}. The box holds {percent(float(row['mass']))} of the worlds and "
        f"{percent(float(row['coverage']))} of all losses; the mean difference in it is "
        f"{with_sign(float(row['difference']), decimals)} {row['unit']}, against "
        f"{with_sign(float(row['difference_all']), decimals)} in all. "
        f"All of this is of worlds that the box was not found in.{_left_out(row)}"
    )


def _nothing(case: Case, row: _Row) -> str:
    regime, baseline = _pair(case, row)
    what = (
        f"No box is better than none: where {regime} loses to {baseline} in {OUTCOMES[str(row['outcome'])].meaning}, "
        f"at {parity_words(str(row['parity']))}, cannot be told from these {int(row['worlds_searched'])} worlds"
    )
    base = f"It does worse in {percent(float(row['base']))} of all replicates"
    if math.isnan(float(row["density"])):
        return f"{what}. {base}, and no number is limited in half of the samples.{_left_out(row)}"
    return (
        f"{what}. {base}; in the best box that was found, in {percent(float(row['density']))} of those of worlds held "
        f"out (95% interval of the difference {_gain(row)}).{_left_out(row)}"
    )


def _left_out(row: _Row) -> str:
    share = percent(float(row["left_out"]))
    return f" {share} of all worlds missed the parity and are left out." if share != percent(0.0) else ""


def _gain(row: _Row) -> str:
    return f"{span(100 * float(row['gain_low']), 100 * float(row['gain_high']), 0)} points"
