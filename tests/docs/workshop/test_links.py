"""Each link opens the explorer at the setting of its round, and the explorer says what the pages say."""

from io import StringIO

import pandas as pd
import pytest
from answers import answers, asked

from experiments.explorer.page import write_page
from tests.explorer.reader import ANSWER, FINEST, taken_csv

pytestmark = pytest.mark.slow
_NUMBERS = ("difference", "difference_error", "share", "share_error", "worlds_low", "worlds_high")


@pytest.fixture(scope="module")
def explorer(tmp_path_factory):
    """The explorer as `sli explore` writes it, by its address."""
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    write_page(path)
    return path.resolve().as_uri()


@pytest.fixture(scope="module")
def tab(browser, explorer):
    """A tab with the network cut."""
    with browser.opened(f"{explorer}#v=1&months=12") as tab:
        cut = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        tab.call("Network.emulateNetworkConditions", **cut)
        yield tab


def follow(tab, explorer, link):
    tab.go("about:blank")
    tab.go(explorer + link)
    tab.until(f"{ANSWER} || document.querySelector('.brief') || document.querySelector('[role=alert]')")


def test_every_link_is_kept_by_the_explorer_as_it_is(tab, explorer, workshop):
    for one in asked(workshop):
        follow(tab, explorer, one.one.link)
        assert tab.ask("return document.querySelector('[role=alert]')") is None, one.name
        assert tab.ask("return location.hash") == one.one.link


@pytest.mark.parametrize("place", range(4))
def test_the_explorer_says_what_the_pages_say(tab, explorer, place):
    row = answers().iloc[place]
    follow(tab, explorer, row["link"].replace("view=compare", "view=take"))
    tab.until(FINEST)
    shown = pd.read_csv(StringIO(taken_csv(tab, "The comparison"))).set_index("regime").loc[row["regime"]]
    assert shown["verdict"] == row["verdict"]
    for name in _NUMBERS:
        assert float(shown[name]) == pytest.approx(row[name], rel=1e-9), name
    if row["parity"] != "none":
        assert float(shown["parity_met"]) == pytest.approx(1 - row["left_out"])
