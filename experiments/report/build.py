"""From a results folder to a report: every section in its order, laid out as one page that needs nothing else."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from experiments.design.origin import origin_words
from experiments.design.plausible import WEIGHT
from experiments.figures import png
from experiments.files.digests import table_digest
from experiments.report import words
from experiments.report.case import Case
from experiments.report.parts import Picture, Report, Section
from experiments.report.rows import read_rows
from experiments.report.sections import assumptions, claims, differences, groups, levers, limits, money, paths, realised
from experiments.results.store import RUN, Results
from experiments.statistics.weights import counted
from experiments.text.names import NOTHING
from experiments.text.numbers import months_in_words
from simulation.councils import load_councils
from simulation.regimes import PARITIES

TITLE = "Which way of helping leaves fewer councils failing?"


def read_case(results: Results) -> Case:
    """Return what every section needs to know of a comparison."""
    design = results.manifest["design"]
    start = str(design["scenario"]["start"])
    weights = counted(results.sets[WEIGHT].tolist()) if WEIGHT in results.sets else None
    return Case(
        rows=tuple(read_rows(results.comparison)),
        parities=tuple(sorted(design["parities"], key=PARITIES.index)),
        regimes=tuple(design["regimes"]),
        titles={name: str(regime.get("title", "")) for name, regime in design["regimes"].items()},
        councils=int(design["councils"]["number"]),
        months=int(design["months"]),
        sets=_number_of(design["sets"]),
        replicates=int(results.manifest.get("replicates", design["replicates"])),
        seed=int(design["seed"]),
        start=start,
        levers=str(results.manifest["levers"]),
        failed=int(results.manifest["failed"]),
        origin=str(design.get("origin", {}).get("kind", "")),
        weights=None if weights is None else tuple(weights.tolist()),
        england=design["councils"] == table_digest(load_councils(start=start)),
    )


def make_report(results: Results, prices: Sequence[float] | None = None) -> Report:
    """Return the whole report of a comparison.

    Args:
        results: a finished comparison.
        prices: of an unpaid day, pounds, rising; those of the manifest's options where None, else 0 to 1,500.
    """
    case = read_case(results)
    named = prices if prices is not None else results.manifest.get("options", {}).get("prices")
    subject, verdict = words.badge(case)
    return Report(
        title=TITLE,
        question=words.question(case),
        answer=words.answer(case),
        subject=subject,
        verdict=verdict,
        purpose=words.PURPOSE,
        note=case.note(),
        front=differences.front(case),
        sections=tuple(_sections(case, results, named)),
        about=_about(case, results.manifest),
    )


def lay_out(report: Report, drawn: Mapping[str, bytes]) -> str:
    """Return a report as one HTML page.

    Args:
        report: from `make_report`.
        drawn: name of a picture -> its bytes as a PNG.
    """
    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2").render(
        report=report,
        style=_template("style.css"),
        glossary=limits.GLOSSARY,
        built_in=limits.BUILT_IN,
        image=_embedded(drawn),
    )


def draw(report: Report) -> dict[str, bytes]:
    """Return every picture of a report as a PNG, by name."""
    return {picture.name: png(picture.figure) for picture in report.pictures()}


def _sections(case: Case, results: Results, prices: Sequence[float] | None) -> list[Section]:
    runs = results.under("runs", case.parity, [*RUN, *money.COLUMNS])
    design = results.manifest["design"]
    made = [differences.plain_units(case)]
    if len(case.parities) > 1:
        made.append(differences.parities(case))
    made.append(realised.realised(case))
    made.extend(paths.sections(case, results.under("paths", case.parity)))
    made.extend(groups.sections(case, results.under("groups", case.parity)))
    made.append(money.section(case, runs, design["regimes"], prices))
    made.append(levers.section(case, runs, results.sets))
    made.append(differences.scorecard(case))
    told = claims.section(results.folder, results.manifest)
    made.extend([told] if told else [])
    made.append(realised.saved(case, results.summary))
    made.append(Section("limits", "What this cannot say", limits.limits(case)))
    made.append(assumptions.section(case, results.sets, design))
    return made


def _number_of(sets: Sequence[Any] | Mapping[str, Any]) -> int:
    """Return how many sets a manifest lists, or says that there are."""
    return int(sets["number"]) if isinstance(sets, Mapping) else len(sets)


def _about(case: Case, manifest: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    design = manifest["design"]
    commit = manifest.get("commit") or "not from a repository"
    clean = {True: "", False: ", with changes that are not in it", None: ""}[manifest.get("clean")]
    return (
        ("Councils", f"{case.councils:,}, from {case.start}, for {months_in_words(case.months)}"),
        ("Regimes", ", ".join(case.title(name) for name in case.regimes if name != NOTHING) or "none"),
        ("Parameter sets", _sets(case, design.get("origin", {}))),
        ("Replicates", f"{case.replicates:,} of each regime, parity and parameter set"),
        ("What ended them", str(manifest.get("ending_words", "their number, as asked for"))),
        ("Seed", str(case.seed)),
        ("Runs", f"{manifest.get('runs', 0):,} different ones, of which {case.failed:,} failed"),
        ("Version", f"{manifest.get('version')}, commit {commit}{clean}"),
        ("Design", f"fingerprint {manifest.get('fingerprint')}, model {design.get('model', '')}"),
        ("Made with", f"Python {manifest.get('python')} on {manifest.get('platform')}"),
    )


def _sets(case: Case, origin: Mapping[str, Any]) -> str:
    weighted = "" if case.weights is None else ", each counted by its weight"
    source = f" (digest {origin['digest']})" if origin.get("digest") else ""
    return f"{origin_words(case.origin, case.sets)}{source}{weighted}; days per receiver and per giver {case.levers}"


def _template(name: str) -> str:
    return files("experiments.report").joinpath(name).read_text(encoding="utf-8")


def _embedded(drawn: Mapping[str, bytes]) -> Callable[[Picture], str]:
    def address(picture: Picture) -> str:
        return "data:image/png;base64," + base64.b64encode(drawn[picture.name]).decode("ascii")

    return address
