"""What of the science is the user's own: known to fingerprints, and run by the engine that can."""

import linecache
import pickle
import subprocess
import sys
from types import ModuleType

import pytest

from experiments import make_design
from experiments.design.own_science import OwnScience, own_names, own_science
from simulation import Director, InputError, SectorModel
from simulation.sources import describe_source

YEARS = 2


class Loyal(Director):
    """A director who stays some years."""

    def leaves_by_choice(self, council, mean_quality, luck, c):
        return self.months_in_post >= 12 * YEARS and super().leaves_by_choice(council, mean_quality, luck, c)


class LoyalModel(SectorModel):
    """A model of such directors."""

    director_class = Loyal


def half(gap, c):  # noqa: ARG001  the rule's own arguments
    return 0.5


def test_nothing_of_ones_own_is_said_nothing_of():
    assert own_science() == own_science(SectorModel, {}) == OwnScience()
    assert OwnScience().describe() == {}
    assert "own" not in make_design(sets=1, months=1).describe()


def test_a_fingerprint_knows_model_and_rules():
    plain, model, rules = (
        make_design(sets=1, months=1, **own) for own in ({}, {"model": LoyalModel}, {"rules": {"fit": half}})
    )
    assert len({one.fingerprint for one in (plain, model, rules)}) == 3
    assert model.describe()["own"]["model"]["name"].endswith("test_own_science.LoyalModel")
    assert own_names(rules.describe()) == "rules of the user's own: fit"
    assert make_design(sets=1, months=1, model=LoyalModel).fingerprint == model.fingerprint
    assert pickle.loads(pickle.dumps(model.world)) == model.world  # noqa: S301  our own


def test_a_models_source_is_that_of_its_agents_and_constants_too(monkeypatch):
    before = describe_source(LoyalModel)
    monkeypatch.setitem(globals(), "YEARS", 3)
    assert describe_source(LoyalModel)["source"] != before["source"]
    monkeypatch.undo()
    assert describe_source(LoyalModel) == before


def test_a_model_of_ones_own_takes_mesa():
    own = own_science(LoyalModel)
    assert own.engine(None) == own.engine("mesa") == "mesa"
    assert own_science().engine(None) == "ensemble"
    with pytest.raises(InputError, match="expected mesa for LoyalModel, a model of your own, got ensemble"):
        own.engine("ensemble")


def test_what_is_no_model_is_refused():
    with pytest.raises(InputError, match=r"model: expected a subclass of SectorModel, got <class '.*Director'>"):
        own_science(Director)


def test_what_worker_processes_cannot_import_is_refused():
    class Here(SectorModel):
        pass

    own_science(LoyalModel, {"fit": half}).check_importable()
    for own in (own_science(Here), own_science(None, {"fit": lambda gap, c: gap})):  # noqa: ARG005
        with pytest.raises(InputError, match="worker processes cannot import it from where it is; expected"):
            own.check_importable()


def test_a_source_that_cannot_be_read_is_refused():
    space = {}
    exec("def fit(gap, c):\n    return 0.5\n", space)  # noqa: S102  what a prompt does
    with pytest.raises(InputError, match="its source cannot be read; expected it to stand in a file"):
        own_science(None, {"fit": space["fit"]})


def test_nor_is_the_text_of_the_process_taken_for_it():
    text = (
        "from experiments.design.own_science import own_science\n"
        "space = {}\n"
        "exec('def fit(gap, c):\\n    return 0.5\\n', space)\n"
        "try:\n    own_science(None, {'fit': space['fit']})\n"
        "except ValueError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert "its source cannot be read; expected it to stand in a file" in done.stdout


CELL = "class Own(SectorModel):\n    size = {size}\n\n    def step(self):\n        return {size}\n"


def model_of_a_notebook(monkeypatch, size):
    """A model of a cell: its module has no file, and Python finds its functions' text but not its own."""
    text, name = CELL.format(size=size), f"<cell {size}>"
    monkeypatch.setitem(linecache.cache, name, (len(text), None, text.splitlines(keepends=True), name))
    monkeypatch.setitem(sys.modules, "a_notebook", ModuleType("a_notebook"))
    space = {"SectorModel": SectorModel, "__name__": "a_notebook"}
    exec(compile(text, name, "exec"), space)  # noqa: S102  what a notebook does
    return space["Own"]


def test_models_of_a_notebook_are_told_apart(monkeypatch):
    first, same, other = (describe_source(model_of_a_notebook(monkeypatch, size)) for size in (1, 1, 2))
    assert first == same
    assert first["name"] == other["name"] == "a_notebook.Own"
    assert first["source"] != other["source"]


def test_a_value_of_a_notebooks_class_counts_without_any_function(monkeypatch):
    sources = []
    for agent in (Director, type("Quick", (Director,), {"__module__": "a_notebook"})):
        monkeypatch.setitem(sys.modules, "a_notebook", ModuleType("a_notebook"))
        own = type("Own", (SectorModel,), {"__module__": "a_notebook", "director_class": agent})
        sources.append(describe_source(own)["source"])
    assert sources[0] != sources[1]
