"""The one rule and its words: what a decision analyst would say of cases whose answer is known."""

import math
from collections import Counter

import numpy as np
import pytest
from scipy.stats import norm

from experiments.statistics.verdicts import likely_word, paired_effect
from experiments.statistics.worlds import Share
from experiments.text.verdicts import (
    CLOSE,
    NO_VERDICT,
    PARITY_NOT_MET,
    SAME,
    SMALL,
    VERDICTS,
    degree_of,
    is_firm,
    is_small,
    way_of,
)

MATTERS = 60.0


def drawn(stream, mean, spread, *, sets=256, replicates=8):
    """Differences as the comparison has them: 89 from the luck of a run, 10 from luck that all worlds share."""
    worlds = mean + stream.normal(0, spread, (sets, 1))
    return worlds + stream.normal(0, 10.0, (1, replicates)) + stream.normal(0, 89.0, (sets, replicates))


def turning(stream, sets=256):
    """A difference that one parameter turns: -150 in seven tenths of the worlds, +200 in the others."""
    turned = np.where(stream.random((sets, 1)) < 0.7, -150.0, 200.0)
    return turned + drawn(stream, 0.0, 40.0, sets=sets)


CASES = {
    "large and sure": (lambda stream: drawn(stream, -200.0, 60.0), "very likely better"),
    "sure and small": (lambda stream: drawn(stream, -30.0, 30.0), "likely better" + SMALL),
    "large and wide": (lambda stream: drawn(stream, -114.0, 140.0), "likely better"),
    "turns on one parameter, too evenly": (
        lambda stream: drawn(stream, np.where(stream.random((256, 1)) < 0.55, -150.0, 150.0), 40.0),
        CLOSE,
    ),
    "nothing at all": (lambda stream: drawn(stream, 0.0, 60.0), CLOSE),
    "worse": (lambda stream: drawn(stream, 150.0, 140.0), "likely worse"),
}


@pytest.mark.parametrize("case", CASES)
def test_words_are_those_of_a_decision_analyst_and_hold_when_sets_are_drawn_anew(case):
    make, wanted = CASES[case]
    stream = np.random.default_rng(11)
    said = Counter(paired_effect(make(stream), "lower", MATTERS).verdict for _ in range(60))
    assert said[wanted] >= 54, said


def test_a_small_sure_gain_is_not_set_above_a_large_wide_one_by_its_sureness():
    stream = np.random.default_rng(2)
    small, large = (
        paired_effect(drawn(stream, -30.0, 30.0), "lower", MATTERS),
        paired_effect(drawn(stream, -114.0, 120.0), "lower", 60),
    )
    assert is_small(small.verdict)
    assert not is_small(large.verdict)
    assert small.gains < 0.25
    assert large.gains > 0.6
    assert large.difference < 2 * small.difference


def test_what_turns_on_one_parameter_shows_in_its_shares():
    found = paired_effect(turning(np.random.default_rng(8), sets=1000), "lower", MATTERS)
    assert found.share == pytest.approx(0.7, abs=0.05)
    assert (found.gains, found.losses) == (pytest.approx(0.67, abs=0.06), pytest.approx(0.29, abs=0.06))
    assert found.worlds_low < -150 < 200 < found.worlds_high
    assert found.difference == pytest.approx(-45.0, abs=4 * found.difference_error)


def test_shares_and_sizes_are_what_the_worlds_truly_have():
    found = paired_effect(drawn(np.random.default_rng(1), -114.0, 120.0, sets=4000), "lower", MATTERS)
    wanted = [norm.cdf(end) for end in ((114 - 60) / 120, (-60 - 114) / 120)]
    assert [found.gains, found.losses] == pytest.approx(wanted, abs=0.03)
    assert found.within == pytest.approx(1 - sum(wanted), abs=0.03)
    assert found.gains + found.losses + found.within == pytest.approx(1.0)


def test_where_a_third_of_the_worlds_missed_the_parity_all_is_said_of_the_others():
    stream = np.random.default_rng(9)
    values = drawn(stream, -150.0, 60.0, sets=300)
    values[200:] += 1000.0
    found = paired_effect(values, "lower", MATTERS, np.arange(300) < 200)
    assert (found.worlds, found.left_out, found.verdict) == (200, pytest.approx(1 / 3), "very likely better")
    assert found.difference == pytest.approx(-150.0, abs=20)
    assert found.worlds_high < 100
    assert paired_effect(values, "lower", MATTERS, np.arange(300) < 149).verdict == PARITY_NOT_MET
    assert paired_effect(values, "lower", MATTERS, np.zeros(300, dtype=bool)).verdict == PARITY_NOT_MET


@pytest.mark.parametrize(
    ("sets", "replicates", "said"),
    [(10, 5, "likely better"), (9, 5, NO_VERDICT), (10, 4, NO_VERDICT), (1, 8, NO_VERDICT)],
)
def test_a_verdict_takes_ten_worlds_and_five_replicates(sets, replicates, said):
    values = -100.0 + np.linspace(-9, 9, sets)[:, None] + np.linspace(-1, 1, replicates)
    assert paired_effect(values, "lower", MATTERS).verdict == said
    assert paired_effect(np.full((sets, replicates), np.nan), "lower", MATTERS).verdict == NO_VERDICT


def test_which_way_is_better_decides_the_word_and_where_neither_is_it_says_which_way():
    up = 100.0 + np.linspace(-9, 9, 200)[:, None] + np.linspace(-1, 1, 8)
    assert [paired_effect(up, better, 1.0).verdict for better in ("higher", "lower", "neither")] == [
        "very likely better",
        "very likely worse",
        "very likely higher",
    ]
    assert paired_effect(-up, "neither", 1.0).verdict == "very likely lower"
    assert paired_effect(up, "neither", 1.0).share == paired_effect(up, "higher", 1.0).share == 1.0


def test_exactly_no_difference_is_no_win_and_has_its_own_word():
    none = paired_effect(np.zeros((20, 5)), "lower", MATTERS)
    assert (none.verdict, none.share, none.within) == (SAME, 0.0, 1.0)
    some = np.zeros((20, 5))
    some[:8] = -100.0 + np.linspace(-1, 1, 5)
    found = paired_effect(some, "lower", MATTERS)
    assert (found.verdict, found.share, found.within) == (CLOSE, pytest.approx(0.4), pytest.approx(0.6))


def test_the_milder_word_is_taken_where_the_error_could_change_it():
    assert [likely_word(Share(value, 0.03)) for value in (0.94, 0.92, 0.70, 0.68, 0.2)] == [
        "very likely", "likely", "likely", "", "",
    ]  # fmt: skip
    assert likely_word(Share(math.nan, math.nan)) == ""


def test_a_word_can_be_taken_apart_again():
    assert {way_of(word) for word in VERDICTS} == {"better", "worse", "higher", "lower", ""}
    assert [way_of(word) for word in (CLOSE, SAME, NO_VERDICT, PARITY_NOT_MET, "better off")] == [""] * 5
    assert degree_of("very likely worse" + SMALL) == "very likely"
    assert (degree_of("likely higher"), degree_of(CLOSE)) == ("likely", "")
    assert [word for word in VERDICTS if not is_firm(word)] == [NO_VERDICT, PARITY_NOT_MET]


def test_a_heavy_world_counts_by_its_weight():
    values = -100.0 + np.linspace(-9, 9, 30)[:, None] + np.linspace(-1, 1, 8)
    values[0] += 300.0
    plain, heavy = (
        paired_effect(values, "lower", MATTERS, weights=np.array([weight, *[1.0] * 29])) for weight in (1.0, 12.0)
    )
    assert plain.share == pytest.approx(29 / 30, abs=0.01)
    assert heavy.share == pytest.approx(29 / 41, abs=0.01)
    assert (plain.verdict, heavy.verdict) == ("very likely better", CLOSE)
    met = np.arange(30) > 0
    assert paired_effect(values, "lower", MATTERS, met, np.array([30.0, *[1.0] * 29])).verdict == PARITY_NOT_MET
