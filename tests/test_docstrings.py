"""Docstrings of everything public say what the signatures say: the same arguments, fields and returns."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOMS = ("simulation", "experiments")
Function = ast.FunctionDef | ast.AsyncFunctionDef
SECTIONS = ("Args", "Attributes", "Returns", "Raises", "Yields")
THOSE_OF = re.compile(r"[Aa]rguments (?:are those|as) of `([\w.]+)`")
CODE = re.compile(r"``(\w+)``")


def definitions(tree: ast.AST) -> Iterator[tuple[ast.AST, bool]]:
    """Every public function and class of a module, and whether it is a method."""
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node, False
            if isinstance(node, ast.ClassDef):
                yield from ((one, True) for one in node.body if isinstance(one, Function) and is_public(one))


def is_public(node: Function) -> bool:
    return node.name == "__init__" or not node.name.startswith("_")


def parameters(node: Function, *, method: bool) -> list[str]:
    arguments = node.args
    names = [one.arg for one in (*arguments.posonlyargs, *arguments.args)]
    names += [one.arg for one in (arguments.vararg, *arguments.kwonlyargs, arguments.kwarg) if one is not None]
    static = any(isinstance(one, ast.Name) and one.id == "staticmethod" for one in node.decorator_list)
    return names[1:] if method and not static else names


def fields(node: ast.ClassDef) -> list[str]:
    return [one.target.id for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)]


def section(text: str, name: str) -> list[str] | None:
    """The names that a section of a docstring describes, in order; None where there is no such section."""
    found = re.search(rf"^{name}:\n((?:    .*\n|\n)+)", f"{text}\n\n", re.MULTILINE)
    if found is None:
        return None
    entries = re.findall(r"^    ([\w*][\w*, ]*?)(?: \([^)]*\))?: ", found[1], re.MULTILINE)
    return [name.strip(" `*") for entry in entries for name in entry.split(",")]


@pytest.fixture(scope="module")
def public(root: Path) -> list[tuple[str, ast.AST, bool]]:
    """Everything public: where it stands, what it is, and whether it is a method."""
    found = []
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            file = path.relative_to(root).as_posix()
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found += [(f"{file}:{node.lineno} {node.name}", node, method) for node, method in definitions(tree)]
    assert len(found) > 500
    return found


@pytest.fixture(scope="module")
def signatures(public) -> dict[str, set[str]]:
    """The parameters of every function, and of every class those of its `__init__` or its fields, by name."""
    known: dict[str, set[str]] = defaultdict(set)
    for _, node, method in public:
        if isinstance(node, ast.ClassDef):
            starts = [one for one in node.body if isinstance(one, Function) and one.name == "__init__"]
            known[node.name] |= set(parameters(starts[0], method=True)) if starts else set(fields(node))
        else:
            known[node.name] |= set(parameters(node, method=method))
    return known


def test_everything_public_has_a_docstring(public):
    # What a special method does is said by its class, whose docstring tells how an object is made.
    assert [where for where, node, _ in public if node.name != "__init__" and not ast.get_docstring(node)] == []


def test_arguments_are_described_as_they_stand_in_the_signature(public):
    wrong = []
    for where, node, method in public:
        described = section(ast.get_docstring(node) or "", "Args")
        if described is None:
            continue
        if isinstance(node, ast.ClassDef):
            starts = [one for one in node.body if isinstance(one, Function) and one.name == "__init__"]
            taken = parameters(starts[0], method=True) if starts else fields(node)
        else:
            taken = parameters(node, method=method)
        if described != taken:
            wrong.append(f"{where}: takes {', '.join(taken)}; describes {', '.join(described)}")
    assert wrong == []


def test_fields_are_described_as_they_stand_in_the_class(public):
    wrong = []
    for where, node, _ in public:
        described = section(ast.get_docstring(node) or "", "Attributes")
        if isinstance(node, ast.ClassDef) and described is not None and fields(node):
            own = set(fields(node)) | {one.name for one in node.body if isinstance(one, Function)}
            wrong += [f"{where}: has no {name}" for name in described if name not in own]
            wrong += [f"{where}: says nothing of {name}" for name in fields(node) if not is_described(name, described)]
    assert wrong == []


def is_described(name: str, described: list[str]) -> bool:
    return name.startswith("_") or name in described


def test_arguments_that_are_those_of_another_are(public, signatures):
    wrong, met = [], 0
    for where, node, method in public:
        text = ast.get_docstring(node) or ""
        for name in THOSE_OF.findall(text) if isinstance(node, Function) else ():
            met += 1
            other = signatures[name.rpartition(".")[2]]
            said = {*CODE.findall(text), *(section(text, "Args") or ())}
            if strange := set(parameters(node, method=method)) - other - said:
                wrong.append(f"{where}: {', '.join(sorted(strange))} is no argument of {name}")
    assert met > 5
    assert wrong == []


def test_what_is_returned_is_said_of_what_returns_alone(public):
    wrong = []
    for where, node, _ in public:
        text = ast.get_docstring(node) or ""
        if isinstance(node, Function) and re.search(r"^Returns:", text, re.MULTILINE):
            nothing = isinstance(node.returns, ast.Constant) and node.returns.value is None
            wrong += [where] if nothing else []
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "One.\n\nArgs:\n    a: first\n        and more: of it\n    b, c: others\n\nRaises:\n    E: no",
            ["a", "b", "c"],
        ),
        ("One.\n\nArgs:\n    **more: rest", ["more"]),
        ("One.", None),
    ],
)
def test_sections_are_read(text, names):
    assert section(text, "Args") == names
