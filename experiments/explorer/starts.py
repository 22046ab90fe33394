"""England's councils in every month in which runs may start, and the world of each."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from simulation.councils import Councils, load_councils
from simulation.dates import FIRST_MONTH, month_number, month_text
from simulation.evidence.england import LAST_MONTH
from simulation.outcomes.run import deprivation_fifths
from simulation.scenario import SCENARIOS, Scenario


def start_months() -> list[str]:
    """Return the months in which runs of England's councils may start, as YYYY-MM."""
    first, last = (month_number(month, "start") for month in (FIRST_MONTH, LAST_MONTH))
    return [month_text(month) for month in range(first, last + 1)]


def describe_start(month: str) -> dict[str, Any]:
    """Return the councils of a start, a list a fact in order of code, and what the scenario says of it."""
    table = load_councils(start=month)
    worlds = {choice: Scenario(start=month, headline=choice) for choice in SCENARIOS["headline"].choices}
    return {
        "month": month,
        "offset": month_number(month, "start") - month_number(FIRST_MONTH, "start"),
        "drift_from": Scenario(start=month).months_of_drift(),
        "headline_until": {choice: world.headline_until() for choice, world in worlds.items()},
        "pause": {choice: Scenario(start=month, pause=choice).pause_months() for choice in SCENARIOS["pause"].choices},
        "own": table.own,
        "regions": list(table.regions),
        "code": list(table.code),
        "name": list(table.name),
        "region": list(table.region),
        "deprivation_fifth": list(deprivation_fifths(table)),
        "facts": _columns(table),
    }


def _columns(table: Councils) -> dict[str, list[float]]:
    rows = [asdict(council) for council in table.facts]
    return {name: [row[name] for row in rows] for name in rows[0]}


def describe_gaps(months: int) -> dict[str, Any]:
    """Return the shortfall of funding by choice, month by month from the first start until after the last one's run."""
    number = len(start_months()) - 1 + months
    return {
        "first": FIRST_MONTH,
        "by_funding": {choice: list(Scenario(funding=choice).gaps(number)) for choice in SCENARIOS["funding"].choices},
    }
