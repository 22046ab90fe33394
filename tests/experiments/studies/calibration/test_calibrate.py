"""The command: plausible sets with weights and what was ruled out, the same files again, and nothing on bad input."""

import json

import numpy as np
import pandas as pd
import pytest

from experiments.cli import main
from experiments.files.digests import digest
from experiments.observed import fit_patterns
from experiments.observed.judged import judged_until
from experiments.studies.calibration import calibrate, recover
from experiments.studies.calibration.calibrate import CALIBRATION_FILES
from experiments.studies.calibration.likeness import normalised
from experiments.studies.calibration.recovery import place_truths, truth_history
from simulation.errors import InputError
from simulation.parameters import PARAMETERS, Parameters

SMALL = {"until": ("2019-02", "2018-10"), "sets": 48, "waves": 2, "particles": 8, "keep": 40, "workers": 2}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    out = tmp_path_factory.mktemp("calibration") / "out"
    return out, calibrate(out, **SMALL)


def test_the_kept_sets_are_sets_of_parameters_with_weights(made):
    out, found = made
    for table in (pd.read_csv(out / "sets.csv"), pd.read_csv(out / "fits" / "2018-10.csv")):
        assert list(table) == ["weight", *PARAMETERS]
        assert table.weight.sum() == pytest.approx(1)
        assert (table.weight > 0).all()
        for row in table.drop(columns="weight").to_dict("records"):
            Parameters.from_mapping(row)
        assert len(table) <= 40
        assert not table.duplicated().any()
    assert len(found.sets) == len(pd.read_csv(out / "sets.csv"))


def test_waves_look_where_sets_were_likely(made):
    _, found = made
    waves = found.waves.set_index(["until", "wave"])
    assert waves.sets.tolist() == [48, 48, 96, 96]
    assert (waves.worth >= 1).all()
    assert waves.power.between(0, 1).all()
    assert waves.close.between(1, waves.sets).all()
    assert (waves.noise > 0).all()
    assert waves.explained.between(0, 1).all()
    assert found.effective == pytest.approx(waves.worth["2019-02", 2], abs=0.1)
    assert found.fits.until.tolist() == ["2019-02", "2018-10"]
    assert found.fits.judgements.tolist() == [judged_until(month).number for month in ("2019-02", "2018-10")]
    assert found.fits.judgements.is_monotonic_decreasing
    assert (found.fits.mean_log_chance < 0).all()
    assert (found.fits.noise > 0).all()


def test_the_more_was_known_the_more_is_told(made):
    """The best of the sets for later judgements need not be the best for earlier ones, and each fit has its own."""
    out, found = made
    assert not pd.read_csv(out / "fits" / "2018-10.csv").equals(found.sets)


def test_what_was_made_says_how_and_seals_the_sets(made):
    out, _ = made
    told = json.loads((out / "made.json").read_text("utf-8"))
    assert told["command"] == (
        "sli calibrate --until 2019-02,2018-10 --sets 48 --waves 2 --particles 8 --keep 40 --seed 2018"
    )
    assert told["digest"] == digest(out / "sets.csv")
    assert told["looked_at"] == 96
    assert all((out / name).exists() for name in CALIBRATION_FILES)


def test_every_pattern_has_its_three_errors(made):
    _, found = made
    patterns = found.patterns
    assert patterns.pattern.tolist() == [pattern.name for pattern in fit_patterns()]
    left = np.sqrt(np.maximum(patterns.stated_error**2 - patterns.chance**2, (patterns.stated_error / 2) ** 2))
    # Six digits are written, and what is written is what is returned.
    assert patterns.discrepancy.to_numpy() == pytest.approx(left.to_numpy(), rel=1e-5)
    assert patterns.one_by_one.tolist() == [pattern.judged for pattern in fit_patterns()]


def test_the_same_command_again_gives_the_same_bytes(made, tmp_path):
    out, _ = made
    calibrate(tmp_path / "again", **(SMALL | {"workers": 1}))
    for name in (
        "sets.csv",
        "fits/2018-10.csv",
        "waves.csv",
        "fits.csv",
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


@pytest.fixture(scope="module")
def recovered(tmp_path_factory):
    return recover(tmp_path_factory.mktemp("recovery"), truths=2, sets=3, particles=4, workers=2)


def test_known_parameters_stand_somewhere_among_those_beside_them(recovered):
    assert recovered.parameters.parameter.tolist() == list(PARAMETERS) == list(recovered.places)
    assert recovered.places.shape == (2, len(PARAMETERS))
    assert ((recovered.places >= 0) & (recovered.places <= 1)).all(axis=None)
    assert (recovered.parameters.half <= recovered.parameters.most).all()
    assert recovered.truths.effective_sets.between(1, 4).all()


def test_a_truth_makes_judgements_like_those_that_were_observed():
    judged, shown = truth_history(Parameters(), 0, 2018)
    other, _ = truth_history(Parameters(), 1, 2018)
    assert judged.grades.shape == judged_until("2024-04").grades.shape
    assert 100 < judged.number < 400
    assert not np.array_equal(judged.grades, other.grades)
    assert shown.shape == (len(fit_patterns()),)


def posteriors(truths, spread, seed=7):
    """Truths and sets beside them, standard normal, seen with variance 1; weights that allow for ``spread``."""
    stream = np.random.Generator(np.random.PCG64(seed))
    values, weights = [], []
    for _ in range(truths):
        row = stream.standard_normal((20, len(PARAMETERS)))
        seen = row[0, 0] + stream.standard_normal()
        values.append(row)
        weights.append(normalised(-0.5 * (row[:, 0] - seen) ** 2 / spread**2))
    return place_truths(values, weights, 1)


def test_places_are_even_where_the_likelihood_is_right_and_not_where_it_tells_too_much():
    right, narrow = posteriors(400, 1.0).parameters, posteriors(400, 0.4).parameters
    assert right.as_expected.mean() > 0.85
    assert right.even_chance[0] > 0.001
    assert narrow.as_expected.mean() < 0.2
    assert narrow.even_chance[0] < 0.001
    assert (narrow.most < right.most).all()


def test_the_page_is_of_the_sets_that_are_shipped(root):
    made = json.loads((root / "experiments/design/plausible/made.json").read_text("utf-8"))
    page = (root / "docs/understand/calibration.md").read_text("utf-8")
    assert f"`{made['digest'][:16]}" in page
    assert f"{made['plausible_sets']:,} different ones are shipped" in page
    assert f"`{made['command']}`" in page
    assert len(pd.read_csv(root / "experiments/design/plausible/sets.csv")) == made["plausible_sets"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["calibrate", "--waves", "0"], "waves: expected a whole number from 1 to 20, got 0"),
        (["calibrate", "--waves", "two"], "--waves: expected a whole number, got 'two'"),
        (["calibrate", "--particles", "1"], "particles: expected a whole number from 2 to 10000, got 1"),
        (["calibrate", "--until", "2024-05"], "until: expected a month after 2018-04 and up to 2024-04"),
        (["calibrate", "--until", "2019-04,2019-04"], "until: expected months as YYYY-MM, each once"),
        (["calibrate", "--until", "soon"], "until: expected"),
        (["calibrate", "--switch", "alarm=of"], "switch alarm: expected on or off, got 'of' (nearest: off)"),
        (["calibrate", "--sets", "3"], "sets: expected"),
        (["calibrate", "--keep", "0"], "keep: expected"),
        (["calibrate", "--workers", "0"], "workers: expected"),
        (["recovery", "--truths", "0"], "truths: expected"),
        (["recovery", "--seed", "-1"], "seed: expected"),
        (["calibrate", "--out", "{file}/below"], "cannot use"),
        (["recovery", "--calibration", "nowhere"], "nowhere/made.json: expected a JSON file, got no such file"),
    ],
)
def test_bad_input_is_one_sentence(arguments, sentence, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("mine")
    assert main([word.format(file=tmp_path / "file") for word in arguments]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1
