"""Show groups' bets beside the results: `python docs/workshop/score.py bets.csv`.

The comparison of each round that was bet on is made once and kept in a folder. The same folder gets `scores.csv`,
`scores.png` and `scores.html`.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from bets import Bet, BetsError, read_bets
from points import Score, score_bet, totals_of
from rounds import ROUNDS_FILE, Answer, Workshop, answer_of, read_workshop
from scoreboard import printed_scores, write_scores

from experiments.running.endings import BAD_INPUT, end_in_words, end_process
from simulation.errors import InputError, one_line

RESULTS = Path("results") / "workshop"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message}; see --help")


def main(arguments: Sequence[str] | None = None) -> int:
    """Score the bets of a file; return the exit code."""
    return end_in_words("score", lambda: _score(_options(arguments)), "what was compared is kept")


def _score(options: argparse.Namespace) -> int:
    try:
        workshop = read_workshop(options.rounds)
        bets = read_bets(options.bets, workshop)
    except BetsError as error:
        return _told(error.faults)
    scores = _scored(workshop, bets, options.results)
    totals = totals_of(bets, scores)
    sys.stdout.write(printed_scores(workshop, scores, totals))
    for path in write_scores(options.results, workshop, scores, totals):
        sys.stdout.write(f"{path}\n")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = _Parser(prog="score", description="Show groups' bets beside the results of the model.")
    parser.add_argument("bets", type=Path, help="a CSV file of bets, as docs/workshop/bets.csv")
    parser.add_argument("--results", type=Path, default=RESULTS, help=f"folder of comparisons and scores ({RESULTS})")
    parser.add_argument("--rounds", type=Path, default=ROUNDS_FILE, help="another file of rounds than rounds.toml")
    return parser.parse_args(arguments)


def _scored(workshop: Workshop, bets: Sequence[Bet], folder: Path) -> list[Score]:
    """Return every bet beside its answer; bets on the same comparison share it."""
    answers: dict[str, Answer] = {}
    scores = []
    for bet in bets:
        one, name = workshop.rounds[bet.round - 1], f"round-{bet.round}"
        if bet.programme:
            one, name = one.with_own(bet.programme.regime, bet.programme.levers), f"{name}-{bet.programme.slug}"
        if name not in answers:
            sys.stderr.write(f"{name}: comparing, or reading what was compared\n")
            answers[name] = answer_of(workshop, one, folder / name, workers=os.cpu_count() or 1)
        scores.append(score_bet(bet, one, answers[name]))
    return scores


def _told(faults: Sequence[str]) -> int:
    for fault in faults:
        sys.stderr.write(f"score: {one_line(fault)}\n")
    return BAD_INPUT


if __name__ == "__main__":
    end_process(main())
