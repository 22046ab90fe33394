"""A deposit scored by what was judged after its start, against a mix of grades that never changes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.studies.judgements.deposit import Deposit, GroupForecast
from experiments.studies.judgements.deposit_runs import group_counts, group_names
from experiments.studies.judgements.judgement_file import read_judgements
from experiments.studies.judgements.known import known_places
from experiments.studies.judgements.scores import SCORES
from simulation.arrays import Floats, Numbers
from simulation.councils import GRADES, Councils, load_councils
from simulation.dates import history_month, month_number, month_of, month_text
from simulation.errors import InputError
from simulation.evidence.reader import Row

KIND_NAMES = {"country": "the country", "region": "regions", "deprivation_fifth": "fifths of deprivation"}

_HALF = 0.5


@dataclass(frozen=True)
class ScoredDeposit:
    """A deposit held against later judgements. No council is named.

    Attributes:
        deposit: the forecast.
        file: the name of the file of judgements.
        used: judgements published from the deposit's start to the last month scored.
        outside: other judgements of the file.
        table: a row a month, kind of group and score: month, kind, score, judgements so far, councils, the mean of the
            forecast, that of the mix at the start, and how much the forecast is above it.
    """

    deposit: Deposit
    file: str
    used: int
    outside: int
    table: pd.DataFrame


def score_deposit(deposit: Deposit, path: str | Path, last: str | None = None) -> ScoredDeposit:
    """Score a deposit by a file of judgements.

    At the end of each quarter each council's grade is scored by the chances that the deposit gives to a council of its
    group. Beside it stands the mix of its group at the start, with half a council added to each grade.

    Args:
        deposit: the forecast.
        path: a CSV file of judgements; those before the deposit's start are passed over.
        last: the month (YYYY-MM) to which the file is complete; that of its last judgement where None.

    Raises:
        InputError: the file breaks the schema or names a council that the tables do not know, no quarter of the deposit
            has ended by then, or the tables have other grades at the deposit's start than the deposit has.
    """
    councils = load_councils(start=deposit.start)
    now = np.array(councils.grade)
    _check_start(deposit, councils)
    rows = read_judgements(path, councils)
    end = month_of(max(row.cells["published"] for row in rows)) if last is None else month_number(last, "--to")
    begin = month_number(deposit.start, "start")
    months = [month for month in deposit.months if month_number(month, "month") <= end]
    inside = [row for row in rows if begin <= month_of(row.cells["published"]) <= end]
    if not months:
        first = deposit.months[0]
        raise InputError(f"{path}: expected judgements to {first} or later, the deposit's first quarter, got none")
    if not inside:
        raise InputError(f"{path}: expected judgements from {deposit.start} on, the deposit's start, got none")
    until = month_number(months[-1], "month")
    inside = [row for row in inside if month_of(row.cells["published"]) <= until]
    table = [
        row
        for place, month in enumerate(months)
        for row in _month_rows(deposit, councils, _held(inside, councils, now, month), place)
    ]
    found = pd.DataFrame(table)
    found.insert(0, "judgements", [sum(_month_text(row) <= month for row in inside) for month in found["month"]])
    return ScoredDeposit(deposit, Path(path).name, len(inside), len(rows) - len(inside), found)


def _check_start(deposit: Deposit, councils: Councils) -> None:
    held = group_counts(np.array(councils.grade), councils).tolist()
    named = [(one.kind, one.group) for one in deposit.groups]
    if named != list(group_names(councils)) or held != [one.at_start.tolist() for one in deposit.groups]:
        expected = f"the grades that the deposit has at its start, {deposit.start}"
        raise InputError(
            f"forecast: expected {expected}, got others in the tables of this version: score it with the version that "
            f"made it, {deposit.record.get('version')}"
        )


def _month_text(row: Row) -> str:
    return month_text(month_of(row.cells["published"]))


def _held(rows: list[Row], councils: Councils, now: Numbers, month: str) -> Numbers:
    """Return the grade that each council holds at the end of a month."""
    grades, places = now.copy(), known_places(councils)
    for row in sorted(rows, key=lambda row: history_month(row.cells["published"])):
        if _month_text(row) <= month:
            grades[places[row.cells["code"]][0]] = GRADES.index(row.cells["grade"])
    return grades


def _month_rows(deposit: Deposit, councils: Councils, grades: Numbers, place: int) -> list[dict[str, object]]:
    counts = group_counts(grades, councils)
    rows: list[dict[str, object]] = []
    for kind in KIND_NAMES:
        own = [(one, count) for one, count in zip(deposit.groups, counts, strict=True) if one.kind == kind]
        for score in SCORES:
            forecast = _mean(score, [(one.chances[place], count) for one, count in own])
            start = _mean(score, [(start_mix(one), count) for one, count in own])
            total = int(sum(count.sum() for _, count in own))
            row = {"month": deposit.months[place], "kind": kind, "score": score, "councils": total}
            rows.append(row | {"forecast": forecast, "mix_at_start": start, "difference": forecast - start})
    return rows


def start_mix(one: GroupForecast) -> Floats:
    """Return the shares of a group's grades at the start, half a council added to each, so that none is nought."""
    return np.asarray((one.at_start + _HALF) / (one.councils + _HALF * len(GRADES)), np.float64)


def _mean(score: str, groups: list[tuple[Floats, Numbers]]) -> float:
    """Return the mean score over all councils of some groups: the chances of each, and how many hold each grade."""
    every = np.arange(len(GRADES))
    totals: list[float] = [
        float(SCORES[score](np.tile(chances, (len(GRADES), 1)), every) @ counts) for chances, counts in groups
    ]
    return sum(totals) / sum(int(counts.sum()) for _, counts in groups)
