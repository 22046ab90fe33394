"""`sli lessons`: what it copies, what it leaves, and how it opens and ends Jupyter."""

import errno
import json
import os
import re
import signal
import subprocess
import sys
import threading
from types import SimpleNamespace

import pytest

from experiments.commands import lessons
from experiments.lessons import copies


@pytest.fixture
def jupyter(monkeypatch):
    """Takes Jupyter's place: the commands that it was started with."""
    started = []

    class Fake:
        """A process that ends at once."""

        code, waited, told = 0, 0, 0

        def __init__(self, command):
            started.append(command)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def terminate(self):
            Fake.told += 1

        def wait(self):
            Fake.waited += 1
            if Fake.code == "interrupt" and Fake.waited == 1:
                raise KeyboardInterrupt
            return 0 if Fake.code == "interrupt" else Fake.code

    monkeypatch.setattr(lessons, "subprocess", SimpleNamespace(Popen=Fake))
    Fake.started = started
    return Fake


def test_lessons_are_copied_and_opened(sli, tmp_path, jupyter):
    code, out, err = sli("lessons", tmp_path / "mine")
    assert (code, err) == (0, "")
    assert out.startswith(f"{tmp_path / 'mine'}: 9 files written, 0 there already\n")
    assert len(list((tmp_path / "mine").glob("*.ipynb"))) == 8
    [command] = jupyter.started
    assert command == [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={tmp_path / 'mine'}", "-y"]


def test_ctrl_c_ends_jupyter_and_is_no_failure(sli, tmp_path, jupyter):
    jupyter.code = "interrupt"
    code, out, err = sli("lessons", tmp_path)
    assert (code, err) == (0, "")
    assert out.endswith("Jupyter has ended; your lessons are as they were last saved\n")
    assert (jupyter.told, jupyter.waited) == (1, 2)


def test_jupyter_that_fails_is_told_by_the_exit_code(sli, tmp_path, jupyter):
    jupyter.code = 3
    assert sli("lessons", tmp_path)[0] == 1


def test_nothing_is_opened_where_it_is_not_wanted(sli, tmp_path, jupyter):
    code, out, _ = sli("lessons", tmp_path, "--no-jupyter", "--text")
    assert (code, jupyter.started) == (0, [])
    assert len(list(tmp_path.glob("0*.md"))) == 8
    assert out.count("\n") == 1


def test_what_was_changed_is_named_and_stays(sli, tmp_path):
    sli("lessons", tmp_path, "--no-jupyter")
    own = tmp_path / "02_two_regimes.ipynb"
    own.write_text("{}", encoding="utf-8")
    code, out, _ = sli("lessons", tmp_path, "--no-jupyter")
    assert code == 0
    assert "0 files written, 8 there already" in out
    assert "for they were changed: 02_two_regimes.ipynb (--force replaces them)" in out
    assert own.read_text(encoding="utf-8") == "{}"
    assert "1 files written" in sli("lessons", tmp_path, "--no-jupyter", "--force")[1]
    assert own.stat().st_size > 1000


def test_without_the_extra_they_are_copied_as_text(sli, tmp_path, monkeypatch, jupyter):
    monkeypatch.setattr(copies, "find_spec", lambda _: None)
    code, out, err = sli("lessons", tmp_path)
    assert (code, jupyter.started) == (0, [])
    assert "9 files written" in out
    assert err.startswith("Jupyter is not installed: pip install 'sector-led-improvement[lessons]'")
    assert err.count("\n") == 1
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".md"] * 9


def test_they_are_listed(sli, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, _ = sli("lessons", "--list")
    assert code == 0
    assert re.findall(r"^(\d)  +\d+ minutes  .+\?$", out, re.MULTILINE) == list("12345678")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_is_told_in_a_sentence(sli, tmp_path):
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    code, out, err = sli("lessons", tmp_path / "mine", "--no-jupyter")
    assert (code, out) == (2, "")
    assert err == f"sli: cannot use {tmp_path / 'mine'}: {os.strerror(errno.ENOTDIR)}\n"


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("when", ["extension was successfully linked", "http://127.0.0.1"])
def test_jupyter_itself_opens_the_folder_and_ends_at_ctrl_c(tmp_path, when):
    config = {"ServerApp": {"allow_root": True, "open_browser": False}}
    (tmp_path / "jupyter_server_config.json").write_text(json.dumps(config), encoding="utf-8")
    places = {"JUPYTER_CONFIG_DIR": tmp_path, "JUPYTER_RUNTIME_DIR": tmp_path / "runtime"}
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "experiments", "lessons", str(tmp_path / "mine")],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        env=os.environ | {name: str(place) for name, place in places.items()},
    )
    guard = threading.Timer(120, os.killpg, (process.pid, signal.SIGKILL))
    guard.start()
    with process:
        said = []
        for line in process.stdout:
            said.append(line)
            if when in line:
                os.killpg(process.pid, signal.SIGINT)
                break
        said += process.stdout.readlines()
    guard.cancel()
    assert process.returncode == 0, "".join(said)
    assert said[-1] == "Jupyter has ended; your lessons are as they were last saved\n"
    assert "Traceback" not in "".join(said)
    if when.startswith("http"):
        assert f"Serving notebooks from local directory: {tmp_path / 'mine'}" in "".join(said)
