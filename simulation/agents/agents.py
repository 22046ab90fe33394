"""The agents: councils, their directors and their chief executives, as Mesa knows them.

Each method is a rule, so an agent does what the equations say. To try another behaviour, subclass an agent, override
one method and hand the class to `SectorModel`.
"""

from __future__ import annotations

from dataclasses import fields

import mesa

from simulation.agents.overrides import Overridable
from simulation.rules import (
    attention,
    hiring,
    inspection,
    leadership,
    leaving,
    matching,
    money,
    practice,
    pressure,
    record,
    removal,
    support,
    terms,
    workforce,
)
from simulation.state import ChiefState, CouncilState, DirectorState


class ChiefExecutive(Overridable, mesa.Agent, ChiefState):
    """A council's chief executive: a budget of attention over four services, of which children's is one."""

    update_attention = attention.update_attention
    meet_crisis = attention.meet_crisis
    change = attention.change_chief

    def __init__(self, model: mesa.Model, state: ChiefState) -> None:
        super().__init__(model)
        self.salience = list(state.salience)
        self.base_salience = list(state.base_salience)
        self.attention = state.attention


class Director(Overridable, mesa.Agent, DirectorState):
    """A director of children's services: in post, in the pool, resting, or gone."""

    serve_month = leaving.serve_month
    is_dismissed = leaving.is_dismissed
    leaves_by_choice = leaving.leaves_by_choice
    leave_post = leaving.leave_post
    rest = leaving.rest
    tire = hiring.tire
    take_post = hiring.take_post
    lead_trust = removal.lead_trust

    def __init__(self, model: mesa.Model, state: DirectorState) -> None:
        super().__init__(model)
        for field in fields(DirectorState):
            setattr(self, field.name, getattr(state, field.name))


class Council(Overridable, mesa.Agent, CouncilState):
    """A council's children's services department, with its chief executive."""

    chief: ChiefExecutive

    update_pressure = pressure.update_pressure
    update_leadership = leadership.update_leadership
    update_quality = practice.update_quality
    collapse = practice.collapse
    update_agency = workforce.update_agency
    fade = practice.fade
    update_salience = attention.update_salience
    lose_director = leaving.lose_director
    vacate_seat = leaving.vacate_seat
    seat_interim = leaving.seat_interim
    wait_month = hiring.wait_month
    seat_is_filled = hiring.seat_is_filled
    see_quality = inspection.see_quality
    give_grade = inspection.give_grade
    take_judgement = inspection.take_judgement
    set_next_judgement = inspection.set_next_judgement
    decides_trust = removal.decides_trust
    start_trust = removal.start_trust
    estimate_quality = matching.estimate_quality
    mark = terms.mark
    partnership_ends = terms.partnership_ends
    end_partnership = terms.end_partnership
    clear_support = support.clear_support
    deliver = support.deliver
    exchange = support.exchange
    months_led = support.months_led
    learn = support.learn
    learn_by_giving = support.learn_by_giving
    bill_failure = money.bill_failure
    bill_trust = money.bill_trust
    add_to_history = record.add_to_history

    def __init__(self, model: mesa.Model, state: CouncilState, chief: ChiefExecutive) -> None:
        super().__init__(model)
        for field in fields(CouncilState):
            setattr(self, field.name, getattr(state, field.name))
        self.chief = chief
