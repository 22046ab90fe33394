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
from experiments.compare import FILES
from experiments.files import digest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")

ASKED = ["--regimes", "peer_support", "--parity", "pounds", "--sets", "5", "--replicates", "2", "--months", "40"]
LIMITED = (
    "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0})); "
    "from experiments.cli import main; sys.exit(main())"
)


def start(out, *more):
    command = [sys.executable, "-m", "experiments.compare", *ASKED, *more, "--out", str(out)]
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
        if path.suffix in {".npy", ".npz"}:
            np.load(path)


@pytest.fixture
def no_report(monkeypatch):
    monkeypatch.setattr(experiments.report, "write_report", lambda _: None)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """Digests of the tables of the same comparison, made in one go."""
    out = tmp_path_factory.mktemp("undisturbed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(experiments.report, "write_report", lambda _: None)
        assert main(["compare", *ASKED, "--workers", "1", "--out", str(out)]) == 0
    return tables(out)


def tables(out):
    return {name: digest(out / name) for name in FILES if (out / name).is_file()}


@pytest.mark.slow
@pytest.mark.usefixtures("no_report")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_ends_in_one_line_and_the_same_command_goes_on(workers, tmp_path, capsys, undisturbed):
    process = start(tmp_path, "--workers", workers)
    wait_for_a_block(process, tmp_path)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert err == "sli: interrupted; only whole files are left, and the same command goes on from them\n"
    assert_whole(tmp_path)
    assert main(["compare", *ASKED, "--workers", workers, "--out", str(tmp_path)]) == 0
    assert "going on from" in capsys.readouterr().err
    assert tables(tmp_path) == undisturbed


@pytest.mark.slow
def test_sigterm_ends_in_one_line_and_no_worker_stays(tmp_path):
    process = start(tmp_path, "--workers", "2")
    wait_for_a_block(process, tmp_path)
    process.terminate()
    # Returns only once every process that holds these pipes has ended.
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.count("\n")) == (143, "", 1)
    assert_whole(tmp_path)


@pytest.mark.slow
def test_no_worker_outlives_a_process_that_was_killed(tmp_path):
    process = start(tmp_path, "--workers", "2")
    wait_for_a_block(process, tmp_path)
    process.kill()
    process.communicate(timeout=60)
    assert_whole(tmp_path)


@pytest.mark.slow
@pytest.mark.usefixtures("no_report")
@pytest.mark.parametrize("bytes_a_file", [20_000, 100_000])
def test_a_full_disk_is_told_in_one_line_and_the_same_command_goes_on(bytes_a_file, tmp_path, undisturbed):
    command = ["compare", *ASKED, "--workers", "2", "--out", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-c", LIMITED.format(bytes_a_file), *command], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "sli: cannot write the results: File too large\n"
    assert_whole(tmp_path)
    assert main(command) == 0
    assert tables(tmp_path) == undisturbed
