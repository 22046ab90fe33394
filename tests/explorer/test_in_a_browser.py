"""The explorer in a real browser, with the network cut: as a reader opens it, moves it, and takes it away."""

import base64
import json
import shlex
from io import StringIO

import pandas as pd
import pytest

from experiments.cli import main
from experiments.design.design import make_design
from experiments.explorer.page import write_page
from experiments.results.store import load_results
from experiments.statistics.verdicts import paired_effect
from experiments.statistics.weights import mean
from experiments.studies.comparison.compare import compare_regimes
from tests.chromium import PAGE
from tests.explorer.conftest import ANSWER, AXE, MOVE, PHONE, SHORT

pytestmark = pytest.mark.slow

FINEST = "document.querySelector('.progress [role=status]')?.textContent.startsWith('256 worlds')"


def set_in(tab):
    """What the address says is set."""
    text = tab.ask("return location.hash")
    return dict(part.split("=") for part in text.lstrip("#").split("&"))


def test_it_answers_with_the_network_cut(opened):
    tab = opened()
    tab.until(FINEST)
    assert tab.ask("return document.querySelectorAll('figure .picture svg').length") >= 4
    assert "An exploration of a model, not a forecast" in tab.ask("return document.body.innerText")
    assert (
        tab.ask("return performance.getEntriesByType('resource').filter(one => !one.name.startsWith('blob:')).length")
        == 0
    )
    assert tab.said == []


def test_nothing_can_be_fetched(opened):
    tab = opened()
    refused = "return await fetch('data:text/plain,x').then(() => 'fetched', error => error.name)"
    assert tab.ask(refused) == "TypeError"


def test_a_slider_moves_number_and_picture_and_address(opened):
    tab = opened("#v=1&months=60")
    look = f"[{ANSWER}, document.querySelector('.figures').innerText, document.querySelector('.picture').innerHTML]"
    tab.until("document.querySelector('.progress [role=status]').textContent.startsWith('16 worlds')")
    before = tab.ask(f"return {look}")
    tab.ask(MOVE.format(name="transfer_rate", value=0.6))
    assert set_in(tab)["held"] == "transfer_rate:0.6"
    tab.until(f"!document.querySelector('.stale') && {look}[1] !== {json.dumps(before[1])}")
    after = tab.ask(f"return {look}")
    assert after[2] != before[2]
    tab.ask("document.querySelector('.slider .reset').click()")
    assert "held" not in set_in(tab)


def test_a_link_is_followed_back(opened):
    link = (
        "#v=1&view=compare&regimes=none,hybrid,peer_support&start=2018-04&months=6&region=London"
        "&held=best_gap:1.5&levers=peer_support.0.givers:30"
    )
    tab = opened(link)
    assert set_in(tab) == dict(part.split("=") for part in link.lstrip("#").split("&"))
    values = tab.ask(
        "return ['regime-0', 'regime-1', 'start', 'region', 'best_gap'].map(id => document.getElementById(id).value)"
    )
    assert values == ["none", "hybrid", "2018-04", "London", "1.5"]
    assert len(link) < 2000


@pytest.mark.parametrize(
    "fragment",
    [
        "#v=2",
        "#v=1&regimes=none",
        "#v=1&regimes=none,no_such",
        "#v=1&start=1999-01",
        "#v=1&months=ten",
        "#v=1&held=transfer_rate:9e99",
        "#v=1&held=transfer_rate",
        "#v=1&levers=none.0.givers:4",
        "#v=1&other=1",
        "#v=1&region=Wales",
        "#%%%",
        "#v=1&held=" + "a" * 3000,
    ],
)
def test_a_bad_link_gives_a_message_and_the_usual_setting(opened, fragment):
    tab = opened(fragment, shown="document.querySelector('[role=alert]')")
    assert "cannot be followed" in tab.ask("return document.querySelector('[role=alert]').textContent")
    assert set_in(tab) == {"v": "1", "view": "compare"}


def test_runs_can_be_stopped_and_gone_on_with(opened):
    tab = opened("#v=1&months=240")
    tab.ask("document.querySelector('.progress button').click()")
    tab.until("document.querySelector('.progress button')?.textContent.startsWith('Go on')")
    tab.ask("document.querySelector('.progress button').click()")
    tab.until("document.querySelector('.progress progress')")


def test_a_slider_moves_by_keyboard(opened):
    tab = opened()
    tab.ask("document.getElementById('best_gap').focus()")
    before = float(tab.ask("return document.getElementById('best_gap').value"))
    for kind in ("rawKeyDown", "keyUp"):
        tab.call("Input.dispatchKeyEvent", type=kind, key="ArrowRight", code="ArrowRight", windowsVirtualKeyCode=39)
    tab.until("location.hash.includes('held')")
    assert float(set_in(tab)["held"].removeprefix("best_gap:")) > before


def test_a_measure_of_all_and_of_a_region(opened):
    tab = opened(f"{SHORT}&measure=days_delivered&regimes=none,peer_support")
    tab.until("document.querySelector('.verdict .word').textContent.includes('higher')")
    assert "days" in tab.ask("return document.querySelector('.figures').innerText")
    tab.ask(
        "const one = document.getElementById('region'); one.value = 'London'; one.dispatchEvent(new Event('change'))"
    )
    tab.until("document.querySelector('.figures').innerText.includes('council-months')")
    assert tab.ask("return document.getElementById('measure').options.length") == 4


def test_pictures_are_taken_away(opened):
    tab = opened()
    taken = """
        const made = [], make = URL.createObjectURL;
        URL.createObjectURL = (blob) => { made.push(blob); return make.call(URL, blob); };
        const buttons = document.querySelectorAll("figure[data-name=difference] .actions button");
        buttons.forEach(one => one.click());
        for (let tries = 0; made.length < 4 && tries < 200; tries++) await new Promise(done => setTimeout(done, 20));
        URL.createObjectURL = make;
        return await Promise.all(made.map(async one => [one.type, one.size, (await one.text()).slice(0, 2000)]));
    """
    files = {kind.split(";")[0]: (size, text) for kind, size, text in tab.ask(taken)}
    assert set(files) == {"image/svg+xml", "image/png", "text/csv"}
    assert "The difference from Partners in Practice" in files["image/svg+xml"][1]
    assert files["image/png"][0] > 10_000
    assert files["text/csv"][1].startswith("Regime,verdict")


def test_a_browser_that_cannot_gets_a_sentence(tab, page):
    added = tab.call("Page.addScriptToEvaluateOnNewDocument", source="delete globalThis.WebAssembly")
    try:
        tab.go("about:blank")
        tab.go(page)
        assert "this browser has no WebAssembly" in tab.ask("return document.getElementById('page').innerText")
    finally:
        tab.call("Page.removeScriptToEvaluateOnNewDocument", identifier=added["identifier"])


@pytest.mark.parametrize("view", ["compare", "take"])
def test_it_reads_on_a_telephone(opened, view):
    shown = ANSWER if view == "compare" else "document.querySelector('.brief')"
    tab = opened(f"{SHORT}&view={view}", PHONE, shown)
    tab.ask("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert tab.ask("return document.documentElement.scrollWidth") <= PHONE


@pytest.mark.parametrize("width", [PHONE, 1400])
@pytest.mark.parametrize("view", ["compare", "take"])
def test_axe_finds_no_violation(opened, axe, view, width):
    shown = ANSWER if view == "compare" else "document.querySelector('.brief')"
    tab = opened(f"{SHORT}&view={view}", width, shown)
    tab.until(FINEST)
    assert tab.ask(f"{axe}\n;{AXE}") == []


def test_the_brief_prints_on_paper(opened):
    tab = opened(f"{SHORT}&view=take", shown="document.querySelector('.brief')")
    tab.call("Emulation.setEmulatedMedia", media="print")
    parts = "[...document.querySelectorAll('header, .panel, .brief')]"
    assert tab.ask(f"return {parts}.filter(one => one.checkVisibility()).map(one => one.className)") == ["brief"]
    tab.call("Emulation.setEmulatedMedia", media="")
    printed = base64.b64decode(tab.call("Page.printToPDF", preferCSSPageSize=True)["data"])
    assert len(PAGE.findall(printed)) == 1


def test_the_brief_of_four_regimes_prints_on_two_pages(opened):
    most = "&regimes=none,partners_in_practice,peer_support,hybrid&held=transfer_rate:0.2,best_gap:1.1&region=London"
    tab = opened(f"{SHORT}&view=take{most}", shown="document.querySelector('.brief')")
    tab.until(FINEST)
    printed = base64.b64decode(tab.call("Page.printToPDF", preferCSSPageSize=True)["data"])
    assert len(PAGE.findall(printed)) <= 2


CSV = """
    const made = [], make = URL.createObjectURL;
    URL.createObjectURL = (blob) => { made.push(blob); return make.call(URL, blob); };
    [...document.querySelectorAll("button")].find(one => one.textContent.startsWith("The comparison")).click();
    URL.createObjectURL = make;
    return await made[0].text();
"""
NUMBERS = [
    "difference",
    "difference_error",
    "share",
    "share_error",
    "worlds_low",
    "worlds_high",
    "matters",
    "parity_met",
]
MOVED = (
    "&parity=pounds&price=300&held=transfer_rate:0.2&levers=peer_support.0.days_per_giver:10"
    "&start=2019-10&funding=half&regimes="
)


def shown_rows(tab):
    """What the page says of each pair, by regime: as in the table that is taken away."""
    return pd.read_csv(StringIO(tab.ask(CSV))).set_index("regime")


def assert_same(shown, expected):
    assert shown["verdict"] == expected["verdict"]
    for name in NUMBERS:
        assert float(shown[name]) == pytest.approx(float(expected[name]), rel=1e-9, abs=1e-9, nan_ok=True), name


def test_the_shown_command_gives_the_same_numbers(opened, tmp_path, monkeypatch):
    tab = opened(f"{SHORT}&view=take{MOVED}none,peer_support", shown="document.querySelector('.brief')")
    tab.until(FINEST)
    monkeypatch.chdir(tmp_path)
    files = "[...document.querySelectorAll('pre[id$=\".toml\"]')].map(one => [one.id, one.textContent])"
    for name, content in tab.ask(f"return {files}"):
        (tmp_path / name.removeprefix("text-")).write_text(content, encoding="utf-8")
    command = tab.ask("return document.getElementById('text-command').textContent")
    assert main(shlex.split(command)[1:]) == 0
    table = load_results(tmp_path / "results" / "explored").comparison
    pair = (table["outcome"] == "inadequate_months") & (table["baseline"] == "none")
    rows = table[pair].set_index("regime")
    assert_same(shown_rows(tab).loc["peer_support_moved"], rows.loc["peer_support_moved"])


@pytest.mark.parametrize(
    "fragment", [f"{MOVED}partners_in_practice,hybrid,peer_support&region=London", f"{MOVED}hybrid,peer_support"]
)
def test_the_shown_lines_of_python_give_the_same_numbers(opened, fragment, tmp_path, monkeypatch, capsys):
    """Of a region, and of two regimes of which neither is a baseline."""
    tab = opened(f"{SHORT}&view=take{fragment}", shown="document.querySelector('.brief')")
    tab.until(FINEST)
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(tab.ask("return document.getElementById('text-python').textContent"), names)  # noqa: S102  what a reader would run
    shown = shown_rows(tab)
    if "rows" in names:
        expected = names["rows"].set_index("regime")
        assert set(expected.index) == {"hybrid_moved", "peer_support_moved"}
        for name, row in expected.iterrows():
            assert_same(shown.loc[name], row)
    else:
        effect = paired_effect(names["own"] - names["reference"], "lower", 6.0, names["counts"], names["runs"].weights)
        assert str(effect) in capsys.readouterr().out
        met = names["counts"].astype(float)
        expected = {**vars(effect), "parity_met": mean(met, names["runs"].weights)}
        assert_same(shown.loc["peer_support_moved"], expected)


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """A finished comparison: two parities, claims left out."""
    design = make_design(
        regimes=["peer_support", "hybrid"], parities=["pounds", "days"], sets=12, replicates=5, months=12
    )
    return compare_regimes(design, tmp_path_factory.mktemp("compared") / "results", report=False)


@pytest.mark.parametrize("width", [PHONE, 1400])
def test_a_finished_comparison_is_shown_as_it_is(tab, axe, compared, tmp_path, width):
    path = tmp_path / "explorer.html"
    write_page(path, compared)
    tab.resize(width, 1000)
    tab.go(path.resolve().as_uri())
    tab.until("document.querySelectorAll('figure svg').length >= 3")
    row = compared.case.row("hybrid", "partners_in_practice")
    shown = tab.ask(
        "return [...document.querySelectorAll('main tbody tr')].map(one => one.innerText.split(/\\s*\\t\\s*/))"
    )
    assert row.verdict in next(cells for cells in shown if cells[0] == "Hybrid")
    told = tab.ask("return document.querySelector('main').innerText")
    assert str(compared.manifest["fingerprint"])[:16] in told
    assert tab.ask(f"{axe}\n;{AXE}") == []
    assert tab.ask("return document.documentElement.scrollWidth") <= width


def test_a_folder_that_is_none_is_one_sentence(tmp_path, capsys):
    assert main(["explore", str(tmp_path), "--no-browser"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
