"""The report: right words in every case, one page that needs nothing else, nothing about a named council."""

import base64
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from itertools import product

import numpy as np
import pandas as pd
import pytest

from experiments.design.parameter_sets import LEVER_QUANTILES
from experiments.figures import png
from experiments.report import words
from experiments.report.build import lay_out, make_report
from experiments.report.sections import groups, levers, limits, money
from experiments.results.group_totals import SMALLEST
from experiments.results.store import Results, load_results
from experiments.statistics.thirds import THIRDS
from experiments.studies.comparison.money import price_table
from experiments.studies.comparison.publication import renew_report
from simulation.councils import load_councils
from simulation.errors import InputError
from simulation.evidence import describe_tables
from simulation.parameters import PARAMETERS
from simulation.switches import SWITCHES


class Page(HTMLParser):
    """What a page holds: its tags with their attributes, its text, and the tables' rows."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.words, self.rows = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag == "tr":
            self.rows.append([])

    def handle_data(self, data):
        self.words.append(data)

    def every(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def folder(small_results, tmp_path_factory):
    copy = tmp_path_factory.mktemp("report") / "small"
    shutil.copytree(small_results.folder, copy)
    renew_report(copy)
    return copy


@pytest.fixture(scope="module")
def page(folder):
    return Page((folder / "report.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def report(folder):
    return make_report(load_results(folder))


# Levers, groups, money and parity


def test_levers_held_fixed_are_said_to_be(small_results):
    results = Results(small_results.folder, {**small_results.manifest, "levers": "fixed"})
    section = levers.section(results)
    assert "held at the values of the regimes' files" in section.lead[1]
    assert not section.pictures


def test_thirds_of_enough_sets_are_shown_for_both_levers(small_results):
    results = load_results(small_results.folder)
    results.case = replace(results.case, sets=8)
    shared = {"outcome": "inadequate_months", "unit": "council-months", "better": "lower", "parity": "pounds"}
    shared |= {"baseline": "none", "difference_error": 1.0, "worlds_low": -2.0, "worlds_high": 2.0, "matters": 60.0}
    shared |= {"share": 0.5, "share_error": 0.1, "gains": 0.0, "losses": 0.0, "within": 1.0, "left_out": 0.0}
    shared |= {"parity_met": 1.0, "worlds": 3, "replicates": 3, "verdict": "no verdict"}
    regimes = ["partners_in_practice", "peer_support", "hybrid"]
    rows = [
        {"lever": lever, "third": third, "regime": regime, "difference": -1.0 - rank, "rank": 3 - rank}
        for lever, third, (rank, regime) in product(LEVER_QUANTILES, THIRDS, enumerate(regimes))
    ]
    results.by_lever = pd.DataFrame(rows).assign(**shared)
    section = levers.section(results)
    assert [picture.name for picture in section.pictures] == ["by_receiver_quantile", "by_giver_quantile"]
    minus = "\N{MINUS SIGN}"
    (table,) = section.folded
    names = ("days per receiver", "days per giver")
    assert table.columns == ("Regime", *(f"{name}: {third} third" for name in names for third in THIRDS))
    assert table.rows[-1] == ("Hybrid", *[f"{minus}3.0 (rank 1)"] * 6)


def test_the_page_says_where_the_sets_come_from(page, small_results):
    digest = small_results.manifest["design"]["origin"]["digest"]
    said = f"2 parameter sets of the plausible ones, fitted to the evidence (digest {digest}); days per receiver"
    assert said in page.text
    assert small_results.case.england


def test_councils_of_the_users_own_are_known_from_england(small_results):
    manifest = {**small_results.manifest, "own_councils": True}
    assert not Results(small_results.folder, manifest).case.england


def test_a_group_too_small_to_hide_a_council_is_not_shown(small_results):
    results = load_results(small_results.folder)
    results.by_group.loc[results.by_group["group"] == "London", "councils"] = SMALLEST - 1
    section = groups.sections(results)[0]
    assert "London" in " ".join(section.lead)
    shown = [row[0] for table in section.folded for row in table.rows]
    assert shown
    assert not any("London" in name for name in shown)


def test_a_group_of_a_regime_that_missed_the_parity_says_so(small_results):
    results = load_results(small_results.folder)
    missed = results.by_group["regime"] == "hybrid"
    results.by_group.loc[missed, "verdict"] = "parity not met"
    table = groups.sections(results)[0].folded[1]
    hybrid = table.columns.index("Hybrid")
    assert all(row[hybrid] == "parity not met" for row in table.rows)
    assert not any("parity not met" in cell for row in table.rows for cell in row[:hybrid])


def test_groups_stand_from_worst_to_best_and_least_to_most(report):
    by_name = {section.name: section for section in report.sections}
    grades = [row[0].split(" (")[0] for row in by_name["who-start_grade"].folded[0].rows]
    fifths = [row[0][0] for row in by_name["who-deprivation_fifth"].folded[0].rows]
    assert grades == ["inadequate", "requires improvement", "good", "outstanding"]
    assert fifths == ["1", "2", "3", "4", "5"]


def test_the_price_list_is_the_user_s(small_results):
    results = load_results(small_results.folder)
    results.price_curve = price_table(results.money, [75.0, 250.0])
    columns = money.section(results, [75.0, 250.0]).folded[0].columns
    assert columns[-2:] == ("a month avoided at £75 a day", "a month avoided at £250 a day")
    assert "a month avoided at £600 a day" in money.section(small_results, None).folded[0].columns


def test_every_parity_of_the_comparison_has_its_pictures(report):
    names = {picture.name for picture in report.pictures()}
    wanted = {f"difference_from_{one}_{parity}" for one in ("nothing", "partners") for parity in ("pounds", "days")}
    assert wanted <= names


def test_runs_that_failed_leave_a_report(small_results):
    results = load_results(small_results.folder)
    measured = ["difference", "difference_error", "share", "share_error", "worlds_low", "worlds_high"]
    for table in (results.comparison, results.by_group):
        table.loc[table["regime"] == "peer_support", measured] = np.nan
        table.loc[table["regime"] == "peer_support", ["worlds", "replicates"]] = 0
    lost = results.money["regime"] == "peer_support"
    results.money.loc[lost, results.money.columns.difference(["parity", "regime", "baseline", "verdict"])] = np.nan
    results.price_curve = price_table(results.money)
    found = make_report(results)
    assert "could not be compared" in found.answer[0]
    assert all(png(picture.figure) for picture in found.pictures())


# The page


def test_the_page_needs_nothing_else(page):
    assert not page.every("script")
    assert not page.every("link")
    assert all(image["src"].startswith("data:image/png;base64,") for image in page.every("img"))
    assert all(link["href"].startswith("#") for link in page.every("a"))


def test_nothing_in_the_style_is_fetched(folder):
    text = (folder / "report.html").read_text(encoding="utf-8")
    assert not re.search(r"url\(|@import|https?://", re.sub(r"base64,[A-Za-z0-9+/=]+", "", text))


def test_links_inside_the_page_lead_somewhere(page):
    places = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    assert {link["href"][1:] for link in page.every("a")} <= places


def test_every_figure_says_what_it_shows_with_its_numbers(page, report):
    images = page.every("img")
    assert len(images) == len(list(report.pictures()))
    assert all(re.search(r"\d", image["alt"]) for image in images)
    names = [picture.name for picture in report.pictures()]
    assert len(set(names)) == len(names)


def test_figures_lie_beside_the_page_as_they_stand_in_it(folder, page):
    embedded = {base64.b64decode(image["src"].partition(",")[2]) for image in page.every("img")}
    assert embedded == {path.read_bytes() for path in (folder / "figures").glob("*.png")}


def test_every_section_with_figures_has_a_table_too(report):
    for section in report.sections:
        if section.pictures:
            # The numbers of the months' figures stand in a section of their own, before them.
            assert section.below() or section.tables or section.name == "paths", section.name
    assert all(table.rows for section in report.sections if section.name == "ends" for table in section.tables)


def test_tables_are_whole(report):
    for section in (report.front, *report.sections):
        for table in (*section.tables, *section.below()):
            assert {len(cells) for cells in table.rows} <= {len(table.columns)}, table.caption


def test_the_seed_and_the_number_of_runs_stand_under_each_figure(report):
    for picture in report.pictures():
        said = " ".join(" ".join(text.get_text().split()) for text in picture.figure.texts)
        assert "seed 2018" in said
        assert "4 regimes, 2 parameter sets, 3 replicates: 24 runs" in said


def test_the_purpose_stands_once_in_the_text_and_at_the_foot_of_every_printed_page(page, folder):
    assert page.text.count(words.PURPOSE) == 1
    text = (folder / "report.html").read_text(encoding="utf-8")
    foot = re.search(r"@page \{[^@]*@bottom-left \{ content: \"([^\"]*)\"", text)
    assert (
        foot[1] == "Theoretical exploration and illustration for policy, not prediction. No forecast for any council."
    )


def test_every_assumption_stands_there_with_its_source(page):
    text = page.text
    for info in PARAMETERS.values():
        assert " ".join(info.source.split()) in text
        assert info.name in text
    assert all(name in text for name in SWITCHES)
    assert all(source.publisher in text for source in describe_tables())


def test_what_it_cannot_say_is_said(page):
    assert "no causal estimate of any regime's effect exists" in page.text
    assert all(one in page.text for one in limits.BUILT_IN)
    assert all(word in page.text for word in limits.GLOSSARY)


def test_no_council_is_named_in_what_was_simulated(report):
    councils = load_councils()
    parts = [report.front, *(section for section in report.sections if section.name != "assumptions")]
    tables = [table for part in parts for table in (*part.tables, *part.below())]
    said = [cell for table in tables for line in table.rows for cell in line]
    said += [f"{picture.alt} {picture.caption}" for picture in report.pictures()]
    said += [*report.answer, *(sentence for part in parts for sentence in part.lead)]
    text = " ".join(said)
    names = [name for name in councils.name if name not in councils.regions]
    assert "London" in text
    assert [name for name in names if re.search(rf"\b{re.escape(name)}\b", text)] == []


def test_a_title_that_looks_like_markup_is_shown_as_text(report):
    hostile = replace(report, subject="<script>alert(1)</script>")
    page = Page(lay_out(hostile, {picture.name: b"" for picture in report.pictures()}))
    assert not page.every("script")
    assert "<script>alert(1)</script>" in page.text


def test_the_same_results_give_the_same_bytes(folder, tmp_path):
    copy = tmp_path / "again"
    shutil.copytree(folder, copy)
    (copy / "report.html").unlink()
    shutil.rmtree(copy / "figures")
    renew_report(copy)
    assert (copy / "report.html").read_bytes() == (folder / "report.html").read_bytes()


def test_a_folder_without_results_is_refused(tmp_path):
    with pytest.raises(InputError, match="expected a folder of results"):
        renew_report(tmp_path)
