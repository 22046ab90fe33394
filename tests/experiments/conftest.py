"""A small comparison, run once for all tests that only read it."""

import pytest

from experiments.design.design import make_design
from experiments.report import build
from experiments.results.store import load_results
from experiments.studies.comparison.compare import compare_regimes
from simulation import Ensemble, Parameters


@pytest.fixture(scope="session", autouse=True)
def compiled(once):
    """Compile the model before any test, once for all processes: whoever compiles says so, and would be heard."""

    def compile_all(_):
        ensemble = Ensemble(1)
        ensemble.run("none", ensemble.open(Parameters(), ensemble.draw(1, 0)))

    once("compiled", compile_all)


@pytest.fixture(scope="session")
def small_design():
    """Two sets, three replicates, seven months: 4 regimes under 2 parities, with the councils of England."""
    return make_design(
        regimes=["peer_support", "hybrid"],
        parities=["pounds", "days"],
        sets=2,
        replicates=3,
        months=7,
        keep="sample,councils",
    )


@pytest.fixture(scope="session")
def small_results(small_design, once):
    """The small comparison without its report."""
    return load_results(once("small", lambda folder: compare_regimes(small_design, folder, report=False)))


@pytest.fixture(scope="module")
def quick_pictures():
    """Pictures of a few bytes: what their titles say. That real ones repeat is tested where they are drawn."""

    def titles(figure, image_format):
        return "\n".join([image_format, *(text.get_text() for text in figure.texts)]).encode()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "png", lambda figure: titles(figure, "png"))
        patch.setattr(build, "svg", lambda figure: titles(figure, "svg"))
        yield
