"""`sli report`: the same files again from the tables alone, other prices and formats, and a seal that always holds."""

import json
import shutil

import pytest

from experiments.cli import main
from experiments.files.digests import digest
from experiments.report import build
from experiments.results import seal
from experiments.results.store import load_results
from experiments.studies.comparison import compare
from experiments.studies.comparison.compare import compare_regimes

pytestmark = pytest.mark.usefixtures("quick_pictures")

RUNS = ("runs.parquet", "groups.parquet", "months.parquet")
OWN = {"manifest.json", ".lock"}


@pytest.fixture(scope="module")
def finished(small_design, small_results, tmp_path_factory):
    """The small comparison with its report."""
    out = tmp_path_factory.mktemp("finished") / "out"
    shutil.copytree(small_results.folder, out)
    compare_regimes(small_design, out)
    return out


@pytest.fixture
def folder(finished, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(finished, out)
    return out


@pytest.fixture
def prices(tmp_path):
    path = tmp_path / "prices.csv"
    path.write_text("price\n250\n75\n", encoding="utf-8")
    return path


@pytest.fixture
def no_runs(monkeypatch):
    """Nothing can be run."""
    monkeypatch.setattr(compare, "run_comparison", None)


def files(out):
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def manifest(out):
    return json.loads((out / "manifest.json").read_text(encoding="utf-8"))


def assert_sealed(out, *, views=True):
    """The folder is finished, and its files are those of its manifest."""
    said = manifest(out)
    assert said["finished"] is True
    sealed = said["digests"] | (said["views"] if views else {})
    assert {name: digest(out / name) for name in sealed} == sealed
    if views:
        assert set(sealed) == set(files(out)) - OWN


def test_every_file_is_the_same_byte_for_byte(folder, capsys):
    before = files(folder)
    assert main(["report", str(folder)]) == 0
    assert files(folder) == before
    assert capsys.readouterr().out == (
        f"brief: {folder / 'brief.html'}\nreport: {folder / 'report.html'}\nfigures: {folder / 'figures'}\n"
    )


@pytest.mark.usefixtures("no_runs")
def test_figures_and_page_that_were_lost_are_made_again_without_a_run(folder):
    before = files(folder)
    shutil.rmtree(folder / "figures")
    for name in ("report.html", *RUNS):
        (folder / name).unlink()
    assert main(["report", str(folder)]) == 0
    assert files(folder) == {name: content for name, content in before.items() if name not in RUNS}
    # What was not there is still known by its digest.
    assert set(RUNS) <= set(manifest(folder)["digests"])


def test_a_svg_of_each_figure_stands_beside_it_and_goes_again(folder):
    before = files(folder)
    assert main(["report", str(folder), "--format", "svg"]) == 0
    assert_sealed(folder)
    after = files(folder)
    names = {name.removesuffix(".png") for name in before if name.endswith(".png")}
    assert {name.removesuffix(".svg") for name in after if name.endswith(".svg")} == names
    assert all(after[name] == before[name] for name in before if name != "manifest.json")
    # Asked again it is the same, and svg stays until png is asked for.
    assert main(["report", str(folder)]) == 0
    assert files(folder) == after
    assert main(["report", str(folder), "--format", "png"]) == 0
    assert files(folder) == before


def test_other_prices_change_what_is_valued_and_nothing_else(folder, prices):
    before = files(folder)
    assert main(["report", str(folder), "--prices", str(prices)]) == 0
    after = files(folder)
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed <= {
        "manifest.json",
        "brief.html",
        "report.html",
        "price_curve.csv",
        "figures/price_of_an_unpaid_day.png",
    }
    assert set(load_results(folder).price_curve["price"]) == {75.0, 250.0}
    assert "a month avoided at £75 a day" in after["report.html"].decode()
    assert manifest(folder)["reported"]["prices"] == [75.0, 250.0]
    assert_sealed(folder)
    assert main(["report", str(folder)]) == 0
    assert files(folder) == after


@pytest.mark.usefixtures("no_runs")
@pytest.mark.parametrize("moved", [None, 0, 1, 5])
def test_where_it_is_broken_off_the_folder_stays_finished_and_sealed(small_design, folder, prices, moved, monkeypatch):
    def breaks(*places):
        if moved:
            place, target, names = places
            move_files(place, target, sorted(names)[:moved])
        raise KeyboardInterrupt

    move_files = seal.move_files
    before = files(folder)
    with monkeypatch.context() as patch:
        # Either while the page is laid out, or once so many of the new files took their places.
        patch.setattr(*((build, "lay_out") if moved is None else (seal, "move_files")), breaks)
        assert main(["report", str(folder), "--prices", str(prices), "--format", "svg"]) == 130
    assert_sealed(folder, views=False)
    if moved is None:
        assert {name: content for name, content in files(folder).items() if name in before} == before
    # The comparison goes on to the report that it asks for, and makes no run.
    compare_regimes(small_design, folder)
    assert {name: content for name, content in files(folder).items() if name in before} == before
    assert_sealed(folder, views=False)


@pytest.mark.usefixtures("no_runs")
def test_other_prices_asked_of_a_comparison_value_it_anew_without_a_run(small_design, folder):
    compare_regimes(small_design, folder, options={"prices": [75.0, 250.0]})
    assert_sealed(folder)
    assert set(load_results(folder).price_curve["price"]) == {75.0, 250.0}
    assert "a month avoided at £75 a day" in (folder / "report.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("no_runs")
def test_a_comparison_may_ask_for_svg_later_and_keeps_it(small_design, folder, capsys):
    compare_regimes(small_design, folder, options={"format": "svg"})
    assert (folder / "figures" / "difference_from_nothing_pounds.svg").exists()
    assert_sealed(folder)
    before = files(folder)
    compare_regimes(small_design, folder)
    assert files(folder) == before
    assert main(["compare", "--format", "gif", "--out", str(folder)]) == 2
    assert capsys.readouterr().err == "sli: format: expected png or svg, got 'gif'\n"


def unfinished(out):
    (out / "unfinished").mkdir()
    said = manifest(out) | {"finished": False}
    (out / "unfinished" / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    (out / "manifest.json").unlink()


def of_another_study(out):
    said = manifest(out) | {"study": "knockout"}
    del said["units"]
    (out / "manifest.json").write_text(json.dumps(said), encoding="utf-8")


def changed(out):
    (out / "by_group.csv").write_text("better!\n", encoding="utf-8")


def earlier(out):
    found = manifest(out)
    del found["digests"]["money.csv"]
    (out / "manifest.json").write_text(json.dumps(found), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (unfinished, "expected finished results, got a comparison that was not run to its end; `sli compare --out "),
        (of_another_study, "expected finished results of `sli compare`, got those of `sli knockout`"),
        (changed, "expected by_group.csv as it was written, got one that was changed since"),
        (earlier, "expected a comparison with money.csv, got one of an earlier version"),
        (lambda out: (out / "paths.parquet").unlink(), "expected paths.parquet, got no such file"),
        (lambda out: (out / "manifest.json").unlink(), "expected a folder of results with a manifest.json"),
    ],
)
def test_what_is_not_whole_is_refused_in_one_line_and_left_alone(folder, spoil, said, capsys):
    spoil(folder)
    before = files(folder)
    assert main(["report", str(folder)]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    assert files(folder) == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--format", "pgn"], "format: expected png or svg, got 'pgn' (nearest: png)"),
        (["--prices", "none.csv"], "none.csv: expected a CSV file, got no such file"),
        (["--format", "svg", "extra"], "unexpected extra argument"),
    ],
)
def test_bad_input_is_told_in_one_line(folder, wrong, said, capsys):
    before = files(folder)
    assert main(["report", str(folder), *wrong]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    assert files(folder) == before
