"""Rules of one's own: a plain function in the place of a rule, in both engines, and nowhere else in the process."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import FunctionType
from typing import Any

from simulation.copies import calls_from
from simulation.errors import InputError, nearest, shown
from simulation.rules.marker import RULES
from simulation.sources import describe_source, own_parts

Rules = Mapping[str, Any]
"""What stands in for rules, by the rule's name."""


@dataclass(frozen=True)
class OwnRules:
    """Functions that stand in for rules.

    Attributes:
        functions: names of rules with what stands in for each, in alphabetical order.
    """

    functions: tuple[tuple[str, FunctionType], ...] = ()

    def __bool__(self) -> bool:
        """Return whether there is any."""
        return bool(self.functions)

    def replaced(self) -> dict[FunctionType, FunctionType]:
        """Return what stands in for which rule."""
        rules = replaceable_rules()
        return {rules[name]: own for name, own in self.functions}

    def describe(self) -> dict[str, Any]:
        """Return the name and the digest of the source of each, as plain values.

        Raises:
            InputError: a source cannot be read.
        """
        return {name: describe_source(own) for name, own in self.functions}

    def parts(self) -> Iterator[FunctionType]:
        """Return the functions, and those of the user's own that they call."""
        for _, own in self.functions:
            yield from (part for part in own_parts(own) if isinstance(part, FunctionType))


def own_rules(rules: Rules | OwnRules | None) -> OwnRules:
    """Return checked rules of one's own.

    Raises:
        InputError: a rule is unknown or sets the terms of regimes, or what stands in for one is no plain function of
            as many arguments.
    """
    if rules is None or isinstance(rules, OwnRules):
        return rules or OwnRules()
    if not isinstance(rules, Mapping):
        raise InputError(f"rules: expected functions by the names of rules, got {shown(rules)}")
    return OwnRules(tuple(sorted((name, _checked(name, rules[name])) for name in map(_known, rules))))


@cache
def replaceable_rules() -> dict[str, FunctionType]:
    """Return the rules that can be replaced, by name: those that the start and the months call.

    Not those that set the terms of regimes: designs reckon with them before anything is run.
    """
    from simulation.compiled import entries

    called = calls_from(plain_function(one) for one in (entries.open_run, entries.run_months))
    terms = calls_from([plain_function(entries.deploy_regime)])
    rules = [plain_function(rule) for rules in RULES.values() for rule in rules]
    return {rule.__name__: rule for rule in rules if rule in called and rule not in terms}


def plain_function(function: Any) -> FunctionType:
    """Return a function that is known to be a plain one."""
    assert isinstance(function, FunctionType)  # noqa: S101  rules and entries are plain functions
    return function


def _known(name: object) -> str:
    rules = replaceable_rules()
    if isinstance(name, str) and name in rules:
        return name
    if name in {rule.__name__ for rules in RULES.values() for rule in rules}:
        raise InputError(f"rules: expected rules of the start and of the months, got {name}, which is of neither alone")
    raise InputError(f"rules: expected the name of a rule, got {shown(name)}{nearest(str(name), rules)}")


def _checked(name: str, own: object) -> FunctionType:
    wanted = inspect.signature(replaceable_rules()[name]).parameters
    if not isinstance(own, FunctionType):
        raise InputError(f"rules: expected a plain function in the place of {name}, got {shown(own)}")
    parameters = inspect.signature(own).parameters
    plain = all(one.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD for one in parameters.values())
    moved = set(parameters) == set(wanted) and list(parameters) != list(wanted)
    if not plain or moved or len(parameters) != len(wanted):
        raise InputError(f"rules: expected {name}({', '.join(wanted)}), got {own.__name__}{inspect.signature(own)}")
    return own
