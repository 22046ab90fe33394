"""What a results folder is: how far it got, what failed, and the command that made it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.files.whole import read_csv
from experiments.results.failures import FAILURE_COLUMNS, FAILURES
from experiments.results.manifest import MANIFEST, Manifest, read_manifest
from experiments.results.workplace import BLOCKS, SHARD, UNFINISHED
from simulation.errors import InputError

_COMPARISON = "compare"
_SHOWN = 10
"""So many failures are listed."""
_EXTENT = re.compile(r"replicate-\d+-sets-(\d+)-(\d+)")


@dataclass(frozen=True)
class Status:
    """What a results folder is.

    Attributes:
        study: which command made it, without its ``sli``.
        finished: whether results lie in it that are whole.
        going_on: whether something is begun in it that is not whole.
        shard: which part of a comparison is in it, such as ``3/40``; empty where it is none.
        done: of a comparison that is begun, how many replicates of parameter sets are made.
        most: of how many at most; 0 where it is not known.
        blocks: blocks on disk of what is begun.
        failures: a row a run that failed, as `failures.csv`.
        failed: how many runs failed.
        command: the command that made it, with names in capitals for files of the user's own; empty where it is not
            known.
        made_by: version, commit, Python and platform; empty of what is only begun.
        megabytes: of all that it holds.
    """

    study: str
    finished: bool
    going_on: bool
    shard: str
    done: int
    most: int
    blocks: int
    failures: pd.DataFrame
    failed: int
    command: str
    made_by: str
    megabytes: float


def folder_status(folder: str | Path) -> Status:
    """Return what a results folder is; nothing in it is written, whoever works there.

    Raises:
        InputError: it holds no results, finished or begun, or those of another version.
    """
    home = Path(folder)
    begun = home / UNFINISHED
    whole = read_manifest(home) if (home / MANIFEST).exists() or not (begun / MANIFEST).exists() else None
    # Results with a failed run leave their blocks, for the same command to try again.
    going_on = (begun / MANIFEST).exists() and (whole is None or read_manifest(begun).fingerprint != whole.fingerprint)
    manifest = read_manifest(begun) if whole is None else whole
    names = [path.stem for path in (begun / BLOCKS).glob("*.npz")] if going_on else []
    counted = read_manifest(begun) if going_on else None
    return Status(
        study=manifest.study,
        finished=whole is not None,
        going_on=going_on,
        shard=_shard(begun) if going_on else "",
        done=sum(int(found[2]) - int(found[1]) for name in names if (found := _EXTENT.fullmatch(name))),
        most=0 if counted is None or counted.study != _COMPARISON else _most(counted.design),
        blocks=len(names),
        failures=read_csv(home / FAILURES) if (home / FAILURES).is_file() else pd.DataFrame(columns=FAILURE_COLUMNS),
        failed=0 if whole is None else whole.failed,
        command=_command(home, whole),
        made_by="" if whole is None else _made_by(whole.record),
        megabytes=sum(map(_size, home.rglob("*"))) / 1e6,
    )


def status_lines(folder: str | Path, status: Status) -> Iterator[str]:
    """Yield what a results folder is, in words."""
    if status.finished:
        yield f"{folder}: finished results of `sli {status.study}`, {status.megabytes:.1f} MB"
        yield f"made by {status.made_by}"
    if status.going_on:
        what = f"shard {status.shard} of a comparison" if status.shard else f"`sli {status.study}`"
        yield f"{folder}: {what}, begun and not run to its end, {status.megabytes:.1f} MB"
        if status.most:
            yield f"{status.done:,} of at most {status.most:,} replicates of parameter sets are made"
        else:
            yield f"{status.blocks:,} blocks of runs are made"
    if status.finished:
        yield "no run failed" if not status.failed else f"{status.failed:,} runs failed:"
    for row in status.failures.head(_SHOWN).itertuples():
        yield f"  {row.regime}, parity {row.parity}, set {row.set}, replicate {row.replicate}: {row.reason}"
        yield f"    {row.command}"
    if len(status.failures) > _SHOWN:
        yield f"  and {len(status.failures) - _SHOWN:,} more in {FAILURES}"
    if status.command:
        yield f"made with: {status.command}"
    elif status.going_on:
        yield f"`sli {status.study} --out {folder}` with the options that it was begun with goes on"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:  # moved by the process that works there
        return 0


def _shard(begun: Path) -> str:
    try:
        shard = json.loads((begun / SHARD).read_bytes())["shard"]
        return f"{shard['place']}/{shard['of']}"
    except (OSError, ValueError, TypeError, KeyError):
        return ""


def _most(design: Mapping[str, Any]) -> int:
    sets = design["sets"]
    return int(design["replicates"]) * (int(sets["number"]) if isinstance(sets, dict) else len(sets))


def _command(home: Path, manifest: Manifest | None) -> str:
    """Return the command that made finished results, as far as they say."""
    if manifest is None:
        return ""
    if manifest.study != _COMPARISON:
        return str(manifest.record.get("command", ""))
    from experiments.report.repeat import command
    from experiments.results.store import load_results

    try:
        return command(load_results(home))
    except (InputError, OSError):  # a table that it is told from is not there
        return ""


def _made_by(record: Mapping[str, Any]) -> str:
    commit = f", commit {record['commit'][:12]}" if record.get("commit") else ""
    dirty = " with changes" if record.get("clean") is False else ""
    return f"version {record.get('version')}{commit}{dirty}, Python {record.get('python')}, {record.get('platform')}"
