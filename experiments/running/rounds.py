"""Rounds: pieces made until there are enough; a block goes to disk as it is made, and is used again if it is there."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol

from tqdm import tqdm

from experiments.design.world import Piece
from experiments.results.blocks import Block, BlockFolder
from experiments.results.folder import Tell, tell_nobody
from experiments.running.bar import runs_bar
from simulation.errors import RunsFailedError

Take = Callable[[Piece, Block], None]
Foresee = Callable[[int], int]

_NAMED = 3
"""So many blocks that do not hold are named."""


class BlockMaker(Protocol):
    """Makes the blocks of pieces, as `experiments.running.runner.Runner` does."""

    def warm(self) -> None:
        """Make ready what the first block would wait for."""

    def blocks(self, pieces: Sequence[Piece]) -> Generator[tuple[Piece, Block], None, None]:
        """Yield each block as it is ready, in any order; the iterator is closed to stop."""


def run_rounds(
    runner: BlockMaker,
    rounds: Sequence[Sequence[Piece]],
    take: Take,
    *,
    store: BlockFolder | None = None,
    foresee: Foresee | None = None,
    progress: bool = False,
    title: str | None = None,
    tell: Tell = tell_nobody,
) -> int:
    """Make round after round, and return how many rounds were made.

    Args:
        runner: makes the blocks.
        rounds: the pieces of each round, at most.
        take: called with every block, in any order.
        store: where blocks lie; those that are there, hold, and have no failed run are not made again.
        foresee: called after each round with how many were made; returns how many it will take as it now looks. As
            many as were made ends them. All rounds where None.
        progress: show a bar on a terminal.
        title: what the bar is of.
        tell: called with a line where blocks on disk are used, or do not hold.

    Raises:
        OSError: the folder cannot be written or the disk is full; whole blocks are left, and the next call goes on.
    """
    every = sum(len(pieces) for pieces in rounds)
    at_hand = 0 if store is None else sum(store.at_hand(piece) for pieces in rounds for piece in pieces)
    if at_hand:
        tell(f"going on from {at_hand} of {'' if foresee is None else 'at most '}{every} blocks on disk")
    if at_hand < every:
        runner.warm()
    sizes = [sum(piece.runs for piece in pieces) for pieces in rounds]
    wanted = len(rounds) if foresee is None else 1
    with runs_bar(sum(sizes[:wanted]), progress=progress, title=title) as bar:
        work = _Round(runner, take, store, bar, tell)
        for number, pieces in enumerate(rounds, 1):
            work.make(pieces)
            if foresee is not None:
                bar.total = sum(sizes[: foresee(number)])
                bar.refresh()
                if bar.total <= sum(sizes[:number]):
                    return number
    return len(rounds)


def run_pieces(
    runner: BlockMaker,
    pieces: Sequence[Piece],
    *,
    store: BlockFolder | None = None,
    progress: bool = False,
    title: str | None = None,
    tell: Tell = tell_nobody,
) -> list[Block]:
    """Make all ``pieces``, one round, and return their blocks in order; other arguments are those of `run_rounds`.

    All blocks are held in memory: this is for runs of which little is kept.

    Raises:
        RunsFailedError: a run failed; the sentence holds its reason.
        OSError: the folder cannot be written or the disk is full.
    """
    places = {piece.name: place for place, piece in enumerate(pieces)}
    blocks: list[Block | None] = [None] * len(pieces)

    def take(piece: Piece, block: Block) -> None:
        refuse_failed(block)
        blocks[places[piece.name]] = block

    run_rounds(runner, [pieces], take, store=store, progress=progress, title=title, tell=tell)
    return [block for block in blocks if block is not None]


def refuse_failed(block: Block) -> None:
    """Refuse a block with a failed run.

    Raises:
        RunsFailedError: there is one; the sentence holds its reason.
    """
    if block.failed:
        raise RunsFailedError(f"a run failed: {next(error for error in block.errors.tolist() if error)}")


@dataclass(frozen=True)
class _Round:
    """Makes the pieces of a round; fields are the arguments of `run_rounds`, and its bar."""

    runner: BlockMaker
    take: Take
    store: BlockFolder | None
    bar: tqdm[None]
    tell: Tell

    def make(self, pieces: Sequence[Piece]) -> None:
        """Take every block, of those on disk first, and write those that are made."""
        missing = pieces if self.store is None else self._take_at_hand(self.store, pieces)
        with closing(self.runner.blocks(missing)) as blocks:
            for piece, block in blocks:
                if self.store is not None:
                    self.store.write(piece, block)
                self._take(piece, block)

    def _take_at_hand(self, store: BlockFolder, pieces: Sequence[Piece]) -> list[Piece]:
        """Take the blocks that are on disk, and return the pieces of which there is none that holds."""
        missing, damaged, names = [], [], store.names()
        for piece in pieces:
            block = store.read(piece) if piece.name in names else None
            if block is None or block.failed:
                missing.append(piece)
                if block is None and piece.name in names:
                    damaged.append(piece.name)
            else:
                self._take(piece, block)
        if damaged:
            self._tell_of(damaged)
        return missing

    def _take(self, piece: Piece, block: Block) -> None:
        self.take(piece, block)
        self.bar.update(piece.runs)

    def _tell_of(self, damaged: Sequence[str]) -> None:
        more = len(damaged) - _NAMED
        names = ", ".join(damaged[:_NAMED]) + (f" and {more} more" if more > 0 else "")
        self.bar.clear()
        self.tell(f"blocks that do not hold are made anew: {names}")
        self.bar.refresh()
