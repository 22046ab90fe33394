"""Entries for callers outside Python alone: what Python does with the same rules on objects, done on arrays."""

from __future__ import annotations

from typing import Any

from simulation.compiled.borrowed import borrowed
from simulation.premises import ALL_WHO_MAY
from simulation.rules.marker import uncounted
from simulation.rules.maths import normal_score
from simulation.rules.quantity import days_at, givers_of_same_capacity


def sweep_levers(levers: Any, ranges: Any, quantiles: Any) -> None:
    """Move levers to quantiles of the ranges over which they are swept, as `simulation.draw_levers` does.

    Args:
        levers: records of `ARM_LEVERS`, an arm each.
        ranges: an arm a row: low and high of days per receiver, low and high of days per giver, and whether the number
            of givers moves with those; not-a-number where there is no range. Shape (arms, 5).
        quantiles: of days per receiver and of days per giver.
    """
    levers, ranges, quantiles = borrowed(levers), borrowed(ranges), borrowed(quantiles)
    for number in range(len(levers)):
        sweep_arm(levers[number], ranges[number], quantiles)


def score_shares(shares: Any, scores: Any) -> None:
    """Write the normal score of each of some ``shares``, as councils' deprivation is scored; both of shape (n,)."""
    shares, scores = borrowed(shares), borrowed(scores)
    for place in range(len(shares)):
        scores[place] = normal_score(shares[place])


@uncounted
def sweep_arm(levers: Any, ranges: Any, quantiles: Any) -> None:
    """Move the levers of one arm."""
    if ranges[0] <= ranges[1]:
        levers.days_per_receiver = days_at(ranges[0], ranges[1], quantiles[0])
        levers.delivered = False
    if ranges[2] <= ranges[3]:
        days = days_at(ranges[2], ranges[3], quantiles[1])
        if ranges[4] != 0.0 and levers.givers != ALL_WHO_MAY:
            levers.givers = givers_of_same_capacity(levers.givers, levers.days_per_giver, days)
        levers.days_per_giver = days
