"""Who supports whom, month by month: lines from the giver's tile to the receiver's on a map of England."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch

from experiments.figures.backend import in_own_style
from experiments.figures.canvas import BLUE, GRID, SETS_COLOUR, Words
from experiments.figures.paper import by_width
from experiments.figures.tiles import draw_regions, draw_tile, map_sheet, tile_places

_THINNEST, _THICKEST = 0.5, 1.5
_NARROWEST = 1.4, 2.0
_ARC = "arc3,rad=0.15"


@in_own_style
def network_figure(
    panels: Mapping[str, pd.DataFrame], codes: Sequence[str], regions: Sequence[str], *, title: str, note: str
) -> Figure:
    """Return a map a month with an arrow for each council that gives to another.

    Args:
        panels: month in words -> a row a link: columns giver and receiver (codes) and days (pledged a month).
        codes: of the councils, each in `experiments.figures.tiles.tile_places`.
        regions: of the councils, in the same order.
        title: what is shown.
        note: runs and seed.
    """
    sheet = map_sheet(list(panels), Words(title, note, ""), keys=3, narrowest=by_width(*_NARROWEST))
    most = max((float(links["days"].max()) for links in panels.values() if len(links)), default=1.0)
    for axis, links in zip(sheet.axes, panels.values(), strict=False):
        for code in codes:
            draw_tile(axis, tile_places()[code], GRID)
        draw_regions(axis, codes, regions, names=False)
        _links(axis, links, most)
    handles = [
        Line2D([], [], color=BLUE, marker="s", linestyle="none", markersize=5),
        Line2D([], [], color=SETS_COLOUR, marker="o", linestyle="none", markersize=5, markerfacecolor="white"),
        Line2D([], [], color=BLUE, linewidth=_THICKEST),
    ]
    labels = ["gives", "receives", f"from giver to receiver; thickest: {most:.3g} days a month"]
    sheet.key(handles, labels, columns=1)
    return sheet.figure


def _links(axis: Axes, links: pd.DataFrame, most: float) -> None:
    for row in links.itertuples():
        (x, y), (to_x, to_y) = tile_places()[str(row.giver)], tile_places()[str(row.receiver)]
        width = max(_THINNEST, _THICKEST * float(str(row.days)) / most)
        arrow = FancyArrowPatch(
            (x + 0.5, y + 0.5), (to_x + 0.5, to_y + 0.5), connectionstyle=_ARC, arrowstyle="-",
            color=BLUE, linewidth=width, alpha=0.75, shrinkA=2, shrinkB=2,
        )  # fmt: skip
        axis.add_patch(arrow)
    for column, colour, mark, inside in (("giver", BLUE, "s", BLUE), ("receiver", SETS_COLOUR, "o", "white")):
        places = [tile_places()[code] for code in dict.fromkeys(links[column].tolist())]
        across, up = [place[0] + 0.5 for place in places], [place[1] + 0.5 for place in places]
        axis.plot(across, up, mark, color=colour, markersize=3.6, markerfacecolor=inside, markeredgewidth=0.9)
