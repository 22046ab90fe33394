"""The rounds of the workshop: what is compared in each, its link to the explorer, and the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from experiments import Results, compare_regimes, make_design
from experiments.design.design import Design, Label
from experiments.design.uncertain import uncertain_numbers
from experiments.results.folder_runs import FolderRuns
from experiments.statistics.turning import find_turns
from experiments.statistics.verdicts import PairedEffect, paired_effect
from simulation.arrays import Flags
from simulation.errors import InputError, nearest, shown
from simulation.outcomes.outcomes import OUTCOMES
from simulation.parameters import PARAMETERS
from simulation.regimes import REGIMES, Arm, Regime, load_regime
from simulation.scenario import Scenario
from simulation.toml_files import read_toml

ROUNDS_FILE = Path(__file__).with_name("rounds.toml")
OWN = "own"
"""Stands for a table's own programme where a round names a regime."""
MOVED = "_moved"
"""Ends the name of a regime whose levers were moved, as in the explorer."""
_USUAL = ("partners_in_practice,peer_support", "days", "outturn")
_SWEPT = ("days_per_giver", "days_per_receiver")
_COSTS = ("programme_cost", "days_delivered", "director_days")


@dataclass(frozen=True, kw_only=True)
class Round:
    """A question that groups bet on.

    Attributes:
        number: 1 for the first.
        title: its name.
        question: what is asked, in words.
        against: the regime that the other is set against.
        regime: the regime that is bet on, `OWN` where each group has its own.
        parity: what is made equal.
        funding: the path of the funding gap.
        funding_words: that path in words, where it is not the usual one.
        levers: levers that are moved, by ``regime.arm.lever``, the arms counted from 0.
        held: uncertain numbers that are held, by name.
    """

    number: int
    title: str
    question: str
    against: str
    regime: str
    parity: str
    funding: str = _USUAL[2]
    funding_words: str = ""
    levers: Mapping[str, float] = field(default_factory=dict)
    held: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_own(self) -> bool:
        """Whether each group has a programme of its own."""
        return self.regime == OWN

    def with_own(self, regime: str, levers: Mapping[str, float]) -> Round:
        """Return the round with a group's own programme in it."""
        return replace(self, regime=regime, levers=levers)

    @property
    def link(self) -> str:
        """What stands after the page's name in the address of the explorer at this setting."""
        names = f"{self.against},{self.regime}"
        said = (("regimes", names, _USUAL[0]), ("parity", self.parity, _USUAL[1]), ("funding", self.funding, _USUAL[2]))
        fields = [("v", "1"), ("view", "compare"), *((name, value) for name, value, usual in said if value != usual)]
        fields += [(name, _pairs(values)) for name, values in (("levers", self.levers), ("held", self.held)) if values]
        return "#" + "&".join(f"{name}={quote(value, safe=',:._-')}" for name, value in fields)


@dataclass(frozen=True)
class Workshop:
    """All rounds, and what they have in common; `rounds.toml` says what each is.

    Attributes:
        rounds: in their order.
        start: calendar month of month 0, as YYYY-MM.
        months: length of a run.
        measure: the outcome that is bet on.
        draws: parameter sets that are drawn.
        replicates: runs of each.
        purse: what a table may buy in a year.
        turns: parameters that a group may name, each in plain words.
    """

    rounds: tuple[Round, ...]
    start: str
    months: int
    measure: str
    draws: int
    replicates: int
    purse: Mapping[str, float]
    turns: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """What a round's comparison says: regime less the one it is set against.

    Attributes:
        effect: the paired difference, its share of worlds and its verdict.
        decides: numbers that decide the difference, the first most.
        turns: those of them at which its sign turns, each with the value.
        costs: of both regimes, by name: pounds at full cost, days and directors' days delivered, over the whole run.
    """

    effect: PairedEffect
    decides: tuple[str, ...]
    turns: Mapping[str, float]
    costs: Mapping[str, Mapping[str, float]]


def read_workshop(path: Path = ROUNDS_FILE) -> Workshop:
    """Return the workshop of a file.

    Raises:
        InputError: the file cannot be read, or names a regime, a number or a field that there is not.
    """
    content = read_toml(path)
    try:
        rounds = tuple(Round(number=number, **one) for number, one in enumerate(content.pop("round"), 1))
        workshop = Workshop(rounds=rounds, **content)
    except (KeyError, TypeError) as error:
        raise InputError(f"{path}: expected the fields of docs/workshop/rounds.toml, got others ({error})") from None
    for one in rounds:
        for name in {one.against, one.regime, *(key.partition(".")[0] for key in one.levers)}:
            _check(path, "a regime", name, (*REGIMES, OWN))
    for name in (*workshop.turns, *(name for one in rounds for name in one.held)):
        _check(path, "a parameter", name, PARAMETERS)
    return workshop


def design_of(workshop: Workshop, one: Round) -> Design:
    """Return the comparison that the explorer makes at a round's link, at its finest look."""
    return make_design(
        regimes=[regime for name in (one.against, one.regime) if (regime := regime_of(one, name)).name != "none"],
        parities=[one.parity],
        sets=workshop.draws,
        replicates=workshop.replicates,
        months=workshop.months,
        scenario=Scenario(start=workshop.start, funding=one.funding),
        parameters=dict(one.held),
    )


def regime_of(one: Round, name: str) -> Regime:
    """Return a regime of a round with its levers as the round has them; one that is held is not drawn."""
    shipped = load_regime(name)
    arms = tuple(_arm_of(one, name, place, arm) for place, arm in enumerate(shipped.arms))
    if arms == shipped.arms:
        return shipped
    return replace(shipped, name=name + MOVED, title=f"{shipped.title}, levers moved", arms=arms)


def answer_of(workshop: Workshop, one: Round, folder: Path, *, workers: int = 1) -> Answer:
    """Return the answer of a round, from its results folder where that has it; else make it there.

    Raises:
        InputError: the folder holds another comparison.
        OSError: it cannot be written.
    """
    design = design_of(workshop, one)
    results = compare_regimes(design, folder, report=False, workers=workers)
    runs = FolderRuns(results)
    labels = [Label(one.parity, regime_of(one, name).name) for name in (one.regime, one.against)]
    mine, theirs = (runs.outcome(label, workshop.measure) for label in labels)
    counts = _both(*(runs.counts(label) for label in labels))
    better = OUTCOMES[workshop.measure].better
    turns = find_turns(mine - theirs, better, uncertain_numbers(results.sets), counts, runs.weights)
    return Answer(
        effect=paired_effect(mine - theirs, better, design.smallest(workshop.measure), counts, runs.weights),
        decides=tuple(turn.name for turn in turns),
        turns={turn.name: turn.value.value for turn in turns if turn.turns},
        costs={label.regime: _costs(results, label) for label in labels},
    )


def _costs(results: Results, label: Label) -> Mapping[str, float]:
    table = results.summary
    rows = table[(table["parity"] == label.parity) & (table["regime"] == label.regime)].set_index("outcome")
    return {name: float(rows.loc[name, "mean"]) for name in _COSTS}  # type: ignore[arg-type]


def _both(mine: Flags | None, theirs: Flags | None) -> Flags | None:
    return theirs if mine is None else mine if theirs is None else mine & theirs


def _arm_of(one: Round, regime: str, place: int, arm: Arm) -> Arm:
    changed: dict[str, Any] = {}
    for key, value in one.levers.items():
        name, at, lever = key.split(".")
        if (name, int(at)) == (regime, place):
            changed[lever] = int(value) if lever == "givers" else value
            changed |= {f"{lever}_range": None} if lever in _SWEPT else {"givers_follow": False}
    return replace(arm, **changed)


def _pairs(values: Mapping[str, float]) -> str:
    return ",".join(f"{name}:{value:g}" for name, value in values.items())


def _check(path: Path, what: str, name: str, valid: Sequence[str] | Mapping[str, object]) -> None:
    if name not in valid:
        raise InputError(f"{path}: expected {what}, got {shown(name)}{nearest(name, valid)}")
