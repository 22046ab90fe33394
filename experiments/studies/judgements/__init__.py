"""Forecast: the model held against judgements that it was not fitted to, years that it has never seen among them."""

from experiments.studies.judgements.forecast import Forecast, hold_against

__all__ = ["Forecast", "hold_against"]
