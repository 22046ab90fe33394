"""Environments meant for other programs, closed streams, packages in the way: `sli` works, or says what is wrong."""

import os
import subprocess
import sys

import pytest

from experiments.cli import main
from experiments.files.whole import read_csv

START = "import sys; from sli_entry import main; sys.exit(main())"
RUN = ["run", "--regime", "none", "--months", "2", "--out"]
QUICK = ["compare", "--quick", "--months", "2", "--regimes", "none", "--out"]


def sli(*arguments, streams="", **settings):
    """Run ``sli`` in a process of its own, its streams redirected as a shell would."""
    command = [sys.executable, "-P", "-c", START, *map(os.fspath, arguments)]
    if streams:
        command = ["sh", "-c", f'"$@" {streams}', "sh", *command]
    environment = {**os.environ, **{name: os.fspath(value) for name, value in settings.items()}}
    return subprocess.run(command, env=environment, capture_output=True, check=False)


def test_without_a_stream_for_errors_all_is_made(tmp_path):
    done = sli(*QUICK, tmp_path / "out", streams="2>&-")
    assert done.returncode == 0
    assert b"report: " in done.stdout
    assert (tmp_path / "out" / "report.html").exists()


@pytest.mark.parametrize("streams", [">&-", ">&- 2>&-"])
def test_without_a_stream_for_output_all_is_made(tmp_path, streams):
    assert sli(*RUN, tmp_path / "out", streams=streams).returncode == 0
    assert len(read_csv(tmp_path / "out" / "months.csv")) == 2


def test_without_a_stream_for_errors_bad_input_still_ends_in_2():
    assert sli("run", streams="2>&-").returncode == 2


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_what_a_narrow_output_cannot_show_is_replaced(tmp_path, encoding):
    done = sli(*RUN, tmp_path / "Łódź", PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert b"/?" in done.stdout
    assert (tmp_path / "Łódź" / "run.png").exists()


@pytest.mark.parametrize(
    ("name", "file"), [("simulation", "simulation.py"), ("experiments", "experiments/__init__.py")]
)
def test_a_package_in_the_way_is_named(tmp_path, name, file):
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text("", "utf-8")
    done = sli("--version", PYTHONPATH=tmp_path)
    said = f"sli: {tmp_path / file}: expected this project's own {name} under this name, got another; rename it, or"
    assert done.returncode == 2
    assert done.stderr.decode().startswith(said)
    assert done.stderr.count(b"\n") == 1


def test_a_folder_of_that_name_without_a_package_is_not_in_the_way(tmp_path):
    (tmp_path / "experiments").mkdir()
    assert sli("--version", PYTHONPATH=tmp_path).returncode == 0


def test_a_module_beside_python_m_is_named(tmp_path):
    (tmp_path / "simulation.py").write_text("", "utf-8")
    command = [sys.executable, "-m", "experiments", "--version"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert str(tmp_path / "simulation.py") in done.stderr


def test_without_numbas_compiler_one_sentence_is_said_before_the_folder_is_touched(tmp_path, monkeypatch, capsys):
    mesa = [*QUICK[:-1], "--engine", "mesa", "--workers", "1", QUICK[-1]]
    said = "sli: NUMBA_DISABLE_JIT: expected it unset, for luck and runs are compiled by what"
    for command in (QUICK, mesa):
        done = sli(*command, tmp_path / "out", NUMBA_DISABLE_JIT="1")
        assert done.returncode == 2
        assert done.stderr.startswith(said.encode())
        assert done.stderr.count(b"\n") == 1
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")
    for command in (RUN, ["knockout", "--out"], ["validate", "--out"], ["rigging", "--out"]):
        assert main([*command, str(tmp_path / "out")]) == 2
        error = capsys.readouterr().err
        assert error.startswith(said)
        assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_folder_whose_name_is_no_utf_8_is_refused_at_once(tmp_path):
    done = sli(*QUICK, os.fsencode(tmp_path) + b"/r\xe9s")
    assert done.returncode == 2
    assert b"--out: expected a name in UTF-8 without control characters" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_notebooks_backend_changes_no_figure(tmp_path):
    for name, settings in {"plain": {}, "notebook": {"MPLBACKEND": "inline"}}.items():
        assert sli(*RUN, tmp_path / name, **settings).returncode == 0
    pictures = {(tmp_path / name / "run.png").read_bytes() for name in ("plain", "notebook")}
    assert len(pictures) == 1
