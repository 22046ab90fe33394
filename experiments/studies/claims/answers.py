"""What the model says of the claims: runs made, answers, and their table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from experiments.design.world import Condition
from experiments.files.whole import read_csv
from experiments.results.blocks import BlockFolder
from experiments.results.folder import Tell, tell_nobody
from experiments.studies.claims.catalogue import check_switchable
from experiments.studies.claims.claim import Claim
from experiments.studies.claims.judge import Finding
from experiments.studies.claims.runs import ConditionRuns, Trial, run_trial
from experiments.studies.claims.sentences import because, say
from experiments.text.verdicts import HIGHER, LOWER

CLAIMS_TABLE, CLAIMS_FIGURE = "claims.csv", "claims.png"


CLAIM_COLUMNS = (
    "claim",
    "title",
    "source",
    "short",
    "contrast",
    "observable",
    "unit",
    "claimed",
    "effect",
    "effect_error",
    "share",
    "share_error",
    "worlds_low",
    "worlds_high",
    "matters",
    "verdict",
    "reason",
    "verdict_at_half",
    "verdict_at_twice",
    "assumed",
    "why_assumed",
    "worlds",
    "worlds_run",
    "replicates",
    "decides",
    "sentence",
)


@dataclass(frozen=True)
class Answer:
    """What the model says of one claim.

    Attributes:
        claim: the claim.
        findings: of its observables, in their order.
        matters: the smallest effect that matters, of each.
        verdict: one of `experiments.text.verdicts.CLAIM_VERDICTS`.
        reason: why, in a word.
        sentence: for a reader in a hurry.
        at_half: verdicts on the observables if half as much mattered; the first is that on the claim.
        at_twice: the same if only twice as much mattered.
    """

    claim: Claim
    findings: tuple[Finding, ...]
    matters: tuple[float, ...]
    verdict: str
    reason: str
    sentence: str
    at_half: tuple[str, ...]
    at_twice: tuple[str, ...]


def run_claims(
    claims: Sequence[Claim],
    trial: Trial,
    *,
    matters: Mapping[str, float] | None = None,
    store: BlockFolder | None = None,
    workers: int = 1,
    progress: bool = False,
    title: str | None = None,
    tell: Tell = tell_nobody,
) -> tuple[tuple[Answer, ...], ConditionRuns]:
    """Run what the claims need, and return the answers and the runs.

    Args:
        claims: the claims.
        trial: what they are all tried on.
        matters: smallest effects that matter, where not those of the outcomes.
        store: where blocks of runs lie; none are kept where None.
        workers: threads; the answers are the same whatever their number.
        progress: show a bar on a terminal.
        title: what the bar is of.
        tell: called with a line where blocks on disk are used.

    Raises:
        InputError: a mechanism of a claim is off throughout.
        OSError: blocks cannot be written, or the disk is full.
    """
    check_switchable(claims, trial.world.switches)
    conditions, outcomes = needs_of(claims)
    runs = run_trial(
        trial, conditions, outcomes, store=store, workers=workers, progress=progress, title=title, tell=tell
    )
    return answer_claims(claims, runs, trial.world.months, matters), runs


def needs_of(claims: Sequence[Claim]) -> tuple[tuple[Condition, ...], tuple[str, ...]]:
    """Return the conditions that the claims need, each once, and the outcomes to be kept of their runs."""
    conditions = dict.fromkeys(condition for claim in claims for condition in claim.conditions)
    outcomes = {name for claim in claims for one in claim.observables for name in one.outcomes}
    return tuple(conditions), tuple(sorted(outcomes))


def answer_claims(
    claims: Sequence[Claim], runs: ConditionRuns, months: int, matters: Mapping[str, float] | None = None
) -> tuple[Answer, ...]:
    """Return what runs of so many months say of the claims."""
    answers = []
    for claim in claims:
        effects = [
            (one, one.matrix(runs.values, runs.weights), one.smallest(matters, months)) for one in claim.observables
        ]
        findings, half, twice = (
            tuple(one.find(matrix, times * smallest, runs.weights) for one, matrix, smallest in effects)
            for times in (1.0, 0.5, 2.0)
        )
        verdict, reason = claim.verdict(findings)
        sentence = say(claim, findings[0], reason)
        sides = (_verdicts(claim, half), _verdicts(claim, twice))
        smallest_of_each = tuple(smallest for _, _, smallest in effects)
        answers.append(Answer(claim, findings, smallest_of_each, verdict, reason, sentence, *sides))
    return tuple(answers)


def _verdicts(claim: Claim, findings: tuple[Finding, ...]) -> tuple[str, ...]:
    return (claim.verdict(findings)[0], *(finding.verdict for finding in findings[1:]))


def claims_table(answers: Sequence[Answer]) -> pd.DataFrame:
    """Return a row a claim and observable, the one that decides first; ``sentence`` in that row alone.

    The verdict of the deciding row is that on the claim; of the others, what each says by itself.
    """
    rows = [_row(one, place, finding) for one in answers for place, finding in enumerate(one.findings)]
    return pd.DataFrame(rows, columns=list(CLAIM_COLUMNS))


def read_claims(folder: Path) -> pd.DataFrame:
    """Return the table of claims that lies in a folder."""
    return read_csv(folder / CLAIMS_TABLE)


def _row(one: Answer, place: int, finding: Finding) -> dict[str, object]:
    observable = one.claim.observables[place]
    decides = place == 0
    return {
        "claim": one.claim.number,
        "title": one.claim.title,
        "source": one.claim.source,
        "short": one.claim.short,
        "contrast": observable.contrast,
        "observable": observable.outcome,
        "unit": observable.effect_unit(),
        "claimed": f"not {_other(observable.claimed)}" if observable.no_worse else observable.claimed,
        "effect": finding.effect,
        "effect_error": finding.error,
        "share": finding.share,
        "share_error": finding.share_error,
        "worlds_low": finding.worlds_low,
        "worlds_high": finding.worlds_high,
        "matters": one.matters[place],
        "verdict": one.verdict if decides else finding.verdict,
        "reason": because(observable, one.reason if decides else finding.reason),
        "verdict_at_half": one.at_half[place],
        "verdict_at_twice": one.at_twice[place],
        "assumed": observable.assumed,
        "why_assumed": observable.why_assumed,
        "worlds": finding.worlds,
        "worlds_run": finding.worlds_run,
        "replicates": finding.replicates,
        "decides": decides,
        "sentence": one.sentence if decides else "",
    }


def _other(direction: str) -> str:
    return HIGHER if direction == LOWER else LOWER
