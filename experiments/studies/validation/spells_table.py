"""Spells of failure as a table: the model's with luck and sets apart, and those that were observed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.observed.further import observed_spells
from experiments.observed.spells import AGES, LAST_JUDGED, NO_SPELL, later_starts, observed_grades, observed_starts
from experiments.studies.validation.histories import Histories
from experiments.studies.validation.verdicts import fans
from simulation.arrays import Numbers


def spells_table(histories: Histories) -> pd.DataFrame:
    """Return a row a month since the inadequate judgement, of spells that end with a good one.

    Columns: months; value, chance_low, chance_high, sets_low, sets_high (shares of the model's spells that have ended,
    as `experiments.studies.validation.verdicts.fans` has them); observed, from April 2018 to June 2020, and
    observed_longer, from February 2014 on; at_risk (spells of the former in sight) and lost (those not seen further).
    """
    seen = observed_spells()
    table = fans(histories.spells, histories.weights).drop(columns="below")
    return (
        table.assign(
            observed=seen.curve(),
            observed_longer=observed_spells(window=False).curve(),
            at_risk=seen.at_risk.astype(int),
            lost=_lost(),
        )
        .rename_axis("months")
        .reset_index()
    )


def _lost() -> Numbers:
    """Return how many spells were under way when the window closed, by months since the judgement."""
    starts = later_starts(observed_grades(0, LAST_JUDGED), observed_starts())
    ages = LAST_JUDGED - starts[starts != NO_SPELL]
    return np.bincount(ages[ages < AGES], minlength=AGES)
