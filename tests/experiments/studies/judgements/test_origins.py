"""Rolling origins as they are asked for."""

import pytest

from experiments.studies.judgements.origins import RollingDesign, parse_origins
from simulation.errors import InputError


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2019-04:2021-03:12", (12, 24)),
        ("2019-04:2019-04:1", (12,)),
        ("2018-04", (0,)),
        ("2020-04, 2019-04,2020-04", (12, 24)),
        ("2018-04:2018-10:3", (0, 3, 6)),
    ],
)
def test_origins_are_months_from_april_2018_in_order(text, months):
    assert parse_origins(text) == months


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2019-04:2021-03", "expected FIRST:LAST:STEP, as in 2019-04:2024-04:12, or months with commas between them"),
        ("2019-4:2021-03:12", "--origins: expected a calendar month as YYYY-MM, got '2019-4'"),
        ("2019-04:2021-03:0", "expected a step of 1 month or more, got '0'"),
        ("2019-04:2021-03:year", "expected a step of 1 month or more, got 'year'"),
        ("2020-04:2019-04:12", "expected a last month not before the first, got '2020-04:2019-04:12'"),
        ("2018-03:2019-03:12", "--origins: expected months from 2018-04 to"),
        ("2019-04,", "--origins: expected a calendar month as YYYY-MM, got ''"),
    ],
)
def test_origins_that_cannot_be_are_refused(text, says):
    with pytest.raises(InputError, match=r"^--origins") as refused:
        parse_origins(text)
    assert says in str(refused.value)


@pytest.mark.parametrize("name", ["runs", "sets"])
def test_there_is_one_run_and_one_set_at_least(name):
    with pytest.raises(InputError, match=f"{name}: expected a whole number from 1 to .*, got 0"):
        RollingDesign((12,), **{name: 0})
