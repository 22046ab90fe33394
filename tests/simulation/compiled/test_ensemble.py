"""Equal in every bit: what the Mesa engine makes of a run, the compiled engine makes too, to the last agent."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import engines
from benchmarks.engines import DistinctRun, months_of, opened
from simulation import PARITIES, REGIMES, Parameters, Scenario, Switches, draw_chance, load_regime, simulate
from simulation.agents import model as agents_model
from simulation.agents.model import record_run
from simulation.compiled import ensemble as compiled_engine
from simulation.compiled.ensemble import Ensemble
from simulation.compiled.records import COUNCIL, DIRECTOR, SECTOR, as_records
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.paths import PATHS
from simulation.outcomes.run import COUNCIL_MEASURES
from simulation.parameters import PARAMETERS
from simulation.switches import SWITCHES

ORDINARY = settings(max_examples=100, suppress_health_check=list(HealthCheck))


def run_both(regime, **given):
    """Run a regime by both engines; return the records, the Mesa model and the arrays that compiled code wrote on."""
    seen = []

    def watched_record(model):
        seen.append(model)
        return record_run(model)

    def watched_months(*arrays):
        seen.append(arrays)
        run_months(*arrays)

    run_months = compiled_engine.run_months
    with (
        patch.object(agents_model, "record_run", watched_record),
        patch.object(compiled_engine, "run_months", watched_months),
    ):
        runs = [simulate(regime, engine=engine, **given) for engine in ("mesa", "ensemble")]
    return *runs, *seen


def bits(values):
    """Return numbers as what they are made of: -0.0 is not 0.0, and no not-a-number is another."""
    return np.ascontiguousarray(values).view(np.int64)


def differing(one, other, names):
    """Return the columns of two tables that differ, with the row and the numbers of the first difference."""
    rows, columns = np.nonzero(bits(one) != bits(other))
    return {names[k]: (row, one[row, k], other[row, k]) for row, k in zip(rows[::-1], columns[::-1], strict=True)}


def differing_states(states, records):
    """Return the attributes in which states differ from records."""
    return _differing_fields(as_records(states, records.dtype), records)


def _differing_fields(one, other):
    found = []
    for name in one.dtype.names:
        if one.dtype[name].names:
            found += [f"{name}.{inner}" for inner in _differing_fields(one[name], other[name])]
        else:
            found += [name] if (bits(one[name]) != bits(other[name])).any() else []
    return found


def check_equal(regime, **given):
    """Assert that both engines agree on every month, council, outcome and final state, and return the Mesa run."""
    mesa, compiled, model, arrays = run_both(regime, **given)
    councils, directors, sectors = arrays[:3]
    assert (councils.dtype, directors.dtype, sectors.dtype) == (COUNCIL, DIRECTOR, SECTOR)
    assert differing(mesa.month_values, compiled.month_values, list(PATHS)) == {}
    assert differing(mesa.council_values, compiled.council_values, COUNCIL_MEASURES) == {}
    assert differing(mesa.values[None], compiled.values[None], list(OUTCOMES)) == {}
    model.sector.month -= 1  # Mesa counts on after the last month
    assert differing_states([model.sector], sectors) == []
    assert differing_states(model.councils, councils) == []
    assert differing_states(model.directors, directors[: len(model.directors)]) == []
    assert (compiled.regime, compiled.parity, compiled.replicate) == (mesa.regime, mesa.parity, mesa.replicate)
    assert compiled.table is mesa.table
    return mesa


@pytest.mark.parametrize("regime", REGIMES)
def test_ten_years_of_england_are_equal(regime):
    check_equal(regime, months=120)


@pytest.mark.parametrize("regime", ["historical", "childrens_trust"])
def test_the_panel_of_councils_is_equal_and_changes_nothing(regime):
    mesa, compiled, without = (
        simulate(regime, months=26, engine=engine, panel=panel)
        for engine, panel in (("mesa", True), ("ensemble", True), ("ensemble", False))
    )
    assert mesa.panel.shape == compiled.panel.shape == (26, 152)
    assert mesa.panel.tobytes() == compiled.panel.tobytes()
    assert without.panel is None
    assert (bits(without.month_values) == bits(compiled.month_values)).all()
    assert (compiled.panel["grade"] == 0).sum(axis=1).tolist() == compiled.months["inadequate"].tolist()
    assert compiled.panel["interim"].sum(axis=1).tolist() == compiled.months["interims"].tolist()


@pytest.mark.parametrize(("seed", "replicate"), [(1, 0), (2018, 31), (2**63 - 1, 2**31 - 1)])
@pytest.mark.parametrize("regime", REGIMES)
def test_any_seed_and_replicate_is_equal(regime, seed, replicate):
    check_equal(regime, months=20, seed=seed, replicate=replicate)


@pytest.mark.parametrize("parity", PARITIES)
@pytest.mark.parametrize("regime", ["peer_support", "hybrid", "improvement_partnership", "childrens_trust"])
def test_any_parity_is_equal(regime, parity):
    check_equal(regime, months=9, parity=parity)


CHOICES = [(name, choice) for name, info in SWITCHES.items() for choice in info.choices if choice != info.default]


@pytest.mark.parametrize(("switch", "choice"), CHOICES)
def test_each_structural_switch_is_equal(sector, switch, choice):
    given = {"switches": Switches(**{switch: choice}), "councils": sector(24), "months": 40}
    for regime in ("partners_in_practice", "childrens_trust"):
        check_equal(load_regime(regime).with_arms(attention_shift=-0.1, gold_preference=0.3), **given)


@pytest.mark.parametrize("name", sorted(PARAMETERS))
def test_each_parameter_at_its_hard_limits_is_equal(sector, name):
    info = PARAMETERS[name]
    other = {"region_sd": 0.1} if name == "deprivation_effect" else {"deprivation_effect": 0.1}
    high = min(info.hard_high, 0.94) if name in {"deprivation_effect", "region_sd"} else info.hard_high
    for value in (info.hard_low, high):
        check_equal("hybrid", months=40, councils=sector(9), parameters=Parameters(**(other | {name: value})))


@ORDINARY
@given(st.data())
def test_whatever_is_run_is_equal(drawn, data):
    scenario = data.draw(drawn.scenarios)
    check_equal(
        data.draw(st.sampled_from(REGIMES)),
        months=data.draw(st.sampled_from([1, 7, 30, 61])),
        seed=data.draw(st.sampled_from([2018, 5, 2**62])),
        replicate=data.draw(st.integers(0, 3)),
        parity=data.draw(st.sampled_from(PARITIES)),
        parameters=data.draw(drawn.parameters),
        switches=data.draw(drawn.switches),
        scenario=scenario,
        councils=data.draw(drawn.tables(start=scenario.start)),
    )


@pytest.mark.slow
@settings(ORDINARY, max_examples=40)
@given(st.data())
def test_ten_years_of_england_under_any_parameters_are_equal(drawn, data):
    scenario = dataclasses.replace(data.draw(drawn.scenarios), start="2018-04")
    parameters, switches = data.draw(drawn.parameters), data.draw(drawn.switches)
    regime = data.draw(st.sampled_from(REGIMES))
    check_equal(regime, months=120, parameters=parameters, switches=switches, scenario=scenario, parity="pounds")


USUAL = dataclasses.asdict(load_regime("partners_in_practice").arms[0])


@ORDINARY
@given(st.data())
def test_any_regime_of_ones_own_is_equal(drawn, data):
    check_equal(
        data.draw(drawn.regimes),
        months=data.draw(st.sampled_from([4, 15, 44])),
        replicate=data.draw(st.integers(0, 2)),
        parity=data.draw(st.sampled_from(PARITIES)),
        councils=data.draw(drawn.tables(most=40)),
    )


def test_a_regime_file_with_every_kind_of_arm_is_equal(tmp_path, sector):
    arms = [
        {"partnership": True, "givers": 4, "receiver_rule": "inadequate", "last_month": 20},
        {"reciprocal": True, "givers": "all", "giver_rule": "near_good_too", "paid": False, "givers_per_receiver": 3},
        {"gold_preference": 1.5, "givers": 9, "first_month": 5, "receiver_rule": "below_good_and_cusp"},
        {"labels": False, "days": "capacity", "attention_shift": -0.2, "first_month": 11, "last_month": 30},
    ]
    path = tmp_path / "mine.toml"
    path.write_text("\n".join(["title = 'Mine'", *(_table(USUAL | arm) for arm in arms)]), "utf-8")
    for councils in (None, sector(40)):
        run = check_equal(str(path), months=36, councils=councils)
        assert run.months["partnerships"].max() > 0
        assert run.months["receivers"].min() > 0


def _table(levers):
    def written(value):
        return (
            str(value).lower() if isinstance(value, bool) else repr(list(value) if isinstance(value, tuple) else value)
        )

    return "\n".join(["[[arm]]", *(f"{name} = {written(value)}" for name, value in levers.items())])


@pytest.mark.parametrize("n", [3, 4, 7, 1000])
@pytest.mark.parametrize("regime", REGIMES)
def test_small_and_large_tables_are_equal(sector, regime, n):
    check_equal(regime, months=100 if n < 10 else 8, councils=sector(n), parity="days")


@pytest.mark.parametrize(
    "world",
    [
        {"pause": "none"},
        {"poverty_tilt": 2.0},
        {"poverty_tilt": 10.0, "funding": (("2018-04", 0.5), ("2021-04", 1.0))},
        {"funding": "closed"},
        {"funding": "later", "pause": "none"},
        {"start": "2020-06"},
    ],
    ids=str,
)
def test_each_scenario_is_equal(world):
    check_equal("peer_support_with_chiefs", months=36, scenario=Scenario(**world))


def test_luck_drawn_for_longer_is_equal(england):
    chance = draw_chance(7, 3, 40, england.n, 9)
    run = check_equal("gold_dust", months=12, chance=chance)
    assert run.replicate == 3


def test_an_opening_serves_any_number_of_runs_and_threads(sector):
    table = sector(30)
    ensemble = Ensemble(24, councils=table)
    opening = ensemble.open(Parameters(), ensemble.draw(2018, 0))
    before = [array.copy() for array in (opening.councils, opening.directors, opening.sector, opening.coefficients)]
    asked = [(regime, parity) for parity in PARITIES for regime in REGIMES] * 3
    with ThreadPoolExecutor(4) as threads:
        runs = list(threads.map(lambda one: ensemble.run(one[0], opening, one[1]), asked))
    for (regime, parity), run in zip(asked, runs, strict=True):
        alone = simulate(regime, months=24, parity=parity, councils=table, engine="ensemble")
        assert differing(run.month_values, alone.month_values, list(PATHS)) == {}
    after = (opening.councils, opening.directors, opening.sector, opening.coefficients)
    assert all(one.tobytes() == other.tobytes() for one, other in zip(before, after, strict=True))


def test_months_go_on_from_the_month_in_which_the_sector_stands():
    """A caller may look at every month's end: run one by one, months leave what they leave in one go."""
    engine = Ensemble(9)
    months = months_of(engine, DistinctRun(load_regime("peer_support"), "pounds"), opened(engine))
    whole, parted = months.fresh(), months.fresh()
    compiled_engine.run_months(*whole.values())
    for month in range(engine.months):
        parted["sectors"]["month"] = month
        compiled_engine.run_months(*(parted | {"gaps": parted["gaps"][: month + 1]}).values())
    assert engines.differing(whole, parted) == []
