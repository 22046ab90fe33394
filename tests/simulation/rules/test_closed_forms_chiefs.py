"""Chief executives' attention against closed forms: its return to the usual, crises elsewhere, new chiefs.

Nothing here calls a rule.
"""

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from simulation import SectorModel, load_regime

ENGINES = ["ensemble", "mesa"]
BACK = 11 / 12
"""Share of a deviation of salience that is left after a month."""
NO_CRISIS, NO_NEW_CHIEF = {"crisis": 0.999}, {"chief_leaves": 0.999}
NEW_CHIEF, CRISIS = 1 - (1 - 0.21) ** (1 / 12), 0.4 / 12
WEIGHTS = {"attention_adult_care": 0.545, "attention_finance": 0.195, "attention_place": 0.26}


@pytest.mark.parametrize("engine", ENGINES)
def test_attention_returns_to_the_usual_after_failing(alike, quiet, lived, engine):
    """Half a salience more at a base of b is a share of (b + x) / (1 + x) with x = 0.5 (11/12)^t."""
    parameters = quiet(attention_base=0.2)
    table = alike(3, grade=(0, 0, 0), months_since_judgement=(1, 1, 1))
    luck = NO_CRISIS | NO_NEW_CHIEF | {"start_chief": 0.0}
    run = lived(table, 60, parameters=parameters, engine=engine, luck=luck)
    x = 0.5 * 2 ** (-1 / 8.3) * BACK ** np.arange(1, 61)
    assert run.months["attention"].to_numpy() == pytest.approx((0.2 + x) / (1 + x), rel=1e-10)
    for service, weight in WEIGHTS.items():
        assert run.months[service].to_numpy() == pytest.approx(0.8 * weight / (1 + x), rel=1e-10)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("shift", "kept"), [(0.1, 0.1), (-0.1, -0.1), (-0.3, -0.19)])
def test_a_regime_moves_the_attention_of_those_who_give_and_receive(alike, quiet, lived, engine, shift, kept):
    """Children's salience nears base + shift (at least 0.01) by a twelfth a month from the month after matching."""
    regime = load_regime("partners_in_practice").with_arms(
        givers=1, days=10 * 152 / 3, days_per_receiver=10.0, labels=False, attention_shift=shift
    )
    table = alike(3, grade=(1, 2, 3))
    luck = NO_CRISIS | NO_NEW_CHIEF | {"start_chief": 0.0}
    parameters = quiet(attention_base=0.2, practice_shock=0.0)  # so that the same one gives to the end
    run = lived(table, 60, regime, parameters=parameters, engine=engine, luck=luck)
    x = kept * (1 - BACK ** np.arange(60))
    expected = (2 * (0.2 + x) / (1 + x) + 0.2) / 3
    assert run.months["attention"].to_numpy() == pytest.approx(expected, rel=1e-10)


def mean_base(usual):
    """The mean of min(0.6, usual exp(0.3 Z)): a truncated lognormal's, and 0.6 beyond."""
    bound = math.log(0.6 / usual) / 0.3
    return usual * math.exp(0.3**2 / 2) * norm.cdf(bound - 0.3) + 0.6 * norm.sf(bound)


def share_left_by_crises():
    """The mean of 1 / (1 + S), S the salience that crises have added under the present chief.

    After a months under a chief S is the sum of 0.4 (11/12)^k over those of the last a months with a crisis; chiefs'
    months are geometric. As 1 / (1 + S) is the integral of exp(-u) exp(-u S), and months are independent, it is the
    integral of exp(-u) times the mean over a of the product over k < a of 1 - p + p exp(-0.4 u (11/12)^k).
    """

    def integrand(u):
        factors = 1 - CRISIS + CRISIS * np.exp(-0.4 * u * BACK ** np.arange(1500))
        products = np.concatenate([[1.0], np.cumprod(factors)])
        chances = NEW_CHIEF * (1 - NEW_CHIEF) ** np.arange(1501)
        return math.exp(-u) * float(chances @ products)

    return quad(integrand, 0, 60)[0]


@pytest.mark.parametrize(("engine", "n", "replicates", "sharp"), [("ensemble", 304, 30, 0.005), ("mesa", 38, 12, 0.03)])
@pytest.mark.parametrize("usual", [0.12, 0.5])
def test_crises_and_new_chiefs_share_attention_as_their_rates_say(
    alike, quiet, lived, within, engine, n, replicates, sharp, usual
):
    """Children's share is E[base] R with R = E[1/(1+S)], another's its weight of (1 - E[base]) R and (1 - R)/3.

    See `share_left_by_crises`. The errors are from the spread of replicates' means over months 120 to 149: what is left
    of the start is that nine chiefs in a hundred have been there since, who are as any other.
    """
    runs = [
        lived(alike(n), 150, parameters=quiet(attention_base=usual), engine=engine, replicate=replicate).months[120:]
        for replicate in range(replicates)
    ]
    base, left = mean_base(usual), share_left_by_crises()
    expected = {"attention": base * left}
    expected |= {name: weight * (1 - base) * left + (1 - left) / 3 for name, weight in WEIGHTS.items()}
    for name, share in expected.items():
        means = np.array([months[name].mean() for months in runs])
        within(means.mean(), share, means.std(ddof=1) / math.sqrt(replicates), sharp=sharp)


def test_chiefs_change_and_crises_come_at_their_rates(alike, quiet, within):
    """Counted in the agents' own salience: 1 - (1 - 0.21)^(1/12) chiefs a month, 0.4/12 crises, each service a third.

    All three are binomial. A new chief hides a crisis of the same month.
    """
    model = SectorModel(months=120, councils=alike(228), parameters=quiet())
    chiefs, crises, n = 0, np.zeros(3), 0
    while model.running:
        before = [(list(k.chief.base_salience), list(k.chief.salience)) for k in model.councils]
        model.step()
        for council, (base, salience) in zip(model.councils, before, strict=True):
            n += 1
            if council.chief.base_salience != base:
                chiefs += 1
                continue
            returned = [s + (b - s) / 12 for s, b in zip(salience, base, strict=True)]
            added = np.array(council.chief.salience) - returned
            assert sorted(added) == pytest.approx([0, 0, 0, 0.4 if added.max() > 0.2 else 0], abs=1e-12)
            assert added[0] == pytest.approx(0, abs=1e-12)
            crises += added[1:] > 0.2
    within(chiefs / n, NEW_CHIEF, math.sqrt(NEW_CHIEF * (1 - NEW_CHIEF) / n), sharp=0.05)
    seen = CRISIS / 3
    for found in crises / (n - chiefs):
        within(found, seen, math.sqrt(seen * (1 - seen) / (n - chiefs)), sharp=0.07)
