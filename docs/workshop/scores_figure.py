"""The picture of a workshop: each bet beside what came, round by round, on one scale of worlds in a hundred."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from points import Score
from rounds import Workshop

from experiments.figures.backend import in_own_style
from experiments.figures.canvas import BLACK, GREY, GRID, LUCK_COLOUR, WIDTH, Words, blank, trim, wrapped
from experiments.statistics.verdicts import LIKELY_SHARE
from experiments.text.dates import period_words

_FULL = 100.0
_NINETY_FIVE = 1.96
_ROW, _LABEL, _LETTER = 0.2, 18, 0.062


@in_own_style
def scores_figure(workshop: Workshop, scores: Sequence[Score]) -> Figure:
    """Return a panel a round: in how many worlds of a hundred its regime does better, by each bet and by the model."""
    numbers = sorted({score.bet.round for score in scores})
    panels = {number: [score for score in scores if score.bet.round == number] for number in numbers}
    note = (
        f"{workshop.draws} draws, {workshop.replicates} replicates, {period_words(workshop.start, workshop.months)}. "
        "A model, not a forecast."
    )
    words = Words("Bets beside the results", note, "worlds in a hundred in which the round's regime does better")
    heads = [wrapped(f"{number}. {workshop.rounds[number - 1].title}", 60, 1) for number in numbers]
    height = 0.1 + _ROW * max(map(len, panels.values()))
    left = 0.15 + _LETTER * min(_LABEL, max(len(score.bet.group) for score in scores))
    sheet = blank(words, height, heads=heads, keys=3, left=left, width=WIDTH, columns=1, free=True)
    for panel, mine in zip(sheet.axes, panels.values(), strict=True):
        _draw_round(panel, mine)
    trim(sheet.axes, len(panels), across_only=True, free=True, columns=1)
    sheet.key(
        [
            Line2D([], [], color=BLACK, marker="o", linestyle="none", markersize=5),
            Line2D([], [], color=LUCK_COLOUR, marker="D", markersize=4.5, markerfacecolor="white", linewidth=2),
            Patch(color=GRID),
        ],
        ["the group's bet", "the result, with its 95% interval", "too close to call"],
        columns=1,
    )
    return sheet.figure


def _draw_round(panel: Axes, scores: Sequence[Score]) -> None:
    panel.axvspan(_FULL * (1 - LIKELY_SHARE), _FULL * LIKELY_SHARE, color=GRID, linewidth=0, zorder=0)
    panel.axvline(_FULL / 2, color=GREY, linewidth=0.8)
    for row, score in enumerate(scores):
        effect = score.answer.effect
        if math.isfinite(effect.share):
            middle, reach = _FULL * effect.share, _NINETY_FIVE * _FULL * effect.share_error
            ends = [max(0.0, middle - reach), min(_FULL, middle + reach)]
            panel.plot(ends, [row, row], color=LUCK_COLOUR, linewidth=2, zorder=2)
            panel.plot([middle], [row], "D", color=LUCK_COLOUR, markersize=4.5, markerfacecolor="white", zorder=3)
        panel.plot([_FULL * score.chance], [row], "o", color=BLACK, markersize=5, zorder=4)
    panel.set_xlim(-2.0, _FULL + 2.0)
    panel.set_ylim(len(scores) - 0.5, -0.5)
    panel.set_yticks(range(len(scores)), [wrapped(score.bet.group, _LABEL, 1) for score in scores])
    panel.tick_params(axis="y", length=0)
