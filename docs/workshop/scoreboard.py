"""Bets beside results: as lines to print, a table, a picture and a page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from bets import NOWHERE
from budget import words_of
from points import NO_BET, Score, Total
from rounds import MOVED, Answer, Round, Workshop, regime_of
from scores_figure import scores_figure

from experiments.figures.canvas import save
from experiments.files.whole import write_csv, write_text
from experiments.report.parts import Picture, Section, Table
from experiments.report.plain_page import lay_out_page
from experiments.text.dates import period_words
from experiments.text.names import parity_words
from experiments.text.numbers import NO_NUMBER, plain, pounds, share_words, span, with_sign
from simulation.regimes import load_regime

SCORES_COLUMNS = (
    "group", "round", "title", "regime", "against", "parity", "better", "likely", "fewer", "turns", "verdict", "share",
    "share_error", "difference", "difference_error", "worlds_low", "worlds_high", "worlds", "left_out", "decides",
    "turns_at", "chance", "points", "points_error", "best_points", "fewer_came", "turns_named", "link",
)  # fmt: skip
"""Columns of `scores.csv`: what was bet, what came, and what it is worth."""
HOW = (
    "A bet starts with 100 points. In each world it loses 100 times the square of the chance that it gave to what did "
    "not come true there; its points are the mean over all worlds. Whoever writes what they think can expect most. A "
    f"bet of 50, or no bet, keeps {NO_BET:g} whatever the answer."
)


def printed_scores(workshop: Workshop, scores: Sequence[Score], totals: Sequence[Total]) -> str:
    """Return the bets beside the results as lines: a table a round, and the totals."""
    parts = []
    for number in sorted({score.bet.round for score in scores}):
        mine = [score for score in scores if score.bet.round == number]
        parts.append(f"Round {number}. {workshop.rounds[number - 1].title}")
        parts += [f"  {words}" for words in _answers(mine)]
        parts.append(_columns(_HEADS, [_cells(score) for score in mine]))
    parts.append(_columns(_TOTALS, [_total_cells(total) for total in totals]))
    return "\n".join([*parts, HOW, ""])


def write_scores(
    folder: Path, workshop: Workshop, scores: Sequence[Score], totals: Sequence[Total]
) -> tuple[Path, Path, Path]:
    """Write `scores.csv`, `scores.png` and `scores.html` into a folder, and return their paths.

    Raises:
        OSError: they cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    table, picture, page = (folder / f"scores.{ending}" for ending in ("csv", "png", "html"))
    write_csv(table, scores_table(scores), encoding="utf-8-sig", digits=10)
    save(scores_figure(workshop, scores), picture)
    write_text(page, scores_page(workshop, scores, totals))
    return table, picture, page


def scores_table(scores: Sequence[Score]) -> pd.DataFrame:
    """Return a row a bet: what was bet, what came, and what it is worth."""
    return pd.DataFrame([_row(score) for score in scores], columns=list(SCORES_COLUMNS))


def scores_page(workshop: Workshop, scores: Sequence[Score], totals: Sequence[Total]) -> str:
    """Return the page that a facilitator shows: one file that needs no other."""
    sections = [_totals_section(workshop, scores, totals)]
    for number in sorted({score.bet.round for score in scores}):
        mine = [score for score in scores if score.bet.round == number]
        one = workshop.rounds[number - 1]
        rows = tuple(_cells(score) for score in mine)
        table = Table("What was bet, and what came", _HEADS, rows, words=frozenset({1, 4}))
        title = f"Round {number}. {one.title}"
        sections.append(Section(f"round-{number}", title, lead=(one.question, *_answers(mine)), tables=(table,)))
    note = f"{workshop.draws} draws, {workshop.replicates} replicates, {period_words(workshop.start, workshop.months)}."
    return lay_out_page("Bets and results", (HOW,), sections, note=note)


def _answers(scores: Sequence[Score]) -> tuple[str, ...]:
    """Return the answers of a round, each once; those of tables' own programmes say whose."""
    said: dict[str, None] = {}
    for score in scores:
        programme = score.bet.programme
        whose = f"{score.bet.group}, {words_of(programme)}: " if programme else ""
        said[f"{whose}{answer_words(score.one, score.answer)}"] = None
    return tuple(said)


def answer_words(one: Round, answer: Answer) -> str:
    """Return a round's answer in a sentence or two: the verdict, how likely, how much, the range and what decides."""
    effect = answer.effect
    names = [regime_of(one, name).name for name in (one.regime, one.against)]
    mine, theirs = (title_of(name) for name in names)
    decides = ", ".join(f"{name} ({_where(answer, name)})" for name in answer.decides) or "nothing that can be told"
    return (
        f"{mine} against {theirs}, at {parity_words(one.parity)}: {effect.verdict}. Better in "
        f"{share_words(effect.share, effect.share_error)} of {effect.worlds} worlds; {with_sign(effect.difference)} "
        f"council-months inadequate (standard error {plain(effect.difference_error)}), worlds from "
        f"{span(effect.worlds_low, effect.worlds_high, 0)}. What decides: {decides}. {cost_words(one, answer)}"
    )


def cost_words(one: Round, answer: Answer) -> str:
    """Return what both regimes of a round took in all, over all worlds: unpaid days at their worth."""
    names = [regime_of(one, name).name for name in (one.regime, one.against)]
    bills = (
        f"{title_of(name)} took {pounds(cost['programme_cost'])} at full cost and {plain(cost['director_days'], 0)} "
        f"days of directors for {plain(cost['days_delivered'], 0)} days of support"
        for name, cost in ((name, answer.costs[name]) for name in names)
    )
    return f"{'; '.join(bills)}."


def title_of(regime: str) -> str:
    """Return a regime's title as read; one whose levers were moved says so."""
    moved = regime.endswith(MOVED)
    return load_regime(regime.removesuffix(MOVED)).title + (", levers moved" if moved else "")


def fewer_came(score: Score) -> float:
    """Return how many council-months inadequate the regime of a bet has fewer, on average."""
    backs_regime = score.bet.better != score.one.against
    return -score.answer.effect.difference if backs_regime else score.answer.effect.difference


def turns_named(score: Score) -> str:
    """Return whether a bet named a number at which the sign turns: yes, no, or empty where it named none."""
    turns = score.answer.turns
    said = score.bet.turns
    return "" if not said else "yes" if (said in turns if said != NOWHERE else not turns) else "no"


def _where(answer: Answer, name: str) -> str:
    return f"turns at {plain(answer.turns[name])}" if name in answer.turns else "does not turn it"


_HEADS = ("Group", "Bet on", "Bet: in 100", "Came: in 100", "Turn named", "Bet: fewer", "Came: fewer", "Points", "Best")
_TOTALS = ("Place", "Group", "Rounds bet on", "Mean points", "Standard error, at most")


def _cells(score: Score) -> tuple[str, ...]:
    bet, effect = score.bet, score.answer.effect
    backs_against = bet.better == score.one.against
    came = 1.0 - effect.share if backs_against else effect.share
    return (
        bet.group,
        "own programme" if bet.programme and not backs_against else title_of(bet.better),
        plain(bet.likely, 0),
        plain(100 * came, 0),
        turns_named(score),
        NO_NUMBER if bet.fewer is None else plain(bet.fewer, 0),
        plain(fewer_came(score), 0),
        f"{plain(score.points, 1)} ±{plain(score.error, 1)}",
        plain(score.best, 1),
    )


def _total_cells(total: Total) -> tuple[str, ...]:
    place = "level with the first" if total.level else "behind"
    return place, total.group, str(total.bets), plain(total.points, 1), plain(total.error, 1)


def _totals_section(workshop: Workshop, scores: Sequence[Score], totals: Sequence[Total]) -> Section:
    rows = tuple((cells[1], cells[0], *cells[2:]) for cells in map(_total_cells, totals))
    heads = (_TOTALS[1], _TOTALS[0], *_TOTALS[2:])
    told = "; ".join(f"round {one.bet.round}, {one.bet.group}: bet {_hundred(one.chance)}, came "
                     f"{_hundred(one.answer.effect.share)}" for one in scores)  # fmt: skip
    picture = Picture(
        "scores",
        scores_figure(workshop, scores),
        f"In how many worlds of a hundred the round's regime does better: {told}.",
        "A filled dot is a bet, a diamond the result with its 95% interval.",
    )
    table = Table("Points", heads, rows, words=frozenset({1}))
    return Section("all", "All rounds", pictures=(picture,), tables=(table,))


def _hundred(share: float) -> str:
    return plain(100 * share, 0)


def _row(score: Score) -> dict[str, object]:
    bet, one, effect = score.bet, score.one, score.answer.effect
    return {
        "group": bet.group,
        "round": bet.round,
        "title": one.title,
        **{name: regime_of(one, getattr(one, name)).name for name in ("regime", "against")},
        "parity": one.parity,
        "better": bet.better,
        "likely": bet.likely,
        "fewer": math.nan if bet.fewer is None else bet.fewer,
        "turns": bet.turns,
        **{name: getattr(effect, name) for name in SCORES_COLUMNS if hasattr(effect, name)},
        "decides": " ".join(score.answer.decides),
        "turns_at": " ".join(f"{name}:{value:.6g}" for name, value in score.answer.turns.items()),
        "chance": score.chance,
        "points": score.points,
        "points_error": score.error,
        "best_points": score.best,
        "fewer_came": fewer_came(score),
        "turns_named": turns_named(score),
        "link": one.link,
    }


def _columns(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return cells in columns as wide as they need."""
    widths = [max(len(row[place]) for row in (heads, *rows)) for place in range(len(heads))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (heads, *rows)]
    return "\n".join(f"  {line.rstrip()}" for line in lines) + "\n"
