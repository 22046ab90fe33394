"""What tests of the compiled engine draw: worlds, tables and regimes, across all limits."""

import dataclasses
import math
from types import SimpleNamespace

import pytest
from hypothesis import strategies as st

from simulation import Parameters, Regime, Scenario, Switches, load_regime
from simulation.parameters import PARAMETERS
from simulation.regimes import LEVERS, Arm
from simulation.switches import SWITCHES


@st.composite
def parameter_sets(draw):
    """Parameters near their defaults or anywhere within their hard limits, and often on them."""
    values = {
        name: draw(
            st.just(info.default)
            | st.floats(info.low, info.high)
            | st.sampled_from([info.hard_low, info.hard_high])
            | st.floats(info.hard_low, info.hard_high)
        )
        for name, info in PARAMETERS.items()
    }
    spread = math.sqrt(values["deprivation_effect"] ** 2 + values["region_sd"] ** 2)
    for name in ("deprivation_effect", "region_sd"):
        values[name] *= min(1.0, 0.94 / max(spread, 0.94))
    return Parameters(**values)


SWITCHED = st.builds(Switches, **{name: st.sampled_from(info.choices) for name, info in SWITCHES.items()})
SCENARIOS = st.builds(
    Scenario,
    funding=st.sampled_from(
        ["outturn", "projected", "later", "half", "closed", "frozen", (("2018-05", -1.0), ("2019-01", 1.0))]
    ),
    poverty_tilt=st.sampled_from([0.0, 1.0, 10.0]),
    pause=st.sampled_from(["historical", "none"]),
    headline=st.sampled_from(["kept", "removed", "2019-06"]),
    start=st.sampled_from(["2018-04", "2020-01", "2020-08"]),
)


@st.composite
def tables(draw, sector, most=20, **fields):
    n = draw(st.integers(3, most))
    grades = tuple(draw(st.lists(st.integers(0, 3), min_size=n, max_size=n)))
    first = tuple(draw(st.lists(st.integers(-1, 12), min_size=n, max_size=n)))
    recovered = tuple(int(grade == 0) for grade in grades)
    return sector(n, grade=grades, recovered=recovered, first_month=first, **fields)


USUAL = dataclasses.asdict(load_regime("partners_in_practice").arms[0])


def _levers():
    drawn = {}
    for name, info in LEVERS.items():
        if info.kind in {"switch", "choice"}:
            drawn[name] = st.sampled_from(info.choices or (False, True))
        elif info.kind == "number":
            usual = st.sampled_from([USUAL[name], info.low, *info.choices, info.high])
            drawn[name] = st.just(USUAL[name]) | usual | st.floats(info.low, min(info.high, 40.0))
    months = st.integers(0, 12)
    return drawn | {
        "givers": st.just("all") | st.integers(0, 300),
        "givers_per_receiver": st.integers(1, 5) | st.just(50),
        "first_month": months,
        "last_month": st.just("end") | months,
        "partnership": st.just(value=False),
    }


ARMS = st.builds(Arm, **_levers())


@st.composite
def own_regimes(draw):
    """Regimes with up to four arms in any order of months, at most one with partnerships, or one beside trusts."""
    arms = draw(st.lists(ARMS, max_size=4))
    if arms and draw(st.booleans()):
        joined = draw(st.integers(0, len(arms) - 1))
        arms[joined] = dataclasses.replace(arms[joined], partnership=True)
    trusts = len(arms) == 1 and arms[0].cash_per_day > 0.0 and draw(st.booleans())
    return Regime(name="own", arms=tuple(arms), trusts=trusts, follows_parity=draw(st.booleans()))


@pytest.fixture(scope="session")
def drawn(sector):
    """What to draw from: parameter sets, switches, scenarios, regimes of one's own, and small tables of councils."""
    return SimpleNamespace(
        parameters=parameter_sets(),
        switches=SWITCHED,
        scenarios=SCENARIOS,
        regimes=own_regimes(),
        tables=lambda **given: tables(sector, **given),
    )
