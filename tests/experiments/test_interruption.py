"""Ctrl-C, SIGTERM, a killed process and a full disk: one line, whole files only, and the same command goes on."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

import experiments.report
from benchmarks import killed_often
from experiments.cli import main
from experiments.files.digests import digest
from experiments.results.blocks import BlockFolder
from experiments.studies.comparison.folder import COMPARISON_FILES

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")

ASKED = [
    "--regimes",
    "peer_support",
    "--parity",
    "pounds",
    "--sets",
    "40",
    "--replicates",
    "40",
    "--months",
    "30",
    "--no-claims",
]
SLOW = ["--regimes", "peer_support", "--parity", "pounds", "--sets", "5", "--replicates", "2", "--months", "40"]
SLOW += ["--engine", "mesa"]
LIMITED = (
    "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0})); "
    "from experiments.cli import main; sys.exit(main())"
)


def sli(*words, **more):
    """Start a command in a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "experiments", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **more,
    )


def answers(out):
    """What was printed after the first line, which says what is asked before anything is run."""
    asked, line, rest = out.partition("\n")
    return rest if line and re.match(r"[0-9,]+ councils of (England|your own) from ", asked) else out


def start(out, asked, workers):
    return sli("compare", *asked, "--workers", workers, "--out", out)


def wait_for_a_block(process, out):
    for _ in range(600):
        if list(out.glob("unfinished/blocks/*.npz")):
            return
        assert process.poll() is None, process.communicate()
        time.sleep(0.1)
    raise AssertionError("no block within a minute")


def assert_whole(out):
    """Every file in the folder is a whole one."""
    files = [path for path in out.rglob("*") if path.is_file()]
    assert files
    assert not [path.name for path in files if path.name.endswith(".part")]
    for path in files:
        if path.suffix == ".npz":
            with np.load(path) as block:
                months = BlockFolder(path.parent).raw_file(path.stem, "months")
                assert [months.stat().st_size] == block["sizes of raw arrays"].tolist()


@pytest.fixture
def no_report(monkeypatch):
    monkeypatch.setattr(experiments.report, "write_report", lambda *_, **__: None)


@pytest.fixture
def undisturbed(once, no_report):  # noqa: ARG001  it is there for what it turns off
    """Digests of the tables of the same comparisons, each made in one go."""

    def made(name, asked):
        def make(folder):
            # The files of both engines are the same, so the quick one says what the slow one is to give.
            assert main(["compare", *asked, "--engine", "ensemble", "--workers", "1", "--out", str(folder)]) == 0

        return tables(once(f"undisturbed_{name}", make))

    return {name: made(name, asked) for name, asked in (("ensemble", ASKED), ("mesa", SLOW))}


def tables(out):
    return {name: digest(out / name) for name in COMPARISON_FILES if (out / name).is_file()}


@pytest.mark.slow
@pytest.mark.usefixtures("no_report")
@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize(("engine", "asked"), [("ensemble", ASKED), ("mesa", SLOW)])
def test_ctrl_c_ends_in_one_line_and_the_same_command_goes_on(engine, asked, workers, tmp_path, capsys, undisturbed):
    process = start(tmp_path, asked, workers)
    wait_for_a_block(process, tmp_path)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, answers(out)) == (130, "")
    left = "only whole files are left, and the same command uses those that it can go on from"
    assert err == f"sli: interrupted; {left}\n"
    assert_whole(tmp_path)
    assert main(["compare", *asked, "--workers", workers, "--out", str(tmp_path)]) == 0
    assert "going on from" in capsys.readouterr().err
    assert tables(tmp_path) == undisturbed[engine]


@pytest.mark.slow
@pytest.mark.parametrize("asked", [ASKED, SLOW], ids=["ensemble", "mesa"])
def test_sigterm_ends_in_one_line_and_no_worker_stays(asked, tmp_path):
    process = start(tmp_path, asked, "2")
    wait_for_a_block(process, tmp_path)
    process.terminate()
    # Returns only once every process that holds these pipes has ended.
    out, err = process.communicate(timeout=60)
    assert (process.returncode, answers(out), err.count("\n")) == (143, "", 1)
    assert_whole(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("asked", [ASKED, SLOW], ids=["ensemble", "mesa"])
def test_no_worker_outlives_a_process_that_was_killed(asked, tmp_path):
    process = start(tmp_path, asked, "2")
    wait_for_a_block(process, tmp_path)
    process.kill()
    process.communicate(timeout=60)
    # A process that is killed cannot clear up; what it was writing has a name of its own, and goes with the next call.
    for part in tmp_path.rglob(".*.part"):
        part.unlink()
    assert_whole(tmp_path)


KILLS = 4
"""The hundred are made by benchmarks/killed_often.py; `test_stopped` kills at every point by name."""


@pytest.mark.slow
def test_a_comparison_that_is_killed_at_random_moments_is_that_of_one_go(monkeypatch):
    monkeypatch.setitem(killed_often.OPTIONS, "--sets", "10")
    places, files, differing = killed_often.kill_and_compare(KILLS, seed=3)
    assert places.total() == KILLS
    assert files > len(COMPARISON_FILES) - 4
    assert differing == []


CALIBRATE = ["calibrate", "--until", "2018-10", "--sets", "4000", "--particles", "20"]
INTERRUPTED = "sli: interrupted; only whole files are left, and the same command uses those that it can go on from\n"
COMPILING = "compiling the model for this machine, once: about half a minute\n"
"""What whichever command is first says before."""


def begin(out, asked, workers="2"):
    """Start a command, and wait until it runs."""
    process = sli(*asked, "--workers", workers, "--out", out)
    wait_for_a_block(process, out)
    return process


def members(session):
    """Processes of a session that are still there."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            name, _, rest = path.read_text(encoding="utf-8").rpartition(")")
            state, _, _, their_session = rest.split()[:4]
            if int(their_session) == session and state != "Z":
                found.append(name)
    return found


def wait_until_gone(session):
    """Processes that were killed take a moment to go; one that works on stays longer than this waits."""
    for _ in range(600):
        if not members(session):
            return
        time.sleep(0.1)
    raise AssertionError(f"still running: {members(session)}")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs a list of processes")
@pytest.mark.parametrize(
    ("asked", "times"),
    # Once, to comparisons, is told above.
    [
        *((["compare", *asked], times) for asked in (ASKED, SLOW) for times in (2, 3)),
        *((CALIBRATE, times) for times in (1, 2, 3)),
    ],
    ids=["threads-2", "threads-3", "mesa-2", "mesa-3", "fit-1", "fit-2", "fit-3"],
)
def test_ctrl_c_however_often_ends_it_with_nothing_left_running(asked, times, tmp_path):
    process = begin(tmp_path, asked)
    for _ in range(times):
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.05)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, answers(out), err.removeprefix(COMPILING)) == (130, "", INTERRUPTED)
    wait_until_gone(process.pid)


@pytest.mark.slow
def test_the_second_ctrl_c_does_not_wait_for_a_run_that_takes_long(tmp_path):
    # One run of 1,200 months of 5,000 councils takes seconds, and a thread that runs cannot be broken off.
    rows = (f"c{number:04},north,good,2017-01-31" for number in range(5000))
    (tmp_path / "councils.csv").write_text("\n".join(["code,region,grade,judged_on", *rows, ""]), encoding="utf-8")
    asked = ["compare", "--quick", "--regimes", "peer_support", "--months", "1200", "--workers", "2", "--no-claims"]
    asked += ["--councils", str(tmp_path / "councils.csv"), "--out", str(tmp_path / "out")]
    process = sli(*asked)
    for _ in range(600):
        if (tmp_path / "out" / "unfinished").exists():
            break
        time.sleep(0.1)
    time.sleep(8.0)
    os.killpg(process.pid, signal.SIGINT)
    time.sleep(0.3)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, answers(out), err.removeprefix(COMPILING)) == (130, "", INTERRUPTED)


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.0, 0.7, 2.3, 5.1])
def test_ctrl_c_while_the_model_is_compiled_is_obeyed(seconds, tmp_path):
    """A library may swallow an interruption where it is called back; one that is lost runs on to exit code 0."""
    asked = ["compare", *SLOW[:-2], "--no-claims", "--out", tmp_path / "out"]
    process = sli(*asked, env=os.environ | {"NUMBA_CACHE_DIR": str(tmp_path / "cache")})
    assert process.stderr.readline() == COMPILING
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, answers(out), err.removeprefix(COMPILING)) == (130, "", INTERRUPTED)


@pytest.mark.slow
@pytest.mark.usefixtures("no_report")
def test_a_folder_in_which_a_suspended_process_works_is_refused_with_and_without_force(tmp_path, capsys, undisturbed):
    process = start(tmp_path, ASKED, "1")
    wait_for_a_block(process, tmp_path)
    os.killpg(process.pid, signal.SIGSTOP)
    try:
        before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        # Another design by force, and the same, must leave the folder to the one that has it.
        for asked in (ASKED, SLOW, [*SLOW, "--force"], [*ASKED, "--force"]):
            assert main(["compare", *asked, "--out", str(tmp_path)]) == 2
            said = capsys.readouterr().err
            assert f"got one that process {process.pid} on " in said
            assert said.count("\n") == 1
        assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    finally:
        os.killpg(process.pid, signal.SIGCONT)
    process.communicate(timeout=300)
    assert process.returncode == 0
    # This process draws no report.
    assert {name: tables(tmp_path)[name] for name in undisturbed["ensemble"]} == undisturbed["ensemble"]


@pytest.mark.slow
@pytest.mark.usefixtures("no_report")
@pytest.mark.parametrize(("engine", "bytes_a_file"), [("ensemble", 20_000), ("ensemble", 300_000), ("mesa", 100_000)])
def test_a_full_disk_is_told_in_one_line_and_the_same_command_goes_on(engine, bytes_a_file, tmp_path, undisturbed):
    command = ["compare", *SLOW[:-1], engine, "--workers", "2", "--out", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-c", LIMITED.format(bytes_a_file), *command], capture_output=True, text=True, check=False
    )
    assert (done.returncode, answers(done.stdout)) == (2, "")
    assert done.stderr == "sli: cannot write the results: File too large\n"
    assert_whole(tmp_path)
    assert main(command) == 0
    assert tables(tmp_path) == undisturbed["mesa"]
