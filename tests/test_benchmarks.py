"""The benchmarks run, on as little as shows it; no test asserts a time."""

import shutil

import pytest

from benchmarks import batches, c_loop, c_ratio, mesa_ratio, runs, scaling, threads
from benchmarks.__main__ import SECTIONS, main
from benchmarks.engines import DistinctRun, distinct_runs, replicated
from benchmarks.page import PAGE, SLOTS
from benchmarks.phases import phase_names
from benchmarks.setting import TINY_SETTING
from benchmarks.timing import Times, growth
from simulation import load_regime

needs_compiler = pytest.mark.skipif(c_loop.compiler() is None, reason="no C compiler")


@pytest.mark.parametrize("section", [runs.section, threads.section])
def test_a_section_is_a_table_and_says_whether_the_target_is_met(section):
    text = section(TINY_SETTING)
    assert text.startswith("| ")
    assert "met" in text


@needs_compiler
@pytest.mark.slow
def test_the_c_loop_gives_the_engines_bits():
    text = c_ratio.section(TINY_SETTING)
    assert "equal in every bit" in text
    assert all(f"`{phase}`" in text for phase in c_loop.PHASES)


def test_without_a_compiler_the_c_loop_is_skipped_with_a_sentence(monkeypatch):
    monkeypatch.setenv("CC", "no-such-compiler")
    assert c_ratio.section(TINY_SETTING) == "There is no C compiler on this machine: the C loop was not measured.\n"


@pytest.mark.slow
def test_the_mesa_engine_and_growth_are_measured():
    assert "Mesa takes so many times as long" in mesa_ratio.section(TINY_SETTING)
    assert scaling.section(TINY_SETTING).count("grows with the power") == 3


@pytest.mark.slow
def test_batches_are_measured():
    text = batches.section(TINY_SETTING)
    assert "| 40 | " in text
    assert all(way in text for way in ("taken from disk", "made by a cluster of two", "both merged"))


def test_a_command_that_fails_is_no_measurement():
    with pytest.raises(RuntimeError, match="no-such-command ended in 2"):
        batches.used_by("no-such-command")


def test_the_c_loop_has_every_phase_of_the_month_but_matching():
    assert [name for name in phase_names() if name not in ("clear_month", "match")] == list(c_loop.PHASES)


def test_a_comparison_runs_what_is_the_same_under_several_parities_once():
    found = distinct_runs(152, ("none", "peer_support"))
    assert [(run.regime.name, run.parity) for run in found] == [
        ("none", "pounds"),
        *[("peer_support", parity) for parity in ("pounds", "days", "director_days")],
    ]
    assert found[0] == DistinctRun(load_regime("none"), "pounds")


def test_more_councils_are_englands_over_and_over():
    table = replicated(305)
    assert table.n == len(set(table.code)) == 305
    assert table.grade[0] == table.grade[152] == table.grade[304]


def test_growth_is_the_power_with_which_time_grows():
    assert growth([1.0, 10.0, 100.0], [3.0, 300.0, 30_000.0]) == pytest.approx(2.0)


def test_a_ratio_is_taken_round_by_round():
    assert Times((2.0, 9.0, 4.0)).over(Times((1.0, 3.0, 2.0))).median == 2.0


def test_the_page_has_room_for_every_section(tmp_path):
    page = tmp_path / shutil.copy(PAGE, tmp_path)
    SLOTS.renew(page, {name: f"new words for {name}\n" for name in ("machine", *SECTIONS)})
    text = page.read_text(encoding="utf-8")
    assert all(f"<!-- bench: {name} -->\nnew words for {name}\n<!-- end -->" in text for name in SECTIONS)


def test_an_unknown_name_is_refused(capsys):
    with pytest.raises(SystemExit):
        main(["run"])
    assert "unknown run; expected whole, runs, c, mesa" in capsys.readouterr().err


def test_what_is_asked_for_is_shown_and_not_kept(capsys):
    before = PAGE.read_bytes()
    main(["--tiny", "runs"])
    assert "mean of all" in capsys.readouterr().out
    assert PAGE.read_bytes() == before
