"""What of the science is the user's own: a subclass of the model, or functions in the place of rules."""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simulation.errors import InputError
from simulation.own_rules import OwnRules, Rules, own_rules
from simulation.simulate import ENSEMBLE, MESA, checked_engine
from simulation.sources import Own, describe_source, name_of

if TYPE_CHECKING:
    from simulation.agents.model import SectorModel


@dataclass(frozen=True)
class OwnScience:
    """What stands in for the program's own model; make it by `own_science`.

    Attributes:
        model: a subclass of `SectorModel`; None for itself.
        rules: functions in the place of rules.
        source: names and digests of the sources of both, as JSON.
    """

    model: type[SectorModel] | None = None
    rules: OwnRules = field(default_factory=OwnRules)
    source: str = ""

    def describe(self) -> dict[str, Any]:
        """Return what a fingerprint says of it, as plain values: nothing where nothing is the user's own."""
        return {"own": json.loads(self.source)} if self.source else {}

    def engine(self, wanted: str | None) -> str:
        """Return the engine that runs it: ``wanted``, or where None the one that can.

        Raises:
            InputError: there is none of that name, or a subclass of the model is asked of the compiled one.
        """
        engine = checked_engine(wanted or (ENSEMBLE if self.model is None else MESA))
        if self.model is not None and engine != MESA:
            raise InputError(f"engine: expected {MESA} for {self.model.__name__}, a model of your own, got {engine}")
        return engine

    def check_importable(self) -> None:
        """Refuse what worker processes cannot import.

        Raises:
            InputError: the model or a rule stands in a notebook, or inside a function.
        """
        rules = [own for _, own in self.rules.functions]
        check_importable(rules if self.model is None else [self.model, *rules])


def own_science(model: object = None, rules: Rules | OwnRules | None = None) -> OwnScience:
    """Return what of the science is the user's own, checked.

    Args:
        model: a subclass of `SectorModel`; None for itself.
        rules: functions in the place of rules, by the rule's name.

    Raises:
        InputError: one of them is not valid, or its source cannot be read.
    """
    checked, source = own_rules(rules), {}
    own: type[SectorModel] | None = None
    if model is not None:
        from simulation.agents.model import SectorModel, checked_model

        own = checked_model(model)
        own = None if own is SectorModel else own
    if own is not None:
        source["model"] = describe_source(own)
    if checked:
        source["rules"] = checked.describe()
    return OwnScience(own, checked, json.dumps(source, sort_keys=True) if source else "")


def check_importable(things: Iterable[Own]) -> None:
    """Refuse functions and classes that worker processes cannot import.

    Raises:
        InputError: one stands in a notebook, or inside a function.
    """
    for thing in things:
        if not _is_importable(thing):
            way = "expected it at the top of a file, or one worker, which runs it in this process"
            raise InputError(f"{name_of(thing)}: worker processes cannot import it from where it is; {way}")


def own_names(design: Mapping[str, Any]) -> str:
    """Return in words what of the science was the user's own in a design, as `OwnScience.describe` has it."""
    own = design["own"]
    words = [f"a model of the user's own, {own['model']['name']}"] if "model" in own else []
    if "rules" in own:
        words.append(f"rules of the user's own: {', '.join(own['rules'])}")
    return "; ".join(words)


def _is_importable(thing: Own) -> bool:
    module = sys.modules.get(thing.__module__)
    if module is None or getattr(module, "__file__", None) is None:
        return False
    try:
        pickle.dumps(thing)
    except Exception:  # noqa: BLE001  what cannot be pickled says so in many ways
        return False
    return True
