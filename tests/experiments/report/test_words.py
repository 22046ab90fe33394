"""The words of the report: right in every case, made from the numbers and never from hope."""

import doctest
import importlib
import math
import re
from dataclasses import replace

import pandas as pd
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


def row(regime="peer_support", baseline="partners_in_practice", verdict="likely better", **more):
    cells = {
        "outcome": "inadequate_months",
        "unit": "council-months",
        "better": "lower",
        "parity": "pounds",
        "difference": -214.0,
        "error": 40.0,
        "share": 0.85,
        "share_error": 0.04,
        "worlds_range": (-500.0, 60.0),
        "gains": 0.7,
        "losses": 0.05,
        "within": 0.25,
        "matters": 60.0,
        "realised": 4.0e7,
        "realised_baseline": 4.0e7,
        "parity_met": 1.0,
        "worlds": 20,
        "left_out": 0.0,
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


class Tables:
    """As much of results as the answer is made of."""

    def __init__(self, case, regret=()):
        columns = ["parity", "regime", "mean", "mean_error", "worst_tenth", "least", "worlds"]
        self.case, self.regret = case, pd.DataFrame(list(regret), columns=columns)


def answer(*rows, regret=(), **more):
    return words.answer(Tables(case(*rows, **more), regret))


def first(*rows, **more):
    return answer(*rows, **more)[0]


# Words


def test_regimes_that_are_several_are_spoken_of_so():
    titles = {"improvement_partnership": "Improvement partnerships"}
    one = row("improvement_partnership")
    said = words.verdicts_words(case(one, titles=titles), [one])
    assert said == "improvement partnerships are likely better"


def test_what_the_answer_rests_on_is_said_of_the_sets_that_were_run():
    fitted, prior = (answer(row(), origin=origin)[-1] for origin in ("plausible", "prior"))
    assert "No evidence says what a day of support does or costs" in fitted
    assert "No evidence has narrowed the ranges" in prior
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
    said = {origin: differences._how_to_read(case(origin=origin))[0] for origin in ("plausible", "prior", "file")}
    assert "how far the worlds lie apart, as far as they fit the evidence. " in said["plausible"]
    assert "how far the worlds lie apart, anywhere in their ranges. " in said["prior"]
    assert "how far the worlds lie apart. " in said["file"]
    assert all(words.WORLD in one and words.SCALE in one for one in said.values())


# The main parity


UNFAIR = {"verdict": "parity not met", "parity_met": 0.45, "realised": 3.3e7}


def test_the_answer_is_at_the_first_parity_at_which_the_two_can_be_compared_fairly_and_says_why():
    fair = row(parity="days", verdict="likely worse", difference=214.0, share=0.15)
    one = case(row(**UNFAIR), fair)
    assert (one.parity, one.unfair_parities, one.other_parities) == ("days", ("pounds",), ("pounds",))
    assert words.badge(one) == (
        "Broad peer support against Partners in Practice, at equal delivered days",
        fair.verdict,
    )
    why, likely, amount, *_, last = answer(row(**UNFAIR), fair)
    assert why.startswith("At equal pounds, broad peer support and Partners in Practice cannot be compared fairly")
    assert likely.startswith("At equal delivered days, broad peer support is likely worse")
    assert "214 more council-months" in amount
    assert last.startswith("The verdict on these two is parity not met at equal pounds.")


def test_a_verdict_never_chooses_the_parity_and_where_all_are_unfair_the_first_stays():
    for verdict in ("likely worse", "too close to call", "no verdict", "very likely better, but by less than matters"):
        assert case(row(verdict=verdict), row(parity="days")).parity == "pounds"
    unfair = case(row(**UNFAIR), row(**UNFAIR, parity="days"))
    assert (unfair.parity, unfair.unfair_parities) == ("pounds", ())
    assert case(regimes=("none",)).parity == "pounds"


def test_better_says_how_likely_and_by_how_much_with_both_errors_and_what_matters():
    likely, amount, *_ = answer(row())
    assert likely == (
        "At equal pounds, broad peer support is likely better than Partners in Practice: broad peer support does "
        "better in 85% (standard error 4 points) of the worlds."
    )
    assert amount == (
        "On average broad peer support leaves 214 fewer council-months judged inadequate than Partners in Practice "
        "(standard error 40), of 18,240 from April 2018 to March 2028. A difference of 60 or more is taken to matter. "
        "Of the worlds, 70% are so much better, 5% are so much worse."
    )


def test_a_share_of_no_world_is_said_in_a_word():
    assert "Of the worlds, 70% are so much better, none is so much worse." in answer(row(losses=0.001))[1]


def test_small_is_never_left_out_of_the_words():
    said = first(row(verdict="very likely better, but by less than matters"))
    assert "is very likely better than Partners in Practice, but by less than matters: " in said


def test_worse_says_more():
    likely, amount, *_ = answer(row(verdict="likely worse", difference=150.0, share=0.1))
    assert "is likely worse than Partners in Practice: broad peer support does better in 10%" in likely
    assert "leaves 150 more council-months" in amount
    assert "fewer" not in amount


def test_a_verdict_says_which_worlds_it_is_of_where_some_missed_the_parity():
    assert "of the worlds that met the parity (40% of all)" in first(row(parity_met=0.4))
    assert first(row()).endswith("of the worlds.")


def test_too_close_to_call_says_the_share_all_the_same():
    said = first(row(verdict="too close to call", share=0.55))
    assert "broad peer support and Partners in Practice are too close to call: " in said
    assert "does better in 55% (standard error 4 points)" in said


def test_no_difference_at_all_is_said_and_not_counted():
    said = answer(row(verdict="no difference", difference=0.0, share=0.0))
    assert "every run ends the same" in said[0]
    assert not any("On average" in one for one in said)


@pytest.mark.parametrize(
    ("worlds", "replicates", "wanted"),
    [
        (4, 5, "at least 10 parameter sets, and here are 4 parameter sets and 5 replicates"),
        (20, 3, "at least 5 replicates, and here are 20 parameter sets and 3 replicates"),
        (2, 1, "at least 10 parameter sets and 5 replicates, and here are 2 parameter sets and 1 replicate"),
    ],
)
def test_no_verdict_says_what_is_missing(worlds, replicates, wanted):
    few = row(verdict="no verdict", worlds=worlds, replicates=replicates, difference=-20.0)
    said = first(few, sets=worlds, replicates=replicates)
    assert "there is no verdict between broad peer support and Partners in Practice" in said
    assert wanted in said
    assert "better" not in said


def test_one_parameter_set_is_an_illustration_whatever_luck_says():
    unknown = {"verdict": "no verdict", "worlds": 1, "share": math.nan, "gains": math.nan}
    one = [row(**unknown), row(baseline="none", **unknown)]
    said = answer(*one, sets=1)
    assert said[0].startswith("One parameter set was run: this is an illustration")
    assert "Against no programme there is no verdict either." in said
    assert words.badge(case(*one, sets=1))[1] == ONE_SET
    assert not re.search(r"\b(better|worse)\b", " ".join(said))


def test_parity_not_met_gives_no_verdict_but_what_was_realised():
    said = answer(row(verdict="parity not met", realised=2.6e7, parity_met=0.0))
    assert "cannot be compared fairly, so there is no verdict" in said[0]
    assert "broad peer support realised 65% of what Partners in Practice did" in said[0]
    assert "fewer" not in " ".join(said)


def test_regimes_without_a_pair_of_runs_are_said_to_be_without():
    assert "could not be compared" in first(row(difference=math.nan, verdict="no verdict"))
    assert "could not be compared" in first()


def test_regimes_are_sorted_by_verdict_against_no_programme():
    rows = [
        row("partners_in_practice", "none", verdict="very likely better"),
        row("peer_support", "none"),
        row("hybrid", "none", verdict="parity not met", difference=math.nan),
    ]
    assert (
        "Against no programme: Partners in Practice is very likely better; broad peer support is likely better; the "
        "hybrid did not meet the parity."
    ) in answer(*rows)


def test_the_regime_of_least_regret_stands_beside_the_headline_s_two():
    lost = [("hybrid", 40.4, True), ("peer_support", 62.0, False), ("partners_in_practice", 112.0, False)]
    regret = [("pounds", name, mean, 5.0, 3 * mean, least, 20) for name, mean, least in lost]
    assert (
        "At equal pounds, the least regret is with the hybrid: against the best regime of each world this choice "
        "loses 40 council-months on average, "
        "and in the worst tenth of the worlds 121. Broad peer support loses 62 and Partners in Practice loses 112."
    ) in answer(row(), regret=regret)
    assert not any("least regret" in one for one in answer(row(), regret=[(*one[:5], False, 20) for one in regret]))


def test_where_another_regime_is_regretted_least_is_said():
    regret = [
        (parity, name, 50.0, 5.0, 90.0, least, 20)
        for parity, best in (("pounds", "hybrid"), ("days", "peer_support"))
        for name, least in (("hybrid", best == "hybrid"), ("peer_support", best == "peer_support"))
    ]
    (said,) = [one for one in answer(row(), regret=regret) if "least regret" in one]
    assert said.startswith("At equal pounds, the least regret is with the hybrid: ")
    assert said.endswith("Broad peer support loses 50. At equal delivered days it is with broad peer support.")
    same = [(*one[:5], one[1] == "hybrid", 20) for one in regret]
    assert not any("it is with" in one for one in answer(row(), regret=same))


@pytest.mark.parametrize(
    ("verdict", "wanted"),
    [
        ("likely better", "The verdict on these two is the same at equal delivered days"),
        ("likely worse", "The verdict on these two is likely worse at equal delivered days"),
    ],
)
def test_the_last_sentence_says_how_far_it_holds(verdict, wanted):
    said = answer(row(), row(parity="days", verdict=verdict))[-1]
    assert wanted in said
    assert "no evidence has narrowed the ranges" in said.lower()


def test_the_two_compared_are_chosen_by_name_and_not_by_result():
    assert case().focus == "peer_support"
    assert case(regimes=("none", "partners_in_practice", "hybrid")).focus == "hybrid"
    alone = case(regimes=("none", "partners_in_practice"))
    assert (alone.focus, alone.rival) == ("partners_in_practice", "none")


def test_partners_alone_are_set_against_no_programme():
    said = first(row("partners_in_practice", "none"), regimes=("none", "partners_in_practice"))
    assert said.startswith("At equal pounds, Partners in Practice is likely better than no programme")


def test_a_user_s_own_regime_is_called_as_the_user_calls_it():
    own = {"none": "No programme", "partners_in_practice": "Partners in Practice", "mine": "Friday clinics"}
    said = first(row("mine"), regimes=tuple(own), titles=own)
    assert "“Friday clinics” is likely better" in said
    assert case(titles={}).title("my_own") == "My own"


@pytest.mark.parametrize("parity", ["pounds", "days", "director_days", "none"])
def test_the_question_names_what_is_made_equal(parity):
    asked = words.question(case(parities=(parity,)))
    begin = "Which leaves children's services judged inadequate for fewer months from April 2018 to March 2028: "
    assert asked.startswith(f"{begin}broad peer support or Partners in Practice")
    assert asked.endswith("?")
    assert ("own size" in asked) == (parity == "none")


def test_a_part_of_the_councils_is_named_in_the_question():
    assert "children's services of region North West judged" in words.question(case(part="region North West"))


@pytest.mark.parametrize(
    "module",
    [
        "text.dates",
        "text.numbers",
        "figures.dates",
        "results.headline",
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
    assert cells["Partners in Practice"][:3] == ("£40 million", "100%", "100%")
    assert cells["Broad peer support"][:3] == ("£20 million", "50%", "0%")
    assert cells["Hybrid"][2] == "50%"
