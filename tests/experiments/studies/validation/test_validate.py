"""Validation: luck and ignorance kept apart, the verdict, the folder, the page and the command."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from experiments.cli import main
from experiments.design.origin import choose_sets
from experiments.observed import TOLERANCE, fit_patterns, further_patterns
from experiments.studies.validation.histories import run_histories
from experiments.studies.validation.page import SLOTS
from experiments.studies.validation.validate import read_patterns
from experiments.studies.validation.verdicts import PATTERN_GROUPS, pattern_table, pattern_verdict, sets_within, spread
from experiments.text.pages import END, RESULTS
from simulation.compiled.ensemble import Ensemble

SMALL = ["validate", "--sets", "2", "--replicates", "2"]
PANELS = {"grades", "spells", "transitions", "agency", "directors", "tenure", "validation"}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The folder of a small validation."""
    out = tmp_path_factory.mktemp("validation") / "out"
    assert main([*SMALL, "--out", str(out)]) == 0
    return out


@pytest.mark.parametrize(
    ("away", "said"), [(0.0, "reproduced"), (1.99, "reproduced"), (-1.99, "reproduced"), (2.01, "missed"),
                       (-2.01, "missed"), (math.nan, "missed")],
)  # fmt: skip
def test_a_pattern_is_reproduced_within_two_errors(away, said):
    pattern = replace(fit_patterns()[0], target=0.5, sd=0.1)
    assert TOLERANCE == 2.0
    assert pattern_verdict(pattern, 0.5 + away * 0.1) == said


def test_luck_is_round_each_sets_own_mean_and_sets_are_means():
    # Two sets whose means lie 10 apart; within each, histories differ by 2.
    values = np.array([[4.0, 6.0] * 20, [14.0, 16.0] * 20])
    found = spread(values, np.array([0.5, 0.5]), target=9.5)
    assert found.value == pytest.approx(10.0)
    widened = math.sqrt(40 / 39)
    assert (found.chance_low, found.chance_high) == pytest.approx((10 - widened, 10 + widened))
    assert (found.sets_low, found.sets_high) == pytest.approx((5.0, 15.0))
    assert found.below == pytest.approx(0.5)


def test_a_set_counts_by_its_weight():
    values = np.array([[1.0, 1.0], [5.0, 5.0]])
    assert spread(values, np.array([0.75, 0.25])).value == pytest.approx(2.0)
    assert spread(values, np.array([3.0, 1.0])).value == pytest.approx(2.0)


def test_what_nobody_could_see_is_left_out():
    values = np.array([[1.0, math.nan, 3.0], [math.nan] * 3, [5.0, math.nan, math.nan]])
    found = spread(values, np.array([1.0, 8.0, 1.0]))
    assert found.value == pytest.approx(3.5)
    # Only the first set has two histories to tell luck from.
    assert found.chance_high - 3.5 == pytest.approx(math.sqrt(2))
    assert math.isnan(spread(values[1:2], np.ones(1)).value)


def test_one_replicate_tells_nothing_of_luck_and_one_set_nothing_of_ignorance():
    found = spread(np.array([[1.0], [2.0]]), np.ones(2))
    assert math.isnan(found.chance_low)
    assert math.isfinite(found.sets_low)
    found = spread(np.array([[1.0, 2.0]]), np.ones(1))
    assert math.isfinite(found.chance_low)
    assert math.isnan(found.sets_low)


def test_histories_equal_to_what_was_observed_count_half():
    assert spread(np.array([[1.0, 1.0]]), np.ones(1), target=1.0).below == 0.5


def test_sets_within_are_those_whose_own_mean_is():
    pattern = replace(fit_patterns()[0], target=0.5, sd=0.1)
    values = np.array([[0.3, 0.6], [0.9, 0.9], [math.nan, math.nan]])
    assert sets_within(pattern, values, np.array([0.5, 0.25, 0.25])) == 0.5


def test_histories_are_the_same_whatever_the_number_of_workers():
    sets, weights = choose_sets("prior", 5, 7)
    one, two = (run_histories(sets, weights, 2, 7, workers=workers) for workers in (1, 3))
    for name in ("weights", "patterns", "grades", "spells", "posts"):
        assert np.array_equal(getattr(one, name), getattr(two, name), equal_nan=True)
    assert one.weights.sum() == pytest.approx(1.0)
    ensemble = Ensemble(72)
    # The second history of the fourth set meets a luck of its own: the eighth of two a set.
    run = ensemble.run("historical", ensemble.open(sets[3].parameters, ensemble.draw(7, 7)))
    assert (one.grades[3, 1] * 152).round().tolist() == run.months[
        ["inadequate", "requires_improvement", "good", "outstanding"]
    ].to_numpy().tolist()
    assert pattern_table(one)["value"].tolist() == pattern_table(two)["value"].tolist()


def test_a_validation_is_a_table_figures_and_a_manifest(small):
    files = {path.name for path in small.iterdir()} - {".lock"}
    assert files == {"patterns.csv", "spells.csv", "figures", "manifest.json"}
    assert {path.stem for path in (small / "figures").iterdir()} == PANELS
    manifest = json.loads((small / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["finished"]
    assert set(manifest["digests"]) == {"patterns.csv", "spells.csv", *(f"figures/{name}.png" for name in PANELS)}
    assert manifest["design"]["sets"] == 2
    table = read_patterns(small)
    assert sorted(table["name"]) == sorted(pattern.name for pattern in (*fit_patterns(), *further_patterns()))
    assert set(table["group"]) == set(PATTERN_GROUPS)
    assert ((table["value"] - table["target"]).abs() <= table["tolerance"]).tolist() == (
        table["verdict"] == "reproduced"
    ).tolist()


def test_the_same_again_runs_nothing_and_another_is_refused(small, capsys):
    before = (small / "patterns.csv").stat().st_mtime_ns
    assert main([*SMALL, "--out", str(small)]) == 0
    out, err = capsys.readouterr()
    assert "nothing was run again" in err
    assert "missed: " in out
    assert (small / "patterns.csv").stat().st_mtime_ns == before
    assert main([*SMALL, "--seed", "9", "--out", str(small)]) == 2
    assert "holds another design (not the same seed" in capsys.readouterr().err


def test_misses_are_printed_and_are_no_failure(small, capsys):
    assert main([*SMALL, "--out", str(small)]) == 0
    out = capsys.readouterr().out
    table = read_patterns(small)
    missed = table[table["verdict"] == "missed"]
    assert len(missed)
    for name in missed["name"]:
        block = out.split(f"\n{name}: ", 1)[1].splitlines()
        assert block[2].endswith("missed")
    assert f"missed: {', '.join(missed['name'])}" in out
    for group in PATTERN_GROUPS:
        of = (table["group"] == group).sum()
        assert f"of {of} reproduced" in out.split(f"\n{group}: ")[1].splitlines()[0]


def test_one_history_tells_neither_luck_nor_ignorance(tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text(f"{SLOTS.begin(RESULTS)}\n{END}\n", encoding="utf-8")
    one = ["validate", "--sets", "1", "--replicates", "1", "--out", str(tmp_path / "out"), "--page", str(page)]
    for _ in range(2):
        assert main(one) == 0
        assert "luck not known   sets not known" in capsys.readouterr().out
    assert "nan" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--sets", "0"], "sets: expected a whole number from 1 to 100000, got 0"),
        (["--replicates", "-1"], "replicates: expected a whole number from 1 to 1000000, got -1"),
        (["--seed", "-1"], "seed: expected a whole number from 0 to 9223372036854775807, got -1"),
        (["--workers", "0"], "workers: expected a whole number of 1 or more, got 0"),
        (["--draw", "prir"], "(nearest: prior)"),
        (["--replicats", "3"], "(nearest: --replicates)"),
        (["--page", "no_such_page.md"], "no_such_page.md: expected a page to renew"),
    ],
)
def test_bad_input_is_told_in_one_sentence(capsys, tmp_path, arguments, said):
    assert main(["validate", *arguments, "--out", str(tmp_path / "out")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("sli: ")
    assert err.count("\n") == 1
    assert said in err
    assert not (tmp_path / "out").exists()


def test_a_page_is_renewed_between_its_markers(small, tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{SLOTS.begin(RESULTS)}\nold\n{END}\nafter\n", encoding="utf-8")
    assert main([*SMALL, "--out", str(small), "--page", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{SLOTS.begin(RESULTS)}\n4 histories")
    assert text.endswith(f"{END}\nafter\n")
    assert "\nold\n" not in text
    assert (tmp_path / "validation.png").read_bytes() == (small / "figures" / "validation.png").read_bytes()
    page.write_text("no markers\n", encoding="utf-8")
    assert main([*SMALL, "--out", str(small), "--page", str(page)]) == 2
    assert "expected one" in capsys.readouterr().err


def test_the_page_in_the_documents_has_every_pattern_with_its_target(root):
    page = (root / "docs/understand/validation_patterns.md").read_text(encoding="utf-8")
    rows = {
        line.split("`")[1]: line
        for line in page.split(SLOTS.begin(RESULTS))[1].split(END)[0].splitlines()
        if "| `" in line
    }
    patterns = {pattern.name: pattern for pattern in (*fit_patterns(), *further_patterns())}
    assert sorted(rows) == sorted(patterns)
    for name, row in rows.items():
        cells = [cell.strip() for cell in row.split("|")]
        assert cells[3] == f"{patterns[name].target:.3g}"
        assert cells[4] == f"± {TOLERANCE * patterns[name].sd:.2g}"
