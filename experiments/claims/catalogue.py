"""The twelve claims, in their order."""

from __future__ import annotations

from functools import cache

from experiments.claims import choices, giving, surroundings
from experiments.claims.claim import Claim
from simulation.errors import InputError, nearest


@cache
def claims() -> tuple[Claim, ...]:
    """Return every claim in the order of its number."""
    return (
        giving.overburden(),
        surroundings.chiefs_aside(),
        giving.too_few(),
        surroundings.labels(),
        surroundings.football_managers(),
        surroundings.funding_gap(),
        choices.fraction_of_the_money(),
        giving.safe_release(),
        choices.part_of_the_solution(),
        giving.gold_dust(),
        choices.partnership_or_trust(),
        surroundings.corporate_context(),
    )


def pick_claims(texts: list[str] | None = None) -> tuple[Claim, ...]:
    """Return the claims of these numbers in their own order; all where None.

    Raises:
        InputError: one is no number of a claim.
    """
    if texts is None:
        return claims()
    known = {str(claim.number): claim for claim in claims()}
    for text in texts:
        if text not in known:
            close = str(min(max(int(text), 1), len(known))) if text.lstrip("-").isdecimal() else text
            raise InputError(f"claims: expected numbers from 1 to {len(known)}, got {text!r}{nearest(close, known)}")
    return tuple(claim for number, claim in known.items() if number in texts)
