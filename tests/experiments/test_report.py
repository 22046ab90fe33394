"""The report: right words in every case, one page that needs nothing else, nothing about a named council."""

import base64
import doctest
import importlib
import math
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

from experiments.figures import png
from experiments.report import differences, groups, levers, limits, money, numbers, realised, words, write_report
from experiments.report.build import lay_out, make_report, read_case
from experiments.report.case import Case
from experiments.report.rows import ONE_SET, Row
from experiments.store import load_results
from simulation.councils import load_councils
from simulation.errors import InputError
from simulation.evidence import describe
from simulation.parameters import PARAMETERS
from simulation.switches import SWITCHES

NONE = (math.nan, math.nan)
TITLES = {
    "none": "No programme",
    "partners_in_practice": "Partners in Practice",
    "peer_support": "Broad peer support",
    "hybrid": "Hybrid",
}


def row(regime="peer_support", baseline="partners_in_practice", verdict="better", **more):
    cells = {
        "outcome": "inadequate_months",
        "unit": "council-months",
        "better": "lower",
        "parity": "pounds",
        "difference": -214.0,
        "chance": (-300.0, -120.0),
        "sets_range": (-500.0, 60.0),
        "win_share": 0.85,
        "realised": 4.0e7,
        "realised_baseline": 4.0e7,
        "parity_met": 1.0,
        "sets": 20,
        "replicates": 5,
    }
    return Row(regime=regime, baseline=baseline, verdict=verdict, **(cells | more))


def case(*rows, **more):
    facts = {
        "parities": ("pounds", "days"),
        "regimes": tuple(TITLES),
        "titles": TITLES,
        "councils": 152,
        "months": 120,
        "sets": 20,
        "replicates": 5,
        "seed": 2018,
        "start": "2018-04",
        "levers": "drawn",
        "failed": 0,
    }
    return Case(rows=rows, **(facts | more))


def first(*rows, **more):
    return words.answer(case(*rows, **more))[0]


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
    write_report(copy)
    return copy


@pytest.fixture(scope="module")
def page(folder):
    return Page((folder / "report.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def report(folder):
    return make_report(load_results(folder))


# Words


def test_better_says_by_how_much_and_what_luck_allows():
    assert first(row()) == (
        "At equal pounds, broad peer support did better than Partners in Practice in this model: it had 214 fewer "
        "council-months judged inadequate, of 18,240 in 10 years (luck alone: 120 to 300 fewer)."
    )


def test_worse_says_more():
    said = first(row(verdict="worse", difference=150.0, chance=(60.0, 240.0), win_share=0.1))
    assert "did worse than Partners in Practice" in said
    assert "150 more council-months" in said
    assert "60 to 240 more" in said
    assert "fewer" not in said


def test_a_verdict_warns_where_the_parity_was_met_in_part():
    assert "within a tenth of each other in 40% of the runs" in first(row(parity_met=0.4))
    assert "within a tenth" not in first(row())


def test_too_close_for_luck_says_so():
    said = first(row(verdict="too close to call", difference=-20.0, chance=(-80.0, 40.0)))
    assert "are too close to call" in said
    assert "luck alone allows 40 more to 80 fewer" in said


def test_too_close_for_ignorance_says_so():
    said = first(row(verdict="too close to call", win_share=0.7))
    assert "the sign changes from one parameter set to another (better in 70% of them)" in said


@pytest.mark.parametrize(
    ("sets", "replicates", "wanted"),
    [
        (4, 5, "at least 10 parameter sets, and here are 4 parameter sets and 5 replicates"),
        (20, 3, "at least 5 replicates, and here are 20 parameter sets and 3 replicates"),
        (2, 1, "at least 10 parameter sets and 5 replicates, and here are 2 parameter sets and 1 replicate"),
    ],
)
def test_no_verdict_says_what_is_missing(sets, replicates, wanted):
    few = row(verdict="no verdict", sets=sets, replicates=replicates, difference=-20.0, chance=(-80.0, 40.0))
    said = first(few, sets=sets, replicates=replicates)
    assert "there is no verdict between broad peer support and Partners in Practice" in said
    assert wanted in said
    assert "did better" not in said


def test_one_parameter_set_is_an_illustration_whatever_luck_says():
    one = [row(verdict="no verdict", sets=1), row(baseline="none", verdict="no verdict", sets=1)]
    answer = words.answer(case(*one, sets=1))
    assert answer[0].startswith("One parameter set: illustration, no verdict")
    assert "again without a verdict" in answer[1]
    assert words.badge(case(*one, sets=1))[1] == ONE_SET
    assert not re.search(r"\b(better|worse)\b", " ".join(answer))


def test_parity_not_met_gives_no_verdict_but_what_was_realised():
    said = first(row(verdict="parity not met", realised=2.6e7, parity_met=0.0))
    assert "cannot be compared fairly" in said
    assert "65%" in said
    assert "there is no verdict" in said
    assert "fewer" not in said


def test_regimes_without_a_pair_of_runs_are_said_to_be_without():
    assert "could not be compared" in first(row(difference=math.nan, chance=NONE, verdict="no verdict"))
    assert "could not be compared" in first()


def test_the_second_sentence_sorts_regimes_by_verdict():
    rows = [
        row("partners_in_practice", "none"),
        row("peer_support", "none"),
        row("hybrid", "none", verdict="too close to call"),
    ]
    assert words.answer(case(*rows))[1] == (
        "Against no programme, Partners in Practice and broad peer support did better; the hybrid came too close to "
        "call."
    )


@pytest.mark.parametrize(
    ("verdict", "wanted"),
    [("better", "The verdict is the same at equal delivered days"), ("worse", "at equal delivered days it is: worse")],
)
def test_the_third_sentence_says_how_far_it_holds(verdict, wanted):
    said = words.answer(case(row(), row(parity="days", verdict=verdict)))[2]
    assert wanted in said
    assert "ranges that no evidence has narrowed" in said


def test_the_two_compared_are_chosen_by_name_and_not_by_result():
    assert case().focus == "peer_support"
    assert case(regimes=("none", "partners_in_practice", "hybrid")).focus == "hybrid"
    alone = case(regimes=("none", "partners_in_practice"))
    assert (alone.focus, alone.rival) == ("partners_in_practice", "none")


def test_partners_alone_are_set_against_no_programme():
    said = first(row("partners_in_practice", "none"), regimes=("none", "partners_in_practice"))
    assert said.startswith("At equal pounds, Partners in Practice did better than no programme")


def test_a_user_s_own_regime_is_called_as_the_user_calls_it():
    own = {"none": "No programme", "partners_in_practice": "Partners in Practice", "mine": "Friday clinics"}
    said = first(row("mine"), regimes=tuple(own), titles=own)
    assert "“Friday clinics” did better" in said
    assert case(titles={}).title("my_own") == "My own"


@pytest.mark.parametrize("parity", ["pounds", "days", "director_days", "none"])
def test_the_question_names_what_is_made_equal(parity):
    asked = words.question(case(parities=(parity,)))
    assert asked.startswith("Which leaves children's services judged inadequate for fewer months: broad peer support")
    assert asked.endswith("?")
    assert ("own size" in asked) == (parity == "none")


@pytest.mark.parametrize("verdict", ["better", "worse", "too close to call", "no verdict", "parity not met"])
def test_a_heading_says_no_more_than_the_verdict(verdict):
    said = differences.finding(case(), row(verdict=verdict))
    assert verdict in said
    assert ("did" in said) == (verdict in {"better", "worse"})


@pytest.mark.parametrize("module", ["numbers", "names", "words", "levers", "money", "assumptions"])
def test_examples_in_docstrings_hold(module):
    found = doctest.testmod(importlib.import_module(f"experiments.report.{module}"))
    assert found.attempted
    assert not found.failed


@pytest.mark.parametrize(
    ("value", "wanted"), [(-0.2, "£0"), (999_999.6, "£1 million"), (-4.03e6, "-£4.03 million"), (2.5e9, "£2.5 billion")]
)
def test_money_is_said_in_its_unit(value, wanted):
    assert numbers.pounds(value).replace("\N{MINUS SIGN}", "-") == wanted


def test_what_has_no_number_is_a_dash():
    dash = "\N{EN DASH}"
    assert {numbers.plain(math.nan), numbers.signed(math.inf), numbers.span(*NONE), numbers.percent(math.nan)} == {dash}


# Money


def bill(cash, days, avoided):
    shape = (4, 5)
    noise = np.arange(20.0).reshape(shape) / 10
    return money.Bill(np.full(shape, cash), np.full(shape, days), avoided + noise)


def test_the_break_even_price_lies_within_both_uncertainties():
    peers, partners = bill(6e6, 4e4, 130.0), bill(3.4e7, 0.0, 120.0)
    price = money.break_even_price(peers.effect(), partners.effect())
    low, high = money._over_replicates(peers, partners)
    assert low <= price <= high
    assert money._over_sets(peers, partners)[0] == 4


def test_a_price_has_no_interval_where_luck_could_leave_nothing_avoided():
    weak = money.Bill(
        *(np.full((4, 5), value) for value in (3.4e7, 0.0)), np.tile([-200.0, 200.0, 1, -100, 120], (4, 1))
    )
    assert all(map(math.isnan, money._over_replicates(bill(6e6, 4e4, 130.0), weak)))


def test_no_price_is_stated_while_a_verdict_is_missing():
    bills = {"peer_support": bill(6e6, 4e4, 130.0), "partners_in_practice": bill(3.4e7, 0.0, 120.0)}
    firm = [row("peer_support", "none"), row("partners_in_practice", "none")]
    assert "if an unpaid day were worth £" in money._said(case(*firm), bills, "peer_support")
    weak = [firm[0], replace(firm[1], verdict="too close to call")]
    said = money._said(case(*weak), bills, "peer_support")
    assert said.startswith("no break-even price may be stated")
    assert "too close to call" in said


def test_unpaid_days_are_unknown_where_arms_have_several_shadow_prices():
    arms = [{"shadow_price_per_day": 600.0}, {"shadow_price_per_day": 400.0}]
    assert money.shadow_price({"arms": arms}) is None
    assert money.shadow_price({"arms": [{"shadow_price_per_day": 0.0}]}) == 0.0


def test_the_price_list_is_the_user_s(small_results, tmp_path):
    copy = tmp_path / "small"
    shutil.copytree(small_results.folder, copy)
    (tmp_path / "prices.csv").write_text("price\n250\n75\n", encoding="utf-8")
    write_report(copy, tmp_path / "prices.csv")
    text = Page((copy / "report.html").read_text(encoding="utf-8")).text
    assert "a month avoided at £75 a day a month avoided at £250 a day" in text
    assert "at £600 a day" not in text


def test_the_price_list_of_the_manifest_serves_as_well(small_results):
    results = load_results(small_results.folder)
    results.manifest = {**results.manifest, "options": {"prices": [75.0, 250.0]}}
    section = next(one for one in make_report(results).sections if one.name == "price")
    assert section.folded[0].columns[-1] == "a month avoided at £250 a day"


# Levers, groups and parity


def test_sets_are_parted_into_equal_thirds_by_rank():
    quantiles = np.random.default_rng(1).random(12)
    third = levers.thirds(quantiles)
    assert np.bincount(third).tolist() == [4, 4, 4]
    assert quantiles[third == 0].max() < quantiles[third == 2].min()


def test_levers_held_fixed_are_said_to_be(small_results):
    section = levers.section(case(levers="fixed"), small_results.runs, small_results.sets)
    assert "held at the values of the regimes' files" in section.lead[1]
    assert not section.pictures


def test_thirds_of_enough_sets_are_shown_for_both_levers(small_results):
    runs = pd.concat([small_results.runs.assign(set=small_results.runs["set"] + 2 * k) for k in range(4)])
    sets = pd.concat([small_results.sets] * 4, ignore_index=True).assign(set=range(8))
    section = levers.section(replace(read_case(small_results), sets=8), runs, sets)
    assert [picture.name for picture in section.pictures] == ["by_receiver_quantile", "by_giver_quantile"]
    assert {len(table.rows) for table in section.folded} == {3}


def test_a_group_too_small_to_hide_a_council_is_not_shown(small_results):
    table = small_results.groups.copy()
    table.loc[table["group"] == "London", "councils"] = groups.SMALLEST - 1
    section = groups.sections(read_case(small_results), table)[0]
    assert "London" in " ".join(section.lead)
    shown = [row[0] for table in section.folded for row in table.rows]
    assert shown
    assert not any("London" in name for name in shown)


def test_groups_stand_from_worst_to_best_and_least_to_most(report):
    by_name = {section.name: section for section in report.sections}
    grades = [row[0].split(" (")[0] for row in by_name["who-start_grade"].folded[0].rows]
    fifths = [row[0][0] for row in by_name["who-deprivation_fifth"].folded[0].rows]
    assert grades == ["inadequate", "requires improvement", "good", "outstanding"]
    assert fifths == ["1", "2", "3", "4", "5"]


def test_what_was_realised_is_printed_beside_the_partners():
    rows = [
        row("partners_in_practice", "none"),
        row("peer_support", realised=2.0e7, parity_met=0.0),
        row("hybrid", realised=4.2e7, parity_met=0.5),
    ]
    table = realised.realised(case(*rows)).tables[0]
    cells = {line[0]: line[1:] for line in table.rows}
    assert cells["Partners in Practice"] == ("£40 million", "100%", "100%", "met")
    assert cells["Broad peer support"] == ("£20 million", "50%", "0%", "not met")
    assert cells["Hybrid"][-1] == "met in part"


def test_every_parity_of_the_comparison_has_its_pictures(report):
    names = {picture.name for picture in report.pictures()}
    wanted = {f"difference_from_{one}_{parity}" for one in ("nothing", "partners") for parity in ("pounds", "days")}
    assert wanted <= names


def test_runs_that_failed_leave_a_report(small_results):
    results = load_results(small_results.folder)
    runs = results.runs.copy()
    measured = runs.select_dtypes("number").columns.difference(["set", "replicate"])
    runs.loc[runs["regime"] == "peer_support", measured] = np.nan
    results.runs = runs
    comparison = results.comparison.copy()
    lost = comparison["regime"] == "peer_support"
    comparison.loc[lost, ["difference", "chance_low", "chance_high", "sets_low", "sets_high", "win_share"]] = np.nan
    results.comparison = comparison
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
            assert section.under(), section.name


def test_tables_are_whole(report):
    for section in (report.front, *report.sections):
        for table in (*section.tables, *section.under()):
            assert {len(cells) for cells in table.rows} <= {len(table.columns)}, table.caption


def test_the_seed_and_the_number_of_runs_stand_under_each_figure(report):
    for picture in report.pictures():
        said = " ".join(" ".join(text.get_text().split()) for text in picture.figure.texts)
        assert "seed 2018" in said
        assert "4 regimes, 2 parameter sets, 3 replicates: 24 runs" in said


def test_the_purpose_stands_in_every_part(page, report):
    assert page.text.count(words.PURPOSE) == len(report.sections) + 2


def test_every_assumption_stands_there_with_its_source(page):
    text = page.text
    for info in PARAMETERS.values():
        assert " ".join(info.source.split()) in text
        assert info.name in text
    assert all(name in text for name in SWITCHES)
    assert all(source.publisher in text for source in describe())


def test_what_it_cannot_say_is_said(page):
    assert "no causal estimate of any regime's effect exists" in page.text
    assert all(one in page.text for one in limits.BUILT_IN)
    assert all(word in page.text for word in limits.GLOSSARY)


def test_no_council_is_named_in_what_was_simulated(report):
    councils = load_councils()
    parts = [report.front, *(section for section in report.sections if section.name != "assumptions")]
    tables = [table for part in parts for table in (*part.tables, *part.under())]
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
    write_report(copy)
    assert (copy / "report.html").read_bytes() == (folder / "report.html").read_bytes()


def test_a_folder_without_results_is_refused(tmp_path):
    with pytest.raises(InputError, match="expected a folder of results"):
        write_report(tmp_path)
