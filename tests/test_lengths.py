"""No function is too long to read: at most 60 lines, its docstring not counted; commands list their options besides."""

import ast
from collections.abc import Iterator
from pathlib import Path

MOST_LINES = 60
ROOMS = ("simulation", "experiments", "benchmarks", "tools", "tests")
COMMANDS = "experiments/commands/"


def lengths(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every function's name and lines, without its docstring."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            doc = first.end_lineno - first.lineno + 1 if ast.get_docstring(node) else 0
            yield node.name, node.end_lineno - node.lineno + 1 - doc


def too_long(root: Path) -> list[str]:
    files = {path: path.relative_to(root).as_posix() for room in ROOMS for path in (root / room).rglob("*.py")}
    return [
        f"{file}: {name} has {lines} lines"
        for path, file in files.items()
        if not file.startswith(COMMANDS)
        for name, lines in lengths(ast.parse(path.read_text(encoding="utf-8")))
        if lines > MOST_LINES
    ]


def test_no_function_is_longer_than_a_page(root):
    assert too_long(root) == []


def test_a_long_function_is_found(tmp_path):
    path = tmp_path / "tests" / "long.py"
    path.parent.mkdir()
    path.write_text("def long():\n" + '    """Says\n    much.\n    """\n' + "    pass\n" * MOST_LINES, "utf-8")
    assert too_long(tmp_path) == ["tests/long.py: long has 61 lines"]
