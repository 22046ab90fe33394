"""Every command has a page with all of its options, and help texts read on it as in a terminal."""

import pytest
from typer.main import get_command

from experiments.cli import app
from tools.site.command_pages import _words, command_pages

COMMANDS = get_command(app).commands


@pytest.fixture(scope="module")
def pages():
    return command_pages()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_page_has_every_option(pages, name):
    page = pages[f"look_up/commands/{name}.md"]
    options = [text for option in COMMANDS[name].params for text in option.opts if text.startswith("--")]
    assert [text for text in options if f"`{text}" not in page and f" {text}" not in page] == []
    assert page.count("`") % 2 == 0


def test_the_index_links_to_every_page(pages):
    assert [name for name in COMMANDS if f"(commands/{name}.md)" not in pages["look_up/commands.md"]] == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("with --engine mesa", "with `--engine` mesa"),
        ("for `sli report --only`, or --keep", "for `sli report --only`, or `--keep`"),
        ("a_b and *.days", r"a\_b and \*.days"),
        ("`a_b`", "`a_b`"),
        ("--max-sets N", "`--max-sets` N"),
    ],
)
def test_a_help_text_reads_as_it_is_written(written, shown):
    assert _words(written) == shown
