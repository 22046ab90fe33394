"""Slots of a page are filled anew and all else stays; tables are Markdown."""

import pytest

from experiments.text.pages import Slots, cell, table
from simulation.errors import InputError

PAGE = "# Title\n<!-- bench: runs -->\nold\n<!-- end -->\nprose\n<!-- table: runs -->\nold\n<!-- end -->\n"
BENCH = Slots("bench")


def test_only_the_slots_of_its_kind_are_filled_anew():
    text = BENCH.fill(PAGE, str.upper)
    assert text == PAGE.replace("<!-- bench: runs -->\nold", "<!-- bench: runs -->\nRUNS")


def test_a_page_is_renewed_and_renewing_it_again_changes_nothing(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    for _ in range(2):
        BENCH.renew(page, {"runs": "| 1 |\n"})
        assert page.read_text("utf-8") == PAGE.replace("<!-- bench: runs -->\nold", "<!-- bench: runs -->\n| 1 |")


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("prose", 0),
        (PAGE.replace("bench", "table"), 0),
        (PAGE * 2, 2),
        ("<!-- bench: runs -->\nnever ends\n<!-- table: runs -->\n<!-- end -->\n", 0),
    ],
)
def test_a_slot_that_does_not_stand_once_is_refused(tmp_path, text, times):
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=f"expected one <!-- bench: runs --> with <!-- end --> below it, got {times}"):
        BENCH.renew(page, {"runs": "new"})
    assert page.read_text("utf-8") == text


def test_a_page_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(InputError, match="expected a page to renew, got no such file"):
        BENCH.read(tmp_path / "none.md", ["runs"])
    (tmp_path / "binary.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="got binary data"):
        BENCH.read(tmp_path / "binary.md", ["runs"])


def test_a_table_has_a_rule_and_numbers_on_the_right_if_asked():
    assert table(("Name", "Number"), [("a|b", 0.5)]) == "| Name | Number |\n| --- | --- |\n| a\\|b | 0.5 |\n"
    assert table(("Name", "Number"), [], numbers=True) == "| Name | Number |\n| --- | ---: |\n"


def test_a_cell_is_written_by_its_kind():
    assert [cell(value) for value in (12345.0, (4.0, 14.0), True, None)] == ["12,345", "4 to 14", "yes", ""]
