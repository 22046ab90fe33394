"""Copies of the lessons: the same every time, whole by themselves, and never in the place of what a reader changed."""

import re

import nbformat
import pytest

from experiments.lessons.catalogue import all_lessons
from experiments.lessons.copies import copies, copy_lessons

NAMES = [lesson.file.removesuffix(".md") for lesson in all_lessons()]


@pytest.mark.parametrize(("notebooks", "suffix"), [(True, ".ipynb"), (False, ".md")])
def test_a_reader_gets_a_guide_and_every_lesson(notebooks, suffix):
    made = copies(notebooks=notebooks)
    assert list(made) == ["README.md", *(f"{name}{suffix}" for name in NAMES)]
    for name, lesson in zip(NAMES, all_lessons(), strict=True):
        assert f"[{lesson.number}. {lesson.question}]({name}{suffix}) | {lesson.minutes} |" in made["README.md"]


def test_a_copy_is_the_same_every_time():
    assert copies(notebooks=True) == copies(notebooks=True)


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_is_a_notebook_that_was_not_run(name):
    notebook = nbformat.reads(copies(notebooks=True)[f"{name}.ipynb"], as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in cells)


@pytest.mark.parametrize("name", NAMES)
def test_answers_of_a_copy_are_folded_and_checks_are_left_out(name):
    notebook = nbformat.reads(copies(notebooks=True)[f"{name}.ipynb"], as_version=4)
    tags = [cell.metadata.get("tags", []) for cell in notebook.cells]
    folded = [cell for cell in notebook.cells if cell.metadata.get("jupyter", {}).get("source_hidden")]
    assert len(folded) == sum("hide-cell" in one for one in tags) == 2
    assert not any("remove-cell" in one for one in tags)


def test_the_checks_that_are_left_out_are_there_in_the_source():
    assert all("remove-cell" in lesson.text for lesson in all_lessons())
    assert not any("remove-cell" in text for text in copies(notebooks=False).values())


@pytest.mark.parametrize(("notebooks", "suffix"), [(True, ".ipynb"), (False, ".md")])
def test_links_to_pages_that_do_not_come_along_are_plain_words(notebooks, suffix):
    made = copies(notebooks=notebooks)
    for text in made.values():
        assert "../docs" not in text
        links = re.findall(
            r"\]\((?!https:)([^)\s]+)\)", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
        )
        if suffix == ".md":
            assert [link for link in links if link not in made] == []
    assert "are in the glossary." in made[f"01_one_run{suffix}"]
    assert f"(02_two_regimes{suffix})" in made[f"01_one_run{suffix}"]


def test_what_a_reader_changed_stays(tmp_path):
    first = copy_lessons(tmp_path / "mine", notebooks=False)
    assert (len(first.written), first.same, first.left) == (9, (), ())
    own = tmp_path / "mine" / "01_one_run.md"
    own.write_text("my notes", encoding="utf-8")
    (tmp_path / "mine" / "08_cluster.md").unlink()
    again = copy_lessons(tmp_path / "mine", notebooks=False)
    assert again.left == ("01_one_run.md",)
    assert again.written == ("08_cluster.md",)
    assert len(again.same) == 7
    assert own.read_text(encoding="utf-8") == "my notes"


def test_it_is_replaced_when_asked_for(tmp_path):
    copy_lessons(tmp_path, notebooks=False)
    (tmp_path / "01_one_run.md").write_text("my notes", encoding="utf-8")
    assert copy_lessons(tmp_path, notebooks=False, force=True).written == ("01_one_run.md",)
    assert (tmp_path / "01_one_run.md").read_text(encoding="utf-8") == copies(notebooks=False)["01_one_run.md"]


def test_code_in_a_copy_is_that_of_the_lesson():
    for lesson in all_lessons():
        fences = re.compile(r"^```\{code-cell\}.*?^```$", re.MULTILINE | re.DOTALL)
        shown = [one for one in fences.findall(lesson.text) if "remove-cell" not in one]
        assert fences.findall(copies(notebooks=False)[lesson.file]) == shown
