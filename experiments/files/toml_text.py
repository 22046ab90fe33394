"""Plain values as the text of a TOML file, which `simulation.toml_files.read_toml` gives back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_text(content: Mapping[str, object], heading: str = "") -> str:
    """Return values as TOML: those of a name first, then tables, then lists of tables; what is None is left out.

    >>> print(toml_text({"sets": 16, "vary": {"*.share": [0.5, 1.0]}}), end="")
    sets = 16
    <BLANKLINE>
    [vary]
    "*.share" = [0.5, 1.0]

    Args:
        content: numbers, texts, truth values, lists of them, and tables of these.
        heading: comment above them, in lines.
    """
    lines = [f"# {line}".rstrip() for line in heading.splitlines()]
    return "\n".join([*lines, *_lines(content)]).lstrip("\n") + "\n"


def _lines(content: Mapping[str, object]) -> Iterator[str]:
    there = {name: value for name, value in content.items() if value is not None}
    tables = {name: value for name, value in there.items() if isinstance(value, Mapping)}
    lists = {name: value for name, value in there.items() if _is_tables(value)}
    for name, value in there.items():
        if name not in tables and name not in lists:
            yield f"{_key(name)} = {_value(value)}"
    for name, table in tables.items():
        yield from ("", f"[{_key(name)}]", *_lines(table))
    for name, several in lists.items():
        for table in several if isinstance(several, Sequence) else ():
            yield from ("", f"[[{_key(name)}]]", *_lines(table))


def _is_tables(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    return repr(value)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
