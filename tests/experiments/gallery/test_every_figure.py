"""Every figure at every size: a figure that fits its paper, whose words can be read, in colours that can be told."""

import inspect
import os
import subprocess
import sys
from itertools import combinations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import Collection, QuadMesh
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from experiments import gallery
from experiments.figures import canvas
from experiments.figures.comparison import differences
from experiments.figures.paper import PAPERS, SMALLEST_LETTERS
from experiments.figures.tiles import GRADE_COLOURS

PALETTE = {canvas.BLUE, canvas.VERMILLION, canvas.BLACK, canvas.GREY, canvas.GRID, *GRADE_COLOURS, "#FFFFFF", "#000000"}
EVERY = [(name, size) for name in gallery.FIGURE_NAMES for size in PAPERS]


@pytest.fixture(scope="module")
def drawn(drawings):
    """Figures by name and size, drawn once each."""
    known = {}

    def give(name, size):
        if (name, size) not in known:
            figure = getattr(gallery, name)(drawings[name], size=size)
            FigureCanvasAgg(figure).draw()
            known[name, size] = figure
        return known[name, size]

    return give


def words(figure):
    """Every text that is shown, with the box that it takes in pixels."""
    renderer = figure.canvas.get_renderer()
    texts = [one for one in figure.findobj(Text) if one.get_visible() and one.get_text().strip()]
    shown = [one for one in texts if is_shown(one, figure)]
    return [(one, one.get_window_extent(renderer)) for one in shown]


def is_shown(text, figure):
    """Whether a text is drawn: those of hidden scales, and ticks beyond a scale, are not."""
    for axis in figure.axes:
        for scale in (axis.xaxis, axis.yaxis):
            labels = [label for tick in scale.get_major_ticks() for label in (tick.label1, tick.label2)]
            if text in labels:
                low, high = sorted(scale.get_view_interval())
                inside = [tick for tick in scale.get_major_ticks() if low <= tick.get_loc() <= high]
                on = any(text is tick.label1 for tick in inside)
                return axis.axison and scale.get_visible() and on
    return True


@pytest.mark.parametrize(("name", "size"), EVERY)
def test_a_figure_has_the_size_of_its_paper(drawn, name, size):
    figure, paper = drawn(name, size), PAPERS[size]
    assert isinstance(figure, Figure)
    width, height = figure.get_size_inches()
    assert width == pytest.approx(paper.width)
    assert not paper.flat or height <= paper.tallest + 0.02
    assert figure.dpi == paper.dpi


@pytest.mark.parametrize(("name", "size"), EVERY)
def test_every_word_stands_on_the_paper_and_can_be_read(drawn, name, size):
    figure = drawn(name, size)
    shown = words(figure)
    assert len(shown) > 5
    across, up = figure.bbox.width, figure.bbox.height
    outside = [
        text.get_text() for text, box in shown if box.x0 < -1 or box.y0 < -1 or box.x1 > across + 1 or box.y1 > up + 1
    ]
    assert outside == []
    assert [text.get_text() for text, _ in shown if text.get_fontsize() < SMALLEST_LETTERS] == []


@pytest.mark.parametrize(("name", "size"), EVERY)
def test_no_words_lie_on_each_other(drawn, name, size):
    shown = [(text.get_text(), box.padded(-1.5)) for text, box in words(drawn(name, size))]
    boxes = [(text, box) for text, box in shown if box.width > 0 and box.height > 0]
    assert [(one, other) for (one, box), (other, second) in combinations(boxes, 2) if box.overlaps(second)] == []


@pytest.mark.parametrize("name", gallery.FIGURE_NAMES)
def test_only_colours_of_the_palette_are_used(drawn, name):
    figure = drawn(name, "page")
    used = {to_hex(text.get_color()).upper() for text, _ in words(figure)}
    artists = [artist for axis in figure.axes for artist in axis.findobj() if artist.get_visible()]
    artists += [artist for legend in figure.findobj(Legend) for artist in legend.findobj()]
    for artist in artists:
        if isinstance(artist, Line2D):
            used.add(to_hex(artist.get_color()).upper())
        elif isinstance(artist, Patch) and artist.get_fill():
            used.add(to_hex(artist.get_facecolor()).upper())
        elif isinstance(artist, Collection) and not isinstance(artist, QuadMesh):
            used.update(to_hex(colour).upper() for colour in artist.get_facecolor())
    assert used - PALETTE == set()
    assert len(used) > 2


@pytest.mark.parametrize("name", gallery.FIGURE_NAMES)
def test_every_figure_is_documented_and_typed(name):
    function = getattr(gallery, name)
    signature = inspect.signature(function)
    assert signature.return_annotation == "Figure"
    assert signature.parameters["size"].default == "page"
    text = inspect.getdoc(function)
    assert "Args:" in text
    assert "Raises:\n    InputError" in text


def test_every_public_name_is_there():
    assert [name for name in gallery.__all__ if not hasattr(gallery, name)] == []
    with pytest.raises(AttributeError, match="no attribute 'fans'"):
        _ = gallery.fans


def test_the_gallery_imports_no_matplotlib_before_something_is_drawn():
    code = "import sys; from experiments import gallery; assert 'matplotlib' not in sys.modules; gallery.FIGURE_NAMES"
    environment = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


def test_drawing_for_a_size_leaves_no_trace(results):
    before = canvas.png(differences(results))
    gallery.paired_differences(results, size="slide")
    assert canvas.png(differences(results)) == before
