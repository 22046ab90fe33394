"""What must hold in every run, whatever its parameters up to their hard limits, switches, regime and world."""

import dataclasses
import math
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation import PARITIES, REGIMES, Parameters, Scenario, SectorModel, Switches, simulate
from simulation.errors import InputError
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.paths import PATHS
from simulation.parameters import PARAMETERS
from simulation.state import (
    INTERIM,
    LEFT,
    NOBODY,
    PERMANENT,
    POOL,
    RESTING,
    UNFILLED,
    ChiefState,
    CouncilState,
    DirectorState,
)
from simulation.switches import SWITCHES


@st.composite
def parameter_sets(draw):
    """Parameters anywhere within their hard limits, and often on them."""
    values = {}
    for name, info in PARAMETERS.items():
        values[name] = draw(
            st.just(info.default)
            | st.floats(info.low, info.high)
            | st.sampled_from([info.hard_low, info.hard_high])
            | st.floats(info.hard_low, info.hard_high)
        )
    spread = values["deprivation_effect"] ** 2 + values["region_sd"] ** 2
    if spread > 0.9:
        shrink = math.sqrt(0.89 / spread)
        values |= {name: values[name] * shrink for name in ("deprivation_effect", "region_sd")}
    return Parameters(**values)


SWITCHED = st.builds(Switches, **{name: st.sampled_from(info.choices) for name, info in SWITCHES.items()})
WORLDS = st.builds(
    Scenario,
    funding=st.sampled_from(["outturn", "projected", "later", "half", "closed", "frozen"]),
    poverty_tilt=st.sampled_from([0.0, 1.0, 2.0, 10.0]),
    pause=st.sampled_from(["historical", "none"]),
    headline=st.sampled_from(["kept", "removed", "2019-06"]),
)


@st.composite
def models(draw, sector):
    n = draw(st.integers(3, 20))
    grades = draw(st.lists(st.integers(0, 3), min_size=n, max_size=n))
    table = sector(n, grade=tuple(grades), recovered=tuple(int(grade == 0) for grade in grades))
    return SectorModel(
        draw(st.sampled_from(REGIMES)),
        replicate=draw(st.integers(0, 3)),
        months=draw(st.sampled_from([1, 7, 30])),
        parity=draw(st.sampled_from(PARITIES)),
        parameters=draw(parameter_sets()),
        switches=draw(SWITCHED),
        scenario=draw(WORLDS),
        councils=table,
    )


def run_through(model):
    while model.running:
        model.step()
        yield model


def numbers(state):
    return {name: value for name, value in vars(state).items() if isinstance(value, int | float)}


def check_council(model, council):
    assert all(math.isfinite(value) for value in numbers(council).values())
    assert council.grade in range(4)
    for share in (council.stigma, council.press, council.chief.attention):
        assert 0.0 <= share <= 1.0
    assert 0.02 <= council.agency_share <= 0.60
    assert council.recovered in (0, 1)
    assert min(council.alarm, council.borrowed_practice, council.days_given, council.days_received) >= 0.0
    assert council.next_judgement > model.sector.month - 1
    assert all(math.isfinite(value) and value >= 0.0 for value in council.chief.salience)
    assert sum(council.chief.base_salience) == pytest.approx(1.0)


def check_seats(model):
    seated = Counter(council.seat for council in model.councils if council.seat >= 0)
    assert max(seated.values(), default=1) == 1
    for council in model.councils:
        if council.seat >= 0:
            director = model.directors[council.seat]
            assert (director.status, director.council) == (PERMANENT, council.index)
        else:
            assert council.seat in (INTERIM, UNFILLED)
    for number, director in enumerate(model.directors):
        if director.status == PERMANENT:
            assert model.councils[director.council].seat == number
        else:
            assert director.status in (POOL, RESTING, LEFT)
            assert director.council == NOBODY
        assert 0 <= director.months_in_post <= director.months_as_director
    assert 0.0 <= model.sector.candidates <= model.c.candidates_most


def check_row(model):
    row, n = model.row, model.table.n
    assert all(math.isfinite(value) for value in vars(row).values())
    assert row.inadequate + row.requires_improvement + row.good + row.outstanding == n
    for share in ("good_or_better", "agency_share", "press_climate", "attention"):
        assert 0.0 <= getattr(row, share) <= 1.0, share
    shares = row.attention + row.attention_adult_care + row.attention_finance + row.attention_place
    assert shares == pytest.approx(1.0)
    for count in ("below_cut", "stuck", "interims", "givers", "receivers", "over_release", "waiting", "trusts"):
        assert 0 <= getattr(row, count) <= n, count
    assert row.falls <= row.judgements <= n
    assert 0.0 <= row.unmet_days <= row.need_days * (1 + 1e-12)
    assert row.director_changes >= row.filled


def check_support(model):
    row = model.row
    assert 0.0 <= row.days_delivered <= row.days_pledged * (1 + 1e-12)
    assert row.director_days <= row.days_delivered * (1 + 1e-12)
    assert sum(council.days_given for council in model.councils) == pytest.approx(row.days_delivered)
    assert sum(council.days_received for council in model.councils) == pytest.approx(row.days_delivered)
    for council in model.councils:
        arms = model.deployment.arms
        assert council.gives == NOBODY or council.days_given <= arms[council.gives].days_per_giver * (1 + 1e-9)
        limit = arms[council.receives].days_per_receiver if council.receives != NOBODY else 0.0
        assert council.days_received <= limit * (1 + 1e-9)


def check_money(model, before):
    sector, row = model.sector, model.row
    for name in ("programme_cash", "programme_shadow", "trust_cost", "failure_cost", "funding_gap", "spent"):
        assert type(getattr(sector, name)) is int, name
        assert getattr(sector, name) >= 0, name
    assert sector.spent - before == sector.programme_cash + sector.trust_cost
    assert row.programme_cash == sector.programme_cash / 100
    assert row.failure_cost == sector.failure_cost / 100
    prices = [arm.cash_per_day for arm in model.deployment.arms]
    assert row.programme_cash <= max(prices, default=0.0) * row.days_delivered + 0.005 * sector.links + 1e-6


@settings(max_examples=60, suppress_health_check=[HealthCheck.large_base_example, HealthCheck.too_slow])
@given(st.data())
def test_whatever_is_run_stays_whole(sector, data):
    model = data.draw(models(sector))
    spent = 0
    for _ in run_through(model):
        for council in model.councils:
            check_council(model, council)
        check_seats(model)
        check_row(model)
        check_support(model)
        check_money(model, spent)
        spent = model.sector.spent


@pytest.mark.slow
@settings(max_examples=200, suppress_health_check=[HealthCheck.large_base_example, HealthCheck.too_slow])
@given(st.data())
def test_ten_years_stay_finite(sector, data):
    parameters = data.draw(parameter_sets())
    regime = data.draw(st.sampled_from(REGIMES))
    run = simulate(regime, months=120, parameters=parameters, switches=data.draw(SWITCHED), councils=sector(10))
    assert all(run.months[path].map(math.isfinite).all() for path in PATHS)


@pytest.mark.parametrize("name", sorted(PARAMETERS))
def test_each_parameter_at_its_hard_limits_runs_ten_years(sector, name):
    info = PARAMETERS[name]
    other = {"region_sd": 0.1} if name == "deprivation_effect" else {"deprivation_effect": 0.1}
    high = min(info.hard_high, 0.94) if name in {"deprivation_effect", "region_sd"} else info.hard_high
    for value in (info.hard_low, high):
        run = simulate("hybrid", months=120, councils=sector(8), parameters=Parameters(**(other | {name: value})))
        assert all(run.months[path].map(math.isfinite).all() for path in PATHS), value


@pytest.mark.parametrize("regime", REGIMES)
def test_agents_carry_exactly_the_attributes_of_their_state_with_the_same_types(regime):
    model = SectorModel(regime, months=24)
    mesa_own = set(vars(next(iter(SectorModel(months=1).agents)))) - {
        field.name for state in (CouncilState, DirectorState, ChiefState) for field in dataclasses.fields(state)
    }
    for _ in run_through(model):
        pass
    agents = [(k, CouncilState()) for k in model.councils] + [(d, DirectorState()) for d in model.directors]
    agents += [(council.chief, ChiefState()) for council in model.councils]
    for agent, state in agents:
        assert set(vars(agent)) - mesa_own == set(vars(state))
        for name, value in vars(state).items():
            if name != "chief":
                assert type(getattr(agent, name)) is type(value), (type(agent).__name__, name)
    assert set(vars(model.row)) == set(PATHS)


def test_england_starts_from_what_is_known_and_moves_within_bands():
    run = simulate("none", months=36)
    assert run.months["inadequate"].iloc[0] == pytest.approx(23, abs=2)
    assert 10 <= run.months["inadequate"].iloc[-1] <= 45
    assert 0.08 <= run.months["interims"].mean() / 152 <= 0.2
    assert 0.10 <= run.months["agency_share"].mean() <= 0.20
    assert run.months["judgements"].sum() > 90
    assert run.months["mean_quality"].abs().max() < 1.0
    assert 0.7 < run.months["quality_spread"].iloc[-1] < 1.3


def test_partners_in_practice_pledge_336_days_a_month_of_14_councils():
    run = simulate("partners_in_practice", months=12)
    assert run.months["days_pledged"].tolist() == pytest.approx([336.0] * 12)
    assert set(run.months["givers"]) == {14}
    assert set(run.months["receivers"]) == {3 * 14}, "two receivers of 10.9 days each, and a third of what is left"
    assert (run.months["days_delivered"] < 336.0).all()
    assert run.months["programme_cash"].sum() == pytest.approx(1000 * run.months["days_delivered"].sum(), abs=10)


@pytest.mark.parametrize(
    ("argument", "value", "sentence"),
    [
        ("months", 0, "months: expected a whole number from 1 to 12000, got 0"),
        ("months", -3, "months: expected a whole number"),
        ("months", 1.5, "months: expected a whole number from 1 to 12000, got 1.5"),
        ("months", "12", "months: expected a whole number"),
        ("months", math.nan, "months: expected a whole number"),
        ("months", True, "months: expected a whole number"),
        ("replicate", -1, "replicate: expected a whole number from 0"),
        ("seed", -1, "seed: expected a whole number from 0"),
        ("seed", 2**63, "seed: expected a whole number from 0"),
        ("parity", "pound", r"unknown parity 'pound' \(nearest: pounds\)"),
        ("regime", "peers", "unknown regime 'peers'"),
    ],
)
def test_what_cannot_be_run_is_refused(argument, value, sentence):
    with pytest.raises(InputError, match=sentence):
        simulate(**{argument: value})


def test_a_run_ends_after_its_months():
    model = SectorModel(months=2)
    model.step()
    assert model.running
    model.step()
    assert not model.running
    with pytest.raises(InputError, match="expected at most 2 steps"):
        model.step()


def test_the_record_of_a_run_is_whole(england):
    run = simulate("peer_support", months=6, replicate=2, parity="days")
    assert (run.regime, run.parity, run.replicate) == ("peer_support", "days", 2)
    assert list(run.months.columns) == list(PATHS)
    assert run.months.index.tolist() == list(range(6))
    assert run.months.index.name == "month"
    assert list(run.outcomes) == list(OUTCOMES)
    assert run.councils["code"].tolist() == list(england.code)
    assert run.councils["region"].tolist() == list(england.region)
    assert run.councils["deprivation_fifth"].value_counts().to_dict() == {1: 31, 2: 30, 3: 31, 4: 30, 5: 30}
    poorest = run.councils.loc[england.deprivation.index(max(england.deprivation))]
    assert poorest["deprivation_fifth"] == 5
    assert run.councils["days_given"].sum() == pytest.approx(run.realised["days"])
    assert run.councils["days_received"].sum() == pytest.approx(run.realised["days"])
    assert run.councils["months_inadequate"].sum() == run.outcomes["inadequate_months"]
    assert run.councils["director_changes"].sum() == run.outcomes["director_changes"]
    left = run.outcomes["dismissals"] + run.outcomes["voluntary_exits"] + run.outcomes["moves"]
    assert run.councils["exits"].sum() == left
    assert run.councils["mean_quality"].mean() == pytest.approx(run.outcomes["mean_quality"])
