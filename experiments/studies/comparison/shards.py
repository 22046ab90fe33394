"""A comparison in shards: each makes some of the blocks, anywhere; joined, they give what one process would make."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from experiments.design.design import Design
from experiments.design.plain_design import plain_design, read_design
from experiments.design.shard import Shard
from experiments.files.digests import digest_of
from experiments.files.whole import write_json
from experiments.results.folder import Tell, tell_nobody
from experiments.results.manifest import read_manifest
from experiments.results.numbers import RunNumbers
from experiments.results.store import Results
from experiments.results.workplace import BLOCKS, SHARD, UNFINISHED, Workplace
from experiments.running.rounds import run_rounds
from experiments.running.runner import Runner
from experiments.studies.comparison.compare import compare_regimes
from experiments.studies.comparison.folder import STUDY, comparison_folder
from experiments.text.numbers import listing
from simulation.errors import InputError, whole
from simulation.simulate import ENSEMBLE, checked_engine

_SCHEMA = 1


def make_shard(
    design: Design,
    out: str | Path,
    shard: Shard,
    *,
    engine: str = ENSEMBLE,
    workers: int = 1,
    force: bool = False,
    claims: bool = False,
    progress: bool = False,
    options: Mapping[str, Any] | None = None,
    tell: Tell = tell_nobody,
) -> None:
    """Make the blocks of one shard of a comparison, and leave its folder unfinished with those alone.

    Args:
        design: of the whole comparison, the same for all shards; its number of sets is fixed.
        out: the shard's folder.
        shard: which.
        engine: as of `compare_regimes`, the same for all shards.
        workers: threads, or processes of Mesa's agents.
        force: replace what the folder holds.
        claims: whether the claims are tested when the shards are joined.
        progress: show a bar on a terminal.
        options: as of `compare_regimes`, the same for all shards.
        tell: called with a line when something of earlier runs is used.

    Raises:
        InputError: the design has a stop rule, the folder holds another design, and not ``force``, or another process
            has it.
        OSError: the folder cannot be written or the disk is full; whole blocks are left, and the next call goes on.
    """
    if design.stop is not None:
        raise InputError(
            "--shard: expected a fixed number of parameter sets (--sets), got a stop rule, which has to look at the "
            "runs of all shards"
        )
    engine, workers = checked_engine(engine), whole("workers", workers, 1)
    extents = design.extents(engine, range(len(design.sets)))
    mine = extents[len(extents) * (shard.place - 1) // shard.of : len(extents) * shard.place // shard.of]
    note: dict[str, Any] = {
        "schema": _SCHEMA,
        "whole": False,
        "shard": asdict(shard),
        "engine": engine,
        "claims": claims,
        "options": dict(options or {}),
        "design": plain_design(design),
    }

    def make(place: Workplace) -> Mapping[str, Any]:
        write_json(place.path / SHARD, note)
        runner = Runner(design.world, RunNumbers.of(design), engine, workers)
        pieces = [design.piece(extent) for extent in mine]
        run_rounds(runner, [pieces], lambda *_: None, store=place.blocks, progress=progress, tell=tell)
        place.blocks.remove_others()
        write_json(place.path / SHARD, note | {"whole": True})
        return {}

    if not force and (known := read_note(Path(out))) is not None and known["shard"] != shard:
        raise InputError(f"{out}: holds shard {known['shard']}; choose another folder with --out, or --force")
    comparison_folder(design.describe(), out).begin(make, force=force, tell=tell)


def merge_shards(
    out: str | Path,
    shards: Sequence[str | Path],
    *,
    workers: int = 1,
    force: bool = False,
    report: bool = True,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> Results:
    """Join the shards of one comparison into the folder that one process would have made, byte for byte.

    Blocks are copied, those that do not hold are made anew, and the shards stay as they are.

    Args:
        out: the results folder, none of the shards.
        shards: the folders of all shards, in any order.
        workers: threads, for claims and for blocks that do not hold.
        force: replace what the folder holds.
        report: write figures and report too.
        progress: show a bar on a terminal.
        tell: called with a line when something of earlier runs is used.

    Raises:
        InputError: a folder is no whole shard, they are not of one comparison, one is missing or doubled, or ``out``
            holds another design, and not ``force``.
        OSError: the folder cannot be written or the disk is full; the next call goes on.
    """
    homes = [Path(shard) for shard in shards]
    notes = {home: _note(home) for home in homes}
    _check_together(Path(out), homes, notes)
    note = notes[homes[0]]
    design = _design(homes[0], note)
    return compare_regimes(
        design,
        out,
        engine=note["engine"],
        workers=workers,
        force=force,
        report=report,
        claims=note["claims"],
        progress=progress,
        options=note["options"],
        tell=tell,
        lent=[home / UNFINISHED / BLOCKS for home in homes],
    )


def _note(home: Path) -> dict[str, Any]:
    """Return what a shard's folder says of itself."""
    note = read_note(home)
    if note is None or not note["whole"]:
        raise InputError(
            f"{home}: expected a whole shard of a comparison, got none; `sli compare --shard` makes it or goes on"
        )
    return note


def read_note(home: Path) -> dict[str, Any] | None:
    """Return what a folder says of the shard in it, whole or begun; None where it says nothing."""
    try:
        note = json.loads((home / UNFINISHED / SHARD).read_bytes())
        manifest = read_manifest(home / UNFINISHED)
        known = note["schema"] == _SCHEMA and manifest.study == STUDY
        return note | {"manifest": manifest, "shard": Shard(**note["shard"])} if known else None
    except (OSError, ValueError, TypeError, KeyError, RecursionError, InputError):
        return None


def _check_together(out: Path, homes: Sequence[Path], notes: Mapping[Path, Mapping[str, Any]]) -> None:
    """Refuse shards that do not make up one comparison."""
    if not homes:
        raise InputError("merge: expected the folders of shards, got none")
    if out.resolve() in {home.resolve() for home in homes}:
        raise InputError(f"{out}: expected a folder that is none of the shards, got one of them")
    first = notes[homes[0]]
    for home in homes[1:]:
        for name in ("design", "engine", "claims", "options"):
            if notes[home][name] != first[name]:
                raise InputError(f"{home}: expected a shard of the same comparison as {homes[0]}, got {_unlike(name)}")
        if notes[home]["shard"].of != first["shard"].of:
            raise InputError(f"{home}: expected one of {first['shard'].of} shards, got {notes[home]['shard']}")
    places = Counter(notes[home]["shard"].place for home in homes)
    if len(places) < len(homes) or max(places.values()) > 1:
        twice = next(place for place, times in places.items() if times > 1)
        raise InputError(f"merge: expected each shard once, got shard {twice} more than once")
    of = first["shard"].of
    missing = [str(place) for place in range(1, of + 1) if place not in places]
    if missing:
        some = listing(missing[:5]) + (f" and {len(missing) - 5} more" if len(missing) > 5 else "")  # noqa: PLR2004
        raise InputError(f"merge: expected all {of} shards, got none of {some}")


def _unlike(name: str) -> str:
    return {"design": "one of another design", "engine": "one of another engine"}.get(name, f"one with other {name}")


def _design(home: Path, note: Mapping[str, Any]) -> Design:
    """Return the design of a shard, and refuse one that is not that of its manifest."""
    try:
        design = read_design(note["design"])
    except InputError as error:
        raise InputError(f"{home}: {error}") from None
    if digest_of(design.describe()) != note["manifest"].fingerprint:
        raise InputError(f"{home}: expected a shard made by this version of sli and its model, got one of another")
    return design
