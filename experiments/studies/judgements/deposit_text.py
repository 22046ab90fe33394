"""What is printed of a deposit, and of one that is scored."""

from __future__ import annotations

from collections.abc import Iterator

from experiments.studies.judgements.deposit import Deposit
from experiments.studies.judgements.deposit_scores import KIND_NAMES, ScoredDeposit
from experiments.studies.judgements.text import NO_BLIND_TEST
from experiments.text.names import grade_words
from simulation.councils import GRADES
from simulation.evidence.england import LAST_MONTH

WITHOUT_GRADE = "2026-04"
"""From this month on inspections give no overall grade (Ofsted, announcement of 27 November 2025)."""

_WIDE = 22
_YEAR_OF_QUARTERS = 4


def deposit_lines(deposit: Deposit, file: str) -> Iterator[str]:
    """Yield the lines to print of a deposit that was just made; ``file`` is its name. The last is its digest."""
    settings = deposit.settings
    yield f"{file}: a forecast deposited on {deposit.made}, by version {deposit.record.get('version')}"
    yield (
        "what it is for: a forecast that is written down before the facts cannot be bent to them. Keep the file as it "
        "is, and send the digest below to somebody, or print it, so that all can see later that it was not changed"
    )
    yield (
        f"runs from {deposit.start} and the grades held then: {settings['sets']} draws of parameter sets "
        f"({settings['fitted_to']}) x {settings['replicates']} replicates, seed {settings['seed']}"
    )
    yield from _not_before_the_facts(deposit)
    yield "what it says: the chance that a council of the group holds each grade at the end of the quarter"
    country = deposit.groups[0]
    yield f"\n  {'England':<{_WIDE}}" + "".join(f"{grade_words(grade):>{_WIDE}}" for grade in GRADES)
    yield _mix_line(f"start of {deposit.start}", (country.at_start / country.councils).tolist())
    for place in range(_YEAR_OF_QUARTERS - 1, len(deposit.months), _YEAR_OF_QUARTERS):
        yield _mix_line(f"end of {deposit.months[place]}", country.chances[place].tolist())
    yield f"\n{len(deposit.groups)} groups and {len(deposit.months)} quarters are in the file; no council is"
    yield f"to score it later: sli forecast --score {file} --judgements LATER.csv"
    yield f"digest: {deposit.digest}"


def scored_lines(scored: ScoredDeposit) -> Iterator[str]:
    """Yield the lines to print of a deposit that was scored."""
    deposit = scored.deposit
    yield f"the forecast deposited on {deposit.made} from {deposit.start}, digest {deposit.digest}"
    yield f"{scored.used} judgements of {scored.file} used; {scored.outside} others passed over"
    yield (
        "each council's grade at the end of a quarter is scored by the chances of its group; beside it the group's mix "
        "at the start, as if no grade ever changed. Lower is better; below 0 the forecast is the better one"
    )
    yield from _not_before_the_facts(deposit)
    if scored.table["month"].max() >= WITHOUT_GRADE:
        yield "no overall grade is given from April 2026: the file should hold the judgement on leaders in its place"
    heads = "".join(f"{head:>15}" for head in ("forecast", "mix at start", "difference"))
    for score in dict.fromkeys(scored.table["score"]):
        yield f"\n{str(score).replace('_', ' ')}"
        yield f"  {'end of':<9}{'judgements':>11}  {'over':<24}{heads}"
        for row in scored.table[scored.table["score"] == score].to_dict("records"):
            numbers = f"{row['forecast']:>15.4f}{row['mix_at_start']:>15.4f}{row['difference']:>+15.4f}"
            yield f"  {row['month']:<9}{row['judgements']:>11}  {KIND_NAMES[str(row['kind'])]:<24}{numbers}"


def _not_before_the_facts(deposit: Deposit) -> Iterator[str]:
    """Yield that judgements after the start were known already when the deposit was made, where they were."""
    if deposit.start < LAST_MONTH:
        yield f"not before the facts: the tables know the judgements from {deposit.start} on already; {NO_BLIND_TEST}"


def _mix_line(name: str, shares: list[float]) -> str:
    return f"  {name:<{_WIDE}}" + "".join(f"{share:>{_WIDE}.1%}" for share in shares)
