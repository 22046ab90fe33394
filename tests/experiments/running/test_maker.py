"""The maker: the same block whatever made it; a run that fails leaves its reason, and the others go on."""

import pickle
from dataclasses import replace

import numpy as np
import pytest

from experiments.design.design import Extent
from experiments.design.world import Cell, Condition, Piece
from experiments.results.numbers import RunNumbers
from experiments.results.outcome_numbers import Outcomes
from experiments.running.maker import Maker, Task, make_alone, make_block
from simulation.compiled.ensemble import Ensemble
from simulation.councils import load_councils
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.pairs import paired_outcomes
from simulation.parameters import Parameters
from simulation.regimes import load_regime
from simulation.scenario import Scenario
from simulation.simulate import ENGINES, simulate
from simulation.switches import Switches

NUMBERS = RunNumbers(1)


def piece(design, replicate=0):
    return design.piece(Extent(replicate, 0, 2))


def same(one, other):
    return all(np.array_equal(array, other.arrays[name], equal_nan=True) for name, array in one.arrays.items())


def test_both_engines_make_the_same_block(small_design):
    one, two = (Maker(small_design.world, engine).make(piece(small_design), NUMBERS) for engine in ENGINES)
    assert same(one, two)
    assert set(one.arrays) == {"outcomes", "realised", "groups", "months"}
    assert np.isfinite(one.arrays["months"]).all()


def test_a_run_is_that_of_simulate_in_the_world_and_under_the_condition_that_are_asked_for(small_design):
    condition = Condition(load_regime("peer_support"), "days").without("labels", "alarm").with_funding("frozen")
    cell = Cell(Parameters(transfer_rate=0.3), 5, (condition,))
    names = ("inadequate_months", "givers_quality_change")
    block = make_alone(small_design.world, Piece("one", "digest", (cell,)), Outcomes(names))
    asked = {
        "replicate": 5,
        "months": 7,
        "parameters": cell.parameters,
        "switches": Switches(labels="off", alarm="off"),
    }
    asked["scenario"] = condition.scenario(small_design.scenario)
    assert asked["scenario"].funding == "frozen"
    run, none = simulate("peer_support", parity="days", **asked), simulate("none", **asked)
    expected = {**run.outcomes, **paired_outcomes(run, none)}
    assert block.arrays["outcomes"].tolist() == [[expected[name] for name in names]]


def test_both_choices_of_headline_meet_the_same_luck_and_differ_as_simulate_has_it(small_design):
    world = replace(small_design.world, scenario=Scenario(start="2026-04"), months=40)
    world = replace(world, councils=load_councils(start="2026-04"))
    asked = Condition(load_regime("peer_support"), "days")
    both = [asked.with_headline(choice) for choice in ("removed", "kept")]
    cell = Cell(Parameters(headline_removed=0.0), 5, (asked, *both))
    names = ("inadequate_months", "director_changes", "givers_quality_change")
    block = make_alone(world, Piece("one", "digest", (cell,)), Outcomes(names))
    own, removed, kept = block.arrays["outcomes"].tolist()
    assert own == removed != kept
    told = {"replicate": 5, "months": 40, "parameters": cell.parameters, "councils": world.councils}
    told["scenario"] = Scenario(start="2026-04", headline="kept")
    run, none = simulate("peer_support", parity="days", **told), simulate("none", **told)
    expected = {**run.outcomes, **paired_outcomes(run, none)}
    assert kept == [expected[name] for name in names]


def test_a_task_travels_to_another_process_and_gives_the_same_there(small_design):
    task = Task(small_design.world, "ensemble", NUMBERS, piece(small_design))
    again = pickle.loads(pickle.dumps(task))  # noqa: S301  our own bytes
    assert again == task
    assert same(make_block(again), make_block(task))


def test_a_stopped_block_is_none(small_design):
    maker, asked = Maker(small_design.world, "ensemble"), []
    assert maker.make(piece(small_design), NUMBERS, lambda: True) is None
    # It is asked before every run.
    assert maker.make(piece(small_design), NUMBERS, lambda: asked.append(1) or len(asked) > 3) is None
    assert len(asked) == 4


@pytest.fixture
def breaks(monkeypatch):
    """Lets every run that is asked for raise, where it is that of a name."""
    names, run = {}, Ensemble.run

    def broken(ensemble, regime, opening, parity="none", **more):
        if regime.name in names:
            raise names[regime.name]
        return run(ensemble, regime, opening, parity, **more)

    monkeypatch.setattr(Ensemble, "run", broken)
    return names


def test_a_run_that_fails_leaves_its_reason_in_one_line_and_the_others_go_on(small_design, breaks):
    whole = make_alone(small_design.world, piece(small_design), NUMBERS)
    breaks["hybrid"] = ZeroDivisionError("of\nall   things")
    block = make_alone(small_design.world, piece(small_design), NUMBERS)
    failed = block.errors != ""
    conditions = [condition for cell in piece(small_design).cells for condition in cell.conditions]
    assert failed.tolist() == [condition.regime.name == "hybrid" for condition in conditions]
    assert block.failed == failed.sum() > 1
    assert set(block.errors[failed]) == {"ZeroDivisionError: of all things"}
    assert np.isnan(block.arrays["outcomes"][failed]).all()
    assert np.isnan(block.arrays["months"][:, failed]).all()
    np.testing.assert_array_equal(block.arrays["outcomes"][~failed], whole.arrays["outcomes"][~failed])


def test_where_none_fails_paired_outcomes_are_missing_and_nothing_else(small_design, breaks):
    breaks["none"] = ZeroDivisionError()
    one = Piece("one", "digest", piece(small_design).cells[:1])
    block = make_alone(small_design.world, one, NUMBERS)
    paired = [info.paired for info in OUTCOMES.values()]
    outcomes = block.arrays["outcomes"]
    assert block.failed == 1
    assert np.isnan(outcomes[1:, paired]).all()
    assert np.isfinite(outcomes[1:, list(OUTCOMES).index("inadequate_months")]).all()


@pytest.mark.parametrize("regime", ["hybrid", "none"])
@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_ctrl_c_and_want_of_memory_are_no_failed_runs(small_design, breaks, regime, error):
    breaks[regime] = error()
    with pytest.raises(error):
        make_alone(small_design.world, piece(small_design), NUMBERS)
