"""Figures of the model beside what was observed: spells of failure, and forecasts from rolling origins."""

from __future__ import annotations

# First: it sees to it that matplotlib can be imported.
from experiments.figures.backend import in_own_style

# isort: split
from matplotlib.figure import Figure

from experiments.figures.origins import scores_figure
from experiments.figures.paper import FigureSize, laying
from experiments.figures.survival import survival_figure
from experiments.gallery.needs import needed
from experiments.studies.judgements.origin_results import Origins
from experiments.studies.judgements.origin_scores import FORECASTS
from experiments.studies.validation.results import Validated


@in_own_style
def inadequate_survival(validated: Validated, *, size: FigureSize = "page") -> Figure:
    """Return how long councils stay below good after an inadequate judgement: observed and model, luck and sets apart.

    The curves are Kaplan and Meier's: a council not seen to the end of its spell counts as long as it is seen.

    Args:
        validated: results of a validation.
        size: what it is drawn for.

    Raises:
        InputError: these are no results of a validation, or those of an earlier version, or there is no such size.
    """
    validated = needed("inadequate_survival", validated, Validated, "load_validation() of a folder of `sli validate`")
    with laying(size):
        return survival_figure(
            validated.spells,
            title="From inadequate to good: share of spells that last",
            note=f"{validated.note} A spell ends with the first judgement of good or better.",
        )


@in_own_style
def rolling_scores(origins: Origins, *, size: FigureSize = "page") -> Figure:
    """Return how well forecasts from month after month did, beside three simple ones; lower is better.

    Args:
        origins: results of forecasts from rolling origins.
        size: what it is drawn for.

    Raises:
        InputError: these are no such results, or there is no such size.
    """
    source = "load_origins() of a folder of `sli validate --origins`"
    origins = needed("rolling_scores", origins, Origins, source)
    note = (
        f"At least {origins.runs:,} runs of each origin; seed {origins.seed}. Judgements of April 2021 to March 2026 "
        "were looked at while the model was changed: no blind test."
    )
    with laying(size):
        return scores_figure(origins.scores, FORECASTS, note)
