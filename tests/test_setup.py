"""Setting up says in one sentence what it cannot do, and never removes what it did not make."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(shutil.which("sh") is None, reason="there is no shell here")


def setup(root: Path, python: Path | str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = ["sh", str(root / "tools" / "setup.sh"), str(python), str(folder)]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def is_refused(done: subprocess.CompletedProcess[str], sentence: str) -> bool:
    return (done.returncode, done.stdout, done.stderr) == (2, "", sentence + "\n")


def test_an_old_python_is_refused(root, tmp_path):
    old = tmp_path / "python"
    old.write_text("#!/bin/sh\ncase $2 in *print*) echo 3.9.6 ;; *) exit 1 ;; esac\n", encoding="utf-8")
    old.chmod(0o755)
    sentence = f"{old} is Python 3.9.6, but 3.11 or newer is needed, for example: PYTHON=python3.13 make setup"
    assert is_refused(setup(root, old, tmp_path / "made"), sentence)
    assert not (tmp_path / "made").exists()


def test_a_python_that_is_not_there_is_refused(root, tmp_path):
    sentence = "There is no command python3.99; name a Python 3.11 or newer, for example: "
    sentence += "PYTHON=python3.13 make setup"
    assert is_refused(setup(root, "python3.99", tmp_path / "made"), sentence)


def test_a_folder_that_is_no_environment_is_left_alone(root, tmp_path):
    mine = tmp_path / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    sentence = f"{tmp_path} exists and is not a Python environment; name another: make VENV=.venv-mine setup"
    assert is_refused(setup(root, sys.executable, tmp_path), sentence)
    assert mine.read_text(encoding="utf-8") == "mine"


def test_an_environment_of_this_python_and_lock_is_not_touched(root, tmp_path):
    made = tmp_path / "made"
    (made / "bin").mkdir(parents=True)
    (made / "bin" / "python").symlink_to(sys.executable)
    (made / "stamp").write_text(stamp(root), encoding="utf-8")
    before = sorted(made.rglob("*"))
    assert setup(root, sys.executable, made).returncode == 0
    assert sorted(made.rglob("*")) == before


def stamp(root: Path) -> str:
    """What the stamp of an environment made just now would say."""
    shown = "import platform as p; print(p.python_implementation(), p.python_version(), p.machine(), end='')"
    build = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True).stdout
    lock, project = (checksum(root / name) for name in ("requirements.lock", "pyproject.toml"))
    return f"{build}, lock {lock}, project {project}\n"


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return subprocess.run(["cksum"], stdin=file, capture_output=True, text=True, check=True).stdout.strip()
