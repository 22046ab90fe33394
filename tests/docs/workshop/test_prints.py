"""The workshop prints on A4: each sheet on so many pages, two cards to a page, nothing cut off."""

import base64
import shutil
import subprocess
import sys

import pytest

from tests.chromium import PAGE

pytestmark = pytest.mark.slow
PAGES = {"role_cards": 3, "bet_sheet": 1, "budget": 2, "rounds": 2, "facilitator": 5, "index": 3}
INSIDE = 688
"""Pixels between the margins of an A4 page: 182 mm."""
CUT = """
    const cards = [...document.querySelectorAll("section#role-cards > section")];
    return cards.filter(one => one.scrollHeight > one.clientHeight + 1).map(one => one.id);
"""
WIDE = """
    const edge = document.documentElement.clientWidth;
    const parts = [...document.querySelectorAll(".bd-article *")].filter(one => one.checkVisibility());
    return parts.filter(one => one.getBoundingClientRect().right > edge + 1).map(one => one.outerHTML.slice(0, 80));
"""
SHOWN = """
    const around = "header, nav, footer, .bd-sidebar-primary, .bd-sidebar-secondary, .headerlink, .copybtn";
    return [...document.querySelectorAll(around)].filter(one => one.checkVisibility()).map(one => one.className);
"""


@pytest.fixture(scope="module")
def site(once, root, place):
    """The workshop's pages built as a site of their own, in the look of the whole."""

    def make(folder):
        source = folder / "source"
        shutil.copytree(place, source / "workshop", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        (source / "index.md").write_text("# All\n\n```{toctree}\nworkshop/index\n```\n", encoding="utf-8")
        command = [sys.executable, "-m", "sphinx", "-q", "-c", str(root / "docs"), "-D", "nb_execution_mode=off"]
        subprocess.run([*command, str(source), str(folder / "site")], check=True, capture_output=True)

    return once("workshop-site", make) / "site" / "workshop"


@pytest.fixture(scope="module")
def tab(browser, site):
    with browser.opened((site / "index.html").resolve().as_uri()) as tab:
        yield tab


@pytest.mark.parametrize("name", PAGES)
def test_a_page_prints_on_so_many_pages(tab, site, name):
    tab.go((site / f"{name}.html").resolve().as_uri())
    printed = tab.call("Page.printToPDF", preferCSSPageSize=True)["data"]
    pdf = base64.b64decode(printed)
    assert len(PAGE.findall(pdf)) == PAGES[name]
    assert b"/MediaBox [0 0 594.95996 841.91998]" in pdf


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut_off_in_print(tab, site, name):
    tab.resize(INSIDE, 1000)
    tab.call("Emulation.setEmulatedMedia", media="print")
    try:
        tab.go((site / f"{name}.html").resolve().as_uri())
        assert tab.ask(WIDE) == []
        assert tab.ask(CUT) == []
        assert tab.ask(SHOWN) == []
    finally:
        tab.call("Emulation.setEmulatedMedia", media="")


def test_every_card_has_what_a_card_has(place):
    text = (place / "role_cards.md").read_text(encoding="utf-8")
    cards = text.split("\n## ")[1:]
    assert len(cards) == 6
    for card in cards:
        for part in ("You are", "You want", "You know:", "You may", "Ask:"):
            assert card.count(f"**{part}**") == 1, card
