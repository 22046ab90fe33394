"""The figures of a comparison, each drawn from its results in one line: those of the report, and others."""

import os
import subprocess
import sys

import pytest
from matplotlib.figure import Figure

from experiments import figures
from experiments.report import write_report
from experiments.results.store import Results
from simulation.errors import InputError

AS_IN_THE_REPORT = {
    "difference_from_nothing_pounds": figures.differences,
    "difference_from_partners_days": lambda results: figures.differences(
        results, parity="days", baseline="partners_in_practice"
    ),
    "path_inadequate": lambda results: figures.paths(results, "inadequate"),
    "path_interims": lambda results: figures.paths(results, "interims"),
    "who_region_inadequate_months": lambda results: figures.groups(
        results, baseline="partners_in_practice", regime="peer_support"
    ),
    "who_start_grade_days_given": lambda results: figures.groups(
        results, "start_grade", measure="days_given", baseline="partners_in_practice", regime="peer_support"
    ),
}


@pytest.fixture(scope="module")
def drawn(small_results, tmp_path_factory):
    place = tmp_path_factory.mktemp("drawn")
    write_report(small_results, place)
    return place / "figures"


@pytest.mark.parametrize("name", AS_IN_THE_REPORT)
def test_a_figure_drawn_from_results_is_that_of_the_report(small_results, drawn, name):
    figure = AS_IN_THE_REPORT[name](small_results)
    assert isinstance(figure, Figure)
    assert figures.png(figure) == (drawn / f"{name}.png").read_bytes()


@pytest.mark.parametrize(
    "draw",
    [
        figures.levers,
        lambda results: figures.levers(results, "giver_quantile", parity="days", baseline="partners_in_practice"),
        figures.price_curve,
        lambda results: figures.price_curve(results, parity="days"),
        lambda results: figures.paths(results, "mean_quality", parity="days", kind="sets"),
        lambda results: figures.groups(results, baseline="peer_support", regime="hybrid"),
        lambda results: figures.groups(results, parity="days", baseline="partners_in_practice", measure="mean_quality"),
    ],
)
def test_other_figures_are_drawn_too(small_results, draw):
    assert figures.png(draw(small_results)).startswith(b"\x89PNG")


def test_the_title_says_what_is_shown(small_results):
    figure = figures.groups(small_results, measure="mean_quality", baseline="partners_in_practice")
    said = " ".join(" ".join(text.get_text() for text in figure.texts).split())
    assert "Mean quality by region: difference from Partners in Practice" in said
    figure = figures.paths(small_results, "mean_quality")
    assert figure.texts[0].get_text() == "Mean quality"


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (
            lambda results: figures.differences(results, parity="pound"),
            r"parity: expected .*pounds.*\(nearest: pounds\)",
        ),
        (lambda results: figures.differences(results, baseline="non"), r"baseline: expected .*\(nearest: none\)"),
        (lambda results: figures.paths(results, "inadequat"), r"path: expected .*\(nearest: inadequate\)"),
        (lambda results: figures.paths(results, "inadequate", kind="set"), r"kind: expected .*\(nearest: sets\)"),
        (lambda results: figures.groups(results, "regions"), r"kind: expected .*\(nearest: region\)"),
        (lambda results: figures.groups(results, baseline="hybrids"), r"baseline: expected .*\(nearest: hybrid\)"),
        (lambda results: figures.groups(results, regime="hybrids"), r"regime: expected .*\(nearest: hybrid\)"),
        (lambda results: figures.groups(results, measure="days"), r"measure: expected .*, got 'days'"),
        (lambda results: figures.levers(results, "giver"), r"lever: expected .*, got 'giver'"),
        (lambda results: figures.price_curve(results, parity="none"), r"parity: expected pounds or days, got 'none'"),
        (figures.claims, r"expected claims that were tested, got none"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_one_sentence(small_results, draw, said):
    with pytest.raises(InputError, match=said):
        draw(small_results)


def test_a_comparison_under_one_parity_names_it(small_results):
    design = {**small_results.manifest["design"], "parities": ["days"]}
    results = Results(small_results.folder, {**small_results.manifest, "design": design})
    with pytest.raises(InputError, match="parity: expected days, got 'pounds'"):
        figures.differences(results, parity="pounds")


def test_names_are_loaded_when_they_are_used(root):
    code = (
        "import sys; from experiments import figures\n"
        "assert 'matplotlib' not in sys.modules and 'pandas' not in sys.modules\n"
        "assert all(callable(getattr(figures, name)) for name in figures.__all__)\n"
        "import experiments.figures.claim_effects; assert figures.claims.__name__ == 'claims'\n"
        "assert not hasattr(figures, 'clams')"
    )
    environment = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root, env=environment)


def test_the_same_figure_has_the_same_bytes_as_an_svg_and_says_nothing_of_when_it_was_made(small_results, root):
    first, second = (figures.svg(figures.differences(small_results)) for _ in range(2))
    assert first == second
    assert first.startswith(b"<?xml")
    assert b"<dc:date>" not in first
    assert b"Matplotlib v" not in first
    code = (
        "import matplotlib; from experiments import figures, load_results; before = dict(matplotlib.rcParams)\n"
        f"svg = figures.svg(figures.differences(load_results({str(small_results.folder)!r})))\n"
        "assert dict(matplotlib.rcParams) == before; import sys; sys.stdout.buffer.write(svg)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=True, cwd=root, capture_output=True).stdout == first


def test_a_figure_is_saved_as_its_name_ends(small_results, tmp_path):
    figure = figures.differences(small_results)
    for name, draw in (("one.png", figures.png), ("one.svg", figures.svg)):
        figures.save(figure, tmp_path / name)
        assert (tmp_path / name).read_bytes() == draw(figure)
