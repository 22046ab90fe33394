"""Where the time of a run goes, phase by phase: in the compiled month, in the C loop and in the Mesa model."""

from __future__ import annotations

import ast
import ctypes
import inspect
import textwrap
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numba import njit

from benchmarks.engines import MonthsCall
from simulation.compiled import month as ensemble
from simulation.compiled.borrowed import borrowed, borrowed_work
from simulation.compiled.records import Month

Array = Any


def phase_names() -> list[str]:
    """Return what a month consists of, in order, as the engine calls it."""
    return [_called(statement) for statement in _steps(_month())]


def clocked_seconds(months: MonthsCall, repeats: int) -> dict[str, float]:
    """Return the seconds that each phase of a run takes in all its months (the least of so many runs)."""
    names = phase_names()
    spent = np.zeros((repeats, len(names)))
    clocked = clocked_months()
    clocked(*months.fresh().values(), np.zeros(len(names)), np.zeros(4, np.int64))
    for repeat in range(repeats):
        clocked(*months.fresh().values(), spent[repeat], np.zeros(4, np.int64))
    return dict(zip(names, np.min(spent, axis=0).tolist(), strict=True))


@cache
def clocked_months() -> Callable[..., None]:
    """Return the compiled months with a clock read between phases: the month's own source with stamps put in.

    Its arguments are those of the compiled months, then an array to which each phase's seconds are added.
    """
    clocked = _clocked_month()

    @njit(nogil=True)
    def run_months(
        councils: Array,
        directors: Array,
        sectors: Array,
        rows: Array,
        panel: Array,
        coefficients: Array,
        arms: Array,
        deployments: Array,
        work: Array,
        luck: Array,
        gaps: Array,
        pause: Array,
        spent: Array,
        clock: Array,
    ) -> None:
        rows, panel, luck = borrowed(rows), borrowed(panel), borrowed(luck)
        sector, c, deployment = borrowed(sectors)[0], borrowed(coefficients)[0], borrowed(deployments)[0]
        councils, directors, arms = borrowed(councils), borrowed(directors), borrowed(arms)
        work = borrowed_work(work)
        for month in range(len(gaps)):
            sector.month = month
            sector.gap = gaps[month]
            row, seen, draws = rows[month], panel[month], luck[month]
            state = Month(councils, directors, sector, row, seen, c, arms, deployment, work, draws, pause)
            clocked(state, spent, clock)

    return run_months


def _month() -> ast.FunctionDef:
    tree = ast.parse(textwrap.dedent(inspect.getsource(ensemble.run_month))).body[0]
    if not isinstance(tree, ast.FunctionDef):
        raise TypeError("expected run_month to be a function")
    return tree


def _steps(month: ast.FunctionDef) -> list[ast.Expr]:
    calls = [statement for statement in month.body if isinstance(statement, ast.Expr)]
    return [statement for statement in calls if isinstance(statement.value, ast.Call)]


def _called(statement: ast.Expr) -> str:
    if not isinstance(statement.value, ast.Call):
        return ""
    return ast.unparse(statement.value.func).rpartition(".")[2]


def _clocked_month() -> Callable[..., None]:
    function = _month()
    function.decorator_list, function.returns = [], None
    for argument in function.args.args:
        argument.annotation = None
    function.args.args += [ast.arg("spent"), ast.arg("clock")]
    body: list[ast.stmt] = ast.parse("_start(clock)").body
    for number, statement in enumerate(_steps(function)):
        body += [statement, *ast.parse(f"_lap(clock, spent, {number})").body]
    function.body = body
    names: dict[str, Any] = {**vars(ensemble), "_start": _start, "_lap": _lap}
    exec(compile(ast.fix_missing_locations(ast.Module([function], [])), "<clocked month>", "exec"), names)  # noqa: S102
    clocked: Callable[..., None] = njit(names["run_month"])
    return clocked


_CLOCK = time.CLOCK_MONOTONIC
_read_clock = ctypes.CDLL(None).clock_gettime
_read_clock.argtypes = [ctypes.c_int, ctypes.c_void_p]
_read_clock.restype = ctypes.c_int


@njit
def _start(clock: Array) -> None:
    _read_clock(_CLOCK, clock.ctypes)
    clock[2], clock[3] = clock[0], clock[1]


@njit
def _lap(clock: Array, spent: Array, phase: int) -> None:
    """Add the seconds since the last reading; ``clock`` holds seconds and nanoseconds of this one and of the last."""
    _read_clock(_CLOCK, clock.ctypes)
    spent[phase] += (clock[0] - clock[2]) + 1e-9 * (clock[1] - clock[3])
    clock[2], clock[3] = clock[0], clock[1]
