"""The report and its figures read tables of findings: they estimate nothing and open no run."""

import ast
import shutil
from pathlib import Path

import pytest

import experiments
from experiments.report import write_report
from experiments.results.store import Results, load_results

HOME = Path(experiments.__file__).parent
RUNS = ("runs", "groups", "months")
FILES = sorted([*HOME.glob("report/**/*.py"), *HOME.glob("figures/*.py")])


def names(path):
    """Every name that a file imports, in full."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(HOME).as_posix())
def test_nothing_is_estimated(path):
    statistics = [name for name in names(path) if name.startswith("experiments.statistics")]
    assert [name for name in statistics if not name.rpartition(".")[2].isupper()] == [], "constants and words alone"
    assert not [
        name for name in names(path) if name.startswith(("scipy", "experiments.studies", "experiments.running"))
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(HOME).as_posix())
def test_no_run_is_opened(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    read = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _of_results(node.value)]
    assert not set(read) & set(RUNS)
    asked = [
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "under"
    ]
    assert set(asked) <= {"paths"}
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert not [text for text in texts if any(text == f"{name}.parquet" for name in RUNS)]
    assert not [name for name in names(path) if "excerpt" in name or "pyarrow" in name]


def _of_results(node):
    return isinstance(node, ast.Name) and node.id == "results"


def written(results, place):
    write_report(results, place)
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.glob("**/*.[hp][tn]*")}


def test_without_any_run_on_disk_the_report_is_the_same(small_results, tmp_path):
    copy = tmp_path / "small"
    shutil.copytree(small_results.folder, copy)
    for name in RUNS:
        (copy / f"{name}.parquet").unlink()
    assert written(load_results(copy), tmp_path) == written(small_results, tmp_path)


def test_only_tables_are_asked_for(small_results, tmp_path, monkeypatch):
    def refuse(results):
        raise AssertionError(results.folder)

    for name in RUNS:
        monkeypatch.setattr(Results, name, property(refuse))
    assert "report.html" in written(load_results(small_results.folder), tmp_path)
