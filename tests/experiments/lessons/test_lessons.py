"""The lessons: each is run from its top in a folder of its own, and its worked answers hold.

A lesson begins with its question, says truly how long it takes to read, and names only what exists.
"""

import json
import os
import re
from itertools import pairwise

import jupytext
import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

import experiments
import simulation
from experiments.lessons.catalogue import all_lessons, lessons_text
from simulation import LEVERS, OUTCOMES, PARAMETERS, PATHS, REGIMES, SWITCHES
from simulation.councils import COUNCIL_FILE_COLUMNS
from simulation.rules import RULES
from tools.site.reading import reading_minutes

SECONDS = 600
LONGEST = 10
STRICT = "import warnings\nwarnings.simplefilter('error')"
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
LESSONS = {lesson.file: lesson for lesson in all_lessons()}
every_lesson = pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)


def notebook_of(text):
    return jupytext.reads(text, fmt="md:myst")


def run_in(folder, text):
    """Run a lesson's cells from the top, warnings being errors, and return the notebook with what was printed."""
    notebook = notebook_of(text)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(STRICT))
    return execute(notebook, folder)


def execute(notebook, folder):
    client = NotebookClient(notebook, timeout=SECONDS, resources={"metadata": {"path": str(folder)}})
    environment = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    return client.execute(env=environment)


@pytest.fixture
def ran(lesson, once):
    """The folder in which a lesson was run, with the notebook in it."""

    def make(place):
        (place / "here").mkdir()
        done = run_in(place / "here", lesson.text)
        (place / "ran.ipynb").write_text(nbformat.writes(done), encoding="utf-8")

    return once(f"lesson-{lesson.number}", make)


def answers_of(notebook):
    """The cells under each heading of an answer, by the heading."""
    found, heading = {}, ""
    for cell in notebook.cells:
        titles = re.findall(r"^##+ (.+)$", cell.source, re.MULTILINE) if cell.cell_type == "markdown" else []
        heading = titles[-1] if titles else heading
        if cell.cell_type == "code" and heading.startswith("Answer"):
            found.setdefault(heading, []).append(cell)
    return found


def test_there_are_eight_in_order():
    assert [lesson.number for lesson in LESSONS.values()] == list(range(1, 9))
    assert len(lessons_text().splitlines()) == 8


@every_lesson
@pytest.mark.slow
def test_a_lesson_runs_and_its_answers_hold(lesson, ran):
    assert len(answers_of(nbformat.read(ran / "ran.ipynb", as_version=4))) == lesson.text.count("### Answer")
    done = json.loads((ran / "ran.ipynb").read_text(encoding="utf-8"))
    cells = [cell for cell in done["cells"] if cell["cell_type"] == "code"]
    assert all(cell["execution_count"] for cell in cells)
    assert sum(bool(cell["outputs"]) for cell in cells) > 4


@every_lesson
@pytest.mark.slow
def test_a_lesson_shows_what_it_draws(lesson, ran):
    done = nbformat.read(ran / "ran.ipynb", as_version=4)
    shown = [output.data for cell in done.cells for output in cell.get("outputs", ()) if "data" in output]
    pictures = sum("image/png" in data for data in shown)
    drawn = len(re.findall(r"plt\.subplots|^figures\.|^draw\(", lesson.text, re.MULTILINE))
    assert pictures >= drawn - lesson.text.count("def draw")


@every_lesson
@pytest.mark.slow
def test_a_lesson_leaves_nothing_outside_its_folder(lesson, ran):
    assert {path.name for path in ran.iterdir()} == {"here", "ran.ipynb"}
    if "results/lessons" in lesson.text:
        assert (ran / "here" / "results" / "lessons").is_dir()


@pytest.mark.slow
@pytest.mark.parametrize("lesson", [LESSONS["02_two_regimes.md"]], ids=["02_two_regimes.md"])
def test_a_lesson_can_be_run_again_beside_its_results(lesson, ran):
    run_in(ran / "here", lesson.text)


@pytest.mark.slow
def test_a_wrong_answer_fails(tmp_path):
    text = LESSONS["01_one_run.md"].text
    assert text.count("[92, 84, 2, 0, 50]") == 1
    with pytest.raises(CellExecutionError, match="AssertionError"):
        run_in(tmp_path, text.replace("[92, 84, 2, 0, 50]", "[91, 84, 2, 0, 50]"))


@pytest.mark.slow
def test_a_notebook_with_agents_is_told_of_nothing_but_its_run(tmp_path):
    text = "from simulation import simulate\n\nlen(simulate('none', months=1).months)"
    done = execute(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text)]), tmp_path)
    assert [output.output_type for output in done.cells[0].outputs] == ["execute_result"]


@every_lesson
def test_a_lesson_begins_with_its_question(lesson):
    first = notebook_of(lesson.text).cells[0]
    assert first.cell_type == "markdown"
    assert first.source.startswith(f"# {lesson.question}\n\nAt the end of this lesson you have ")
    assert lesson.question.endswith("?")


@every_lesson
def test_a_lesson_has_two_exercises_with_folded_answers_that_assert(lesson):
    headings = re.findall(r"^###? (.+)$", lesson.text, re.MULTILINE)
    wanted = [f"{what} {number}" for number in (1, 2) for what in ("Exercise", "Answer to exercise")]
    assert headings[-5:] == ["Exercises", *wanted]
    answers = answers_of(notebook_of(lesson.text))
    assert list(answers) == wanted[1::2]
    for cells in answers.values():
        assert all("hide-cell" in cell.metadata.tags for cell in cells)
        assert re.search(r"^assert ", cells[-1].source.splitlines()[-1])


@every_lesson
def test_a_lesson_says_what_may_not_be_concluded(lesson):
    said = lesson.text.split("## What you may not conclude\n", 1)[1].split("\n## ", 1)[0]
    assert len(re.findall(r"^- Not ", said, re.MULTILINE)) == 3


@every_lesson
def test_a_lesson_takes_as_long_to_read_as_it_says(lesson):
    assert lesson.minutes == reading_minutes(lesson.text) < LONGEST


def test_the_range_of_the_worked_example_is_as_lesson_2_says(root):
    rows = pd.read_csv(root / "results" / "example" / "comparison.csv").query(
        "outcome == 'inadequate_months' and parity == 'days' and regime == 'peer_support'"
    )
    [row] = rows[rows["baseline"] == "partners_in_practice"].itertuples()
    assert f"its range is {row.worlds_low:.0f} to {row.worlds_high:+.0f}." in all_lessons()[1].text.replace("\n", " ")


def test_a_lesson_leads_to_the_next():
    for lesson, after in pairwise(LESSONS.values()):
        assert LINK.findall(lesson.text.strip().splitlines()[-1]) == [after.file]


@every_lesson
def test_what_a_lesson_names_in_code_exists(lesson):
    tables = (PARAMETERS, OUTCOMES, PATHS, SWITCHES, LEVERS, REGIMES, simulation.__all__, experiments.__all__)
    rules = {rule.__name__ for rules in RULES.values() for rule in rules}
    known = {name for table in tables for name in table} | rules | {one.name for one in COUNCIL_FILE_COLUMNS}
    code = "\n".join(FENCED.findall(lesson.text))
    named = [name for name in CODE.findall(FENCED.sub("", lesson.text)) if re.fullmatch(r"[A-Za-z_]+", name)]
    assert [name for name in named if name not in known and not re.search(rf"\b{name}\b", code)] == []
