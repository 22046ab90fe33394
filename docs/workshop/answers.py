"""The answers that stand on the pages: kept in `answers.csv`, made by the comparisons of `rounds.toml`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from bets import read_bets
from budget import Programme, words_of
from rounds import Answer, Round, Workshop, answer_of, regime_of
from scoreboard import title_of

from experiments.files.whole import read_csv
from experiments.text.numbers import plain, pounds, share_words, span, with_sign
from experiments.text.pages import table

HERE = Path(__file__).resolve().parent
ANSWERS, EXAMPLE = HERE / "answers.csv", HERE / "bets_example.csv"
RUNS = Path("results") / "workshop"
_EFFECT = (
    "verdict", "share", "share_error", "difference", "difference_error", "worlds_low", "worlds_high", "worlds",
    "left_out", "gains", "losses", "matters",
)  # fmt: skip
_SIDES = ("regime", "against")


@dataclass(frozen=True)
class Asked:
    """A comparison whose answer stands on the pages.

    Attributes:
        name: of its folder, as `score.py` calls it.
        one: the round, with the programme in it where it has one.
        programme: a table's own, from the example's bets; None in the other rounds.
    """

    name: str
    one: Round
    programme: Programme | None = None


def asked(workshop: Workshop) -> Iterator[Asked]:
    """Yield the comparison of each round; for a round of own programmes, those of the example's bets."""
    for one in workshop.rounds:
        if not one.is_own:
            yield Asked(f"round-{one.number}", one)
            continue
        for bet in read_bets(EXAMPLE, workshop):
            if bet.programme:
                name = f"round-{one.number}-{bet.programme.slug}"
                own = one.with_own(bet.programme.regime, bet.programme.levers)
                yield Asked(name, own, bet.programme)


def answers_table(workshop: Workshop) -> pd.DataFrame:
    """Return a row a comparison; each is run where its folder does not have it."""
    workers = os.cpu_count() or 1
    made = ((one, answer_of(workshop, one.one, RUNS / one.name, workers=workers)) for one in asked(workshop))
    return pd.DataFrame([_row(one, answer) for one, answer in made])


def answers() -> pd.DataFrame:
    """Return the table that is kept, a row a comparison.

    Raises:
        OSError: it cannot be read.
    """
    return read_csv(ANSWERS).fillna("")


def list_answers(workshop: Workshop) -> str:
    """Return what each round's comparison says."""
    heads = ("Round", "Compared", "Verdict", "Better in", "Council-months inadequate", "Worlds, 5 to 95%", "Worlds")
    fixed = [one.number for one in workshop.rounds if not one.is_own]
    return table(heads, ((row["round"], *_cells(row)) for row in _rows() if row["round"] in fixed))


def list_examples(workshop: Workshop) -> str:
    """Return what the example's own programmes say."""
    heads = ("Bought", "Compared", "Verdict", "Better in", "Council-months inadequate", "Worlds, 5 to 95%", "Worlds")
    bought = {one.name: words_of(one.programme) for one in asked(workshop) if one.programme}
    return table(heads, ((bought[str(row["name"])], *_cells(row)) for row in _rows() if row["name"] in bought))


def list_turns(workshop: Workshop) -> str:
    """Return the numbers that decide each round, and where the sign of the difference turns."""
    lines = []
    fixed = [one.number for one in workshop.rounds if not one.is_own]
    for row in (one for one in _rows() if one["round"] in fixed):
        places = dict(pair.split(":") for pair in str(row["turns_at"]).split())
        for name in str(row["decides"]).split():
            where = f"turns at {plain(float(places[name]))}" if name in places else "does not turn"
            lines.append((row["round"], f"`{name}`", workshop.turns.get(name, ""), where))
    return table(("Round", "Number that decides", "In words", "The sign"), dict.fromkeys(lines))


def list_costs(_: Workshop) -> str:
    """Return what both regimes of each comparison took in all, over all worlds."""
    heads = ("Round", "Regime", "Full cost", "Days of support", "Days of directors")
    lines = (
        (
            row["round"],
            title_of(str(row[side])),
            pounds(row[f"{side}_programme_cost"]),
            *(plain(row[f"{side}_{name}"], 0) for name in ("days_delivered", "director_days")),
        )
        for row in _rows()
        for side in _SIDES
    )
    return table(heads, dict.fromkeys(lines))


def _rows() -> Iterator[dict[str, Any]]:
    for row in answers().to_dict("records"):
        yield {str(name): value for name, value in row.items()}


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    return (
        f"{title_of(str(row['regime']))} against {title_of(str(row['against']))}",
        str(row["verdict"]),
        share_words(row["share"], row["share_error"]),
        f"{with_sign(row['difference'])} (standard error {plain(row['difference_error'])})",
        span(row["worlds_low"], row["worlds_high"], 0),
        f"{row['worlds']}; {plain(100 * row['left_out'], 0)}% left out",
    )


def _row(one: Asked, answer: Answer) -> dict[str, object]:
    names = {side: regime_of(one.one, getattr(one.one, side)).name for side in _SIDES}
    return {
        "round": one.one.number,
        "name": one.name,
        **names,
        "parity": one.one.parity,
        **{name: getattr(answer.effect, name) for name in _EFFECT},
        "decides": " ".join(answer.decides),
        "turns_at": " ".join(f"{name}:{value:.6g}" for name, value in answer.turns.items()),
        **{
            f"{side}_{cost}": value
            for side, name in names.items()
            for cost, value in sorted(answer.costs[name].items())
        },
        "link": one.one.link,
    }
