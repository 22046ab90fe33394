"""Inspection and the start against closed forms: grades given quality, gaps between judgements, month 0.

Nothing here calls a rule. Cuts are reckoned anew from the mix of March 2018.
"""

import math

import numpy as np
import pytest
from scipy.stats import norm

from simulation import Ensemble, Parameters, Scenario

ENGINES = ["ensemble", "mesa"]
NO_PAUSE = Scenario(pause="none")
MIX = np.array([-1.0316, 0.3189, 2.0597])
"""The cuts of a standard normal; with noise s the score is as much wider as sqrt(1 + s^2)."""
QUALITIES = np.array([-2.0, -1.0, 0.0, 0.5, 1.2])


@pytest.mark.parametrize(("engine", "each"), [("ensemble", 1900), ("mesa", 300)])
@pytest.mark.parametrize("framework", [0, 1])
@pytest.mark.parametrize("noise", [0.1, 0.6])
def test_grades_come_with_the_chances_of_a_normal_score(alike, quiet, lived, within, engine, each, framework, noise):
    """A score is normal round quality; the chance of a grade is a difference of normal shares at the cuts.

    ILACS (0) lowers the cuts of good and outstanding by their shifts. The errors are a binomial's, where chances are
    between one and 99 in a hundred; the other counts must be within a Poisson's reach of 0 or all.
    """
    n = each * len(QUALITIES)
    quality = np.tile(QUALITIES, each)
    parameters = quiet(inspection_noise=noise, good_cut_shift=0.4, outstanding_cut_shift=1.0, practice_shock=0.0)
    table = alike(n, first_month=(0,) * n, first_framework=(framework,) * n)
    start = {"quality": quality, "structural_level": quality}
    run = lived(table, 1, parameters=parameters, engine=engine, start=start)
    cuts = MIX * math.sqrt(1 + noise**2) - np.array([0.0, 0.4, 1.0]) * (framework == 0)
    checked = 0
    for value in QUALITIES:
        grades = run.panel["grade"][0][quality == value]
        chances = np.diff([0.0, *norm.cdf((cuts - value) / noise), 1.0])
        for grade, chance in enumerate(chances):
            found = (grades == grade).mean()
            if 0.01 < chance < 0.99:
                within(found, chance, math.sqrt(chance * (1 - chance) / each), scale=1.0)
                checked += 1
            else:
                assert min(found, 1 - found) <= 0.01 + 4 * math.sqrt(0.01 / each)
                assert round(found) == round(chance)
    assert checked >= 3


@pytest.mark.parametrize("engine", ENGINES)
def test_few_leap_from_below_good_to_outstanding(alike, quiet, lived, within, engine):
    """Far above every cut, those below good are outstanding with the chance of a leap, else good: a binomial."""
    n = 1000
    parameters = quiet(leap_to_outstanding=0.3)
    start = {"quality": 9.0, "structural_level": 9.0}
    table = alike(n, first_month=(0,) * n, grade=(1, 2) * (n // 2))
    grades = lived(table, 1, parameters=parameters, engine=engine, start=start).panel["grade"][0]
    assert (grades[1::2] == 3).all()
    assert set(grades[::2].tolist()) == {2, 3}
    within((grades[::2] == 3).mean(), 0.3, math.sqrt(0.3 * 0.7 / (n / 2)), sharp=0.07)


def renewals(first, months):
    """The mean and the variance of the number of renewals in so many months, gaps being first to first + 11 alike.

    At least k have come if the sum of k gaps, whose distribution is a convolution, is no more than the months.
    """
    gap = np.zeros(months + 1)
    gap[first : first + 12] = 1 / 12
    reached, at_least = gap, []
    while reached.sum() > 0:
        at_least.append(reached.sum())
        reached = np.convolve(reached, gap)[: months + 1]
    at_least = np.array(at_least)
    mean = at_least.sum()
    return mean, ((2 * np.arange(1, len(at_least) + 1) - 1) * at_least).sum() - mean**2


@pytest.mark.parametrize(("engine", "n"), [("ensemble", 1216), ("mesa", 76)])
@pytest.mark.parametrize(("quality", "first"), [(-9.0, 27), (-0.3, 32), (0.35, 35), (9.0, 34)])
def test_judgements_are_so_many_months_apart(alike, quiet, lived, within, engine, n, quality, first):
    """Gaps are whole months, twelve of them alike, of mean 40.5 less 8, 3, 0, 1 by grade and variance 143/12.

    In thirty years a council is judged as often as `renewals` says; the errors are those of means over the councils.
    """
    table = alike(n, first_month=(0,) * n, grade=(3,) * n)
    start = {"quality": quality, "structural_level": quality}
    parameters = quiet(practice_shock=0.0, inspection_noise=0.05)
    run = lived(table, 361, parameters=parameters, scenario=NO_PAUSE, engine=engine, start=start)
    gaps = run.panel["next_judgement"][0]
    assert sorted(set(gaps.tolist())) == list(range(first, first + 12))
    within(gaps.mean(), first + 5.5, math.sqrt(143 / 12 / n), sharp=0.02)
    mean, variance = renewals(first, 360)
    within(run.months["judgements"][1:].sum() / n, mean, math.sqrt(variance / n), sharp=0.02)


@pytest.mark.parametrize("replicate", range(3))
def test_councils_that_were_graded_start_as_if_never_seen(sector, within, replicate):
    """Grade councils by the model's own first inspection, then start from the grades: the spread is the model's own.

    Without regions, deprivation, alarm and intervention, quality is normal (0, 1), its level normal
    (0, structural_share), and their covariance structural_share, whatever the grade's age. Errors: of a mean
    1/sqrt(n), of a variance sqrt(2/n), of a covariance sqrt((v + v^2)/n).
    """
    n, v = 5000, 0.25
    parameters = Parameters(
        structural_share=v,
        region_sd=0.0,
        deprivation_effect=0.0,
        alarm_push=0.0,
        inspection_noise=0.4,
        intervention_pull=0.0,
    )
    score = np.random.default_rng(replicate).normal(0.0, math.sqrt(1 + 0.4**2), n)
    grade = tuple(np.searchsorted(MIX * math.sqrt(1 + 0.4**2), score).tolist())
    ensemble = Ensemble(1, councils=sector(n, grade=grade))
    councils = ensemble.open(parameters, ensemble.draw(2018, replicate)).councils
    quality, level = councils["quality"], councils["structural_level"]
    error = 1 / math.sqrt(n)
    within(quality.mean(), 0.0, error, scale=1.0)
    within(level.mean(), 0.0, 0.5 * error, scale=1.0)
    within((quality**2).mean(), 1.0, math.sqrt(2) * error)
    within((level**2).mean(), v, math.sqrt(2) * v * error)
    within((quality * level).mean(), v, math.sqrt(v + v**2) * error, sharp=0.04)


def test_england_starts_with_the_quality_that_its_grades_imply(england, within):
    """Mean quality in month 0 by grade, from the moments of truncated normals, given each replicate's regions.

    Given its region's effect, a council's score is normal truncated to its grade's band; of the distance of its score
    from what was expected, V/(V + s^2) is quality; of that structural_share stays and the rest fades over D months. An
    inadequate council has also gained what the alarm brought, intervention being off. The error is from the spread of
    200 replicates.
    """
    p, replicates = Parameters(intervention_pull=0.0), 200
    noise = p.inspection_noise**2
    inside = 1 - p.deprivation_effect**2 - p.region_sd**2
    fixed = p.structural_share
    grade, region = np.array(england.grade), np.array(england.region_index)
    months, deprivation = np.array(england.months_since_judgement), np.array(england.deprivation)
    scores = np.array([-1.55, -0.31, 0.86, 2.35]) * math.sqrt(1 + noise) / 1.06
    cuts = np.concatenate([[-np.inf], MIX * math.sqrt(1 + noise), [np.inf]])
    a, b = 1 / p.practice_adjustment_time, math.log(2) / 18
    gained = p.alarm_push * a / (a - b) * (np.exp(-b * months) - np.exp(-a * months)) * (grade == 0)
    faded = fixed + (1 - fixed) * np.exp(-a * months)
    ensemble = Ensemble(1, councils=england)
    differences = []
    for replicate in range(replicates):
        chance = ensemble.draw(2018, replicate)
        effects = []
        for k in range(9):
            own = region == k
            shrink = own.sum() * p.region_sd**2 / (own.sum() * p.region_sd**2 + inside + noise)
            residual = (scores[grade[own]] + p.deprivation_effect * deprivation[own]).mean()
            effects.append(shrink * residual + p.region_sd * math.sqrt(1 - shrink) * chance.regions[k])
        expected = np.array(effects)[region] - p.deprivation_effect * deprivation
        width = math.sqrt(inside + noise)
        low, high = (cuts[grade] - expected) / width, (cuts[grade + 1] - expected) / width
        above = width * (norm.pdf(low) - norm.pdf(high)) / (norm.cdf(high) - norm.cdf(low))
        means = expected + above * inside / (inside + noise) * faded + gained
        found = ensemble.open(p, chance).councils
        assert found["grade"].tolist() == list(england.grade)
        differences.append([(found["quality"] - means)[grade == g].mean() for g in range(4)])
    for mean, error in zip(np.mean(differences, axis=0), np.std(differences, axis=0, ddof=1), strict=True):
        within(mean, 0.0, error / math.sqrt(replicates), scale=1.0, sharp=0.04)


@pytest.mark.parametrize("engine", ENGINES)
def test_month_0_holds_the_real_mix_of_grades_until_the_first_judgement(england, lived, engine):
    """23, 72, 54 and 3 of 152, less those judged in month 0, whose grades are the model's."""
    run = lived(england, 1, engine=engine)
    grades = np.where(np.array(england.first_month) == 0, -1, england.grade)
    held = run.panel["grade"][0]
    assert [england.grade.count(grade) for grade in range(4)] == [23, 72, 54, 3]
    assert (held[grades >= 0] == grades[grades >= 0]).all()
    assert run.months["judgements"][0] == (grades < 0).sum()
