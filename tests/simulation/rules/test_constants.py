"""O3: what follows from the parameters, against its definitions."""

import math
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation import Parameters
from simulation.coefficients import Coefficients
from simulation.rules.constants import (
    dismissal_scale,
    half_life,
    monthly,
    size_of_sector,
    write_chances,
    write_constants,
)
from simulation.switches import Switches


@given(st.floats(0.0, 1.0))
def test_twelve_months_make_the_chance_of_a_year(yearly):
    assert 0.0 <= monthly(yearly) <= 1.0
    assert 1.0 - (1.0 - monthly(yearly)) ** 12 == pytest.approx(yearly, abs=1e-12)


def test_what_cannot_and_what_must_happen_stay_so():
    assert (monthly(0.0), monthly(1.0)) == (0.0, 1.0)


@pytest.mark.parametrize("months", [1.0, 6.0, 18.0, 24.0])
def test_half_is_left_after_a_half_life(months):
    assert half_life(months) ** months == pytest.approx(0.5)


def test_englands_sector_has_the_size_of_one():
    assert [size_of_sector(councils) for councils in (152, 76, 304)] == [1.0, 0.5, 2.0]
    assert [size_of_sector(councils) for councils in (151, 153)] == [1.0, 1.0]
    assert [size_of_sector(councils) for councils in (150, 154)] == [150 / 152, 154 / 152]


@pytest.mark.parametrize("probability", [0.0, 0.1, 0.4, 0.8, 0.98, 1.0])
def test_e8_a_director_two_years_in_post_is_dismissed_within_a_year_as_often_as_the_parameter_says(probability):
    scale = dismissal_scale(probability)
    weights = (2 ** (-m / 6) * (1 - math.exp(-(24 + m + 1) / 12)) for m in range(1, 13))
    stays = math.prod(math.exp(-scale * weight) for weight in weights)
    assert 1.0 - stays == pytest.approx(min(probability, 0.98))


def test_chances_and_fading_follow_their_parameters():
    c = SimpleNamespace(**Parameters(practice_adjustment_time=0.5, hiring_time=4.0).as_dict())
    write_chances(c)
    assert c.quality_step == 1.0
    assert c.hiring_chance == pytest.approx(1.0 - math.exp(-0.25))
    assert c.borrowed_keep == pytest.approx(1.0 - c.borrowed_decay)
    assert c.exit_bound == pytest.approx(monthly(c.voluntary_exit_rate) * math.exp(2.0 * c.exit_quality_slope))
    assert c.dismissal_bound == pytest.approx(c.dismissal_scale * math.exp(c.attention_shield * c.attention_base))
    assert [c.stigma_keep, c.alarm_keep, c.press_keep] == [half_life(24.0), half_life(18.0), half_life(6.0)]
    assert (c.crisis_chance, c.new_chief_chance) == (pytest.approx(0.4 / 12), monthly(0.21))


@pytest.mark.parametrize("councils", [3, 152, 5000])
def test_candidates_follow_the_size_of_the_sector_and_cuts_do_not(councils):
    c = SimpleNamespace(**Parameters(inspection_noise=0.75, good_cut_shift=0.25).as_dict(), tied_shock=0)
    write_constants(c, councils)
    scale = councils / 152
    found = [c.candidates_inflow, c.candidates_start, c.candidates_most]
    assert found == pytest.approx([21 / 12 * scale, 12 * scale, max(1.0, 40 * scale)])
    assert [c.inadequate_cut, c.sif_good_cut, c.good_cut] == pytest.approx(
        [-1.0316 * 1.25, 0.3189 * 1.25, 0.3189 * 1.25 - 0.25]
    )
    assert c.sif_outstanding_cut == pytest.approx(2.0597 * 1.25)
    assert c.intervention_level == pytest.approx((c.inadequate_cut + c.good_cut) / 2)
    assert c.shock == c.practice_shock
    assert c.outstanding_cut == pytest.approx(2.0597 * 1.25 - c.outstanding_cut_shift)


def test_everything_that_follows_is_written_and_nothing_else():
    before = Coefficients.in_force(Parameters(), Switches(labels="off"), 1.5, 12)
    after = Coefficients.of(Parameters(), Switches(labels="off"), 152, 1.5, 12)
    changed = {name for name, value in vars(before).items() if getattr(after, name) != value}
    zero = [name for name, value in vars(before).items() if name not in Parameters().as_dict() and value == 0]
    asked = {"inverted_attention", "saturating_gap", "relative_spillover", "own_leadership", "tied_shock", "drift_from"}
    assert changed == set(zero) - asked
    assert (before.label_stigma, before.poverty_tilt) == (0.0, 1.5)
