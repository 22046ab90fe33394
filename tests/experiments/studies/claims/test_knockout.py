"""`sli knockout` from end to end, what it refuses, and what it leaves behind when it is stopped."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from PIL import Image

from experiments.cli import main
from experiments.design.origin import Origin
from experiments.design.parameter_sets import draw_sets
from experiments.design.world import World
from experiments.figures.claim_effects import claims_figure, spoken
from experiments.files.digests import digest
from experiments.files.whole import read_csv
from experiments.studies.claims import page, runs
from experiments.studies.claims.answers import CLAIM_COLUMNS, claims_table, needs_of, read_claims, run_claims
from experiments.studies.claims.catalogue import claims, pick_claims
from experiments.studies.claims.judge import judge_effect
from experiments.studies.claims.knockout import knock_out
from experiments.studies.claims.runs import Trial
from experiments.studies.verification.readers import read_known_runs
from simulation.compiled.ensemble import Ensemble
from simulation.councils import load_councils
from simulation.errors import InputError
from simulation.outcomes.pairs import paired_outcomes
from simulation.parameters import Parameters
from simulation.scenario import Scenario
from simulation.simulate import simulate
from simulation.switches import Switches

ASKED = ["knockout", "--sets", "2", "--draw", "prior", "--replicates", "2", "--months", "8"]


@pytest.fixture(scope="module")
def trial():
    """Two sets, two replicates, eight months."""
    world = World(councils=load_councils(), scenario=Scenario(), switches=Switches(), months=8, seed=2018)
    return Trial(world=world, sets=draw_sets(2, Parameters(), set(), 2018), origin=Origin("prior"), replicates=2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """All claims, run once by the command."""
    out = tmp_path_factory.mktemp("knockout") / "all"
    assert main([*ASKED, "--workers", "2", "--out", str(out)]) == 0
    return out


def test_the_table_has_a_row_an_observable_and_one_deciding_row_a_claim(folder):
    table = read_claims(folder)
    assert tuple(table.columns) == CLAIM_COLUMNS
    assert len(table) == sum(len(claim.observables) for claim in claims())
    deciding = table[table.decides]
    assert deciding.claim.tolist() == list(range(1, 13))
    assert deciding.title.tolist() == [claim.title for claim in claims()]
    assert set(table.verdict) == {"cannot tell"}
    assert deciding.source.notna().all()
    assert deciding.sentence.notna().all()
    assert table[~table.decides].sentence.isna().all()
    assert set(table.assumed) == {"no", "direction", "yes"}
    assert (table.why_assumed.notna() == (table.assumed != "no")).all()


def test_the_folder_holds_a_figure_and_a_sealed_manifest(folder):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["finished"]
    assert manifest["failed"] == 0
    assert manifest["digests"] == {name: digest(folder / name) for name in ("claims.csv", "claims.png")}
    assert manifest["design"]["claims"] == list(range(1, 13))
    with Image.open(folder / "claims.png") as image:
        assert image.width > 500
    assert {path.name for path in folder.iterdir()} - {".lock"} == {"claims.csv", "claims.png", "manifest.json"}


def test_the_same_command_runs_nothing_again_and_another_is_refused(folder, capsys):
    before = digest(folder / "claims.csv")
    assert main([*ASKED, "--out", str(folder)]) == 0
    assert f"{folder} holds these results already: nothing was run again" in capsys.readouterr().err
    assert main([*ASKED, "--claims", "4", "--out", str(folder)]) == 2
    assert re.search(r"holds another design \(not the same claims.*--force", capsys.readouterr().err)
    assert digest(folder / "claims.csv") == before


def test_force_replaces_another_design(folder, tmp_path):
    out = tmp_path / "other"
    assert main([*ASKED, "--claims", "4", "--out", str(out)]) == 0
    assert main([*ASKED, "--claims", "5", "--force", "--out", str(out)]) == 0
    assert set(read_claims(out).claim) == {5}
    one = read_claims(folder)
    assert read_claims(out).to_csv() == one[one.claim == 5].reset_index(drop=True).to_csv()


def test_the_files_do_not_depend_on_the_workers(folder, tmp_path):
    assert main([*ASKED, "--workers", "1", "--out", str(tmp_path / "one")]) == 0
    assert digest(tmp_path / "one" / "claims.csv") == digest(folder / "claims.csv")
    assert digest(tmp_path / "one" / "claims.png") == digest(folder / "claims.png")


def test_what_is_printed_has_every_claim_and_its_sentence(folder, capsys):
    assert main([*ASKED, "--out", str(folder)]) == 0
    out = capsys.readouterr().out
    flat = " ".join(out.split())
    for row in read_claims(folder).query("decides").itertuples():
        assert " ".join(f"{row.claim}. {row.title}. {row.sentence}".split()) in flat
    assert "(assumed)" in out
    assert "(direction assumed)" in out


def test_the_page_of_claims_is_made_from_a_folder(folder, tmp_path):
    path = tmp_path / "claims.md"
    path.write_text("before\n<!-- claims: results -->\nold\n<!-- end -->\nafter\n", encoding="utf-8")
    page.main(folder, path)
    assert digest(tmp_path / "claims" / "claims.png") == digest(folder / "claims.png")
    made = path.read_text(encoding="utf-8")
    assert made.startswith("before\n<!-- claims: results -->\n`sli knockout --sets 2 --replicates 2 --seed 2018")
    assert made.endswith("<!-- end -->\nafter\n")
    assert "old" not in made.split("after")[0].split("\n")
    for row in read_claims(folder).query("decides").itertuples():
        assert f"| {row.worlds} of 2 | {row.verdict}: {row.reason} |" in made
        assert f"{row.claim}. **{row.title}.** {row.sentence} *Claimed by: {row.source}.*\n" in made
    assert "0 of 12 verdicts change" in made
    path.write_text("no markers", encoding="utf-8")
    with pytest.raises(InputError, match="expected one <!-- claims: results --> with <!-- end --> below it, got 0"):
        page.main(folder, path)


def test_effects_are_those_of_runs_made_one_by_one(trial):
    """Claim 4 on spread and claim 1 on givers, against single runs of Mesa's agents."""
    trial = replace(trial, sets=trial.sets[:1], replicates=1)
    answers, found = run_claims(pick_claims(["1", "4"]), trial)
    chosen = trial.sets[0]
    regime = chosen.levers(answers[0].claim.conditions[0].regime)
    asked = {"months": 8, "parameters": chosen.parameters, "parity": "days"}
    on = simulate(regime, **asked)
    off = simulate(regime, switches=Switches(labels="off"), **asked)
    none = simulate("none", **asked)
    spread = on.outcomes["quality_spread"] - off.outcomes["quality_spread"]
    assert answers[1].findings[0].effect == pytest.approx(spread, abs=1e-15)
    givers = paired_outcomes(on, none)["givers_quality_change"]
    assert answers[0].findings[0].effect == pytest.approx(givers, abs=1e-15)
    assert found.number > 0


def test_the_numbers_of_a_row_are_what_its_matrix_says(trial, folder):
    conditions, outcomes = needs_of(claims())
    found = runs.run_trial(trial, conditions, outcomes)
    table = read_claims(folder)
    first = judge_effect(claims()[3].primary.matrix(found.values), "higher", 0.03)
    row = table[(table.claim == 4) & table.decides].iloc[0]
    assert row.effect == pytest.approx(first.effect, rel=1e-9)
    for name, value in (("effect_error", first.error), ("share", first.share), ("worlds_low", first.worlds_low)):
        assert row[name] == pytest.approx(value, rel=1e-9, nan_ok=True), name


def test_a_run_that_fails_leaves_a_gap_and_the_others_go_on(trial, monkeypatch, tmp_path):
    real = Ensemble.run

    def failing(self, regime, opening, parity="none", **more):
        if not isinstance(regime, str) and regime.name == "peer_support" and opening.chance.replicate == 1:
            raise ZeroDivisionError("on purpose")
        return real(self, regime, opening, parity, **more)

    monkeypatch.setattr(Ensemble, "run", failing)
    table = knock_out(pick_claims(["7"]), trial, tmp_path / "out")
    assert table.replicates.iloc[0] == 1
    assert json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["failed"] > 0


def test_a_run_that_failed_is_listed_and_its_command_repeats_it(trial, monkeypatch, tmp_path, capsys):
    real = Ensemble.run

    def failing(self, regime, opening, parity="none", **more):
        if not isinstance(regime, str) and regime.name == "peer_support" and opening.chance.replicate == 1:
            raise ZeroDivisionError("on purpose")
        return real(self, regime, opening, parity, **more)

    wanted = pick_claims(["7"])
    with monkeypatch.context() as patch:
        patch.setattr(Ensemble, "run", failing)
        knock_out(wanted, trial, tmp_path / "out")
    table = read_csv(tmp_path / "out" / "failures.csv")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert len(table) == manifest["failed"]
    assert set(table["reason"]) == {"ZeroDivisionError: on purpose"}
    assert set(table["regime"]) == {"peer_support"}
    assert set(table["replicate"]) == {1}
    row = table.iloc[-1]
    run = read_known_runs(tmp_path / "out").run(int(row["run"]))
    assert (run.set, run.luck, run.condition.parity) == (row["set"], row["replicate"], row["parity"])
    conditions = [one for one in needs_of(wanted)[0] if one.regime.name == "peer_support"]
    assert run.condition in [replace(one, regime=trial.sets[run.set].levers(one.regime)) for one in conditions]
    assert run.parameters == trial.sets[run.set].parameters
    assert main([*row["command"].split()[1:], "--out", str(tmp_path / "run")]) == 0
    # Run again without the fault, the folder is whole: no list of failures, and nothing in it was changed.
    knock_out(wanted, trial, tmp_path / "out")
    assert not (tmp_path / "out" / "failures.csv").exists()
    capsys.readouterr()
    assert main(["verify", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out.endswith("; no run of theirs is kept by itself, and none was made again\n")


def test_matters_decides_what_is_too_small(trial):
    wide = replace(trial, sets=trial.sets * 6, replicates=5)
    chosen = pick_claims(["4"])
    (small,), _ = run_claims(chosen, wide, matters={"quality_spread": 100.0})
    assert (small.verdict, small.reason) == ("not supported", "small")
    effect = small.findings[0]
    between = max(abs(effect.worlds_low), abs(effect.worlds_high), abs(effect.effect) + 2 * effect.error) * 1.5
    (small,), _ = run_claims(chosen, wide, matters={"quality_spread": between})
    assert (small.verdict, small.at_twice[0]) == ("not supported", "not supported")
    (large,), _ = run_claims(chosen, wide, matters={"quality_spread": between / 2})
    assert (large.at_twice[0], large.verdict) == (small.verdict, small.at_half[0])


def test_the_figure_turns_effects_so_that_the_claim_is_to_the_right(trial):
    answers, _ = run_claims(pick_claims(["1", "4"]), trial)
    table = claims_table(answers)
    figure = claims_figure(table, "note")
    labels = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert labels == ["1 Overburdened directors\ncannot tell", "4 Labels polarise\ncannot tell (direction\nassumed)"]
    points = [line.get_xdata()[0] for line in figure.axes[0].lines if line.get_marker() == "o"]
    effects = [one.findings[0].effect for one in answers]
    assert points == pytest.approx([-effects[0] / 0.05, effects[1] / 0.03])
    assert spoken(table) == "1, Overburdened directors: cannot tell. 4, Labels polarise: cannot tell."


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--claims", "13"], r"claims: expected numbers from 1 to 12, got '13' \(nearest: 12\)"),
        (["--claims", "1,,4"], r"--claims: expected names with commas between them, got '1,,4'"),
        (["--claims", "labels"], r"claims: expected numbers from 1 to 12, got 'labels'"),
        (["--sets", "0"], r"sets: expected a whole number from 1 to 100000, or all, got 0"),
        (["--replicates", "0"], r"replicates: expected a whole number from 1 to 1000000, got 0"),
        (["--months", "0"], r"months: expected a whole number from 1 to 1200, got 0"),
        (["--seed", "-1"], r"seed: expected a whole number from 0 to 9223372036854775807, got -1"),
        (["--workers", "0"], r"workers: expected a whole number of 1 or more, got 0"),
        (["--draw", "prier"], r"draw: expected .*, got 'prier' \(nearest: prior\)"),
        (["--switch", "labels=off"], r"claim 4 \(Labels .*\) is tested by switching labels on and off: .*labels=off"),
        (["--matters", "quality_spred=1"], r"unknown outcome 'quality_spred' \(nearest: quality_spread\)"),
        (["--switch", "labels=of"], r"switch labels: expected on or off, got 'of' \(nearest: off\)"),
        (["--design", "none.csv"], r"--draw: expected either --draw or --design, got both"),
        (["--claim", "4"], r"unknown option '--claim' \(nearest: --claims\)"),
    ],
)
def test_bad_input_is_told_in_one_line(wrong, said, tmp_path, capsys):
    assert main(["knockout", "--draw", "prior", *wrong, "--out", str(tmp_path / "out")]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert re.search(said, err), err
    assert not (tmp_path / "out").exists()


def test_a_dry_run_says_how_much_and_writes_nothing(tmp_path, capsys):
    assert main([*ASKED, "--dry-run", "--out", str(tmp_path / "out")]) == 0
    out = capsys.readouterr().out
    assert re.search(
        r"about \d+ different runs of \d+ conditions for 12 claims\nabout \d+\.\d minutes on \d+ thread", out
    )
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_ends_in_one_line_and_leaves_nothing_half_written(workers, tmp_path):
    out = tmp_path / "out"
    asked = [
        "knockout",
        "--draw",
        "prior",
        "--sets",
        "40",
        "--replicates",
        "40",
        "--workers",
        workers,
        "--out",
        str(out),
    ]
    process = subprocess.Popen(
        [sys.executable, "-c", "import sys; from experiments.cli import main; sys.exit(main(sys.argv[1:]))", *asked],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    for _ in range(600):
        if list(out.glob("unfinished/blocks/*.npz")):
            break
        assert process.poll() is None, process.communicate()
        time.sleep(0.1)
    time.sleep(1.0)
    os.killpg(process.pid, signal.SIGINT)
    printed, err = process.communicate(timeout=60)
    assert (process.returncode, printed) == (130, "")
    # Another process of the tests may be keeping compiled code just then, so that this one compiles.
    said = err.removeprefix("compiling the model for this machine, once: about half a minute\n")
    assert said.startswith("sli: interrupted")
    assert said.count("\n") == 1
    assert {path.name for path in out.iterdir()} == {".lock", "unfinished"}
    assert not json.loads((out / "unfinished" / "manifest.json").read_text(encoding="utf-8"))["finished"]
    assert not list(out.rglob("*.part"))
