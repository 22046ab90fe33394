"""The month as a whole: every council's step, worked out again from the state before it and the luck of the month.

Nothing here calls a rule, so that what the phases hand on to one another, and when, is tested too.
"""

import copy
import math
import statistics

import pytest

from simulation import Parameters, Scenario, SectorModel
from simulation.state import CouncilState, DirectorState

MONTHS = 45
P = Parameters(
    attention_shift_partners=0.06,
    attention_shift_peers=-0.04,
    label_stigma=0.2,
    overload_cost=0.4,
    pressure_effect=0.8,
    agency_effect=1.5,
)
WORLD = Scenario(poverty_tilt=1.0, funding=(("2018-04", 0.05), ("2021-04", 0.3)), headline="2018-08")
SILENT_FROM = 4
REGIMES = ("none", "partners_in_practice", "peer_support", "hybrid", "improvement_partnership", "childrens_trust")


class Before:
    """A sector as it stood when a month began."""

    def __init__(self, model):
        councils, directors = vars(CouncilState()), vars(DirectorState())
        self.councils = [{name: getattr(k, name) for name in councils} for k in model.councils]
        for state, council in zip(self.councils, model.councils, strict=True):
            state["salience"] = list(council.chief.salience)
            state["base_salience"] = list(council.chief.base_salience)
        self.directors = [{name: getattr(d, name) for name in directors} for d in model.directors]
        self.excess = statistics.fmean(k["quality"] - k["structural_level"] for k in self.councils)

    def regional_excess(self, region):
        """What a region stands above its structural levels, on average."""
        own = (k["quality"] - k["structural_level"] for k in self.councils if k["region"] == region)
        return statistics.fmean(own)


@pytest.fixture(scope="module", params=REGIMES)
def history(request, sector):
    """A run's months: each as month, state before, and the model after it."""
    n = 24
    table = sector(
        n,
        grade=tuple((0, 0, 1, 2, 2, 3)[i % 6] for i in range(n)),
        first_month=tuple(i % 7 for i in range(n)),
        recovered=tuple(int(i % 6 < 2) for i in range(n)),
    )
    model = SectorModel(request.param, months=MONTHS, councils=table, parameters=P, scenario=WORLD)
    months = []
    for month in range(MONTHS):
        before = Before(model)
        model.step()
        after = Before(model)
        links = [copy.copy(link) for link in model.links[: model.sector.links]]
        luck = {name: rows[month] for name, rows in model.chance.rows.items()}
        months.append((month, before, after, links, luck))
    return model, months


def share(salience):
    return salience[0] / sum(salience)


def trust_months(history, i, month):
    """How long the council's trust has been running when the month begins; None without one."""
    decided = [m for m, _, after, _, _ in history[1] if after.councils[i]["trust_from"] >= 0]
    if not decided or decided[0] + 18 >= month:
        return None
    return month - (decided[0] + 18)


def leadership(before, council, running):
    def led_by(director):
        served = director["months_as_director"] - director["months_in_post"]
        dip = P.succession_dip * (1.0 if served < 6 else 0.5) * math.exp(-director["months_in_post"] / 12)
        return P.director_effect * director["ability"] - dip

    partner = before.councils[council["partner"]] if council["partner"] >= 0 else None
    if partner is not None and partner["seat"] >= 0:
        ability = before.directors[partner["seat"]]["ability"]
        value = 0.7 * P.director_effect * ability - 0.3 * P.interim_penalty
    elif council["seat"] >= 0:
        value = led_by(before.directors[council["seat"]])
    else:
        value = P.director_effect * council["interim_ability"] - P.interim_penalty
    if council["partner_of"] >= 0:
        value -= 0.5 * P.interim_penalty
    if running is None:
        value += P.attention_effect * (share(council["salience"]) - P.attention_base)
    else:
        value -= 0.30 * 2 ** (-running / 12)
    value -= P.agency_effect * (council["agency_share"] - 0.155)
    return value - P.overload_cost * max(0.0, council["days_given"] - P.safe_release) / 10


def test_pressure_and_leadership_read_the_state_as_the_month_begins(history):
    model, months = history
    for month, before, after, _, _ in months:
        gap = 0.05 + 0.25 * min(month, 36) / 36
        for council, then in zip(before.councils, after.councils, strict=True):
            running = trust_months(history, council["index"], month)
            assert (running is None) == (council["trust_months"] < 0)
            pressure = gap * max(0.0, 1 + 0.25 * council["deprivation"])
            if running is None:
                excess = share(council["salience"]) - P.attention_base
                pressure *= max(0.0, 1 - P.corporate_protection * excess)
            assert then["pressure"] == pytest.approx(pressure)
            assert then["leadership"] == pytest.approx(leadership(before, council, running), abs=1e-12)
    assert model.regime.name != "childrens_trust" or any(k["trust_months"] >= 12 for k in months[-1][2].councils)


def test_quality_moves_towards_its_target(history):
    model, months = history
    first = months[0][2].councils
    width = math.sqrt(1 + P.inspection_noise**2)
    middle = ((-1.0316 + 0.3189) * width - P.good_cut_shift) / 2
    collapses, pulls = 0, 0
    for month, before, after, _, luck in months:
        for council, then in zip(before.councils, after.councils, strict=True):
            i = council["index"]
            target = council["structural_level"] + P.national_drift * month / 12
            target -= P.pressure_effect * (then["pressure"] - first[i]["pressure"])
            target += then["leadership"] - council["usual_leadership"]
            target += council["borrowed_practice"] + council["alarm"]
            target += P.regional_spillover * (before.regional_excess(council["region"]) - before.excess)
            quality = council["quality"] + (target - council["quality"]) / P.practice_adjustment_time
            since = council["months_since_inadequate"]
            if since >= 0:
                quality += P.intervention_pull / 12 * 2 ** (-since / 18) * (middle - council["quality"])
                pulls += 1
            quality += model.c.shock * luck["quality"][i]
            if council["grade"] > 0 and luck["collapse"][i] < 1 - (1 - P.collapse_rate) ** (1 / 12):
                quality -= max(0.0, 1.4 + 0.4 * luck["collapse_depth"][i])
                collapses += 1
            assert then["quality"] == pytest.approx(quality, abs=1e-12)
    assert collapses > 0
    assert pulls > 0


def test_agency_staff_follow_the_new_quality_and_the_stigma_before_it_fades(history):
    for _, before, after, _, _ in history[1]:
        for council, then in zip(before.councils, after.councils, strict=True):
            stigma = min(1.0, council["stigma"] + P.label_stigma * council["labelled_receiver"])
            rest = 0.155 + P.stigma_agency_effect * stigma - P.quality_agency_effect * then["quality"]
            rest -= P.label_prestige * council["labelled_giver"]
            moved = council["agency_share"] + (rest - council["agency_share"]) / 6
            assert then["agency_share"] == pytest.approx(min(0.6, max(0.02, moved)))


def test_judgements_come_when_due_and_all_else_fades(history):
    judged = 0
    for month, before, after, _, luck in history[1]:
        for council, then in zip(before.councils, after.councils, strict=True):
            i = council["index"]
            faded = [council["stigma"] * 2 ** (-1 / 24), council["press"] * 2 ** (-1 / 6)]
            alarm = council["alarm"] * 2 ** (-1 / 18)
            if then["trust_months"] == 1:
                alarm = max(alarm, 0.4)
            if council["next_judgement"] == month:
                judged += 1
                width = math.sqrt(1 + P.inspection_noise**2)
                shifts = (0.0, P.good_cut_shift, P.outstanding_cut_shift)
                shifts = (0.0, 0.0, 0.0) if council["next_framework"] == 1 else shifts
                cuts = [width * cut - shift for cut, shift in zip((-1.0316, 0.3189, 2.0597), shifts, strict=True)]
                cuts[1] -= P.anchor_good * (council["grade"] >= 2)
                cuts[2] -= P.anchor_outstanding * (council["grade"] == 3)
                score = then["quality"] + P.inspection_noise * luck["inspection"][i]
                grade = sum(score >= cut for cut in cuts)
                if grade == 3 and council["grade"] < 2 and luck["leap"][i] >= P.leap_to_outstanding:
                    grade = 2
                assert then["grade"] == grade
                fell = grade < council["grade"]
                loud = 1.0 if month < SILENT_FROM else P.headline_removed
                press = {0: loud, 1: max(faded[1], 0.3 * loud) if fell else faded[1]}.get(grade, faded[1])
                faded = [{0: loud, 1: 0.1 * loud}.get(grade, 0.0), press]
                alarm = P.alarm_push if grade == 0 else alarm
                assert then["recovered"] == int(council["recovered"] or grade == 0)
            else:
                assert (then["grade"], then["recovered"]) == (council["grade"], council["recovered"])
                assert then["next_judgement"] == council["next_judgement"]
            assert [then["stigma"], then["press"]] == pytest.approx(faded)
            assert then["alarm"] == pytest.approx(alarm)
    assert judged >= 24


def test_salience_returns_to_a_base_that_the_regime_shifts(history):
    for month, before, after, _, luck in history[1]:
        for council, then in zip(before.councils, after.councils, strict=True):
            i = council["index"]
            shift = council["attention_shift"]
            if trust_months(history, i, month) is not None:
                shift /= 2
            base = list(council["base_salience"])
            base[0] = max(0.01, base[0] + shift) if shift else base[0]
            salience = [s + (b - s) / 12 for s, b in zip(council["salience"], base, strict=True)]
            if luck["crisis"][i] < 0.4 / 12:
                salience[1 + int(3 * luck["which_crisis"][i])] += 0.4
            if luck["chief_leaves"][i] < 1 - 0.79 ** (1 / 12):
                children = min(0.6, P.attention_base * math.exp(0.3 * luck["new_chief"][i]))
                salience = [children, *((1 - children) * part for part in (0.545, 0.195, 0.26))]
                assert then["base_salience"] == pytest.approx(salience)
            if council["next_judgement"] == month:
                salience[0] += {0: 0.5, 1: 0.125}.get(then["grade"], 0.0)
            assert then["salience"] == pytest.approx(salience)


def test_practice_is_borrowed_from_what_is_delivered(history):
    model, months = history
    for month, before, after, links, _ in months:
        received, inflow, gave = {}, {}, {}
        for link in links:
            arm, giver, receiver = (
                model.deployment.arms[link.arm],
                after.councils[link.giver],
                after.councils[link.receiver],
            )
            days = link.days * (1.0 if arm.paid else P.unpaid_delivery)
            days *= max(0.0, 1 - P.pressure_on_giving * giver["pressure"])
            ratio = (giver["quality"] - receiver["quality"]) / P.best_gap
            fit = ratio * math.exp(1 - ratio) if ratio > 0 else 0.0
            inflow[link.receiver] = inflow.get(link.receiver, 0.0) + days * fit * (
                1 + P.gold_dust_premium * giver["recovered"]
            )
            received[link.receiver] = received.get(link.receiver, 0.0) + days
            gave[link.giver] = gave.get(link.giver, 0.0) + days
        for council, then in zip(before.councils, after.councils, strict=True):
            i = council["index"]
            offer = 0.3 if then["grade"] >= 2 else 0.6
            dose = received.get(i, 0.0) + offer
            months_in_post = after.directors[then["seat"]]["months_in_post"] if then["seat"] >= 0 else 0
            absorbed = 1.0 if months_in_post >= 6 else 0.5
            if then["trust_months"] < 0:
                excess = share(council["salience"]) - P.attention_base
                absorbed *= max(0.1, 1 + P.attention_absorption * excess)
            borrowed = council["borrowed_practice"] * (1 - P.borrowed_decay)
            borrowed *= (1 - P.borrowed_loss_on_exit) ** (then["exits"] - council["exits"])
            power = dose**2 / (dose**2 + P.half_dose**2)
            borrowed += P.transfer_rate / 100 * (inflow.get(i, 0.0) + offer) * absorbed * power
            borrowed += P.giver_learning * P.transfer_rate / 100 * gave.get(i, 0.0)
            assert then["borrowed_practice"] == pytest.approx(borrowed), month
            assert then["days_given"] == pytest.approx(gave.get(i, 0.0))
            assert then["days_received"] == pytest.approx(received.get(i, 0.0))


def test_links_hold_from_one_matching_to_the_next(history):
    previous = []
    for month, _, _, links, _ in history[1]:
        now = [(link.receiver, link.giver, link.days) for link in links]
        if month % 3:
            assert now == previous
        previous = now


def test_directors_serve_leave_rest_and_return(history):
    for _, before, after, _, luck in history[1]:
        for council in before.councils:
            i, seat = council["index"], council["seat"]
            if seat < 0:
                continue
            director, then = before.directors[seat], after.directors[seat]
            if then["council"] == i and then["status"] == 0 and after.councils[i]["seat"] == seat:
                ended = council["partner"] >= 0 > after.councils[i]["partner"]
                assert then["months_in_post"] == (0 if ended else director["months_in_post"] + 1)
            assert then["months_as_director"] in (director["months_as_director"], director["months_as_director"] + 1)
        for director, then in zip(before.directors, after.directors, strict=False):
            assert director["status"] != 3 or then["status"] == 3
            if director["status"] == 2:
                assert then["months_resting"] == director["months_resting"] + 1
                assert then["status"] in ((2,) if then["months_resting"] < 6 else (0, 1, 3))
        assert len(luck["leaving"]) == 24
