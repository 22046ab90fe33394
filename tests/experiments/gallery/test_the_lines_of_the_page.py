"""The lines of the gallery's page, as they stand there, draw what the functions draw from the same results."""

from contextlib import chdir

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import Collection
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from experiments import gallery
from tools.gallery.making import draw_picture
from tools.gallery.spec import read_gallery

PICTURES = {picture.name: picture for picture in read_gallery().pictures}
FROM_FOLDERS = [name for name, picture in PICTURES.items() if picture.studies]

OPTIONS = {"paired_differences": {"baseline": "partners_in_practice"}}


def data(figure):
    """What is drawn: places of lines, bars and marks, and every word."""
    FigureCanvasAgg(figure).draw()
    found = [figure.get_size_inches().tolist()]
    for axis in figure.axes:
        for artist in axis.findobj(lambda one: isinstance(one, Line2D | Rectangle | Collection)):
            if isinstance(artist, Line2D):
                found.append([[float(one) for one in np.atleast_1d(end)] for end in artist.get_data(orig=False)])
            elif isinstance(artist, Rectangle):
                found.append([float(one) for one in artist.get_bbox().bounds])
            else:
                found.append([[float(one) for one in place] for place in artist.get_offsets()])
        found += [text.get_text() for text in axis.texts]
    return [*found, *(text.get_text() for text in figure.texts)]


@pytest.mark.slow
@pytest.mark.parametrize("name", FROM_FOLDERS)
def test_the_lines_of_the_page_draw_the_figure(name, made, drawings):
    with chdir(made):
        drawn = data(draw_picture(PICTURES[name]))
    assert len(drawn) > 5
    assert drawn == data(getattr(gallery, name)(drawings[name], **OPTIONS.get(name, {})))


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in PICTURES if name not in FROM_FOLDERS])
def test_the_lines_of_a_picture_of_one_run_draw_the_same_again(name, tmp_path):
    with chdir(tmp_path):
        once, again = (data(draw_picture(PICTURES[name], "phone")) for _ in range(2))
    assert once == again
    assert len(once) > 100
