"""The view of what moves the answer, in a real browser: sweeps as the command line makes them, and studies' tables."""

import json
import shlex
from io import StringIO

import pandas as pd
import pytest

from experiments.cli import main
from experiments.files.whole import read_csv
from tests.explorer.conftest import AXE, PHONE

pytestmark = pytest.mark.slow

VIEW = "#v=1&view=moves&months=6"
FOUND = "document.querySelector('.found .picture svg')"
DONE = f"{FOUND} && !document.querySelector('.progress button')"
CSV = """
    const made = [], make = URL.createObjectURL;
    URL.createObjectURL = (blob) => { made.push(blob); return make.call(URL, blob); };
    [...document.querySelectorAll(".again button")].at(-1).click();
    URL.createObjectURL = make;
    return await made[0].text();
"""
FILES = """
    return [...document.querySelectorAll(".again details")].map(one => [
        one.querySelector("summary").textContent.split(" ").at(-1), one.querySelector("pre").textContent,
    ]);
"""
NUMBERS = ("mean", "luck_error", "luck_low", "luck_high", "sets_low", "sets_high")
INDICES = """of,outcome,unit,parity,regime,baseline,name,first,first_low,first_high,first_told,first_size,\
total,total_low,total_high,total_told,total_size,luck,variance,base_points,left_out
difference,inadequate_months,council-months,days,peer_support,partners_in_practice,transfer_rate,0.4,0.3,0.5,True,64,\
0.5,0.4,0.6,True,64,0.25,900,64,0
difference,inadequate_months,council-months,days,peer_support,partners_in_practice,best_gap,0.1,-0.2,0.3,False,4096,\
0.2,-0.1,0.5,False,4096,0.25,900,64,0
"""
BOXES = """box,better_than_none,outcome,unit,parity,regime,baseline,mass,density,base,coverage
1,True,inadequate_months,council-months,days,peer_support,partners_in_practice,0.2,0.9,0.5,0.36
2,False,inadequate_months,council-months,days,peer_support,partners_in_practice,0.1,0.5,0.5,0.1
"""
LIMITS = """box,number,meaning,unit,low,low_5,low_95,high,high_5,high_95,reproduced,least,most
1,transfer_rate,practice learnt from support,SD per 100 effective days,,,,0.2,0.15,0.25,0.95,0.02,0.6
"""


def drop(tab, target, files):
    """Drop files onto a place of the page."""
    tab.ask(
        f"const data = new DataTransfer(); for (const [name, text] of {json.dumps(files)})"
        f" data.items.add(new File([text], name)); document.querySelector({target!r})"
        ".dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));"
    )


def pick(tab, name, value):
    tab.ask(
        f"const list = document.getElementById({name!r}); list.value = {value!r};"
        "list.dispatchEvent(new Event('change', { bubbles: true }));"
    )


def assert_as_swept(tab, folder, monkeypatch):
    """The points of the page against those of the command that it shows."""
    monkeypatch.chdir(folder)
    for name, content in tab.ask(FILES):
        (folder / name).write_text(content, encoding="utf-8")
    shown = pd.read_csv(StringIO(tab.ask(CSV)))
    assert main(shlex.split(tab.ask("return document.getElementById('sweep-command').textContent"))[1:]) == 0
    table = read_csv(folder / "results" / "swept" / "points.csv")
    expected = table[table["baseline"] == table["baseline"].iloc[-1]].reset_index(drop=True)
    assert len(shown) == len(expected)
    for name in NUMBERS:
        assert shown[name].to_numpy() == pytest.approx(expected[name].to_numpy(), rel=1e-9, abs=1e-9), name
    assert list(shown["verdict"]) == list(expected["verdict"])


def test_a_sweep_of_one_thing_has_the_numbers_of_the_command_line(opened, tmp_path, monkeypatch):
    tab = opened(VIEW, shown=DONE)
    assert tab.ask("return document.querySelectorAll('.found figure').length") == 2
    assert_as_swept(tab, tmp_path, monkeypatch)
    assert tab.said == []


def test_so_has_a_map_of_a_lever_and_a_number_with_others_held_and_moved(opened, tmp_path, monkeypatch):
    held = "&held=best_gap:1.5&levers=peer_support.0.days_per_receiver:6&parity=pounds&start=2019-10"
    tab = opened(f"{VIEW}{held}&regimes=none,peer_support", shown=DONE)
    pick(tab, "worlds", "4")
    pick(tab, "vary-first", "peer_support_moved.givers")
    pick(tab, "vary-second", "transfer_rate")
    tab.until(f"document.querySelector('[data-name=sweep-map]') && {DONE}")
    assert_as_swept(tab, tmp_path, monkeypatch)


def test_a_sweep_can_be_stopped_and_begun_again(opened):
    tab = opened("#v=1&view=moves&months=240", shown="document.querySelector('.progress button')")
    tab.until("Number(document.querySelector('.progress progress')?.value) > 0")
    tab.ask("document.querySelector('.progress button').click()")
    tab.until("document.querySelector('.progress button')?.textContent === 'Begin again'")
    tab.ask("document.querySelector('.progress button').click()")
    tab.until("document.querySelector('.progress progress')")


def test_ends_that_cannot_be_are_told_and_not_taken(opened):
    tab = opened(VIEW, shown=FOUND)
    tab.ask(
        "const end = document.querySelector('input[name=first-from]'); end.value = '9';"
        "end.dispatchEvent(new Event('change', { bubbles: true }));"
    )
    tab.until("document.querySelector('.ends [role=alert]')")
    assert "expected two numbers from" in tab.ask("return document.querySelector('.ends [role=alert]').textContent")


def test_the_tables_of_a_study_are_shown_when_they_are_dropped(opened):
    tab = opened(VIEW, shown=FOUND)
    drop(tab, ".studies .drop", [["indices.csv", INDICES], ["boxes.csv", BOXES], ["limits.csv", LIMITS]])
    tab.until("document.querySelector('[data-name=indices] svg') && document.querySelector('[data-name=box-1] svg')")
    text = tab.ask("return document.querySelector('.studies').innerText")
    assert "1 of 2 cannot be told" in text
    assert "at most 0.20 SD per 100 effective days" in text
    assert "No box is better than none" in text
    drop(tab, ".studies .drop", [["other.csv", "a,b\n1,2\n"]])
    tab.until("document.querySelector('.studies [role=alert]')")
    assert tab.ask("return document.querySelector('.studies [role=alert]').textContent").startswith(
        "other.csv: expected"
    )


@pytest.mark.parametrize("width", [PHONE, 1400])
def test_axe_finds_no_violation_and_nothing_is_cut_off(opened, axe, width):
    tab = opened(VIEW, width, FOUND)
    drop(tab, ".studies .drop", [["indices.csv", INDICES], ["boxes.csv", BOXES], ["limits.csv", LIMITS]])
    tab.until(f"document.querySelector('[data-name=box-1] svg') && {DONE}")
    assert tab.ask(f"{axe}\n;{AXE}") == []
    assert tab.ask("return document.documentElement.scrollWidth") <= width
