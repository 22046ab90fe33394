"""The site builds from the project without a warning, hangs together, finds what is looked for, and asks no network."""

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.explorer.reader import AXE
from tools.site.python_pages import PACKAGES, public_names, rule_modules
from tools.site.staging import ROOT

pytestmark = pytest.mark.slow
LOOKED_AT = (
    "index",
    "learn/index",
    "learn/class_ninety_minutes",
    "learn/lessons/03_turning_point",
    "do/index",
    "do/sweeps",
    "look_up/index",
    "look_up/commands/compare",
    "look_up/columns",
    "look_up/python/simulation/Parameters",
    "look_up/python/rules/inspection",
    "understand/ODD",
    "understand/claims",
    "gallery/index",
    "workshop/index",
    "workshop/facilitator",
    "workshop/role_cards",
    "workshop/bet_sheet",
    "workshop/budget",
    "workshop/rounds",
    "search",
)
"""A page of each kind."""
WIDTHS = (1200, 390)
FITS = "return document.documentElement.scrollWidth <= window.innerWidth;"


class Page(HTMLParser):
    """What a page of the site links to, what it loads, and the places in it that can be linked to."""

    def __init__(self, path):
        super().__init__()
        self.links, self.loaded, self.ids = [], [], set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids |= {given[name] for name in ("id", "name") if given.get(name)}
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        address = given.get("src") or (given.get("href") if tag == "link" else None)
        if address:
            self.loaded.append(address)


@pytest.fixture(scope="module")
def site(once) -> Path:
    """The site, built once; its lessons are shown without running them, which has tests of its own."""

    def make(place):
        # In a process of its own: warnings of Sphinx's parts among themselves are none of ours.
        command = [sys.executable, "-m", "tools.site", "--no-lessons", "--into", str(place)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    return once("site", make) / "site"


@pytest.fixture(scope="module")
def pages(site):
    return {
        path.relative_to(site).as_posix(): Page(path) for path in site.rglob("*.html") if "_static" not in path.parts
    }


def local(address):
    return urlsplit(address).scheme in {"", "data"} and not address.startswith("//")


def test_every_link_leads_somewhere(site, pages):
    broken = []
    for name, page in pages.items():
        for link in filter(local, page.links):
            parts = urlsplit(link)
            target = (site / name).parent / unquote(parts.path) if parts.path else site / name
            place = target.resolve().relative_to(site.resolve()).as_posix() if target.is_file() else None
            # The explorer keeps its setting behind the number sign, and pages of code their line.
            there = place == "explorer.html" or not parts.fragment or place not in pages
            if place is None or not (there or unquote(parts.fragment) in pages[place].ids):
                broken.append(f"{name}: {link}")
    assert broken == []


def test_nothing_is_loaded_from_elsewhere(site, pages):
    assert {
        name: found for name, page in pages.items() if (found := [one for one in page.loaded if not local(one)])
    } == {}
    styles = {path.name: path.read_text(encoding="utf-8") for path in site.rglob("*.css")}
    assert {name for name, text in styles.items() if re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", text)} == set()


def test_every_loaded_file_is_there(site, pages):
    missing = {
        f"{name}: {address}"
        for name, page in pages.items()
        for address in filter(local, page.loaded)
        if not address.startswith(("data:", "#"))
        and not ((site / name).parent / unquote(urlsplit(address).path)).is_file()
    }
    assert missing == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_every_public_name_is_described(site, package):
    for name in public_names(package):
        text = (site / "look_up" / "python" / package / f"{name}.html").read_text(encoding="utf-8")
        body = re.sub(r"<[^>]+>", " ", text.split("<article", 1)[1].split("</article>", 1)[0])
        assert len(body.split()) > 10, f"{package}.{name} has no text below it where it is defined"


def test_every_rule_is_described(site):
    for name in rule_modules():
        assert "<p>" in (site / "look_up" / "python" / "rules" / f"{name}.html").read_text(encoding="utf-8")


def test_the_search_knows_names_and_words(site):
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    found = json.loads(index[index.index("{") : index.rindex("}") + 1])
    assert {"transfer_r", "inadequ"} <= {term[:10] for term in found["terms"]} | {term[:7] for term in found["terms"]}


def test_a_reader_searches_without_a_network(site, browser):
    with browser.opened((site / "search.html").as_uri() + "?q=polarise") as tab:
        tab.call("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0)
        tab.until("document.querySelectorAll('#search-results li a').length > 2")


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_no_violation_and_no_page_is_wider_than_the_window(site, browser, axe, width):
    found = {}
    with browser.opened((site / "index.html").as_uri(), width) as tab:
        for name in LOOKED_AT:
            tab.go((site / f"{name}.html").as_uri())
            if violations := tab.ask(f"{axe}\n;{AXE}"):
                found[name] = violations
            assert tab.ask(FITS), f"{name} at {width} pixels"
    assert found == {}


def test_the_explorer_is_beside_the_first_page(site):
    assert "explorer.html" in Page(site / "index.html").links
    assert (site / "explorer.html").stat().st_size > 500_000


def test_no_page_names_the_builders_folder(site):
    for path in site.rglob("*.html"):
        assert str(ROOT) not in path.read_text(encoding="utf-8"), path
