"""The runs of a comparison, replicate by replicate, until there are enough; each block goes to disk as it is made."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from tqdm import tqdm

from experiments.design.design import Design
from experiments.design.stopping import FIXED, MAXIMUM, PRECISION, Look, StopRule
from experiments.results.blocks import Key, block_keys
from experiments.results.folder import ResultsFolder
from experiments.results.gathered import Gathered
from experiments.running.runner import Runner

TakeLook = Callable[[Design, Gathered, StopRule, int], Look]
"""What a look finds in so many replicates of what is gathered."""


@dataclass(frozen=True)
class Batches:
    """All runs that were made.

    Attributes:
        design: the design as it was run: with its number of replicates, and no rule.
        found: what is in memory of them.
        keys: the blocks on disk that hold the rest.
        ending: what ended them: ``precision``, ``maximum`` or ``fixed``.
        look: the last look, None where the number was fixed.
    """

    design: Design
    found: Gathered
    keys: list[Key]
    ending: str
    look: Look | None


def run_batches(
    design: Design,
    folder: ResultsFolder,
    *,
    engine: str,
    workers: int,
    progress: bool = False,
    look: TakeLook,
    tell: Callable[[str], None] = lambda _: None,
) -> Batches:
    """Make the runs of ``design`` that are not on disk yet, with a look after each batch where there is a stop rule."""
    every = block_keys(design, engine, range(design.replicates))
    done = folder.done(every)
    if done:
        most = "" if design.stop is None else "at most "
        tell(f"going on from {len(done)} of {most}{len(every)} blocks on disk")
    runner = Runner(design, engine, workers)
    if len(done) < len(every):
        runner.warm()
    bar = tqdm(unit="run", file=sys.stderr, disable=None if progress else True, dynamic_ncols=True)
    with bar:
        return _until_enough(design, folder, engine, done, runner, bar, look)


def _until_enough(
    design: Design,
    folder: ResultsFolder,
    engine: str,
    done: set[Key],
    runner: Runner,
    bar: tqdm[None],
    take_look: TakeLook,
) -> Batches:
    found = Gathered.empty(design)
    batch = design.replicates if design.stop is None else min(design.stop.block, design.replicates)
    look_from = 0 if design.stop is None else design.stop.block
    runs = int(design.sizes.sum())
    made, look = 0, None
    bar.total = batch * runs
    while True:
        upto = min(made + batch, design.replicates)
        _run(design, folder, block_keys(design, engine, range(made, upto)), done, runner, found, bar)
        made = upto
        if design.stop is not None:
            look = take_look(design, found, design.stop, made)
            bar.total = runs * look.foreseen(design.stop, design.replicates)
            bar.refresh()
        enough = look is not None and look.narrow and made >= look_from
        if made == design.replicates or enough:
            break
    ending = FIXED if look is None else PRECISION if enough else MAXIMUM
    keys = block_keys(design, engine, range(made))
    return Batches(design.settled(made), found.first(made), keys, ending, look)


def _run(
    design: Design,
    folder: ResultsFolder,
    keys: list[Key],
    done: set[Key],
    runner: Runner,
    found: Gathered,
    bar: tqdm[None],
) -> None:
    for key in keys:
        if key in done:
            held = folder.read_block(key)
            found.add(design, key, held)
            bar.update(len(held["errors"]))
    with closing(runner.blocks([key for key in keys if key not in done])) as blocks:
        for key, block in blocks:
            folder.write_block(key, block)
            found.add(design, key, block)
            bar.update(len(block.errors))
