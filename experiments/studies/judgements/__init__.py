"""Forecasts: the model held against judgements that it was not fitted to, and forecasts put down before they come."""

from experiments.studies.judgements.deposit import Deposit, DepositDesign, make_deposit, read_deposit
from experiments.studies.judgements.deposit_scores import score_deposit
from experiments.studies.judgements.forecast import Forecast, hold_against
from experiments.studies.judgements.origins import RollingDesign, parse_origins
from experiments.studies.judgements.rolling import RollingForecasts, forecast_from_origins

__all__ = [
    "Deposit",
    "DepositDesign",
    "Forecast",
    "RollingDesign",
    "RollingForecasts",
    "forecast_from_origins",
    "hold_against",
    "make_deposit",
    "parse_origins",
    "read_deposit",
    "score_deposit",
]
