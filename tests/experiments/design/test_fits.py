"""Sets that were fitted to less: for a forecast from a month, those that know nothing of it or of later ones."""

import json

import pytest

from experiments.design.plausible import fitted_until, load_plausible
from experiments.files.digests import digest
from simulation.errors import InputError


@pytest.fixture
def folder(tmp_path):
    """Sets fitted to what was known before April 2024, 2022 and 2019, told apart by their numbers of sets."""
    (tmp_path / "fits").mkdir()
    files = {"2024-04": tmp_path / "sets.csv"}
    files |= {month: tmp_path / "fits" / f"{month}.csv" for month in ("2022-04", "2019-04")}
    for number, path in enumerate(files.values(), 1):
        path.write_text("weight,alarm_push\n" + "1,0.5\n" * number, encoding="utf-8")
    made = {
        "digest": digest(files["2024-04"]),
        "fits": {month: digest(path) for month, path in files.items() if month != "2024-04"},
        "design": {"until": list(files)},
    }
    (tmp_path / "made.json").write_text(json.dumps(made), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("month", "until", "sets"),
    [
        ("2019-04", "2019-04", 3),
        ("2022-03", "2019-04", 3),
        ("2022-04", "2022-04", 2),
        ("2024-03", "2022-04", 2),
        ("2024-04", "2024-04", 1),
        ("2026-04", "2024-04", 1),
    ],
)
def test_a_month_gets_the_fit_that_knows_most_and_nothing_of_it(folder, month, until, sets):
    found = fitted_until(month, folder)
    assert (found.record["until"], len(found)) == (until, sets)


def test_a_month_before_every_fit_is_refused(folder):
    with pytest.raises(InputError, match="expected one from 2019-04 on, for which there is a fit, got '2019-03'"):
        fitted_until("2019-03", folder)


def test_a_fit_that_was_changed_is_refused(folder):
    path = folder / "fits" / "2019-04.csv"
    path.write_text("weight,alarm_push\n1,0.6\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"2019-04\.csv: expected the digest of made\.json"):
        fitted_until("2019-04", folder)
    assert len(fitted_until("2024-04", folder)) == 1


@pytest.mark.parametrize("missing", ["fits", "design"])
def test_a_record_without_fits_is_refused(folder, missing):
    made = json.loads((folder / "made.json").read_text("utf-8"))
    del made[missing]
    (folder / "made.json").write_text(json.dumps(made), encoding="utf-8")
    with pytest.raises(InputError, match=r"made\.json: expected months of fits and their digests"):
        fitted_until("2024-04", folder)


def test_the_shipped_fits_are_of_every_april_and_the_last_is_the_one_that_is_used():
    months = [f"{year}-04" for year in range(2019, 2025)]
    found = [fitted_until(month) for month in months]
    assert [one.record["until"] for one in found] == months
    assert min(len(one) for one in found) >= 200
    assert found[-1].digest == load_plausible().digest
    assert len({one.digest for one in found}) == len(found)
