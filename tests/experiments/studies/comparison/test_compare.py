"""``sli compare`` from its options to its folder."""

import numpy as np
import pytest

import experiments.report
from experiments import compare_regimes, load_results, make_design
from experiments.cli import main
from experiments.design import parameter_sets
from experiments.files.whole import read_csv
from simulation.compiled.ensemble import Ensemble
from simulation.errors import InputError
from simulation.regimes import REGIMES

ROWS = [
    f"X{number},Somewhere {number},{'east' if number % 2 else 'west'},{grade},2018-0{1 + number % 3}-15"
    for number, grade in enumerate(["good", "inadequate", "requires_improvement", "good", "outstanding", "good"])
]


@pytest.fixture(autouse=True)
def no_report(monkeypatch):
    monkeypatch.setattr(experiments.report, "write_report", lambda *_, **__: None)


@pytest.fixture
def councils(tmp_path):
    path = tmp_path / "councils.csv"
    path.write_text("\n".join(["code,name,region,grade,judged_on", *ROWS, ""]), encoding="utf-8")
    return path


def compared(tmp_path, *options):
    out = tmp_path / "out"
    code = main(["compare", "--months", "4", "--workers", "1", *map(str, options), "--out", str(out)])
    return code, load_results(out)


def test_quick_is_one_set_equal_pounds_and_three_replicates(tmp_path, capsys, councils):
    code, results = compared(tmp_path, "--quick", "--councils", councils)
    assert code == 0
    assert list(results.comparison.regime.unique()) == list(REGIMES)
    assert set(results.runs.parity) == {"pounds"}
    assert (results.runs.set.nunique(), results.runs.replicate.nunique()) == (1, 3)
    assert results.manifest["levers"] == "fixed"
    out, err = capsys.readouterr()
    assert "one parameter set: this is an illustration and carries no verdict" in out
    assert err == ""


def test_no_simulated_result_is_named_after_a_council(tmp_path, councils):
    _, results = compared(tmp_path, "--quick", "--councils", councils, "--regimes", "hybrid", "--keep", "sample")
    for table in (results.runs, results.months, results.groups, results.comparison, results.summary):
        for column in table.select_dtypes("str"):
            assert not table[column].str.contains("Somewhere|^X").any()
    assert "Somewhere" not in (results.folder / "manifest.json").read_text(encoding="utf-8")


def test_everything_that_is_asked_for_is_in_the_manifest(tmp_path, councils):
    files = {
        "own.toml": 'title = "Mine"\nsummary = "Nothing."\n',
        "parameters.toml": "transfer_rate = 0.2\n",
        "funding.csv": "month,gap\n2018-04,0.1\n2020-04,0.2\n",
        "prices.csv": "price\n600\n0\n300\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    options = ["--regimes", "hybrid", "--regime", tmp_path / "own.toml", "--sets", 2, "--replicates", 1, "--seed", 7]
    options += ["--parity", "none,days", "--levers", "fixed", "--switch", "alarm=off", "--switch", "labels=off"]
    options += ["--parameters", tmp_path / "parameters.toml", "--funding", tmp_path / "funding.csv"]
    options += ["--poverty-tilt", 2, "--pause", "none", "--start", "2019-04", "--prices", tmp_path / "prices.csv"]
    options += ["--headline", "2027-04"]
    code, results = compared(tmp_path, *options, "--councils", councils)
    asked = results.manifest["design"]
    assert code == 0
    assert list(asked["regimes"]) == ["none", "partners_in_practice", "hybrid", "own"]
    assert asked["parities"] == ["days", "none"]
    assert [one["transfer_rate"] for one in asked["sets"]] == [0.2, 0.2]
    assert asked["scenario"] == {
        "funding": [["2018-04", 0.1], ["2020-04", 0.2]],
        "poverty_tilt": 2.0,
        "pause": "none",
        "headline": "2027-04",
        "start": "2019-04",
    }
    assert (asked["switches"]["alarm"], asked["switches"]["labels"], asked["switches"]["overload"]) == (
        "off",
        "off",
        "on",
    )
    assert (asked["seed"], asked["replicates"], asked["councils"]["number"]) == (7, 1, 6)
    assert results.manifest["options"]["prices"] == [0.0, 300.0, 600.0]
    assert results.sets.receiver_quantile.isna().all()


def test_a_users_own_design_is_run_as_it_stands(tmp_path, councils):
    (tmp_path / "design.csv").write_text("transfer_rate,half_dose\n0.1,1\n0.3,2\n0.5,3\n", encoding="utf-8")
    options = ["--design", tmp_path / "design.csv", "--replicates", 1, "--parity", "days", "--regimes", "hybrid"]
    code, results = compared(tmp_path, *options, "--councils", councils)
    assert code == 0
    assert results.sets.transfer_rate.tolist() == [0.1, 0.3, 0.5]
    assert results.manifest["levers"] == "fixed"
    assert results.sets.receiver_quantile.isna().all()


def test_a_failed_run_ends_in_exit_code_1_and_one_line(tmp_path, capsys, councils, monkeypatch):
    def breaks(ensemble, regime, *more, **options):
        if getattr(regime, "name", "") == "gold_dust":
            raise ArithmeticError("no gold")
        return run(ensemble, regime, *more, **options)

    run = Ensemble.run
    monkeypatch.setattr(Ensemble, "run", breaks)
    code, results = compared(tmp_path, "--quick", "--councils", councils)
    assert code == 1
    where = results.folder / "failures.csv"
    assert capsys.readouterr().err == f"3 runs failed: {where} says which, and how to repeat each\n"
    table = read_csv(where)
    assert table["reason"].tolist() == ["ArithmeticError: no gold"] * 3
    assert table[["parity", "regime", "set"]].drop_duplicates().to_numpy().tolist() == [["pounds", "gold_dust", 0]]
    assert table["replicate"].tolist() == [0, 1, 2]
    assert set(results.runs[results.runs.regime == "gold_dust"].error) == {"ArithmeticError: no gold"}
    assert (results.runs[results.runs.regime != "gold_dust"].error == "").all()


def test_a_comparison_of_more_sets_than_are_listed_goes_on_and_tells_others_apart(
    tmp_path, capsys, councils, monkeypatch
):
    monkeypatch.setattr(parameter_sets, "LISTED_SETS", 2)
    options = ["--regimes", "hybrid", "--sets", 3, "--replicates", 1, "--parity", "days", "--councils", councils]
    code, results = compared(tmp_path, *options)
    assert code == 0
    assert results.manifest["design"]["sets"]["number"] == len(results.sets) == 3
    made = (tmp_path / "out" / "manifest.json").read_bytes()
    assert compared(tmp_path, *options)[0] == 0
    assert (tmp_path / "out" / "manifest.json").read_bytes() == made
    assert results.case.sets == 3
    (tmp_path / "held.toml").write_text("transfer_rate = 0.2\n", encoding="utf-8")
    asked = ["compare", "--months", "4", *map(str, options), "--out", str(tmp_path / "out")]
    assert main([*asked, "--parameters", str(tmp_path / "held.toml")]) == 2
    assert "holds another design (not the same sets)" in capsys.readouterr().err


def test_numpys_number_of_workers_is_taken_to_the_end(tmp_path):
    design = make_design(regimes=[], parities=["days"], sets=1, replicates=1, months=2)
    found = compare_regimes(design, tmp_path / "out", workers=np.int64(1), report=False)
    assert found.manifest["options"]["workers"] == 1
    with pytest.raises(InputError, match="workers: expected a whole number of 1 or more, got 0"):
        compare_regimes(design, tmp_path / "other", workers=0)
    assert not (tmp_path / "other").exists()


def test_one_replicate_has_no_error(tmp_path, capsys, councils):
    assert compared(tmp_path, "--quick", "--replicates", "1", "--regimes", "hybrid", "--councils", councils)[0] == 0
    out = capsys.readouterr().out
    assert "nan" not in out
