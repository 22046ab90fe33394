"""Papers: sizes stand once, letters can be read where they are shown, and colours by those who see few of them."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from experiments.figures import canvas
from experiments.figures.paper import PAPERS, by_width, laid_paper, laying, panels_a_row, paper_width, row_height
from experiments.figures.tiles import GRADE_COLOURS
from simulation.errors import InputError

READABLE = {"slide": 14.0, "page": 7.0, "phone": 8.0}
"""Points of the smallest letters as they are shown: on a projected slide, on printed A4, on a phone in the hand."""

# Machado, Oliveira and Fernandes (2009), severity 1: what a colour looks like, in linear RGB.
SEEN = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    "grey": [[0.2126, 0.7152, 0.0722]] * 3,
}
TOGETHER = {
    "marks": (canvas.BLUE, canvas.VERMILLION, canvas.BLACK, "#FFFFFF"),
    "grades": (*GRADE_COLOURS, "#FFFFFF"),
}
"""Colours that are told apart in one picture."""
APART = 10.0
"""Distance in CIELAB: about four times what a trained eye can just tell."""


def seen(colour, matrix):
    """A colour as somebody sees it, in CIELAB."""
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    linear = np.clip(np.array(matrix) @ linear, 0.0, 1.0)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ linear
    f = np.cbrt(np.maximum(xyz / np.array([0.9505, 1.0, 1.089]), 1e-9))
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("which", TOGETHER)
@pytest.mark.parametrize("eye", ["protanopia", "deuteranopia", "tritanopia"])
def test_colours_are_told_apart_by_every_eye(which, eye):
    for one, other in combinations(TOGETHER[which], 2):
        apart = np.linalg.norm(seen(one, SEEN[eye]) - seen(other, SEEN[eye]))
        assert apart > APART, (one, other, eye)


def test_colours_that_cannot_be_told_apart_are_found():
    red, green = "#A05A00", "#5A8A00"
    assert np.linalg.norm(seen(red, np.eye(3)) - seen(green, np.eye(3))) > 4 * APART
    assert np.linalg.norm(seen(red, SEEN["protanopia"]) - seen(green, SEEN["protanopia"])) < 2.5 * APART


@pytest.mark.parametrize("size", PAPERS)
def test_the_smallest_letters_can_be_read_where_they_are_shown(size):
    assert PAPERS[size].smallest_shown >= READABLE[size]


def test_a_paper_lies_only_inside_its_with():
    assert laid_paper() is None
    with laying("phone") as paper:
        assert laid_paper() is paper is PAPERS["phone"]
        assert paper_width(4.8) == paper.width
        with laying("slide"):
            assert laid_paper() is PAPERS["slide"]
        assert laid_paper() is paper
    assert laid_paper() is None
    assert paper_width(4.8) == 4.8


def test_a_paper_is_taken_away_when_drawing_fails():
    with pytest.raises(ZeroDivisionError), laying("page"):
        _ = 1 / 0
    assert laid_paper() is None


def test_a_size_that_is_none_is_refused():
    with (
        pytest.raises(InputError, match=r"size: expected one of slide, page, phone, got 'slid' \(nearest: slide\)"),
        laying("slid"),
    ):
        pass


def test_without_a_paper_figures_have_the_sizes_of_the_report():
    assert panels_a_row(8, 2, 1.5) == 2
    assert by_width(1.0, 2.0) == 1.0
    assert row_height(0.3, 100, 2.0) == 0.3


def test_panels_and_rows_fit_their_paper():
    with laying("slide") as paper:
        assert panels_a_row(8, 2, 1.5) == 4
        assert panels_a_row(2, 2, 1.5) == 2
        assert 13 * row_height(0.3, 13, 2.0) + 2.0 == pytest.approx(paper.tallest)
    with laying("phone"):
        assert panels_a_row(8, 2, 2.0) == 1
        assert by_width(1.0, 2.0) == 1.0
        assert row_height(0.3, 13, 2.0) == 0.3
