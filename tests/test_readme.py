"""The README's commands and Python work as they stand, in order, in a copy of the project.

Commands are the lines of its `sh` blocks, and Python is in its `python` blocks. `make setup` and `make test`
are left out, as is what brings a reader to the project and into its environment; commands are found here
without `.venv/bin/`. `make compare` runs with `--quick`, and as `sli compare`, so that the environment under
test is not remade.
"""

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

LEFT_OUT = ("make setup", "make test", "git clone", "cd ", ". .venv/", "source .venv/")
NOT_COPIED = (".*", "__pycache__", "build", "dist", "*.egg-info")
SECONDS = 600


@pytest.fixture(scope="module")
def lines(root: Path) -> list[str]:
    readme = root / "README.md"
    if not readme.is_file():
        pytest.fail("There is no README.md: it must name the commands, in ```sh blocks")
    return readme.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def place(root: Path, tmp_path_factory) -> Path:
    """A copy of the project in which a reader's files may be left."""
    copy = tmp_path_factory.mktemp("reader") / "project"
    patterns = shutil.ignore_patterns(*NOT_COPIED)

    def left_out(folder: str, names: list[str]) -> set[str]:
        return patterns(folder, names) | ({"results"} if Path(folder) == root else set())

    shutil.copytree(root, copy, ignore=left_out)
    if (root / "results" / "example").is_dir():
        shutil.copytree(root / "results" / "example", copy / "results" / "example")
    return copy


def block(lines: list[str], language: str) -> list[str]:
    """The README's lines with all but the blocks of one language blanked, so that line numbers stay."""
    kept, inside = [], False
    for line in lines:
        fence = line.strip().startswith("```")
        kept.append(line if inside and not fence else "")
        if fence:
            inside = not inside and line.strip() == f"```{language}"
    return kept


def commands(lines: list[str]) -> list[str]:
    """The README's commands in order, as they are run here."""
    text = "\n".join(line for line in block(lines, "sh") if not line.lstrip().startswith("#"))
    found = [line.strip() for line in text.replace("\\\n", " ").splitlines() if line.strip()]
    return [as_run(line) for line in found if not f"{line} ".startswith(LEFT_OUT)]


def as_run(command: str) -> str:
    if not f"{command} ".startswith("make compare "):
        return command.replace(".venv/bin/", "")
    given = [word.removeprefix("ARGS=") for word in shlex.split(command)[2:]]
    return " ".join(["sli", "compare", *given, *([] if "--quick" in " ".join(given) else ["--quick"])])


def run(command: list[str], place: Path) -> None:
    environment = os.environ | {"PATH": os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])}
    done = subprocess.run(
        command, cwd=place, env=environment, capture_output=True, text=True, check=False, timeout=SECONDS
    )
    assert done.returncode == 0, f"{command[-1]}\nexit code {done.returncode}\n{done.stdout}\n{done.stderr}"


def test_it_names_the_two_commands(lines):
    shown = [line.strip() for line in block(lines, "sh")]
    assert "make compare" in shown, "The README must show `make compare` on a line of its own in a ```sh block"
    assert "make test" in shown, "The README must show `make test` on a line of its own in a ```sh block"


@pytest.mark.slow
def test_its_commands_and_python_work_in_order(lines, place):
    for command in commands(lines):
        run(["sh", "-c", command], place)
    script = place / "readme.py"
    script.write_text("\n".join(block(lines, "python")) + "\n", encoding="utf-8")
    assert script.read_text(encoding="utf-8").strip(), "The README must show Python in a ```python block"
    run([sys.executable, script.name], place)


@pytest.mark.parametrize(
    ("written", "run_as"),
    [
        ("make compare", "sli compare --quick"),
        ('make compare ARGS="--quick --out mine"', "sli compare --quick --out mine"),
        ('make compare ARGS="--out mine"', "sli compare --out mine --quick"),
        ("sli regimes", "sli regimes"),
        (".venv/bin/sli regimes", "sli regimes"),
    ],
)
def test_a_command_is_run_as_a_reader_would(written, run_as):
    assert commands(["```sh", written, "make test", "# make setup", "```", "```text", "no", "```"]) == [run_as]
