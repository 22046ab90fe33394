"""How results are shown, and the page that keeps them."""

from __future__ import annotations

from pathlib import Path

from experiments.text.pages import Slots

SLOTS = Slots("bench")
PAGE = Path(__file__).resolve().parents[1] / "docs" / "look_up" / "performance.md"


def milliseconds(seconds: float) -> str:
    """Return seconds as milliseconds."""
    return f"{1e3 * seconds:.2f}"


def target_verdict(met: bool) -> str:  # noqa: FBT001  the one thing it is about
    """Return whether a target is met."""
    return "met" if met else "**not met**"
