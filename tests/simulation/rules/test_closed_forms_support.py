"""Support and money against what can be counted without the model: queues at no and endless supply, pence by pence.

Nothing here calls a rule.
"""

import math
from fractions import Fraction

import numpy as np
import pytest

from simulation import REGIMES, Parameters, Scenario, SectorModel, load_regime, simulate
from simulation.outcomes.outcomes import OUTCOMES

ENGINES = ["ensemble", "mesa"]
NEED = 10.9


def endless(days_per_receiver=NEED, **levers):
    """Partners in Practice with more givers and days than anyone could use."""
    return load_regime("partners_in_practice").with_arms(
        givers="all", days_per_giver=1e4, days=1e4, days_per_receiver=days_per_receiver, **levers
    )


def below_good(run):
    return run.panel["grade"] < 2


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", [name for name in REGIMES if load_regime(name).arms])
def test_with_nothing_to_give_all_need_is_unmet(name, engine):
    """Nobody receives; every council below good waits every month; what is unmet is the need, 10.9 days each."""
    regime = load_regime(name).with_arms(givers=0)
    run = simulate(regime, months=18, engine=engine, panel=True)
    assert not run.months[["receivers", "givers", "days_delivered", "programme_cash"]].to_numpy().any()
    needy = below_good(run).sum(axis=1)
    assert needy.min() > 0
    assert run.months["waiting"].tolist() == needy.tolist()
    assert run.months["need_days"].to_numpy() == pytest.approx(NEED * needy)
    assert run.months["unmet_days"].to_numpy() == pytest.approx(NEED * needy)
    assert run.outcomes["months_waited"] == needy.sum()


@pytest.mark.parametrize("engine", ENGINES)
def test_with_nobody_able_to_give_all_need_is_unmet(sector, engine):
    """So too where money is endless and every council is below good itself."""
    table = sector(12, grade=(0, 1) * 6, first_month=(1_000_000,) * 12)
    run = simulate(endless(), months=12, councils=table, engine=engine)
    assert run.outcomes["days_delivered"] == 0.0
    assert run.outcomes["months_waited"] == 12 * 12
    assert run.outcomes["unmet_days"] == pytest.approx(12 * 12 * NEED)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("days", [5.0, NEED, 16.0])
def test_with_endless_supply_nobody_waits_longer_than_to_the_next_matching(engine, days):
    """In a quarter's first month all below good receive; those who fall later wait for the next, never three months.

    So a month's queue is those below good now who were not so in its quarter's first month, and what is unmet is their
    whole need and, where a link is smaller than the need, what it lacks of it.
    """
    parameters = Parameters(pressure_on_giving=0.0)
    run = simulate(endless(days), months=60, parameters=parameters, engine=engine, panel=True)
    needy = below_good(run)
    matched = needy[np.arange(60) // 3 * 3]
    queue = (needy & ~matched).sum(axis=1)
    assert run.months["waiting"].tolist() == queue.tolist()
    assert queue[::3].sum() == 0 < queue.sum()
    lacking = max(0.0, NEED - days) * (needy & matched).sum(axis=1)
    assert run.months["unmet_days"].to_numpy() == pytest.approx(NEED * queue + lacking)
    assert run.months["receivers"].tolist() == matched.sum(axis=1).tolist()
    assert run.months["days_delivered"].to_numpy() == pytest.approx(days * matched.sum(axis=1))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_pledge_is_all_used_where_need_is_greater(sector, engine):
    """Givers 4, receivers 8, 10 days each: 80 needed; of 100, 60 or 24 days pledged 80, 60 and 24 are."""
    table = sector(12, grade=(1, 1, 3) * 4, first_month=(1_000_000,) * 12)
    for budget, used in ((100.0, 80.0), (60.0, 60.0), (24.0, 24.0)):
        regime = load_regime("partners_in_practice").with_arms(
            givers="all", days_per_giver=30.0, days=budget * 152 / 12, days_per_receiver=10.0
        )
        run = simulate(regime, months=6, councils=table, engine=engine, parameters=Parameters(pressure_on_giving=0.0))
        assert run.months["days_pledged"].to_numpy() == pytest.approx(np.full(6, used))
        assert run.months["receivers"].tolist() == [math.ceil(used / 10)] * 6


def half_up(amount):
    """Whole pence, half up, of an exact amount of pounds."""
    return math.floor(amount * 100 + Fraction(1, 2))


class Ledger:
    """The programme's money in pence, reckoned from links, pressure and decisions on trusts as a run goes."""

    def __init__(self, model):
        self.model = model
        self.cash = self.shadow = self.trusts = 0

    def add_month(self):
        model, month = self.model, self.model.sector.month - 1
        for link in model.links[: model.sector.links]:
            arm = model.deployment.arms[link.arm]
            days = link.days * max(0.0, 1 - model.c.pressure_on_giving * model.councils[link.giver].pressure)
            days *= 1.0 if arm.paid else model.c.unpaid_delivery
            self.cash += half_up(Fraction(arm.cash_per_day * days))
            self.shadow += half_up(Fraction(arm.shadow_price_per_day * days))
        decided = [council.trust_from - 18 for council in model.councils if council.trust_from >= 0]
        self.trusts += sum(300_000_000 * (month == since) + 2_500_000 for since in decided)


@pytest.mark.parametrize("name", [name for name in REGIMES if load_regime(name).arms])
def test_the_programmes_money_adds_up_to_the_penny(name):
    """Each link's month in whole pence, half up; trusts from their decision on; outcomes are the sums of the months."""
    parameters = Parameters(unpaid_delivery=0.6137, pressure_on_giving=0.731)
    model = SectorModel(name, months=40, parameters=parameters, replicate=1)
    ledger = Ledger(model)
    months = {"programme_cash": 0, "programme_shadow": 0, "trust_cost": 0}
    while model.running:
        model.step()
        ledger.add_month()
        for path in months:
            months[path] += round(getattr(model.row, path) * 100)
    assert (ledger.cash, ledger.shadow, ledger.trusts) == tuple(months.values())
    assert model.sector.spent == ledger.cash + ledger.trusts
    run = simulate(name, months=40, parameters=parameters, replicate=1, engine="ensemble")
    for path, pence in months.items():
        assert round(run.outcomes[path] * 100) == pence
    assert round(run.outcomes["programme_cost"] * 100) == ledger.cash + ledger.shadow + ledger.trusts
    assert ledger.cash > 0
    assert (ledger.trusts > 0) == (name == "childrens_trust")


@pytest.mark.parametrize("engine", ENGINES)
def test_the_cost_of_failure_follows_from_the_grades_alone(england, engine):
    """4.7, 12.1, 10.2, 12.2% of a month's budget for a year each from an inadequate judgement, restarted by the next.

    The months of judgements are those in which the next one was set. Budgets are 21,250 pounds a child a year. Exact
    half pennies are common here (10.2% of an odd number of children is one), and floating point lets them fall either
    way: so each sum is also held against exact fractions, to half a penny.
    """
    months = 120
    run = simulate("none", months=months, engine=engine, panel=True)
    shares = [thousandths for thousandths in (47, 121, 102, 122) for _ in range(12)]
    due = np.array([[-1] * england.n, *run.panel["next_judgement"].tolist()])
    total, restarts = [0] * months, 0
    for i, children in enumerate(england.children_in_need):
        since = england.months_since_judgement[i] if england.grade[i] == 0 else 48
        for month in range(months):
            judged = due[month + 1, i] != due[month, i] if month else england.first_month[i] == 0
            if judged and run.panel["grade"][month, i] == 0:
                restarts += since < 48
                since = 0
            if since < 48:
                pence = math.floor(shares[since] / 1000 * (21_250 * children / 12) * 100 + 0.5)
                exact = Fraction(shares[since], 10) * 21_250 * Fraction(children) / 12
                assert abs(pence - exact) <= Fraction(1, 2) + Fraction(1, 10**6)
                total[month] += pence
                since += 1
    assert [round(pounds * 100) for pounds in run.months["failure_cost"]] == total
    assert round(run.outcomes["failure_cost"] * 100) == sum(total)
    assert restarts > 0


@pytest.mark.parametrize("engine", ENGINES)
def test_the_funding_gap_is_a_share_of_all_budgets(england, engine):
    """9.4% in month 0, 23% in month 23, in between a straight line, of 21,250 pounds a child a year: to the penny."""
    run = simulate("none", months=24, engine=engine, scenario=Scenario(funding="projected"))
    budget = 21_250 * sum(england.children_in_need) / 12
    shares = 0.094 + (0.23 - 0.094) * np.arange(24) / 23
    assert run.months["funding_gap"].to_numpy() == pytest.approx(budget * shares, abs=0.0051)
    assert run.outcomes["funding_gap"] == pytest.approx((budget * shares).sum(), abs=24 * 0.0051)
    assert {OUTCOMES[name].unit for name in ("funding_gap", "failure_cost", "programme_cost")} == {"GBP"}
