"""R1: who helps whom. What the model links is what a search over all pairs links, ties by code included."""

import math
from dataclasses import dataclass, field
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation import Arm, Parameters, Regime, SectorModel
from simulation.agents.month import match
from simulation.rules.matching import (
    NOT_HELPED,
    estimate_quality,
    estimated_quality,
    giver_rank,
    link_score,
    may_give,
    need_class,
)
from simulation.rules.order import stable_order
from simulation.state import (
    BELOW_GOOD,
    GOOD,
    GOOD_OR_BETTER,
    INADEQUATE,
    NEAR_GOOD_TOO,
    ONLY_INADEQUATE,
    OUTSTANDING,
    REQUIRES_IMPROVEMENT,
    WITH_CUSP,
)

HALF = 1 / 8
"""Estimates, gaps and days are multiples of this in the search below: sums are then exact, and ties are many."""


def eighths(low, high):
    return st.integers(round(low / HALF), round(high / HALF)).map(lambda k: k * HALF)


ARMS = st.builds(
    Arm,
    givers=st.one_of(st.integers(0, 8), st.just("all")),
    giver_rule=st.sampled_from(["good_or_better", "near_good_too"]),
    days_per_giver=eighths(0, 24),
    receiver_rule=st.sampled_from(["inadequate", "below_good", "below_good_and_cusp"]),
    days_per_receiver=st.integers(1, 60).map(lambda k: k * 6 * HALF),
    givers_per_receiver=st.integers(1, 3),
    reciprocal=st.booleans(),
    paid=st.booleans(),
    director_share=st.just(0.1),
    cash_per_day=st.just(1000.0),
    shadow_price_per_day=st.just(0.0),
    attention_shift=st.sampled_from([0.0, 0.05, -0.05]),
    gold_preference=st.sampled_from([0.0, 0.5, 2.0]),
    region_preference=st.sampled_from([0.0, 0.25, 0.625, 3.0]),
    labels=st.booleans(),
    days=st.one_of(eighths(0, 80), st.just("capacity")),
)
EXACT = Parameters(best_gap=1.25, unpaid_delivery=0.5)
COUNCIL = st.tuples(st.integers(0, 3), eighths(-2, 2), st.booleans(), st.integers(0, 2))
"""Grade, estimated quality, whether ever inadequate, region."""


@st.composite
def sectors(draw, sector, arms=1):
    """A model about to match: its councils, and a regime of so many arms without a parity."""
    drawn = draw(st.lists(COUNCIL, min_size=6, max_size=16))
    n = len(drawn)
    regions = [*(f"r{region}" for *_, region in drawn[3:]), "r0", "r1", "r2"]
    table = sector(n, region=tuple(regions), first_month=(-1,) * n)
    regime = Regime(name="drawn", arms=tuple(draw(ARMS) for _ in range(arms)))
    model = SectorModel(regime, months=6, councils=table, parameters=EXACT)
    for council, (grade, estimate, recovered, _) in zip(model.councils, drawn, strict=True):
        council.grade, council.recovered = grade, int(recovered)
        council.quality = estimate
    model.chance.rows["estimate"][0] = [0.0] * n
    return model


@dataclass
class Search:
    """Matching as the specification words it, by looking at every pair."""

    model: SectorModel
    links: list = field(default_factory=list)
    gives: dict = field(default_factory=dict)
    receives: dict = field(default_factory=dict)

    def run(self):
        left, worth = 0.0, 0.0
        for number, arm in enumerate(self.model.deployment.arms):
            carried = left * (worth / arm.worth) if arm.worth else 0.0
            rest = self.link(number, arm, arm.budget + carried)
            left, worth = (rest, arm.worth) if arm.worth else (left, worth)
        return self.links

    def link(self, number, arm, days):
        councils = self.model.councils
        may = [
            j
            for j, k in enumerate(councils)
            if j not in self.gives
            and (arm.reciprocal or j not in self.receives)
            and may_give(k.grade, k.quality, arm.giver_rule, self.model.c)
        ]
        may.sort(key=lambda j: (-self.rank(arm, councils[j]), j))
        room = dict.fromkeys(may[: max(0, arm.givers)], arm.days_per_giver)
        for i in self.receivers(arm, room):
            days = self.help(number, arm, i, room, days)
        return days

    def rank(self, arm, council):
        return 2 * (council.grade == OUTSTANDING) + council.quality + arm.gold_preference * council.recovered

    def receivers(self, arm, room):
        councils = self.model.councils
        gives = set(self.gives) | {j for j, days in room.items() if days > 0}
        free = [i for i in range(len(councils)) if i not in self.receives and (arm.reciprocal or i not in gives)]
        need = {i: need_class(councils[i].grade, councils[i].quality, arm.receiver_rule, self.model.c) for i in free}
        return sorted((i for i in free if need[i] != NOT_HELPED), key=lambda i: (need[i], councils[i].quality, i))

    def help(self, number, arm, i, room, days):
        size = arm.days_per_receiver / arm.givers_per_receiver
        helping = set()
        for _ in range(arm.givers_per_receiver):
            open_to = [j for j in room if room[j] > 1e-9 and j != i and j not in helping]
            pool = [j for j in open_to if room[j] >= size] or open_to
            if not pool or days <= 1e-9:
                break
            best = min(pool, key=lambda j: (-self.score(arm, i, j), j))
            pledged = min(size, room[best], days)
            self.links.append((i, best, pledged, number))
            helping.add(best)
            self.gives[best], self.receives[i] = number, number
            days -= pledged
            room[best] -= pledged
        return days

    def score(self, arm, i, j):
        receiver, giver = self.model.councils[i], self.model.councils[j]
        score = -abs(giver.quality - receiver.quality - 1.25) + 0.5 * arm.gold_preference * giver.recovered
        return score + arm.region_preference * (giver.region == receiver.region)


def linked(model):
    match(model)
    return [(link.receiver, link.giver, link.days, link.arm) for link in model.links[: model.sector.links]]


@given(st.data())
def test_one_arm_links_what_a_search_over_all_pairs_links(sector, data):
    model = data.draw(sectors(sector))
    expected = Search(model).run()
    assert linked(model) == expected


@settings(max_examples=60)
@given(st.data())
def test_so_do_several_arms_one_after_the_other(sector, data):
    model = data.draw(sectors(sector, arms=2))
    expected = Search(model).run()
    assert linked(model) == expected


@settings(max_examples=60)
@given(st.data())
def test_budgets_caps_and_roles_hold(sector, data):
    model = data.draw(sectors(sector, arms=2))
    links = linked(model)
    arms = model.deployment.arms
    given, received, roles = {}, {}, {}
    for receiver, giver, days, number in links:
        assert receiver != giver
        assert 0 < days <= arms[number].days_per_receiver / arms[number].givers_per_receiver
        given[giver] = given.get(giver, 0.0) + days
        received[receiver] = received.get(receiver, 0.0) + days
        assert roles.setdefault(("gives", giver), number) == number
        assert roles.setdefault(("receives", receiver), number) == number
    assert len({(receiver, giver) for receiver, giver, *_ in links}) == len(links)
    for giver, days in given.items():
        assert days <= arms[roles["gives", giver]].days_per_giver + 1e-9
    for receiver, days in received.items():
        assert days <= arms[roles["receives", receiver]].days_per_receiver + 1e-9
        if not arms[roles["receives", receiver]].reciprocal:
            assert roles.get(("gives", receiver), -1) < roles["receives", receiver]
    pledged = [sum(link[2] for link in links if link[3] == number) for number in (0, 1)]
    worth = arms[0].worth / (arms[1].worth or math.inf)
    assert pledged[0] <= arms[0].budget + 1e-9
    assert pledged[1] <= arms[1].budget + (arms[0].budget - pledged[0]) * worth + 1e-6


@settings(max_examples=40)
@given(st.data())
def test_labels_and_shifts_are_those_of_the_arms_a_council_is_in(sector, data):
    model = data.draw(sectors(sector, arms=2))
    links = linked(model)
    arms = model.deployment.arms
    for i, council in enumerate(model.councils):
        gives = {arm for _, giver, _, arm in links if giver == i}
        receives = {arm for receiver, _, _, arm in links if receiver == i}
        assert council.labelled_giver == int(any(arms[k].labels for k in gives))
        assert council.labelled_receiver == int(any(arms[k].labels for k in receives))
        expected = arms[min(gives | receives)].attention_shift if gives | receives else 0.0
        assert council.attention_shift == expected


def test_the_sector_estimates_quality_with_an_error():
    assert estimated_quality(0.5, -2.0) == pytest.approx(-0.3)


def test_what_the_sector_believes_of_a_council_is_kept_with_it(council):
    one = council(quality=0.5)
    estimate_quality(one, -2.0)
    assert one.estimate == pytest.approx(-0.3)
    assert one.quality == 0.5


def test_who_may_give(c):
    near = c.good_cut - 0.4
    for grade, estimate, strictly, broadly in [
        (OUTSTANDING, -9.0, True, True),
        (GOOD, -9.0, True, True),
        (REQUIRES_IMPROVEMENT, near + 0.01, False, True),
        (REQUIRES_IMPROVEMENT, near - 0.01, False, False),
        (INADEQUATE, 9.0, False, False),
    ]:
        assert may_give(grade, estimate, GOOD_OR_BETTER, c) is strictly
        assert may_give(grade, estimate, NEAR_GOOD_TOO, c) is broadly


def test_who_is_helped_and_how_soon(c):
    cusp = c.good_cut + 0.2
    for grade, estimate, expected in [
        (INADEQUATE, 9.0, (0, 0, 0)),
        (REQUIRES_IMPROVEMENT, 9.0, (NOT_HELPED, 1, 1)),
        (GOOD, cusp - 0.01, (NOT_HELPED, NOT_HELPED, 2)),
        (GOOD, cusp + 0.01, (NOT_HELPED,) * 3),
        (OUTSTANDING, -9.0, (NOT_HELPED,) * 3),
    ]:
        assert (
            tuple(need_class(grade, estimate, rule, c) for rule in (ONLY_INADEQUATE, BELOW_GOOD, WITH_CUSP)) == expected
        )


def test_who_is_asked_to_give_first(council):
    assert giver_rank(council(grade=GOOD), 0.7, 2.0) == 0.7
    assert giver_rank(council(grade=OUTSTANDING), 0.7, 2.0) == 2.7
    assert giver_rank(council(grade=OUTSTANDING, recovered=1), 0.7, 2.0) == 4.7


def test_what_makes_a_good_link(c):
    suits = partial(link_score, region_preference=0.3, gold_preference=2.0, c=c)
    assert suits(1.25, same_region=False, recovered=0) == 0.0
    assert suits(0.25, same_region=False, recovered=0) == -1.0
    assert suits(2.25, same_region=True, recovered=0) == pytest.approx(-0.7)
    assert suits(2.25, same_region=True, recovered=1) == pytest.approx(0.3)


@given(st.lists(st.sampled_from([-1.0, 0.0, 0.5, 2.0])))
def test_the_one_sort_is_stable(keys):
    assert list(stable_order(keys)) == [k for _, k in sorted((key, k) for k, key in enumerate(keys))]
