"""A part of the councils, out of the runs of all: the numbers of its group, and a refusal where it is small."""

import json
import shutil

import numpy as np
import pytest

from experiments.cli import main
from experiments.design.design import Label
from experiments.files.digests import digest
from experiments.results.store import load_results
from experiments.studies.comparison.part import CouncilPart, PartRuns, find_part, part_results
from simulation.councils import load_councils

pytestmark = pytest.mark.usefixtures("quick_pictures")


@pytest.fixture
def folder(small_results, tmp_path):
    out = tmp_path / "small"
    shutil.copytree(small_results.folder, out)
    return out


@pytest.fixture(scope="module")
def everyone(small_results):
    return find_part(small_results.folder, only=load_councils().code)


def test_all_councils_together_are_the_whole_comparison(small_results, everyone):
    found = part_results(small_results, everyone)
    assert len(everyone.codes) == found.case.councils == 152
    for wanted in small_results.case.rows:
        if wanted.outcome == "inadequate_months":
            row = found.case.row(wanted.regime, wanted.baseline, wanted.parity)
            assert row.difference == pytest.approx(wanted.difference)
            assert row.error == pytest.approx(wanted.error, nan_ok=True)
            assert (row.verdict, row.matters, row.worlds) == (wanted.verdict, wanted.matters, wanted.worlds)


def test_a_region_has_the_differences_of_its_group(small_results):
    part = find_part(small_results.folder, region="north west")
    assert (part.name, part.words) == ("north-west", "region North West")
    found = part_results(small_results, part)
    groups = small_results.by_group
    mine = groups[(groups["group"] == "North West") & groups["baseline"].isin(["none", "partners_in_practice"])]
    assert len(mine)
    for row in mine.itertuples():
        whole = found.case.row(row.regime, row.baseline, row.parity, row.measure)
        times = 1 if row.measure == "mean_quality" else row.councils
        assert whole.difference == pytest.approx(times * row.difference, rel=1e-4, abs=1e-4)
        assert whole.matters == pytest.approx(times * row.matters)
        assert whole.verdict == row.verdict


def test_what_is_read_of_single_runs_is_what_they_were(small_results, everyone):
    runs = PartRuns(small_results, everyone)
    table = small_results.runs
    for label, wanted in table.groupby(["parity", "regime"]):
        values = runs.outcome(Label(*label), "inadequate_months")
        assert np.array_equal(values.ravel(), wanted.sort_values(["set", "replicate"])["inadequate_months"])


def test_councils_named_by_code_are_a_part_whatever_their_order(small_results):
    codes = list(load_councils().code[:4])
    one, other = (find_part(small_results.folder, only=some) for some in (codes, [*reversed(codes), codes[0]]))
    assert one == other == CouncilPart(one.name, "4 councils", 4, tuple(sorted(codes)))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--region", "Nort West"], "--region: expected East Midlands, East of England, London"),
        (["--region", "Nort West"], "got 'Nort West' (nearest: North West)"),
        (["--only", "E06000001,E06000002"], "2 councils: expected at least 3 councils, got 2"),
        (["--only", "E06000001,E06000002,X"], "--only: expected codes of councils of "),
        (["--region", "London", "--only", "E06000001"], "--region: expected a region or the codes of --only, got both"),
        (["--region", "London", "--format", "svg"], "--format: expected a report on all councils"),
    ],
)
def test_what_is_no_part_is_refused_in_one_line_and_nothing_is_written(folder, asked, said, capsys):
    before = sorted(folder.rglob("*"))
    assert main(["report", str(folder), *asked]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    assert sorted(folder.rglob("*")) == before


def test_the_report_on_a_part_lies_in_the_folder_is_sealed_and_repeats(folder, capsys):
    assert main(["report", str(folder), "--region", "London"]) == 0
    home = folder / "parts" / "london"
    assert capsys.readouterr().out.startswith(f"brief: {home / 'brief.html'}\n")
    brief = (home / "brief.html").read_text(encoding="utf-8")
    assert "children&#39;s services of region London judged inadequate" in brief
    assert "sli report FOLDER --region &#34;London&#34;" in brief
    before = {path.name: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    assert {"brief.html", "report.html", "comparison.csv", "regret.csv", "turns.csv"} <= set(before)
    sealed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["views"]
    for path in home.rglob("*.*"):
        assert sealed[path.relative_to(folder).as_posix()] == digest(path)
    assert main(["report", str(folder), "--region", "LONDON"]) == 0
    assert {path.name: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before
    assert load_results(folder).case.councils == 152


def test_without_the_table_of_councils_the_sentence_names_it_and_a_region_needs_none(folder, capsys):
    (folder / "councils.parquet").unlink()
    asked = ["report", str(folder), "--only", "E06000001,E06000002,E06000003"]
    assert main(asked) == 2
    assert "expected councils.parquet, got no such file" in capsys.readouterr().err
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del manifest["digests"]["councils.parquet"]
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert main(asked) == 2
    assert "got one without; `sli compare --keep councils --force --out" in capsys.readouterr().err
    assert main(["report", str(folder), "--region", "London"]) == 0


def test_a_region_is_the_same_by_its_name_and_by_its_councils_codes(small_results):
    table = load_councils()
    codes = [code for code, region in zip(table.code, table.region, strict=True) if region == "London"]
    one, other = (
        part_results(small_results, find_part(small_results.folder, **asked))
        for asked in ({"region": "London"}, {"only": codes})
    )
    assert one.case.councils == other.case.councils == len(codes)
    numbers = one.comparison.select_dtypes("number").columns
    # Those of single councils are held in single precision.
    np.testing.assert_allclose(one.comparison[numbers], other.comparison[numbers], rtol=1e-4, atol=1e-3)
