"""The view of England in a real browser: the map plays, a council is picked, the list is read by keyboard."""

import pytest

from tests.explorer.conftest import AXE, MOVE, PHONE

pytestmark = pytest.mark.slow

VIEW = "#v=1&months=24&view=england"
MAP = "document.querySelector('.tile-map')"
MONTH = "document.querySelector('.clock output').textContent"
STORY = "document.querySelector('#story')?.textContent"
RANGES = "document.querySelectorAll('figure[data-name^=story]').length === 2"
FILLS = "return [...document.querySelectorAll('.tile')].map(one => one.getAttribute('fill'))"


def pick(tab, name, value):
    """Choose in a list, as a hand does."""
    tab.ask(
        f"const list = document.getElementById({name!r}); list.value = {value!r};"
        "list.dispatchEvent(new Event('change', { bubbles: true }));"
    )


def test_the_map_plays(opened):
    tab = opened(VIEW, shown=MAP)
    assert tab.ask("return document.querySelectorAll('.tile').length") == 153
    assert tab.ask(f"return {MONTH}") == "April 2026"
    before = tab.ask(FILLS)
    tab.ask("document.querySelector('.play').click()")
    tab.until(f"{MONTH} === 'March 2028'")
    tab.until("document.querySelector('.play').textContent.includes('Play')")
    assert tab.ask(FILLS) != before
    assert tab.said == []


def test_it_plays_in_steps_of_a_year_where_motion_is_to_be_reduced(opened):
    tab = opened(VIEW, shown=MAP)
    tab.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
    tab.ask("document.querySelector('.play').click()")
    tab.until(f"{MONTH} === 'April 2027'")
    tab.ask("document.querySelector('.play').click()")
    tab.call("Emulation.setEmulatedMedia", features=[])


def test_a_council_is_picked_on_the_map_and_its_story_stands_beside_its_range(opened):
    tab = opened(VIEW, shown=MAP)
    tab.ask("document.querySelectorAll('.tile')[40].dispatchEvent(new MouseEvent('click', { bubbles: true }))")
    tab.until(RANGES)
    text = tab.ask("return document.querySelector('.story').innerText")
    assert "forecasts nothing for this council" in text
    assert "24 runs that differ by luck alone" in text
    assert len(tab.ask("return [...document.querySelectorAll('.story tbody tr')].map(one => one.innerText)")) > 6


def test_names_are_off_until_they_are_switched_on(opened):
    tab = opened(VIEW, shown=MAP)
    pick(tab, "council", "0")
    tab.until(STORY)
    assert "Hartlepool" not in tab.ask('return document.getElementById("page").innerHTML')
    assert tab.ask(f"return {STORY}") == "North East, council 1 in this run"
    tab.ask("document.querySelector('input[name=names]').click()")
    tab.until(f"{STORY} === 'Hartlepool in this run'")


def test_the_list_is_read_and_chosen_from_by_keyboard(opened):
    tab = opened(VIEW, shown=MAP)
    tab.ask("document.querySelector('.councils summary').click(); document.querySelector('.councils button').focus()")
    assert tab.ask("return document.activeElement.parentElement.innerText").startswith("East Midlands, council 1 ")
    for kind in ("keyDown", "keyUp"):
        tab.call("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=13, text="\r")
    tab.until(f"{STORY} === 'East Midlands, council 1 in this run'")
    assert tab.ask("return document.activeElement.getAttribute('aria-pressed')") == "true"


@pytest.mark.parametrize("shown", ["quality", "tenure", "attention"])
def test_the_map_is_coloured_by_what_is_chosen(opened, shown):
    tab = opened(VIEW, shown=MAP)
    before = tab.ask(FILLS)
    pick(tab, "shown", shown)
    tab.until(f"document.getElementById('shown').value === {shown!r}")
    assert tab.ask(FILLS) != before
    assert tab.ask("return document.querySelectorAll('.legend li').length") >= 5


def test_another_month_and_another_luck_change_the_map(opened):
    tab = opened(VIEW, shown=MAP)
    tab.ask(MOVE.format(name="month", value=20))
    tab.until(f"{MONTH} === 'December 2027'")
    before = tab.ask(FILLS)
    tab.ask("document.querySelector('.controls button').click()")
    tab.until(
        f"JSON.stringify((() => {{ {FILLS} }})()) !== {str(before).replace(chr(39), chr(34))!r}.replaceAll(', ', ',')"
    )


@pytest.mark.parametrize("width", [PHONE, 1400])
def test_axe_finds_no_violation_and_nothing_is_cut_off(opened, axe, width):
    tab = opened(VIEW, width, MAP)
    pick(tab, "council", "7")
    tab.until(RANGES)
    assert tab.ask(f"{axe}\n;{AXE}") == []
    assert tab.ask("return document.documentElement.scrollWidth") <= width
