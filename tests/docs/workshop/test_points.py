"""Points reward honesty: whoever writes what it thinks can expect most of them, and 50 is safe."""

import math
from types import SimpleNamespace

import pytest
from bets import Bet
from hypothesis import given
from hypothesis import strategies as st
from points import NO_BET, Score, points_of, score_bet, totals_of
from rounds import Round

SHARES = st.floats(0.0, 1.0)
ROUND = Round(number=1, title="", question="", against="partners_in_practice", regime="peer_support", parity="days")


def answer(share, error=0.05):
    return SimpleNamespace(effect=SimpleNamespace(share=share, share_error=error))


def made(group, number, better, likely, share, error=0.05):
    bet = Bet(group, number, better, likely)
    return bet, score_bet(bet, ROUND, answer(share, error))


@given(SHARES, SHARES)
def test_no_chance_has_more_points_than_the_share_itself(chance, share):
    assert points_of(share, share) - points_of(chance, share) == pytest.approx(100 * (chance - share) ** 2)


@given(st.lists(st.tuples(SHARES, st.floats(0.01, 1.0)), min_size=1, max_size=6), SHARES)
def test_who_is_unsure_of_the_share_expects_most_from_its_mean(beliefs, chance):
    total = sum(weight for _, weight in beliefs)
    mean = sum(share * weight for share, weight in beliefs) / total

    def expected(bet):
        return sum(weight * points_of(bet, share) for share, weight in beliefs) / total

    assert expected(mean) >= expected(chance) - 1e-9


@given(SHARES)
def test_fifty_has_the_same_points_whatever_comes(share):
    assert points_of(0.5, share) == pytest.approx(NO_BET)


@given(SHARES, SHARES)
def test_points_are_what_is_kept_over_worlds_drawn_by_lot(chance, share):
    better, worse = 100 * (1 - (1 - chance) ** 2), 100 * (1 - chance**2)
    assert points_of(chance, share) == pytest.approx(share * better + (1 - share) * worse)
    assert 0 <= points_of(chance, share) <= 100


def test_too_close_to_call_can_win():
    close, sure = (made(name, 1, "peer_support", likely, 0.52)[1] for name, likely in (("a", 50), ("b", 85)))
    assert close.points > sure.points


def test_a_bet_on_the_other_regime_is_the_other_chance():
    _, score = made("a", 1, "partners_in_practice", 70, 0.3)
    assert score.chance == pytest.approx(0.3)
    assert score.points == pytest.approx(score.best)


def test_the_error_of_points_is_that_of_the_share():
    _, score = made("a", 1, "peer_support", 90, 0.6, error=0.01)
    moved = points_of(0.9, 0.61) - points_of(0.9, 0.6)
    assert score.error == pytest.approx(moved)
    assert made("a", 1, "peer_support", 50, 0.6)[1].error == 0


def test_a_round_without_a_bet_counts_as_fifty():
    pairs = [made(group, number, "peer_support", 70, 0.7) for group, number in (("a", 1), ("a", 2), ("b", 1))]
    first, second = totals_of([bet for bet, _ in pairs], [score for _, score in pairs])
    assert (first.group, first.bets, second.group, second.bets) == ("a", 2, "b", 1)
    assert second.points == pytest.approx((points_of(0.7, 0.7) + NO_BET) / 2)


@pytest.mark.parametrize(("error", "level"), [(0.2, True), (0.001, False)])
def test_tables_within_their_errors_are_level(error, level):
    pairs = [made("a", 1, "peer_support", 70, 0.7, error), made("b", 1, "peer_support", 90, 0.7, error)]
    first, second = totals_of([bet for bet, _ in pairs], [score for _, score in pairs])
    assert first.level
    assert second.level is level


def test_a_round_without_an_answer_has_no_points():
    bet, score = made("a", 1, "peer_support", 70, math.nan, math.nan)
    assert isinstance(score, Score)
    (total,) = totals_of([bet], [score])
    assert total.bets == 0
    assert math.isnan(total.points)
