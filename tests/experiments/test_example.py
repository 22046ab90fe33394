"""The worked example in results/ is what this version of the model gives."""

import json

import pandas as pd
import pytest

from experiments.design.design import make_design
from experiments.files.whole import read_csv
from experiments.studies.verification.changes import PAIR, claim_moves, moves
from simulation import Ensemble, Scenario, load_councils
from simulation.evidence.england import LAST_MONTH
from simulation.parameters import PARAMETERS

REPLICATES = 2
# Twice the half-width of a 95% interval from so few replicates, as the example's own replicates spread.
SLACK = 40.0


@pytest.fixture(scope="module")
def example(root):
    return root / "results" / "example"


@pytest.fixture(scope="module")
def design(example):
    stated = json.loads((example / "manifest.json").read_text("utf-8"))["design"]
    asked = round(sum(one.get("weight", 1.0) for one in stated["sets"]))
    draw = stated.get("origin", {"kind": "prior"})["kind"]
    scenario = Scenario(**stated["scenario"])
    assert scenario.start == LAST_MONTH
    return make_design(
        parities=stated["parities"][:1], sets=asked, draw=draw, seed=stated["seed"], scenario=scenario,
        councils=load_councils(start=scenario.start),
    )  # fmt: skip


def test_the_example_is_small(example):
    assert sum(file.stat().st_size for file in example.rglob("*") if file.is_file()) < 5 * 2**18


def test_its_parameter_sets_are_drawn_again(example, design):
    stated = json.loads((example / "manifest.json").read_text("utf-8"))["design"]["sets"]
    for drawn, written in zip(design.sets, stated, strict=True):
        again = drawn.parameters.as_dict()
        assert [written[name] for name in PARAMETERS] == pytest.approx([again[name] for name in PARAMETERS])


def test_some_of_its_differences_are_found_again(example, design):
    ensemble = Ensemble(design.months, councils=design.councils, scenario=design.scenario)
    found = {"none": [], "partners_in_practice": [], "peer_support": []}
    for replicate in range(REPLICATES):
        luck = ensemble.draw(design.seed, replicate)
        for number, chosen in enumerate(design.sets):
            opening = ensemble.open(chosen.parameters, luck)
            for run in design.distinct(number)[0]:
                if run.regime.name in found:
                    months = ensemble.run(run.regime, opening, run.parity).outcomes["inadequate_months"]
                    found[run.regime.name].append((months, chosen.weight))
    table = pd.read_csv(example / "comparison.csv").query(f"parity == '{design.parities[0]}'")
    table = table.set_index(["outcome", "regime", "baseline"])
    mean = {regime: _weighted_mean(months) for regime, months in found.items()}
    for regime in ("partners_in_practice", "peer_support"):
        stated = table.loc[("inadequate_months", regime, "none"), "difference"]
        assert mean[regime] - mean["none"] == pytest.approx(stated, abs=SLACK)
        assert abs(stated) > SLACK


def _weighted_mean(pairs):
    return sum(value * weight for value, weight in pairs) / sum(weight for _, weight in pairs)


@pytest.fixture(scope="module")
def reference(root):
    """The verdicts of the last release."""
    return root / "results" / "reference"


def unnamed(differences, claims, changelog):
    """Verdicts that moved and that the part of the changelog above the last release does not name."""
    latest = changelog.split("\n## ")[1]
    pairs = differences[differences["verdict_changed"]].to_dict("records")
    names = [f"`{row['regime']}` against `{row['baseline']}` at parity `{row['parity']}`" for row in pairs]
    names += [f"claim {row['claim']}" for row in claims[claims["verdict_changed"]].to_dict("records")]
    return [name for name in names if name not in latest]


def test_a_verdict_that_moves_is_named_in_the_changelog(example, reference, root):
    before, after = (read_csv(folder / "comparison.csv") for folder in (reference, example))
    differences = moves(before, after, PAIR, "difference")
    assert len(differences) == len(before)
    claims = claim_moves(*(read_csv(folder / "claims.csv") for folder in (reference, example)))
    changelog = (root / "CHANGELOG.md").read_text("utf-8")
    assert unnamed(differences, claims, changelog) == []
    planted = differences.assign(verdict_changed=True).head(1)
    (name,) = unnamed(planted, claims.iloc[:0], changelog)
    assert unnamed(planted, claims.iloc[:0], f"# Changes\n\n## next\n\n- {name}: now worse.\n") == []
