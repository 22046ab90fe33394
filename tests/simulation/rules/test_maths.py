"""The functions of the rules beside Python's decimals, in both engines, at every edge."""

import decimal
import math
from decimal import Decimal
from functools import cache

import numpy as np
import pytest
from numba import njit

from simulation.rules import maths
from simulation.rules.maths import exp, log, normal_score, normal_share, polynomial, quotient, scaled

SMALLEST, SMALLEST_NORMAL, LARGEST = 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308
JUST_BELOW_ONE, JUST_ABOVE_ONE = math.nextafter(1.0, 0.0), math.nextafter(1.0, 2.0)


def digits(number):
    return decimal.localcontext(prec=number, Emax=decimal.MAX_EMAX, Emin=decimal.MIN_EMIN)


@cache
def pi(number):
    """Machin's 16 arctan(1/5) - 4 arctan(1/239)."""
    with digits(number + 10):
        total = Decimal(0)
        for factor, base in ((16, 5), (-4, 239)):
            term, k = Decimal(factor) / base, 0
            while term.adjusted() > -number - 10:
                total += (term if k % 2 == 0 else -term) / (2 * k + 1)
                term /= base * base
                k += 1
        return total


def density(score, number):
    return (-Decimal(score) * Decimal(score) / 2).exp() / (2 * pi(number)).sqrt()


def true_share(score):
    """1/2 + density (x + x^3/3 + x^5/15 + ...), with the digits that the two halves lose against each other."""
    number = 60 + int(0.3 * score * score)
    with digits(number):
        x = Decimal(score)
        term = total = x
        step = 1
        while term and total.adjusted() - term.adjusted() < number:
            step += 2
            term = term * x * x / step
            total += term
        return Decimal("0.5") + density(score, number) * total


def units(value, truth):
    """How far a value lies from the truth, in units of its last place."""
    with digits(60):
        return float(abs(Decimal(value) - truth) / Decimal(math.ulp(value)))


def units_of_score(share):
    """How far the score of a share lies from the true one: by the share below it and the density there."""
    score = normal_score(share)
    below = true_share(score)
    with digits(60):
        return float(abs(below - Decimal(share)) / density(score, 60) / Decimal(math.ulp(score)))


def compiled(function):
    """The function over an array, as the compiled engine runs it."""

    @njit
    def fill(x, y):
        for i in range(len(x)):
            y[i] = function(x[i])

    def run(values):
        values = np.asarray(values, float)
        answer = np.empty_like(values)
        fill(values, answer)
        return answer

    return run


COMPILED = {function: compiled(function) for function in (exp, log, normal_share, normal_score)}
UNIFORM = np.random.default_rng(2018).uniform
NEAR_SEAMS = [seam + k * math.ulp(seam) for seam in (0.075, 0.925, 1.389e-11, 1.0 - 1.389e-11) for k in range(-50, 51)]
ARGUMENTS = {
    exp: np.concatenate([UNIFORM(-14.0, 1.1, 20_000), UNIFORM(-1e-3, 1e-3, 5_000), UNIFORM(-745.2, 709.7, 20_000)]),
    log: np.concatenate([UNIFORM(0.0, 2.0, 20_000), UNIFORM(0.9, 1.1, 10_000), np.exp2(UNIFORM(-1074, 1023, 20_000))]),
    normal_share: np.concatenate([UNIFORM(-8.0, 8.0, 20_000), UNIFORM(-39.0, 39.0, 1_000)]),
    normal_score: np.concatenate([UNIFORM(0.0, 1.0, 20_000), np.exp(UNIFORM(-27.6, 0.0, 20_000)), NEAR_SEAMS]),
}
"""Where each is used, and all that it can take, the score's shares of less than 1e-12 aside."""

functions = pytest.mark.parametrize("function", ARGUMENTS, ids=lambda function: function.__name__)


@functions
def test_both_engines_give_the_same_bits(function):
    arguments = ARGUMENTS[function]
    assert np.array_equal(COMPILED[function](arguments), [function(x) for x in arguments.tolist()])


def test_exp_lies_within_one_unit_of_the_truth():
    with digits(40):
        assert max(units(exp(x), Decimal(x).exp()) for x in ARGUMENTS[exp].tolist()) < 0.8


def test_log_lies_within_one_unit_of_the_truth():
    with digits(40):
        assert max(units(log(x), Decimal(x).ln()) for x in ARGUMENTS[log].tolist()) < 0.9


def test_the_normal_share_lies_within_eight_units_of_the_truth():
    arguments = [*ARGUMENTS[normal_share][:2_000].tolist(), *ARGUMENTS[normal_share][20_000:20_100].tolist()]
    assert max(units(normal_share(x), true_share(x)) for x in arguments if x > -37.6) < 8.0


def test_the_normal_score_lies_within_eight_units_of_the_truth():
    arguments = [*ARGUMENTS[normal_score][::20].tolist(), *NEAR_SEAMS[::10], 1e-12, 1.0 - 1e-12]
    assert max(units_of_score(x) for x in arguments) < 8.0


@pytest.mark.parametrize(("function", "low", "high"), [(exp, -14.0, 1.1), (exp, -745.0, 709.0), (log, 1e-3, 4.0)])
def test_exp_and_log_never_fall_from_one_number_to_the_next(function, low, high):
    below = UNIFORM(low, high, 1_000_000)
    above = np.nextafter(below, np.inf)
    assert (COMPILED[function](below) <= COMPILED[function](above)).all()


@pytest.mark.parametrize("function", [exp, log])
def test_exp_and_log_never_fall_where_the_power_of_two_changes(function):
    if function is exp:
        seams = [k * maths.LN2 + half for k in range(-1074, 1024) for half in (0.0, maths.LN2 / 2.0)]
    else:
        seams = [math.ldexp(1.0, k) * factor for k in range(-1021, 1023) for factor in (1.0, maths.SQRT2)]
    arguments = np.array(seams)[:, None] + np.spacing(np.abs(seams))[:, None] * np.arange(-20, 21)
    values = COMPILED[function](arguments.ravel()).reshape(arguments.shape)
    assert (np.diff(values) >= 0.0).all()


def test_the_normal_share_never_falls_over_steps_beyond_its_error():
    seams = [sign * seam for seam in (maths.MIDDLE_SCORE, maths.FAR_SCORE) for sign in (1.0, -1.0)]
    near = np.add.outer(seams, np.arange(-99, 100) * 1e-16).ravel()
    below = np.concatenate([UNIFORM(-38.0, 8.0, 500_000), UNIFORM(-0.7, 0.7, 200_000), near])
    above = below + 64.0 * np.spacing(np.maximum(1.0, np.abs(below)))
    assert (COMPILED[normal_share](below) <= COMPILED[normal_share](above)).all()


def test_the_normal_score_never_falls_over_steps_beyond_its_error():
    below = np.clip(ARGUMENTS[normal_score], 1e-12, 1.0 - 1e-12)
    above = below + 1024.0 * np.spacing(below)
    assert (COMPILED[normal_score](below) <= COMPILED[normal_score](above)).all()


def test_share_and_score_undo_each_other():
    shares = np.clip(ARGUMENTS[normal_score], 1e-12, 1.0 - 1e-12)
    assert COMPILED[normal_share](COMPILED[normal_score](shares)) == pytest.approx(shares, rel=1e-13)


@pytest.mark.parametrize(
    ("function", "x", "value"),
    [
        (exp, 0.0, 1.0), (exp, -0.0, 1.0), (exp, SMALLEST, 1.0), (exp, -SMALLEST, 1.0), (exp, 1.0, math.e),
        (exp, -math.inf, 0.0), (exp, -LARGEST, 0.0), (exp, -745.14, 0.0), (exp, -745.13, SMALLEST),
        (exp, -1e-17, 1.0), (exp, 1e-17, 1.0), (exp, JUST_BELOW_ONE - 1.0, JUST_BELOW_ONE),
        (log, 1.0, 0.0), (log, SMALLEST, -744.4400719213812), (log, SMALLEST_NORMAL, -708.3964185322641),
        (log, LARGEST, 709.782712893384), (log, JUST_BELOW_ONE, -1.1102230246251565e-16),
        (log, JUST_ABOVE_ONE, 2.2204460492503128e-16), (log, 2.0, maths.LN2),
        (normal_share, 0.0, 0.5), (normal_share, SMALLEST, 0.5), (normal_share, math.inf, 1.0),
        (normal_share, -math.inf, 0.0), (normal_share, LARGEST, 1.0), (normal_share, -LARGEST, 0.0),
        (normal_share, 9.0, 1.0), (normal_score, 0.5, 0.0),
    ],
)  # fmt: skip
def test_edges_have_the_answer_that_they_should(function, x, value):
    assert function(x) == value
    assert math.copysign(1.0, function(x)) == math.copysign(1.0, value)
    assert COMPILED[function]([x])[0] == value


@pytest.mark.parametrize(
    ("function", "refused"),
    [
        (exp, (math.nan, math.inf, LARGEST, 709.7827128933841)),
        (log, (math.nan, math.inf, -math.inf, 0.0, -0.0, -SMALLEST, -1.0)),
        (normal_share, (math.nan,)),
        (normal_score, (math.nan, math.inf, 0.0, 1.0, -0.5, JUST_ABOVE_ONE)),
    ],
)
def test_what_has_no_finite_answer_is_refused_by_both_engines(function, refused):
    for x in refused:
        with pytest.raises(ValueError, match=f"^{function.__name__}: expected"):
            function(x)
        with pytest.raises(ValueError, match=f"^{function.__name__}: expected"):
            COMPILED[function]([x])


def test_all_that_is_taken_has_a_finite_answer():
    for function, edges in {
        exp: (-LARGEST, 709.78), log: (SMALLEST, LARGEST), normal_share: (-LARGEST, LARGEST),
        normal_score: (SMALLEST, JUST_BELOW_ONE),
    }.items():  # fmt: skip
        assert np.isfinite(COMPILED[function]([*ARGUMENTS[function], *edges])).all()


def test_scaling_is_exact_and_rounds_a_subnormal_number_once():
    values = UNIFORM(1.0, 2.0, 300).tolist()
    for exponent in range(-1100, 1024):
        for value in (values[exponent % 300], 1.0, JUST_ABOVE_ONE):
            assert scaled(value, exponent) == math.ldexp(value, exponent)


def test_a_polynomial_is_taken_from_its_highest_power():
    assert polynomial((2.0, 3.0, 5.0), 10.0) == 235.0
    assert quotient(((2.0, 3.0, 5.0), (0.0, 4.0, 7.0)), 10.0) == 5.0
