"""Compiled code is never stale, and whatever ails its cache costs time, never correctness.

Most of these tests run a copy of the package whose months and whose month 0 are cut to chief executives, and whose luck
is plain, so that it compiles in a moment.
"""

import ast
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

import simulation
from simulation import REGIMES, simulate
from simulation.compiled import cache as compiled
from simulation.compiled import kept
from simulation.compiled.cache import Entry
from simulation.compiled.kept import can_keep, throw_away_damaged

ANSWER = """
import hashlib, json
from simulation import paired_outcomes, simulate
from simulation.compiled import cache
{before}
run = simulate("hybrid", months=6, engine="ensemble")
paired_outcomes(run, run)
entries = [thing.dispatcher for thing in vars(cache).values() if isinstance(thing, cache.Entry)]
print(json.dumps({{
    "bits": hashlib.sha256(run.month_values.tobytes()).hexdigest(),
    "hits": sum(sum(entry.stats.cache_hits.values()) for entry in entries),
    "misses": sum(sum(entry.stats.cache_misses.values()) for entry in entries),
    "signatures": max(len(entry.signatures) for entry in entries),
    "folder": cache.__file__,
}}))
"""
ENTRIES = sum(isinstance(thing, Entry) for thing in vars(compiled).values()) - 1
"""All but what follows judgements, which a run does not call."""
"""What is called from outside, and kept each by itself."""
OF_COUNCILS = 2
"""Of these, what takes records of councils: month 0 and the months."""
MESSAGE = "compiling the model for this machine, once: about half a minute\n"
LOOK = "    look_elsewhere(m)\n"
RECORD = """
    attentions = record.NO_ATTENTIONS
    for council in m.councils:
        attentions = record.add_attention(attentions, council)
    record.write_attention(m.row, attentions, len(m.councils))
"""
CHIEFS = """
    for i in range(len(facts)):
        councils[i].index = i
        attention.set_base(councils[i].chief, luck[CHIEF][i], c)
        attention.settle_salience(councils[i].chief)
"""
LUCK = """
    for month in range(len(tables)):
        for place in range(len(decisions)):
            for i in range(tables.shape[2]):
                tables[month, place, i] = (31 * month + (place + 3) * (i + 7)) % 97 / 97.0
"""
CRISIS = ("rules/attention.py", "\nCRISIS_SALIENCE = 0.4\n", "\nCRISIS_SALIENCE = 0.9\n")


def start(home, cache, *, before="", program=ANSWER, limit=None, **environment):
    """Start a process that runs the copy in ``home``; ``limit`` is the size in bytes of the largest file it writes."""

    def limit_files():
        import resource  # noqa: PLC0415 - Unix only, as is this limit

        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    clean = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA_")}
    settings = {"PYTHONPATH": str(home), "PYTHONDONTWRITEBYTECODE": "1", "NUMBA_CACHE_DIR": str(cache)}
    return subprocess.Popen(
        [sys.executable, "-c", program.format(before=before)],
        env=clean | settings | environment,
        cwd=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=None if limit is None else limit_files,  # noqa: PLW1509 - a test starts no threads
    )


def finish(process):
    """Return what a process answered and what it said on standard error."""
    answer, said = process.communicate()
    assert process.returncode == 0, said
    return json.loads(answer), said


def run(home, folder, **given):
    answer, _ = finish(start(home, folder, **given))
    assert answer["folder"] == str(home / "simulation" / "compiled" / "cache.py")
    assert answer["signatures"] <= 1
    return answer


def whole_copy(folder):
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(simulation.__file__).parent, folder / "simulation", ignore=ignored)
    return folder


def small_copy(folder):
    """Copy the package, with a month 0 and months in which there are only chief executives, who look elsewhere."""
    home = whole_copy(folder)
    cut(home, "compiled/month.py", "run_month", LOOK + RECORD)
    cut(home, "opening.py", "open_sector", CHIEFS)
    cut(home, "compiled/streams.py", "draw_tables", LUCK)
    cut(home, "rules/quantity.py", "write_deployment", "    deployment.first_month = 0\n")
    cut(home, "rules/constants.py", "write_constants", "    c.crisis_chance, c.new_chief_chance = 0.2, 0.1\n")
    cut(home, "outcomes/measures.py", "write_outcomes", "    values[0] = months[0, 0]\n")
    cut(home, "outcomes/measures.py", "write_paired_outcomes", "    values[0] = councils[0, 0] - none[0, 0]\n")
    return home


def cut(home, file, name, body):
    """Put another body in the place of a function's own, below its docstring."""
    path = home / "simulation" / file
    lines = path.read_text("utf-8").splitlines(keepends=True)
    function = next(node for node in ast.parse("".join(lines)).body if getattr(node, "name", "") == name)
    lines[function.body[1].lineno - 1 : function.end_lineno] = [body]
    path.write_text("".join(lines), "utf-8")


def edit(home, file, old, new):
    path = home / "simulation" / file
    text = path.read_text("utf-8")
    assert text.count(old) == 1, (file, old)
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A small copy, the cache into which it was compiled, what the first process answered and what it said."""
    home, cache = small_copy(tmp_path_factory.mktemp("small")), tmp_path_factory.mktemp("cache")
    return home, cache, *finish(start(home, cache))


@contextmanager
def edited(home, file, old, new):
    """Edit a file of the copy for a while."""
    path = home / "simulation" / file
    text = path.read_text("utf-8")
    edit(home, file, old, new)
    try:
        yield path
    finally:
        path.write_text(text, "utf-8")


def test_the_first_process_says_that_it_compiles_and_the_next_loads_in_silence(small):
    home, cache, first, said = small
    assert (said, first["hits"], first["misses"]) == (MESSAGE, 0, ENTRIES)
    second, said = finish(start(home, cache))
    assert (said, second["hits"], second["misses"]) == ("", ENTRIES, 0)
    assert second["bits"] == first["bits"]


def test_an_edited_rule_runs_anew_and_the_edit_undone_is_found_again(small):
    home, cache, first, _ = small
    with edited(home, *CRISIS):
        changed = run(home, cache)
        assert (changed["hits"], changed["misses"]) == (0, ENTRIES)
        assert changed["bits"] != first["bits"]
    assert run(home, cache) == first | {"hits": ENTRIES, "misses": 0}


SERVICES = "\nCHILDREN, ADULT_CARE, FINANCE, PLACE = "


@pytest.mark.slow
@pytest.mark.parametrize(
    ("edits", "misses", "other_bits"),
    [
        (("state.py", SERVICES + "0, 1, 2, 3\n", SERVICES + "0, 2, 1, 3\n"), ENTRIES, True),
        (("compiled/month.py", LOOK + RECORD, LOOK + LOOK + RECORD), ENTRIES, True),
        (("compiled/month.py", "attention.update_salience(council)\n", "pass\n"), ENTRIES, True),
        (
            ("state.py", "    salience: list[float]", "    more: float = 0.0\n    salience: list[float]"),
            OF_COUNCILS,
            False,
        ),
    ],
    ids=["a constant", "the order", "a phase", "a record"],
)
def test_an_edited_state_record_or_engine_runs_anew(small, edits, misses, other_bits):
    home, cache, first, _ = small
    with edited(home, *edits):
        changed = run(home, cache)
    assert (changed["hits"], changed["misses"]) == (ENTRIES - misses, misses)
    assert (changed["bits"] != first["bits"]) is other_bits


@pytest.mark.slow
def test_no_rule_runs_stale_that_was_edited_after_it_was_imported(small, tmp_path):
    home, _, first, _ = small
    with edited(home, *CRISIS) as path:
        new = path.read_text("utf-8")
        path.write_text(new.replace(CRISIS[2], CRISIS[1]), "utf-8")
        late = run(home, tmp_path, before=f"open({str(path)!r}, 'w').write({new!r})")
        assert path.read_text("utf-8") == new
        assert (late["misses"], late["bits"]) == (ENTRIES, first["bits"])
        after = run(home, tmp_path)
    assert after["misses"] == ENTRIES
    assert after["bits"] != first["bits"]


@pytest.mark.slow
def test_two_processes_that_compile_at_once_do_no_harm(small, tmp_path):
    home, _, first, _ = small
    both = [start(home, tmp_path) for _ in range(2)]
    assert {finish(process)[0]["bits"] for process in both} == {first["bits"]}
    assert run(home, tmp_path) == first | {"hits": ENTRIES, "misses": 0}


@pytest.mark.slow
def test_two_versions_that_compile_at_once_do_no_harm(small, tmp_path):
    home, _, first, _ = small
    with edited(home, *CRISIS) as path:
        new = path.read_text("utf-8")
        new_process = start(home, tmp_path, before=f"open({str(tmp_path / 'imported')!r}, 'w')")
        while not (tmp_path / "imported").exists():
            assert new_process.poll() is None, new_process.communicate()[1]
            time.sleep(0.01)
    old_process = start(home, tmp_path)
    changed = finish(new_process)[0]
    assert finish(old_process)[0]["bits"] == first["bits"] != changed["bits"]
    assert run(home, tmp_path) == first | {"hits": ENTRIES, "misses": 0}
    with edited(home, *CRISIS) as path:
        assert path.read_text("utf-8") == new
        assert run(home, tmp_path) == changed | {"hits": ENTRIES, "misses": 0}


@pytest.mark.slow
def test_where_no_folder_can_be_written_each_process_compiles_for_itself(small, tmp_path):
    home, _, first, _ = small
    nowhere, pycache = tmp_path / "file", home / "simulation" / "compiled" / "__pycache__"
    nowhere.write_text("not a folder", "utf-8")
    shutil.rmtree(pycache, ignore_errors=True)
    pycache.write_text("not a folder", "utf-8")
    folders = {"HOME": str(nowhere / "home"), "XDG_CACHE_HOME": str(nowhere / "cache"), "LOCALAPPDATA": str(nowhere)}
    try:
        answer, said = finish(start(home, nowhere / "numba", **folders))
    finally:
        pycache.unlink()
    assert (answer["bits"], answer["hits"], said) == (first["bits"], 0, MESSAGE)


@pytest.mark.slow
@pytest.mark.parametrize("limit", [0, 40 * 1024], ids=["index", "code"])
def test_a_disk_that_fills_as_code_is_saved_costs_time_alone(small, tmp_path, limit):
    pytest.importorskip("resource")
    home, _, first, _ = small
    answer, said = finish(start(home, tmp_path, limit=limit))
    assert (answer, said) == (first, MESSAGE)
    indices, code = (len(list(tmp_path.rglob(kind))) for kind in ("*.nbi", "*.nbc"))
    assert indices == (ENTRIES if limit > 0 else 0), "what was saved and what was not"
    assert code < max(1, indices), "at least the months were too long"
    assert run(home, tmp_path) == first | {"hits": code, "misses": ENTRIES - code}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["nbi", "nbc"])
def test_a_damaged_file_is_thrown_away(small, tmp_path, kind):
    home, cache, first, _ = small
    for file in cache.rglob("*.nb?"):
        place = tmp_path / file.relative_to(cache)
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(file.read_bytes()[: 1000 if file.suffix == f".{kind}" else None])
    answer, said = finish(start(home, tmp_path))
    assert (answer["bits"], said) == (first["bits"], MESSAGE)
    assert run(home, tmp_path) == first | {"hits": ENTRIES, "misses": 0}


CHECKED = """
import hashlib, json
import numpy as np
from simulation import REGIMES, Parameters, simulate
from simulation.compiled.ensemble import Ensemble
bits = {{
    engine: [
        hashlib.sha256(simulate(regime, months=30, parity="days", engine=engine).month_values.tobytes()).hexdigest()
        for regime in REGIMES
    ]
    for engine in ("mesa", "ensemble")
}}
ensemble = Ensemble(3)
ensemble._gaps = np.zeros(4)
try:
    ensemble.run("none", ensemble.open(Parameters(), ensemble.draw(1, 1)))
    caught = False
except IndexError:
    caught = True
print(json.dumps({{**bits, "caught": caught}}))
"""


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """What every regime gave by both engines in a whole copy with one rule edited, compiled with bounds checked."""
    home = whole_copy(tmp_path_factory.mktemp("whole"))
    edit(home, "rules/shared.py", "\nCOLLAPSE_MEAN = 1.4\n", "\nCOLLAPSE_MEAN = 1.9\n")
    return finish(start(home, tmp_path_factory.mktemp("checked"), program=CHECKED, NUMBA_BOUNDSCHECK="1"))[0]


@pytest.mark.slow
def test_no_regime_reads_past_an_array(checked):
    assert checked["ensemble"] == checked["mesa"]
    assert checked["caught"], "a month too many is an IndexError, so that bounds were checked"


@pytest.mark.slow
def test_a_rule_edited_in_a_whole_copy_changes_both_engines_alike(checked):
    here = [simulate(regime, months=30, parity="days", engine="ensemble").month_values for regime in REGIMES]
    unchanged = {hashlib.sha256(values.tobytes()).hexdigest() for values in here}
    assert unchanged.isdisjoint(checked["ensemble"])
    assert checked["mesa"] == checked["ensemble"]


FLIPS = 64


def flip(file, number):
    """Flip one bit of a file: each number another bit, spread over all of it."""
    content = bytearray(file.read_bytes())
    content[len(content) * (2 * number + 1) // (2 * FLIPS)] ^= 1 << number % 8
    file.write_bytes(content)


@pytest.mark.slow
def test_a_flipped_bit_never_runs(small, tmp_path):
    home, cache, first, _ = small
    shutil.copytree(cache, tmp_path, dirs_exist_ok=True)
    for number, file in enumerate(sorted(tmp_path.rglob("*.nb?"))):
        flip(file, 5 * number % FLIPS)
    assert finish(start(home, tmp_path)) == (first, MESSAGE)
    assert run(home, tmp_path) == first | {"hits": ENTRIES, "misses": 0}


@pytest.mark.parametrize("kind", ["nbi", "nbc"])
def test_wherever_a_bit_flips_the_files_of_an_entry_are_thrown_away(small, tmp_path, kind):
    digests = next(small[1].rglob("run_months_*.sha256"))
    name = digests.name.partition(".")[0]
    months = list(digests.parent.glob(f"*{name}*"))
    entry = SimpleNamespace(stats=SimpleNamespace(cache_path=tmp_path), py_func=SimpleNamespace(__qualname__=name))
    for number in range(FLIPS):
        for file in months:
            shutil.copy(file, tmp_path)
        throw_away_damaged(entry)
        files = list(tmp_path.iterdir())
        assert len(files) == len(months)
        flip(next(file for file in files if file.suffix == f".{kind}"), number)
        throw_away_damaged(entry)
        assert list(tmp_path.glob("*.nb?")) == []


@pytest.mark.slow
def test_code_without_its_digests_or_with_damaged_ones_is_made_anew(small, tmp_path):
    home, cache, first, _ = small
    for number, damage in enumerate((Path.unlink, lambda file: file.write_text("{", "utf-8"))):
        place = tmp_path / str(number)
        shutil.copytree(cache, place)
        digests = list(place.rglob("*.sha256"))
        assert len(digests) >= ENTRIES  # those of edited copies among them
        for file in digests:
            damage(file)
        assert finish(start(home, place)) == (first, MESSAGE)


def test_without_a_home_no_folder_named_for_one_is_made(monkeypatch, tmp_path):
    package = tmp_path / "package"
    package.mkdir()
    monkeypatch.setattr(kept.config, "CACHE_DIR", "")
    monkeypatch.setenv("HOME", "~")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert can_keep(str(package / "entries.py"))
    shutil.rmtree(package / "__pycache__")
    (package / "__pycache__").write_text("not a folder", "utf-8")
    assert not can_keep(str(package / "entries.py"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert can_keep(str(package / "entries.py"))
