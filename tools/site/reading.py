"""How long a page takes to read, and how that is said on it."""

from __future__ import annotations

import math
import re

WORDS_A_MINUTE, CODE_WORDS_A_MINUTE = 220, 100
MOST_MINUTES = 10
"""Minutes that a page may take without a reason."""
SHORT = 2
"""Minutes that need no mention."""
_FRONT = re.compile(r"\A---\n.*?^---\n", re.MULTILINE | re.DOTALL)
_FENCED = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_REASON = re.compile(r"^<!-- long: (.+) -->$", re.MULTILINE)
_TITLE = re.compile(r"^# .+\n", re.MULTILINE)


def reading_minutes(page: str) -> int:
    """Return how many minutes a page takes to read; its tables are looked up, and do not count."""
    text = _FRONT.sub("", page)
    code = " ".join(_FENCED.findall(text))
    prose = "\n".join(line for line in _FENCED.sub("", text).splitlines() if not line.startswith(("|", "<!--")))
    return max(1, math.ceil(len(prose.split()) / WORDS_A_MINUTE + len(code.split()) / CODE_WORDS_A_MINUTE))


def reason_for_length(page: str) -> str:
    """Return why a page is as long as it is, as its line ``<!-- long: why -->`` says; empty where there is none."""
    found = _REASON.search(page)
    return found[1] if found else ""


def reading_line(page: str) -> str:
    """Return a page with its reading time below its title, and its reason where it has one; short pages stay."""
    minutes, reason = reading_minutes(page), reason_for_length(page)
    if minutes <= SHORT or "kernelspec:" in page:
        return page
    said = f"*{minutes} minutes to read{f': {reason}' if reason else ''}*"
    return _TITLE.sub(lambda title: f"{title[0]}\n{said}\n", page, count=1)
