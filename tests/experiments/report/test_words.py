"""The words of the report: right in every case, made from the numbers and never from hope."""

import doctest
import importlib
import math
import re
from dataclasses import replace

import pytest

from experiments.report import words
from experiments.report.sections import assumptions, differences, limits, money, realised
from experiments.results.case import Case
from experiments.results.rows import ONE_SET, ComparisonRow
from experiments.text import numbers

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
    return ComparisonRow(regime=regime, baseline=baseline, verdict=verdict, **(cells | more))


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


# Words


def test_what_the_answer_rests_on_is_said_of_the_sets_that_were_run():
    fitted, prior = (words.answer(case(row(), origin=origin))[2] for origin in ("plausible", "prior"))
    assert "no evidence informs what a day of support does or costs" in fitted
    assert "everything rests on ranges that no evidence has narrowed" in prior
    for said in (fitted, prior):
        assert said.endswith(", not what will happen.")


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        ("plausible", "The 20 parameter sets are of the plausible ones"),
        ("prior", "The 20 parameter sets were drawn from the prior: anywhere in the ranges, by a Latin hypercube"),
        ("file", "The 20 parameter sets are those of the user's own file."),
        ("defaults", "The one parameter set is the defaults"),
    ],
)
def test_the_assumptions_say_where_the_sets_come_from(origin, said):
    (sentence,) = assumptions._sets(case(origin=origin))
    assert sentence.startswith(said)
    assert assumptions._sets(case()) == ()


def test_the_limits_say_what_the_fit_does_not_settle_and_of_whom_it_was():
    at_home, abroad = (limits.limits(case(origin="plausible", england=england)) for england in (True, False))
    (said,) = set(at_home) - set(limits.limits(case(origin="prior")))
    assert "none of it informs what a day of support does or costs" in said
    assert set(abroad) - set(at_home) == {"They were fitted to England's councils, not to the councils compared here."}


def test_how_to_read_a_dashed_line_depends_on_the_draw():
    said = {origin: differences._how_to_read(case(origin=origin)) for origin in ("plausible", "prior", "file")}
    assert "over the uncertain numbers, as far as they fit the evidence." in said["plausible"]
    assert "over the uncertain numbers, anywhere in their ranges." in said["prior"]
    assert said["file"].endswith("over the uncertain numbers.")


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


@pytest.mark.parametrize(
    "module",
    [
        "text.numbers",
        "text.names",
        "report.words",
        "statistics.thirds",
        "report.sections.assumptions",
    ],
)
def test_examples_in_docstrings_hold(module):
    found = doctest.testmod(importlib.import_module(f"experiments.{module}"))
    assert found.attempted
    assert not found.failed


@pytest.mark.parametrize(
    ("value", "wanted"), [(-0.2, "£0"), (999_999.6, "£1 million"), (-4.03e6, "-£4.03 million"), (2.5e9, "£2.5 billion")]
)
def test_money_is_said_in_its_unit(value, wanted):
    assert numbers.pounds(value).replace("\N{MINUS SIGN}", "-") == wanted


def test_what_has_no_number_is_a_dash():
    dash = "\N{EN DASH}"
    assert {numbers.plain(math.nan), numbers.with_sign(math.inf), numbers.span(*NONE), numbers.percent(math.nan)} == {
        dash
    }


# Money


def test_no_price_is_stated_while_a_verdict_is_missing():
    point = {"price": 700.0}
    firm = [row("peer_support", "none"), row("partners_in_practice", "none")]
    assert "if an unpaid day were worth £700," in money.statement(case(*firm), point, "peer_support")
    weak = [firm[0], replace(firm[1], verdict="too close to call")]
    said = money.statement(case(*weak), point, "peer_support")
    assert said.startswith("no break-even price may be stated")
    assert "too close to call" in said
    assert said.endswith("(the means alone would give £700)")


def test_without_partners_or_months_avoided_there_is_no_price():
    firm = [row("peer_support", "none"), row("partners_in_practice", "none")]
    assert money.statement(case(*firm), None, "peer_support").startswith("without Partners in Practice")
    assert "one of the two avoided no months" in money.statement(case(*firm), {"price": math.nan}, "peer_support")
    assert "in cash alone" in money.statement(case(*firm), {"price": -20.0}, "peer_support")


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
