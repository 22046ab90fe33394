"""Bands of the national mix of grades one and two years after an origin, and how sure and how right forecasts are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from experiments.studies.judgements.bands import Bands, make_bands
from experiments.studies.judgements.known import grades_held
from experiments.studies.judgements.origin_runs import SimulatedOrigin, region_counts
from experiments.studies.judgements.origin_scores import OriginForecast
from experiments.studies.judgements.origins import HORIZON, KNOWN_TO, LEADS
from simulation.arrays import Floats, Numbers
from simulation.councils import GRADES, Councils
from simulation.dates import calendar_month
from simulation.state import GOOD

BINS = 10
"""Into so many bins of the same width chances and ranks are put."""

_SPREAD = ("50", "90")
_LEAST = 1e-9


def coverage_table(
    origin: int, councils: Councils, simulated: SimulatedOrigin, weights: Floats, variant: str
) -> pd.DataFrame:
    """Return a row a lead and grade: councils that hold it, the bands of the runs, and those of luck alone.

    ``width`` is how far the ends of a band are apart, in councils. Columns that begin with ``luck`` are of runs at one
    parameter set, the nearest to the mean of all: what bands would be if the parameters were known.

    Args:
        origin: month of the origin from April 2018.
        councils: those of the origin.
        simulated: what the runs show.
        weights: of each run, shape (runs,).
        variant: the name of the model's variant.
    """
    leads = leads_known(origin)
    observed = np.array([region_counts(_held(councils, origin, lead), councils).sum(axis=0) for lead in leads])
    counts, alone = (
        runs[:, : len(leads)].sum(axis=2).reshape(len(runs), -1) for runs in (simulated.counts, simulated.chance_counts)
    )
    truth = observed.ravel().astype(np.float64)
    bands, luck = make_bands(counts, weights), make_bands(alone, np.full(len(alone), 1.0 / len(alone)))
    keys = [
        {"variant": variant, "origin": calendar_month(origin), "months": lead,
         "date": calendar_month(origin + lead - 1), "grade": grade}
        for lead in leads for grade in GRADES
    ]  # fmt: skip
    columns = {"observed": truth, **vars(bands), **_measures(bands, truth), **_luck(luck, truth)}
    return pd.concat([pd.DataFrame(keys), pd.DataFrame(columns)], axis=1)


def leads_known(origin: int) -> tuple[int, ...]:
    """Return the leads after which the tables know the grades held."""
    return tuple(lead for lead in LEADS if origin + lead - 1 <= KNOWN_TO)


def reliability_table(forecasts: Sequence[OriginForecast], names: Sequence[str], variant: str) -> pd.DataFrame:
    """Return a row a forecast and bin of chances: how often what was given this chance came.

    Over the four grades of every judgement within 24 months of its origin, all origins together.

    Args:
        forecasts: those from each origin.
        names: which forecasts are shown.
        variant: the name of the model's variant.
    """
    rows = []
    for name in names:
        chances, came = [], []
        for one in forecasts:
            near = one.judgements.month - one.origin < HORIZON
            chances.append(one.chances[name][near].ravel())
            came.append((one.judgements.grade[near][:, None] == np.arange(len(GRADES))).ravel())
        given, true = np.concatenate(chances), np.concatenate(came)
        place = np.minimum((given * BINS).astype(int), BINS - 1)
        for number in np.unique(place):
            here = place == number
            rows.append(
                {
                    "variant": variant,
                    "forecast": name,
                    "low": number / BINS,
                    "high": (number + 1) / BINS,
                    "chances": int(here.sum()),
                    "mean_chance": given[here].mean(),
                    "came": true[here].mean(),
                }
            )
    return pd.DataFrame(rows)


def rank_shares(origin: int, councils: Councils, simulated: SimulatedOrigin, weights: Floats) -> Floats:
    """Return where the observed count lies among the runs: how many points fall in each bin, shape (leads, `BINS`).

    A point is a region's councils at good or better after a lead. One that ties with runs is spread evenly over the
    bins that they take. Arguments are those of `coverage_table`.
    """
    leads = leads_known(origin)
    edges = np.arange(BINS + 1) / BINS
    shares = np.zeros((len(LEADS), BINS))
    for place, lead in enumerate(leads):
        truth = region_counts(_held(councils, origin, lead), councils)[:, GOOD:].sum(axis=1)
        runs = simulated.counts[:, place, :, GOOD:].sum(axis=2)
        low = np.minimum(weights @ (runs < truth), 1.0 - _LEAST)
        high = np.minimum(low + np.maximum(weights @ (runs == truth), _LEAST), 1.0)
        inside = np.minimum(high[:, None], edges[1:]) - np.maximum(low[:, None], edges[:-1])
        shares[place] = (np.maximum(inside, 0.0) / (high - low)[:, None]).sum(axis=0)
    return shares


def rank_table(shares: Floats, variant: str) -> pd.DataFrame:
    """Return a row a lead and bin of ranks, from the sum over origins of `rank_shares`."""
    return pd.DataFrame(
        {"variant": variant, "months": lead, "low": number / BINS, "high": (number + 1) / BINS, "points": points}
        for lead, row in zip(LEADS, shares, strict=True)
        for number, points in enumerate(row.tolist())
    )


def _held(councils: Councils, origin: int, lead: int) -> Numbers:
    return grades_held(councils, origin, origin + lead)


def _measures(bands: Bands, truth: Floats) -> dict[str, object]:
    return {
        "inside_50": bands.inside_50(truth),
        "inside_90": bands.inside_90(truth),
        **{f"width_{share}": getattr(bands, f"high_{share}") - getattr(bands, f"low_{share}") for share in _SPREAD},
    }


def _luck(bands: Bands, truth: Floats) -> dict[str, object]:
    ends = {f"{end}_{share}": getattr(bands, f"{end}_{share}") for share in _SPREAD for end in ("low", "high")}
    return {f"luck_{name}": column for name, column in {**ends, **_measures(bands, truth)}.items()}
