"""Ctrl-C, SIGTERM, a killed process and a full disk: one line, whole files only, and the same command goes on."""

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

import experiments.report
from experiments.cli import main
from experiments.files.digests import digest
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


def start(out, asked, workers):
    command = [
        sys.executable,
        "-m",
        "experiments",
        "compare",
        *asked,
        "--workers",
        workers,
        "--out",
        str(out),
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def wait_for_a_block(process, out):
    for _ in range(600):
        if list(out.glob("blocks/*.npz")):
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
                months = path.with_name(f"{path.stem}-months.bin")
                assert months.stat().st_size == block["size_of_months"]


@pytest.fixture
def no_report(monkeypatch):
    monkeypatch.setattr(experiments.report, "write_report", lambda *_, **__: None)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """Digests of the tables of the same comparisons, each made in one go."""
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(experiments.report, "write_report", lambda *_, **__: None)
        for name, asked in {"ensemble": ASKED, "mesa": SLOW}.items():
            out = tmp_path_factory.mktemp(name)
            # The files of both engines are the same, so the quick one says what the slow one is to give.
            assert main(["compare", *asked, "--engine", "ensemble", "--workers", "1", "--out", str(out)]) == 0
            found[name] = tables(out)
    return found


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
    assert (process.returncode, out) == (130, "")
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
    assert (process.returncode, out, err.count("\n")) == (143, "", 1)
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


@pytest.mark.slow
@pytest.mark.usefixtures("no_report")
@pytest.mark.parametrize(("engine", "bytes_a_file"), [("ensemble", 20_000), ("ensemble", 300_000), ("mesa", 100_000)])
def test_a_full_disk_is_told_in_one_line_and_the_same_command_goes_on(engine, bytes_a_file, tmp_path, undisturbed):
    command = ["compare", *SLOW[:-1], engine, "--workers", "2", "--out", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-c", LIMITED.format(bytes_a_file), *command], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "sli: cannot write the results: File too large\n"
    assert_whole(tmp_path)
    assert main(command) == 0
    assert tables(tmp_path) == undisturbed["mesa"]
