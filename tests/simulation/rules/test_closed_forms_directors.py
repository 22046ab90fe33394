"""Directors against closed forms: turnover, interims, pool, supply and dismissal where hazards are constant.

Nothing here calls a rule. Each error is reckoned from the formula, or from the spread of separate stretches of time.
"""

import math

import numpy as np
import pytest

from simulation import Parameters

ENGINES = ["ensemble", "mesa"]
ALL_PERMANENT, ALL_INTERIM, ALL_FIRST_TIME = {"start_interim": 0.999}, {"start_interim": 0.0}, {"appointment": 0.999}

LEFT_OUT, COUNTED = 240, 300
"""Months."""
STEADY = {
    "voluntary_exit_rate": 0.22, "hiring_time": 4.0, "pool_exit_rate": 0.5, "lost_after_choice": 0.2,
    "press_supply_elasticity": 100.0,
}  # fmt: skip
"""With nobody in the press, so elastic a supply is always full: no appointment ever fails for want of a candidate."""


class Steady:
    """Where turnover comes to rest, of exits by choice, moves (0.3 of appointments) and interims (0.72 of exits).

    Appointments F replace exits X and moves 0.3 F, so F = X / 0.7. An interim put in by an exit can be replaced in the
    same month, by a move only in the next: with chance h a month, spells last (1-h)/h + 0.3 months on average, as moves
    are 0.3 of all. A move's direct vacancy, 0.28 of them, stands open for one end of month. Seats add up to one.
    """

    def __init__(self):
        self.exit = 1 - (1 - 0.22) ** (1 / 12)
        self.fill = 1.25 * (1 - math.exp(-1 / 4))
        self.spell = (1 - self.fill) / self.fill + 0.3
        self.spell_variance = (1 - self.fill) / self.fill**2 + 0.3 * 0.7
        self.wait = 0.72 * self.spell + 0.28 * 0.3
        self.in_post = 1 / (1 + self.exit / 0.7 * self.wait)
        self.appointments = self.in_post * self.exit / 0.7
        self.interims = 0.72 * self.appointments * self.spell
        self.pool = self._pool()
        self.months_in_post = self._months_in_post()

    def _pool(self):
        """Eight in ten of those who leave join; u leave the pool a month, and 0.065 F are appointed from it."""
        u = 1 - (1 - 0.5) ** (1 / 12)
        return (0.8 * self.in_post * self.exit * (1 - u) - 0.065 * self.appointments) / u

    def _months_in_post(self):
        """Mean age where 1 - s leave a month, and from month 24 on so many more that moves are 0.3 of F."""
        s, f = 1 - self.exit, self.appointments
        young = f * s ** np.arange(24)
        older = self.in_post - young.sum()
        r = older / (older + young[-1])
        return (young @ np.arange(24) + older * (23 + 1 / (1 - r))) / self.in_post


@pytest.mark.parametrize(("engine", "n", "replicates", "sharp"), [("ensemble", 304, 20, 0.01), ("mesa", 76, 1, 0.06)])
def test_directors_turn_over_as_constant_hazards_say(alike, quiet, lived, within, engine, n, replicates, sharp):
    """See `Steady`. Exits are independent for each month in post, spells nearly geometric: their errors are exact.

    The other errors are from the spread of the replicates' means over 25 years; 20 years are left out first.
    """
    steady, sums = Steady(), []
    for replicate in range(replicates):
        run = lived(alike(n), LEFT_OUT + COUNTED, parameters=quiet(**STEADY), engine=engine, replicate=replicate)
        paths = run.months.assign(in_post=(run.panel["months_in_post"] >= 0).sum(axis=1))
        paths["before"] = paths["in_post"].shift()
        sums.append(paths[LEFT_OUT:].sum())
    total = sum(sums)
    assert total["dismissals"] == 0
    exit_error = math.sqrt(steady.exit * (1 - steady.exit) / total["before"])
    within(total["voluntary_exits"] / total["before"], steady.exit, exit_error, sharp=sharp)
    spell_error = math.sqrt(steady.spell_variance / total["interim_spells"])
    within(total["interim_spell_months"] / total["interim_spells"], steady.spell, spell_error, sharp=sharp)
    if engine == "mesa":
        return
    for name, expected in {
        "in_post": steady.in_post,
        "interims": steady.interims,
        "filled": steady.appointments,
        "moves": 0.3 * steady.appointments,
        "director_changes": 1.72 * steady.appointments,
        "pool": steady.pool,
        "vacancy_months": steady.appointments * steady.wait,
        "months_in_post": steady.months_in_post / n,
    }.items():
        means = np.array([row[name] for row in sums]) / (n * COUNTED)
        within(means.mean(), expected, means.std(ddof=1) / math.sqrt(replicates), sharp=0.02)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("probability", [0.25, 0.8])
def test_so_many_are_forced_out_in_the_year_after_failing(alike, quiet, lived, within, engine, probability):
    """Directors two years in post at an inadequate judgement: so many are gone 12 months on, a binomial share.

    Interims follow them, who cannot be forced out, so that the first change is the one that counts.
    """
    n = 1000
    run = lived(
        alike(n, first_month=(0,) * n), 13, engine=engine,
        parameters=quiet(dismissal_probability=probability, voluntary_exit_rate=0.0),
        luck=ALL_PERMANENT | {"route": 0.0, "filling": 0.999},
        start={"quality": -9.0, "structural_level": -9.0}, directors={"months_in_post": 24},
    )  # fmt: skip
    assert run.months["inadequate"][0] == n
    gone = (run.panel["director_changes"][12] > 0).mean()
    within(gone, probability, math.sqrt(probability * (1 - probability) / n), sharp=0.06)
    assert run.outcomes["dismissals"] == round(gone * n)


@pytest.mark.parametrize("engine", ENGINES)
def test_candidates_gather_and_bad_press_keeps_them_away(alike, quiet, lived, engine):
    """From 12 for 152 councils, 21/12 a month times exp(-0.25 e (climate/0.03 - 1)), at most 40.

    The climate is that of half the councils in the press: p (p^t - k^t) / 24 (p - k), p = 2^(-1/6), k = 11/12.
    """
    n, t, p, k = 152, np.arange(1, 61), 2 ** (-1 / 6), 11 / 12
    parameters = quiet(press_supply_elasticity=2.0, voluntary_exit_rate=0.0)
    press = np.tile([1.0, 0.0], n // 2)
    run = lived(alike(n), 60, parameters=parameters, engine=engine, luck=ALL_PERMANENT, start={"press": press})
    climate = p * (p**t - k**t) / (p - k) / 24
    inflow = 21 / 12 * np.exp(-0.5 * (climate / 0.03 - 1))
    expected = np.minimum(40.0, 12 + np.cumsum(inflow))
    assert run.months["candidates"].to_numpy() == pytest.approx(expected)
    assert inflow.max() > 10 * inflow.min()
    assert expected[-1] == 40.0


@pytest.mark.parametrize(
    ("engine", "replicates", "stigma", "left", "sharp"),
    [("ensemble", 30, 0.0, 0.0, 0.05), ("ensemble", 30, 1.0, 1.0, 0.09), ("mesa", 5, 1.0, 0.0, 0.2)],
)
def test_a_short_market_fills_fewer_seats_by_weaker_people(
    alike, quiet, lived, within, engine, replicates, stigma, left, sharp
):
    """All v seats are vacant: each is filled with (1-exp(-1/16)) f (1 - 0.3 stigma), f = c / (c + v/2) / 0.65.

    c counts 13.75 candidates for 152 councils, and half of the pool of v former directors unless they have left. Those
    appointed have a mean ability of -(1 - c/v) / 2. The errors are a binomial's, and of a mean of as many normals.
    """
    n = 608
    parameters = quiet(hiring_time=16.0, pool_exit_rate=left)
    runs = [
        lived(alike(n), 1, parameters=parameters, engine=engine, replicate=replicate,
              luck=ALL_INTERIM | ALL_FIRST_TIME, start={"stigma": stigma})
        for replicate in range(replicates)
    ]  # fmt: skip
    c = (12 + 21 / 12) * n / 152 + (0.5 * n if left == 0.0 else 0.0)
    chance = (1 - math.exp(-1 / 16)) * c / (c + 0.5 * n) / 0.65 * (1 - 0.3 * stigma * 2 ** (-1 / 24))
    filled = sum(run.months["filled"][0] for run in runs)
    error = math.sqrt(chance * (1 - chance) / (n * replicates))
    within(filled / (n * replicates), chance, error, sharp=sharp)
    ability = sum(run.months["appointed_ability_sum"][0] for run in runs) / filled
    within(ability, -0.5 * (1 - c / n), 1 / math.sqrt(filled), scale=1.0, sharp=sharp)


@pytest.mark.parametrize("engine", ENGINES)
def test_able_directors_lift_quality_and_new_ones_cost_at_first(alike, quiet, lived, engine):
    """Beside the mean of month 0, quality gains effect x ability (1 - k^t) and what the dip gives back.

    A dip d fading as exp(-m/12) from m = 0 gives back d ((1 - k^t) - (a^t - k^t) / (a - k) / T), a = exp(-1/12); with
    service elsewhere d is half as large.
    """
    time, k, a, t = 6.0, 5 / 6, math.exp(-1 / 12), np.arange(1, 61)
    parameters = quiet(
        director_effect=0.3, succession_dip=0.2, practice_adjustment_time=time, practice_shock=0.0,
        voluntary_exit_rate=0.0,
    )  # fmt: skip
    ability, dip = np.array([1.0, -1.0, 1.0, -1.0]), np.array([0.2, 0.2, 0.1, 0.1])
    directors = {"ability": ability, "months_in_post": 0, "months_as_director": np.array([0, 0, 30, 30])}
    start = {"quality": 0.0, "structural_level": 0.0}
    run = lived(
        alike(4), 60, parameters=parameters, engine=engine, luck=ALL_PERMANENT, start=start, directors=directors
    )
    mean = -0.15
    pushed = 1 - k**t
    faded = (a**t - k**t) / (a - k) / time
    expected = np.outer(pushed, 0.3 * ability - mean) - np.outer(faded, dip)
    assert run.panel["quality"] == pytest.approx(expected, abs=1e-12)


def test_the_steady_state_is_no_default():
    """The formulas are put to hazards other than those that ship."""
    defaults = Parameters()
    assert all(getattr(defaults, name) != value for name, value in STEADY.items())
