"""No two things share a name: what modules define for others to use is defined in one of them alone."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOMS = ("simulation", "experiments", "benchmarks", "explorer", "tools")

TWINS = ("simulation/agents/month.py", "simulation/compiled/month.py")
"""Only the order of the month is written twice: the functions of both are twins, and a test holds them together."""

ENTRIES = tuple(f"simulation/compiled/{name}.py" for name in ("cache", "entries", "particles", "streams"))
"""What the cache compiles and keeps on disk is called as the function that it compiles."""

COMMANDS = "experiments/commands/"
"""A command is called as what it does, and its options are its own: the same option says other things of another."""

FIGURES = "experiments/figures/comparison.py"
"""A figure is called as the table that it draws."""

KINDS = {
    "main": "the way in of a module that is run",
    "section": "what a file of a report's section, or of the benchmarks, gives",
    "sections": "the same, where there are several",
    "page_lines": "what a study writes into its page",
    "renew_page": "writes the page of a study anew",
    "SLOTS": "the slots of a page that one module fills",
    "STUDY": "the name of a study in its manifest",
}
"""One for each of its kind, by design."""


def names_of(path: Path) -> Iterator[str]:
    """The public names that a module binds itself: functions, classes and constants, but no imports."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        names: Iterable[str] = ()
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names = (node.name,)
        elif isinstance(node, ast.Assign):
            names = (name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names = (node.target.id,)
        yield from (name for name in names if not name.startswith("_"))


def shared_names(root: Path) -> dict[str, list[str]]:
    """Every name that more than one module binds, with those modules, but for what is the same by design."""
    places = defaultdict(set)
    for room in ROOMS:
        for path in (root / room).rglob("*.py"):
            file = path.relative_to(root).as_posix()
            if not file.startswith((COMMANDS, FIGURES)):
                for name in names_of(path):
                    places[name].add(file)
    return {name: sorted(files) for name, files in places.items() if len(files) > 1 and not by_design(name, files)}


def by_design(name: str, files: set[str]) -> bool:
    return name in KINDS or files <= set(TWINS) or files <= set(ENTRIES)


def test_no_two_things_share_a_name(root):
    assert shared_names(root) == {}


def test_what_is_the_same_by_design_is_there(root):
    bound = defaultdict(int)
    for room in ROOMS:
        for path in (root / room).rglob("*.py"):
            for name in names_of(path):
                bound[name] += 1
    assert {name for name in KINDS if bound[name] < 2} == set()


@pytest.mark.parametrize(
    "text",
    ["COLUMNS = ()", "COLUMNS: tuple = ()", "A, COLUMNS = (), ()", "def COLUMNS(): ...", "class COLUMNS: ..."],
)
def test_a_name_that_is_bound_twice_is_seen(tmp_path, text):
    for room in ROOMS:
        (tmp_path / room).mkdir()
    (tmp_path / "simulation" / "one.py").write_text("COLUMNS = ()\n_COLUMNS = ()\n", encoding="utf-8")
    (tmp_path / "experiments" / "two.py").write_text(f"{text}\n_COLUMNS = ()\n", encoding="utf-8")
    assert shared_names(tmp_path) == {"COLUMNS": ["experiments/two.py", "simulation/one.py"]}


def test_a_name_that_is_imported_or_bound_inside_is_not(tmp_path):
    for room in ROOMS:
        (tmp_path / room).mkdir()
    (tmp_path / "simulation" / "one.py").write_text("def run(): ...\n", encoding="utf-8")
    text = "from simulation.one import run\n\nclass Case:\n    def run(self): ...\n\ndef other():\n    run = 1\n"
    (tmp_path / "experiments" / "two.py").write_text(text, encoding="utf-8")
    assert shared_names(tmp_path) == {}
