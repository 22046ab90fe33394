"""The start: every council and director on the last day before month 0 (rules S1 to S6), the same for every engine.

States, or records that stand for them, come as new ones are and leave as month 0 finds them. Luck is a row a decision
and a column a council, in the order of `simulation.chance.START`.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence

from simulation.chance import START, Chance
from simulation.coefficients import Coefficients
from simulation.councils import Councils
from simulation.premises import CouncilFacts, FactSequence
from simulation.rules import attention, inspection, leaving, money, practice, start, totals, usual, workforce
from simulation.rules.marker import counted, uncounted
from simulation.rules.order import stable_order
from simulation.state import (
    INADEQUATE,
    INTERIM,
    NOBODY,
    PERMANENT,
    POOL,
    CouncilSequence,
    CouncilState,
    DirectorSequence,
    DirectorState,
    SectorState,
)

(
    START_INSPECTION, SERVICE, UNDER_INTERIM, START_INTERIM_MONTHS, DUE, QUALITY_THEN, STRUCTURE, QUALITY_SINCE,
    AGENCY, CHIEF, START_ABILITY, MONTHS_IN_POST, START_INTERIM_ABILITY,
) = range(len(START))  # fmt: skip

Luck = Sequence[Sequence[float]]


def open_states(
    table: Councils, chance: Chance, c: Coefficients, pause: tuple[int, int]
) -> tuple[list[CouncilState], list[DirectorState], SectorState]:
    """Return month 0: councils in order of code, each with its chief, their directors in the same order, the sector.

    ``pause`` is the first month of the pause of inspections and the first month after it.
    """
    councils, directors = [CouncilState() for _ in table.facts], [DirectorState() for _ in table.facts]
    sector = SectorState()
    luck = [draws.tolist() for draws in chance.start.values()]
    open_sector(table.facts, luck, chance.regions.tolist(), c, pause, table.own, councils, directors, sector)
    return councils, directors, sector


@counted
def open_sector(
    facts: FactSequence,
    luck: Luck,
    regional_luck: Sequence[float],
    c: Coefficients,
    pause: tuple[int, int],
    own: bool,  # noqa: FBT001  compiled code takes its arguments by place
    councils: CouncilSequence,
    directors: DirectorSequence,
    sector: SectorState,
) -> None:
    """Write month 0 into new ``councils``, their ``directors`` and the ``sector``.

    Args:
        facts: what is known of the councils, in order of code.
        luck: the draws of the start, shape (decisions, councils).
        regional_luck: normal draws, one a region.
        c: coefficients.
        pause: first month of the pause of inspections and first month after it.
        own: whether the table of councils is the user's own.
        councils: new ones, as many as there are facts.
        directors: new ones, as many.
        sector: a new one.
    """
    effects = [0.0 for _ in range(len(regional_luck))]
    counts = [0 for _ in range(len(regional_luck))]
    rise = practice.drift(c.drift_from, c)
    set_region_effects(facts, regional_luck, rise, c, effects, counts)
    for i in range(len(facts)):
        expected = rise + (effects[facts[i].region] - c.deprivation_effect * facts[i].deprivation)
        open_council(i, facts[i], expected, luck, councils[i], directors[i], c)
    set_first_judgements(facts, luck, pause, own or c.drift_from > 0, councils)
    sector.candidates = c.candidates_start
    sector.press_climate = totals.mean_press(councils)
    sector.monthly_budget = totals.total_budget(councils)
    sector.directors = len(facts)


@counted
def set_region_effects(
    facts: FactSequence,
    luck: Sequence[float],
    rise: float,
    c: Coefficients,
    effects: MutableSequence[float],
    counts: MutableSequence[int],
) -> None:
    """Write each region's effect on quality (SD) into ``effects`` and its councils into ``counts``, both 0 so far.

    ``rise`` is the national rise of practice up to the start.
    """
    for i in range(len(facts)):
        region = facts[i].region
        seen = start.grade_score(facts[i].grade, facts[i].framework, rise, c) - rise
        effects[region] += seen + c.deprivation_effect * facts[i].deprivation
        counts[region] += 1
    for region in range(len(effects)):
        effects[region] = start.region_effect(effects[region] / counts[region], counts[region], luck[region], c)


@uncounted
def open_council(
    i: int,
    facts: CouncilFacts,
    expected: float,
    luck: Luck,
    council: CouncilState,
    director: DirectorState,
    c: Coefficients,
) -> None:
    """Write how council ``i``, its chief and its director stand, where quality of ``expected`` SD is to be expected."""
    grade, months = facts.grade, facts.months_since_judgement
    seen = start.inspected_score(expected, grade, facts.framework, luck[START_INSPECTION][i], c)
    then = start.quality_then(expected, seen, luck[QUALITY_THEN][i], c)
    council.index = i
    council.region = facts.region
    council.deprivation = facts.deprivation
    council.children_in_need = facts.children_in_need
    council.monthly_budget = money.monthly_budget(facts.children_in_need)
    council.structural_level = start.structural_level(expected, then, luck[STRUCTURE][i], c)
    council.grade = grade
    council.usual_leadership = usual.usual_leadership(council, c)
    council.recovered = facts.recovered
    council.stigma = start.starting_stigma(grade, months)
    council.quality = start.quality_since(council.structural_level, then, months, luck[QUALITY_SINCE][i], c)
    attention.set_base(council.chief, luck[CHIEF][i], c)
    attention.settle_salience(council.chief)
    if grade == INADEQUATE:
        start.recall_failure(council, months, c)
    council.agency_share = workforce.within_bounds(
        workforce.resting_agency(council, c) + start.AGENCY_SPREAD * luck[AGENCY][i]
    )
    seat_director(i, then - expected, luck, council, director, c)


@uncounted
def seat_director(
    i: int, standing: float, luck: Luck, council: CouncilState, director: DirectorState, c: Coefficients
) -> None:
    """Write the director drawn for council ``i``, in post, or in the pool where an interim is in charge."""
    director.ability = start.starting_ability(standing, luck[START_ABILITY][i], c)
    director.months_in_post = start.starting_months_in_post(council.grade, luck[MONTHS_IN_POST][i])
    director.months_as_director = director.months_in_post + start.earlier_service(luck[SERVICE][i])
    director.status = PERMANENT
    director.council = i
    council.seat = i
    if start.starts_under_interim(council.grade, luck[UNDER_INTERIM][i]):
        director.status = POOL
        director.council = NOBODY
        council.seat = INTERIM
        council.interim_ability = leaving.INTERIM_SPREAD * luck[START_INTERIM_ABILITY][i]
        council.months_interim = int(start.INTERIM_MONTHS * luck[START_INTERIM_MONTHS][i])
        council.months_vacant = council.months_interim


@counted
def set_first_judgements(
    facts: FactSequence,
    luck: Luck,
    pause: tuple[int, int],
    when_due: bool,  # noqa: FBT001  compiled code takes its arguments by place
    councils: CouncilSequence,
) -> None:
    """Write when each council is judged first: in its known month where it has one, else by E11.

    The others come in order of when they are due, those due at once in order of code: ``when_due``, the overdue within
    a year, or else after the pause (England's councils in April 2018).
    """
    due = [
        inspection.months_to_next(facts[i].grade, luck[DUE][i]) - facts[i].months_since_judgement
        for i in range(len(facts))
    ]
    unknown, overdue, place = 0, 0, 0
    for i in range(len(facts)):
        if facts[i].first_month < 0:
            unknown += 1
            overdue += 1 if due[i] < 0 else 0
    for i in stable_order([float(month) for month in due]):
        if facts[i].first_month >= 0:
            councils[i].next_judgement = facts[i].first_month
            councils[i].next_framework = facts[i].first_framework
        elif when_due:
            councils[i].next_judgement = inspection.own_first_month(due[i], place, overdue, pause[0], pause[1])
            place += 1
        else:
            councils[i].next_judgement = inspection.english_first_month(due[i], place, unknown, pause[0], pause[1])
            place += 1
