"""Pictures of results: they draw what statistics hand them and never compute an outcome."""

from experiments.figures.backend import in_own_style
from experiments.figures.canvas import png, save
from experiments.figures.claims import claims_figure
from experiments.figures.fans import fan_figure, fan_limits
from experiments.figures.marks import Mark, marks_figure, panels_figure
from experiments.figures.price import price_figure
from experiments.figures.run import run_figure

__all__ = [
    "Mark",
    "claims_figure",
    "fan_figure",
    "fan_limits",
    "in_own_style",
    "marks_figure",
    "panels_figure",
    "png",
    "price_figure",
    "run_figure",
    "save",
]
