"""The map of England's councils: every council at any start has a tile of its own, and regions hold together."""

import json

import pytest

from experiments.explorer.starts import describe_start
from experiments.figures.tiles import tile_places
from simulation.dates import FIRST_MONTH
from simulation.evidence.england import LAST_MONTH


@pytest.fixture(scope="module")
def tiles(root):
    text = (root / "explorer" / "src" / "england" / "tiles.json").read_text(encoding="utf-8")
    return {code: tuple(place) for code, place in json.loads(text).items()}


@pytest.fixture(scope="module", params=["2018-04", "2019-04", "2021-04", "2023-04", "2026-04"])
def start(request):
    """Councils before and after each of their mergers and splits."""
    return describe_start(request.param)


def connected(places):
    """Whether one can walk from every place to every other over sides."""
    reached, ahead = set(), [min(places)]
    while ahead:
        column, row = ahead.pop()
        reached.add((column, row))
        around = {(column + 1, row), (column - 1, row), (column, row + 1), (column, row - 1)}
        ahead += around & places - reached
    return reached == places


def test_every_council_has_a_tile_of_its_own(tiles, start):
    places = [tiles[code] for code in start["code"]]
    assert len(set(places)) == len(places) == {FIRST_MONTH: 152, LAST_MONTH: 153}.get(start["month"], len(places))


def test_the_tiles_of_a_region_hold_together(tiles, start):
    for region in start["regions"]:
        places = {tiles[code] for code, own in zip(start["code"], start["region"], strict=True) if own == region}
        assert connected(places), region


def test_regions_lie_as_they_do_in_england(tiles):
    start = describe_start("2018-04")
    middle = {}
    for region in start["regions"]:
        own = [tiles[code] for code, name in zip(start["code"], start["region"], strict=True) if name == region]
        middle[region] = [sum(ends) / len(own) for ends in zip(*own, strict=True)]
    for west, east in (
        ("North West", "Yorkshire and The Humber"),
        ("West Midlands", "East Midlands"),
        ("South West", "London"),
    ):
        assert middle[west][0] < middle[east][0]
    for north, south in (("North East", "North West"), ("North West", "West Midlands"), ("East of England", "London")):
        assert middle[north][1] < middle[south][1]


def test_what_does_not_hold_together_is_found():
    assert connected({(0, 0), (1, 0)})
    assert not connected({(0, 0), (1, 1)})


def test_pictures_and_the_explorer_have_one_map(tiles):
    assert tile_places() == tiles
