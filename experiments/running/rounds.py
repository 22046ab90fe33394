"""Rounds: pieces made until there are enough; a block goes to disk as it is made, and is used again if it is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing

from tqdm import tqdm

from experiments.design.world import Piece
from experiments.results.blocks import Block, BlockFolder
from experiments.results.folder import Say, say_nothing
from experiments.running.bar import runs_bar
from experiments.running.runner import Runner
from simulation.errors import RunsFailedError

Take = Callable[[Piece, Block], None]
Foresee = Callable[[int], int]


def run_rounds(
    runner: Runner,
    rounds: Sequence[Sequence[Piece]],
    take: Take,
    *,
    store: BlockFolder | None = None,
    foresee: Foresee | None = None,
    progress: bool = False,
    title: str | None = None,
    say: Say = say_nothing,
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
        say: called with a line where blocks on disk are used, or do not hold.

    Raises:
        OSError: the folder cannot be written or the disk is full; whole blocks are left, and the next call goes on.
    """
    every = [piece for pieces in rounds for piece in pieces]
    at_hand = 0 if store is None else len(store.names() & {piece.name for piece in every})
    if at_hand:
        most = "" if foresee is None else "at most "
        say(f"going on from {at_hand} of {most}{len(every)} blocks on disk")
    if at_hand < len(every):
        runner.warm()
    sizes = [sum(piece.runs for piece in pieces) for pieces in rounds]
    wanted = len(rounds) if foresee is None else 1
    with runs_bar(sum(sizes[:wanted]), progress=progress, title=title) as bar:
        for number, pieces in enumerate(rounds, 1):
            _run_round(runner, pieces, take, store, bar, say)
            if foresee is not None:
                bar.total = sum(sizes[: foresee(number)])
                bar.refresh()
                if bar.total <= sum(sizes[:number]):
                    return number
    return len(rounds)


def run_pieces(
    runner: Runner,
    pieces: Sequence[Piece],
    *,
    store: BlockFolder | None = None,
    progress: bool = False,
    title: str | None = None,
    say: Say = say_nothing,
) -> list[Block]:
    """Make all pieces and return their blocks in order; arguments are those of `run_rounds`.

    Raises:
        RunsFailedError: a run failed.
        OSError: the folder cannot be written or the disk is full.
    """
    places = {piece.name: place for place, piece in enumerate(pieces)}
    blocks: list[Block | None] = [None] * len(pieces)

    def take(piece: Piece, block: Block) -> None:
        refuse_failed(block)
        blocks[places[piece.name]] = block

    run_rounds(runner, [pieces], take, store=store, progress=progress, title=title, say=say)
    return [block for block in blocks if block is not None]


def refuse_failed(block: Block) -> None:
    """Refuse a block with a failed run.

    Raises:
        RunsFailedError: there is one; the sentence holds its reason.
    """
    if block.failed:
        raise RunsFailedError(f"a run failed: {next(error for error in block.errors.tolist() if error)}")


def _run_round(
    runner: Runner, pieces: Sequence[Piece], take: Take, store: BlockFolder | None, bar: tqdm[None], say: Say
) -> None:
    missing = list(pieces) if store is None else _take_at_hand(store, pieces, take, bar, say)
    with closing(runner.blocks(missing)) as blocks:
        for piece, block in blocks:
            if store is not None:
                store.write(piece, block)
            take(piece, block)
            bar.update(piece.runs)


def _take_at_hand(store: BlockFolder, pieces: Sequence[Piece], take: Take, bar: tqdm[None], say: Say) -> list[Piece]:
    """Take the blocks that are on disk, and return the pieces of which there is none that holds."""
    missing, names = [], store.names()
    for piece in pieces:
        block = store.read(piece) if piece.name in names else None
        if piece.name in names and block is None:
            say(f"block {piece.name} does not hold: it is made anew")
        if block is None or block.failed:
            missing.append(piece)
        else:
            take(piece, block)
            bar.update(piece.runs)
    return missing
