"""S1 to S6: the start. What is known gives what is not, against independent formulas."""

import math
import statistics
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from scipy.stats import norm, truncnorm

from simulation import Parameters, Scenario, SectorModel, draw_chance
from simulation.coefficients import Coefficients
from simulation.opening import open_states, set_region_effects
from simulation.rules.practice import drift
from simulation.rules.start import (
    alarm_gain,
    band_edges,
    band_mean,
    earlier_service,
    grade_score,
    halved,
    inspected_score,
    normal_density,
    pulled_since,
    quality_since,
    quality_then,
    recall_failure,
    region_effect,
    starting_ability,
    starting_months_in_post,
    starting_stigma,
    starts_under_interim,
    structural_level,
    variances,
)
from simulation.state import ILACS, INTERIM, PERMANENT, POOL, SIF
from simulation.switches import Switches

WITHIN, NOISE = 1 - 0.2**2 - 0.45**2, 0.33**2
"""V and s2 at the default parameters."""
WIDTH = math.sqrt(1 + NOISE)
CUTS = [-math.inf, -1.0316 * WIDTH, 0.3189 * WIDTH, 2.0597 * WIDTH, math.inf]


def test_s1_variances(coefficients):
    assert variances(coefficients(structural_sd=0.55)) == pytest.approx((WITHIN, NOISE, 0.55**2))
    assert variances(coefficients(structural_sd=5.0))[2] == pytest.approx(0.95 * WITHIN)


def test_s2_a_regions_effect_is_shrunk_towards_nothing(c):
    for councils in (1, 12, 33):
        shrink = councils * 0.45**2 / (councils * 0.45**2 + WITHIN + NOISE)
        expected = shrink * 0.6 + 0.45 * math.sqrt(1 - shrink) * -1.5
        assert region_effect(0.6, councils, -1.5, c) == pytest.approx(expected)


def test_s2_scores_of_grades(c):
    scores = [-1.55, -0.31, 0.86, 2.35]
    assert [grade_score(grade, SIF, 0.0, c) for grade in range(4)] == pytest.approx([s * WIDTH / 1.06 for s in scores])


@given(st.integers(0, 3), st.floats(-1.5, 1.5), st.floats(0.001, 0.999))
def test_s3_the_inspected_score_is_a_truncated_normal(c, grade, expected, luck):
    spread = math.sqrt(WITHIN + NOISE)
    low, high = ((cut - expected) / spread for cut in CUTS[grade : grade + 2])
    truncated = truncnorm.ppf(luck, low, high, loc=expected, scale=spread)
    assert inspected_score(expected, grade, SIF, luck, c) == pytest.approx(truncated, abs=1e-6)


@given(st.integers(0, 3), st.floats(-40, 40), st.floats(0, 1, exclude_max=True))
def test_s3_the_inspected_score_lies_in_the_band_of_the_real_grade(c, grade, expected, luck):
    assert CUTS[grade] <= inspected_score(expected, grade, SIF, luck, c) <= CUTS[grade + 1]


def test_s3_quality_then_is_what_the_score_says_and_an_error(c):
    expected = 0.2 + (1.4 - 0.2) * WITHIN / (WITHIN + NOISE) + math.sqrt(WITHIN * NOISE / (WITHIN + NOISE)) * 0.5
    assert quality_then(0.2, 1.4, 0.5, c) == pytest.approx(expected)


def test_s4_the_structural_level_is_part_of_quality(coefficients):
    c = coefficients(structural_sd=0.55)
    vm = 0.55**2
    expected = 0.2 + vm / WITHIN * (1.1 - 0.2) + math.sqrt(vm * (1 - vm / WITHIN)) * -0.7
    assert structural_level(0.2, 1.1, -0.7, c) == pytest.approx(expected)


def test_s4_what_is_not_structural_fades_since_the_inspection(coefficients):
    c = coefficients(structural_sd=0.55)
    e = math.exp(-30 / 24)
    expected = 0.4 + (1.1 - 0.4) * e + math.sqrt((WITHIN - 0.55**2) * (1 - e * e)) * 0.9
    assert quality_since(0.4, 1.1, 30, 0.9, c) == pytest.approx(expected)
    assert quality_since(0.4, 1.1, 0, 0.9, c) == pytest.approx(1.1)


def test_s4_spread_is_kept_from_inspection_to_start(c):
    """Quality now has the variance of quality then: the coefficients of the three draws square to V."""
    unit = []
    for k in range(3):
        then = math.sqrt(WITHIN) * (k == 0)
        level = structural_level(0.0, then, float(k == 1), c)
        unit.append(quality_since(level, then, 40, float(k == 2), c))
    assert math.fsum(u * u for u in unit) == pytest.approx(WITHIN)


@pytest.mark.parametrize("adjustment_time", [15.0, 24.0, 36.0, 18 / math.log(2)])
@pytest.mark.parametrize("months", [1, 8, 30])
def test_s5_the_alarm_has_brought_what_the_equation_of_quality_would(coefficients, adjustment_time, months):
    def rate(t, gained):
        return (1.25 * 2 ** (-t / 18) - gained) / adjustment_time

    solved = solve_ivp(rate, (0, months), [0.0], rtol=1e-9, atol=1e-12).y[0, -1]
    c = coefficients(practice_adjustment_time=adjustment_time, alarm_push=1.25)
    assert alarm_gain(months, c) == pytest.approx(solved, rel=1e-5)


@pytest.mark.parametrize("months", [1, 8, 30])
@pytest.mark.parametrize("quality", [-2.5, 0.4])
def test_s5_intervention_has_pulled_as_the_equation_of_quality_would(coefficients, months, quality):
    c = coefficients(intervention_pull=1.56, switches={"intervention": "on"})
    level = (c.inadequate_cut + c.good_cut) / 2

    def rate(t, moved):
        return 1.56 / 12 * 2 ** (-t / 18) * (level - moved)

    solved = solve_ivp(rate, (0, months), [quality], rtol=1e-9, atol=1e-12).y[0, -1]
    assert pulled_since(quality, months, c) == pytest.approx(solved, rel=1e-6)
    assert pulled_since(quality, months, coefficients(intervention_pull=1.56)) == quality


def test_s5_what_is_left_of_the_last_judgement():
    assert halved(6, 6.0) == pytest.approx(0.5)
    assert starting_stigma(0, 24) == pytest.approx(0.5)
    assert starting_stigma(1, 48) == pytest.approx(0.025)
    assert starting_stigma(2, 1) == starting_stigma(3, 1) == 0.0


def test_s5_a_council_stands_as_its_failure_left_it(coefficients, council):
    c = coefficients(alarm_push=1.25)
    failed = council(quality=-1.0)
    recall_failure(failed, 12, c)
    assert failed.alarm == pytest.approx(1.25 * 2 ** (-12 / 18))
    assert failed.press == pytest.approx(0.25)
    assert failed.chief.salience[0] == pytest.approx(0.5 * 2 ** (-12 / 8.3))
    assert failed.quality == pytest.approx(-1.0 + alarm_gain(12, c))
    assert (failed.months_since_inadequate, failed.months_failing) == (12, 12)


def test_s6_directors(c, chance_of):
    assert starting_ability(0.8, -0.5, c) == pytest.approx(0.25 * 0.8 + math.sqrt(1 - 0.25**2) * -0.5)
    assert [starting_months_in_post(grade, 0.0) for grade in range(4)] == [13, 24, 36, 36]
    assert starting_months_in_post(0, 1.0) == int(13 * math.exp(1.16))
    assert starting_months_in_post(1, -1.0) == int(24 * math.exp(-0.67))
    assert starting_months_in_post(3, 1.0) == int(36 * math.exp(0.5))
    assert starting_months_in_post(0, 5.0) == 144
    assert chance_of(lambda luck: earlier_service(luck) == 30) == pytest.approx(0.4)
    assert earlier_service(0.5) == 0
    assert [chance_of(lambda luck, g=grade: starts_under_interim(g, luck)) for grade in range(4)] == pytest.approx(
        [0.19, 0.10, 0.10, 0.10]
    )


def region_effects(table, chance, c):
    """Each region's effect on quality (SD)."""
    effects, counts = [0.0] * len(table.regions), [0] * len(table.regions)
    set_region_effects(table.facts, chance.regions.tolist(), drift(c.drift_from, c), c, effects, counts)
    assert counts == [table.region.count(region) for region in table.regions]
    return effects


def opened(table, chance, c):
    """The councils and directors of month 0."""
    councils, directors, _ = open_states(table, chance, c, (0, 0))
    return councils, directors


def test_every_regions_effect_is_drawn_from_its_own_councils(england, c):
    chance = draw_chance(3, 0, 1, 152, 9)
    effects = region_effects(england, chance, c)
    for number, region in enumerate(england.regions):
        own = [i for i in range(152) if england.region[i] == region]
        mean = statistics.fmean(grade_score(england.grade[i], SIF, 0.0, c) + 0.2 * england.deprivation[i] for i in own)
        assert effects[number] == pytest.approx(region_effect(mean, len(own), float(chance.regions[number]), c))


def test_councils_at_the_start_are_what_the_rules_make_of_them(england, coefficients):
    c = coefficients(stigma_agency_effect=0.16, quality_agency_effect=0.055, alarm_push=1.25)
    chance = draw_chance(3, 0, 1, 152, 9)
    states, _ = opened(england, chance, c)
    effects = region_effects(england, chance, c)
    for i in (0, england.grade.index(0), england.grade.index(3), 151):
        grade, months = england.grade[i], england.months_since_judgement[i]
        luck = {name: float(table[i]) for name, table in chance.start.items()}
        m = effects[england.region_index[i]] - 0.2 * england.deprivation[i]
        then = quality_then(
            m, inspected_score(m, grade, SIF, luck["start_inspection"], c), luck["start_quality_then"], c
        )
        level = structural_level(m, then, luck["start_structure"], c)
        quality = quality_since(level, then, months, luck["start_quality_since"], c)
        state = states[i]
        assert state.structural_level == level
        assert state.quality == pytest.approx(quality + (alarm_gain(months, c) if grade == 0 else 0.0))
        assert state.stigma == starting_stigma(grade, months)
        assert state.recovered == england.recovered[i]
        agency = 0.155 + 0.16 * state.stigma - 0.055 * state.quality + 0.03 * luck["start_agency"]
        assert state.agency_share == pytest.approx(min(0.6, max(0.02, agency)))
        children = min(0.6, 0.2 * math.exp(0.3 * luck["start_chief"]))
        extra = 0.5 * 2 ** (-months / 8.3) if grade == 0 else 0.0
        assert state.chief.salience[0] == pytest.approx(children + extra)
        assert state.chief.base_salience == pytest.approx(
            [children, *(share * (1 - children) for share in (0.545, 0.195, 0.26))]
        )
        assert state.alarm == pytest.approx(1.25 * 2 ** (-months / 18) if grade == 0 else 0.0)
        assert state.press == pytest.approx(2 ** (-months / 6) if grade == 0 else 0.0)
        assert state.months_since_inadequate == (months if grade == 0 else -1)
        assert state.monthly_budget == pytest.approx(21_250 * england.children_in_need[i] / 12)


def test_every_council_has_its_director_in_post_or_in_the_pool_and_an_interim(england, c):
    chance = draw_chance(3, 0, 1, 152, 9)
    states, directors = opened(england, chance, c)
    assert len(directors) == 152
    for i, (state, director) in enumerate(zip(states, directors, strict=True)):
        assert director.months_as_director - director.months_in_post in (0, 30)
        if state.seat == INTERIM:
            assert (director.status, director.council) == (POOL, -1)
            assert 0 <= state.months_interim <= 10
            assert state.interim_ability == pytest.approx(0.5 * chance.start["start_interim_ability"][i])
        else:
            assert (state.seat, director.status, director.council) == (i, PERMANENT, i)


def test_over_replicates_the_start_has_the_spread_and_the_interims_of_march_2018(england):
    c = Coefficients.of(Parameters(), Switches(), 152)
    starts = [opened(england, draw_chance(11, replicate, 1, 152, 9), c) for replicate in range(20)]
    qualities = [state.quality for states, _ in starts for state in states]
    interims = [sum(state.seat == INTERIM for state in states) for states, _ in starts]
    assert statistics.fmean(interims) == pytest.approx(0.10 * 129 + 0.19 * 23, rel=0.15)
    assert 0.75 < statistics.pstdev(qualities) < 1.1
    by_grade = [
        statistics.fmean(s.quality for states, _ in starts for s in states if s.grade == grade) for grade in range(4)
    ]
    assert by_grade[1] < by_grade[2] < by_grade[3]


def first_months(model):
    return [council.next_judgement for council in model.councils]


def test_known_first_judgements_come_in_their_real_months(england):
    model = SectorModel(months=1)
    for i, council in enumerate(model.councils):
        if england.first_month[i] >= 0:
            assert council.next_judgement == england.first_month[i]
            assert council.next_framework == england.first_framework[i]


def test_the_others_are_spread_over_two_years_after_the_pause_the_longest_due_first(england):
    model = SectorModel(months=1)
    unknown = [i for i in range(152) if england.first_month[i] < 0]
    assert unknown
    months = sorted(model.councils[i].next_judgement for i in unknown)
    assert months == [41 + 24 * k // len(unknown) for k in range(len(unknown))]
    luck = model.chance.start["start_due"]
    usual = (33, 38, 41, 40)
    due = {i: int(usual[england.grade[i]] + 12 * (luck[i] - 0.5)) - england.months_since_judgement[i] for i in unknown}
    in_order = sorted(unknown, key=lambda i: (due[i], i))
    assert [model.councils[i].next_judgement for i in in_order] == months
    without = SectorModel(months=1, scenario=Scenario(pause="none"))
    assert [without.councils[i].next_judgement for i in unknown] == [max(24, due[i]) for i in unknown]


def test_a_users_councils_are_judged_when_due_and_the_overdue_within_a_year(sector):
    table = sector(24, first_month=(-1,) * 24, months_since_judgement=tuple(3 * i for i in range(1, 25)))
    chance = draw_chance(2018, 0, 1, 24, 3)
    chance.start["start_due"][0] = 0.5
    table = replace(table, months_since_judgement=(33, *table.months_since_judgement[1:]))
    usual = [(33, 38, 41, 40)[grade] for grade in table.grade]
    due = [
        int(u + 12 * (luck - 0.5)) - since
        for u, luck, since in zip(usual, chance.start["start_due"], table.months_since_judgement, strict=True)
    ]
    overdue = sorted((i for i in range(24) if due[i] < 0), key=lambda i: (due[i], i))
    assert due[0] == 0
    assert len(overdue) > 5
    expected = dict(enumerate(due)) | {i: 12 * place // len(overdue) for place, i in enumerate(overdue)}
    without = SectorModel(months=1, councils=table, scenario=Scenario(pause="none"), chance=chance)
    assert first_months(without) == [expected[i] for i in range(24)]
    paused = SectorModel(months=1, councils=table, chance=chance)
    put_back = [month + 17 if month > 24 else 41 if month == 24 else month for month in expected.values()]
    assert first_months(paused) == put_back


@given(st.floats(-3, 3), st.floats(0.05, 4), st.floats(-2, 2), st.floats(0.3, 2))
def test_s2_the_mean_of_a_band_is_that_of_a_truncated_normal(low, wide, middle, spread):
    edges = [(low, low + wide), (-math.inf, low), (low, math.inf)]
    for below, above in edges:
        share = norm.cdf((above - middle) / spread) - norm.cdf((below - middle) / spread)
        expected = truncnorm.mean((below - middle) / spread, (above - middle) / spread, loc=middle, scale=spread)
        if share > 1e-6:
            assert band_mean(below, above, middle, spread) == pytest.approx(expected, abs=1e-6)


def test_s2_a_band_of_which_nothing_is_left_gives_its_nearest_edge():
    assert band_mean(50.0, math.inf, 0.0, 1.0) == 50.0
    assert band_mean(-math.inf, -50.0, 0.0, 1.0) == -50.0
    assert band_mean(2.0, 1.0, 0.0, 1.0) == 1.0


def test_s2_grades_of_ilacs_lie_between_lower_cuts(c):
    assert band_edges(2, SIF, c) == (c.sif_good_cut, c.sif_outstanding_cut)
    assert band_edges(2, ILACS, c) == (c.good_cut, c.outstanding_cut)
    assert band_edges(0, ILACS, c) == band_edges(0, SIF, c) == (-math.inf, c.inadequate_cut)
    for grade in (1, 2, 3):
        assert grade_score(grade, ILACS, 0.0, c) < grade_score(grade, SIF, 0.0, c)


def test_s2_after_april_2018_the_score_of_a_grade_moves_with_the_national_rise(coefficients):
    later = coefficients(drift_from=60)
    for grade in range(4):
        low, high = (cut / WIDTH for cut in CUTS[grade : grade + 2])
        expected = truncnorm.mean(low - 0.2 / WIDTH, high - 0.2 / WIDTH, loc=0.2, scale=WIDTH)
        assert grade_score(grade, SIF, 0.2, later) == pytest.approx(expected)


@given(st.integers(0, 3), st.floats(-1, 1), st.floats(0, 1, exclude_max=True))
def test_s3_a_score_under_ilacs_lies_in_its_band(c, grade, expected, luck):
    low, high = band_edges(grade, ILACS, c)
    assert low <= inspected_score(expected, grade, ILACS, luck, c) <= high


def test_the_national_rise_moves_every_council_that_starts_later_and_no_regions_effect(sector, coefficients):
    """With cuts that rise as practice did, the start is that of before, moved by the rise."""
    table = sector(24, first_month=(-1,) * 24)
    chance = draw_chance(3, 0, 1, 24, 3)
    flat, risen = (coefficients(national_drift=drift, drift_from=48) for drift in (0.0, 0.3))
    rise = 0.3 * 36 / 12
    cuts = ("inadequate_cut", "good_cut", "outstanding_cut", "sif_good_cut", "sif_outstanding_cut")
    risen = replace(risen, **{cut: getattr(risen, cut) + rise for cut in cuts})
    before, after = (opened(table, chance, c)[0] for c in (flat, risen))
    for one, other in zip(before, after, strict=True):
        assert other.structural_level == pytest.approx(one.structural_level + rise)
        assert other.quality == pytest.approx(one.quality + rise)


def test_s2_the_density_of_a_standard_normal():
    assert normal_density(0.0) == pytest.approx(0.3989422804)
    assert normal_density(-1.5) == normal_density(1.5) == pytest.approx(0.1295175957)
    assert normal_density(math.inf) == 0.0
