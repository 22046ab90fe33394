"""A cluster: the same bytes as here, whatever dies, and one sentence where it cannot go on."""

import importlib
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from distributed import Client

from experiments.cli import main
from experiments.design.design import make_design
from experiments.files.digests import digest, model_digest
from experiments.running import cluster
from experiments.running.cluster import on_cluster
from experiments.running.maker import Task
from experiments.studies.comparison.compare import compare_regimes
from simulation import Director, OwnOutcome, SectorModel
from simulation.errors import InputError

DESIGN = make_design(regimes=["hybrid"], parities=["pounds"], sets=48, replicates=2, months=40, seed=3)
ASKED = ["--regimes", "hybrid", "--parity", "pounds", "--sets", "48", "--replicates", "2", "--months", "40"]
ASKED += ["--seed", "3", "--start", "2018-04", "--no-claims"]
QUIET = {**os.environ, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "3s"}


def dask(*words):
    """Start a program of Dask's."""
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=QUIET,
        start_new_session=True,
    )


def end(process):
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def scheduler(place):
    """A scheduler on loopback and its address."""
    note = place / "scheduler.json"
    process = dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(note))
    try:
        for _ in range(600):
            if note.exists() and note.read_text(encoding="utf-8").rstrip().endswith("}"):
                break
            assert process.poll() is None
            time.sleep(0.1)
        with Client(scheduler_file=str(note), set_as_default=False) as client:
            address = client.scheduler.address
        yield process, address
    finally:
        end(process)


@contextmanager
def workers(address, number):
    """So many workers, each a process without a guard that would start it again."""
    options = ("--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard", "--no-nanny", "--death-timeout", "60")
    processes = [dask("worker", address, *options) for _ in range(number)]
    try:
        yield processes
    finally:
        for process in processes:
            end(process)


def digests(folder):
    return {path.name: digest(path) for path in sorted(folder.glob("*.parquet")) + sorted(folder.glob("*.csv"))}


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """The digests of the comparison made by one thread of this process."""
    return digests(compare_regimes(DESIGN, tmp_path_factory.mktemp("here") / "out", report=False).folder)


def compare_there(address, out):
    """Start the same comparison on a cluster."""
    return subprocess.Popen(
        [sys.executable, "-m", "experiments", "compare", *ASKED, "--cluster", address, "--out", str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=QUIET,
        start_new_session=True,
    )


def wait_for_blocks(process, out, number=1):
    for _ in range(1200):
        if len(list(out.glob("unfinished/blocks/*.npz"))) >= number:
            return
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    raise AssertionError("no block within a minute")


@pytest.mark.slow
def test_workers_that_this_command_starts_give_the_same_bytes_and_are_gone_after_it(here, tmp_path, capfd):
    code = main(["compare", *ASKED, "--cluster", "local:2", "--out", str(tmp_path / "out")])
    assert (code, digests(tmp_path / "out")) == (0, here)
    assert "distributed" not in capfd.readouterr().err
    assert cluster.cluster_at_hand() is None


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_worker_killed_in_the_middle_is_survived_and_one_that_comes_late_is_used(here, tmp_path):
    out = tmp_path / "out"
    with scheduler(tmp_path) as (_, address), workers(address, 1) as (first,):
        process = compare_there(address, out)
        wait_for_blocks(process, out)
        with workers(address, 1):
            end(first)
            _, err = process.communicate(timeout=240)
            assert process.returncode == 0, err
    assert digests(out) == here


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_scheduler_that_is_lost_ends_it_in_one_sentence_and_the_same_command_goes_on(here, tmp_path):
    out = tmp_path / "out"
    with scheduler(tmp_path) as (brain, address), workers(address, 1):
        process = compare_there(address, out)
        wait_for_blocks(process, out)
        end(brain)
        _, err = process.communicate(timeout=240)
    assert process.returncode == 1
    assert err.splitlines()[-1].startswith("sli: the cluster's scheduler was lost; only whole files are left")
    assert "Traceback" not in err
    kept = len(list(out.glob("unfinished/blocks/*.npz")))
    assert kept > 0
    done = subprocess.run(
        [sys.executable, "-m", "experiments", "compare", *ASKED, "--out", str(out)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, digests(out)) == (0, here)
    assert f"going on from {kept} of" in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_ends_it_in_one_line(tmp_path):
    out = tmp_path / "out"
    process = compare_there("local:1", out)
    wait_for_blocks(process, out)
    os.killpg(process.pid, signal.SIGINT)
    try:
        _, err = process.communicate(timeout=60)
    finally:
        end(process)
    assert process.returncode == 130, err
    assert err.splitlines()[-1].startswith("sli: interrupted; only whole files are left")
    assert "Traceback" not in err


@pytest.mark.parametrize("where", ["", "local", "local:", "local:two", "local:-1", "here", "http://127.0.0.1:1"])
def test_where_no_cluster_can_be_is_told_with_what_was_expected(where):
    with pytest.raises(InputError, match=r"cluster: expected local:N, or a scheduler's address"), on_cluster(where):
        pass


def test_no_workers_at_all_are_refused():
    with pytest.raises(InputError, match="a whole number from 1 to 1024, got 0"), on_cluster("local:0"):
        pass


def test_a_scheduler_that_does_not_answer_is_told_in_one_sentence(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(cluster, "_WAIT", 1)
    where = "tcp://127.0.0.1:9"
    code = main(["compare", "--quick", "--months", "2", "--cluster", where, "--out", str(tmp_path / "out")])
    said = capsys.readouterr().err
    assert (code, said) == (2, f"sli: cluster: expected a Dask scheduler at {where}, got no answer within 1 s\n")
    assert not (tmp_path / "out").exists()


def test_a_worker_with_another_version_of_the_model_is_refused(monkeypatch):
    seen = []
    monkeypatch.setattr(cluster, "make_block", seen.append)
    task = object.__new__(Task)
    with pytest.raises(InputError, match="the same version of the model"):
        cluster._make_there(task, "another")
    cluster._make_there(task, model_digest())
    assert seen == [task]


class Loyal(Director):
    """A director who stays two years."""

    def leaves_by_choice(self, council, mean_quality, luck, c):
        return self.months_in_post >= 24 and super().leaves_by_choice(council, mean_quality, luck, c)


class LoyalModel(SectorModel):
    """A model of such directors."""

    director_class = Loyal


def most_failed(months):
    """Return the most councils that were inadequate in one month."""
    return float(months["inadequate"].max())


@pytest.mark.slow
def test_a_model_and_an_outcome_of_ones_own_go_to_the_workers(tmp_path):
    own = {"most_failed": OwnOutcome(most_failed, "councils", "lower", matters=1.0)}
    design = make_design(regimes=["peer_support"], parities=["days"], sets=2, replicates=1, months=2, outcomes=own)
    compare_regimes(design, tmp_path / "here", model=LoyalModel, report=False)
    with on_cluster("local:1"):
        compare_regimes(design, tmp_path / "there", model=LoyalModel, report=False)
    assert digests(tmp_path / "there") == digests(tmp_path / "here")


@pytest.mark.slow
def test_a_module_that_workers_cannot_import_is_told_in_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "only_here.py").write_text("def one(months):\n    return 1.0\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    one = importlib.import_module("only_here").one
    design = make_design(regimes=["none"], parities=["days"], sets=2, months=2, outcomes={"one": OwnOutcome(one, "")})
    with scheduler(tmp_path) as (_, address), workers(address, 1), on_cluster(address):  # noqa: SIM117
        with pytest.raises(InputError, match="every module of your own"):
            compare_regimes(design, tmp_path / "out", report=False)
