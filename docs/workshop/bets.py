"""Bets: a CSV file, a row a group and round, checked as a whole before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from budget import Programme, faults_of
from rounds import OWN, Round, Workshop

from simulation.errors import InputError, nearest, shown
from simulation.evidence.reader import Row, read_file
from simulation.evidence.schema import Column, Schema

NOWHERE = "nowhere"
"""What a group writes that thinks that the answer does not turn."""
EVEN, SURE = 50.0, 100.0
_MOST_GROUPS = 200
_MOST_FEWER = 20_000.0
_DOSES = (1.0, 20.0)
_PROGRAMME = ("partners", "peers", "chiefs", "days_per_receiver")
BETS = Schema(
    "bets",
    "bets of groups",
    (
        Column("group", "text", "name of the group"),
        Column("round", "text", "number of the round"),
        Column("better", "text", "regime that does better, the group thinks"),
        Column("likely", "text", "in how many worlds of a hundred, 50 to 100"),
        Column("fewer", "text", "council-months inadequate that it has fewer, on average", required=False),
        Column("turns", "text", "number at which the answer turns, or nowhere", required=False),
        Column("partners", "text", "partners of the group's own programme", required=False),
        Column("peers", "text", "peers of it", required=False),
        Column("chiefs", "text", "whether chief executives take part: yes or no", required=False),
        Column("days_per_receiver", "text", "most days a month for one council that is helped", required=False),
    ),
    most_rows=_MOST_GROUPS,
    noun="bet",
    open_ended=True,
)


@dataclass(frozen=True)
class Bet:
    """What a group wrote before it saw the answer.

    Attributes:
        group: its name.
        round: number of the round.
        better: the regime that it thinks does better, `OWN` for its own programme.
        likely: in how many worlds of a hundred, 50 to 100.
        fewer: council-months inadequate that this regime has fewer, on average; None where left open.
        turns: a parameter, or `NOWHERE`; empty where left open.
        programme: its own, in the round that asks for one.
    """

    group: str
    round: int
    better: str
    likely: float
    fewer: float | None = None
    turns: str = ""
    programme: Programme | None = None


class BetsError(InputError):
    """Bets that cannot be scored: a sentence a fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


def read_bets(path: str | Path, workshop: Workshop) -> list[Bet]:
    """Return the bets of a file.

    Raises:
        BetsError: bets are wrong; all faults are told.
        InputError: the file cannot be read, or has other columns.
    """
    faults: list[str] = []
    bets: list[Bet] = []
    seen: dict[tuple[str, int], int] = {}
    for row in read_file(path, BETS):
        reader = _RowReader(row, workshop)
        bet = reader.bet()
        if bet and (earlier := seen.setdefault((bet.group.casefold(), bet.round), row.number)) != row.number:
            reader.note("round", f"one bet of a group in a round (row {earlier} has one)", str(bet.round))
        faults += [f"{path}, row {row.number}, column {fault}" for fault in reader.faults]
        bets += [bet] if bet else []
    if faults:
        raise BetsError(faults)
    return bets


class _RowReader:
    """Reads one row, and notes what is wrong with it."""

    def __init__(self, row: Row, workshop: Workshop) -> None:
        self._cells: Mapping[str, str | None] = row.cells
        self._workshop = workshop
        self.faults: list[str] = []

    def bet(self) -> Bet | None:
        """Return the bet, None where it is wrong."""
        one = self._round()
        if one is None:
            return None
        names = (one.regime, one.against)
        better = self._one_of("better", names)
        likely = self._number("likely", EVEN, SURE, "50 where it is too close to call")
        fewer = self._number("fewer", -_MOST_FEWER, _MOST_FEWER)
        turns = self._one_of("turns", (*self._workshop.turns, NOWHERE))
        programme = self._programme() if one.is_own else None
        if not one.is_own:
            self._refuse_programme()
        if self.faults or likely is None:
            return None
        return Bet(str(self._cells["group"]), one.number, better, likely, fewer, turns, programme)

    def note(self, column: str, expected: str, came: str) -> None:
        """Note a fault of a cell."""
        self.faults.append(f"{column!r}: expected {expected}, got {shown(came) if came else 'nothing'}")

    def _round(self) -> Round | None:
        text = str(self._cells["round"])
        by_number = {str(one.number): one for one in self._workshop.rounds}
        if text not in by_number:
            self.note("round", f"one of {', '.join(by_number)}", text)
        return by_number.get(text)

    def _one_of(self, column: str, valid: tuple[str, ...]) -> str:
        text = self._cells.get(column) or ""
        if text and text not in valid:
            self.note(column, f"one of {', '.join(valid)}", text)
            self.faults[-1] += nearest(text, valid)
        return text

    def _number(self, column: str, low: float, high: float, hint: str = "") -> float | None:
        text = self._cells.get(column) or ""
        try:
            value = float(text) if text else None
        except ValueError:
            value = high + 1
        if value is not None and not low <= value <= high:
            said = f" ({hint})" if hint else ""
            self.note(column, f"a number from {low:g} to {high:g}{said}", text)
        return value

    def _count(self, column: str) -> int:
        text = self._cells.get(column) or ""
        if not (text.isascii() and text.isdigit() and len(text) < len("10000")):
            self.note(column, "a whole number of councils, 0 or more", text)
            return 0
        return int(text)

    def _programme(self) -> Programme | None:
        before = len(self.faults)
        partners, peers = self._count("partners"), self._count("peers")
        chiefs = self._one_of("chiefs", ("yes", "no")) == "yes"
        dose = self._number("days_per_receiver", *_DOSES)
        if len(self.faults) > before:
            return None
        programme = Programme(partners, peers, chiefs, dose)
        self.faults += [f"'peers': expected {fault}" for fault in faults_of(self._workshop, programme)]
        return programme

    def _refuse_programme(self) -> None:
        own = [str(one.number) for one in self._workshop.rounds if one.is_own]
        for column in _PROGRAMME:
            if text := self._cells.get(column):
                self.note(column, f"nothing but in round {', '.join(own)}", text)


def groups_of(bets: list[Bet]) -> Iterator[str]:
    """Yield the groups' names, each once, in the order of the file."""
    yield from dict.fromkeys(bet.group for bet in bets)


def bets_of(bets: list[Bet], number: int) -> list[Bet]:
    """Return the bets on a round."""
    return [bet for bet in bets if bet.round == number]


def chance_of(bet: Bet, one: Round) -> float:
    """Return in which share of the worlds the round's regime does better, by a bet."""
    likely = bet.likely / SURE
    return likely if bet.better in (one.regime, OWN) and bet.better != one.against else 1.0 - likely
