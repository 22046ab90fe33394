"""What is worth knowing, as rows of a table: of groups of numbers and of each number, the most worth first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from experiments.design.parameter_groups import PARAMETER_GROUPS
from experiments.statistics.knowing import Choices, Worth, worth_of_each, worth_of_groups
from simulation.arrays import Floats

NUMBER, GROUP = "number", "group"
"""Kinds of rows."""
KNOWING_COLUMNS = (
    "outcome",
    "unit",
    "parity",
    "regime",
    "baseline",
    "kind",
    "name",
    "worth",
    "worth_error",
    "worth_bias",
    "price",
    "pounds",
    "worlds",
)
"""Columns of a table of what is worth knowing."""
_DECIMALS = 3


def worth_rows(choices: Choices, numbers: Mapping[str, Floats], price: float) -> Iterator[dict[str, object]]:
    """Yield a row a group and then one a number: its kind, its name, what it is worth to know it, and from how much.

    Args:
        choices: of which one is made.
        numbers: name -> value in each set, shape (sets,).
        price: pounds for one of the gains' unit; NaN where it has none.
    """
    found = {GROUP: worth_of_groups(choices, numbers, PARAMETER_GROUPS), NUMBER: worth_of_each(choices, numbers)}
    for kind, worths in found.items():
        for name, worth in sorted(worths.items(), key=lambda one: -one[1].value):
            yield {"kind": kind, "name": name} | _cells(worth, price)


def _cells(worth: Worth, price: float) -> dict[str, object]:
    # Nought stays nought on every machine.
    value, error, bias = (round(number, _DECIMALS) for number in (worth.value, worth.error, worth.bias))
    return {
        "worth": value,
        "worth_error": error,
        "worth_bias": bias,
        "pounds": value * price,
        "worlds": worth.worlds,
    }
