"""The engine in a real browser: the same runs, bit for bit, in the page's own thread and in its workers."""

import base64

import pytest

from experiments.explorer.engine import MODULE

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tab(asked, data, bundle, browser, tmp_path_factory):
    """A page that holds the engine and the runs that it is asked for; it fetches nothing."""
    script = bundle("tests/equal_in_page.ts", "equal_in_page.js").read_text(encoding="utf-8")
    parts = {
        "module": base64.b64encode(MODULE.read_bytes()).decode(),
        "data": data.read_text(encoding="utf-8"),
        "cases": asked.as_json(),
    }
    held = "".join(f'<script type="application/json" id="{name}">{text}</script>' for name, text in parts.items())
    path = tmp_path_factory.mktemp("page") / "equal.html"
    path.write_text(
        f"<!DOCTYPE html><title>equal</title><body>{held}<script>{script}</script></body>", encoding="utf-8"
    )
    with browser.opened(path.resolve().as_uri()) as tab:
        yield tab


def test_runs_in_a_page_are_those_of_the_compiled_engine(tab, asked):
    assert asked.runs > 200
    assert tab.ask("return await sli.equal();") == asked.expected


def test_workers_make_the_same_runs_and_stop_when_they_are_told(tab):
    found = tab.ask("return await sli.pooled();")
    assert found == {
        "found": [True, True],
        "after": True,
        "followed": found["again"],
        "again": found["again"],
        "months": 120,
        "stopped": ["AbortError", True],
        "wrong": "Error: there is no path no_such",
        "size": 2,
    }
    assert tab.said == []
