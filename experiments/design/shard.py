"""A shard: which part of a comparison's blocks one of several machines makes."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.errors import InputError, shown, whole

MOST_SHARDS = 100_000


@dataclass(frozen=True)
class Shard:
    """Which part of the blocks: number ``place`` of ``of``, from 1."""

    place: int
    of: int

    def __post_init__(self) -> None:
        """Refuse a part that there is not."""
        whole("shards", self.of, 1, MOST_SHARDS)
        whole("shard", self.place, 1, self.of)

    def __str__(self) -> str:
        return f"{self.place}/{self.of}"


def parse_shard(text: str) -> Shard:
    """Return the shard of a text such as ``3/40``.

    Raises:
        InputError: it is no such text.
    """
    place, slash, of = text.partition("/")
    if not (slash and place.isdecimal() and of.isdecimal()):
        raise InputError(f"--shard: expected a number of so many, such as 3/40, got {shown(text)}")
    return Shard(int(place), int(of))
