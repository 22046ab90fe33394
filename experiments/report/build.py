"""From a results folder to a report: every section in its order, laid out as one page that needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.design.origin import origin_words
from experiments.figures import png, svg
from experiments.inputs.checks import PNG, SVG
from experiments.report import words
from experiments.report.brief import Brief
from experiments.report.layout import embedded, environment, template
from experiments.report.parts import Report, Section
from experiments.report.sections import (
    assumptions,
    claims,
    differences,
    groups,
    headlines,
    levers,
    limits,
    money,
    part,
    paths,
    realised,
    regret,
    turns,
)
from experiments.results.case import Case
from experiments.results.store import Results
from experiments.text.names import NOTHING

REPORT_TITLE = "Which way of helping leaves fewer councils failing?"


def make_report(results: Results, prices: Sequence[float] | None = None) -> Report:
    """Return the whole report of a comparison.

    Args:
        results: a finished comparison.
        prices: of an unpaid day, pounds, rising: all of the table `price_curve`; its usual ones where None.
    """
    case = results.case
    subject, verdict = words.badge(case)
    return Report(
        title=REPORT_TITLE,
        question=words.question(case),
        answer=words.answer(results),
        subject=subject,
        verdict=verdict,
        purpose=words.PURPOSE,
        note=case.note(),
        turns=turns.front_words(results),
        front=differences.front(results),
        sections=tuple(_sections(results, prices)),
        about=_about(case, results.manifest),
        regimes=limits.regime_meanings(results),
    )


def lay_out(report: Report, pictures: Mapping[str, bytes]) -> str:
    """Return a report as one HTML page.

    Args:
        report: from `make_report`.
        pictures: name of a picture -> its bytes as a PNG.
    """
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            style=template("style.css"),
            glossary=limits.GLOSSARY,
            built_in=limits.BUILT_IN,
            image=embedded(pictures),
        )
    )


def lay_out_brief(brief: Brief, picture: bytes) -> str:
    """Return a brief as one HTML page.

    Args:
        brief: from `make_brief`.
        picture: its picture as a PNG.
    """
    return (
        environment()
        .get_template("brief.html.j2")
        .render(brief=brief, style=template("brief.css"), image=embedded({brief.picture.name: picture}))
    )


def draw(report: Report, image_format: str = PNG) -> dict[str, bytes]:
    """Return every picture of a report by name, as a PNG or an SVG."""
    image = svg if image_format == SVG else png
    return {picture.name: image(picture.figure) for picture in report.pictures()}


def _sections(results: Results, prices: Sequence[float] | None) -> list[Section]:
    case = results.case
    if case.part:
        return _part_sections(results)
    sections = [*turns.sections(results), regret.section(results), differences.plain_units(case)]
    if len(case.parities) > 1:
        sections.append(differences.parities(results))
    sections.append(realised.realised(case))
    ends, months = paths.sections(results)
    sections.extend((ends, realised.saved(case, results.summary), months))
    sections.extend(groups.sections(results))
    sections.append(money.section(results, prices))
    sections.append(levers.section(results))
    sections.append(differences.scorecard(case))
    if case.own_outcomes:
        sections.append(differences.own_measures(results))
    if "headlines" in results.manifest:
        sections.append(headlines.section(results))
    if "claims" in results.manifest:
        sections.append(claims.section(results))
    sections.append(Section("limits", "What this cannot say", limits.limits(case)))
    sections.append(assumptions.section(case, results.sets, results.manifest["design"]))
    return sections


def _part_sections(results: Results) -> list[Section]:
    """Return the sections of a report on a part of the councils: what is known of it by itself."""
    case = results.case
    others = [differences.parities(results)] if len(case.parities) > 1 else []
    return [
        part.section(case),
        *turns.sections(results),
        regret.section(results),
        differences.plain_units(case),
        *others,
        realised.realised(case),
        Section("limits", "What this cannot say", limits.limits(case)),
    ]


def _about(case: Case, manifest: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    design = manifest["design"]
    commit = manifest.get("commit") or "not from a repository"
    clean = {True: "", False: ", with changes that are not in it", None: ""}[manifest.get("clean")]
    return (
        ("Councils", f"{case.councils:,}{f' ({case.part})' if case.part else ''}, from {case.period}"),
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
    weighted = ", each counted by its weight" if case.weighted else ""
    source = f" (digest {origin['digest']})" if origin.get("digest") else ""
    return f"{origin_words(case.origin, case.sets)}{source}{weighted}; days per receiver and per giver {case.levers}"
