"""The command line: what it prints, and one sentence and exit code 2 for bad input."""

import json
import subprocess
import sys

import pytest

from experiments.cli import main
from simulation.outcomes.outcomes import OUTCOMES
from simulation.parameters import PARAMETERS
from simulation.regimes import LEVERS, REGIMES
from simulation.scenario import SCENARIOS
from simulation.switches import SWITCHES

COUNCILS = "code,region,grade,judged_on\n"
THREE = "a,north,good,2017-01-31\nb,north,inadequate,2017-06-30\nc,south,good,2018-03-31\n"


def sentence(capsys, *arguments):
    """Run ``sli`` with bad input; return the one sentence that it says."""
    assert main(list(map(str, arguments))) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("\n")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert err.startswith("sli: ")
    return err[5:-1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["verify"], "verify: expected a results folder or --machine, got nothing to check"),
        (["comapre"], "unknown command 'comapre' (nearest: compare)"),
        (["compare", "--replicats", "3"], "unknown option '--replicats' (nearest: --replicates)"),
        (["compare", "--regimes", "peer_suport"], "unknown regime 'peer_suport' (nearest: peer_support)"),
        (["compare", "--regimes", "hybrid,,none"], "--regimes: expected names with commas between them"),
        (["compare", "--regimes", "hybrid,hybrid"], "got 'hybrid' twice"),
        (["compare", "--parity", "pound"], "(nearest: pounds)"),
        (["compare", "--parity", "pounds,"], "--parity: expected names with commas"),
        (["compare", "--levers", "drwan"], "levers: expected drawn or fixed, got 'drwan' (nearest: drawn)"),
        (["compare", "--funding", "frozn"], "got 'frozn' (nearest: frozen)"),
        (["compare", "--headline", "keep"], "headline: expected kept, removed or a month as YYYY-MM, got 'keep'"),
        (["compare", "--pause", "never"], "pause: expected historical, none, got 'never'"),
        (["compare", "--poverty-tilt", "nan"], "--poverty-tilt: expected a number, got 'nan'"),
        (["compare", "--poverty-tilt", "-1"], "poverty_tilt: expected a number from 0 to 10, got -1"),
        (["compare", "--poverty-tilt", "much"], "--poverty-tilt: expected a number, got 'much'"),
        (["compare", "--switch", "overload"], "--switch: expected NAME=CHOICE, as in overload=off, got 'overload'"),
        (["compare", "--switch", "overlod=off"], "unknown switch 'overlod' (nearest: overload)"),
        (["compare", "--switch", "overload=of"], "switch overload: expected on or off, got 'of' (nearest: off)"),
        (["compare", "--switch", "alarm=off", "--switch", "alarm=on"], "got 'alarm' twice"),
        (["compare", "--replicates", "0"], "replicates: expected a whole number from 1 to 1000000, got 0"),
        (["compare", "--replicates", "-2"], "got -2"),
        (["compare", "--replicates", "2.5"], "--replicates: expected a whole number, got '2.5'"),
        (["compare", "--replicates=many"], "--replicates: expected a whole number, got 'many'"),
        (["compare", "--replicates", "\u0661\u0662"], "--replicates: expected a whole number, got '\u0661\u0662'"),
        (["compare", "--replicates", "1_0"], "--replicates: expected a whole number, got '1_0'"),
        (["compare", "--sets", "\u0663"], "--sets: expected a whole number of 1 or more, or all, got '\u0663'"),
        (["compare", "--sets", "1000000000"], "sets: expected a whole number from 1 to 100000, or all, got 1000000000"),
        (["compare", "--seed", str(2**63)], "seed: expected a whole number from 0 to 9223372036854775807, got"),
        (["compare", "--parity", ""], "--parity: expected names with commas between them, got ''"),
        (["compare", "--start", "2999-01"], "start: expected a month from 1900-01 to 2199-12, got '2999-01'"),
        (
            ["compare", "--funding", ""],
            "funding: expected projected, outturn, later, half, closed, frozen or a CSV file, got ''",
        ),
        (["run", "--regime", ""], "unknown regime ''"),
        (
            ["run", "--regime", "none", "--months", "100000"],
            "months: expected a whole number from 1 to 12000, got 100000",
        ),
        (["compare", "--replicates"], "--replicates"),
        (["compare", "--months", "0"], "months: expected a whole number from 1 to 1200, got 0"),
        (["compare", "--months", "-12"], "got -12"),
        (["compare", "--months", "100000"], "got 100000"),
        (["compare", "--sets", "0"], "sets: expected a whole number from 1 to 100000, or all, got 0"),
        (["compare", "--engine", "msea"], "engine: expected ensemble or mesa, got 'msea' (nearest: mesa)"),
        (
            ["compare", "--keep", "month"],
            "keep: expected runs, sample, months or councils, got 'month' (nearest: months)",
        ),
        (["compare", "--matters", "falls"], "--matters: expected OUTCOME=VALUE, as in inadequate_months=50, got"),
        (["compare", "--matters", "falls=1", "--matters", "falls=2"], "expected each outcome once, got 'falls' twice"),
        (["compare", "--matters", "fals=1"], "matters: unknown outcome 'fals' (nearest: falls)"),
        (["compare", "--matters", "falls=few"], "--matters: falls: expected a number, got 'few'"),
        (["compare", "--matters", "falls=0"], "matters: expected a number above 0 for falls, got 0"),
        (["compare", "--max-sets", "0"], "sets: expected a whole number from 1 to"),
        (["compare", "--sets", "5", "--max-sets", "9"], "a fixed number of sets or a stop rule"),
        (["compare", "--workers", "0"], "workers: expected a whole number of 1 or more, got 0"),
        (["compare", "--seed", "-1"], "seed: expected a whole number from 0 to 9223372036854775807, got -1"),
        (["compare", "--start", "2018-13"], "YYYY-MM"),
        (["compare", "--start", "soon"], "'soon'"),
        (["compare", "extra"], "extra"),
        (["compare", "--sets", "2", "--design", "x.csv"], "either --sets or --design, got both"),
        (["run"], "--regime"),
        (["run", "--regime", "gold_dst"], "(nearest: gold_dust)"),
        (
            ["run", "--regime", "none", "--replicate", "-1"],
            "replicate: expected a whole number from 0 to 2147483647, got -1",
        ),
        (["run", "--regime", "none", "--parity", "day"], "(nearest: days)"),
        (["run", "--regime", "none", "--months", "0"], "months: expected"),
        (["outcomes", "falling"], "unknown outcome 'falling'"),
        (["outcomes", "inadequate_month"], "(nearest: inadequate_months)"),
        (["parameters", "transfer_rat"], "(nearest: transfer_rate)"),
        (["switches", "alram"], "(nearest: alarm)"),
        (["scenarios", "fundin"], "(nearest: funding)"),
        (["regimes", "hybird"], "(nearest: hybrid)"),
        (["regimes", "--levers", "giver"], "(nearest: givers)"),
    ],
)
def test_unknown_names_and_bad_values_are_told_in_one_sentence(capsys, tmp_path, arguments, said):
    out = ["--out", tmp_path / "out"] if arguments[0] in {"compare", "run"} else []
    assert said in sentence(capsys, *arguments, *out)
    assert list(tmp_path.iterdir()) == []


# What is wrong in a file, by the option that takes it.
FILES = {
    "--parameters": [
        ("transfer_rat = 0.1\n", "unknown parameter 'transfer_rat' (nearest: transfer_rate)"),
        ("transfer_rate = -1\n", "parameter transfer_rate: expected 0"),
        ("transfer_rate = nan\n", "got nan"),
        ('transfer_rate = "much"\n', "got 'much'"),
        ("transfer_rate = true\n", "got True"),
        ("transfer_rate\n", "expected TOML"),
        ("deprivation_effect = 0.9\nregion_sd = 0.9\n", "sum of their squares"),
    ],
    "--regime": [
        ("[[arm]]\ngiverz = 3\n", "unknown lever 'giverz' (nearest: givers)"),
        ("colour = 3\n", "unknown entry 'colour'"),
        ("arm = 3\n", "expected every arm under a heading [[arm]]"),
        ("[[arm]\n", "expected TOML"),
    ],
    "--design": [
        ("", "got an empty file"),
        ("transfer_rat\n1\n", "(nearest: transfer_rate)"),
        ("transfer_rate\nnan\n", "got 'nan'"),
        ('transfer_rate\n"0.1\n', "expected well-formed CSV"),
    ],
    "--funding": [
        ("", "an empty file"),
        ("month,gap\n", "expected 1 to 5,000 points, got 0"),
        ("month,gp\n2018-04,0.1\n", "expected one of the columns month, gap, got 'gp' (nearest: gap)"),
        ("month\n2018-04\n", "expected the column 'gap', got month"),
        ("month,gap\n2018-04,lots\n", "row 2, column 'gap': expected a number from -1 to 1, got 'lots'"),
        ("month,gap\n2018-04,nan\n", "got 'nan'"),
        ("month,gap\n2018-04,7\n", "row 2, column 'gap': expected a number from -1 to 1, got '7'"),
        ("month,gap\nApril,0.1\n", "row 2, column 'month': expected a month as YYYY-MM, got 'April'"),
        ("month,gap\n2999-01,0.1\n", "column 'month': expected a month from 1900-01 to 2199-12, got '2999-01'"),
        ("month,gap\n2019-04,0.1\n2018-04,0.1\n", "a month after 2019-04 (rows in rising order), got '2018-04'"),
        ("month,gap\n2018-04,0.1,9\n", "row 2: expected 2 cells, got 3"),
    ],
    "--prices": [
        ("", "an empty file"),
        ("cost\n5\n", "expected one of the columns price, got 'cost'"),
        ("price\n-5\n", "row 2, column 'price': expected a number, 0 or more, got '-5'"),
        ("price\n\u0663\n", "got '\u0663'"),
        ("price\nfree\n", "got 'free'"),
    ],
    "--councils": [
        ("", ""),
        (COUNCILS, ""),
        (COUNCILS + THREE.replace("b,", "a,"), "'a'"),
        (COUNCILS + THREE.replace("inadequate", "inadquate"), "inadequate"),
        (COUNCILS + THREE.replace("2017-06-30", "2017-06-31"), "2017-06-31"),
        (THREE, ""),
    ],
}


@pytest.mark.parametrize(("option", "content", "said"), [(o, *case) for o, cases in FILES.items() for case in cases])
def test_malformed_files_are_told_in_one_sentence(capsys, tmp_path, option, content, said):
    path = tmp_path / ("file.toml" if option in {"--parameters", "--regime"} else "file.csv")
    path.write_text(content, encoding="utf-8")
    found = sentence(capsys, "compare", option, path, "--out", tmp_path / "out")
    assert said in found
    assert str(path) in found
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("option", FILES)
@pytest.mark.parametrize("kind", ["missing", "binary", "folder"])
def test_files_that_are_no_text_are_told_in_one_sentence(capsys, tmp_path, option, kind):
    path = tmp_path / ("file.toml" if option in {"--parameters", "--regime"} else "file.csv")
    if kind == "binary":
        path.write_bytes(bytes(range(256)))
    elif kind == "folder":
        path.mkdir()
    assert str(path) in sentence(capsys, "compare", option, path, "--out", tmp_path / "out")


def test_a_folder_that_cannot_be_made_is_told_in_one_sentence(capsys, tmp_path):
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    for out in (tmp_path / "file", tmp_path / "file" / "below"):
        for command in (["knockout", "--months", "1"], ["run", "--regime", "none", "--months", "1"]):
            assert str(tmp_path / "file") in sentence(capsys, *command, "--out", out)
        assert main(["compare", "--quick", "--months", "1", "--out", str(out)]) == 2
        assert str(tmp_path / "file") in capsys.readouterr().err


def test_another_design_in_the_folder_is_told_in_one_sentence(capsys, tmp_path):
    run = ["run", "--regime", "none", "--out", str(tmp_path / "out"), "--months"]
    assert main([*run, "2"]) == 0
    capsys.readouterr()
    assert "holds another design (not the same months)" in sentence(capsys, *run, "3")
    assert main([*run, "3", "--force"]) == 0


def test_one_run_is_a_table_of_months_panels_and_a_figure(capsys, tmp_path):
    out = tmp_path / "out"
    assert main(["run", "--regime", "peer_support", "--months", "4", "--parity", "days", "--out", str(out)]) == 0
    names = {"months.csv", "councils.csv", "directors.csv", "outcomes.csv", "run.png", "manifest.json"}
    assert {path.name for path in out.iterdir()} - {".lock"} == names
    assert (out / "months.csv").read_text(encoding="utf-8").count("\n") == 5
    assert (out / "councils.csv").read_text(encoding="utf-8").count("\n") == 1 + 4 * 152
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["digests"]) == names - {"manifest.json"}
    assert "not a forecast" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "names"),
    [
        (["parameters"], PARAMETERS),
        (["outcomes"], OUTCOMES),
        (["scenarios"], SCENARIOS),
        (["switches"], SWITCHES),
        (["regimes"], REGIMES),
        (["regimes", "--levers"], LEVERS),
    ],
)
def test_what_exists_is_listed(capsys, command, names):
    assert main(command) == 0
    lines = capsys.readouterr().out.splitlines()
    found = [line.split()[0].rstrip(":") for line in lines if line and not line.startswith(" ")]
    assert [name for name in found if name in names] == list(names)
    assert main([*command, list(names)[1]]) == 0
    assert capsys.readouterr().out.split()[0].rstrip(":") == list(names)[1]


def test_councils_and_evidence_are_shown(capsys):
    assert main(["councils"]) == 0
    assert "152 councils at 2018-04" in capsys.readouterr().out
    assert main(["councils", "--template"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("code,")
    assert main(["evidence"]) == 0
    assert "Licences" in capsys.readouterr().out


def test_help_and_version(capsys):
    assert main([]) == 0
    assert "compare" in capsys.readouterr().out
    assert main(["compare", "--help"]) == 0
    assert "--poverty-tilt" in capsys.readouterr().out
    assert main(["--version"]) == 0
    assert "sector-led-improvement 0." in capsys.readouterr().out


def test_help_loads_nothing_that_is_slow():
    code = (
        "import sys; from experiments.cli import main; main(['--help']); "
        "print(*{'mesa', 'pandas', 'numpy', 'matplotlib', 'scipy'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == ""


def test_a_dry_run_counts_and_writes_nothing(capsys, tmp_path):
    asked = ["compare", "--dry-run", "--months", "3", "--out", str(tmp_path / "out")]
    assert main([*asked, "--sets", "2", "--engine", "mesa"]) == 0
    out = capsys.readouterr().out
    assert "(270 rows" in out
    assert "at most" not in out
    assert main([*asked, "--sets", "2"]) == 0
    out = capsys.readouterr().out
    assert "(432 rows" in out
    assert "at most" not in out
    assert main([*asked, "--max-sets", "300"]) == 0
    out = capsys.readouterr().out
    assert "at most" in out
    assert "the stop rule may end them from" in out
    assert "minutes" in out
    assert "MB" in out
    assert list(tmp_path.iterdir()) == []
