"""One process at a time: another is refused in one sentence that names it, and a killed one leaves no lock."""

import os
import shutil
import signal
import subprocess
import sys

import pytest

from experiments.cli import main
from experiments.results.lock import LOCK, OWNER, locked
from simulation.errors import InputError


@pytest.fixture
def holder(tmp_path):
    """Another process that has the folder."""
    code = "from pathlib import Path; import time; from experiments.results.lock import locked\n"
    code += f"with locked(Path({str(tmp_path)!r})):\n    print('held', flush=True)\n    time.sleep(600)"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def enter(path):
    with locked(path):
        pass


def test_the_folder_is_made_and_only_the_lock_stays(tmp_path):
    with locked(tmp_path / "deep" / "out"):
        assert {path.name for path in (tmp_path / "deep" / "out").iterdir()} == {LOCK, OWNER}
    assert [path.name for path in (tmp_path / "deep" / "out").iterdir()] == [LOCK]
    enter(tmp_path / "deep" / "out")


def test_another_process_is_named_and_waiting_or_another_folder_advised(holder, tmp_path):
    with pytest.raises(InputError) as caught:
        enter(tmp_path)
    said = str(caught.value)
    assert f"got one that process {holder.pid} on " in said
    assert said.endswith("wait for it to end, or choose another folder with --out")
    assert "--force" not in said
    assert "\n" not in said


@pytest.mark.parametrize("owner", [None, "", "[]", '{"process": "x"}', "[" * 100_000])
def test_an_owner_that_cannot_be_told_is_another_process(holder, tmp_path, owner):
    assert holder.poll() is None
    (tmp_path / OWNER).unlink()
    if owner is not None:
        (tmp_path / OWNER).write_text(owner, encoding="utf-8")
    with pytest.raises(InputError, match="got one that another process has"):
        enter(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_one_that_is_suspended_still_has_it_and_one_that_was_killed_has_not(holder, tmp_path):
    holder.send_signal(signal.SIGSTOP)
    with pytest.raises(InputError, match=f"process {holder.pid}"):
        enter(tmp_path)
    holder.kill()
    holder.wait()
    assert (tmp_path / OWNER).exists()
    enter(tmp_path)
    assert not (tmp_path / OWNER).exists()


def test_this_process_is_refused_too_and_an_error_lets_go(tmp_path):
    with locked(tmp_path), pytest.raises(InputError, match=f"process {os.getpid()}"):
        enter(tmp_path)
    with pytest.raises(ZeroDivisionError), locked(tmp_path):
        raise ZeroDivisionError
    enter(tmp_path)


WRITERS = {
    "compare": ["compare", "--quick", "--months", "2"],
    "shard": ["compare", "--quick", "--months", "2", "--shard", "1/2"],
    "run": ["run", "--regime", "none", "--months", "2"],
    "validate": ["validate", "--draw", "prior", "--sets", "2", "--replicates", "1"],
    "knockout": ["knockout", "--draw", "prior", "--sets", "2", "--replicates", "2", "--months", "2"],
    "rigging": ["rigging", "--sets", "2", "--replicates", "1", "--months", "2", "--regimes", "peer_support"],
    "calibrate": ["calibrate", "--until", "2018-10", "--sets", "40", "--waves", "2", "--particles", "6"],
    "recovery": ["recovery", "--truths", "6", "--sets", "2", "--particles", "4"],
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_command_is_refused_at_once_where_another_process_works(name, holder, tmp_path, capsys):
    assert holder.poll() is None
    asked = [*WRITERS[name], "--out", str(tmp_path)]
    assert main(asked) == 2
    err = capsys.readouterr().err
    assert f"got one that process {holder.pid} on " in err
    assert err.count("\n") == 1
    assert {path.name for path in tmp_path.iterdir()} == {LOCK, OWNER}


def test_what_is_added_to_finished_results_is_refused_as_well(small_results, tmp_path, capsys):
    shutil.copytree(small_results.folder, tmp_path / "out")
    asked = [["report", str(tmp_path / "out")], ["report", str(tmp_path / "out"), "--region", "London"]]
    with locked(tmp_path / "out"):
        for words in asked:
            assert main(words) == 2
            assert "expected a folder that nobody else is working in" in capsys.readouterr().err
