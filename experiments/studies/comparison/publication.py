"""What is made of the tables of a comparison alone: the price curve, the figures and the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from experiments.files.digests import digest
from experiments.files.whole import write_csv
from experiments.inputs.checks import FORMATS, PNG, checked_choice
from experiments.results.folder import ResultsFolder
from experiments.results.label_rows import LABELS
from experiments.results.manifest import read_manifest
from experiments.results.store import Results, load_results
from experiments.results.workplace import FIGURES, Workplace
from experiments.studies.comparison.findings import FINDINGS, TABLE_DIGITS, write_price_curve
from experiments.studies.comparison.folder import CLAIMS, HEADLINES, PARTS, comparison_folder, with_dictionary
from experiments.studies.comparison.part import COUNCIL_TABLE, GROUP_TABLE, CouncilPart, find_part, part_results
from simulation.errors import InputError

REPORTED = "reported"
"""Entry of the manifest's record: what the report was made of."""
_READ = ("comparison.csv", "summary.csv", LABELS, "paths.parquet", "sets.parquet", *FINDINGS)
"""Tables that the report reads, but the price curve, which is made anew."""


def add_report(
    folder: ResultsFolder, *, prices: Sequence[float] | None = None, image_format: str | None = None
) -> None:
    """Make the price curve, figures and report of a finished comparison, in place of those that are there.

    Args:
        folder: of the comparison.
        prices: of an unpaid day, pounds, rising, at which it is valued; the usual ones where None.
        image_format: one of `experiments.inputs.checks.FORMATS`; as before where None.

    Raises:
        InputError: the folder holds no finished results of this design, or another process has it.
        OSError: the folder cannot be written or the disk is full.
    """
    make = partial(_make_report, folder=folder.path, prices=prices, image_format=image_format)
    folder.add(with_dictionary(make, folder), instead_of=(FIGURES,))


def reported_on(
    record: Mapping[str, Any], *, prices: Sequence[float] | None, image_format: str | None
) -> dict[str, Any]:
    """Return what a report is made of that is asked for now, for the manifest's record."""
    as_before = record.get(REPORTED, {}).get("format", PNG)
    return {
        "claims": "claims" in record,
        **({"headlines": True} if "headlines" in record else {}),
        "prices": None if prices is None else list(prices),
        "format": as_before if image_format is None else image_format,
    }


def renew_report(out: str | Path, *, prices: Sequence[float] | None = None, image_format: str | None = None) -> Results:
    """Make figures and report of a finished comparison again from its tables, and return its results.

    No run is read or made. With nothing else asked for, every file is the same, byte for byte.

    Args:
        out: the folder of the comparison.
        prices: of an unpaid day, pounds, rising, at which it is valued anew; as before where None.
        image_format: one of `experiments.inputs.checks.FORMATS`; as before where None.

    Raises:
        InputError: the folder holds no finished comparison, a table of it is missing or was changed, or another
            process has it.
        OSError: the folder cannot be written or the disk is full.
    """
    results = load_results(out)
    if image_format is not None:
        checked_choice("format", image_format, FORMATS)
    _check_tables(results)
    manifest = results.manifest
    before = manifest.get(REPORTED, manifest["options"]).get("prices")
    folder = comparison_folder(manifest["design"], out)
    add_report(folder, prices=before if prices is None else prices, image_format=image_format)
    return load_results(out)


def report_part(out: str | Path, *, region: str | None = None, only: Sequence[str] = ()) -> Path:
    """Write brief and report on a part of the councils of a finished comparison, and return their folder in it.

    Args:
        out: the folder of the comparison.
        region: a region of its councils.
        only: codes of some of them, where there is no region.

    Raises:
        InputError: as of `renew_report`; or there is no such part, or it has too few councils.
        OSError: the folder cannot be written or the disk is full.
    """
    results = load_results(out)
    _check_tables(results, COUNCIL_TABLE if region is None else GROUP_TABLE)
    part = find_part(results.folder, region=region, only=only)
    _check_tables(results, *part.tables)
    folder = comparison_folder(results.manifest["design"], out)
    folder.add(with_dictionary(partial(_make_part, results=results, part=part), folder))
    return results.folder / PARTS / part.name


def _make_part(place: Workplace, *, results: Results, part: CouncilPart) -> dict[str, Any]:
    from experiments import report

    home, of_part = place.path / PARTS / part.name, part_results(results, part)
    home.mkdir(parents=True)
    for name in ("comparison", "regret", "turns", "knowing"):
        table, file = getattr(of_part, name), f"{name}.csv"
        write_csv(home / file, table, encoding="utf-8-sig", digits=TABLE_DIGITS.get(file))
    report.write_report(of_part, home)
    return {}


def _make_report(
    place: Workplace, *, folder: Path, prices: Sequence[float] | None, image_format: str | None
) -> dict[str, Any]:
    """Write price curve, figures and report into a workplace, from the finished tables of a folder."""
    from experiments import report

    made_of = reported_on(read_manifest(folder).record, prices=prices, image_format=image_format)
    results = load_results(folder)
    results.price_curve = write_price_curve(place.path, results.money, prices)
    report.write_report(results, place.path, prices=prices, image_format=made_of["format"])
    return {REPORTED: made_of}


def _check_tables(results: Results, *also: str) -> None:
    """Refuse a folder of which a table that the report reads, or one that is named, is not there as it was written."""
    digests, folder = results.manifest["digests"], results.folder
    added = [name for entry, name in (("claims", CLAIMS), ("headlines", HEADLINES)) if entry in results.manifest]
    for name in (*_READ, *added, *also):
        again = f"`sli compare --force --out {folder}` with the options of before makes it anew"
        if name == COUNCIL_TABLE and name not in digests:
            raise InputError(
                f"{folder}: expected a comparison with every council of every run, got one without; "
                f"`sli compare --keep councils --force --out {folder}` with the options of before makes it"
            )
        if name not in digests:
            raise InputError(f"{folder}: expected a comparison with {name}, got one of an earlier version; {again}")
        if not (folder / name).is_file():
            raise InputError(f"{folder}: expected {name}, got no such file; {again}")
        if digest(folder / name) != digests[name]:
            raise InputError(f"{folder}: expected {name} as it was written, got one that was changed since; {again}")
