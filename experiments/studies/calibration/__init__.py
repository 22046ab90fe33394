"""Calibration: which parameter sets the evidence does not rule out, and how much it tells of each parameter."""

from experiments.studies.calibration.calibrate import Calibration, calibrate
from experiments.studies.calibration.recovery import Recovery, recover

__all__ = ["Calibration", "Recovery", "calibrate", "recover"]
