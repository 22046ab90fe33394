"""Mesa's own view of a single run: what `docs/do/view/app.py` shows can be rendered, and its buttons run the model."""

import inspect
import runpy

import pytest

from simulation import SectorModel


def test_the_model_takes_what_the_view_hands_it():
    parameters = list(inspect.signature(SectorModel.__init__).parameters.values())[1:]
    open_ended = [one for one in parameters if one.default is inspect.Parameter.empty]
    assert [(one.name, one.kind) for one in open_ended] == [("kwargs", inspect.Parameter.VAR_KEYWORD)]
    assert SectorModel(regime="none", replicate=1, transfer_rate=0.2).c.transfer_rate == 0.2


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # Solara's and Mesa's own
def test_the_view_renders(root):
    solara = pytest.importorskip("solara", reason="Solara is not installed: `make view` installs it")
    view = runpy.run_path(str(root / "docs/do/view" / "app.py"))
    box, context = solara.render(view["page"], handle_error=False)
    try:
        assert box.children
        assert len(view["PLOTS"]) == 4
    finally:
        context.close()
