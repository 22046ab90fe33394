"""Links of a page, told anew for the place that the page has on the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

_LINK = re.compile(r"(?P<text>!?\[(?:[^\[\]]|\[[^\]]*\])*\])\((?P<path>[^)\s#]*)(?P<part>#[^)\s]*)?\)")
_ELSEWHERE = re.compile(r"[a-z]+:")
EXPLORER = "explorer.html"
"""The explorer's page, at the site's root: it is no page of Sphinx's, and keeps its setting behind the number sign."""


def retarget(text: str, origin: str, place: str, place_of: Callable[[str], str]) -> str:
    """Return a page's text with every link told from where the page is staged; what stands in code stays.

    Args:
        text: the page, in Markdown.
        origin: the page's path in the project.
        place: its path among the staged pages.
        place_of: gives the staged path of a file of the project.
    """

    def told(match: re.Match[str]) -> str:
        path, part = match["path"], match["part"] or ""
        if not path or _ELSEWHERE.match(path):
            return match[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(origin), path))
        if posixpath.basename(target) == EXPLORER:
            up = posixpath.relpath(EXPLORER, posixpath.dirname(place) or ".")
            return f'<a href="{up}{part}">{match["text"][1:-1]}</a>'
        there = posixpath.relpath(place_of(target), posixpath.dirname(place) or ".")
        return f"{match['text']}({there}{part})"

    return _outside_code(text, lambda prose: _LINK.sub(told, prose))


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    """Return a text with all that stands outside fenced code changed; directives of three colons are not code."""
    pieces, end = [], 0
    for fence in re.finditer(r"^(?P<mark>`{3,})[^\n]*\n.*?^(?P=mark)[ ]*$", text, re.MULTILINE | re.DOTALL):
        pieces += [change(text[end : fence.start()]), fence[0]]
        end = fence.end()
    return "".join((*pieces, change(text[end:])))
