"""Links are told anew for where a page stands on the site, outside code only."""

import pytest

from tools.site.links import retarget

PLACES = {"docs/do/a.md": "do/a.md", "CHANGELOG.md": "look_up/changelog.md", "docs/p.png": "p.png"}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[a](../do/a.md)", "[a](../do/a.md)"),
        ("[a](../do/a.md#part)", "[a](../do/a.md#part)"),
        ("![two\nlines](../p.png)", "![two\nlines](../p.png)"),
        ("[c](../../CHANGELOG.md)", "[c](../look_up/changelog.md)"),
        ("[![p](../p.png)](../do/a.md)", "[![p](../p.png)](../do/a.md)"),
        ("[w](https://example.org/x.md)", "[w](https://example.org/x.md)"),
        ("[here](#part)", "[here](#part)"),
        ("[e](../explorer.html#a=1)", '<a href="../explorer.html#a=1">e</a>'),
        ("```sh\n[a](../../CHANGELOG.md)\n```", "```sh\n[a](../../CHANGELOG.md)\n```"),
    ],
)
def test_a_link_leads_where_it_led(written, told):
    assert retarget(f"{written}\n", "docs/understand/b.md", "understand/b.md", PLACES.__getitem__) == f"{told}\n"


def test_a_page_that_moves_up_keeps_its_links():
    assert retarget("[a](docs/do/a.md)", "README.md", "x/y/readme.md", PLACES.__getitem__) == "[a](../../do/a.md)"
