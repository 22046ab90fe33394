"""What the model says of the claims: runs made, answers, and their table."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from experiments.design.world import Condition, World
from experiments.files.whole import read_csv
from experiments.studies.claims.catalogue import check_switchable
from experiments.studies.claims.claim import Claim
from experiments.studies.claims.judge import Finding
from experiments.studies.claims.runs import Found, make_runs
from experiments.studies.claims.sentences import because, say

TABLE, FIGURE = "claims.csv", "claims.png"


COLUMNS = (
    "claim",
    "title",
    "contrast",
    "observable",
    "unit",
    "claimed",
    "effect",
    "chance_low",
    "chance_high",
    "sets_low",
    "sets_high",
    "sign_share",
    "matters",
    "verdict",
    "reason",
    "verdict_at_half",
    "verdict_at_twice",
    "assumed",
    "why_assumed",
    "sets",
    "sets_tried",
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
        verdict: one of `experiments.studies.claims.judge.VERDICTS`.
        reason: why, in a word.
        sentence: for a reader in a hurry.
        at_half: verdicts on the observables if half as much mattered; the first is that on the claim.
        at_twice: the same if only twice as much mattered.
    """

    claim: Claim
    findings: tuple[Finding, ...]
    verdict: str
    reason: str
    sentence: str
    at_half: tuple[str, ...]
    at_twice: tuple[str, ...]


def run_claims(
    chosen: Sequence[Claim],
    world: World,
    *,
    matters: Mapping[str, float] | None = None,
    workers: int = 1,
    progress: bool = False,
) -> tuple[tuple[Answer, ...], Found]:
    """Run what the claims need, and return the answers and the runs.

    Args:
        chosen: the claims.
        world: sets, replicates and all else that they share.
        matters: smallest effects that matter, where not those of the outcomes.
        workers: threads; the answers are the same whatever their number.
        progress: show a bar on a terminal.

    Raises:
        InputError: a mechanism of a claim is off throughout.
    """
    check_switchable(chosen, world.switches)
    conditions, outcomes = needed(chosen)
    cells = len(conditions) * len(world.sets) * world.replicates
    bar = tqdm(total=cells, unit="run", file=sys.stderr, disable=None if progress else True, dynamic_ncols=True)
    with bar:
        found = make_runs(world, conditions, outcomes, workers=workers, made=bar.update)
    return answer(chosen, found, matters), found


def needed(chosen: Sequence[Claim]) -> tuple[tuple[Condition, ...], tuple[str, ...]]:
    """Return the conditions that the claims need, each once, and the outcomes to be kept of their runs."""
    conditions = dict.fromkeys(condition for claim in chosen for condition in claim.conditions)
    outcomes = {name for claim in chosen for one in claim.observables for name in one.outcomes}
    return tuple(conditions), tuple(sorted(outcomes))


def answer(chosen: Sequence[Claim], found: Found, matters: Mapping[str, float] | None = None) -> tuple[Answer, ...]:
    """Return what the runs say of the claims."""
    made = []
    for claim in chosen:
        effects = [(one, one.matrix(found.values, found.weights), one.smallest(matters)) for one in claim.observables]
        findings, half, twice = (
            tuple(one.find(matrix, times * smallest, found.weights) for one, matrix, smallest in effects)
            for times in (1.0, 0.5, 2.0)
        )
        verdict, reason = claim.verdict(findings)
        sentence = say(claim, findings[0], reason)
        made.append(Answer(claim, findings, verdict, reason, sentence, _verdicts(claim, half), _verdicts(claim, twice)))
    return tuple(made)


def _verdicts(claim: Claim, findings: tuple[Finding, ...]) -> tuple[str, ...]:
    return (claim.verdict(findings)[0], *(finding.verdict for finding in findings[1:]))


def claims_table(answers: Sequence[Answer], matters: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Return a row a claim and observable, the one that decides first; ``sentence`` in that row alone.

    The verdict of the deciding row is that on the claim; of the others, what each says by itself.
    """
    rows = [_row(one, place, finding, matters) for one in answers for place, finding in enumerate(one.findings)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def read_claims(folder: Path) -> pd.DataFrame:
    """Return the table of claims that lies in a folder."""
    return read_csv(folder / TABLE)


def _row(one: Answer, place: int, finding: Finding, matters: Mapping[str, float] | None) -> dict[str, object]:
    shown, found = one.claim.observables[place], finding.estimate
    decides = place == 0
    return {
        "claim": one.claim.number,
        "title": one.claim.title,
        "contrast": shown.contrast,
        "observable": shown.outcome,
        "unit": shown.shown_unit(),
        "claimed": f"not {_other(shown.claimed)}" if shown.no_worse else shown.claimed,
        "effect": found.difference,
        "chance_low": found.chance_low,
        "chance_high": found.chance_high,
        "sets_low": found.sets_low,
        "sets_high": found.sets_high,
        "sign_share": finding.sign_share,
        "matters": shown.smallest(matters),
        "verdict": one.verdict if decides else finding.verdict,
        "reason": because(shown, one.reason if decides else finding.reason),
        "verdict_at_half": one.at_half[place],
        "verdict_at_twice": one.at_twice[place],
        "assumed": shown.assumed,
        "why_assumed": shown.why_assumed,
        "sets": found.sets,
        "sets_tried": finding.tried,
        "replicates": found.replicates,
        "decides": decides,
        "sentence": one.sentence if decides else "",
    }


def _other(direction: str) -> str:
    return "higher" if direction == "lower" else "lower"
