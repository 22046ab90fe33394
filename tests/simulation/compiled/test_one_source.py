"""One source for each equation: the two engines share every rule, and differ in nothing but what they run it on."""

import ast
import inspect
import re
from collections import Counter
from pathlib import Path
from types import FunctionType

import numpy as np
import pytest

from simulation import opening
from simulation.agents import agents, month
from simulation.chance import MONTHLY
from simulation.compiled import cache as compiled
from simulation.compiled import entries, sort, streams
from simulation.compiled import month as ensemble
from simulation.outcomes import measures
from simulation.rules import RULES

MODULES = {rule.__module__.rpartition(".")[2] for rules in RULES.values() for rule in rules}
METHODS = {
    name: f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}"
    for agent in (agents.Council, agents.Director, agents.ChiefExecutive)
    for name, rule in vars(agent).items()
    if isinstance(rule, FunctionType) and not name.startswith("__")
}
"""The rules that agents have for methods."""

ROOM = {"add_director", "director_of"}
"""What the Mesa model does for itself, and the compiled engine with functions of its own."""


SORTS = {"sort", "insert_one"}
"""What the compiled engine sorts with where the Mesa model makes a list for the one sort of the model."""


def functions(module):
    tree = ast.parse(inspect.getsource(module))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


MESA, COMPILED = functions(month), functions(ensemble)
PHASES = [name for name in MESA if name != "run_month"]


def in_order(function, kind):
    found = [node for node in ast.walk(function) if isinstance(node, kind)]
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


def rules_called(function):
    """Return the rules and phases that a function calls, in the order in which they are written."""
    called = []
    for call in in_order(function, ast.Call):
        target = call.func
        if isinstance(target, ast.Attribute) and getattr(target.value, "id", "") in MODULES:
            called.append(f"{target.value.id}.{target.attr}")
        elif isinstance(target, ast.Attribute):
            called += [METHODS[target.attr]] if target.attr in METHODS else []
        elif target.id in {*PHASES, "stable_order"}:
            called.append(target.id)
        elif target.id in SORTS:
            called.append("stable_order")
    return called


def test_the_engines_have_the_same_functions_in_the_same_order():
    private = {name for name in COMPILED if name.startswith("_")}
    assert [name for name in COMPILED if name not in ROOM | private] == list(MESA)


@pytest.mark.parametrize("name", MESA)
def test_a_phase_calls_the_same_rules_in_the_same_order_in_both_engines(name):
    assert rules_called(COMPILED[name]) == rules_called(MESA[name])


def test_the_rules_called_by_both_engines_are_many():
    called = {rule for name in MESA for rule in rules_called(MESA[name])}
    assert len(called) > 60
    assert set(METHODS.values()) <= called


def test_no_rule_calls_what_an_agent_may_do_in_its_own_way():
    may = {method.rpartition(".")[2] for method in METHODS.values()}
    for rule in (rule for rules in RULES.values() for rule in rules):
        assert not may.intersection(rule.__code__.co_names), rule.__name__


@pytest.mark.parametrize("name", PHASES)
def test_a_phase_reads_the_same_luck_in_both_engines(name):
    drawn = [call.args[0].value for call in in_order(MESA[name], ast.Call) if getattr(call.func, "attr", "") == "luck"]
    places = {getattr(ensemble, _luck_name(decision)): decision for decision in MONTHLY}
    read = [
        places[getattr(ensemble, getattr(index.slice, "elts", [index.slice])[0].id)]
        for index in in_order(COMPILED[name], ast.Subscript)
        if getattr(index.value, "attr", "") == "luck"
    ]
    assert set(read) == set(drawn)


def _luck_name(decision):
    return "POOL_LUCK" if decision == "pool" else decision.upper()


def test_decisions_lie_in_the_table_where_the_compiled_engine_looks():
    assert [getattr(ensemble, _luck_name(decision)) for decision in MONTHLY] == list(range(len(MONTHLY)))


def arithmetic(functions_of):
    """Return what is added, subtracted, multiplied, divided and compared, in words that both engines share."""
    found = Counter()
    for name, function in functions_of.items():
        if name not in ROOM and not name.startswith("_"):
            for node in in_order(function, ast.BinOp | ast.AugAssign | ast.Compare):
                found[re.sub(r"\bm\.|(?<=director)s\[(k|seat)\]", "", ast.unparse(node))] += 1
    return found


def test_the_compiled_engine_works_nothing_out_that_mesa_does_not():
    mesa, compiled_ = arithmetic(MESA), arithmetic(COMPILED)
    assert set(compiled_ - mesa) == {"council.partner != NOBODY", "filled += 1"}
    assert set(mesa - compiled_) == {"len(directors) - 1"}


def test_the_order_of_the_month_holds_no_number_of_the_science():
    for source in (MESA, COMPILED):
        for function in source.values():
            numbers = {node.value for node in in_order(function, ast.Constant) if isinstance(node.value, float)}
            assert numbers <= {0.0, 1.0}, function.name
            assert not in_order(function, ast.Pow), function.name
            called = {ast.unparse(call.func) for call in in_order(function, ast.Call)}
            assert not {name for name in called if name.startswith("math.")}, function.name
            assert not called & {"sum", "round", "pow"}, function.name


@pytest.mark.parametrize("module", [ensemble, entries, opening, measures, sort])
def test_numpy_makes_room_for_the_one_sort_and_serves_nothing_else(module):
    source = inspect.getsource(module)
    calls = {ast.unparse(call) for call in in_order(ast.parse(source), ast.Call) if "np." in ast.unparse(call.func)}
    room = {"np.empty(n, np.int64)", "np.empty(n + 1, np.int64)"}
    assert calls == ({"np.asarray(keys)", *room} if module is sort else set())


@pytest.mark.parametrize("module", [month, ensemble])
def test_a_phase_is_short_enough_to_compare_by_eye(module):
    for function in functions(module).values():
        assert function.end_lineno - function.lineno < 50, function.name


def functions_and_constants():
    """Every function and constant of the modules that are compiled, by module and name."""
    for module in compiled.reached_modules(compiled):
        for name, thing in vars(module).items():
            own = isinstance(thing, FunctionType) and thing.__module__ == module.__name__
            if own or (isinstance(thing, int | float | np.generic | np.ndarray) and not name.startswith("__")):
                yield module, name, thing


def another(constant):
    if isinstance(constant, np.ndarray):
        return np.roll(constant, 1)
    return constant ^ np.uint64(2**60 + 5) if isinstance(constant, np.uint64) else -constant - constant / 2 - 1


def test_the_digest_of_the_code_changes_with_each_function_and_constant(monkeypatch):
    digest = compiled.code_digest()
    seen = {digest}
    for module, name, thing in functions_and_constants():
        with monkeypatch.context() as patch:
            if isinstance(thing, FunctionType):
                code = thing.__code__
                patch.setattr(thing, "__code__", code.replace(co_consts=(*code.co_consts, 12345)))
            else:
                patch.setattr(module, name, another(thing))
            changed = compiled.code_digest()
        assert changed not in seen, (module.__name__, name)
        seen.add(changed)
    assert compiled.code_digest() == digest
    assert len(seen) > 200


def test_the_digest_covers_every_rule_that_is_compiled():
    covered = {(module.__name__, name) for module, name, _ in functions_and_constants()}
    assert {(rule.__module__, rule.__name__) for rules in RULES.values() for rule in rules} <= covered
    for module in (ensemble, entries, opening, measures, sort, streams):
        assert {(module.__name__, name) for name in functions(module)} <= covered


def test_code_is_compiled_with_no_option_that_changes_its_arithmetic():
    for entry in (thing for thing in vars(compiled).values() if isinstance(thing, compiled.Entry)):
        options = compiled.build(entry.function, "unused", keep=False).targetoptions
        assert {name for name, value in options.items() if value} == {"nopython", "nogil"}
    for module in compiled.reached_modules(compiled):
        assert "fastmath" not in Path(module.__file__).read_text("utf-8")
