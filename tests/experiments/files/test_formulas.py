"""Tables on disk: what is read is what was written, and no spreadsheet takes a cell for a formula."""

import csv

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from experiments.cli import main
from experiments.files.whole import read_csv, write_csv

TEXTS = st.text("=+-@'\u00e9ab1., \"\n", min_size=1, max_size=6)


@given(st.lists(st.tuples(TEXTS, st.floats(allow_nan=True, allow_infinity=False)), min_size=1, max_size=6))
def test_a_table_is_read_back_as_it_was_written(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("tables") / "mine.csv"
    table = pd.DataFrame({"text": [f"x{text}"[1:] for text, _ in rows], "number": [number for _, number in rows]})
    write_csv(path, table)
    again = read_csv(path)
    assert again["number"].astype(float).equals(table["number"])
    if pd.api.types.is_numeric_dtype(again["text"]):
        assert again["text"].tolist() == [float(text) for text in table["text"]]
    else:
        assert again["text"].astype(str).tolist() == table["text"].tolist()


def test_a_formula_is_written_with_a_mark_and_numbers_are_not(tmp_path):
    path = tmp_path / "mine.csv"
    write_csv(path, pd.DataFrame({"code": ["=1+0", "@a", "b", "-1"], "value": [-1.0, 0.5, -2e-9, 3.0]}))
    assert path.read_text("utf-8").splitlines() == ["code,value", "'=1+0,-1.0", "'@a,0.5", "b,-2e-09", "-1,3.0"]
    assert read_csv(path)["code"].tolist() == ["=1+0", "@a", "b", "-1"]


def test_a_category_may_be_a_formula(tmp_path):
    write_csv(tmp_path / "mine.csv", pd.DataFrame({"code": pd.Categorical(["=a", "b", "=a"])}))
    assert read_csv(tmp_path / "mine.csv")["code"].tolist() == ["=a", "b", "=a"]


def test_codes_of_councils_stand_in_no_table_as_formulas(tmp_path):
    table = tmp_path / "mine.csv"
    table.write_text("code,name,region,grade\n=1+0,+a,@x,good\n'-b+1,b,y,good\nc,c,y,inadequate\n", "utf-8")
    out = tmp_path / "out"
    assert main(["run", "--regime", "none", "--councils", str(table), "--months", "2", "--out", str(out)]) == 0
    for name, column in {"councils.csv": "code", "directors.csv": "council"}.items():
        with (out / name).open(newline="", encoding="utf-8") as file:
            cells = {row[column] for row in csv.DictReader(file)} - {""}
        assert cells <= {"'=1+0", "'-b+1", "c"}
        codes = set(read_csv(out / name)[column].dropna())
        assert codes == {cell.removeprefix("'") for cell in cells}
        assert "=1+0" in codes
