"""The twelve claims, in their order."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from experiments.studies.claims import choices, giving, surroundings
from experiments.studies.claims.claim import Claim
from simulation.errors import InputError, nearest, shown
from simulation.switches import Switches


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
            raise InputError(
                f"claims: expected numbers from 1 to {len(known)}, got {shown(text)}{nearest(close, known)}"
            )
    return tuple(claim for number, claim in known.items() if number in texts)


def switchable(candidates: Iterable[Claim], switches: Switches) -> tuple[Claim, ...]:
    """Return the claims of which no mechanism is off throughout."""
    return tuple(claim for claim in candidates if not any(map(switches.off, claim.switches)))


def check_switchable(candidates: Iterable[Claim], switches: Switches) -> None:
    """Refuse claims of which a mechanism is off throughout: switching it would change nothing.

    Raises:
        InputError: there is such a claim.
    """
    for claim in candidates:
        for name in claim.switches:
            if switches.off(name):
                raise InputError(
                    f"claim {claim.number} ({claim.title}) is tested by switching {name} on and off: "
                    f"expected {name}=on, got {name}=off (or leave the claim out with --claims)"
                )
