"""The view of one's own councils and regimes, in a real browser: bad files are told, good ones are compared at once."""

from io import StringIO

import pandas as pd
import pytest

from experiments.design.design import make_design
from experiments.studies.comparison.compare import compare_regimes
from simulation.councils import load_councils
from tests.explorer.reader import AXE, FINEST, PHONE, drop, taken_csv
from tests.explorer.test_own_files import GOOD, REGIME

pytestmark = pytest.mark.slow

VIEW = "#v=1&view=own&months=12"
DROP = "document.querySelector('.own .drop')"
TAKEN = "document.querySelector('.taken')?.innerText"
SHOW = "[...document.querySelectorAll('.tabs button')].find(one => one.textContent === {!r}).click()"
TABLE = "code,name,region,grade,deprivation_score\n" + "".join(
    f"C{place:02d},Council {place},{('North', 'South')[place % 2]},{grade},{place * 7 % 31}\n"
    for place, grade in enumerate(["good", "inadequate", "requires_improvement", "outstanding"] * 6)
)


def test_a_bad_file_is_told_and_nothing_is_lost(opened):
    tab = opened(VIEW, shown=DROP)
    drop(tab, ".own .drop", [["mine.csv", GOOD.replace("good", "goood")]])
    tab.until("document.querySelector('.own [role=alert]')")
    said = tab.ask("return document.querySelector('.own [role=alert]').textContent")
    assert said.startswith("mine.csv, row 2, column 'grade': expected one of inadequate, ")
    assert said.endswith("got 'goood' (nearest: good)")
    drop(tab, ".own .drop", [["mine.toml", REGIME.replace("labels", "label")]])
    tab.until("document.querySelector('.own [role=alert]').textContent.startsWith('mine.toml: unknown lever')")
    assert tab.ask("return document.getElementById('start').value") == "2026-04"


def test_own_councils_and_an_own_regime_are_compared_as_on_the_command_line(opened, tmp_path):
    tab = opened(VIEW, shown=DROP)
    drop(tab, ".own .drop", [["mine.csv", TABLE], ["my_support.toml", REGIME]])
    tab.until(TAKEN)
    assert "24 councils in 2 regions, from April 2018" in tab.ask(f"return {TAKEN}")
    assert tab.ask("return document.getElementById('regime-1').value") == "my_support"
    tab.ask(SHOW.format("Take it away"))
    tab.until("document.querySelector('.brief')")
    tab.until(FINEST)
    command = tab.ask("return document.getElementById('text-command').textContent")
    assert "--councils mine.csv" in command
    assert "--regime my_support.toml" in command
    (tmp_path / "mine.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "my_support.toml").write_text(REGIME, encoding="utf-8")
    design = make_design(
        regimes=[tmp_path / "my_support.toml"],
        parities=["days"],
        sets=256,
        replicates=8,
        months=12,
        councils=load_councils(tmp_path / "mine.csv"),
    )
    table = compare_regimes(design, tmp_path / "results", report=False).comparison
    rows = table[(table["outcome"] == "inadequate_months") & (table["baseline"] == "partners_in_practice")]
    expected = rows.set_index("regime").loc["my_support"]
    shown = pd.read_csv(StringIO(taken_csv(tab, "The comparison"))).set_index("regime").loc["my_support"]
    assert shown["verdict"] == expected["verdict"]
    for name in ("difference", "difference_error", "share", "worlds_low", "worlds_high"):
        assert float(shown[name]) == pytest.approx(float(expected[name]), rel=1e-9, abs=1e-9, nan_ok=True), name
    tab.ask(SHOW.format("England"))
    tab.until("document.querySelectorAll('.tile').length === 24")
    assert tab.ask("return [...document.querySelectorAll('.region')].map(one => one.textContent)") == ["North", "South"]


def test_what_was_handed_in_is_left_out_again(opened):
    tab = opened(VIEW, shown=DROP)
    drop(tab, ".own .drop", [["mine.csv", TABLE], ["my_support.toml", REGIME]])
    tab.until(TAKEN)
    tab.ask("document.querySelector('.taken button').click()")
    tab.until("document.querySelectorAll('.taken li').length === 1")
    tab.ask("document.querySelector('.taken button').click()")
    tab.until(f"{DROP} && !document.querySelector('.taken')")
    assert tab.ask("return document.getElementById('start').value") == "2026-04"
    assert tab.ask("return document.getElementById('regime-1').value") == "peer_support"


@pytest.mark.parametrize("width", [PHONE, 1400])
def test_axe_finds_no_violation_and_nothing_is_cut_off(opened, axe, width):
    tab = opened(VIEW, width, DROP)
    drop(tab, ".own .drop", [["mine.csv", TABLE], ["my_support.toml", REGIME]])
    tab.until(TAKEN)
    assert tab.ask(f"{axe}\n;{AXE}") == []
    assert tab.ask("return document.documentElement.scrollWidth") <= width
