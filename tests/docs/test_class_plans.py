"""The plans for a class: no minute is left out or given twice, and every lesson that they name is there."""

import re
from itertools import pairwise

import pytest

from experiments.lessons.catalogue import all_lessons

SPAN = re.compile(r"^\| (\d+)(?::(\d\d))? to (\d+)(?::(\d\d))? \|", re.MULTILINE)


def spans(page):
    """From and to which minute each row of a plan goes."""

    def minute(first, second):
        return int(first) if second == "" else 60 * int(first) + int(second)

    return [(minute(a, b), minute(c, d)) for a, b, c, d in SPAN.findall(page)]


@pytest.mark.parametrize(("name", "minutes", "lessons"), [("ninety_minutes", 90, 3), ("half_day", 240, 8)])
def test_a_plan_fills_its_time_and_names_its_lessons(root, name, minutes, lessons):
    page = (root / "docs" / "learn" / f"class_{name}.md").read_text(encoding="utf-8")
    rows = spans(page)
    assert (rows[0][0], rows[-1][1]) == (0, minutes)
    assert all(end == begin for (_, end), (begin, _) in pairwise(rows))
    named = set(re.findall(r"experiments/lessons/(\w+\.md)\)", page))
    assert named <= {lesson.file for lesson in all_lessons()}
    assert len(named) == lessons


def test_a_gap_in_a_plan_would_be_seen():
    assert spans("| 0 to 10 | a |\n| 10 to 1:20 | b |\n| 0:15 to 1:00 | c |\n") == [(0, 10), (10, 80), (15, 60)]
