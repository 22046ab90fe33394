"""What is printed of forecasts from rolling origins, and what stands on the page of the docs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from experiments.studies.judgements.origin_scores import ALL_ORIGINS, FORECASTS, MODEL
from experiments.studies.judgements.origins import LEADS
from experiments.studies.judgements.rolling import RollingForecasts
from experiments.studies.judgements.text import NO_BLIND_TEST
from experiments.text.pages import table_lines

LEAST_ERROR = 0.0005
"""The Monte Carlo error of a ranked probability score that is aimed at."""

_SCORES = {"ranked_probability_score": "ranked probability score", "log_score": "log score"}
_SCORE_HEADS = (
    "Forecasts", "Judged", "Judgements", "Forecast", "Mean", "95% over councils", "Monte Carlo error",
    "Model less this", "95% over councils",
)  # fmt: skip
_COVER_HEADS = (
    "After", "Points", "Inside 50%", "Inside 90%", "Width of 50%", "Width of 90%", "Luck alone: inside 50%",
    "inside 90%", "width of 50%", "width of 90%",
)  # fmt: skip


def origin_lines(found: RollingForecasts) -> Iterator[str]:
    """Yield the lines to print: what was run, every score of every cut, and coverage."""
    yield from _what_was_run(found)
    for score, words in _SCORES.items():
        yield f"\n{words} (lower is better), its Monte Carlo error, and the model's mean less the forecast's"
        yield f"  {'from':<14}{'judged':<20}{'judgements':>11}  {'forecast':<26}{'mean':>8}{'error':>9}  difference"
        rows = found.scores[found.scores["score"] == score].itertuples()
        yield from (_score_line(row) for row in rows)
    yield from _coverage_lines(found.coverage)
    yield accuracy_line(found.scores)


def accuracy_line(scores: pd.DataFrame) -> str:
    """Return whether the runs are enough for the ranked probability scores of all origins together."""
    rows = scores[(scores["cut"] == ALL_ORIGINS) & (scores["forecast"] == MODEL)]
    errors = rows[rows["score"] == "ranked_probability_score"]["monte_carlo_error"]
    if errors.isna().any() or errors.empty:
        return "Monte Carlo error not known: it needs two parameter sets or more"
    enough = "enough" if errors.max() < LEAST_ERROR else "too few: ask for more with --runs"
    return (
        f"Monte Carlo error of the pooled ranked probability scores at most {errors.max():.5f} "
        f"(aim: under {LEAST_ERROR:g}): {enough}"
    )


def page_lines(found: RollingForecasts) -> Iterator[str]:
    """Yield what stands on the page, in Markdown: what was run, scores, coverage."""
    yield " ".join(f"{line[0].upper()}{line[1:]}." for line in _what_was_run(found))
    for score, words in _SCORES.items():
        yield f"\n### {words[0].upper()}{words[1:]}\n"
        rows = found.scores[found.scores["score"] == score].itertuples()
        yield from table_lines(_SCORE_HEADS, map(_score_cells, rows))
    yield "\n### Bands of the national mix\n"
    yield from table_lines(_COVER_HEADS, _coverage_cells(found.coverage))
    yield f"\n{accuracy_line(found.scores)}."


def _what_was_run(found: RollingForecasts) -> Iterator[str]:
    origins = found.origins
    yield f"forecasts from {', '.join(origins['origin'])}; variant: {found.design.name}"
    yield (
        f"runs of each origin: {_range(origins['runs'])} over {_range(origins['sets'])} draws of parameter sets, "
        f"{_fits(origins)}, seed {found.design.seed}"
    )
    yield "every run begins from the grades held at its origin; each judgement is forecast in its real month"
    if found.design.real_months:
        yield "first judgements after an origin fall in their real months in every run, which nobody knew at the origin"
    yield NO_BLIND_TEST


def _fits(origins: pd.DataFrame) -> str:
    fits = dict(zip(origins["origin"], origins["fitted_to"], strict=True))
    if len(set(fits.values())) > 1 and all(fit.endswith(origin) for origin, fit in fits.items()):
        return "each fitted to what was known before its origin"
    return f"fitted to {'; '.join(dict.fromkeys(fits.values()))}"


def _range(numbers: pd.Series) -> str:
    low, high = int(numbers.min()), int(numbers.max())
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _score_line(row: Any) -> str:  # noqa: ANN401  a row of a table of pandas
    head = f"  {row.origin:<14}{row.judged:<20}{row.judgements:>11}  {FORECASTS[row.forecast]:<26}{row.mean:>8.4f}"
    return f"{head}{_error(row.monte_carlo_error, row.forecast):>9}  {_difference(row)}".rstrip()


def _error(error: float, forecast: str) -> str:
    if forecast != MODEL:
        return ""
    return f"{error:.5f}" if math.isfinite(error) else "-"


def _difference(row: Any) -> str:  # noqa: ANN401  a row of a table of pandas
    values = [float(getattr(row, name)) for name in ("difference", "difference_low", "difference_high")]
    return "" if math.isnan(values[0]) else f"{values[0]:+.4f} ({values[1]:+.4f} to {values[2]:+.4f})"


def _score_cells(row: Any) -> tuple[str, ...]:  # noqa: ANN401  a row of a table of pandas
    difference, _, interval = _difference(row).partition(" ")
    return (
        row.origin,
        row.judged,
        f"{row.judgements}",
        FORECASTS[row.forecast],
        f"{row.mean:.4f}",
        f"{row.low:.4f} to {row.high:.4f}",
        _error(row.monte_carlo_error, row.forecast),
        difference,
        interval.strip("()"),
    )


def _coverage_lines(coverage: pd.DataFrame) -> Iterator[str]:
    yield "\nbands of councils by grade in the country, and those of luck alone at one parameter set"
    for cells in _coverage_cells(coverage):
        after, points, in_50, in_90, width_50, width_90, *luck = cells
        yield (
            f"  after {after}: of {points} points {in_50} inside the 50% band and {in_90} inside the 90% band, "
            f"{width_50} and {width_90} councils wide; luck alone {luck[0]} and {luck[1]}, {luck[2]} and {luck[3]} wide"
        )


def _coverage_cells(coverage: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    for lead in LEADS:
        rows = coverage[coverage["months"] == lead]
        if rows.empty:
            continue
        cells = [f"{lead} months", str(len(rows))]
        for kind in ("", "luck_"):
            cells += [f"{rows[f'{kind}inside_{share}'].mean():.0%}" for share in (50, 90)]
            cells += [f"{rows[f'{kind}width_{share}'].mean():.1f}" for share in (50, 90)]
        yield tuple(cells)
