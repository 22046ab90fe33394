"""What callers outside Python ask of the engine, done in plain Python: the same as Python does on objects."""

import math
from dataclasses import asdict
from types import SimpleNamespace

import pytest

from simulation import REGIMES, draw_levers, load_regime
from simulation.compiled.outside import sweep_arm
from simulation.regimes.parity import arm_levers

NO_RANGE = (math.nan, math.nan)


@pytest.mark.parametrize("quantiles", [(0.0, 0.31), (0.5, 1.0), (0.123, 0.77)])
@pytest.mark.parametrize("name", REGIMES)
def test_levers_are_swept_as_on_objects(name, quantiles):
    regime = load_regime(name)
    for arm, levers, swept in zip(
        regime.arms, arm_levers(regime), arm_levers(draw_levers(regime, *quantiles)), strict=True
    ):
        record = SimpleNamespace(**asdict(levers))
        ranges = (*(arm.days_per_receiver_range or NO_RANGE), *(arm.days_per_giver_range or NO_RANGE))
        sweep_arm(record, (*ranges, arm.givers_follow), quantiles)
        assert vars(record) == asdict(swept)
