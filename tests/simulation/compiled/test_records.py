"""Records stand for states: the same names, 64 bits each, and nothing that a state has not."""

import dataclasses
from typing import get_type_hints

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation import (
    REGIMES,
    Parameters,
    Scenario,
    SectorModel,
    Switches,
    deploy,
    load_councils,
    load_regime,
    simulate,
)
from simulation.coefficients import Coefficients
from simulation.compiled.ensemble import Ensemble
from simulation.compiled.records import (
    ARM,
    ARM_LEVERS,
    COEFFICIENTS,
    COUNCIL,
    DEPLOYMENT,
    DIRECTOR,
    FACTS,
    LINK,
    MONTH,
    SECTION,
    SECTOR,
    SLOT,
    Work,
    as_records,
    record_type,
)
from simulation.councils import MOST_CHILDREN
from simulation.errors import InputError
from simulation.outcomes.paths import PATHS
from simulation.premises import ArmLevers, CouncilFacts
from simulation.regimes import Deployment
from simulation.regimes.parity import arm_levers
from simulation.simulate import ENGINES
from simulation.state import (
    ArmTerms,
    ChiefState,
    CouncilState,
    DirectorState,
    LinkState,
    MonthState,
    SectionState,
    SectorState,
    SlotState,
)

PAIRS = [
    (CouncilState, COUNCIL),
    (DirectorState, DIRECTOR),
    (SectorState, SECTOR),
    (MonthState, MONTH),
    (LinkState, LINK),
    (SlotState, SLOT),
    (SectionState, SECTION),
    (ArmTerms, ARM),
    (ArmLevers, ARM_LEVERS),
    (CouncilFacts, FACTS),
    (Coefficients, COEFFICIENTS),
    (ChiefState, COUNCIL["chief"]),
]
WRITTEN = {int: np.dtype(np.int64), float: np.dtype(np.float64), bool: np.dtype(np.bool_)}


@pytest.mark.parametrize(("state", "record"), PAIRS, ids=lambda thing: getattr(thing, "__name__", ""))
def test_a_record_has_exactly_the_attributes_of_its_state_with_their_types(state, record):
    hints = get_type_hints(state)
    assert list(record.names) == [field.name for field in dataclasses.fields(state)]
    for name in record.names:
        if hints[name] is ChiefState:
            assert record[name] == record_type(ChiefState)
        elif hints[name] == list[float]:
            assert record[name] == np.dtype((np.float64, (4,)))
        else:
            assert record[name] == WRITTEN[hints[name]], name


def test_a_deployment_is_written_without_its_arms_which_are_records_of_their_own():
    assert list(DEPLOYMENT.names) == [field.name for field in dataclasses.fields(Deployment) if field.name != "arms"]
    assert [DEPLOYMENT[name] for name in DEPLOYMENT.names] == [np.bool_, np.float64, np.int64]


def test_a_month_is_recorded_under_the_names_of_the_paths():
    assert list(MONTH.names) == list(PATHS)


@pytest.mark.parametrize("record", [record for _, record in PAIRS[:-1]], ids=lambda record: str(len(record.names)))
def test_every_field_lies_where_a_machine_reads_it_at_once(record):
    assert record.isalignedstruct
    assert all(offset % 8 == 0 for kind, offset, *_ in record.fields.values() if kind.base.itemsize == 8)


NUMBERS = {int: st.integers(-(2**63), 2**63 - 1), float: st.floats()}


@settings(max_examples=25)
@given(st.data())
def test_what_is_written_is_read_back_in_every_bit(data):
    drawn = {
        field.name: data.draw(NUMBERS[hint])
        for field in dataclasses.fields(CouncilState)
        if (hint := get_type_hints(CouncilState)[field.name]) in NUMBERS
    }
    chief = ChiefState(salience=data.draw(st.lists(st.floats(), min_size=4, max_size=4)), attention=-0.0)
    records = as_records([CouncilState(), CouncilState(**drawn, chief=chief)], COUNCIL)
    for name, value in drawn.items():
        kind = np.int64 if isinstance(value, int) else np.float64
        assert records[1][name].tobytes() == kind(value).tobytes(), name
        assert records[0][name] == getattr(CouncilState(), name)
    assert records[1]["chief"]["salience"].tobytes() == np.array(chief.salience).tobytes()
    assert np.signbit(records[1]["chief"]["attention"])


def test_a_number_too_large_for_a_record_is_refused():
    with pytest.raises(OverflowError):
        as_records([SectorState(spent=2**63)], SECTOR)


def test_the_largest_table_of_councils_fits_the_ledger(tmp_path, sector):
    table = tmp_path / "councils.csv"
    table.write_text("code,region,grade,children_in_need\na,x,good,5\nb,x,good,100000001\nc,x,good,7\n", "utf-8")
    with pytest.raises(InputError, match=r"row 3, column 'children_in_need': expected a number up to 100,000,000"):
        load_councils(table)
    largest = sector(5000, children_in_need=(MOST_CHILDREN,) * 5000, grade=(0,) * 5000)
    world = Scenario(funding=(("2018-04", 1.0),))
    runs = [simulate(months=1, councils=largest, scenario=world, engine=engine) for engine in ENGINES]
    ledgers = [run.months[["failure_cost", "funding_gap"]].to_numpy().tolist() for run in runs]
    assert ledgers[0] == ledgers[1]
    assert min(ledgers[0][0]) > 1e13


def test_terms_and_coefficients_are_written_whole():
    c = Coefficients.of(Parameters(transfer_rate=0.5), Switches(attention_shape="inverted_u"), 40, 1.5)
    record = as_records([c], COEFFICIENTS)[0]
    assert {name: record[name].item() for name in COEFFICIENTS.names} == dataclasses.asdict(c)
    deployment = deploy(load_regime("hybrid"), c, "pounds", 40)
    arms = as_records(deployment.arms, ARM)
    for arm, written in zip(deployment.arms, arms, strict=True):
        assert {name: written[name].item() for name in ARM.names} == dataclasses.asdict(arm)
    assert as_records((), ARM).shape == (0,)


@pytest.mark.parametrize("regime", REGIMES)
def test_after_a_mesa_run_every_number_has_the_type_of_its_record(regime):
    model = SectorModel(regime, months=24)
    while model.running:
        model.step()
    states = [model.sector, model.row, *model.links, *model.slots, *model.councils, *model.directors]
    states += [council.chief for council in model.councils]
    kinds = {state.__name__: get_type_hints(state) for state, _ in PAIRS}
    names = {"ChiefExecutive": "ChiefState", "Council": "CouncilState", "Director": "DirectorState"}
    for state in states:
        kind = type(state).__name__
        for name, hint in kinds[names.get(kind, kind)].items():
            if hint in WRITTEN:
                assert type(getattr(state, name)) is hint, (kind, name)
            elif hint == list[float]:
                assert [type(value) for value in getattr(state, name)] == [float] * 4, (kind, name)


def test_terms_and_coefficients_have_the_types_of_their_records():
    c = Coefficients.of(Parameters(), Switches(), 7)
    arms = [arm for regime in REGIMES for arm in deploy(load_regime(regime), c, "days", 7).arms]
    levers = [lever for regime in REGIMES for lever in arm_levers(load_regime(regime))]
    for state in (c, *arms, *levers, *load_councils().facts):
        for name, hint in get_type_hints(type(state)).items():
            assert type(getattr(state, name)) is hint, name


def test_room_to_work_in_has_the_types_of_records(sector):
    ensemble = Ensemble(5, councils=sector(12))
    opening = ensemble.open(Parameters(), ensemble.draw(1, 0))
    work = ensemble._work(ensemble._deployed(load_regime("hybrid"), opening, "none")[0])
    kinds = Work(LINK, SLOT, SECTION, *map(np.dtype, ("f8", "i8", "i8", "i8", "f8", "i8", "i8", "i8")))
    assert {name: array.dtype for name, array in work._asdict().items()} == kinds._asdict()
    assert work.links.shape == (12 * (1 + 2),), "a link a receiver and giver of each arm"
    assert opening.councils.shape == opening.directors.shape == (12,)
    assert opening.sector.shape == opening.coefficients.shape == (1,)
