"""Forecasts: the model held against judgements that it was not fitted to, and forecasts put down before they come."""

from experiments.studies.judgements.forecast import Forecast, hold_against
from experiments.studies.judgements.origins import RollingDesign, parse_origins
from experiments.studies.judgements.rolling import RollingForecasts, forecast_from_origins

__all__ = [
    "Forecast",
    "RollingDesign",
    "RollingForecasts",
    "forecast_from_origins",
    "hold_against",
    "parse_origins",
]
