"""The purse of the workshop: what a partner or a peer takes in a year, and whether a programme is within it.

Prices are those of the model's regimes. Where the model has a range and not a number, the middle of the range is taken:
the same for paid and unpaid days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass

from rounds import Workshop

from simulation.parameters import PARAMETERS
from simulation.regimes import Arm, load_regime

PARTNER, PEER, ENGAGED_PEER = "partners_in_practice", "peer_support", "peer_support_with_chiefs"
"""The regimes whose first arm says what a partner, a peer, and a peer whose chief takes part give and cost."""
MIXED = "hybrid"
"""The regime of a programme of partners and peers, in this order."""
_MONTHS = 12
_SLACK = 1e-9


@dataclass(frozen=True)
class Bill:
    """What something takes and gives in a year.

    Attributes:
        cash: pounds paid.
        director_days: days of givers' directors.
        chief_days: days of givers' chief executives.
        pledged: days of support pledged.
        delivered: days of support that arrive.
        unpaid: pounds that the unpaid ones of these are worth.
    """

    cash: float = 0.0
    director_days: float = 0.0
    chief_days: float = 0.0
    pledged: float = 0.0
    delivered: float = 0.0
    unpaid: float = 0.0

    def times(self, number: int) -> Bill:
        """Return the bill of so many."""
        return Bill(*(number * value for value in astuple(self)))

    def plus(self, other: Bill) -> Bill:
        """Return both bills together."""
        return Bill(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class Programme:
    """What a table has bought.

    Attributes:
        partners: strong councils that are paid.
        peers: councils that give unpaid.
        chiefs: whether the peers' chief executives take part.
        days_per_receiver: most days a month for one council that is helped; as in the regimes' files where None.
    """

    partners: int
    peers: int
    chiefs: bool = False
    days_per_receiver: float | None = None

    @property
    def regime(self) -> str:
        """The regime of the model that it is."""
        return MIXED if self.partners else ENGAGED_PEER if self.chiefs else PEER

    @property
    def slug(self) -> str:
        """A name for its folder: the same for the same programme."""
        dose = "" if self.days_per_receiver is None else f"-{self.days_per_receiver:g}-days"
        return f"{self.partners}-partners-{self.peers}-{'engaged-' if self.chiefs else ''}peers{dose}"

    @property
    def levers(self) -> Mapping[str, float]:
        """Its levers, by ``regime.arm.lever``."""
        givers = [self.partners, self.peers] if self.partners else [self.peers]
        arms = load_regime(self.regime).arms
        levers: dict[str, float] = {}
        for place, (number, arm) in enumerate(zip(givers, arms, strict=True)):
            # Held where it would be drawn: a table has paid for so many days.
            levers[f"{self.regime}.{place}.days_per_giver"] = arm.days_per_giver
            levers[f"{self.regime}.{place}.givers"] = float(number)
            if self.days_per_receiver is not None:
                levers[f"{self.regime}.{place}.days_per_receiver"] = self.days_per_receiver
        return levers


def price(workshop: Workshop, regime: str) -> Bill:
    """Return what one giver of a regime's first arm takes in a year, all that it pledges being asked for."""
    arm = load_regime(regime).arms[0]
    pledged = _MONTHS * arm.days_per_giver
    delivered = pledged * (1.0 if arm.paid else middle("unpaid_delivery"))
    return Bill(
        cash=delivered * arm.cash_per_day,
        director_days=delivered * middle(str(arm.director_share)),
        chief_days=workshop.purse["chief_days_a_peer"] if regime == ENGAGED_PEER else 0.0,
        pledged=pledged,
        delivered=delivered,
        unpaid=delivered * arm.shadow_price_per_day,
    )


def middle(parameter: str) -> float:
    """Return the middle of a parameter's range."""
    info = PARAMETERS[parameter]
    return (info.low + info.high) / 2


def purse_of(workshop: Workshop) -> Bill:
    """Return what a table may spend in a year: cash and directors' days of the purse's partners, and chiefs' days."""
    partners = price(workshop, PARTNER).times(int(workshop.purse["partners"]))
    return Bill(partners.cash, partners.director_days, workshop.purse["chief_days"])


def bill_of(workshop: Workshop, programme: Programme) -> Bill:
    """Return what a programme takes in a year."""
    peer = ENGAGED_PEER if programme.chiefs else PEER
    return price(workshop, PARTNER).times(programme.partners).plus(price(workshop, peer).times(programme.peers))


def words_of(programme: Programme) -> str:
    """Return a programme in words."""
    parts = [f"{programme.partners} partners"] if programme.partners else []
    parts.append(f"{programme.peers} peers{', chiefs engaged' if programme.chiefs else ''}")
    dose = programme.days_per_receiver
    return " and ".join(parts) + (f", up to {dose:g} days a month for one council" if dose else "")


def most_of_mixed() -> tuple[int, int]:
    """Return the most partners, and the most peers, of a programme of both: the days that the hybrid's arms pledge."""
    partners, peers = load_regime(MIXED).arms
    return _most(partners), _most(peers)


def faults_of(workshop: Workshop, programme: Programme) -> Iterator[str]:
    """Yield what is wrong with a programme: what was expected, and what came."""
    if programme.peers < 1:
        yield "one peer or more (partners alone are what it is set against), got none"
    elif programme.partners:
        if programme.chiefs:
            yield "chiefs engaged only where there are no partners, got both"
        for name, most, number in zip(
            ("partners", "peers"), most_of_mixed(), (programme.partners, programme.peers), strict=True
        ):
            if number > most:
                yield f"at most {most} {name} in a programme of both, got {number}"
    bill, purse = bill_of(workshop, programme), purse_of(workshop)
    for words, taken, there in (
        ("pounds a year", bill.cash, purse.cash),
        ("days of directors a year", bill.director_days, purse.director_days),
        ("days of chief executives a year", bill.chief_days, purse.chief_days),
    ):
        if taken > there * (1 + _SLACK):
            yield f"a programme of at most {there:,.0f} {words}, got {taken:,.0f}"


def _most(arm: Arm) -> int:
    return int(float(arm.days) / arm.days_per_giver)
