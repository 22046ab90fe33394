"""The findings beside the main table: groups, levers, regret, turns, what is worth knowing, and what a month costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from experiments.design.design import Design
from experiments.design.uncertain import uncertain_numbers
from experiments.files.whole import read_csv, write_csv
from experiments.results.gathered import Gathered
from experiments.studies.comparison.by_group import by_group_table
from experiments.studies.comparison.by_lever import by_lever_table
from experiments.studies.comparison.differences import Runs
from experiments.studies.comparison.knowing import knowing_table
from experiments.studies.comparison.money import money_tables, price_table
from experiments.studies.comparison.regret import regret_table
from experiments.studies.comparison.turns import turns_table

MONEY, PRICE_CURVE, KNOWING = "money.csv", "price_curve.csv", "knowing.csv"
BY_GROUP = "by_group.csv"
TABLE_DIGITS: Mapping[str, int] = MappingProxyType({BY_GROUP: 7, "turns.csv": 6, KNOWING: 6})
"""Digits of what would take much room, and of what comes from matrices, whose last ones differ between machines."""
FINDINGS = (BY_GROUP, "by_lever.csv", "regret.csv", "turns.csv", MONEY, "break_even.csv", KNOWING)


def write_findings(design: Design, gathered: Gathered, folder: Path, prices: Sequence[float] | None = None) -> None:
    """Write every table of findings, each whole or not at all.

    Args:
        design: what was run.
        gathered: all runs.
        folder: the results folder, with its `groups.parquet`.
        prices: of an unpaid day, as `write_price_curve` takes them.

    Raises:
        OSError: a table cannot be written, or the disk is full.
    """
    runs = Runs(design, gathered)
    names = [regime.name for regime in design.regimes]
    numbers = uncertain_numbers(pd.DataFrame([one.as_dict() for one in design.sets]))
    money, break_even = money_tables(design, runs)
    tables = (
        by_group_table(design, runs, folder / "groups.parquet"),
        by_lever_table(design, runs),
        regret_table(runs, design.parities, names, sets=len(design.sets), replicates=design.replicates),
        turns_table(runs, design.parities, names, numbers),
        money,
        break_even,
        knowing_table(runs, design.parities, names, numbers, money),
    )
    for name, table in zip(FINDINGS, tables, strict=True):
        write_csv(folder / name, table, encoding="utf-8-sig", digits=TABLE_DIGITS.get(name))
    write_price_curve(folder, read_csv(folder / MONEY), prices)


def write_price_curve(folder: Path, money: pd.DataFrame, prices: Sequence[float] | None = None) -> pd.DataFrame:
    """Write the price curve of bills into a folder, and return it.

    Args:
        folder: where it goes.
        money: the bills, as `experiments.results.store.Results.money`.
        prices: of an unpaid day, pounds, rising; `experiments.studies.comparison.money.PRICES` where None.

    Raises:
        OSError: it cannot be written, or the disk is full.
    """
    curve = price_table(money, prices)
    write_csv(folder / PRICE_CURVE, curve, encoding="utf-8-sig")
    return curve
