"""Write the tables in docs/ that are made from the code: `python tools/docs_tables.py` (or `make docs`).

A table stands between `<!-- table: NAME -->` and `<!-- end -->`; whatever is between them is made anew. `--check`
changes nothing and ends in exit code 1 if a page does not match the code.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

import simulation.agents.model  # noqa: F401  registers every rule
from experiments import load_results
from experiments.lessons.catalogue import all_lessons
from experiments.report.words import amount_words, badge, likely_words
from experiments.results.case import read_case
from experiments.studies.claims.catalogue import claims as known_claims
from experiments.studies.claims.claim import Claim
from experiments.text.names import sentence
from experiments.text.pages import Slots, table
from simulation import LEVERS, OUTCOMES, PARAMETERS, PATHS, REGIMES, SCENARIOS, SWITCHES, load_regime
from simulation.chance import MONTHLY, REGION_STREAM, START
from simulation.councils import COUNCIL_FILE_COLUMNS
from simulation.evidence import describe_tables
from simulation.rules import RULES

DOCS = Path(__file__).resolve().parents[1] / "docs"
SLOTS = Slots("table")


def list_parameters() -> str:
    """Return the uncertain numbers."""
    rows = (
        (f"`{info.name}`", info.default, f"{info.low:g} to {info.high:g}", info.unit, info.meaning, info.source)
        for info in PARAMETERS.values()
    )
    return table(("Name", "Default", "Range", "Unit", "Meaning", "Source"), rows)


def list_switches() -> str:
    """Return the structural switches; the first choice is the default."""
    rows = (
        (f"`{info.name}`", ", ".join(f"`{choice}`" for choice in info.choices), info.meaning, info.claim)
        for info in SWITCHES.values()
    )
    return table(("Switch", "Choices, default first", "Mechanism", "Claim that rests on it"), rows)


def list_scenarios() -> str:
    """Return the choices about the world."""
    rows = (
        (f"`{info.name}`", ", ".join(f"`{choice}`" for choice in info.choices), info.default, info.meaning, info.source)
        for info in SCENARIOS.values()
    )
    return table(("Scenario", "Choices", "Default", "Meaning", "Source"), rows)


def list_outcomes() -> str:
    """Return what is measured of a run."""
    rows = (
        (info.group, f"`{info.name}`", info.unit, info.better, info.matters, info.why, info.meaning)
        for info in OUTCOMES.values()
    )
    return table(("Group", "Outcome", "Unit", "Better", "Smallest difference that matters", "Why", "Meaning"), rows)


def list_paths() -> str:
    """Return what is recorded of every month."""
    rows = ((info.group, f"`{info.name}`", info.unit, info.better, info.meaning) for info in PATHS.values())
    return table(("Group", "Path", "Unit", "Better", "Meaning"), rows)


def list_levers() -> str:
    """Return what can be set in an arm of a regime."""
    rows = (
        (f"`{info.name}`", info.kind, info.unit, ", ".join(f"`{choice}`" for choice in info.choices), info.meaning)
        for info in LEVERS.values()
    )
    return table(("Lever", "Kind", "Unit", "Named choices", "Meaning"), rows)


def list_regimes() -> str:
    """Return every arm of the shipped regimes, lever by lever."""
    shipped = [load_regime(name) for name in REGIMES]
    arms = [
        (regime.name, place, len(regime.arms), arm) for regime in shipped for place, arm in enumerate(regime.arms, 1)
    ]
    heads = [f"`{name}`, arm {place}" if many > 1 else f"`{name}`" for name, place, many, _ in arms]
    rows = ((f"`{lever}`", *(getattr(arm, lever) for *_, arm in arms)) for lever in LEVERS)
    return table(("Lever", *heads), rows)


def list_regime_summaries() -> str:
    """Return the shipped regimes, a sentence each."""
    shipped = (load_regime(name) for name in REGIMES)
    rows = (
        (f"`{regime.name}`", regime.title, regime.summary, len(regime.arms), regime.trusts, regime.follows_parity)
        for regime in shipped
    )
    return table(("Regime", "Title", "What it is", "Arms", "Trusts", "Follows the parity"), rows)


def list_evidence() -> str:
    """Return the tables of facts."""
    rows = (
        (f"`{one.table}`", one.rows, one.meaning, one.period, one.publisher, one.licence, one.note)
        for one in describe_tables()
    )
    return table(("Table", "Rows", "What it holds", "Period", "Publisher", "Licence", "Note"), rows)


def list_council_columns() -> str:
    """Return the columns of a user's own table of councils."""
    rows = (
        (f"`{column.name}`", column.required, column.meaning, "" if column.required else column.default)
        for column in COUNCIL_FILE_COLUMNS
    )
    return table(("Column", "Required", "Meaning", "If blank"), rows)


def list_streams() -> str:
    """Return the decisions that draw chance, each with the number of its stream."""
    rows = [
        *((f"`{name}`", number, kind, "month and council") for name, (number, kind) in MONTHLY.items()),
        *((f"`{name}`", number, kind, "council, at the start") for name, (number, kind) in START.items()),
        ("`regions`", REGION_STREAM, "normal", "region, at the start"),
    ]
    return table(("Decision", "Stream", "Distribution", "One value for each"), rows)


def list_claims() -> str:
    """Return the sector's claims, an effect a row, the deciding one first."""
    rows = (
        (
            _titled(claim) if one is claim.primary else "",
            one.contrast,
            f"`{one.outcome}`",
            f"not {'higher' if one.claimed == 'lower' else 'lower'}" if one.no_worse else one.claimed,
            one.assumed,
            one.why_assumed,
        )
        for claim in known_claims()
        for one in claim.observables
    )
    return table(("Claim", "Effect", "On", "Claimed", "Assumed", "Why"), rows)


def _titled(claim: Claim) -> str:
    late = f" *(chosen after a first look: {claim.late})*" if claim.late else ""
    return f"{claim.number}. {claim.title}{late}"


def list_answer() -> str:
    """Return the answer of the worked example: its verdict, how likely and how much."""
    example = load_results(DOCS.parent / "results" / "example")
    # The example keeps no sets; they only say whether some count for more than others.
    case = read_case(example.manifest, example.comparison, pd.DataFrame())
    _, verdict = badge(case)
    row = case.row(str(case.focus), case.rival)
    return f"**{sentence(verdict)}.** {likely_words(case, row)}\n\n{amount_words(case, row)}"


def list_lessons() -> str:
    """Return the lessons: what each asks, and how long it takes to read."""
    rows = (
        (one.number, f"[{one.question}](../../experiments/lessons/{one.file})", one.minutes) for one in all_lessons()
    )
    return table(("Lesson", "Question", "Minutes to read"), rows)


def list_rules(number: str) -> str:
    """Return the functions of equation ``number``, each with its module and what it does."""
    # By place in the source: the order in which modules were imported is another in every process.
    rules = sorted(RULES[number], key=lambda rule: (rule.__module__, rule.__code__.co_firstlineno))
    rows = ((f"`{rule.__name__}`", f"`{rule.__module__}`", _first_line(rule.__doc__)) for rule in rules)
    return table(("Rule", "Module", "What it does"), rows)


def _first_line(docstring: str | None) -> str:
    return (docstring or "").strip().partition("\n")[0].replace("``", "`")


MAKERS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        make.__name__.removeprefix("list_").replace("_", " "): make
        for make in (
            list_parameters,
            list_switches,
            list_scenarios,
            list_outcomes,
            list_paths,
            list_levers,
            list_regimes,
            list_regime_summaries,
            list_evidence,
            list_council_columns,
            list_streams,
            list_claims,
            list_lessons,
            list_answer,
        )
    }
)
"""Every table by the name in its marker; `rules NUMBER` is one more for every equation."""


def make_table(name: str) -> str:
    """Return the table ``name``.

    Raises:
        SystemExit: there is no such table.
    """
    kind, _, number = name.partition(" ")
    if kind == "rules" and number in RULES:
        return list_rules(number)
    if name not in MAKERS:
        raise SystemExit(
            f"unknown table {name!r}: expected {', '.join(MAKERS)}, or rules and one of {', '.join(RULES)}"
        )
    return MAKERS[name]()


def main(arguments: list[str]) -> int:
    """Renew every page, or with ``--check`` say which would change; return the exit code."""
    check = "--check" in arguments
    pages = SLOTS.renew_all(sorted(DOCS.rglob("*.md")), make_table, write=not check)
    stale = [page.relative_to(DOCS).as_posix() for page in pages]
    print("tables differ from the code in:" if check else "renewed:", ", ".join(stale) or "none")  # noqa: T201
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
