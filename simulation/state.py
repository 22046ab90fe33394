"""The state variables of the model, one class an entity: what a rule may read and write.

The Mesa agents carry exactly these attributes, with these types; quality and everything "SD" is in standard deviations
of the March 2018 cross-section.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

INADEQUATE, REQUIRES_IMPROVEMENT, GOOD, OUTSTANDING = 0, 1, 2, 3
"""Grades as numbers, worst to best."""

ILACS, SIF = 0, 1
"""Frameworks of inspection, by their cuts: shifted (ILACS) and unshifted (single inspection framework)."""

PERMANENT, POOL, RESTING, LEFT = 0, 1, 2, 3
"""What a director is doing: in post, ready to return, resting after leaving, out of the sector."""

INTERIM, UNFILLED = -1, -2
"""A seat without a permanent director: an interim is in charge, or it waits for a direct appointment."""

NOBODY = -1
"""No council, no director, or a month that is not set."""

ONLY_INADEQUATE, BELOW_GOOD, WITH_CUSP = 0, 1, 2
"""Who may receive."""

GOOD_OR_BETTER, NEAR_GOOD_TOO = 0, 1
"""Who may give."""

UNLIMITED = 1e9
"""Days a month to which nothing sets a limit."""

OPEN_END = 1_000_000
"""The last month of an arm that never ends; also the number of givers where all who may give do."""

CHILDREN, ADULT_CARE, FINANCE, PLACE = 0, 1, 2, 3
"""The four services in which a chief executive's attention is spent."""


@dataclass(eq=False)
class ChiefState:
    """A chief executive: how strongly each of four services presses, and the share left for children's."""

    salience: list[float] = field(default_factory=lambda: [0.0] * 4)
    base_salience: list[float] = field(default_factory=lambda: [0.0] * 4)
    attention: float = 0.0


@dataclass(eq=False)
class DirectorState:
    """A director of children's services."""

    ability: float = 0.0
    months_in_post: int = 0
    months_as_director: int = 0
    status: int = PERMANENT
    council: int = NOBODY
    months_resting: int = 0


@dataclass(eq=False)
class CouncilState:
    """A council's children's services department.

    Every attribute but `chief` is a plain number; months count from month 0 and `NOBODY` (-1) stands for none.
    """

    index: int = 0
    region: int = 0
    deprivation: float = 0.0
    children_in_need: float = 0.0
    monthly_budget: float = 0.0
    structural_level: float = 0.0

    quality: float = 0.0
    grade: int = INADEQUATE
    next_judgement: int = NOBODY
    next_framework: int = ILACS
    recovered: int = 0
    borrowed_practice: float = 0.0
    alarm: float = 0.0
    stigma: float = 0.0
    press: float = 0.0
    agency_share: float = 0.0
    pressure: float = 0.0
    pressure_start: float = 0.0
    leadership: float = 0.0
    usual_leadership: float = 0.0

    seat: int = INTERIM
    interim_ability: float = 0.0
    months_interim: int = 0
    months_vacant: int = 0

    days_given: float = 0.0
    director_days_given: float = 0.0
    days_received: float = 0.0
    inflow: float = 0.0
    estimate: float = 0.0
    room: float = 0.0
    gives: int = NOBODY
    receives: int = NOBODY
    helping: int = NOBODY
    place: int = 0
    regional_place: int = 0
    labelled_giver: int = 0
    labelled_receiver: int = 0
    attention_shift: float = 0.0
    partner: int = NOBODY
    partner_of: int = NOBODY
    partnership_months: int = 0
    partnership_grade: int = INADEQUATE
    trust_from: int = NOBODY
    trust_months: int = NOBODY

    months_since_inadequate: int = NOBODY
    months_failing: int = NOBODY
    months_below_good: int = 0
    months_inadequate: int = 0
    quality_sum: float = 0.0
    months_giving: int = 0
    days_given_sum: float = 0.0
    days_received_sum: float = 0.0
    exits: int = 0
    director_changes: int = 0

    chief: ChiefState = field(default_factory=ChiefState)


@dataclass(eq=False)
class SectorState:
    """What no single council holds: supply of directors, the climate of the press, sums of the month, the ledger.

    Counts are of the month in hand; money is in whole pence.
    """

    month: int = 0
    gap: float = 0.0
    candidates: float = 0.0
    press_climate: float = 0.0
    mean_quality: float = 0.0
    mean_press: float = 0.0
    leadership_start: float = 0.0
    monthly_budget: float = 0.0

    director_changes: int = 0
    dismissals: int = 0
    voluntary_exits: int = 0
    moves: int = 0
    filled: int = 0
    vacancy_months: int = 0
    interim_spells: int = 0
    interim_spell_months: int = 0
    appointed_ability_sum: float = 0.0
    judgements: int = 0
    falls: int = 0

    days_pledged: float = 0.0
    days_delivered: float = 0.0
    director_days: float = 0.0
    programme_cash: int = 0
    programme_shadow: int = 0
    trust_cost: int = 0
    failure_cost: int = 0
    funding_gap: int = 0
    spent: int = 0
    spent_on_trusts: int = 0
    directors: int = 0
    pool: int = 0
    links: int = 0
    whole_givers: int = 0


@dataclass(frozen=True)
class ArmTerms:
    """What one arm of a regime offers, in a run of so many councils: days are a month, money is pounds a day.

    ``budget`` is pledged days, `UNLIMITED` where nothing but the givers sets a limit. ``worth`` is what a pledged day
    counts in the unit of the parity, beside one of the last arm; 0 in an arm which that unit does not limit.
    """

    first_month: int
    last_month: int
    budget: float
    worth: float
    givers: int
    giver_rule: int
    days_per_giver: float
    receiver_rule: int
    days_per_receiver: float
    givers_per_receiver: int
    reciprocal: bool
    paid: bool
    director_share: float
    cash_per_day: float
    shadow_price_per_day: float
    attention_shift: float
    gold_preference: float
    region_preference: float
    labels: bool
    partnership: bool


@dataclass(eq=False)
class LinkState:
    """One link: who receives from whom since the last matching, how many pledged days a month, in which arm."""

    receiver: int = NOBODY
    giver: int = NOBODY
    days: float = 0.0
    arm: int = NOBODY


@dataclass(eq=False)
class SlotState:
    """A giver's place on a shelf where receivers look for one, and the nearest places at or beside it still in use."""

    giver: int = NOBODY
    estimate: float = 0.0
    left: int = 0
    right: int = 0


@dataclass(eq=False)
class PanelState:
    """What is recorded of a council in a month, where a panel is asked for.

    ``director_changes`` counts from month 0; ``months_in_post`` is that of a permanent director, else `NOBODY`.
    """

    grade: int = INADEQUATE
    next_judgement: int = NOBODY
    quality: float = 0.0
    agency_share: float = 0.0
    director_changes: int = 0
    interim: int = 0
    months_in_post: int = NOBODY


@dataclass(eq=False)
class SectionState:
    """A section of a shelf: its first place, the place after its last, and the place that the last search reached."""

    first: int = 0
    after: int = 0
    reached: int = 0


CouncilSequence = Sequence[CouncilState]
DirectorSequence = Sequence[DirectorState]
LinkSequence = Sequence[LinkState]
SlotSequence = Sequence[SlotState]
SectionSequence = Sequence[SectionState]
PanelSequence = Sequence[PanelState]


@dataclass(eq=False)
class MonthState:
    """What is recorded of a month: one attribute a path, in the units of `simulation.outcomes.paths.PATHS`."""

    inadequate: int = 0
    requires_improvement: int = 0
    good: int = 0
    outstanding: int = 0
    inadequate_children: float = 0.0
    below_cut: int = 0
    good_or_better: float = 0.0
    mean_quality: float = 0.0
    quality_spread: float = 0.0
    quality_spread_not_giving: float = 0.0
    bimodality: float = 0.0
    stuck: int = 0
    judgements: int = 0
    falls: int = 0
    director_changes: int = 0
    dismissals: int = 0
    voluntary_exits: int = 0
    moves: int = 0
    filled: int = 0
    vacancy_months: int = 0
    interim_spells: int = 0
    interim_spell_months: int = 0
    appointed_ability_sum: float = 0.0
    interims: int = 0
    months_in_post: float = 0.0
    pool: int = 0
    candidates: float = 0.0
    press_climate: float = 0.0
    attention: float = 0.0
    attention_adult_care: float = 0.0
    attention_finance: float = 0.0
    attention_place: float = 0.0
    agency_share: float = 0.0
    givers: int = 0
    receivers: int = 0
    days_pledged: float = 0.0
    days_delivered: float = 0.0
    director_days: float = 0.0
    over_release: int = 0
    need_days: float = 0.0
    unmet_days: float = 0.0
    waiting: int = 0
    partnerships: int = 0
    trusts: int = 0
    programme_cash: float = 0.0
    programme_shadow: float = 0.0
    trust_cost: float = 0.0
    over_budget: int = 0
    failure_cost: float = 0.0
    funding_gap: float = 0.0
