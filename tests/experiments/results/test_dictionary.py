"""The data dictionary names every column of every table in the folder, with what it means."""

import shutil

import pandas as pd
import pyarrow.parquet as pq
import pytest

from experiments.files.whole import read_csv
from experiments.results.dictionary import DICTIONARY, DICTIONARY_COLUMNS, write_dictionary
from experiments.studies.claims.answers import CLAIM_COLUMNS
from experiments.studies.comparison.compare import compare_regimes
from experiments.studies.comparison.headlines import HEADLINE_COLUMNS
from experiments.studies.comparison.publication import report_part
from simulation.outcomes.outcomes import OUTCOMES
from simulation.parameters import PARAMETERS


def columns(folder):
    """Every column of every table that lies in a folder."""
    found = {}
    for path in sorted([*folder.rglob("*.parquet"), *folder.rglob("*.csv")]):
        names = pq.read_schema(path).names if path.suffix == ".parquet" else list(read_csv(path))
        if path.name != DICTIONARY:
            found[path.relative_to(folder).as_posix()] = names
    return found


def listed(folder):
    table = read_csv(folder / DICTIONARY)
    assert tuple(table) == DICTIONARY_COLUMNS
    assert table[["type", "meaning"]].notna().all(axis=None)
    return {name: rows["column"].tolist() for name, rows in table.groupby("file")}


@pytest.fixture(scope="module")
def whole(small_design, small_results, tmp_path_factory):
    """The small comparison with its report and one on a part."""
    out = tmp_path_factory.mktemp("whole") / "out"
    shutil.copytree(small_results.folder, out)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("experiments.report.write_report", lambda *_, **__: None)
        compare_regimes(small_design, out)
        report_part(out, region="London")
    return out


def test_every_column_of_every_table_is_in_the_dictionary_and_no_other(small_results, whole):
    assert listed(small_results.folder) == columns(small_results.folder)
    assert listed(whole) == columns(whole)
    assert "parts/london/comparison.csv" in listed(whole)


def test_types_and_units_are_those_of_the_tables_and_the_catalogues(small_results):
    table = read_csv(small_results.folder / DICTIONARY).set_index(["file", "column"])
    runs = pd.read_parquet(small_results.folder / "runs.parquet")
    for name, info in OUTCOMES.items():
        row = table.loc[("runs.parquet", name)]
        assert (row.unit, row.meaning, row.type) == (info.unit, info.meaning, str(runs[name].dtype))
    for name, info in PARAMETERS.items():
        assert table.loc[("sets.parquet", name)].meaning == info.meaning
    assert table.loc[("money.csv", "cash")].type == "number"
    assert table.loc[("regret.csv", "least")].type == "True or False"


def test_tables_that_are_added_later_are_known_too(tmp_path):
    for name, names in {"claims.csv": CLAIM_COLUMNS, "headlines.csv": HEADLINE_COLUMNS}.items():
        (tmp_path / name).write_text(",".join(names) + "\n", encoding="utf-8")
    write_dictionary(tmp_path)
    assert listed(tmp_path) == columns(tmp_path)


def test_a_dictionary_that_is_no_such_thing_is_made_anew(small_results, tmp_path):
    shutil.copytree(small_results.folder, tmp_path / "out")
    (tmp_path / "new").mkdir()
    for content in ("", "file,column\na,b\n"):
        (tmp_path / "out" / DICTIONARY).write_text(content, encoding="utf-8")
        write_dictionary(tmp_path / "new", tmp_path / "out")
        assert (tmp_path / "new" / DICTIONARY).read_bytes() == (small_results.folder / DICTIONARY).read_bytes()
