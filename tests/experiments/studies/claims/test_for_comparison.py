"""The claims beside a comparison: in its folder, in its report, on its own sets and luck."""

import json
import re

import pytest

from experiments import figures, load_results
from experiments.cli import main
from experiments.design.design import make_design
from experiments.files.digests import digest
from experiments.results.outcome_numbers import Outcomes
from experiments.running.maker import Maker
from experiments.studies.claims import for_comparison as beside
from experiments.studies.claims.answers import read_claims
from experiments.studies.claims.catalogue import claims
from experiments.studies.claims.for_comparison import trial_of
from experiments.studies.comparison.compare import compare_regimes

SMALL = {"regimes": ["peer_support"], "parities": ["pounds"], "replicates": 2, "months": 7, "draw": "prior"}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A small comparison with its claims and its report."""
    out = tmp_path_factory.mktemp("beside") / "told"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(beside, "CLAIM_REPLICATES", 2)
        compare_regimes(make_design(sets=3, **SMALL), out, claims=True, workers=2)
    return out


def test_few_of_many_sets_are_the_first_ones():
    design = make_design(sets=100, **SMALL)
    trial = trial_of(design)
    assert trial.sets == design.sets[: beside.CLAIM_DRAWS]
    plausible = make_design(sets=256, **{**SMALL, "draw": "plausible"})
    assert sum(one.weight for one in trial_of(plausible).sets) == beside.CLAIM_DRAWS
    few = make_design(sets=3, **SMALL)
    assert trial_of(few).sets == few.sets


def test_the_folder_and_the_report_have_every_claim(told):
    page = (told / "report.html").read_text(encoding="utf-8")
    table = read_claims(told)
    for row in table[table.decides].itertuples():
        assert row.sentence.replace("'", "&#39;") in page
    for claim in claims():
        assert f"{claim.number}. {claim.title}".replace("'", "&#39;") in page
    assert '<section id="claims">' in page
    results = load_results(told)
    assert list(results.claims["short"][results.claims["decides"]]) == [claim.short for claim in claims()]
    assert figures.png(figures.claims(results)) == (told / "figures" / "claims.png").read_bytes()
    assert (told / "figures" / "claims.png").stat().st_size > 0
    manifest = json.loads((told / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["digests"]["claims.csv"] == digest(told / "claims.csv")
    assert {name: manifest["claims"][name] for name in ("sets", "replicates", "failed")} == {
        "sets": 3,
        "replicates": 2,
        "failed": 0,
    }


def test_a_comparison_without_claims_says_nothing_of_them_and_can_have_them_added(tmp_path, monkeypatch):
    monkeypatch.setattr(beside, "CLAIM_REPLICATES", 2)
    design = make_design(sets=2, **SMALL)
    compare_regimes(design, tmp_path)
    before = digest(tmp_path / "runs.parquet")
    assert '<section id="claims">' not in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert not (tmp_path / "claims.csv").exists()
    compare_regimes(design, tmp_path, claims=True)
    assert '<section id="claims">' in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert digest(tmp_path / "runs.parquet") == before
    said = []
    compare_regimes(design, tmp_path, tell=said.append)
    assert said == [f"{tmp_path} holds these results already: nothing was run again"]


def test_claims_that_were_stopped_go_on_and_the_comparison_beside_them_is_not_run_again(told, tmp_path, monkeypatch):
    monkeypatch.setattr(beside, "CLAIM_REPLICATES", 2)
    design, make, pieces = make_design(sets=3, **SMALL), Maker.make, []

    def some(maker, piece, *more):
        pieces.append(piece)
        if isinstance(more[0], Outcomes) and len(pieces) > 5:
            raise KeyboardInterrupt
        return make(maker, piece, *more)

    with monkeypatch.context() as patch:
        patch.setattr(Maker, "make", some)
        with pytest.raises(KeyboardInterrupt):
            compare_regimes(design, tmp_path, claims=True)
    assert json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["finished"]
    said = []
    compare_regimes(design, tmp_path, claims=True, tell=said.append)
    assert said[0] == f"{tmp_path} holds these results already: nothing was run again"
    assert re.fullmatch(r"going on from \d of 6 blocks on disk", said[1])
    for name in ("claims.csv", "runs.parquet", "report.html"):
        assert digest(tmp_path / name) == digest(told / name), name
    assert not (tmp_path / "unfinished").exists()


def test_a_dry_run_counts_the_claims_where_there_are_sets_enough(capsys):
    asked = ["compare", "--regimes", "peer_support", "--months", "6", "--dry-run", "--draw", "prior"]
    assert main([*asked, "--sets", "12"]) == 0
    assert "for the sector's claims about" in capsys.readouterr().out
    for without in (["--sets", "12", "--no-claims"], ["--sets", "9"], ["--quick"]):
        words = asked[:-2] if "--quick" in without else asked
        assert main([*words, *without]) == 0
        assert "claims" not in capsys.readouterr().out
