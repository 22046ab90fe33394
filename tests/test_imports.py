"""The arrows of the architecture: which room may import which, and no circle of files anywhere."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOMS = (
    ("experiments", "experiments.__main__", "experiments.cli"),
    ("experiments.commands",),
    ("experiments.explorer", "experiments.lessons"),
    ("experiments.gallery",),
    ("experiments.studies",),
    ("experiments.report", "experiments.running"),
    ("experiments.figures",),
    ("experiments.results",),
    ("experiments.design",),
    ("experiments.observed",),
    ("experiments.inputs", "experiments.statistics"),
    ("experiments.text",),
    ("experiments.files",),
    ("simulation",),
)
"""Floors of the house, the top one first: a room may import its own files and those of floors below."""

STUDIES = {"comparison": {"claims"}, "rigging": {"comparison"}, "verification": {"sweep", "sensitivity"}}
"""Studies that may know others: a comparison shows claims, rigging is a comparison, verification reads all."""

Imports = dict[str, set[str]]


def modules(root: Path) -> dict[str, Path]:
    """Every file of the packages, by the name it is imported under."""
    paths = [path for top in ("simulation", "experiments") for path in (root / top).rglob("*.py")]
    return {name_of(path.relative_to(root)): path for path in paths}


def name_of(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def named(tree: ast.AST) -> Iterator[str]:
    """What is imported anywhere in a file, in functions and for types alone too: modules, and names of them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def file_of(name: str, known: set[str]) -> str | None:
    """The file that a name is imported from: the longest beginning of it that is one."""
    parts = name.split(".")
    beginnings = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((beginning for beginning in beginnings if beginning in known), None)


def imports_of(sources: dict[str, str]) -> Imports:
    known = set(sources)
    found = {name: {file_of(other, known) for other in named(ast.parse(text))} for name, text in sources.items()}
    return {name: {other for other in others if other not in {None, name}} for name, others in found.items()}


def room_of(name: str) -> str:
    rooms = [room for floor in ROOMS for room in floor if name == room or name.startswith(f"{room}.")]
    return max(rooms, key=len)


def floor_of(name: str) -> int:
    return next(number for number, rooms in enumerate(ROOMS) if room_of(name) in rooms)


def study_of(name: str) -> str | None:
    parts = name.split(".")
    return parts[2] if parts[:2] == ["experiments", "studies"] and len(parts) > 2 else None


def wrong_arrows(imports: Imports) -> list[str]:
    wrong = []
    for name, others in imports.items():
        for other in sorted(others):
            below = floor_of(other) > floor_of(name) or room_of(other) == room_of(name)
            here, there = study_of(name), study_of(other)
            strangers = None not in {here, there} and here != there and there not in STUDIES.get(here, set())
            if not below or strangers:
                wrong.append(f"{name} -> {other}")
    return wrong


def circles(imports: Imports) -> list[list[str]]:
    """Files that, along their imports, lead back to themselves: each group of them once (Tarjan's components)."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    groups: list[list[str]] = []

    def visit(name: str) -> None:
        number[name] = lowest[name] = len(number)
        stack.append(name)
        for other in sorted(imports[name]):
            if other not in number:
                visit(other)
                lowest[name] = min(lowest[name], lowest[other])
            elif other in stack:
                lowest[name] = min(lowest[name], number[other])
        if lowest[name] == number[name]:
            place = stack.index(name)
            groups.append(sorted(stack[place:]))
            del stack[place:]

    for name in sorted(imports):
        if name not in number:
            visit(name)
    return [group for group in groups if len(group) > 1]


@pytest.fixture(scope="module")
def sources(root):
    return {name: path.read_text(encoding="utf-8") for name, path in modules(root).items()}


def test_every_room_imports_its_own_files_and_floors_below(sources):
    assert wrong_arrows(imports_of(sources)) == []


def test_there_is_no_circle_of_files(sources):
    assert circles(imports_of(sources)) == []


def test_every_file_stands_in_a_room(sources):
    rooms = {room for floor in ROOMS for room in floor}
    loose = [name for name in sources if room_of(name) == "experiments" and name not in rooms]
    assert loose == []


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("simulation.councils", "import experiments.cli"),
        ("experiments.statistics.weights", "from experiments.results.store import Results"),
        ("experiments.results.store", "from typing import TYPE_CHECKING\nif TYPE_CHECKING: import experiments.cli"),
        ("experiments.design.design", "def late():\n    from experiments.studies.comparison import compare"),
        ("experiments.studies.validation.validate", "from experiments.studies.rigging import rigging"),
        ("experiments.figures.canvas", "from experiments.studies.comparison.compare import compare_regimes"),
    ],
)  # fmt: skip
def test_an_arrow_the_wrong_way_is_found(sources, name, fault):
    planted = sources | {name: f"{sources[name]}\n{fault}\n"}
    assert [arrow.split(" -> ")[0] for arrow in wrong_arrows(imports_of(planted))] == [name]


def test_a_circle_of_files_in_one_room_is_found(sources):
    planted = sources | {
        "simulation.errors": f"{sources['simulation.errors']}\nfrom simulation.councils import make_councils\n"
    }
    assert any("simulation.errors" in group for group in circles(imports_of(planted)))
