"""What docs/do/embedding.md shows is run as it stands."""

import os
import re
import subprocess
import sys

import numpy as np
import pytest

from experiments.design.origin import make_sets
from experiments.explorer.__main__ import write_for_embedding
from simulation.compiled.ensemble import Ensemble
from simulation.draws import draw_chance
from simulation.regimes import load_regime
from simulation.scenario import Scenario


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("embedded")
    write_for_embedding(place)
    return place


@pytest.fixture(scope="module")
def shown(root):
    page = (root / "docs/do/embedding.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^```(python|js)\n(.*?)^```", page, re.MULTILINE | re.DOTALL))


def test_luck_is_drawn_under_wasmtime(folder, shown):
    script = folder / "luck.py"
    script.write_text(shown["python"], encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    printed = subprocess.run(
        [sys.executable, script.name], cwd=folder, env=environment, check=True, capture_output=True, text=True
    ).stdout
    assert np.array_equal(eval(printed, {}), draw_chance(2018, 0, 1, 3, 1).table[0, 0])  # noqa: S307  our own print


def test_a_run_is_made_under_node(folder, shown, bundle):
    (folder / "session.mjs").write_bytes(bundle("src/engine/index.ts", "session.mjs").read_bytes())
    (folder / "run.mjs").write_text(shown["js"], encoding="utf-8")
    printed = subprocess.run(["node", "run.mjs"], cwd=folder, check=True, capture_output=True, text=True).stdout
    one = make_sets(256, "plausible", None, {}, None, 2018)[0][0]
    ensemble = Ensemble(120, scenario=Scenario(start="2026-04"))
    opening = ensemble.open(one.parameters, ensemble.draw(2018, 0))
    run = ensemble.run(one.levers(load_regime("peer_support")), opening, "pounds")
    assert float(printed) == run.outcomes["inadequate_months"]


def test_a_folder_is_expected(root):
    run = subprocess.run(
        [sys.executable, "-m", "experiments.explorer"], cwd=root, check=False, capture_output=True, text=True
    )
    assert run.returncode == 2
    assert run.stderr == "expected one folder, as in: python -m experiments.explorer FOLDER\n"
