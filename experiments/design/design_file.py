"""A design of the user's own: a CSV file with a parameter set a row, and its levers and world by name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from experiments.design.columns import CHOICE, LEVER, SEED_COLUMN, SWITCH, VariedColumn, check_levers, find_column
from experiments.design.parameter_sets import LEVER_QUANTILES, LEVERS_DRAWN, LEVERS_FIXED, ParameterSet
from experiments.design.plausible import LISTED, PARAMETER_COLUMNS, WEIGHT, parameter_cells
from experiments.inputs.csv_files import table_headings
from experiments.statistics.weights import relative
from simulation.errors import InputError
from simulation.evidence.reader import Row, fault, parse_table
from simulation.evidence.schema import Column, Schema
from simulation.limits import MOST_SETS
from simulation.parameters import PARAMETERS, Parameters
from simulation.places import PLACES
from simulation.regimes import LEVERS, Regime
from simulation.scenario import SCENARIOS
from simulation.switches import SWITCHES
from simulation.text_files import read_bytes

_QUANTILES_INSTEAD = (
    f"a lever: its place in each regime's range, from 0 to 1, goes into {' and '.join(LEVER_QUANTILES)}; or its regime "
    "before it, as in peer_support.days_per_giver or *.days_per_giver for all"
)
_REGIME_BEFORE = "a lever: put its regime before it, as in peer_support.share or *.share for all"
SETS_TABLE = Schema(
    "design",
    "parameter sets of the user's own",
    (
        *PARAMETER_COLUMNS,
        *(
            Column(
                name,
                "number",
                f"place of days per {name.removesuffix('_quantile')} in its range (share)",
                required=False,
                default="as in the regimes' files",
                low=0,
                high=1,
                together=True,
            )
            for name in LEVER_QUANTILES
        ),
        Column("set", "integer", "number of the row, from 0", required=False, default="not numbered", together=True),
        Column(
            WEIGHT,
            "number",
            "how much the set counts beside the others, in any unit",
            required=False,
            default="all count the same",
            above=0,
            together=True,
        ),
    ),
    most_rows=MOST_SETS,
    noun="parameter set",
    open_ended=True,
    listed=f"{', '.join(LEVER_QUANTILES)}, set, {WEIGHT} or {LISTED}",
    places={
        **PLACES,
        **dict.fromkeys(LEVERS, _REGIME_BEFORE),
        **dict.fromkeys(("days_per_receiver", "days_per_giver"), _QUANTILES_INSTEAD),
    },
)
"""A user's own parameter sets: a row a set."""
_IN_A_CONDITION = ("funding", "headline")
_ON_OFF = ("on", "off")


def read_sets(path: str | Path, base: Parameters, levers: str | None = None) -> tuple[ParameterSet, ...]:
    """Return the sets of a CSV file: a column a parameter, a row a set; the rest as in ``base``.

    The columns ``receiver_quantile`` and ``giver_quantile`` set the levers; without them levers stay as the regimes'
    files have them, so that nothing but the columns differs between the rows. A column ``set`` may number the rows
    from 0. A column ``weight`` says how much each counts beside the others, in any unit; without it all count the same.
    A column may also be a lever by name (``peer_support.share``), a switch with ``on`` and ``off``, ``funding`` or
    ``headline``.

    Args:
        path: of the file.
        base: where all else stands.
        levers: ``drawn`` asks for the columns of the levers, ``fixed`` for none; either will do where None.

    Raises:
        InputError: the file cannot be read, a column is unknown or repeated, a value is not a number in its limits,
            or the columns of the levers are not as asked for.
    """
    data = read_bytes(path, "CSV file")
    columns = _other_columns(path, data)
    rows = parse_table(data, str(path), _with_columns(columns))
    fixed = base.as_dict()
    parameters = [_parameters(path, row, fixed) for row in rows]
    weights = relative(_near_one([row.cells.get(WEIGHT) or 1.0 for row in rows]))
    for number, row in enumerate(rows):
        if row.cells.get("set") not in {None, number}:
            raise fault(str(path), row.number, "set", f"{number}, as rows are numbered from 0", row.cells["set"])
    pairs = [tuple(row.cells.get(name) for name in LEVER_QUANTILES) for row in rows]
    if (pairs[0][0] is None) != (pairs[0][1] is None):
        raise InputError(f"{path}: expected both or neither of the columns {' and '.join(LEVER_QUANTILES)}, got one")
    names = " and ".join(LEVER_QUANTILES)
    if None in pairs[0] and levers == LEVERS_DRAWN:
        raise InputError(f"{path}: expected the columns {names} with drawn levers, got neither")
    if None not in pairs[0] and levers == LEVERS_FIXED:
        raise InputError(f"{path}: expected no columns {names} with fixed levers, got them")
    return tuple(
        _with_others(ParameterSet(one, receiver, giver, weight), columns, row, str(path))
        for one, (receiver, giver), weight, row in zip(parameters, pairs, weights, rows, strict=True)
    )


def _near_one(weights: Sequence[float]) -> list[float]:
    """Return weights scaled by a power of two, so that the largest is near 1 and their sum is a number."""
    _, exponent = math.frexp(max(weights))
    return [math.ldexp(weight, -exponent) for weight in weights]


def _parameters(path: str | Path, row: Row, fixed: Mapping[str, float]) -> Parameters:
    try:
        return Parameters.from_mapping({**fixed, **parameter_cells(row)})
    except InputError as error:
        raise InputError(f"{path}, row {row.number}: {error}") from None


def check_named_levers(sets: Iterable[ParameterSet], regimes: Sequence[Regime]) -> None:
    """Refuse levers by name that no regime has, or that it cannot have at their values.

    Raises:
        InputError: a set has one.
    """
    for lever in {lever: None for one in sets for lever in one.named}:
        check_levers([find_column(lever.name)], regimes)
        for regime in regimes:
            lever.set_in(regime)


def _other_columns(path: str | Path, data: bytes) -> dict[str, VariedColumn]:
    """Return the columns of a file that are no parameter: levers by name, and what acts in the world of a set.

    Raises:
        InputError: one is of what a comparison has once for all its runs.
    """
    others = {}
    for name in table_headings(data, str(path)):
        if name in PARAMETERS or not ("." in name or name in SWITCHES or name in (*SCENARIOS, SEED_COLUMN)):
            continue
        try:
            column = find_column(name)
        except InputError as error:
            raise InputError(f"{path}: {error}") from None
        if not _acts_in_a_condition(column):
            raise InputError(
                f"{path}: expected what may differ between the sets of a comparison, got {name}, which is one for all; "
                "`sli sweep --table` varies it"
            )
        others[name] = column
    return others


def _acts_in_a_condition(column: VariedColumn) -> bool:
    if column.kind == SWITCH:
        return SWITCHES[column.target].choices == _ON_OFF
    return column.kind == LEVER or (column.kind == CHOICE and column.target in _IN_A_CONDITION)


def _with_columns(columns: Mapping[str, VariedColumn]) -> Schema:
    own = (Column(name, "text", column.meaning, required=False, together=True) for name, column in columns.items())
    return replace(SETS_TABLE, columns=(*SETS_TABLE.columns, *own))


def _with_others(one: ParameterSet, columns: Mapping[str, VariedColumn], row: Row, path: str) -> ParameterSet:
    """Return a set with what its row says of levers by name and of its world."""
    where = f"{path}, row {row.number}"
    values = {
        column: column.value(row.cells[name], where) for name, column in columns.items() if row.cells[name] is not None
    }
    world = {column.target: str(value) for column, value in values.items() if column.kind == CHOICE}
    return replace(
        one,
        named=tuple(column.lever(value) for column, value in values.items() if column.kind == LEVER),
        off=tuple(
            sorted(column.target for column, value in values.items() if column.kind == SWITCH and value == "off")
        ),
        funding=world.get("funding"),
        headline=world.get("headline"),
    )
