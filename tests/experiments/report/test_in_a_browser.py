"""The report in a browser: on paper, on a telephone, and for those who read with a machine."""

import shutil

import pytest

from experiments.studies.comparison.publication import renew_report

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


@pytest.fixture(scope="module")
def report(small_results, tmp_path_factory):
    copy = tmp_path_factory.mktemp("browsed") / "small"
    shutil.copytree(small_results.folder, copy)
    renew_report(copy)
    return copy / "report.html"


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_nothing_is_read_sideways(browser, report, width):
    beyond, wide = browser.ask(report, width, SCROLLS)
    assert beyond <= 0, wide
    assert width == DESK or wide == []


def test_verdicts_are_in_view_on_a_telephone_and_come_first(browser, report):
    found = browser.ask(report, PHONE, VERDICTS)
    assert len(found) > 10
    assert all(left >= 0 and right <= PHONE and below < 120 for left, right, below in found)


def test_figures_can_be_read_on_a_telephone(browser, report):
    smallest = 7  # points, of a figure 3.4 inches wide
    for shown, natural in browser.ask(report, PHONE, PICTURES):
        assert natural > shown, "drawn finer than it is shown"
        assert smallest / 72 / 3.4 * shown > 9.5, "pixels of its smallest letters"


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_axe_finds_no_violation(browser, axe, report, width):
    script = (
        'document.querySelectorAll("details").forEach(one => { one.open = true; });'
        "const found = await axe.run(document);"
        "return found.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 120)).slice(0, 4)]);"
    )
    found = browser.ask(report, width, f"{axe}\n;{script}")
    assert found == []


def test_the_report_prints_on_at_most_twenty_pages(browser, report):
    assert 4 < browser.printed_pages(report) <= 20
