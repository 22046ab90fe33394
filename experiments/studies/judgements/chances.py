"""What an inspection in a month would give: the chances of each grade, over fresh noise and leap.

The rules of E11 (`simulation.rules.inspection`: score, band, judged) integrated by the normal distribution instead of
drawn, so that no luck of the scoring is added to that of the runs.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from simulation.arrays import Floats, Numbers
from simulation.coefficients import Coefficients
from simulation.state import GOOD, OUTSTANDING, SIF


def grade_chances(quality: Floats, before: Numbers, framework: Numbers, c: Coefficients) -> Floats:
    """Return the chance of each grade, shape (judgements, grades).

    Args:
        quality: of the council in that month (SD), shape (judgements,).
        before: the grade that it held before, same shape: few below good leap to outstanding at once,
            and anchors lower the cuts of what is held.
        framework: `simulation.state.ILACS` or ``SIF``, same shape.
        c: coefficients of the run.
    """
    ilacs_cuts, sif_cuts = (c.good_cut, c.outstanding_cut), (c.sif_good_cut, c.sif_outstanding_cut)
    good, outstanding = np.where(framework == SIF, np.array([sif_cuts]).T, np.array([ilacs_cuts]).T)
    good = good - np.where(before >= GOOD, c.anchor_good, 0.0)
    outstanding = outstanding - np.where(before == OUTSTANDING, c.anchor_outstanding, 0.0)
    # A grade whose cut is not above the one below is never given, as `band` looks from below.
    cuts = np.maximum.accumulate([np.full_like(good, c.inadequate_cut), good, outstanding], axis=0)
    below = ndtr((cuts - quality) / c.inspection_noise)
    chances = np.diff(below, axis=0, prepend=0.0, append=1.0)
    leaping = np.where(before < GOOD, c.leap_to_outstanding, 1.0)
    chances[GOOD] += (1.0 - leaping) * chances[-1]
    chances[-1] *= leaping
    return np.asarray(chances.T)
