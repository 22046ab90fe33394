"""Report and brief in a browser: on paper, on a telephone, and for those who read with a machine."""

from dataclasses import replace

import pandas as pd
import pytest

from experiments.design.design import make_design
from experiments.figures import png
from experiments.report.brief import make_brief
from experiments.report.build import REPORT_TITLE, lay_out_brief
from experiments.results.store import load_results
from experiments.studies.comparison.compare import compare_regimes
from experiments.studies.comparison.publication import report_part
from experiments.text.verdicts import VERDICTS as VERDICTS_THERE_ARE
from simulation.councils import load_councils
from simulation.parameters import PARAMETERS

pytestmark = pytest.mark.slow

PHONE, DESK = 390, 1200
SCROLLS = """
    const wide = [...document.querySelectorAll("body *")].filter(one =>
        !one.closest(".skip, thead") && one.getBoundingClientRect().right > window.innerWidth + 1);
    const beyond = document.documentElement.scrollWidth - window.innerWidth;
    return [beyond, wide.slice(0, 5).map(one => one.outerHTML.slice(0, 80))];
"""
VERDICTS = """
    document.querySelectorAll("details").forEach(one => { one.open = true; });
    return [...document.querySelectorAll("td.first")].map(one => {
        const cell = one.getBoundingClientRect(), row = one.parentElement.getBoundingClientRect();
        return [cell.left, cell.right, cell.top - row.top];
    });
"""
PICTURES = "return [...document.images].map(one => [one.getBoundingClientRect().width, one.naturalWidth]);"
AXE = """
    document.querySelectorAll("details").forEach(one => { one.open = true; });
    const found = await axe.run(document);
    return found.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 120)).slice(0, 4)]);
"""
TWELVE = 12


@pytest.fixture(scope="module")
def england(tmp_path_factory):
    """Every regime, every parity and the claims, on England's councils, over two years."""
    design = make_design(sets=12, replicates=5, months=24)
    return compare_regimes(design, tmp_path_factory.mktemp("browsed") / "england", claims=True).folder


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """One parameter set, one parity, one regime beside the baselines: no verdict anywhere."""
    design = make_design(regimes=["peer_support"], parities=["pounds"], sets=1, replicates=2, months=6)
    return compare_regimes(design, tmp_path_factory.mktemp("browsed") / "small").folder


@pytest.fixture(scope="module")
def alliance(tmp_path_factory):
    """Twelve councils of somebody's own, of two regions."""
    lines = ["code,name,region,grade"]
    for place in range(TWELVE):
        grade = ("inadequate", "requires_improvement", "good", "outstanding")[place % 4]
        lines.append(f"C{place:02d},Council {place},{('Hills', 'Coast')[place % 2]},{grade}")
    home = tmp_path_factory.mktemp("browsed")
    (home / "councils.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    councils = load_councils(home / "councils.csv", start="2018-04")
    design = make_design(
        regimes=["peer_support"], parities=["pounds", "days"], sets=10, replicates=5, months=12, councils=councils
    )
    return compare_regimes(design, home / "alliance").folder


@pytest.fixture(scope="module")
def region(england):
    """The report on one region, out of the run of all."""
    return report_part(england, region="North West")


@pytest.fixture(params=["england", "small", "alliance", "region"])
def folder(request):
    return request.getfixturevalue(request.param)


def test_the_brief_prints_on_exactly_two_pages(browser, folder):
    assert browser.printed_pages(folder / "brief.html") == 2


def test_the_brief_prints_on_two_pages_whatever_its_words(browser, england, tmp_path):
    """The longest verdicts, names and numbers that there can be, and three numbers that turn the answer."""
    results = load_results(england)
    longest = max(VERDICTS_THERE_ARE, key=len)
    for table in (results.comparison, results.by_group):
        table["verdict"], table["difference"], table["difference_error"] = longest, -1234.5, 123.4
        table["share"], table["share_error"] = 0.95, 0.12
    regions = results.by_group["kind"] == "region"
    results.by_group.loc[regions, "group"] += " and every other county of the same region"
    turn = {"outcome": "inadequate_months", "parity": "pounds", "regime": "peer_support", "explained": 0.4}
    turn |= {"baseline": "partners_in_practice", "unit": "share", "turns": True}
    for name in ("correlation", "coefficient", "value"):
        turn |= {name: -0.0123, f"{name}_low": -0.0234, f"{name}_high": 0.0123}
    turn |= {f"{what}_{side}": 0.5 for what in ("share", "worlds") for side in ("below", "above")}
    names = sorted(PARAMETERS, key=lambda name: len(PARAMETERS[name].meaning))[-3:]
    results.turns = pd.DataFrame([turn | {"place": place, "parameter": name} for place, name in enumerate(names)])
    worth = {
        "parity": "pounds",
        "kind": "number",
        "worth": 12.3,
        "worth_error": 4.5,
        "worth_bias": 1.2,
        "price": 62000.0,
    }
    results.knowing = pd.DataFrame([worth | {"name": name, "pounds": 762600.0} for name in names])
    own = {name: title for name, title in results.case.titles.items() if name not in ("none", "partners_in_practice")}
    long = results.case.titles | {name: f"{title} of the councils of England" for name, title in own.items()}
    rows = tuple(replace(row, worlds=100) for row in results.case.rows)
    results.case = replace(results.case, titles=long, rows=rows, sets=4096, replicates=1000, origin="plausible")
    brief = make_brief(results, REPORT_TITLE)
    page = tmp_path / "brief.html"
    page.write_text(lay_out_brief(brief, png(brief.picture.figure)), encoding="utf-8")
    assert longest in page.read_text(encoding="utf-8")
    assert browser.printed_pages(page) == 2


def test_the_report_prints_on_at_most_twenty_pages(browser, folder):
    assert 2 < browser.printed_pages(folder / "report.html") <= 20


def test_nothing_is_cut_off_or_made_smaller_in_print(browser, folder):
    """A page too wide for the paper would be drawn smaller: each is narrower than the paper between its margins."""
    millimetre = 96 / 25.4
    for name, width in (("report.html", 210 - 2 * 12), ("brief.html", 210 - 2 * 14)):
        beyond, wide = browser.ask(folder / name, round(width * millimetre), SCROLLS, as_printed=True)
        assert beyond <= 0, (name, wide)


@pytest.mark.parametrize("name", ["report.html", "brief.html"])
def test_nothing_is_read_sideways_on_a_telephone(browser, england, name):
    beyond, wide = browser.ask(england / name, PHONE, SCROLLS)
    assert beyond <= 0, wide
    assert wide == []


@pytest.mark.parametrize("name", ["report.html", "brief.html"])
def test_verdicts_are_in_view_on_a_telephone_and_come_first(browser, england, name):
    found = browser.ask(england / name, PHONE, VERDICTS)
    assert len(found) > 10
    assert all(left >= 0 and right <= PHONE and below < 120 for left, right, below in found)


@pytest.mark.parametrize("name", ["report.html", "brief.html"])
def test_figures_can_be_read_on_a_telephone(browser, england, name):
    smallest, inches = 7, 3.4  # points of its smallest letters; width of a figure
    for shown, natural in browser.ask(england / name, PHONE, PICTURES):
        assert natural > shown, "drawn finer than it is shown"
        assert smallest / 72 / inches * shown > 9.5, "pixels of its smallest letters"


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("name", ["report.html", "brief.html"])
def test_axe_finds_no_violation(browser, axe, england, name, width):
    assert browser.ask(england / name, width, f"{axe}\n;{AXE}") == []
