"""The page without a browser: whole, small, closed to the network, and built from the sources that are there."""

import re
from threading import Thread
from urllib.request import urlopen

import pytest

from experiments.cli import main
from experiments.explorer.page import BUILT_PAGE, built_from, make_page
from experiments.explorer.serve import page_server
from explorer.page import page_digest


@pytest.fixture(scope="module")
def page():
    return make_page()


def test_the_page_in_the_package_is_built_from_these_sources():
    """Where it is not, `make page` builds it anew."""
    assert built_from() == page_digest()


def test_the_page_is_small(page):
    assert BUILT_PAGE.stat().st_size < 700_000
    assert len(page.encode()) < 1_500_000


def test_nothing_in_it_may_be_fetched(page):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    rules = dict(rule.split(" ", 1) for rule in policy[1].split("; "))
    assert rules["default-src"] == "'none'"
    assert "connect-src" not in rules
    assert re.fullmatch(r"'sha256-[\w+/=]+' 'wasm-unsafe-eval'", rules["script-src"])
    outside = re.findall(r"""(?:src|href)=["']?(?!data:)https?:""", page)
    assert outside == []


def test_slots_are_filled_and_end_no_element(page):
    assert "{{" not in page.split("<script>")[0]
    assert page.count("</script>") == 4


def test_the_command_writes_the_page(tmp_path, page, capsys):
    out = tmp_path / "new" / "explorer.html"
    assert main(["explore", "--no-browser", "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8") == page
    assert str(out) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--serve", "99999"], "--serve: expected a whole number from 0 to 65535, got 99999"),
        (["--serve", "here"], "--serve: expected a whole number, got 'here'"),
        (["--out", ""], "--out"),
    ],
)
def test_bad_input_is_one_sentence(arguments, sentence, capsys):
    assert main(["explore", "--no-browser", *arguments]) == 2
    error = capsys.readouterr().err
    assert sentence in error
    assert error.count("\n") == 1


def test_the_page_is_served_on_loopback_alone(page):
    with page_server(page, 0) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            host, port = server.server_address
            with urlopen(f"http://{host}:{port}/") as answer:
                assert answer.read().decode() == page
        finally:
            server.shutdown()
            thread.join()
    assert host == "127.0.0.1"
