"""Every long command, stopped half-way by a kill or by Ctrl-C and called again, leaves what it leaves in one go."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from experiments import run_ensemble
from experiments.cli import main
from experiments.report import build
from simulation.evidence import read_rows

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")]

STOPPED_AT = Path(__file__).with_name("stopped_at.py")
TWO = ["--workers", "2"]
COMMANDS = {
    "compare": ["compare", "--regimes", "peer_support", "--parity", "pounds", "--draw", "prior", "--sets", "3",
                "--replicates", "5", "--months", "12", "--claims", *TWO],
    "mesa": ["compare", "--engine", "mesa", "--regimes", "peer_support", "--parity", "pounds", "--sets", "2",
             "--replicates", "2", "--months", "4", *TWO],
    "knockout": ["knockout", "--draw", "prior", "--sets", "2", "--replicates", "3", "--months", "8", *TWO],
    "validate": ["validate", "--draw", "prior", "--sets", "5", "--replicates", "2", *TWO],
    "judgements": ["validate", "--judgements", "{judgements}", "--from", "2019-04", "--to", "2019-12", "--draw",
                   "prior", "--sets", "5", "--replicates", "1", *TWO],
    "sweep": ["sweep", "--vary", "best_gap=1:2:9", "--vary", "labels=on,off", "--sets", "4", "--replicates", "3",
              "--months", "12", *TWO],
    "sensitivity": ["sensitivity", "--over", "best_gap,transfer_rate,national_drift", "--most", "2",
                    "--trajectories", "8", "--size", "8", "--replicates", "3", "--months", "12", *TWO],
    "rigging": ["rigging", "--sets", "3", "--replicates", "4", "--months", "12", "--regimes", "peer_support", *TWO],
    "calibrate": ["calibrate", "--until", "2018-10", "--sets", "40", "--waves", "2", "--particles", "6", "--keep", "40",
                  *TWO],
    "recovery": ["recovery", "--truths", "6", "--sets", "2", "--particles", "4", *TWO],
    "run_ensemble": ["run_ensemble"],
}  # fmt: skip
GO_ON = "only whole files are left, and the same command uses those that it can go on from"


@pytest.fixture(scope="module")
def judgements(tmp_path_factory):
    """The package's own judgements of 2019, as a file of the user's."""
    path = tmp_path_factory.mktemp("judgements") / "seen.csv"
    rows = [row.cells for row in read_rows("judgements") if row.cells["published"].year == 2019]
    lines = [f"{row['code']},{row['framework']},{row['published']},{row['grade']}" for row in rows]
    path.write_text("\n".join(["code,framework,published,grade", *lines]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def ask(judgements, capsys, monkeypatch):
    """Gives a command to this process, and returns what it said on standard error."""
    monkeypatch.setattr(build, "png", lambda _: b"a picture")  # as stopped_at.py has it

    def give(name, out):
        if name == "run_ensemble":
            run_ensemble(["none", "hybrid"], replicates=6, months=24, folder=out)
            return ""
        code = main([*(word.format(judgements=judgements) for word in COMMANDS[name]), "--out", str(out)])
        assert code in {0, 1}
        return capsys.readouterr().err

    return give


@pytest.fixture
def stop(judgements):
    """Gives a command to another process, which sends itself a signal at a step; returns its exit code and lines."""

    def give(name, out, number, event, ending, count):
        words = [word.format(judgements=judgements) for word in COMMANDS[name]]
        words += [str(out)] if name == "run_ensemble" else ["--out", str(out)]
        asked = [sys.executable, str(STOPPED_AT), str(int(number)), event, ending, str(count), *words]
        process = subprocess.Popen(
            asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        # Returns only once every process that holds these pipes has ended.
        _, err = process.communicate(timeout=300)
        return process.returncode, err

    return give


@pytest.fixture
def whole(once, ask):
    """What is in the folder of a command that ran in one go."""
    return lambda name: content(once(f"whole_{name}", lambda folder: ask(name, folder)))


def content(out):
    """Every file of a folder; of its manifest, all but how long it took."""
    files = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    found = {name: path.read_bytes() for name, path in files.items() if name not in {".lock", "manifest.json"}}
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    manifest.pop("elapsed_seconds", None)
    return found | {"manifest.json": json.dumps(manifest)}


def assert_same(out, expected):
    after = content(out)
    assert set(after) == set(expected)
    assert [name for name in after if after[name] != expected[name]] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_killed_half_way_and_called_again_it_leaves_the_same(name, tmp_path, ask, stop, whole):
    out = tmp_path / "out"
    code, _ = stop(name, out, signal.SIGKILL, "os.rename", ".npz", 3)
    assert code == -signal.SIGKILL
    assert not (out / "manifest.json").exists()
    assert len(list((out / "unfinished" / "blocks").glob("*.npz"))) == 2
    said = ask(name, out)
    assert name == "run_ensemble" or "going on from 2 of " in said
    assert_same(out, whole(name))


# One of each way to make runs: threads, processes of Mesa, processes of compiled runs, and a call from Python.
@pytest.mark.parametrize("name", ["compare", "mesa", "judgements", "sweep", "run_ensemble"])
def test_interrupted_half_way_and_called_again_it_leaves_the_same(name, tmp_path, ask, stop, whole):
    out = tmp_path / "out"
    code, err = stop(name, out, signal.SIGINT, "os.rename", ".npz", 3)
    if name == "run_ensemble":
        assert err.rstrip().endswith("KeyboardInterrupt")
    else:
        assert (code, err) == (130, f"sli: interrupted; {GO_ON}\n")
    assert not list(out.rglob("*.part"))
    ask(name, out)
    assert_same(out, whole(name))


POINTS = {
    "between sealing and moving": ("os.rename", "out/break_even.csv", 1),
    "while moving": ("os.rename", "out/runs.parquet", 1),
    "while blocks are deleted": ("os.remove", ".npz", 2),
    "between runs and claims": ("os.rename", "added/blocks/replicate-000000-set-000000.npz", 1),
    "half-way through the claims": ("os.rename", "added/blocks/replicate-000003-set-000002.npz", 1),
    "while the claims move": ("os.rename", "out/claims.csv", 1),
    "half-way through both choices of headline": ("os.rename", "added/blocks/replicate-000003-set-000002.npz", 2),
    "while the table of both choices moves": ("os.rename", "out/headlines.csv", 1),
    "during the report": ("os.rename", "added/report.html", 1),
    "while the report moves": ("os.rename", "out/report.html", 1),
    "as all is done": ("os.rename", "out/manifest.json", 7),
}


@pytest.mark.parametrize("point", POINTS)
def test_a_comparison_that_is_killed_at_any_point_is_made_whole_by_the_same_command(point, tmp_path, ask, stop, whole):
    out = tmp_path / "out"
    assert stop("compare", out, signal.SIGKILL, *POINTS[point])[0] == -signal.SIGKILL
    sealed = json.loads((out / "manifest.json").read_text(encoding="utf-8")) if (out / "manifest.json").exists() else {}
    said = ask("compare", out)
    assert_same(out, whole("compare"))
    if point.startswith(("between s", "while m")):
        assert f"{out}: these results were whole already, and are in their place now" in said
    else:
        # What is finished stays so, and is not run again.
        assert sealed["finished"]
        assert f"{out} holds these results already: nothing was run again" in said
    if "claims" in point and "half" in point:
        assert "going on from" in said
