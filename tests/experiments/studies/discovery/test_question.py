"""The question: of regimes, outcomes and parities that the comparison has, and refused in one sentence otherwise."""

import re
from types import SimpleNamespace

import pytest

from experiments.studies.discovery.question import Question, make_question
from simulation.errors import InputError


def test_left_out_it_is_of_the_headline_s_two_regimes(small_results):
    question = make_question(small_results)
    assert question == Question(
        regime="peer_support", baseline="partners_in_practice", outcome="inadequate_months", parity="pounds"
    )


def test_any_two_regimes_and_any_parity_of_the_comparison_may_be_asked_about(small_results):
    question = make_question(
        small_results, regime="partners_in_practice", baseline="hybrid", outcome="mean_quality", parity="days"
    )
    assert (question.regime, question.baseline, question.parity) == ("partners_in_practice", "hybrid", "days")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"regime": "peer_suport"}, "regime: expected one of none, .* got 'peer_suport' (nearest: peer_support)"),
        ({"baseline": "gold_dust"}, "baseline: expected one of .* got 'gold_dust'"),
        ({"regime": "hybrid", "baseline": "hybrid"}, "baseline: expected another regime than hybrid, got the same"),
        ({"outcome": "inadequate"}, "outcome: expected a name of `sli outcomes`, got 'inadequate' (nearest: "),
        ({"outcome": "moves"}, "outcome: expected one of which less or more is better, got moves, which has neither"),
        ({"parity": "director_days"}, "parity: expected one of pounds, days, got 'director_days'"),
    ],
)
def test_what_the_comparison_does_not_have_is_refused(small_results, asked, said):
    with pytest.raises(InputError, match=re.escape(said).replace(r"\.\*", ".*")):
        make_question(small_results, **asked)


def test_no_programme_alone_leaves_nothing_to_ask():
    alone = SimpleNamespace(case=SimpleNamespace(regimes=("none",)), folder="here")
    with pytest.raises(InputError, match="here: expected a comparison of two regimes, got no programme alone"):
        make_question(alone)
