"""A comparison on a model, and on rules, of one's own: paired, with verdicts and report, never mixed."""

import json

import pandas as pd
import pytest

from experiments import compare_regimes, load_results, make_design
from experiments.studies.verification.readers import read_known_runs
from simulation import Council, InputError, SectorModel, simulate

pytestmark = pytest.mark.usefixtures("quick_pictures")

DESIGN = {"regimes": ["peer_support"], "parities": ["days"], "sets": 1, "replicates": 2, "months": 3}


class Hopeful(Council):
    """A council that gets a little better every month."""

    def fade(self, c):
        super().fade(c)
        self.quality += 0.01


class HopefulModel(SectorModel):
    """A model of such councils."""

    council_class = Hopeful


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("own") / "model"
    compare_regimes(make_design(**DESIGN), out, model=HopefulModel)
    return out


def test_the_runs_are_those_of_the_model(folder):
    runs = load_results(folder).runs
    row = runs[(runs["regime"] == "none") & (runs["replicate"] == 1)].iloc[0]
    own = simulate("none", months=3, replicate=1, model=HopefulModel)
    assert row["mean_quality"] == own.outcomes["mean_quality"]
    assert row["mean_quality"] != simulate("none", months=3, replicate=1).outcomes["mean_quality"]


def test_the_comparison_is_whole(folder):
    table = pd.read_csv(folder / "comparison.csv")
    assert set(table["regime"]) == {"none", "partners_in_practice", "peer_support"}
    assert table["verdict"].notna().all()
    for page in ("report.html", "brief.html"):
        text = (folder / page).read_text(encoding="utf-8")
        assert "a model of the user" in text
        assert "HopefulModel" in text
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["design"]["own"]["model"]["name"].endswith("HopefulModel")
    assert manifest["options"]["engine"] == "mesa"


def test_another_model_is_refused_in_its_folder(folder):
    before = (folder / "runs.parquet").read_bytes()
    for own in ({}, {"model": type("Other", (HopefulModel,), {"__module__": __name__})}):
        with pytest.raises(InputError):
            compare_regimes(make_design(**DESIGN), folder, **own)
    assert (folder / "runs.parquet").read_bytes() == before


def test_claims_and_the_compiled_engine_are_refused(folder):
    for own in ({"claims": True}, {"engine": "ensemble"}):
        with pytest.raises(InputError, match="expected mesa for HopefulModel"):
            compare_regimes(make_design(**DESIGN), folder, model=HopefulModel, **own)


def test_the_runs_are_not_made_again_by_another_model(folder):
    with pytest.raises(InputError, match=r"expected results of the program's own model, got those of a model of the"):
        read_known_runs(folder)


@pytest.mark.slow
def test_processes_give_what_one_gives(folder, tmp_path):
    compare_regimes(make_design(**DESIGN), tmp_path / "two", model=HopefulModel, workers=2, report=False)
    assert (tmp_path / "two" / "comparison.csv").read_bytes() == (folder / "comparison.csv").read_bytes()
