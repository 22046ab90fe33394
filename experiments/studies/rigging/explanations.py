"""Why a regime wins or loses nearly all draws of the prior: explanations, each with what it was measured by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

import simulation.agents.model  # noqa: F401  registers every rule
from experiments.design.design import COMPARED_PARITIES
from experiments.studies.rigging.design import PROPOSALS
from experiments.studies.rigging.shares import EVERY_OTHER
from simulation.errors import InputError, has_controls, nearest, shown
from simulation.outcomes.outcomes import OUTCOMES
from simulation.rules import RULES
from simulation.toml_files import read_toml

EVERY_NAME = "all"
WINS, LOSES = "wins", "loses"
"""What a regime does in nearly all draws."""
_LISTS: Mapping[str, Sequence[str]] = {
    "outcomes": tuple(OUTCOMES),
    "regimes": PROPOSALS,
    "opponents": (*PROPOSALS, EVERY_OTHER),
    "parities": COMPARED_PARITIES,
    "rules": tuple(RULES),
}
_TEXTS = ("result", "mechanism", "measured", "undo")


@dataclass(frozen=True)
class Explanation:
    """Why some regimes win, or lose, nearly all draws on some outcomes.

    Attributes:
        name: a short one, for tables.
        outcomes: on which.
        regimes: which.
        opponents: against which.
        parities: at which.
        result: ``wins`` or ``loses``: what the regimes do.
        rules: numbers of the rules that make it.
        mechanism: what does it, in a sentence.
        measured: how that was found out.
        undo: the switch or lever that undoes it.
    """

    name: str
    outcomes: tuple[str, ...]
    regimes: tuple[str, ...]
    opponents: tuple[str, ...]
    parities: tuple[str, ...]
    result: str
    rules: tuple[str, ...]
    mechanism: str
    measured: str
    undo: str

    def covers(self, outcome: str, parity: str, regime: str, opponent: str, result: str) -> bool:
        """Return whether it explains this, told from either side."""
        if outcome not in self.outcomes or parity not in self.parities:
            return False
        row = (regime, opponent, result)
        mirror = (opponent, regime, LOSES if result == WINS else WINS)
        return any(
            mine in self.regimes and other in self.opponents and does == self.result
            for mine, other, does in (row, mirror)
        )


def read_explanations(path: str | Path | None = None) -> tuple[Explanation, ...]:
    """Return the explanations of a TOML file, a table each; the shipped ones where None.

    Raises:
        InputError: the file cannot be read, lacks an entry, or names what does not exist.
    """
    if path is not None:
        return tuple(_explanation(path, name, content) for name, content in read_toml(path).items())
    with as_file(files(__package__) / "explanations.toml") as file:
        return read_explanations(file)


def explain(
    explanations: Iterable[Explanation], outcome: str, parity: str, regime: str, opponent: str, result: str
) -> Explanation | None:
    """Return the first explanation that covers a row, or None."""
    matches = (one for one in explanations if one.covers(outcome, parity, regime, opponent, result))
    return next(matches, None)


def _explanation(path: str | Path, name: str, content: object) -> Explanation:
    if has_controls(name):
        raise InputError(f"{path}: expected names without line ends and control characters, got {shown(name)}")
    place = f"{path}: {name}"
    entries = {*_LISTS, *_TEXTS}
    if not isinstance(content, dict) or set(content) != entries:
        raise InputError(f"{place}: expected the entries {', '.join(sorted(entries))}, got {_entries(content)}")
    for text in _TEXTS:
        if not isinstance(content[text], str) or not content[text] or has_controls(content[text]):
            expectation = "a text without line ends and control characters"
            raise InputError(f"{place}: {text}: expected {expectation}, got {shown(content[text])}")
    if content["result"] not in {WINS, LOSES}:
        raise InputError(f"{place}: result: expected {WINS} or {LOSES}, got {shown(content['result'])}")
    names = {key: _names(f"{place}: {key}", content[key], known) for key, known in _LISTS.items()}
    return Explanation(
        name=name,
        outcomes=names["outcomes"],
        regimes=names["regimes"],
        opponents=names["opponents"],
        parities=names["parities"],
        result=content["result"],
        rules=names["rules"],
        mechanism=content["mechanism"],
        measured=content["measured"],
        undo=content["undo"],
    )


def _names(place: str, content: object, known: Sequence[str]) -> tuple[str, ...]:
    if content == EVERY_NAME:
        return tuple(known)
    if not isinstance(content, list) or not content:
        raise InputError(f"{place}: expected a list of names, or {EVERY_NAME!r}, got {shown(content)}")
    for name in content:
        if name not in known:
            raise InputError(
                f"{place}: expected one of {', '.join(known)}, got {shown(name)}{nearest(str(name), known)}"
            )
    return tuple(content)


def _entries(content: object) -> str:
    return ", ".join(sorted(content)) if isinstance(content, dict) else shown(content)
