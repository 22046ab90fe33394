"""What is printed of a forecast held against a file: every point, and the share inside the bands as the last line."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from experiments.studies.judgements.forecast import Forecast
from experiments.studies.judgements.scores import FLOOR, Skill
from experiments.studies.judgements.simple_forecasts import FIT_YEARS, SIMPLE
from experiments.studies.judgements.tables import shares_inside
from simulation.dates import calendar_month

KNOWN_UNTIL = 26
"""June 2020, the last month whose judgements the fit patterns count."""

LOOKED_AT = (36, 96)
"""April 2021, and April 2026: the judgements published between them have been looked at."""

NO_BLIND_TEST = (
    "no blind test: the judgements of April 2021 to March 2024 and of April 2024 to March 2026 were looked at while "
    "the model was changed"
)

_BANDS = ("median", "low_50", "high_50", "low_90", "high_90")
_HEADS = f"{'observed':>9}{'median':>8}{'50% band':>14}{'90% band':>14}   inside"
_GRADE = {"inadequate": "I", "requires_improvement": "RI", "good": "G", "outstanding": "O"}


def forecast_lines(forecast: Forecast) -> Iterator[str]:
    """Yield the lines to print; the last says which share of the observed points lies inside each band."""
    yield from _opening(forecast)
    yield from _table("councils that hold each grade at the end of a quarter", forecast.points, ("date", "grade"))
    yield from _masses(forecast)
    yield from _transitions(forecast.transitions)
    yield from _table("time in inadequate, from the judgement to any other", forecast.inadequate, ("measure",))
    heading = f"share of councils at good or better at the end of {calendar_month(forecast.window.last)}"
    yield from _table(heading, forecast.groups, ("kind", "group"))
    yield from _scores(forecast)
    yield last_line(forecast)


def last_line(forecast: Forecast) -> str:
    """Return the share of the observed points inside each band, in words."""
    half, most = shares_inside(forecast.points)
    return f"inside the 50% band: {half:.0%}, inside the 90% band: {most:.0%}"


def warnings(forecast: Forecast) -> list[str]:
    """Return why this window may not be a test: what the model knew of it, and what it could not know before it."""
    window, lines = forecast.window, []
    if window.first <= KNOWN_UNTIL:
        months = "the model knows the month of each council's first judgement, and " if window.start == 0 else ""
        lines.append(f"not a test: to {calendar_month(KNOWN_UNTIL)} {months}the fit patterns count what was given")
    if window.first <= FIT_YEARS.last:
        lines.append("the simple forecasts of the fit years have seen judgements of this window too")
    if window.first < LOOKED_AT[1] and window.last >= LOOKED_AT[0]:
        lines.append(NO_BLIND_TEST)
    if window.first > LOOKED_AT[1]:
        again = calendar_month(LOOKED_AT[1])
        lines.append(
            f"judgements published from {again} on but before the window are in neither the package "
            f"nor the window: the grades held at its start may be old; --from {again} avoids it"
        )
    return lines


def _opening(forecast: Forecast) -> Iterator[str]:
    yield f"{forecast.file} against the model, {forecast.window}"
    outside = f"{forecast.outside} outside the window ignored"
    yield f"{forecast.judgements} judgements of {forecast.councils} councils in the window; {outside}"
    yield (
        f"runs: historical regime from {forecast.window.start_month}, {forecast.sets} parameter sets x "
        f"{forecast.replicates} replicates, seed {forecast.seed}; inspection dates and luck are the model's own"
    )
    yield (
        "bands: replicates and parameter sets by their weights together, for a prediction is scored; nowhere else do "
        "chance and ignorance share a band"
    )
    if forecast.variant:
        yield f"variant: {forecast.variant}"
    yield from warnings(forecast)


def _table(heading: str, table: pd.DataFrame, keys: tuple[str, ...]) -> Iterator[str]:
    names = [" ".join(f"{row[key]!s:<{_width(table, key)}}" for key in keys) for _, row in table.iterrows()]
    yield f"\n{heading}"
    yield f"  {'':<{len(names[0])}}{_HEADS}"
    for name, (_, row) in zip(names, table.iterrows(), strict=True):
        yield f"  {name}{_numbers(row)}"


def _transitions(table: pd.DataFrame) -> Iterator[str]:
    yield "\nshare of judgements of councils that held a grade, by the grade given"
    yield f"  {'':<16}{_HEADS}"
    for _, row in table.iterrows():
        name = f"{_GRADE[row['held']]:>2} to {_GRADE[row['given']]:<2}"
        count = f"{row['judgements']} of {row['of']}"
        yield f"  {name}{count:>9}{_numbers(row)}"


def _numbers(row: pd.Series) -> str:
    values = [float(row[name]) for name in ("observed", *_BANDS)]
    # Counts are shown whole, shares with two figures.
    shape = ".0f" if max((abs(value) for value in values if math.isfinite(value)), default=0) > 1 else ".2f"
    texts = [f"{value:{shape}}" if math.isfinite(value) else "-" for value in values]
    truth, median, low_50, high_50, low_90, high_90 = texts
    if pd.isna(row["inside_90"]):
        where = "-"
    else:
        where = "50%" if row["inside_50"] else "90%" if row["inside_90"] else "outside"
    return f"{truth:>9}{median:>8}{f'{low_50} to {high_50}':>14}{f'{low_90} to {high_90}':>14}   {where}"


def _masses(forecast: Forecast) -> Iterator[str]:
    points = forecast.points
    yield (
        f"neighbouring quarters share most of their grades, so points are not independent; counts are whole, so these "
        f"bands hold {points.mass_50.mean():.0%} and {points.mass_90.mean():.0%} of the runs"
    )


def _scores(forecast: Forecast) -> Iterator[str]:
    yield f"\nthe grade that an inspection in the month of each judgement would give, {forecast.judgements} judgements"
    yield "  (that month's quality, inspection noise integrated and not drawn, mean over replicates and sets)"
    width = max(map(len, SIMPLE.values()))
    rps, log = forecast.skills
    yield f"  {'':<{width}}  ranked probability score  log score (floor {FLOOR:g})"
    for name, words in {"model": "the model", **SIMPLE}.items():
        yield f"  {words:<{width}}{rps.means[name]:>26.3f}{log.means[name]:>11.3f}"
    for skill in forecast.skills:
        yield f"  {_skill(skill)}"


def _skill(skill: Skill) -> str:
    words = f"skill by the {skill.score.replace('_', ' ')}: {skill.skill:+.2f}"
    if math.isfinite(skill.low):
        words += f" (95% interval over councils {skill.low:+.2f} to {skill.high:+.2f})"
    return f"{words}, against {SIMPLE[skill.best].partition(',')[0]}"


def _width(table: pd.DataFrame, key: str) -> int:
    return max(len(str(value)) for value in table[key])
