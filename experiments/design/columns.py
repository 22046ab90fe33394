"""Columns of a design: what may be varied from run to run, by its name, and the values that it may take.

A column is a parameter, a lever of a regime (``partners_in_practice.days_per_giver``, of one arm ``hybrid.2.share``, of
all regimes ``*.days_per_receiver``), the place of days per receiver or per giver in their ranges
(``receiver_quantile``), a switch, a choice about the world, the ``start`` or the ``seed``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from experiments.design.named_levers import EVERY_REGIME, NamedLever, Value
from experiments.design.parameter_sets import LEVER_QUANTILES
from simulation.dates import month_number
from simulation.errors import InputError, is_number, nearest, shown
from simulation.evidence.cells import as_integer, as_number
from simulation.limits import checked_seed
from simulation.parameters import PARAMETERS, Parameters
from simulation.regimes import LEVERS, REGIMES, Regime
from simulation.scenario import SCENARIOS, Scenario
from simulation.switches import SWITCHES, Switches

PARAMETER, LEVER, QUANTILE, SWITCH, CHOICE, START_COLUMN, SEED_COLUMN = (
    "parameter",
    "lever",
    "quantile",
    "switch",
    "choice",
    "start",
    "seed",
)
"""Kinds of columns."""

OF_WORLD = (SWITCH, CHOICE, START_COLUMN, SEED_COLUMN)
"""Kinds that change the world in which a run is made, and not what is uncertain or chosen in it."""
_CHOSEN = (LEVER, SWITCH, CHOICE)
_SWITCH_PREFIX = "switch."
_CHOICES = tuple(name for name in SCENARIOS if name != "start")
_EXPECTED = (
    "a parameter, a lever of a regime (as in partners_in_practice.days_per_giver or *.days_per_receiver), "
    f"{' or '.join(LEVER_QUANTILES)}, a switch, {', '.join(_CHOICES)}, start or seed"
)


@dataclass(frozen=True)
class VariedColumn:
    """One thing that is varied.

    Attributes:
        name: the column's heading.
        kind: what it is: `PARAMETER`, `LEVER`, `QUANTILE`, `SWITCH`, `CHOICE`, `START_COLUMN` or `SEED_COLUMN`.
        target: name of the parameter, the lever, the switch or the choice.
        regime: whose lever it is; `EVERY_REGIME` for all.
        arm: number of the lever's arm, from 1; every arm where 0.
    """

    name: str
    kind: str
    target: str
    regime: str = ""
    arm: int = 0

    @property
    def is_choice(self) -> bool:
        """Whether somebody chooses it, as a lever, so that one can regret it; all else is unknown or luck."""
        return self.kind == LEVER

    @property
    def unit(self) -> str:
        """Its unit; empty where it has none."""
        if self.kind == PARAMETER:
            return PARAMETERS[self.target].unit
        if self.kind == LEVER:
            return LEVERS[self.target].unit
        return "place in its range" if self.kind == QUANTILE else ""

    @property
    def meaning(self) -> str:
        """What it is, in words."""
        if self.kind == PARAMETER:
            return PARAMETERS[self.target].meaning
        if self.kind == LEVER:
            return LEVERS[self.target].meaning
        if self.kind == QUANTILE:
            return f"place of days per {self.target.removesuffix('_quantile')} in each regime's range"
        if self.kind == SWITCH:
            return SWITCHES[self.target].meaning
        return SCENARIOS[self.target].meaning if self.target in SCENARIOS else "what all luck is drawn from"

    def value(self, given: object, where: str) -> Value:
        """Return one value of the column from what a user gave: a text, or a plain value.

        Args:
            given: the value.
            where: what stands before the message, as ``--vary``.

        Raises:
            InputError: the column cannot have it.
        """
        try:
            return self._checked(_plain(given))
        except InputError as error:
            raise InputError(f"{where}, column {self.name}: {error}") from None

    def lever(self, value: Value) -> NamedLever:
        """Return a lever's column as a lever held at a value."""
        return NamedLever(self.regime, self.target, value, self.arm)

    def bounds(self, regimes: Sequence[Regime]) -> tuple[float, float]:
        """Return the plausible range from which its values are drawn.

        Args:
            regimes: those that are run, whose files have the ranges of levers.

        Raises:
            InputError: it has no range, or not the same in every arm.
        """
        if self.kind == PARAMETER:
            info = PARAMETERS[self.target]
            return info.low, info.high
        if self.kind == QUANTILE:
            return 0.0, 1.0
        ranges = {
            getattr(arm, f"{self.target}_range", None)
            for regime in regimes
            if self.kind == LEVER and self.lever(0.0).is_of(regime)
            for number, arm in enumerate(regime.arms, 1)
            if self.arm in {0, number}
        }
        known = [both for both in ranges if both]
        if len(known) != 1:
            came = "several" if known else "none"
            raise InputError(
                f"column {self.name}: expected one range to draw from, got {came}; give it, as in {self.name}=4:16"
            )
        return float(known[0][0]), float(known[0][1])

    def _checked(self, given: Value) -> Value:
        checks: Mapping[str, Callable[[str, Value], Value]] = {
            PARAMETER: _parameter_value,
            LEVER: _lever_value,
            QUANTILE: _quantile_value,
            SWITCH: _switch_value,
            CHOICE: _choice_value,
            START_COLUMN: _start_value,
            SEED_COLUMN: lambda _, seed: checked_seed(seed),
        }
        return checks[self.kind](self.target, given)


def find_column(name: str, values: Iterable[object] = ()) -> VariedColumn:
    """Return the column of a name.

    Three names are those of a parameter and of a switch: values in words mean the switch, and the name with ``switch.``
    before it always does.

    Args:
        name: as a user writes it.
        values: those that the column is to have.

    Raises:
        InputError: there is no such column.
    """
    switch = name.removeprefix(_SWITCH_PREFIX)
    if switch in SWITCHES and (switch != name or switch not in PARAMETERS or _are_words(switch, values)):
        return VariedColumn(name, SWITCH, switch)
    if name in PARAMETERS:
        return VariedColumn(name, PARAMETER, name)
    if name in LEVER_QUANTILES:
        return VariedColumn(name, QUANTILE, name)
    if name in (START_COLUMN, SEED_COLUMN):
        return VariedColumn(name, name, name)
    if name in _CHOICES:
        return VariedColumn(name, CHOICE, name)
    if "." in name:
        return _lever_column(name)
    if name in LEVERS:
        raise InputError(
            f"expected a regime before a lever, as in partners_in_practice.{name} or {EVERY_REGIME}.{name} for all, "
            f"got {shown(name)}"
        )
    known = (*PARAMETERS, *SWITCHES, *LEVER_QUANTILES, *_CHOICES, START_COLUMN, SEED_COLUMN)
    raise InputError(f"unknown column {shown(name)}{nearest(name, known)}; expected {_EXPECTED}")


def check_levers(columns: Iterable[VariedColumn], regimes: Sequence[Regime]) -> None:
    """Refuse levers of regimes, or of arms, that are not run.

    Raises:
        InputError: one is; the sentence names the nearest regime.
    """
    names = [regime.name for regime in regimes]
    for column in columns:
        if column.kind != LEVER or any(column.lever(0.0).is_of(regime) for regime in regimes):
            continue
        if column.regime in names and column.arm:
            raise InputError(f"column {column.name}: expected an arm of {column.regime}, got number {column.arm}")
        if column.regime in (*names, EVERY_REGIME):
            raise InputError(f"column {column.name}: expected a regime with arms, got one without")
        raise InputError(
            f"column {column.name}: expected a lever of a regime that is run ({', '.join(names)}), "
            f"got one of {shown(column.regime)}{nearest(column.regime, [*names, *REGIMES])}"
        )


def _lever_column(name: str) -> VariedColumn:
    regime, *arm, lever = name.split(".")
    if lever not in LEVERS or LEVERS[lever].kind == "range":
        known = [one for one, info in LEVERS.items() if info.kind != "range"]
        raise InputError(f"column {name}: expected a lever, got {shown(lever)}{nearest(lever, known)}")
    number = arm[0] if arm else "0"
    if len(arm) > 1 or not number.isdecimal() or (arm and int(number) < 1) or not regime:
        raise InputError(f"column {name}: expected REGIME.LEVER, or REGIME.NUMBER.LEVER for one arm")
    return VariedColumn(name, LEVER, lever, regime, int(number))


def _are_words(switch: str, values: Iterable[object]) -> bool:
    given = list(values)
    return bool(given) and all(_on_off(one) in SWITCHES[switch].choices for one in given)


def _on_off(given: object) -> str:
    """Return a switch's choice as it is written; a TOML file may say true or false."""
    return ("on" if given else "off") if isinstance(given, bool) else str(given)


def _plain(given: object) -> Value:
    """Return a text as the number, the truth value or the word that it writes; a plain value as it is."""
    if not isinstance(given, str):
        return cast("Value", given)  # what it is not is refused by whoever checks it
    text = given.strip()
    for read in (as_integer, as_number):
        try:
            return read(text)
        except ValueError:
            continue
    return {"true": True, "false": False}.get(text.lower(), text)


def _lever_value(lever: str, given: Value) -> Value:
    """Return a lever's value, whole where it counts something; its limits are those of `Arm`."""
    info = LEVERS[lever]
    if info.kind == "switch" and not isinstance(given, bool):
        raise InputError(f"expected true or false, got {shown(given)}")
    if info.kind == "choice" or isinstance(given, str):
        if given not in info.choices:
            expected = ", ".join(info.choices) or f"a number ({info.unit})"
            raise InputError(f"expected {expected}, got {shown(given)}{nearest(str(given), info.choices)}")
        return given
    if info.kind == "switch":
        return given
    whole = info.kind == "count"
    if not is_number(given) or (whole and given != int(given)):
        raise InputError(f"expected a {'whole ' if whole else ''}number ({info.unit}), got {shown(given)}")
    if not info.low <= given <= info.high:
        raise InputError(f"expected {info.low:g} to {info.high:g} ({info.unit}), got {shown(given)}")
    return int(given) if whole else float(given)


def _parameter_value(parameter: str, given: Value) -> Value:
    info = PARAMETERS[parameter]
    if not (is_number(given) and info.hard_low <= given <= info.hard_high):
        Parameters.from_mapping({parameter: given})  # says what is wrong with it
    return float(given)


def _quantile_value(_: str, given: Value) -> Value:
    if not is_number(given) or not 0 <= given <= 1:
        raise InputError(f"expected a number from 0 to 1, got {shown(given)}")
    return float(given)


def _switch_value(switch: str, given: Value) -> Value:
    return str(getattr(Switches.from_mapping({switch: _on_off(given)}), switch))


def _start_value(name: str, given: Value) -> Value:
    month_number(given, name)
    return str(given)


def _choice_value(choice: str, given: Value) -> Value:
    if choice == "funding" and given not in SCENARIOS[choice].choices:
        known = SCENARIOS[choice].choices
        raise InputError(f"expected {', '.join(known)}, got {shown(given)}{nearest(str(given), known)}")
    value: Value = getattr(Scenario(**{choice: given}), choice)  # type: ignore[arg-type]
    return value
