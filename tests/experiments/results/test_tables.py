"""How paths spread, and what the comparison's table says, on numbers that a hand can check."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from experiments.design.design import make_design
from experiments.results.gathered import Gathered
from experiments.statistics.spreads import PATH_QUANTILES, spreads
from experiments.studies.comparison.differences import comparison_table, summary_table
from simulation.outcomes.outcomes import OUTCOMES
from simulation.regimes import QUANTITIES

SETS, REPLICATES = 10, 5
MEDIAN = PATH_QUANTILES.index(0.5)


def test_luck_and_ignorance_are_never_pooled():
    # Sets 100 apart; luck of -1, 0 and 1 in each: deviations from a mean of three are widened by sqrt(3/2).
    paths = (np.array([0.0, 100.0])[:, None] + np.array([-1.0, 0.0, 1.0]))[:, :, None, None]
    luck, sets = spreads(paths)[:, :, 0, 0].T
    assert luck[MEDIAN] == sets[MEDIAN] == 50.0
    assert luck[[0, -1]] == pytest.approx(50 + np.array([-1, 1]) * math.sqrt(1.5))
    assert sets[[0, -1]] == pytest.approx([5.0, 95.0])


def test_one_replicate_shows_no_luck_and_one_set_no_ignorance():
    assert (spreads(np.full((3, 1, 1, 1), 7.0)) == 7.0).all()
    luck, sets = spreads(np.array([[[[1.0]], [[3.0]]]]))[:, :, 0, 0].T
    assert set(sets) == {2.0}
    assert luck[0] < luck[-1]


def test_failed_runs_and_missing_values_do_not_count():
    whole = np.random.default_rng(1).normal(size=(4, 3, 2, 2))
    failed = np.concatenate([whole, np.full((1, 3, 2, 2), np.nan)])
    np.testing.assert_allclose(spreads(failed), spreads(whole))
    assert np.isnan(spreads(np.full((2, 2, 1, 1), np.nan))).all()


@given(arrays.arrays(np.float64, (3, 4, 2, 1), elements=st.floats(-1e6, 1e6) | st.just(math.nan)))
def test_quantiles_rise_and_ignore_the_order_of_sets(paths):
    found = spreads(paths)
    known = np.isfinite(found[0])
    assert (np.diff(found, axis=0)[:, known] >= -1e-6).all()
    np.testing.assert_allclose(spreads(paths[::-1]), found, rtol=1e-9, atol=1e-6)


@pytest.fixture(scope="module")
def design():
    return make_design(regimes=["hybrid"], parities=["pounds", "days", "none"], sets=SETS, replicates=REPLICATES)


def gathered(design, values, realised):
    """Runs whose every outcome is ``values(label)`` and whose every quantity is ``realised(label)``, each with luck."""
    shape = (len(design.labels), SETS, REPLICATES)
    luck = np.linspace(-1, 1, REPLICATES) * 1e-3
    outcomes = np.stack([np.broadcast_to(values(label) + luck, shape[1:]) for label in design.labels])
    quantities = np.stack([np.broadcast_to(realised(label), shape[1:]) for label in design.labels])
    return Gathered(
        outcomes=np.repeat(outcomes[..., None], len(OUTCOMES), axis=-1),
        realised=quantities[..., None] * np.array([1.0, 10.0, 100.0])[: len(QUANTITIES)],
        errors={},
    )


def by_regime(**values):
    return lambda label: values[label.regime]


@pytest.fixture(scope="module")
def table(design):
    found = gathered(
        design,
        lambda label: (
            by_regime(none=5.0, partners_in_practice=3.0, hybrid=2.0)(label) * np.array([1.0, 1.1, 1.2, 1.3, 1.4])
        ),
        by_regime(none=0.0, partners_in_practice=100.0, hybrid=105.0),
    )
    return comparison_table(design, found).set_index(["parity", "regime", "baseline", "outcome"])


def test_every_regime_stands_against_both_baselines_and_never_against_itself(table):
    pairs = set(zip(table.index.get_level_values("regime"), table.index.get_level_values("baseline"), strict=True))
    assert pairs == {
        ("none", "partners_in_practice"),
        ("partners_in_practice", "none"),
        ("hybrid", "none"),
        ("hybrid", "partners_in_practice"),
    }
    assert len(table) == 4 * 3 * len(OUTCOMES)
    assert table.index.is_unique


def test_the_table_says_what_was_computed_by_hand(table):
    row = table.loc[("days", "hybrid", "partners_in_practice", "inadequate_months")]
    assert row.difference == pytest.approx(-1.2)
    assert row.worlds_low == pytest.approx(-1.2)
    assert row.difference_error == pytest.approx(0.1 * math.sqrt(2.5 / 5), rel=1e-3)
    assert (row.realised, row.realised_baseline) == (1050.0, 1000.0)
    assert (row.parity_met, row.share, row.worlds, row.left_out, row.replicates) == (1.0, 1.0, SETS, 0.0, REPLICATES)
    assert row.verdict == "likely better, but by less than matters"
    assert row.matters == OUTCOMES["inadequate_months"].matters
    assert (
        table.loc[("days", "none", "partners_in_practice", "inadequate_months")].verdict
        == "likely worse, but by less than matters"
    )
    assert table.loc[("pounds", "hybrid", "none", "funding_gap")].verdict == "likely lower, but by less than matters"


def test_parity_is_not_asked_of_none_nor_where_there_is_none(table):
    assert table.loc["none"].parity_met.isna().all()
    assert table.xs("none", level="regime").parity_met.isna().all()
    assert table.loc[("none", "hybrid", "none", "falls")].realised == 105.0
    assert table.loc[("none", "hybrid", "none", "falls")].share == 1.0


def test_a_paired_outcome_against_none_is_the_change_itself(design):
    change = list(OUTCOMES).index("givers_quality_change")
    found = gathered(design, lambda _: 0.0, lambda _: 1.0)
    found.outcomes[..., change] = -0.25
    found.outcomes[[label.regime == "none" for label in design.labels], :, :, change] = np.nan
    table = comparison_table(design, found).set_index(["parity", "regime", "baseline", "outcome"])
    assert table.loc[("pounds", "hybrid", "none", "givers_quality_change")].difference == -0.25
    assert table.loc[("pounds", "hybrid", "partners_in_practice", "givers_quality_change")].difference == 0.0


def test_a_regime_that_never_spends_as_much_has_no_world_to_be_judged_in(design):
    found = gathered(
        design,
        by_regime(none=5.0, partners_in_practice=3.0, hybrid=2.0),
        by_regime(none=0.0, partners_in_practice=100.0, hybrid=85.0),
    )
    table = comparison_table(design, found).set_index(["parity", "regime", "baseline", "outcome"])
    row = table.loc[("pounds", "hybrid", "none", "inadequate_months")]
    assert (row.verdict, row.parity_met, row.worlds, row.left_out) == ("parity not met", 0.0, 0, 1.0)
    assert math.isnan(row.difference)
    assert (row.realised, row.realised_baseline) == (85.0, 0.0)


def test_the_summary_has_a_row_a_regime_and_outcome(design):
    generator = np.random.default_rng(2)
    found = gathered(design, lambda _: generator.normal(size=REPLICATES), lambda _: 1.0)
    table = summary_table(design, found)
    assert len(table) == len(design.labels) * len(OUTCOMES)
    assert table.unit.notna().all()
    hybrid = table[table.regime == "hybrid"]
    assert np.isfinite(hybrid.variance_saved_against_none[~hybrid.outcome.str.startswith("givers_")]).all()
    assert table[table.regime == "none"].variance_saved_against_none.isna().all()
