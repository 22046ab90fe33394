"""What a run starts from, as plain numbers that rules read and never write: facts of councils, levers of arms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

POUNDS, DAYS, DIRECTOR_DAYS, AS_STATED = 0, 1, 2, 3
"""What is held equal between regimes, as numbers; with the last each arm pledges what its file says."""

ALL_WHO_MAY = -1
"""The number of givers that stands for all who may give."""

OWN_SHARE, SHARE_PAID, SHARE_UNPAID = 0, 1, 2
"""Where an arm's share of days given by directors in person stands: in the arm, or in one of two parameters."""

OWN_SHIFT, PARTNERS_SHIFT, PEERS_SHIFT, CHIEFS_SHIFT = 0, 1, 2, 3
"""Where an arm's shift of attention stands: in the arm, or in one of three parameters."""


@dataclass(frozen=True)
class CouncilFacts:
    """What the evidence says of a council at the start; units are those of `simulation.councils.Councils`."""

    region: int
    deprivation: float
    children_in_need: float
    grade: int
    months_since_judgement: int
    framework: int
    recovered: int
    first_month: int
    first_framework: int


@dataclass(frozen=True)
class ArmLevers:
    """The levers of an arm as numbers, for 152 councils and before any parity; `simulation.LEVERS` states units.

    ``delivered`` says that ``days_per_receiver`` counts delivered days; ``share_of`` and ``shift_of`` say where the
    director's share and the shift of attention stand, and ``director_share`` and ``attention_shift`` hold an arm's own.
    """

    first_month: int
    last_month: int
    days: float
    share: float
    givers: int
    giver_rule: int
    days_per_giver: float
    receiver_rule: int
    days_per_receiver: float
    delivered: bool
    givers_per_receiver: int
    reciprocal: bool
    paid: bool
    share_of: int
    director_share: float
    cash_per_day: float
    shadow_price_per_day: float
    shift_of: int
    attention_shift: float
    gold_preference: float
    region_preference: float
    labels: bool
    partnership: bool


FactSequence = Sequence[CouncilFacts]
LeverSequence = Sequence[ArmLevers]
