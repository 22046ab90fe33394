"""The model takes nothing from libraries that differ between machines in their last bits."""

import ast
from pathlib import Path

import pytest

import simulation

FOLDER = Path(simulation.__file__).parent
FILES = sorted(FOLDER.rglob("*.py"))
EXACT = {"ceil", "floor", "inf", "isfinite", "nan", "sqrt"}
"""What `math` does alike everywhere; the rest stands in `simulation.rules.maths`."""
NUMPYS = {"exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "power", "cbrt", "random", "tanh", "hypot", "dot"}
LIBRARIES = ("cmath", "random", "scipy", "statistics", "numpy.random", "math")


def inexact(source):
    """Everything in a source that may round otherwise elsewhere."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            where = ast.unparse(node.value)
            if (where == "math" and node.attr not in EXACT) or (where in {"np", "numpy"} and node.attr in NUMPYS):
                yield ast.unparse(node)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(LIBRARIES):
            yield ast.unparse(node)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith(LIBRARIES[:-1]))
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
            whole = all(
                isinstance(side, ast.Constant) and isinstance(side.value, int) for side in (node.left, node.right)
            )
            yield from () if whole else (ast.unparse(node),)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "pow":
            yield ast.unparse(node)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_module_takes_nothing_from_the_library_of_c(path):
    assert list(inexact(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "math.exp(x)", "math.log(x)", "math.erfc(x)", "math.pow(x, y)", "math.fsum(x)", "x ** 2.0", "2 ** x",
        "pow(x, y)", "np.exp(x)", "np.log1p(x)", "np.random.PCG64(1)", "from math import exp", "import random",
        "from statistics import NormalDist", "from scipy.stats import norm", "from numpy.random import PCG64",
    ],
)  # fmt: skip
def test_what_would_bring_it_back_is_seen(source):
    assert len(list(inexact(source))) == 1


@pytest.mark.parametrize("source", ["math.sqrt(x)", "2**31 - 1", "import math", "exp(x)", "x * x", "np.empty(3)"])
def test_what_is_exact_is_let_pass(source):
    assert list(inexact(source)) == []
