"""Luck: one stream a decision, drawn beforehand, the same in any process; no two streams are one."""

import hashlib
import itertools

import numpy as np
import pytest

from simulation import SectorModel, draw_chance
from simulation.chance import MONTHLY, NORMAL, REGION_STREAM, START, UNIFORM
from simulation.errors import InputError

SPECIFIED = {
    UNIFORM: {
        "judgement_gap", "leap", "leaving", "dismissal", "fate", "route", "filling", "appointment", "pick",
        "chief_leaves", "crisis", "which_crisis", "collapse", "pool",
        "start_inspection", "start_service", "start_interim", "start_interim_months", "start_due",
    },
    NORMAL: {
        "quality", "inspection", "ability", "interim_ability", "new_chief", "estimate", "collapse_depth",
        "start_quality_then", "start_structure", "start_quality_since", "start_agency", "start_chief", "start_ability",
        "start_months_in_post", "start_interim_ability",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def chance():
    """The luck of a replicate of 120 months, 152 councils and nine regions."""
    return draw_chance(2018, 0, 120, 152, 9)


def tables(chance):
    return {**chance.months, **chance.start, "regions": chance.regions}


def test_every_decision_has_its_table_and_distribution(chance):
    kinds = {name: kind for decisions in (MONTHLY, START) for name, (_, kind) in decisions.items()}
    assert {kind: {name for name in kinds if kinds[name] == kind} for kind in (UNIFORM, NORMAL)} == SPECIFIED
    assert set(chance.months) == set(MONTHLY)
    assert set(chance.start) == set(START)
    assert {table.shape for table in chance.months.values()} == {(120, 152)}
    assert {table.shape for table in chance.start.values()} == {(152,)}
    assert chance.shape == (120, 152, 9)


def test_uniform_tables_are_uniform_and_normal_ones_normal(chance):
    for name, (_, kind) in MONTHLY.items():
        table = chance.months[name]
        mean, spread = (0.5, np.sqrt(1 / 12)) if kind == UNIFORM else (0.0, 1.0)
        assert abs(table.mean() - mean) < 5 * spread / np.sqrt(table.size), name
        assert table.std() == pytest.approx(spread, rel=0.03), name
        if kind == UNIFORM:
            assert 0.0 <= table.min() < table.max() < 1.0, name


def test_no_two_decisions_share_a_stream():
    streams = [stream for decisions in (MONTHLY, START) for stream, _ in decisions.values()] + [REGION_STREAM]
    assert len(set(streams)) == len(streams)


def test_a_stream_is_made_of_seed_replicate_and_decision(chance):
    for name, stream in (("leaving", 2), ("quality", 14)):
        key = np.random.SeedSequence(entropy=2018, spawn_key=(0, stream))
        generator = np.random.Generator(np.random.PCG64(key))
        draws = generator.random((120, 152)) if name == "leaving" else generator.standard_normal((120, 152))
        assert np.array_equal(chance.months[name], draws)


def test_tables_of_replicates_seeds_and_decisions_differ_and_are_not_correlated():
    drawn = {key: draw_chance(*key, 12, 152, 9) for key in [(2018, 0), (2018, 1), (2018, 2), (2019, 0), (2019, 1)]}
    flat = {(key, name): table.ravel() for key, chance in drawn.items() for name, table in chance.months.items()}
    digests = {hashlib.sha256(table.tobytes()).hexdigest() for table in flat.values()}
    assert len(digests) == len(flat)
    correlations = np.corrcoef(np.array(list(flat.values())))
    off_diagonal = np.abs(correlations[np.triu_indices(len(flat), 1)])
    assert off_diagonal.max() < 6 / np.sqrt(12 * 152)


def test_draws_of_the_start_are_not_the_draws_of_a_month(chance):
    for (name, one), (other_name, other) in itertools.combinations(tables(chance).items(), 2):
        few = min(9, one.size, other.size)
        assert not np.array_equal(one.ravel()[:few], other.ravel()[:few]), (name, other_name)


def test_draws_of_the_next_month_or_council_are_not_correlated(chance):
    for name, table in chance.months.items():
        bound = 6 / np.sqrt(table.size)
        assert abs(np.corrcoef(table[:-1].ravel(), table[1:].ravel())[0, 1]) < bound, name
        assert abs(np.corrcoef(table[:, :-1].ravel(), table[:, 1:].ravel())[0, 1]) < bound, name


def test_a_longer_horizon_adds_rows_and_changes_none(chance):
    short = draw_chance(2018, 0, 7, 152, 9)
    for name, table in short.months.items():
        assert np.array_equal(table, chance.months[name][:7]), name
    for name, table in short.start.items():
        assert np.array_equal(table, chance.start[name]), name


def test_the_bits_are_those_of_this_generator():
    chance = draw_chance(2018, 0, 3, 4, 2)
    digest = hashlib.sha256()
    for name, table in sorted(tables(chance).items()):
        digest.update(name.encode() + table.astype("<f8").tobytes())
    assert digest.hexdigest() == "76d6a36919b05c57c6981dcf52f0b268c2c4fa9394d4d7c169006b7440d07b53"


def test_rows_are_the_tables_as_plain_numbers(chance):
    assert chance.rows["leaving"][5][7] == chance.months["leaving"][5, 7]
    assert type(chance.rows["leaving"][5][7]) is float


def test_luck_drawn_beforehand_is_used_and_must_fit():
    chance = draw_chance(7, 3, 12, 152, 9)
    model = SectorModel(months=6, chance=chance)
    assert model.chance is chance
    assert model.luck("leaving") == chance.months["leaving"][0].tolist()
    with pytest.raises(
        InputError, match="chance: expected luck for 13 months, 152 councils and 9 regions, got 12, 152 and 9"
    ):
        SectorModel(months=13, chance=chance)
    with pytest.raises(InputError, match="chance: expected luck for 6 months"):
        SectorModel(months=6, chance=draw_chance(7, 3, 12, 151, 9))
