"""A particle filter: how likely the judgements of a history are under the model's own rules of practice and inspection.

Each council has particles, every one a state that may stand behind what was published of it. They go through the month
as `simulation.compiled.month` does, and at a judgement those of them go on that are likely to have been judged so
(Gordon, Salmond and Smith 1993). Months of judgements are taken as given. What councils have in common (the region's
quality, the climate of the press, the market for directors) is the mean over all particles. No regime is in force: only
the support that every council gets in all regimes.
"""

from __future__ import annotations

import math
from typing import Any

from simulation.chance import START, UNIFORM
from simulation.compiled.borrowed import borrowed
from simulation.compiled.streams import next_normal, next_uniform, seeded_stream
from simulation.opening import open_sector
from simulation.rules import (
    attention,
    hiring,
    inspection,
    leadership,
    leaving,
    practice,
    pressure,
    support,
    workforce,
)
from simulation.rules.constants import write_constants
from simulation.rules.marker import counted, uncounted
from simulation.rules.maths import log
from simulation.state import INADEQUATE, INTERIM, NOBODY, PERMANENT

START_UNIFORM = sum(kind == UNIFORM for _, kind in START.values())
START_DECISIONS = len(START)
STREAM = 119
"""The stream of all luck of a filter."""

NATION, LEADERSHIP, PRESS, VACANT, IN_POOL, MOVERS, MOVABLE, CANDIDATES, AVAILABLE, FACTOR = range(10)
"""What councils have in common, as places in an array: means over particles; people are counted in a whole sector."""
SHARED = 10


def follow_judgements(
    facts: Any,
    coefficients: Any,
    pause: Any,
    own: Any,
    gaps: Any,
    judged: Any,
    frameworks: Any,
    seed: Any,
    replicate: Any,
    councils: Any,
    directors: Any,
    sectors: Any,
    room: Any,
    values: Any,
) -> None:
    """Write how likely the judgements of each month are, given those before.

    Args:
        facts: records of `FACTS`, a council each.
        coefficients: one record of `COEFFICIENTS`, which holds the parameters in force.
        pause: first month of the pause of inspections and first month after it.
        own: whether the table of councils is the user's own.
        gaps: shortfall of funding, shape (months,).
        judged: grades given in each month, -1 where none was, shape (months, councils).
        frameworks: frameworks of those judgements, same shape.
        seed: entropy of all luck.
        replicate: which luck.
        councils: new records of `COUNCIL`, shape (particles, councils).
        directors: new records of `DIRECTOR`, same shape.
        sectors: one new record of `SECTOR`.
        room: to work in: draws of the start, shape (decisions, councils), regional draws, words of the seed, regions'
            gaps and counts, weights and places of particles, a record a particle of `COUNCIL` and of `DIRECTOR`, and
            `SHARED` numbers.
        values: logarithms of the chances, shape (months,), 0 so far.
    """
    facts, c, sector = borrowed(facts), borrowed(coefficients)[0], borrowed(sectors)[0]
    luck, regional, words = borrowed(room[0]), borrowed(room[1]), borrowed(room[2])
    region_gaps, region_counts = borrowed(room[3]), borrowed(room[4])
    weights, places = borrowed(room[5]), borrowed(room[6])
    spare_councils, spare_directors, common = borrowed(room[7]), borrowed(room[8]), borrowed(room[9])
    councils, directors, values = borrowed(councils), borrowed(directors), borrowed(values)
    write_constants(c, len(facts))
    stream = seeded_stream(seed, replicate, STREAM, words)
    for p in range(len(councils)):
        stream = draw_start(luck, regional, stream)
        open_sector(facts, luck, regional, c, pause, own, councils[p], directors[p], sector)
    for i in range(len(facts)):
        region_counts[facts[i].region] += 1.0
    open_market(common, councils, c)
    for month in range(len(gaps)):
        lead(councils, directors, common, month, gaps[month], c)
        meet(councils, region_gaps, region_counts, common, c)
        stream = go_on(councils, region_gaps, common, month, stream, c)
        stream = change_directors(councils, directors, common, sector, stream, c)
        for i in range(len(facts)):
            if judged[month, i] >= 0:
                grade = judged[month, i]
                values[month] += weigh(councils, i, grade, frameworks[month, i], weights, c)
                luck_of_all, stream = next_uniform(stream)
                choose(weights, places, luck_of_all)
                replace(councils, directors, i, places, spare_councils, spare_directors)
                for p in range(len(councils)):
                    inspection.take_judgement(councils[p, i], grade, inspection.headline_left(month, c), c)


@counted
def draw_start(luck: Any, regional: Any, stream: Any) -> Any:
    """Draw the luck of a start, and return the stream."""
    for decision in range(START_DECISIONS):
        for i in range(luck.shape[1]):
            if decision < START_UNIFORM:
                luck[decision, i], stream = next_uniform(stream)
            else:
                luck[decision, i], stream = next_normal(stream)
    for region in range(len(regional)):
        regional[region], stream = next_normal(stream)
    return stream


@counted
def open_market(common: Any, councils: Any, c: Any) -> None:
    """Write what councils have in common before the first month."""
    press, vacant = 0.0, 0.0
    for p in range(len(councils)):
        for i in range(councils.shape[1]):
            press += councils[p, i].press
            if councils[p, i].seat < 0:
                vacant += 1.0
    common[PRESS] = press / (len(councils) * councils.shape[1])
    common[VACANT] = common[IN_POOL] = vacant / len(councils)
    common[CANDIDATES] = c.candidates_start
    common[MOVERS], common[MOVABLE] = 0.0, 1.0


@counted
def lead(councils: Any, directors: Any, common: Any, month: Any, gap: Any, c: Any) -> None:
    """Let councils feel the month's pressure and be led; the mean of leadership at the start is kept."""
    total = 0.0
    for p in range(len(councils)):
        for i in range(councils.shape[1]):
            council, director = councils[p, i], directors[p, i]
            if month > 0:
                end_month(council, director, c)
            attention.update_attention(council.chief)
            pressure.update_pressure(council, gap, c)
            if month == 0:
                council.pressure_start = council.pressure
            leadership.update_leadership(council, director, council, director, c)
            total += council.leadership
    if month == 0:
        common[LEADERSHIP] = total / (len(councils) * councils.shape[1])


@uncounted
def end_month(council: Any, director: Any, c: Any) -> None:
    """Let a council end the month before: it learns from the support that all get, and time goes by."""
    support.learn(council, support.months_led(council, director), c)
    if council.months_since_inadequate != NOBODY:
        council.months_since_inadequate += 1


@counted
def meet(councils: Any, region_gaps: Any, region_counts: Any, common: Any, c: Any) -> None:
    """Write the nation's mean quality, and each region's gap as `totals.regional_gaps` has it, over all particles."""
    region_gaps[:] = 0.0
    quality, total, number = 0.0, 0.0, len(councils) * councils.shape[1]
    for p in range(len(councils)):
        for i in range(councils.shape[1]):
            council = councils[p, i]
            quality += council.quality
            own = council.quality - c.relative_spillover * council.structural_level
            total += own
            region_gaps[council.region] += own
    common[NATION] = quality / number
    for region in range(len(region_gaps)):
        region_gaps[region] = region_gaps[region] / (region_counts[region] * len(councils)) - total / number


@counted
def go_on(councils: Any, region_gaps: Any, common: Any, month: Any, stream: Any, c: Any) -> Any:
    """Let practice, workforce and chiefs go through the month, and return the stream."""
    rise = practice.rise_since_start(month, c)
    for p in range(len(councils)):
        for i in range(councils.shape[1]):
            council = councils[p, i]
            shock, stream = next_normal(stream)
            practice.update_quality(council, rise, region_gaps[council.region], common[LEADERSHIP], shock, c)
            if council.grade != INADEQUATE:
                luck, stream = next_uniform(stream)
                if luck < c.collapse_chance:
                    depth, stream = next_normal(stream)
                    practice.collapse(council, luck, depth, c)
            workforce.update_agency(council, c)
            practice.fade(council, c)
            attention.update_salience(council)
            crisis, stream = next_uniform(stream)
            if crisis < c.crisis_chance:
                which, stream = next_uniform(stream)
                attention.meet_crisis(council.chief, crisis, which, c)
            leaves, stream = next_uniform(stream)
            if leaves < c.new_chief_chance:
                outlook, stream = next_normal(stream)
                attention.change_chief(council.chief, leaves, outlook, c)
    return stream


@counted
def change_directors(councils: Any, directors: Any, common: Any, sector: Any, stream: Any, c: Any) -> Any:
    """Let directors serve, leave and come, and return the stream; the market is that of the mean sector."""
    update_market(common, sector, c)
    particles, n = len(councils), councils.shape[1]
    press, vacant, movable, movers, back, first_timers = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    chance_to_move = min(1.0, common[MOVERS] / max(1.0, common[MOVABLE]))
    for p in range(particles):
        for i in range(n):
            council, director = councils[p, i], directors[p, i]
            hiring.wait_month(council)
            if council.seat >= 0:
                leaving.serve_month(director)
                lost, stream = leaves_post(council, director, common[NATION], chance_to_move, stream, c)
                if lost >= 0.0:
                    back += 1.0 - lost
                    stream = end_post(council, sector, stream, c)
            if council.seat < 0:
                kind, stream = kind_of_arrival(council, common, stream, c)
                if kind != NOBODY:
                    stream = begin_post(council, director, directors, kind, common, sector, stream)
                    movers += 1.0 if kind == hiring.MOVER else 0.0
                    back -= 1.0 if kind == hiring.RETURNER else 0.0
                    first_timers += 1.0 if kind == hiring.FIRST_TIME else 0.0
            press += council.press
            if council.seat < 0:
                vacant += 1.0
            elif hiring.may_move(director):
                movable += 1.0
    common[PRESS], common[VACANT] = press / (particles * n), vacant / particles
    common[MOVABLE], common[MOVERS] = movable / particles, movers / particles
    common[IN_POOL] = max(0.0, common[IN_POOL] * (1.0 - c.pool_exit_chance) + back / particles)
    common[CANDIDATES] = max(0.0, common[CANDIDATES] - first_timers / particles)
    return stream


@uncounted
def update_market(common: Any, sector: Any, c: Any) -> None:
    """Move the press climate and the candidates a month, and write how the market speeds appointments."""
    sector.candidates = common[CANDIDATES]
    hiring.update_press_climate(sector, common[PRESS])
    hiring.update_candidates(sector, c)
    common[CANDIDATES] = sector.candidates
    common[AVAILABLE] = common[CANDIDATES] + 0.5 * common[IN_POOL]
    common[FACTOR] = hiring.market_factor(common[AVAILABLE], common[VACANT])


@uncounted
def leaves_post(council: Any, director: Any, mean: Any, chance_to_move: Any, stream: Any, c: Any) -> Any:
    """Return the share in which a director is lost to the sector who leaves this month, -1 of one who stays.

    One who moves to another council is lost to this one and to nobody's pool: 1.
    """
    if council.press > 0.0:
        luck, stream = next_uniform(stream)
        if leaving.is_dismissed(director, council, luck, c):
            return leaving.lost_share(leaving.DISMISSED, c), stream
    luck, stream = next_uniform(stream)
    if leaving.leaves_by_choice(director, council, mean, luck, c):
        return leaving.lost_share(leaving.BY_CHOICE, c), stream
    if chance_to_move > 0.0 and hiring.may_move(director):
        luck, stream = next_uniform(stream)
        if luck < chance_to_move:
            return 1.0, stream
    return -1.0, stream


@uncounted
def end_post(council: Any, sector: Any, stream: Any, c: Any) -> Any:
    """Fill the seat that a director left by an interim, or leave it for a direct appointment; return the stream."""
    leaving.lose_director(council, c)
    route, stream = next_uniform(stream)
    if leaving.interim_comes(route):
        ability, stream = next_normal(stream)
        leaving.seat_interim(council, sector, ability)
    else:
        leaving.vacate_seat(council)
    return stream


@uncounted
def kind_of_arrival(council: Any, common: Any, stream: Any, c: Any) -> Any:
    """Return which kind of director comes to a vacant seat this month, `NOBODY` where none does."""
    if council.seat == INTERIM:
        luck, stream = next_uniform(stream)
        if not hiring.seat_is_filled(council, common[FACTOR], luck, c):
            return NOBODY, stream
    luck, stream = next_uniform(stream)
    kind = hiring.kind_of_appointment(luck)
    if kind == hiring.FIRST_TIME and common[CANDIDATES] < 1.0:
        return NOBODY, stream
    return kind, stream


@uncounted
def begin_post(council: Any, director: Any, directors: Any, kind: Any, common: Any, sector: Any, stream: Any) -> Any:
    """Seat a director of this ``kind``, and return the stream: one who comes from elsewhere is any council's."""
    ability, stream = next_normal(stream)
    director.months_as_director = 0
    director.ability = hiring.first_time_ability(common[AVAILABLE], common[VACANT], ability)
    if kind != hiring.FIRST_TIME:
        luck, stream = next_uniform(stream)
        other, stream = next_uniform(stream)
        chosen = directors[int(luck * len(directors)), int(other * directors.shape[1])]
        director.ability, director.months_as_director = chosen.ability, max(24, chosen.months_as_director)
    director.status = PERMANENT
    hiring.take_post(director, council, sector, council.index)
    return stream


@counted
def weigh(councils: Any, i: Any, grade: Any, framework: Any, weights: Any, c: Any) -> Any:
    """Write how likely each particle of council ``i`` is judged so, and return the logarithm of the mean."""
    total = 0.0
    for p in range(len(councils)):
        council = councils[p, i]
        weights[p] = inspection.chance_of_grade(grade, council.quality, council.grade, framework, c)
        total += weights[p]
    if total <= 0.0:
        weights[:] = 1.0
        return -math.inf
    return log(total / len(councils))


@counted
def choose(weights: Any, places: Any, luck: Any) -> None:
    """Write which particles go on: systematic resampling, each as often as its weight says."""
    particles, total = len(weights), 0.0
    for p in range(particles):
        total += weights[p]
    reached, taken = weights[0], 0
    for p in range(particles):
        step = (p + luck) / particles * total
        while reached < step and taken < particles - 1:
            taken += 1
            reached += weights[taken]
        places[p] = taken


@counted
def replace(councils: Any, directors: Any, i: Any, places: Any, spare_councils: Any, spare_directors: Any) -> None:
    """Put the particles at ``places`` in the place of all of council ``i``."""
    for p in range(len(places)):
        spare_councils[p], spare_directors[p] = councils[places[p], i], directors[places[p], i]
    for p in range(len(places)):
        councils[p, i], directors[p, i] = spare_councils[p], spare_directors[p]
