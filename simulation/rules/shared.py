"""Numbers that rules of several questions read."""

from __future__ import annotations

COLLAPSE_MEAN = 1.4
COLLAPSE_SD = 0.4
"""How far practice falls when it collapses (SD): an assumption."""

CHIEFS_DIFFER = 0.3
"""Spread of the logarithm of chiefs' attention to children's services: an assumption."""

INTERIM_CHANCE, INTERIM_CHANCE_INADEQUATE = 0.10, 0.19
"""Councils under an interim, and inadequate ones. Source: ADCS, 18 in March 2018."""

FAILURE_HALVES = 18.0
"""Months in which alarm and intervention after an inadequate judgement fall to half."""
