"""Points: what a bet on a share of worlds is worth, by the score of Brier, which honesty makes largest.

A world is drawn by lot. A group that gave a regime the chance p loses the square of 1 - p where that regime does better
there, and the square of p where it does not. What it keeps of 100, on average over all worlds, are its points.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bets import Bet, bets_of, chance_of, groups_of
from rounds import Answer, Round

FULL = 100.0
NO_BET = 75.0
"""Points of a bet of 50, whatever the answer, and of a group that made no bet."""


@dataclass(frozen=True)
class Score:
    """A bet beside its answer.

    Attributes:
        bet: what the group wrote.
        one: the round, with the group's own programme in it where it has one.
        answer: what the model says.
        chance: share of worlds in which the round's regime does better, by the bet.
        points: 0 to 100; NaN where the answer has no share of worlds.
        error: their standard error, from that of the share.
        best: points that the right share would have had.
    """

    bet: Bet
    one: Round
    answer: Answer
    chance: float
    points: float
    error: float
    best: float


@dataclass(frozen=True)
class Total:
    """What a group has over all rounds that were scored.

    Attributes:
        group: its name.
        bets: how many bets it made on them.
        points: mean over the rounds, `NO_BET` where it made no bet.
        error: the most that its standard error can be: the mean of those of the rounds.
        level: whether it cannot be told from the group that leads.
    """

    group: str
    bets: int
    points: float
    error: float
    level: bool = False


def points_of(chance: float, share: float) -> float:
    """Return the points of a bet.

    Args:
        chance: share of worlds in which a regime does better, by the bet.
        share: the one that came out.

    >>> points_of(0.5, 0.9), points_of(1.0, 0.7)
    (75.0, 70.0)
    """
    return FULL * (1.0 - share * (1.0 - chance) ** 2 - (1.0 - share) * chance**2)


def score_bet(bet: Bet, one: Round, answer: Answer) -> Score:
    """Return a bet beside its answer."""
    chance, share = chance_of(bet, one), answer.effect.share
    error = FULL * abs(2.0 * chance - 1.0) * answer.effect.share_error
    return Score(bet, one, answer, chance, points_of(chance, share), error, points_of(share, share))


def totals_of(bets: list[Bet], scores: Sequence[Score]) -> list[Total]:
    """Return each group's mean points over the rounds that were scored, the most first.

    Two groups are level where their points differ by no more than both errors together.
    """
    rounds = sorted({score.bet.round for score in scores if math.isfinite(score.points)})
    totals = []
    for group in groups_of(bets):
        mine = [score for number in rounds for score in scores if score.bet in bets_of(bets, number)]
        mine = [score for score in mine if score.bet.group == group and math.isfinite(score.points)]
        left = NO_BET * (len(rounds) - len(mine))
        points = (sum(score.points for score in mine) + left) / len(rounds) if rounds else math.nan
        error = sum(score.error for score in mine) / len(rounds) if rounds else math.nan
        totals.append(Total(group, len(mine), points, error))
    totals.sort(key=lambda total: -total.points)
    return [_beside(total, totals[0]) for total in totals]


def _beside(total: Total, first: Total) -> Total:
    gap = first.points - total.points
    return Total(total.group, total.bets, total.points, total.error, gap <= first.error + total.error)
