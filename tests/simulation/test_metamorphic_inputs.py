"""Metamorphic relations of what a run is given: noise, shocks, prices, children, levers, dates.

No formula says what a run of the whole model gives; these relations say how two of them hang together.
"""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation import PARAMETERS, PATHS, REGIMES, Ensemble, Parameters, Scenario, load_regime

FEW = settings(max_examples=25, suppress_health_check=list(HealthCheck))
BY_LINKS = [name for name in REGIMES if name not in ("none", "improvement_partnership", "childrens_trust")]
MONEY = [name for name, path in PATHS.items() if path.group == "money"]
SUPPORT = [name for name, path in PATHS.items() if path.group in ("givers", "receivers")]
BLIND = {"inspection": 0.0}


def some_parameters(**fixed):
    """Parameters from anywhere in the prior, but for those fixed."""
    ranges = {name: st.floats(info.low, info.high) for name, info in PARAMETERS.items() if name not in fixed}
    return st.fixed_dictionaries(ranges).map(lambda values: Parameters(**values, **fixed))


def differing(one, other):
    """The paths in which two runs differ in any bit."""
    return {name for name in PATHS if not one.months[name].equals(other.months[name])}


@given(regime=st.sampled_from(REGIMES), parameters=some_parameters(leap_to_outstanding=1.0))
@FEW
def test_an_inspection_without_noise_sees_quality_itself(sector, lived, regime, parameters):
    """Every judgement then is the band of that month's quality, whatever else is going on."""
    table = sector(24, first_month=tuple(range(24)), first_framework=(0,) * 24)
    run = lived(table, 60, regime, parameters=parameters, luck=BLIND)
    cuts = math.sqrt(1 + parameters.inspection_noise**2) * np.array([-1.0316, 0.3189, 2.0597])
    cuts -= [0.0, parameters.good_cut_shift, parameters.outstanding_cut_shift]
    due = run.panel["next_judgement"]
    judged = np.vstack([[k == 0 for k in table.first_month], due[1:] != due[:-1]])
    # As a score meets them in the order of the bands: a cut of outstanding below that of good leaves no band of good.
    quality = run.panel["quality"]
    bands = np.where(quality < cuts[0], 0, np.where(quality < cuts[1], 1, np.where(quality < cuts[2], 2, 3)))
    assert judged.sum() > 24
    assert (run.panel["grade"][judged] == bands[judged]).all()


def test_what_inspections_see_moves_quality_only_by_what_judgements_do(england, quiet, lived):
    """With no coupling from grade to practice, noise of inspections changes grades and not one bit of quality."""
    seen, blind = (lived(england, 60, parameters=quiet(), luck=luck).panel for luck in ({}, BLIND))
    assert (seen["quality"] == blind["quality"]).all()
    assert (seen["grade"] != blind["grade"]).any()
    seen, blind = (lived(england, 60, parameters=quiet(alarm_push=1.0), luck=luck).panel for luck in ({}, BLIND))
    assert (seen["quality"] != blind["quality"]).any()


@given(time=st.floats(1.0, 60.0), replicate=st.integers(0, 9), spread=st.floats(0.1, 0.9))
@FEW
def test_without_shocks_and_couplings_quality_is_as_sure_as_a_clock(sector, quiet, past, time, replicate, spread):
    """Quality nears its level by 1/T of the distance a month, whatever the luck: what is left is (1 - 1/T)^t of it."""
    table = sector(12)
    parameters = quiet(practice_adjustment_time=time, practice_shock=0.0, structural_sd=spread)
    ensemble = Ensemble(40, councils=table, switches=past.switches())
    opening = ensemble.open(parameters, ensemble.draw(2018, replicate))
    level, start = opening.councils["structural_level"], opening.councils["quality"]
    expected = level + np.outer((1 - 1 / time) ** np.arange(1, 41), start - level)
    quality = ensemble.run("none", opening, panel=True).panel["quality"]
    assert quality == pytest.approx(expected, abs=1e-11)


@given(factor=st.floats(0.0, 4.0), shock=st.floats(0.05, 0.4), spillover=st.floats(0.0, 0.7), drift=st.floats(0.0, 0.3))
@FEW
def test_quality_is_linear_in_its_shocks(sector, quiet, lived, factor, shock, spillover, drift):
    """Where no threshold acts, shocks so many times as large move quality so many times as far from its sure path."""
    table = sector(12, first_month=(1_000_000,) * 12)

    def path(size):
        parameters = quiet(
            practice_shock=size, regional_spillover=spillover, national_drift=drift, pressure_effect=1.0,
            quality_agency_effect=0.004, agency_effect=0.5,
        )  # fmt: skip
        return lived(table, 40, parameters=parameters).panel["quality"]

    sure = path(0.0)
    assert path(factor * shock) - sure == pytest.approx(factor * (path(shock) - sure), abs=1e-9)


@given(regime=st.sampled_from(BY_LINKS), factor=st.integers(2, 9), parameters=some_parameters())
@FEW
def test_prices_scale_money_and_nothing_else(sector, lived, regime, factor, parameters):
    """Prices so many times as high: cash and worth too, to half a penny a link and month and its multiple; else no bit.

    Trusts apart, whose partners get what money is left.
    """
    chosen = load_regime(regime)
    dearer = replace(
        chosen,
        arms=tuple(
            replace(
                arm,
                cash_per_day=arm.cash_per_day * factor,
                shadow_price_per_day=arm.shadow_price_per_day * factor,
            )
            for arm in chosen.arms
        ),
    )
    cheap, dear = (lived(sector(12), 24, one, parameters=parameters) for one in (chosen, dearer))
    assert differing(cheap, dear) <= {"programme_cash", "programme_shadow"}
    assert (cheap.panel == dear.panel).all()
    links = 12 * max(arm.givers_per_receiver for arm in chosen.arms) * len(chosen.arms)
    for path in ("programme_cash", "programme_shadow"):
        off = dear.months[path] - factor * cheap.months[path]
        assert off.abs().max() <= links * (factor + 1) * 0.005 + 1e-6
    assert dear.outcomes["programme_cash"] > cheap.outcomes["programme_cash"] > 0


@given(regime=st.sampled_from(REGIMES), factor=st.integers(2, 20), parameters=some_parameters())
@FEW
def test_children_weigh_in_money_and_counts_of_children_alone(sector, lived, regime, factor, parameters):
    """So many times the children: so many times the cost of failure, the gap and the inadequate's; else no bit."""
    table = sector(12)
    larger = replace(table, children_in_need=tuple(factor * children for children in table.children_in_need))
    few, many = (lived(one, 24, regime, parameters=parameters) for one in (table, larger))
    weighed = ["inadequate_children", "failure_cost", "funding_gap"]
    assert differing(few, many) <= set(weighed)
    assert (few.panel == many.panel).all()
    off = (many.months[weighed] - factor * few.months[weighed]).abs().max()
    assert off["inadequate_children"] == 0.0
    assert off[["failure_cost", "funding_gap"]].max() <= 12 * (factor + 1) * 0.0051
    assert few.outcomes["failure_cost"] > 0


@given(
    regime=st.sampled_from([name for name in REGIMES if name != "childrens_trust"]),
    parameters=some_parameters(
        transfer_rate=0.0, overload_cost=0.0, overload_exit=0.0, label_stigma=0.0, label_prestige=0.0,
        attention_shift_partners=0.0, attention_shift_peers=0.0, attention_shift_chiefs=0.0,
    ),
)  # fmt: skip
@FEW
def test_support_that_teaches_costs_and_marks_nobody_is_no_support(sector, lived, regime, parameters):
    """With every channel shut through which support acts, each regime is `none` but for its own days and money.

    Partnerships act through whom they put in charge too: theirs are shut by leaving them out.
    """
    chosen = load_regime(regime)
    chosen = replace(chosen, arms=tuple(replace(arm, partnership=False) for arm in chosen.arms))
    run, none = (lived(sector(24), 48, one, parameters=parameters) for one in (chosen, "none"))
    assert (run.panel == none.panel).all()
    assert differing(run, none) <= {*SUPPORT, *MONEY, "quality_spread_not_giving"}


@given(regime=st.sampled_from(["peer_support", "peer_support_with_chiefs"]), parameters=some_parameters())
@FEW
def test_unpaid_days_that_are_all_delivered_are_paid_days(sector, lived, regime, parameters):
    """To be unpaid is to deliver less and nothing else: with delivery at one, no path differs in any bit."""
    full = replace(parameters, unpaid_delivery=1.0)
    unpaid, paid = (
        lived(sector(12), 24, load_regime(regime).with_arms(director_share=0.2, paid=paid), parameters=full)
        for paid in (False, True)
    )
    assert differing(unpaid, paid) == set()


@given(
    regime=st.sampled_from([name for name in REGIMES if name != "historical"]),
    starts=st.sampled_from([("2018-04", "2010-01"), ("2018-05", "2019-12"), ("2018-05", "2031-07")]),
)
@FEW
def test_the_calendar_matters_through_funding_and_the_pause_alone(sector, lived, regime, starts):
    """Without either, and without a national rise, a sector of one's own lives the same months whenever they are.

    But for two things: up to April 2018 grades have stated scores, later ones their bands' means; and `historical` goes
    by the calendar.
    """
    level = Parameters(national_drift=0.0)
    runs = [
        lived(
            sector(12, start=month),
            36,
            regime,
            parameters=level,
            scenario=Scenario(start=month, funding="frozen", pause="none", headline="kept"),
        )
        for month in starts
    ]
    assert differing(*runs) == set()
    assert (runs[0].panel == runs[1].panel).all()
