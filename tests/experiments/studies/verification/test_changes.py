"""What moved between two versions: found where it is planted, and nothing where nothing is."""

import json
import shutil

import pandas as pd
import pytest

from experiments.cli import main
from experiments.design.design import make_design
from experiments.files.digests import digest_of
from experiments.files.whole import read_csv, write_csv
from experiments.studies.comparison.compare import compare_regimes
from experiments.studies.verification.changes import PAIR, claim_moves, find_changes, moves
from simulation.errors import InputError


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    """A small finished comparison."""
    design = make_design(regimes=["hybrid"], parities=["pounds"], sets=4, replicates=2, months=12)
    return compare_regimes(design, tmp_path_factory.mktemp("changes") / "old", report=False).folder


@pytest.fixture
def new(old, tmp_path):
    """The same folder once more, for a test to change."""
    shutil.copytree(old, tmp_path / "new")
    return tmp_path / "new"


def edit(folder, **entries):
    """Change entries of a design, as if another version had been asked so."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["design"] |= entries
    manifest["fingerprint"] = digest_of(manifest["design"])
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def table(**more):
    cells = {"outcome": "a", "parity": "days", "regime": "b", "baseline": "none", "unit": "months"}
    return pd.DataFrame([cells | {"difference": 0.0, "difference_error": 1.0, "verdict": "likely better"} | more])


@pytest.mark.parametrize(("moved", "beyond"), [(2.7, False), (-2.7, False), (2.9, True), (-2.9, True)])
def test_a_move_is_beyond_luck_where_it_passes_its_own_95_percent_interval(moved, beyond):
    (row,) = moves(table(), table(difference=moved), PAIR, "difference").to_dict("records")
    assert (row["moved"], row["beyond_luck"], row["verdict_changed"]) == (moved, beyond, False)
    assert row["moved_error"] == pytest.approx(2**0.5)


def test_a_verdict_that_changed_is_named_though_nothing_moved_far():
    (row,) = moves(table(), table(verdict="too close to call"), PAIR, "difference").to_dict("records")
    assert row["verdict_changed"]
    assert (row["old_verdict"], row["new_verdict"]) == ("likely better", "too close to call")


def test_a_missing_number_moves_nowhere():
    missing = moves(table(), table(difference=float("nan")), PAIR, "difference")
    assert not missing["beyond_luck"].any()


def test_effects_that_do_not_decide_a_claim_are_left_out():
    claim = {"claim": 1, "observable": "x", "contrast": "y", "unit": "SD", "effect": 0.1, "effect_error": 0.1}
    claims = pd.DataFrame([claim | {"verdict": "supported", "decides": decides} for decides in (True, False)])
    assert len(claim_moves(claims.iloc[:1], claims)) == 1


def test_two_folders_of_one_version_differ_in_nothing(old, new, capsys):
    found = find_changes(old, new)
    assert found.made == ()
    assert len(found.differences) > 0
    assert not found.differences[["beyond_luck", "verdict_changed"]].any(axis=None)
    assert main(["changed", str(old), str(new)]) == 0
    said = capsys.readouterr().out
    assert "nothing that was asked or used" in said
    assert f"0 of {len(found.differences)} verdicts changed\n" in said
    assert "claims: not tested in both" in said


def test_what_is_planted_is_found_said_and_written(new, tmp_path, capsys):
    comparison = read_csv(new / "comparison.csv").assign(difference_error=1.0)
    write_csv(new / "comparison.csv", comparison)
    shutil.copytree(new, tmp_path / "before")
    edit(new, model="another")
    comparison.loc[0, ["difference", "verdict"]] = [comparison.loc[0, "difference"] + 5.0, "very likely worse"]
    comparison.loc[1, "difference"] -= 5.0
    write_csv(new / "comparison.csv", comparison)
    assert main(["changed", str(tmp_path / "before"), str(new), "--out", str(tmp_path / "all.csv")]) == 0
    said = capsys.readouterr().out
    assert "changed: the model\n" in said
    assert "1 of " in said
    assert "now very likely worse" in said
    written = read_csv(tmp_path / "all.csv")
    assert written["verdict_changed"].sum() == 1
    assert list(written.index[written["beyond_luck"]]) == [0, 1]


@pytest.mark.parametrize(
    ("entries", "what"),
    [({"months": 13}, "months"), ({"seed": 1}, "seed"), ({"parities": ["days"]}, "parities")],
)
def test_another_question_is_refused_by_name(old, new, entries, what):
    edit(new, **entries)
    with pytest.raises(InputError, match=f"expected {what} as in"):
        find_changes(old, new)


def test_a_choice_that_only_one_version_knows_is_no_difference(old, new):
    switches = json.loads((new / "manifest.json").read_text(encoding="utf-8"))["design"]["switches"]
    edit(new, switches={**switches, "something_new": "on"})
    assert find_changes(old, new).made == ()
    edit(new, switches={**switches, "anchors": "off"})
    with pytest.raises(InputError, match="expected anchors as in"):
        find_changes(old, new)


def test_other_regimes_and_other_folders_are_refused(old, new, tmp_path, capsys):
    design = json.loads((new / "manifest.json").read_text(encoding="utf-8"))["design"]
    edit(new, regimes={name: one for name, one in design["regimes"].items() if name != "hybrid"})
    assert main(["changed", str(old), str(new)]) == 2
    assert main(["changed", str(old), str(tmp_path)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "expected the regimes of" in lines[0]
    assert "manifest.json" in lines[1]
