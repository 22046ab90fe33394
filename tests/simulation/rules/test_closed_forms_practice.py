"""Practice against closed forms: what E4, E5, E6 and E13 come to where all else is switched off.

Nothing here calls a rule. Formulas without chance hold to the last digits; where there is chance, the standard error is
reckoned from the formula itself and `within` allows four of them.
"""

import math

import numpy as np
import pytest

from simulation import load_regime

ENGINES = ["ensemble", "mesa"]
T = 6.0
KEPT = 1 - 1 / T
"""Share of a deviation that is left after a month, with an adjustment time of six months."""


def start_at(level=0.0, **others):
    return {"quality": level, "structural_level": level} | others


@pytest.mark.parametrize(("engine", "n", "months", "sharp"), [("ensemble", 152, 1060, 0.01), ("mesa", 24, 460, 0.04)])
def test_quality_wanders_as_an_autoregression(alike, quiet, lived, within, engine, n, months, sharp):
    """An x' = kept x + shock Z has mean 0, variance shock^2 / (1 - kept^2), correlation kept^k at lag k.

    Errors over S council-months: of the mean, v/S (1+kept)/(1-kept); of the variance, 2 v^2/S (1+kept^2)/(1-kept^2)
    (squares of both); of a correlation, Bartlett's formula. The first 60 months are left out: 0.00002 of the start is
    left then.
    """
    parameters = quiet(practice_adjustment_time=T, practice_shock=0.2)
    run = lived(alike(n), months, parameters=parameters, engine=engine, start=start_at(0.7))
    x = run.panel["quality"][60:] - 0.7
    variance = 0.2**2 / (1 - KEPT**2)
    within(x.mean(), 0.0, math.sqrt(variance / x.size * (1 + KEPT) / (1 - KEPT)), scale=0.5)
    spread_error = math.sqrt(2 / x.size * (1 + KEPT**2) / (1 - KEPT**2))
    within((x**2).mean(), variance, variance * spread_error, sharp=sharp)
    for lag in (1, 4, 12):
        found = (x[lag:] * x[:-lag]).sum() / (x[lag:] ** 2).sum()
        bartlett = (1 + KEPT**2) * (1 - KEPT ** (2 * lag)) / (1 - KEPT**2) - 2 * lag * KEPT ** (2 * lag)
        within(found, KEPT**lag, math.sqrt(bartlett / x.size), scale=1.0)


@pytest.mark.parametrize("time", [1.0, 15.0, 36.0])
@pytest.mark.parametrize("engine", ENGINES)
def test_an_alarm_lifts_quality_and_fades(alike, quiet, lived, engine, time):
    """Quality t months on is (1/T) (a^t - k^t) / (a - k), a the alarm kept a month (half-life 18) and k = 1 - 1/T."""
    parameters = quiet(practice_adjustment_time=time, practice_shock=0.0)
    run = lived(alike(3), 90, parameters=parameters, engine=engine, start=start_at(alarm=1.0))
    t, a, k = np.arange(1, 91), 2 ** (-1 / 18), 1 - 1 / time
    expected = (a**t - k**t) / (a - k) / time
    assert run.panel["quality"] == pytest.approx(np.tile(expected[:, None], 3), rel=1e-10)


@pytest.mark.parametrize("engine", ENGINES)
def test_agency_staff_come_with_stigma_and_go_as_it_fades(alike, quiet, lived, engine):
    """The share nears 0.155 - 0.05 q by a sixth a month; stigma (half-life 24) adds 0.1 (s^t - k^t) / 6 (s - k)."""
    parameters = quiet(stigma_agency_effect=0.1, quality_agency_effect=0.05, practice_shock=0.0)
    start = start_at(-1.0, stigma=1.0, agency_share=0.3)
    run = lived(alike(3), 90, parameters=parameters, engine=engine, start=start)
    t, s, k = np.arange(1, 91), 2 ** (-1 / 24), 5 / 6
    rest = 0.155 + 0.05
    expected = rest + (0.3 - rest) * k**t + 0.1 / 6 * (s**t - k**t) / (s - k)
    assert run.panel["agency_share"] == pytest.approx(np.tile(expected[:, None], 3), rel=1e-10)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_press_forgets_and_its_climate_follows(alike, quiet, lived, engine):
    """Half of the councils in the press: p = 2^(-1/6) a month; the climate is p (p^t - k^t) / 24 (p - k), k = 11/12."""
    run = lived(alike(4), 60, parameters=quiet(), engine=engine, start={"press": np.array([1.0, 0.0, 1.0, 0.0])})
    t, p, k = np.arange(1, 61), 2 ** (-1 / 6), 11 / 12
    assert run.months["press_climate"].to_numpy() == pytest.approx(p * (p**t - k**t) / (p - k) / 24, rel=1e-10)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("drift", ["stops", "continues"])
def test_quality_lags_behind_a_national_rise_by_the_adjustment_time(past, alike, quiet, lived, engine, drift):
    """While the target rises by g a month, quality after t months is g (t - T + T k^t): it lags by T months.

    Where the rise stops after month 36, the distance left then shrinks by k a month.
    """
    parameters = quiet(national_drift=0.24, practice_adjustment_time=T, practice_shock=0.0)
    run = lived(
        alike(3),
        90,
        parameters=parameters,
        switches=past.switches(drift=drift),
        engine=engine,
        start=start_at(-0.3),
    )
    t = np.arange(1, 91)
    expected = 0.02 * (t - T + T * KEPT**t)
    if drift == "stops":
        after = 0.02 * 36 + (expected[36] - 0.02 * 36) * KEPT ** (t - 37.0)
        expected = np.where(t <= 37, expected, after)
    assert run.panel["quality"][:, 0] + 0.3 == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_lasting_shortfall_lowers_quality_by_its_effect(past, alike, quiet, lived, engine):
    """From the month after a step d in the gap: -effect d (1 + 0.25 deprivation tilt) (1 - k^t)."""
    table = alike(8, deprivation_score=tuple(range(8)))
    scenario = past.scenario(funding=(("2018-04", 0.1), ("2018-05", 0.4)), poverty_tilt=2.0)
    parameters = quiet(pressure_effect=1.5, practice_adjustment_time=T, practice_shock=0.0)
    run = lived(table, 48, parameters=parameters, scenario=scenario, engine=engine, start=start_at())
    weight = 1 + 0.25 * np.array(table.deprivation) * 2.0
    expected = -1.5 * 0.3 * np.outer(1 - KEPT ** np.arange(48), weight)
    assert run.panel["quality"] == pytest.approx(expected, abs=1e-12)
    assert table.deprivation[7] > 1 > table.deprivation[0] + 2


@pytest.mark.parametrize("engine", ENGINES)
def test_regions_that_pull_their_councils_part_by_so_much_and_no_more(alike, quiet, lived, engine):
    """Two regions at +a and -a end at a / (1 - spillover), nearing it by (1 - spillover) / T a month."""
    level = np.array([0.6, -0.6] * 4)
    parameters = quiet(regional_spillover=0.4, practice_adjustment_time=T, practice_shock=0.0)
    table = alike(8, region=("east", "west") * 4)
    run = lived(table, 60, parameters=parameters, engine=engine, start=start_at(level))
    end = level / (1 - 0.4)
    expected = end + np.outer((1 - (1 - 0.4) / T) ** np.arange(1, 61), level - end)
    assert run.panel["quality"] == pytest.approx(expected, rel=1e-10)
    assert run.months["mean_quality"].to_numpy() == pytest.approx(np.zeros(60), abs=1e-12)


def test_collapses_cost_what_they_cost_on_average(alike, quiet, lived, within):
    """Collapses of mean depth m, with chance p a month, lower quality by T p m in the long run.

    m is the mean of max(0, 1.4 + 0.4 Z), and the variance is (shock^2 + p E[depth^2] - p^2 m^2) / (1 - kept^2). The
    error of the mean is that of an autoregression; that of the variance, from the spread of 608 councils' own.
    """
    z, p = 1.4 / 0.4, 1 - 0.5 ** (1 / 12)
    density, below = math.exp(-(z**2) / 2) / math.sqrt(2 * math.pi), 0.5 * math.erfc(-z / math.sqrt(2))
    depth, square = 1.4 * below + 0.4 * density, (1.4**2 + 0.4**2) * below + 1.4 * 0.4 * density
    parameters = quiet(collapse_rate=0.5, practice_adjustment_time=T, practice_shock=0.2)
    x = lived(alike(608), 660, parameters=parameters, start=start_at()).panel["quality"][60:]
    variance = (0.2**2 + p * square - (p * depth) ** 2) / (1 - KEPT**2)
    mean = -T * p * depth
    within(x.mean(), mean, math.sqrt(variance / x.size * (1 + KEPT) / (1 - KEPT)), sharp=0.01)
    own = ((x - mean) ** 2).mean(axis=0)
    within(own.mean(), variance, own.std(ddof=1) / math.sqrt(len(own)), sharp=0.01)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_inadequate_are_spared_collapses(alike, quiet, lived, engine):
    """Quality without shocks or collapses stays where it is."""
    parameters = quiet(collapse_rate=1.0, practice_shock=0.0)
    run = lived(alike(3, grade=(0, 2, 0)), 12, parameters=parameters, engine=engine, start=start_at(0.5))
    assert (run.panel["quality"][:, [0, 2]] == 0.5).all()
    assert (run.panel["quality"][-1, 1]) < 0.0


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_borrowed_comes_to_rest_where_as_much_is_forgotten_as_is_learnt(past, alike, quiet, lived, engine):
    """Inflow over decay: a receiver of x days ends at level + (rate/100) (x (1 + premium) + offer) H / decay.

    H = X^2 / (X^2 + half_dose^2) with X = x + offer; the offer is 0.6 days below good and 0.3 above. A giver ends at
    its own offer's and learning (rate/100) x / decay; a council outside at its offer's alone.
    """
    regime = load_regime("partners_in_practice").with_arms(
        givers=1, days=10 * 152 / 3, days_per_receiver=10.0, labels=False, director_share=0.1
    )
    parameters = quiet(
        transfer_rate=0.5, best_gap=0.01, half_dose=4.0, borrowed_decay=0.08, giver_learning=0.2,
        gold_dust_premium=0.4, practice_adjustment_time=T, practice_shock=0.0, voluntary_exit_rate=0.0,
    )  # fmt: skip
    level = np.array([-2.0, 0.0, 3.0])
    start = start_at(level, recovered=np.array([1, 0, 1]))
    run = lived(
        alike(3, grade=(0, 2, 3)), 400, regime, parameters=parameters, switches=past.switches(gap_shape="saturating"),
        engine=engine, luck={"start_interim": 0.999}, start=start,
    )  # fmt: skip

    def rest(inflow, days):
        return 0.5 / 100 * inflow * days**2 / (days**2 + 4.0**2) / 0.08

    giving = 0.2 * 0.5 / 100 * 10 / 0.08
    expected = level + np.array([rest(10 * 1.4 + 0.6, 10.6), rest(0.3, 0.3), rest(0.3, 0.3) + giving])
    assert run.panel["quality"][-1] == pytest.approx(expected, rel=1e-9)
    assert run.months["days_delivered"].to_numpy() == pytest.approx(np.full(400, 10.0))
