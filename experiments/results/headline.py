"""Which two regimes the headline of a comparison is about."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.text.names import NOTHING, PARTNERS, PEERS


def headline(regimes: Sequence[str]) -> tuple[str, str] | None:
    """Return the regime that the answer is about and what it is set against; None where there is only no programme.

    Broad peer support against Partners in Practice, else the first that is no baseline; the partners against no
    programme where there is no other. Chosen by name, never by its result: the best of many by luck would look better
    than it is.

    >>> headline(["none", "partners_in_practice", "hybrid"])
    ('hybrid', 'partners_in_practice')
    """
    others = [name for name in regimes if name not in (NOTHING, PARTNERS)]
    if others:
        return (PEERS if PEERS in others else others[0], PARTNERS)
    return (PARTNERS, NOTHING) if PARTNERS in regimes else None
