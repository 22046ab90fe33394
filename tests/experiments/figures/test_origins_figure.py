"""The page of forecasts from rolling origins: what its four panels show."""

import pandas as pd
import pytest

from experiments.figures.canvas import png
from experiments.figures.origins import origins_figure

NAMES = {"model": "the model", "chain": "a chain", "last": "the last grade", "mix": "the mix"}
SCORES = pd.DataFrame(
    {
        "cut": cut,
        "origin": origin,
        "judged": judged,
        "score": score,
        "forecast": name,
        "mean": 0.1 + 0.01 * number,
        "low": 0.09,
        "high": 0.2,
    }
    for cut, origin in (("all origins", "all"), ("origin", "2019-04"), ("origin", "2020-04"))
    for judged in ("within 24 months", "after 24 months")
    for score in ("ranked_probability_score", "log_score")
    for number, name in enumerate(NAMES)
)
RELIABILITY = pd.DataFrame(
    {"forecast": name, "mean_chance": chance, "came": came, "chances": chances}
    for name in ("model", "chain")
    for chance, came, chances in ((0.1, 0.2, 30), (0.6, 0.5, 10))
)
RANKS = pd.DataFrame(
    {"months": months, "low": place / 10, "high": (place + 1) / 10, "points": points}
    for months, points in ((12, 3.0), (24, 2.0))
    for place in range(10)
)


@pytest.fixture
def figure():
    return origins_figure(SCORES, RELIABILITY, RANKS, NAMES, "A note.")


def test_scores_are_those_of_each_origin_within_two_years(figure):
    for axis in figure.subfigs[0].axes[:2]:
        assert [label.get_text() for label in axis.get_xticklabels()] == ["2019-04", "2020-04"]
        assert [line.get_ydata().tolist() for line in axis.lines] == [
            pytest.approx([0.1 + 0.01 * number] * 2) for number in range(4)
        ]
        assert "within 24 months" in axis.get_title(loc="left").replace("\n", " ")


def test_chances_and_ranks_have_a_panel_each(figure):
    reliability, ranks = figure.subfigs[0].axes[2:]
    assert len(reliability.collections) == 2
    assert [bar.get_height() for bar in ranks.patches] == pytest.approx([0.1] * 20)


def test_forecasts_are_named_once_and_the_note_stands_below(figure):
    legend = figure.subfigs[1].legends[0]
    assert [text.get_text() for text in legend.get_texts()] == list(NAMES.values())
    assert any(text.get_text() == "A note." for text in figure.subfigs[1].texts)


def test_the_same_tables_give_the_same_picture(figure):
    assert png(figure) == png(origins_figure(SCORES, RELIABILITY, RANKS, NAMES, "A note."))
