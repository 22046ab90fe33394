"""No page takes longer to read than ten minutes without saying why."""

import pytest

from tools.site.reading import MOST_MINUTES, reading_line, reading_minutes, reason_for_length
from tools.site.staging import ELSEWHERE, LESSONS, ROOT

PAGES = [*sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / LESSONS).glob("*.md")), *map(ROOT.joinpath, ELSEWHERE)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_page_is_read_in_ten_minutes_or_says_why_not(path):
    page = path.read_text(encoding="utf-8")
    assert reading_minutes(page) <= MOST_MINUTES or reason_for_length(page)


def test_tables_are_looked_up_and_code_is_read_slowly():
    assert reading_minutes("word " * 660) == 3
    assert reading_minutes("| cell " * 660) == 1
    assert reading_minutes("```sh\n" + "word " * 300 + "\n```\n") == 3


def test_the_reason_stands_below_the_title():
    page = "<!-- long: it is a record -->\n# Title\n\n" + "word " * 2400
    assert "# Title\n\n*11 minutes to read: it is a record*\n" in reading_line(page)
    assert reading_line("# Title\n\nshort\n") == "# Title\n\nshort\n"
