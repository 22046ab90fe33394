"""One run, watched month by month: directors' posts and how they end, judgements, and who supports whom.

Watching changes nothing: the run is the same, bit for bit, as one that nobody watches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from simulation import Director, Run, SectorModel
from simulation.agents.model import run_to_the_end
from simulation.coefficients import Coefficients
from simulation.regimes import Regime
from simulation.state import NOBODY, CouncilState

_DISMISSED, _BY_CHOICE, _MOVED, _TO_TRUST, _GOES_ON = "dismissed", "left", "moved", "trust", ""
"""How a post ends; the last where it goes on at the end of the run."""


@dataclass(frozen=True, eq=False)
class Watched:
    """A run and what was seen of it.

    Attributes:
        run: its record, with its panel.
        posts: a row a director's post, in order of its end: director (a number), council (its place by code), first and
            last (months at whose end the director was in it; -1 where they left in month 0), served (months in it at
            its end as the model counts them, those before the run among them), end (how it ended).
        judgements: a row a judgement: month, council, director (in post at the month's end, below 0 where there is
            none), before and grade (numbers).
        links: a row a month and link: month, giver and receiver (places by code), days (pledged a month) and arm.
        seed: what its luck was drawn from.
    """

    run: Run
    posts: pd.DataFrame
    judgements: pd.DataFrame
    links: pd.DataFrame
    seed: int


class WatchedDirector(Director):
    """A director of whom it is known whether bad press has forced them out."""

    forced_out = False

    def is_dismissed(self, council: CouncilState, luck: float, c: Coefficients) -> bool:
        """Return what any director's does, and remember it."""
        self.forced_out = super().is_dismissed(council, luck, c)
        return self.forced_out


class WatchedModel(SectorModel):
    """A model that writes down each month who came, who went and why, who was judged and who supports whom."""

    director_class = WatchedDirector

    def __init__(self, regime: str | Regime, **options: Any) -> None:
        """Set up month 0.

        Args:
            regime: as of `watch`.
            **options: as of `watch`.
        """
        super().__init__(regime, **options)
        self.posts: list[dict[str, Any]] = []
        self.judged: list[dict[str, Any]] = []
        self.linked: list[dict[str, Any]] = []
        self._begun = [0] * len(self.councils)

    def step(self) -> None:
        """Run the month in hand, and write down what happened in it."""
        month = self.sector.month
        before = [
            (council.seat, self._service(council.seat), council.grade, council.next_judgement == month)
            for council in self.councils
        ]
        super().step()
        for council, (seat, service, grade, due) in zip(self.councils, before, strict=True):
            if council.seat != seat:
                if seat >= 0:
                    # Who is in post when a month begins serves it, and leaves after that.
                    self._close(council.index, seat, month - 1, service + 1, self._end(council.index, seat, month))
                self._begun[council.index] = month
            if due:
                row = {"month": month, "council": council.index, "director": council.seat}
                self.judged.append(row | {"before": grade, "grade": council.grade})
        for link in self.links[: self.sector.links]:
            ends = {"giver": link.giver, "receiver": link.receiver}
            self.linked.append({"month": month, **ends, "days": link.days, "arm": link.arm})
        if not self.running:
            for council in self.councils:
                if council.seat >= 0:
                    self._close(council.index, council.seat, month, self._service(council.seat), _GOES_ON)

    def _service(self, seat: int) -> int:
        return self.directors[seat].months_in_post if seat >= 0 else 0

    def _end(self, council: int, seat: int, month: int) -> str:
        director = self.directors[seat]
        if isinstance(director, WatchedDirector) and director.forced_out:
            return _DISMISSED
        if director.council not in {NOBODY, council}:
            return _MOVED
        return _TO_TRUST if self.councils[council].trust_from == month else _BY_CHOICE

    def _close(self, council: int, seat: int, last: int, served: int, end: str) -> None:
        post = {"director": seat, "council": council, "first": self._begun[council], "last": last}
        self.posts.append(post | {"served": served, "end": end})


def watch(regime: str | Regime = "partners_in_practice", **options: Any) -> Watched:
    """Run one regime once by Mesa's agents, and return the run and what was seen of it.

    Args:
        regime: name of a shipped regime, path of a TOML file, or a `Regime`.
        **options: those of `SectorModel`: replicate, seed, months, parity, parameters, scenario, and so on.

    Raises:
        InputError: anything handed in is not valid.
    """
    model = WatchedModel(regime, **{**options, "panel": True})
    run = run_to_the_end(model)
    return Watched(
        run,
        pd.DataFrame(model.posts, columns=["director", "council", "first", "last", "served", "end"]),
        pd.DataFrame(model.judged, columns=["month", "council", "director", "before", "grade"]),
        pd.DataFrame(model.linked, columns=["month", "giver", "receiver", "days", "arm"]),
        int(model.chance.seed),
    )
