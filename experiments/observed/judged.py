"""The judgements of England's councils, month by month: what a likelihood is taken of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from simulation.arrays import Numbers
from simulation.councils import GRADES, load_councils
from simulation.dates import FIRST_MONTH, month_number, month_of
from simulation.evidence import read_rows
from simulation.evidence.schema import SIF_REINSPECTION
from simulation.state import ILACS, SIF

NOT_JUDGED = -1
JUDGEMENT_TABLES = ("judgements", "later_judgements")


@dataclass(frozen=True, eq=False)
class JudgedMonths:
    """Judgements by month and council, from April 2018 on.

    Attributes:
        grades: grade given, `NOT_JUDGED` where none was, shape (months, councils).
        frameworks: framework of the judgement, as `simulation.state` numbers them, same shape.
    """

    grades: Numbers
    frameworks: Numbers

    @property
    def number(self) -> int:
        """How many judgements there are."""
        return int((self.grades != NOT_JUDGED).sum())


@cache
def judged_until(until: str) -> JudgedMonths:
    """Return the judgements of the councils of April 2018 that were published before the month ``until`` (YYYY-MM).

    Councils made since have no history of their own from April 2018 on, and are left out.

    Raises:
        InputError: ``until`` is no month.
    """
    first = month_number(FIRST_MONTH, "start")
    months = month_number(until, "until") - first
    place = {code: number for number, code in enumerate(load_councils().code)}
    grades = np.full((months, len(place)), NOT_JUDGED)
    frameworks = np.full((months, len(place)), ILACS)
    for table in JUDGEMENT_TABLES:
        for row in read_rows(table):
            month, code = month_of(row.cells["published"]) - first, row.cells["code"]
            if 0 <= month < months and code in place:
                grades[month, place[code]] = GRADES.index(row.cells["grade"])
                frameworks[month, place[code]] = SIF if row.cells["framework"] == SIF_REINSPECTION else ILACS
    grades.flags.writeable = frameworks.flags.writeable = False
    return JudgedMonths(grades, frameworks)
