"""The start: every council and director on the last day before month 0 (rules S1 to S6)."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.chance import Chance
from simulation.coefficients import Coefficients
from simulation.councils import Councils
from simulation.rules import start
from simulation.rules.attention import set_base, settle_salience
from simulation.rules.inspection import INADEQUATE_SALIENCE, after_pause, months_to_next
from simulation.rules.leaving import INTERIM_SPREAD
from simulation.rules.money import monthly_budget
from simulation.rules.totals import mean_press, total_budget
from simulation.rules.workforce import held, resting_agency
from simulation.state import (
    CHILDREN,
    INADEQUATE,
    INTERIM,
    NOBODY,
    PERMANENT,
    POOL,
    CouncilState,
    DirectorState,
    SectorState,
)

DUE_WIDTH = 24
FIRST_DUE_WITHOUT_PAUSE = 24
OVERDUE_WIDTH = 12


def open_councils(
    councils: Councils, chance: Chance, c: Coefficients
) -> tuple[list[CouncilState], list[DirectorState]]:
    """Return the councils in order of code, each with its chief, and the directors of their seats, in the same order.

    What is known of each council is joined by what ``chance`` draws; `set_first_judgements` sets the first judgements.
    """
    effects = region_effects(councils, chance, c)
    draws = zip(*(table.tolist() for table in chance.start.values()), strict=True)
    states, directors = [], []
    for i, drawn in enumerate(draws):
        expected = effects[councils.region_index[i]] - c.deprivation_effect * councils.deprivation[i]
        luck = dict(zip(chance.start, drawn, strict=True))
        state, director = _open_council(i, councils, expected, luck, c)
        states.append(state)
        directors.append(director)
    return states, directors


def opening_sector(councils: Sequence[CouncilState], c: Coefficients) -> SectorState:
    """Return what no single council holds at the start: supply, the press climate and the national budget."""
    return SectorState(
        candidates=c.candidates_start, press_climate=mean_press(councils), monthly_budget=total_budget(councils)
    )


def region_effects(councils: Councils, chance: Chance, c: Coefficients) -> list[float]:
    """Return each region's effect on quality (SD), in the order of ``councils.regions``."""
    residuals = [0.0] * len(councils.regions)
    counts = [0] * len(councils.regions)
    for i in range(councils.n):
        region = councils.region_index[i]
        residuals[region] += start.grade_score(councils.grade[i], c) + c.deprivation_effect * councils.deprivation[i]
        counts[region] += 1
    luck = chance.regions.tolist()
    return [
        start.region_effect(residuals[region] / counts[region], counts[region], luck[region], c)
        for region in range(len(counts))
    ]


def _open_council(
    i: int, councils: Councils, expected: float, luck: dict[str, float], c: Coefficients
) -> tuple[CouncilState, DirectorState]:
    grade, months = councils.grade[i], councils.months_since_judgement[i]
    seen = start.inspected_score(expected, grade, luck["start_inspection"], c)
    then = start.quality_then(expected, seen, luck["start_quality_then"], c)
    council = CouncilState(
        index=i,
        region=councils.region_index[i],
        deprivation=councils.deprivation[i],
        children_in_need=councils.children_in_need[i],
        monthly_budget=monthly_budget(councils.children_in_need[i]),
        structural_level=start.structural_level(expected, then, luck["start_structure"], c),
        grade=grade,
        recovered=councils.recovered[i],
        stigma=start.starting_stigma(grade, months),
    )
    council.quality = start.quality_since(council.structural_level, then, months, luck["start_quality_since"], c)
    set_base(council.chief, luck["start_chief"], c)
    settle_salience(council.chief)
    if grade == INADEQUATE:
        _recall_failure(council, months, c)
    council.agency_share = held(resting_agency(council, c) + start.AGENCY_SPREAD * luck["start_agency"])
    return council, _seat_director(council, then - expected, luck, c)


def _recall_failure(council: CouncilState, months: int, c: Coefficients) -> None:
    """Let the council stand as an inadequate judgement so many ``months`` ago left it."""
    council.alarm = c.alarm_push * start.halved(months, 18.0)
    council.press = start.halved(months, 6.0)
    council.chief.salience[CHILDREN] += INADEQUATE_SALIENCE * start.halved(months, start.SALIENCE_HALF_LIFE)
    council.quality += start.alarm_gain(months, c)
    council.months_since_inadequate = months
    council.months_failing = months


def _seat_director(council: CouncilState, standing: float, luck: dict[str, float], c: Coefficients) -> DirectorState:
    """Return the director drawn for the council, in post, or in the pool where an interim is in charge."""
    months = start.starting_months_in_post(council.grade, luck["start_months_in_post"])
    director = DirectorState(
        ability=start.starting_ability(standing, luck["start_ability"], c),
        months_in_post=months,
        months_as_director=months + start.earlier_service(luck["start_service"]),
        status=PERMANENT,
        council=council.index,
    )
    council.seat = council.index
    if start.starts_under_interim(council.grade, luck["start_interim"]):
        director.status = POOL
        director.council = NOBODY
        council.seat = INTERIM
        council.interim_ability = INTERIM_SPREAD * luck["start_interim_ability"]
        council.months_interim = int(start.INTERIM_MONTHS * luck["start_interim_months"])
        council.months_vacant = council.months_interim
    return director


def set_first_judgements(
    states: list[CouncilState], councils: Councils, chance: Chance, pause: tuple[int, int]
) -> None:
    """Write when each council is judged first.

    Where the evidence knows the judgement, in its real month. England's other councils, longest due first, are spread
    over the two years after the pause (without a pause: when due, after month 24). A user's are judged when due, the
    overdue spread over the first year.
    """
    luck = chance.start["start_due"].tolist()
    due = [months_to_next(councils.grade[i], luck[i]) - councils.months_since_judgement[i] for i in range(councils.n)]
    unknown = []
    for state in states:
        i = state.index
        if councils.first_month[i] >= 0:
            state.next_judgement = councils.first_month[i]
            state.next_framework = councils.first_framework[i]
        else:
            unknown.append(i)
    unknown.sort(key=lambda i: (due[i], i))
    if councils.own:
        _spread_own(states, unknown, due, pause)
    elif pause == (0, 0):
        for i in unknown:
            states[i].next_judgement = max(FIRST_DUE_WITHOUT_PAUSE, due[i])
    else:
        for place, i in enumerate(unknown):
            states[i].next_judgement = pause[1] + DUE_WIDTH * place // len(unknown)


def _spread_own(states: list[CouncilState], unknown: list[int], due: list[int], pause: tuple[int, int]) -> None:
    overdue = sum(1 for i in unknown if due[i] < 0)
    for place, i in enumerate(unknown):
        month = OVERDUE_WIDTH * place // overdue if due[i] < 0 else due[i]
        states[i].next_judgement = after_pause(-1, month, *pause)
