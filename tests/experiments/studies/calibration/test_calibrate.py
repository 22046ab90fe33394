"""The command: plausible sets with weights and what was ruled out, the same files again, and nothing on bad input."""

import json

import numpy as np
import pandas as pd
import pytest

from experiments.cli import main
from experiments.files.digests import digest
from experiments.observed import fit_patterns
from experiments.studies.calibration import calibrate, recover
from experiments.studies.calibration.calibrate import CALIBRATION_FILES
from experiments.studies.calibration.likeness import pooled_errors
from experiments.studies.calibration.recovery import fit_truths
from simulation.errors import InputError
from simulation.parameters import PARAMETERS, Parameters

SMALL = {"sets": 96, "waves": (2, 3), "keep": 40, "workers": 2}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    out = tmp_path_factory.mktemp("calibration") / "out"
    return out, calibrate(out, **SMALL)


def test_the_kept_sets_are_sets_of_parameters_with_weights(made):
    out, found = made
    table = pd.read_csv(out / "sets.csv")
    assert list(table) == ["weight", *PARAMETERS]
    assert table.weight.sum() == pytest.approx(1)
    assert (table.weight > 0).all()
    for row in table.drop(columns="weight").to_dict("records"):
        Parameters.from_mapping(row)
    assert len(table) == len(found.sets) <= 40
    assert not table.duplicated().any()


def test_waves_rule_out_and_never_bring_back(made):
    _, found = made
    assert found.waves.sets.tolist() == [96, found.waves["left"][0]]
    assert 20 <= found.waves["left"][1] <= found.waves["left"][0] < 96
    assert found.waves.rules_out_most.isin([pattern.name for pattern in fit_patterns()]).all()


def test_what_was_made_says_how_and_seals_the_sets(made):
    out, _ = made
    told = json.loads((out / "made.json").read_text("utf-8"))
    assert told["command"] == "sli calibrate --sets 96 --waves 2,3 --keep 40 --seed 2018"
    assert told["digest"] == digest(out / "sets.csv")
    assert 0 < told["share_of_prior"] < 1
    assert all((out / name).exists() for name in CALIBRATION_FILES)


def test_every_pattern_has_its_three_errors(made):
    _, found = made
    patterns = found.patterns
    assert patterns.pattern.tolist() == [pattern.name for pattern in fit_patterns()]
    left = np.sqrt(np.maximum(patterns.stated_error**2 - patterns.chance**2, (patterns.stated_error / 2) ** 2))
    # Six digits are written, and what is written is what is returned.
    assert patterns.discrepancy.to_numpy() == pytest.approx(left.to_numpy(), rel=1e-5)


def test_the_same_command_again_gives_the_same_bytes(made, tmp_path):
    out, _ = made
    calibrate(tmp_path / "again", **SMALL)
    for name in (
        "sets.csv",
        "waves.csv",
        "patterns.csv",
        "marginals.csv",
        "figures/marginals.png",
        "figures/pairs.png",
    ):
        assert (tmp_path / "again" / name).read_bytes() == (out / name).read_bytes(), name


def test_a_folder_of_another_calibration_is_kept(made):
    out, _ = made
    before = digest(out / "sets.csv")
    with pytest.raises(InputError, match="another design"):
        calibrate(out, **(SMALL | {"keep": 41}))
    assert digest(out / "sets.csv") == before


@pytest.mark.slow
def test_known_parameters_are_looked_for_in_the_same_runs(tmp_path):
    found = recover(tmp_path, sets=400, truths=6, workers=2)
    told = found.parameters
    assert told.parameter.tolist() == list(PARAMETERS)
    assert told.inside.between(0, told.truths).all()
    assert (found.truths["left"] > 0).all()
    assert (found.truths.effective_sets >= 1).all()


def test_recovery_covers_where_the_answer_is_known_and_sees_a_wrong_error():
    """Two parameters seen directly, with an error as allowed for: their intervals hold the truth in about 90%."""
    stream = np.random.Generator(np.random.PCG64(7))
    low, high = (np.array([getattr(info, end) for info in PARAMETERS.values()]) for end in ("low", "high"))

    def seen(values, replicates):
        exact = ((values - low) / (high - low))[:, None, :2]
        return exact + stream.normal(0, 0.1, (len(values), replicates, 2))

    prior, known = (stream.uniform(low, high, (number, len(low))) for number in (20_000, 50))
    histories = seen(prior, 2)
    errors = pooled_errors(histories, np.array([0.2, 0.2]))
    data = seen(known, 1)[:, 0]
    right = fit_truths(
        prior, histories, known, data + np.sqrt(errors.discrepancy) * stream.standard_normal((50, 2)), errors
    )
    told = right.parameters
    assert told.informed.tolist() == [True, True, *[False] * (len(low) - 2)]
    assert told.as_expected[:2].all()
    assert 0.85 < told.inside.sum() / told.truths.sum() < 0.95
    wrong = fit_truths(prior, histories, known, data + 0.3 * stream.standard_normal((50, 2)), errors)
    assert (wrong.parameters.inside[:2] < told.inside[:2]).all()


def test_a_truth_that_no_set_is_left_for_is_a_miss_and_none_left_at_all_is_refused():
    stream = np.random.Generator(np.random.PCG64(3))
    low, high = (np.array([getattr(info, end) for info in PARAMETERS.values()]) for end in ("low", "high"))
    prior = stream.uniform(low, high, (500, len(low)))
    histories = stream.normal(0, 0.1, (500, 2, 1))
    errors = pooled_errors(histories, np.array([0.2]))
    found = fit_truths(prior, histories, prior[:2], np.array([[0.0], [50.0]]), errors)
    assert found.truths["left"].tolist()[1] == found.truths.inside.tolist()[1] == 0
    assert (found.parameters.truths == 2).all()
    assert (found.parameters.inside <= 1).all()
    with pytest.raises(InputError, match="got none of 500; draw more"):
        fit_truths(prior, histories, prior[:1], np.array([[50.0]]), errors)


def test_the_page_is_of_the_sets_that_are_shipped(root):
    made = json.loads((root / "experiments/design/plausible/made.json").read_text("utf-8"))
    page = (root / "docs/calibration.md").read_text("utf-8")
    assert f"`{made['digest'][:16]}" in page
    assert f"{made['plausible_sets']:,} different ones are shipped" in page
    assert f"`{made['command']}`" in page
    assert len(pd.read_csv(root / "experiments/design/plausible/sets.csv")) == made["plausible_sets"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["calibrate", "--waves", "8,2"], "waves: expected rising numbers of histories from 2 to 20, got [8, 2]"),
        (["calibrate", "--waves", "1"], "waves: expected a whole number from 2 to 20, got 1"),
        (["calibrate", "--waves", "two"], "--waves: expected a whole number, got 'two'"),
        (["calibrate", "--sets", "3"], "sets: expected"),
        (["calibrate", "--keep", "0"], "keep: expected"),
        (["calibrate", "--workers", "0"], "workers: expected"),
        (["recovery", "--truths", "0"], "truths: expected"),
        (["recovery", "--seed", "-1"], "seed: expected"),
        (["calibrate", "--out", "{file}/below"], "cannot use"),
        (["recovery", "--calibration", "nowhere"], "nowhere: expected a folder of results with a manifest.json"),
    ],
)
def test_bad_input_is_one_sentence(arguments, sentence, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("mine")
    assert main([word.format(file=tmp_path / "file") for word in arguments]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1
