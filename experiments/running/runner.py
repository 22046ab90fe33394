"""Where pieces are made: in this thread, in several, or in processes; always the same blocks."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from experiments.design.world import Piece, World
from experiments.results.blocks import Block
from experiments.running.cluster import blocks_on, cluster_at_hand
from experiments.running.flow import flow
from experiments.running.maker import LUCKS_KEPT, Reducer, Task, make_block, maker_of
from experiments.running.workers import process_pool, thread_pool
from simulation.simulate import ENSEMBLE


@dataclass(frozen=True)
class Runner:
    """Makes the blocks of a world's pieces.

    Attributes:
        world: whom and when, where a piece does not say it.
        reducer: what each run is reduced to.
        engine: one of `simulation.simulate.ENGINES`. The compiled one runs in threads, for it holds no lock while it
            runs; Mesa's agents run in processes.
        workers: how many of them.
        processes: whether processes are used for the compiled engine too: where reducing takes as long as running.
        lucks: how many lucks are kept at hand.
    """

    world: World
    reducer: Reducer
    engine: str = ENSEMBLE
    workers: int = 1
    processes: bool = False
    lucks: int = LUCKS_KEPT

    def warm(self) -> None:
        """Make ready what the first run would wait for; worker processes then find it on disk."""
        maker_of(self.world, self.engine, self.lucks).warm()

    def blocks(self, pieces: Sequence[Piece]) -> Generator[tuple[Piece, Block], None, None]:
        """Yield each block as it is ready, in any order; it is made on a cluster where one is at hand.

        Close the iterator to stop: threads end after the run that they are in, processes at once.

        Raises:
            InputError: worker processes cannot import what of the science is the user's own.
            BrokenExecutor: a worker process was ended from outside, or the cluster was lost.
        """
        workers, cluster = min(self.workers, len(pieces)), cluster_at_hand()
        if cluster is None and workers <= 1:
            for piece in pieces:
                alone = make_block(self._task(piece))
                if alone is not None:
                    yield piece, alone
            return
        tasks = map(self._task, pieces)
        with closing(self._here(tasks, workers) if cluster is None else blocks_on(cluster, tasks)) as blocks:
            for task, block in blocks:
                yield task.piece, block

    def _here(self, tasks: Iterator[Task], workers: int) -> Generator[tuple[Task, Block], None, None]:
        apart = self.processes or self.engine != ENSEMBLE
        if apart:
            self.world.own.check_importable()
        pool = process_pool(workers) if apart else thread_pool(workers)
        return flow(pool.executor, pool.work(make_block), tasks, lambda: workers, pool.stop)

    def _task(self, piece: Piece) -> Task:
        return Task(piece.world or self.world, self.engine, self.reducer, piece, self.lucks)
