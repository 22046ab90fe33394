"""Runs of the compiled engine, as the explorer's engine is asked to make them again: what goes in, and digests.

Node is found on the path; `make explorer-tools` fetches what bundles TypeScript. Where one of them is missing, the
tests that need it are skipped and say so.
"""

import json
import shutil
import subprocess
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import pytest

from experiments.design.origin import make_sets
from experiments.explorer.data import explorer_data
from experiments.explorer.page import write_page
from simulation.coefficients import Coefficients
from simulation.compiled.ensemble import Ensemble
from simulation.councils import GRADES, load_councils
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.pairs import paired_outcomes
from simulation.parameters import PARAMETERS, Parameters
from simulation.regimes import PARITIES, REGIMES, load_regime
from simulation.regimes.parity import arm_levers, parity_number
from simulation.scenario import SCENARIOS, Scenario
from simulation.switches import SWITCHES, Switches

PHONE = 390
SHORT = "#v=1&months=12"
"""A setting whose runs take no time."""
ANSWER = "document.querySelector('.verdict .word')?.textContent"
AXE = """
    document.querySelectorAll("details").forEach(one => { one.open = true; });
    const found = await axe.run(document);
    return found.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 160)).slice(0, 4)]);
"""
MOVE = """
    const slider = document.getElementById({name!r});
    slider.value = {value};
    slider.dispatchEvent(new Event("input", {{ bubbles: true }}));
    slider.dispatchEvent(new Event("change", {{ bubbles: true }}));
"""

_SIZES = (3, 4, 7, 40, 333, 600)
"""Councils of odd tables."""


@dataclass
class Asked:
    """Runs that the other engine is asked for, as JSON takes them, and the digests of the compiled engine's."""

    cases: list[dict[str, Any]] = field(default_factory=list)
    settings: list[dict[str, Any]] = field(default_factory=list)
    followed: list[dict[str, Any]] = field(default_factory=list)
    expected: dict[str, Any] = field(default_factory=dict)

    @property
    def runs(self):
        return sum(len(case["regimes"]) for case in (*self.cases, *self.settings, *self.followed))

    def as_json(self):
        return json.dumps(plain({"cases": self.cases, "settings": self.settings, "followed": self.followed}))


def plain(value):
    """Values as JSON has them: numbers that are none, or have no end, as words."""
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, float) and not np.isfinite(value):
        return "NaN" if np.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def digest(run, none):
    """FNV-1a over the 64-bit words of outcomes, paths and councils, as explorer/tests/equal.ts has it."""
    values = run.values.copy()
    if run is not none:
        for name, value in paired_outcomes(run, none).items():
            values[list(OUTCOMES).index(name)] = value
    found = 0xCBF29CE484222325
    for part in (values, run.month_values, run.council_values):
        for word in np.ascontiguousarray(part).view(np.uint64).ravel().tolist():
            found = (found ^ word) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{found:x}"


def world_of(table, scenario, switches, months):
    """A world as `World` in explorer/src/engine/types.ts has it."""
    in_force = asdict(Coefficients.in_force(Parameters(), switches, *scenario.for_coefficients()))
    return {
        "months": months,
        "facts": [asdict(council) for council in table.facts],
        "regions": len(table.regions),
        "own": table.own,
        "gaps": scenario.gaps(months),
        "pause": scenario.pause_months(),
        "coefficients": {name: value for name, value in in_force.items() if name not in PARAMETERS},
    }


def deployed(regime, parity):
    """A regime as `Deployed` has it."""
    arms = [{name: float(value) for name, value in asdict(levers).items()} for levers in arm_levers(regime)]
    return {"name": regime.name, "arms": arms, "trusts": regime.trusts, "parity": parity_number(regime, parity)}


class Cases:
    """Draws runs of any kind, by a seed."""

    def __init__(self, folder):
        self.folder, self.luck = folder, np.random.default_rng(11)

    def one_of(self, things):
        return things[int(self.luck.integers(len(things)))]

    def councils(self, size):
        """A table of somebody's own."""
        lines = ["code,name,region,grade,deprivation_score,children_in_need"]
        for place in range(size):
            region = f"R{int(self.luck.integers(1 + size // 30))}"
            lines.append(
                f"C{place:04d},Council {place},{region},{self.one_of(GRADES)},"
                f"{self.luck.integers(40)},{self.luck.integers(100, 9000)}"
            )
        path = self.folder / f"{size}.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return load_councils(path, start=self.one_of(["2018-04", "2021-01", "2025-06"]))

    def parameters(self, *, wild):
        """Numbers from their ranges, or from anywhere between their hard limits."""
        ends = {
            name: (info.hard_low, info.hard_high) if wild else (info.low, info.high)
            for name, info in PARAMETERS.items()
        }
        ends |= dict.fromkeys(("deprivation_effect", "region_sd"), (0.0, 0.6))  # more may be no variance at all
        return Parameters(**{name: float(self.luck.uniform(low, high)) for name, (low, high) in ends.items()})

    def switches(self):
        return Switches(**{name: self.one_of(info.choices) for name, info in SWITCHES.items()})

    def scenario(self, start):
        return Scenario(
            funding=self.one_of(SCENARIOS["funding"].choices),
            poverty_tilt=float(self.one_of([0.0, 1.0, 2.5])),
            pause=self.one_of(SCENARIOS["pause"].choices),
            headline=self.one_of(SCENARIOS["headline"].choices),
            start=start,
        )

    def add(self, asked, table, months, *, plainly=False):
        """Every regime, under some of the parities, in a world of this table."""
        scenario = Scenario(start=table.start) if plainly else self.scenario(table.start)
        switches = Switches() if plainly else self.switches()
        parameters = Parameters() if plainly else self.parameters(wild=table.own)
        seed, replicate = int(self.luck.integers(2**63)), int(self.luck.integers(100))
        ensemble = Ensemble(months, switches=switches, scenario=scenario, councils=table)
        opening = ensemble.open(parameters, ensemble.draw(seed, replicate))
        none = ensemble.run("none", opening)
        regimes = [load_regime(name).from_start(scenario.start) for name in REGIMES]
        runs = [(regime, parity) for regime in regimes for parity in (self.one_of(PARITIES[:3]), "none")]
        world = world_of(table, scenario, switches, months)
        in_force = asdict(Coefficients.in_force(parameters, switches))
        asked.cases.append(
            {
                "world": world,
                "seed": str(seed),
                "replicate": replicate,
                "parameters": {name: in_force[name] for name in PARAMETERS},
                "regimes": [deployed(regime, parity) for regime, parity in runs],
            }
        )
        asked.expected.setdefault("cases", []).append(
            [
                digest(none if regime.name == "none" else ensemble.run(regime, opening, parity), none)
                for regime, parity in runs
            ]
        )


@pytest.fixture(scope="session")
def asked(tmp_path_factory):
    """Runs of all regimes and parities: England's councils and odd tables, usual parameters and wild ones."""
    made, cases = Asked(), Cases(tmp_path_factory.mktemp("tables"))
    cases.add(made, load_councils(), 120, plainly=True)
    for start, months in (("2026-04", 120), ("2021-07", 37), ("2018-04", 199)):
        cases.add(made, load_councils(start=start), months)
    for size in _SIZES:
        cases.add(made, cases.councils(size), int(cases.luck.integers(1, 150)))
    add_settings(made)
    (first, *_) = made.cases
    made.followed = [{**first, "regimes": [first["regimes"][REGIMES.index("hybrid") * 2]]}]
    made.expected["followed"] = [made.expected["cases"][0][REGIMES.index("hybrid") * 2]]
    return made


def add_settings(asked):
    """Runs as a user of the page sets them: parameter sets of the command line, starts, and levers held at values."""
    sets, _ = make_sets(256, "plausible", None, {}, None, 2018)
    held = {
        "peer_support": {"days_per_giver": 3.5, "labels": True},
        "hybrid": {"givers": "all", "attention_shift": 0.1},
    }
    asked.expected["settings"] = []
    for start, place, funding in (("2026-04", 0, "outturn"), ("2018-04", 221, "half"), ("2022-10", 77, "frozen")):
        scenario = Scenario(start=start, funding=funding)
        ensemble = Ensemble(60, scenario=scenario)
        opening = ensemble.open(sets[place].parameters, ensemble.draw(2018, 3))
        none = ensemble.run("none", opening)
        regimes, expected = [], []
        for number, name in enumerate(REGIMES):
            parity, levers = PARITIES[number % 4], held.get(name, {})
            regime = sets[place].levers(load_regime(name)).with_arms(**levers)
            run = none if name == "none" else ensemble.run(regime, opening, parity)
            regimes.append({"name": name, "parity": parity, "held": levers})
            expected.append(digest(run, none))
        said = {name: getattr(scenario, name) for name in ("funding", "poverty_tilt", "pause", "headline")}
        asked.settings.append(
            {"start": start, "months": 60, "scenario": said, "set": place, "replicate": 3, "regimes": regimes}
        )
        asked.expected["settings"].append(expected)


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    """What the page knows of the model, as a file."""
    path = tmp_path_factory.mktemp("data") / "data.json"
    path.write_text(json.dumps(explorer_data()), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def bundle(root, tmp_path_factory):
    """What bundles a TypeScript file of the explorer into a script, and returns its path."""
    if not shutil.which("node"):
        pytest.skip("there is no Node on this machine")
    if not (root / "explorer" / "node_modules" / "esbuild").is_dir():
        pytest.skip("what bundles TypeScript is not there: `make explorer-tools` fetches it")
    place = tmp_path_factory.mktemp("bundles")

    def make(entry, name):
        script = place / name
        subprocess.run(
            ["node", "build.mjs", entry, str(script)], cwd=root / "explorer", check=True, capture_output=True
        )
        return script

    return make


@pytest.fixture(scope="session")
def page(tmp_path_factory):
    """The page as `sli explore` writes it, by its address."""
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    write_page(path)
    return path.resolve().as_uri()


@pytest.fixture(scope="module")
def tab(browser, page):
    """A tab in which the page is opened with the network cut."""
    with browser.opened(page + SHORT) as tab:
        tab.call(
            "Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=-1, uploadThroughput=-1
        )
        yield tab


@pytest.fixture
def opened(tab, page):
    """Opens the page afresh at a setting and a width, and waits for an answer."""

    def open_page(fragment=SHORT, width=1400, shown=ANSWER):
        tab.resize(width, 1000)
        tab.go("about:blank")
        tab.said.clear()
        tab.go(page + fragment)
        tab.until(shown)
        return tab

    return open_page
