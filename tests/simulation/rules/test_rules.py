"""What makes a rule: its number, its test, and that it stays inside what every engine can run."""

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest

import simulation.rules
from simulation.rules import RULES

FOLDER = Path(inspect.getfile(simulation.rules)).parent
MODULES = sorted(path for path in FOLDER.glob("*.py") if path.stem not in {"__init__", "marker"})
ORDERS = [FOLDER.parent / "opening.py", FOLDER.parent / "outcomes" / "measures.py"]
"""What says in which order rules are called, as plain Python and compiled."""
TESTS = Path(__file__).parent

for module in MODULES:
    importlib.import_module(f"simulation.rules.{module.stem}")

TRAPS = {"sum", "hypot", "fsum", "round", "sorted", "pow", "mean", "std"}
"""What one engine rounds or orders in another way than another."""


def trees():
    return {path.stem: ast.parse(path.read_text("utf-8")) for path in MODULES}


def calls(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def test_every_equation_has_its_rules():
    specified = {f"E{number}" for number in range(1, 17)} | {f"S{number}" for number in range(1, 7)}
    assert specified <= set(RULES)


def test_every_function_of_the_rules_is_a_rule():
    named = {function.__name__ for rules in RULES.values() for function in rules}
    written = {node.name for tree in trees().values() for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert written == named


def test_every_rule_is_tested_by_name():
    tests = "\n".join(path.read_text("utf-8") for path in TESTS.parent.rglob("test_*.py"))
    rules = [function for rules in RULES.values() for function in rules]
    alone = {function.__name__ for function in rules if function.__module__.rpartition(".")[2] not in ONE_SEARCH}
    assert {name for name in alone if not re.search(rf"\b{name}\(|\({name},", tests)} == set()


ONE_SEARCH = {"linking", "nearest"}
"""The workings of a matching, which is compared as a whole with a search over all pairs."""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_rule_imports_nothing_but_arithmetic_and_other_rules(path):
    allowed = {"__future__", "math", "collections.abc", "typing", "simulation"}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module]
        for name in names:
            assert name in allowed or name.startswith("simulation."), name


@pytest.mark.parametrize("path", [*MODULES, *ORDERS], ids=lambda path: path.stem)
def test_a_rule_keeps_clear_of_what_engines_round_differently(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Pow)]
    used = set(calls(tree)) & TRAPS
    assert used == ({"sorted"} if path.stem == "order" else set())


def test_rules_take_no_keyword_only_arguments_and_draw_nothing():
    for rules in RULES.values():
        for function in rules:
            kinds = {parameter.kind for parameter in inspect.signature(function).parameters.values()}
            assert kinds <= {inspect.Parameter.POSITIONAL_OR_KEYWORD}, function
    assert not any("random" in name for tree in trees().values() for name in calls(tree))


def test_every_rule_says_what_it_does():
    for rules in RULES.values():
        for function in rules:
            assert function.__doc__, function
