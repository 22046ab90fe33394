"""What the documents show, and how it is followed: fenced blocks, files to save, commands and Python."""

import io
import os
import re
import shlex
import subprocess
import sysconfig
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from experiments.cli import main

FENCED = re.compile(r"^```([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
NOT_RUN_HERE = ("make ", ". .venv/")
SECONDS = 300
GUIDES = (
    "install",
    "compare",
    "part_of_england",
    "change_a_number",
    "own_regime",
    "own_councils",
    "explore",
    "cite",
    "read_in_python",
)
"""The short guides in docs/do, in the order in which they are followed: later ones read what earlier ones left."""


def blocks(page: str, language: str) -> list[str]:
    return [body for kind, body in FENCED.findall(page) if kind == language]


def without_blocks(page: str) -> str:
    return FENCED.sub("", page)


def saved_files(page: str) -> dict[str, str]:
    """The files that a page asks to save: name and content."""
    found = {}
    for block in FENCED.finditer(page):
        if block[1] in {"toml", "csv"}:
            found[re.findall(r"Save this as `([^`]+)`", page[: block.start()])[-1]] = block[2]
    return found


def commands_to_run(page: str) -> list[str]:
    lines = [line.strip() for block in blocks(page, "sh") for line in block.splitlines()]
    return [line for line in lines if line and not f"{line} ".startswith(NOT_RUN_HERE)]


def run(command: list[str], place: Path) -> str:
    """What a command prints; it has to end well."""
    environment = os.environ | {"PATH": os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])}
    done = subprocess.run(
        command, cwd=place, env=environment, capture_output=True, text=True, check=False, timeout=SECONDS
    )
    assert done.returncode == 0, f"{command[-1]}\nexit code {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def follow(command: str) -> str:
    """What a line of a page prints: a command of `sli` in this process, anything that needs a shell in one."""
    words = shlex.split(command, comments=True)
    if words[0] != "sli" or set(words) & set("<>|"):
        return run(["sh", "-c", command], Path.cwd())
    printed, said = io.StringIO(), io.StringIO()
    with redirect_stdout(printed), redirect_stderr(said):
        code = main(words[1:])
    assert code == 0, f"{command}\nexit code {code}\n{printed.getvalue()}\n{said.getvalue()}"
    return printed.getvalue()
