"""Simulated histories: what parameter sets show of the fit patterns, made in processes and kept in blocks on disk."""

from __future__ import annotations

import io
import sys
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from tqdm import tqdm

from experiments.files.digests import digest_of
from experiments.files.whole import whole_file
from experiments.observed import MONTHS, REGIME, History, fit_patterns, measure_fit
from experiments.results.folder import BLOCKS
from experiments.running.flow import flow
from experiments.running.workers import process_pool
from simulation.arrays import Floats
from simulation.chance import Chance
from simulation.compiled.ensemble import Ensemble
from simulation.parameters import Parameters

LUCKS = 64
"""How many lucks the sets share out among themselves, so that what is peculiar to one of them does not tell in all."""
_BLOCK = 64


@dataclass(frozen=True)
class Asked:
    """One block of histories: of these sets, each under these replicates.

    Attributes:
        name: of the block on disk.
        sets: the parameter sets.
        replicates: which luck each set meets, a tuple a set.
        seed: entropy of all luck.
    """

    name: str
    sets: tuple[Parameters, ...]
    replicates: tuple[tuple[int, ...], ...]
    seed: int

    def digest(self) -> str:
        """Return what tells this block from any other."""
        return digest_of([self.seed, self.replicates, [chosen.as_dict() for chosen in self.sets]])


def lucks(number: int, first: int, after: int) -> tuple[int, ...]:
    """Return which replicates set ``number`` meets as its ``first`` to before its ``after``: no one twice."""
    return tuple((number * 7 + place) % LUCKS for place in range(first, after))


def ask(
    sets: Sequence[Parameters], numbers: Sequence[int], first: int, after: int, *, seed: int, name: str
) -> list[Asked]:
    """Return the blocks of histories ``first`` to before ``after`` of the sets with these numbers."""
    return [
        Asked(
            f"{name}-{start:07}",
            tuple(sets[number] for number in numbers[start : start + _BLOCK]),
            tuple(lucks(number, first, after) for number in numbers[start : start + _BLOCK]),
            seed,
        )
        for start in range(0, len(numbers), _BLOCK)
    ]


def make_histories(
    asked: Sequence[Asked],
    folder: Path,
    *,
    workers: int,
    progress: bool,
    what: str,
    other: Path | None = None,
) -> Floats:
    """Return what each set shows of every pattern, shape (sets, replicates, patterns).

    Blocks that are on disk, in ``folder`` or in the ``other`` one, are used again.

    Raises:
        OSError: the folder cannot be written.
    """
    homes = [folder] if other is None else [folder, other]
    found = {block.name: held for block in asked for home in homes if (held := _read(home, block)) is not None}
    bar = tqdm(
        total=sum(map(_runs, asked)), desc=what, unit="run", file=sys.stderr, disable=None if progress else True,
        dynamic_ncols=True,
    )  # fmt: skip
    missing = [block for block in asked if block.name not in found]
    with bar, closing(_made(missing, workers)) as made:
        bar.update(sum(_runs(block) for block in asked if block.name in found))
        for block, seen in made:
            _write(folder, block, seen)
            found[block.name] = seen
            bar.update(_runs(block))
    return np.concatenate([found[block.name] for block in asked])


def one_history(parameters: Parameters, replicate: int, seed: int) -> Floats:
    """Return what one simulated history shows of every fit pattern, shape (patterns,); NaN where it shows nothing."""
    opening = _ensemble().open(parameters, _luck(seed, replicate))
    return measure_fit(History(_ensemble().run(REGIME, opening, panel=True)))


def make_block(asked: Asked) -> Floats:
    """Return the histories of a block, shape (sets, replicates, patterns)."""
    return np.array(
        [
            [one_history(chosen, replicate, asked.seed) for replicate in replicates]
            for chosen, replicates in zip(asked.sets, asked.replicates, strict=True)
        ]
    ).reshape(len(asked.sets), -1, len(fit_patterns()))


@cache
def _ensemble() -> Ensemble:
    return Ensemble(MONTHS)


@lru_cache(maxsize=LUCKS)
def _luck(seed: int, replicate: int) -> Chance:
    return _ensemble().draw(seed, replicate)


def _made(asked: Sequence[Asked], workers: int) -> Generator[tuple[Asked, Floats], None, None]:
    if workers <= 1 or len(asked) <= 1:
        yield from ((block, make_block(block)) for block in asked)
        return
    one_history(Parameters(), 0, 0)  # compiled here, and loaded from disk by every process
    yield from flow(process_pool(workers), _work, asked, workers, lambda: None)


def _work(asked: Asked) -> tuple[Asked, Floats]:
    return asked, make_block(asked)


def _runs(block: Asked) -> int:
    return sum(map(len, block.replicates))


def _read(folder: Path, block: Asked) -> Floats | None:
    path = folder / BLOCKS / f"{block.name}.npz"
    if not path.exists():
        return None
    with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
        seen: Floats = held["seen"]
        return seen if str(held["digest"]) == block.digest() else None


def _write(folder: Path, block: Asked, seen: Floats) -> None:
    (folder / BLOCKS).mkdir(exist_ok=True)
    content = io.BytesIO()
    np.savez(content, seen=seen, digest=block.digest())
    with whole_file(folder / BLOCKS / f"{block.name}.npz") as file:
        file.write(content.getbuffer())
