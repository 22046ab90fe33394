"""Want of memory: one sentence, exit code 1 or 2, and nothing left in the way; and how much runs take."""

import os
import subprocess
import sys

import pytest

from experiments.cli import main
from experiments.design.design import make_design
from experiments.running import memory
from experiments.running.memory import PROGRAM_LEAST, check_memory, is_memory_error, memory_limit
from experiments.studies.comparison.plan import memory_of
from simulation.errors import InputError

START = "import sys; from sli_entry import main; sys.exit(main())"
QUICK = ["compare", "--quick", "--regimes", "none", "--months", "2"]
limits = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits on memory are Linux's")


def sli(*arguments, gigabytes):
    """Run ``sli`` in a process of its own under a limit on its memory."""
    limit = f'ulimit -v {int(gigabytes * 1e9 / 1024)}; exec "$@"'
    command = ["sh", "-c", limit, "sh", sys.executable, "-P", "-c", START, *map(os.fspath, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def many(tmp_path):
    path = tmp_path / "many.csv"
    path.write_text("code,region,grade\n" + "".join(f"c{i:04},r,good\n" for i in range(5000)), "utf-8")
    return path


@limits
@pytest.mark.parametrize("gigabytes", [0.2, 0.7, 1.1])
def test_a_limit_too_small_to_load_the_program_is_told_in_one_sentence(tmp_path, gigabytes):
    done = sli(*QUICK, "--out", tmp_path / "out", gigabytes=gigabytes)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("sli: memory: expected a limit of 1.3 GB or more, got")
    assert not (tmp_path / "out").exists()


@limits
@pytest.mark.slow
@pytest.mark.parametrize("command", [["compare", "--quick", "--regimes", "none"], ["run", "--regime", "none"]])
def test_runs_too_large_end_in_one_sentence_and_bar_no_other_design(tmp_path, many, command):
    out = tmp_path / "out"
    done = sli(*command, "--months", "1200", "--councils", many, "--out", out, gigabytes=1.9)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("sli: out of memory: fewer months, councils, sets, replicates or workers take less")
    assert main([*command, "--months", "2", "--out", str(out)]) == 0


def test_the_limit_is_that_of_the_process(monkeypatch):
    for limit, said in ((None, None), (PROGRAM_LEAST, None), (PROGRAM_LEAST - 1, "expected a limit of 1.3 GB or more")):
        monkeypatch.setattr(memory, "memory_limit", lambda limit=limit: limit)
        if said is None:
            check_memory()
        else:
            with pytest.raises(InputError, match=said):
                check_memory()
    assert memory_limit() is None or memory_limit() > 0


def test_want_of_memory_is_known_from_other_errors():
    wrapped = RuntimeError("figure")
    wrapped.__cause__ = ImportError("x.so: failed to map segment from shared object")
    for error in (MemoryError(), RuntimeError("can't start new thread"), wrapped):
        assert is_memory_error(error)
    assert not is_memory_error(ValueError("months"))


def test_more_councils_months_and_threads_take_more():
    def need(workers=1, **more):
        return memory_of(make_design(regimes=["hybrid"], sets=2, replicates=2, **more), "ensemble", workers)

    assert need(months=600) > need()
    assert need(workers=4) > need()
    assert memory_of(make_design(regimes=["hybrid"], sets=2, replicates=2), "mesa", 2) > need()


def test_a_dry_run_says_how_much(capsys):
    assert main([*QUICK, "--dry-run"]) == 0
    assert "MB of memory\n" in capsys.readouterr().out
