"""Tables: the facts that the model rests on, column by column, with units and what a blank means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from simulation.evidence.schema import FRAMEWORKS, GRADES, LICENCES, REGIONS, Column, Schema


def _count(name: str, meaning: str, *, required: bool = True) -> Column:
    return Column(name, "integer", meaning, required=required, low=0)


def _share(name: str, meaning: str) -> Column:
    return Column(name, "number", f"{meaning} (share)", required=False, low=0, high=1)


def _grade(meaning: str) -> Column:
    return Column("grade", "text", meaning, choices=GRADES)


_SOURCE = Column("source", "text", "who published the figure")
_LICENCE = Column("licence", "text", "the terms under which it is given here", choices=LICENCES)
_NOTE = Column("note", "text", "what to know before using the row", required=False, default="nothing to add")
_CAVEAT = Column("caveat", "text", "what to know before using the figure", required=False, default="nothing to add")
_VALUE = (
    Column(
        "value",
        "number",
        "the figure, in the row's unit",
        required=False,
        default="only a range or words were published",
    ),
    Column(
        "low",
        "number",
        "lower end of the range or interval",
        required=False,
        default="no range was published",
    ),
    Column(
        "high",
        "number",
        "upper end of the range or interval",
        required=False,
        default="no range was published",
    ),
)
_UNIT = Column("unit", "text", "unit of the figure", required=False, default="none")
_PERIOD = Column("period", "text", "when it held", required=False, default="not stated")

_COUNCILS = Schema(
    "councils",
    "England's 152 councils with children's services duties as they stood on 31 March 2018",
    (
        Column("code", "code", "ONS code", unique=True),
        Column("name", "text", "name of the council", unique=True),
        Column("region", "text", "region of England", choices=REGIONS),
        Column("type", "text", "type of council", choices=("county", "london_borough", "metropolitan", "unitary")),
        Column("children_in_need", "integer", "children in need at 31 March 2018 (children)", low=1),
        Column(
            "deprivation_score",
            "number",
            "English indices of deprivation 2015, average score (higher is poorer)",
            low=0,
        ),
        _grade("latest overall judgement on 31 March 2018"),
        Column("judged_on", "date", "its publication date (up to 31 March 2018)"),
        Column("framework", "text", "its framework", choices=FRAMEWORKS),
        _share("agency_share_2017", "agency workers among social workers in September 2017"),
        Column(
            "ever_inadequate_2009_2018",
            "integer",
            "1 if judged inadequate from 2009 to March 2018, else 0",
            low=0,
            high=1,
        ),
    ),
    rising=("code",),
    least_rows=152,
    most_rows=152,
    noun="council",
)

_JUDGEMENTS = Schema(
    "judgements",
    "every graded judgement published from February 2014 to June 2020; none followed until April 2021",
    (
        Column("code", "code", "ONS code of the council"),
        Column("framework", "text", "inspection framework", choices=FRAMEWORKS),
        Column("published", "date", "publication date"),
        _grade("overall grade"),
    ),
    rising=("code", "published"),
    noun="judgement",
)

_LATER_JUDGEMENTS = Schema(
    "later_judgements",
    "every graded judgement published from April 2021 to March 2026, the last with an overall grade",
    (
        *_JUDGEMENTS.columns,
        Column(
            "basis",
            "text",
            "what the row was taken from: Ofsted's official statistics, or the published report itself",
            choices=("official statistics", "published report"),
        ),
    ),
    rising=("code", "published"),
    noun="judgement",
)

_COUNCIL_CHANGES = Schema(
    "council_changes",
    "councils with children's services duties that ended or were made from April 2018 to March 2026",
    (
        Column("code", "code", "ONS code", unique=True),
        Column("name", "text", "name of the council"),
        Column("region", "text", "region of England", choices=REGIONS),
        Column("first_month", "month", "its first month", required=False, default="it was there in March 2018"),
        Column("last_month", "month", "its last month", required=False, default="it is there still"),
        Column(
            "predecessors",
            "text",
            "codes of the councils whose duties it took on, with ; between them",
            required=False,
            default="it was there in March 2018",
        ),
        _NOTE,
    ),
    rising=("code",),
    noun="council",
)

_NATIONAL_GRADES = Schema(
    "national_grades",
    "how many of the 152 councils held each grade, by publication date",
    (
        Column("date", "date", "the day counted"),
        *(_count(grade, f"councils that held {grade.replace('_', ' ')} (councils)") for grade in GRADES),
        _NOTE,
    ),
    rising=("date",),
)

_DIRECTORS = Schema(
    "directors",
    "changes of director of children's services by membership year (April to March)",
    (
        Column("year", "year", "membership year"),
        _count("changes_of_director", "changes (starts of interims and permanents)"),
        _count("councils_with_a_change", "councils with at least one change (councils)", required=False),
        _count("councils_with_two_or_more", "councils with two changes or more (councils)", required=False),
        _count("first_time_directors", "appointments of first-time directors", required=False),
        _count("promoted_from_second_tier", "first-time directors promoted from the second tier", required=False),
        _count("interim_appointments", "appointments of interims", required=False),
        _count("moved_from_another_council", "appointments of directors of other councils", required=False),
        _count("returned", "appointments of former directors who came back", required=False),
        Column("mean_months_in_post", "number", "mean time in post (months)", required=False, low=0),
        _SOURCE,
        _NOTE,
    ),
    rising=("year",),
)

_WORKFORCE = Schema(
    "workforce",
    "children's social workers by the grade of their council",
    (
        Column("period", "text", "2017-2020: council-years of four Septembers pooled; 2020-09: September 2020"),
        _grade("grade held on 30 September"),
        _share("agency_share", "agency workers among social workers"),
        _share("vacancy_share", "vacant posts"),
        _share("turnover_share", "social workers who left in the year"),
        _count("council_years", "councils and years pooled", required=False),
        _SOURCE,
        _LICENCE,
        _NOTE,
    ),
    noun="row",
)

_DEMAND = Schema(
    "demand",
    "children looked after and in need, and referrals, in England",
    (
        Column("year", "integer", "calendar year of 31 March", low=2000, high=2100),
        _count("looked_after_31_march", "children looked after at 31 March (children)"),
        _count("in_need_31_march", "children in need at 31 March (children)"),
        _count("referrals_in_year", "referrals in the year to 31 March (referrals)"),
        _SOURCE,
        _NOTE,
    ),
    rising=("year",),
)

_PROGRAMMES = Schema(
    "programmes",
    "what programmes of improvement support were, gave and cost",
    (
        Column("programme", "text", "the programme"),
        Column("fact", "text", "what the figure is"),
        *_VALUE,
        _UNIT,
        _PERIOD,
        _SOURCE,
        _LICENCE,
        _CAVEAT,
    ),
    noun="fact",
)

_FACTS = Schema(
    "facts",
    "single figures on directors, chiefs, inspection, practice, money, the structure of councils and programmes",
    (
        Column(
            "topic",
            "text",
            "what it is about",
            choices=("director", "chief", "inspection", "practice", "money", "structure", "programme"),
        ),
        Column("fact", "text", "what the figure is", unique=True),
        *_VALUE,
        Column(
            "words",
            "text",
            "a finding that is not a number",
            required=False,
            default="the finding is a number",
        ),
        _UNIT,
        _PERIOD,
        Column("basis", "text", "what it was counted or computed from", required=False, default="not stated"),
        _SOURCE,
        _LICENCE,
        _CAVEAT,
    ),
    noun="fact",
)

TABLES: Mapping[str, Schema] = MappingProxyType(
    {
        table.name: table
        for table in (
            _COUNCILS,
            _JUDGEMENTS,
            _LATER_JUDGEMENTS,
            _COUNCIL_CHANGES,
            _NATIONAL_GRADES,
            _DIRECTORS,
            _WORKFORCE,
            _DEMAND,
            _PROGRAMMES,
            _FACTS,
        )
    }
)
"""Every table that the model rests on, by name."""
