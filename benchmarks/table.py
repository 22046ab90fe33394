"""How results are shown: Markdown tables, and the page that keeps them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table: names on the left, numbers on the right."""
    lines = ["| " + " | ".join(head) + " |"]
    lines.append("| " + " | ".join("---" if k == 0 else "---:" for k in range(len(head))) + " |")
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def milliseconds(seconds: float) -> str:
    """Return seconds as milliseconds."""
    return f"{1e3 * seconds:.2f}"


def verdict(met: bool) -> str:  # noqa: FBT001  the one thing it is about
    """Return whether a target is met."""
    return "met" if met else "**not met**"


def keep(page: Path, name: str, text: str) -> None:
    """Write ``text`` into the page between the markers of ``name``.

    Raises:
        ValueError: the page has no such markers.
    """
    block = re.compile(rf"(<!-- bench: {re.escape(name)} -->\n).*?(<!-- end -->)", re.DOTALL)
    content = page.read_text(encoding="utf-8")
    if not block.search(content):
        raise ValueError(f"{page.name}: expected '<!-- bench: {name} -->' and '<!-- end -->', found neither")
    page.write_text(block.sub(lambda found: found[1] + text.rstrip("\n") + "\n" + found[2], content), encoding="utf-8")
