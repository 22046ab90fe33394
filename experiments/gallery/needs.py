"""What a figure needs: results of the right kind that hold something to show; else a sentence says what makes them."""

from __future__ import annotations

from typing import TypeVar

from simulation.errors import InputError

T = TypeVar("T")


def needed(figure: str, results: object, kind: type[T], source: str) -> T:
    """Return ``results`` if they are of the kind that a figure draws.

    Args:
        figure: name of the figure's function.
        results: what was handed in.
        kind: what they must be.
        source: what makes such results, in words.

    Raises:
        InputError: they are of another kind.
    """
    if not isinstance(results, kind):
        raise InputError(
            f"{figure}: expected {kind.__name__}, made by {source}, got an object of type {type(results).__name__}"
        )
    return results


def something(figure: str, there: bool, expected: str, source: str) -> None:
    """Refuse results that hold nothing of what a figure shows.

    Args:
        figure: name of the figure's function.
        there: whether they hold something.
        expected: what they must hold, in words.
        source: the command that makes results which do.

    Raises:
        InputError: they hold nothing.
    """
    if not there:
        raise InputError(f"{figure}: expected results with {expected}, got some without: {source} makes them")
