"""A page for every command of `sli`, from the command itself."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Any

from typer.main import get_command

from experiments.cli import app
from experiments.text.pages import table

COMMANDS = "look_up/commands"
_SIGNS = re.compile(r"([*<_\[])")
_OPTION = re.compile(r"(?<![\w-])(--[a-z]+(?:-[a-z]+)*)")
_EXIT_CODES = (
    "A command ends with exit code 0 where all is well, and 1 where a run failed. It ends with 2, and one sentence, "
    "where what it was given is not as it should be."
)


def command_pages() -> dict[str, str]:
    """Return the text of every command's page, and of their index, by staged path."""
    # Typer hands out click's group, whose commands have no types here.
    group: Any = get_command(app)
    commands: dict[str, Any] = dict(group.commands)
    pages = {f"{COMMANDS}/{name}.md": _page(name, command) for name, command in commands.items()}
    rows = ((f"[`sli {name}`](commands/{name}.md)", _summary(command)) for name, command in commands.items())
    names = "\n".join(f"commands/{name}" for name in commands)
    index = (
        f"# Commands\n\n{_EXIT_CODES}\n\n{table(('Command', 'What it does'), rows)}\n"
        f"```{{toctree}}\n:hidden:\n\n{names}\n```\n"
    )
    return pages | {f"{COMMANDS}.md": index}


def _summary(command: Any) -> str:  # noqa: ANN401  a command of click's
    return _paragraphs(command)[0].removesuffix(".")


def _paragraphs(command: Any) -> list[str]:  # noqa: ANN401  as above
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", command.help or "") if part.strip()]


def _page(name: str, command: Any) -> str:  # noqa: ANN401  as above
    context = command.make_context(f"sli {name}", [], resilient_parsing=True)
    usage = " ".join(command.get_usage(context).removeprefix("Usage: ").split())
    rows = [record for parameter in command.get_params(context) if (record := parameter.get_help_record(context))]
    parts = [f"# sli {name}", *_paragraphs(command), f"```text\n{usage}\n```"]
    heads = ("Argument or option", "What it does")
    parts.append(table(heads, ((f"`{option}`", _words(said)) for option, said in rows)))
    return "\n\n".join(parts)


def _words(text: str) -> str:
    """Return a help text in which options stand as code, and no sign is taken for one of Markdown's."""
    parts = " ".join(text.split()).split("`")
    outside, inside = parts[::2], parts[1::2]
    told = [_OPTION.sub(r"`\1`", _SIGNS.sub(r"\\\1", part)) for part in outside]
    return "".join(f"{before}{f'`{code}`' if code else ''}" for before, code in zip_longest(told, inside, fillvalue=""))
