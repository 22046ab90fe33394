"""Who made results: the packages are those that the project says it runs on."""

import tomllib
from importlib import metadata

from packaging.requirements import Requirement

from experiments.files import provenance


def test_the_packages_are_those_of_the_project(root):
    given = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = sorted(Requirement(one).name for one in given)
    assert provenance.required() == names
    assert provenance.provenance()["packages"] == {name: metadata.version(name) for name in names}


def test_a_project_that_is_not_installed_has_none(monkeypatch):
    monkeypatch.setattr(provenance, "DISTRIBUTION", "no-such-project")
    assert provenance.required() == []
    assert provenance.provenance()["version"] is None


def test_what_an_extra_needs_is_left_out(monkeypatch):
    given = ["numpy<3", "Dask[distributed]>=2; extra == 'cluster'", "tqdm ; python_version > '3'"]
    monkeypatch.setattr(provenance.metadata, "requires", lambda _: given)
    assert provenance.required() == ["numpy", "tqdm"]
