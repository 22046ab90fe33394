"""A page for every public name in Python, and for every module of rules; Sphinx takes their text from docstrings."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Any

from sphinx.pycode import ModuleAnalyzer

import simulation.rules
from experiments.text.pages import table

PYTHON = "look_up/python"
PACKAGES: Mapping[str, str] = MappingProxyType(
    {
        "simulation": "The model: one run, and what it is made of.",
        "experiments": "Many runs: designs, comparisons, sweeps, and the folders that they leave.",
        "experiments.gallery": "Pictures, each of results: the [gallery](../gallery/index.md) shows all.",
    }
)
"""Every package with public names, and what it holds."""
_BY_NUMBER = "The [description of the model](../understand/ODD.md) has them by number."
MANY = 12
"""Fields of a class from which on they stand in a table, and not in its call."""


def python_pages() -> dict[str, str]:
    """Return the text of every page of the Python reference, by staged path."""
    pages = {
        f"{PYTHON}/{package}/{name}.md": _page(package, name) for package in PACKAGES for name in public_names(package)
    }
    pages |= {f"{PYTHON}/rules/{name}.md": _module_page(name) for name in rule_modules()}
    parts = [
        "# Python",
        "What can be imported. Each name is loaded when it is first used.",
        *(_list_of(package) for package in PACKAGES),
        "## The rules",
        f"Each equation of the model, in the module that asks its question. {_BY_NUMBER}",
        table(
            ("Module", "What it holds"), (_row(f"simulation.rules.{name}", f"rules/{name}") for name in rule_modules())
        ),
        "```{toctree}\n:hidden:\n\n" + "\n".join(path.removeprefix("look_up/") for path in pages) + "\n```",
    ]
    return pages | {f"{PYTHON}.md": "\n\n".join(parts) + "\n"}


def public_names(package: str) -> tuple[str, ...]:
    """Return the public names of a package, in order."""
    return tuple(import_module(package).__all__)


def rule_modules() -> tuple[str, ...]:
    """Return the modules of rules, by name."""
    return tuple(sorted(module.name for module in iter_modules(simulation.rules.__path__)))


def _list_of(package: str) -> str:
    rows = (_row(f"{package}.{name}", f"{package}/{name}") for name in public_names(package))
    return f"## {package}\n\n{PACKAGES[package]}\n\n{table(('Name', 'What it is'), rows)}"


def _row(path: str, page: str) -> tuple[str, str]:
    return f"[`{path.rpartition('.')[2]}`](python/{page}.md)", _summary(path)


def _summary(path: str) -> str:
    """Return the first line of what a name's docstring says; constants say it in the page of their own."""
    module, _, name = path.rpartition(".")
    value = getattr(import_module(module), name, None) or import_module(path)
    if inspect.ismodule(value) or inspect.isclass(value) or inspect.isroutine(value):
        return (inspect.getdoc(value) or "").partition("\n")[0].replace("``", "`")
    return constant_text(module, name).partition("\n")[0].replace("``", "`")


def constant_text(package: str, name: str) -> str:
    """Return the text below a constant where it is defined; empty where there is none."""
    value = getattr(import_module(package), name)
    homes = [
        module
        for module, content in sorted(sys.modules.items())
        if module.startswith(f"{package}.") and getattr(content, "__dict__", {}).get(name) is value
    ]
    return next(filter(None, (_text_below(home, name) for home in homes)), "")


def _text_below(module: str, name: str) -> str:
    analyzer = ModuleAnalyzer.for_module(module)
    analyzer.find_attr_docs()
    return "\n".join(analyzer.attr_docs.get(("", name), [])).strip()


def _page(package: str, name: str) -> str:
    value = getattr(import_module(package), name)
    path = f"{package}.{name}"
    if inspect.isclass(value):
        many = is_dataclass(value) and len(fields(value)) > MANY
        body = f".. autoclass:: {path}{'(**fields)' if many else ''}\n   :members:\n   :show-inheritance:"
        if many:
            return f"# {path}\n\n```{{eval-rst}}\n{body}\n```\n\n{_field_table(value)}"
    elif inspect.isroutine(value):
        body = f".. autofunction:: {path}"
    else:
        return f"# {path}\n\n{constant_text(package, name)}\n\n```text\n{_shown(value)}\n```\n"
    return f"# {path}\n\n```{{eval-rst}}\n{body}\n```\n"


def _field_table(kind: type[Any]) -> str:
    rows = ((f"`{one.name}`", f"`{one.type}`", _default(one)) for one in fields(kind) if one.init)
    return table(("Field", "Type", "Default"), rows)


def _default(field: Field[Any]) -> str:
    return "" if field.default is MISSING else f"`{field.default}`"


def _shown(value: object) -> str:
    """Return what a constant holds: its keys or members, a line each."""
    return "\n".join(str(item) for item in value) if isinstance(value, Mapping | tuple | list) else repr(value)


def _module_page(name: str) -> str:
    path = f"simulation.rules.{name}"
    return f"# {path}\n\n```{{eval-rst}}\n.. automodule:: {path}\n   :members:\n```\n"
