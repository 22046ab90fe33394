"""What is asked of a finished comparison: which regime loses to which, on what, with what made equal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from experiments.results.headline import headline
from experiments.results.rows import MAIN
from experiments.results.store import Results
from experiments.text.verdicts import NEITHER
from simulation.errors import InputError, nearest, shown
from simulation.outcomes.outcomes import OUTCOMES


@dataclass(frozen=True, kw_only=True)
class Question:
    """Where does ``regime`` lose to ``baseline`` on ``outcome`` at ``parity``?"""

    regime: str
    baseline: str
    outcome: str
    parity: str


def make_question(
    results: Results,
    *,
    regime: str | None = None,
    baseline: str | None = None,
    outcome: str = MAIN,
    parity: str | None = None,
) -> Question:
    """Return a question that the comparison can answer.

    Args:
        results: of the comparison.
        regime: that loses; that of its headline where None.
        baseline: that wins; what the headline's is set against where None.
        outcome: a name of `sli outcomes` that has a direction.
        parity: what is made equal; that of the comparison's answer where None.

    Raises:
        InputError: a name is not among those of the comparison, the regimes are the same, or neither direction of the
            outcome is better.
    """
    case, pair = results.case, headline(results.case.regimes)
    if pair is None:
        raise InputError(f"{results.folder}: expected a comparison of two regimes, got no programme alone")
    one = _known("regime", pair[0] if regime is None else regime, case.regimes)
    other = _known("baseline", pair[1] if baseline is None else baseline, case.regimes)
    if one == other:
        raise InputError(f"baseline: expected another regime than {one}, got the same")
    return Question(
        regime=one,
        baseline=other,
        outcome=checked_loss(outcome),
        parity=_known("parity", case.parity if parity is None else parity, case.parities),
    )


def checked_loss(outcome: str) -> str:
    """Return the name of an outcome in which something can be lost.

    Raises:
        InputError: there is no such outcome, or neither direction of it is better.
    """
    if OUTCOMES[_known("outcome", outcome, OUTCOMES)].better == NEITHER:
        raise InputError(f"outcome: expected one of which less or more is better, got {outcome}, which has neither")
    return outcome


def _known(what: str, name: str, names: Iterable[str]) -> str:
    valid = list(names)
    if name not in valid:
        listed = f"one of {', '.join(valid)}" if len(valid) <= 12 else "a name of `sli outcomes`"  # noqa: PLR2004  a line
        raise InputError(f"{what}: expected {listed}, got {shown(name)}{nearest(name, valid)}")
    return name
