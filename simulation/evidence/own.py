"""The user's own table of councils: its columns, what a blank means, and an empty copy to fill."""

from __future__ import annotations

from simulation.evidence.reader import expected_of
from simulation.evidence.schema import FRAMEWORKS, GRADES, Column, Schema

AVERAGE_CHILDREN = 2663.0
"""Children in need of the average English council at 31 March 2018 (404,706 in 152 councils)."""

INSPECTION_CYCLE = 36
"""Standard interval between graded inspections (months): councils without a date are spread over it."""

ENGLISH, OWN = "england", "own"
"""Whose inspections a table follows: England's, or those of councils of a user's own."""

COUNCIL_FILE_COLUMNS: tuple[Column, ...] = (
    Column("code", "text", "short code of the council; order and ties go by it", unique=True),
    Column("name", "text", "name of the council", required=False, default="the code"),
    Column("region", "text", "region or group whose councils influence one another"),
    Column("grade", "text", "grade held at the start", choices=GRADES),
    Column(
        "judged_on",
        "date",
        "day on which that grade was published (before the start)",
        required=False,
        default=f"spread evenly over the {INSPECTION_CYCLE} months before the start, by code",
    ),
    Column(
        "framework",
        "text",
        "framework of that grade: its bars say how good a council was that got it (those of ilacs are lower, from "
        "April 2018 on)",
        required=False,
        default="sif if judged before April 2018, else ilacs",
        choices=FRAMEWORKS,
    ),
    Column(
        "next_judgement",
        "month",
        "month of the next judgement if it is known (from the start on)",
        required=False,
        default="drawn by the model from judged_on",
    ),
    Column(
        "next_framework",
        "text",
        "framework of the next judgement if it is known: a SIF re-inspection keeps the bars of before April 2018",
        required=False,
        default="ilacs",
        choices=FRAMEWORKS,
    ),
    Column(
        "ever_inadequate",
        "integer",
        "1 if ever judged inadequate (now or before) else 0",
        required=False,
        default="1 for a council that is inadequate now, else 0",
        low=0,
        high=1,
    ),
    Column(
        "deprivation_score",
        "number",
        "any score that is higher where people are poorer; only the ranks count",
        required=False,
        default="0 for every council: all alike (fill every row or none)",
        together=True,
    ),
    Column(
        "children_in_need",
        "number",
        "children in need: the weight of the council and the measure of its budget",
        required=False,
        default=f"{AVERAGE_CHILDREN:g} for every council: the English average (fill every row or none)",
        above=0,
        together=True,
    ),
    Column(
        "inspections",
        "text",
        "england: in April 2018 a council without a next_judgement is judged after the pause of inspections; own, and "
        "at any other start: when it is due",
        required=False,
        default=OWN,
        choices=(ENGLISH, OWN),
        alike=True,
    ),
    Column(
        "start",
        "month",
        "first month of the simulation",
        required=False,
        default="the month after the last judged_on",
        alike=True,
    ),
)
"""The columns of a user's own table: name, kind, meaning, whether required, and what a blank means."""

OWN_COUNCILS = Schema(
    "councils",
    "councils of the user's own",
    COUNCIL_FILE_COLUMNS,
    least_rows=3,
    most_rows=5000,
    noun="council",
    open_ended=True,
    help="; `sli councils --export` prints England's councils with the right columns",
)


def council_template() -> str:
    """Return an empty CSV table for the user's own councils, with a comment line (``#``) on every column."""
    lines = [
        "# Councils of your own: one row a council below the heading and 3 to 5000 rows.",
        "# Lines that start with # are comments and may stay.",
        "# Columns that are not required may be blank or left out.",
    ]
    for column in COUNCIL_FILE_COLUMNS:
        needed = "required" if column.required else f"if blank: {column.default}"
        once = "; no value twice" if column.unique else "; the same in every row" if column.alike else ""
        lines.append(f"# {column.name}: {column.meaning} ({expected_of(column)}{once}; {needed})")
    lines.append(",".join(column.name for column in COUNCIL_FILE_COLUMNS))
    return "\n".join(lines) + "\n"
