"""A cluster of Dask's: workers in processes of their own, on this machine or on others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import BrokenExecutor, CancelledError
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any

from experiments.files.digests import model_digest
from experiments.inputs.checks import checked_cluster
from experiments.results.blocks import Block
from experiments.running.flow import flow
from experiments.running.maker import Task, make_block
from simulation.compiled.apart import interrupts_held
from simulation.errors import InputError

if TYPE_CHECKING:
    from distributed import Client

_WAIT = 30
"""Seconds that a scheduler has to answer, and its first worker to be there."""
_AT_HAND: ContextVar[Client | None] = ContextVar("cluster", default=None)


@contextmanager
def on_cluster(where: str | None) -> Iterator[None]:
    """Let all pieces that are made meanwhile be made on a cluster; on this machine's own threads where None.

    This process alone reads and writes files; workers are handed a piece with all that it needs, and hand back its
    block. Results are the same, byte for byte.

    >>> with on_cluster(None):
    ...     pass

    Args:
        where: ``local:N`` starts N workers on this machine and ends them; ``tcp://host:port`` or ``tls://host:port``
            is the scheduler of a cluster that is there, and stays.

    Raises:
        InputError: it is neither, Dask is not installed, or no scheduler or no worker answers.
    """
    if where is None:
        yield
        return
    with _client(checked_cluster(where)) as client:
        before = _AT_HAND.set(client)
        try:
            yield
        finally:
            _AT_HAND.reset(before)


def cluster_at_hand() -> Client | None:
    """Return the cluster that pieces are to be made on, None where there is none."""
    return _AT_HAND.get()


def blocks_on(client: Client, tasks: Iterator[Task]) -> Generator[tuple[Task, Block], None, None]:
    """Yield each task with its block as the workers of a cluster make it, in any order.

    A task whose worker is lost is done by another. Workers that come later are used.

    Raises:
        BrokenExecutor: the scheduler is lost, or a task ended three workers.
        InputError: a worker runs another version of the model, or cannot import what of the science is the user's own.
    """
    from distributed import KilledWorker

    executor = client.get_executor(pure=False)
    work: Callable[[Task], Block | None] = partial(_make_there, digest=model_digest())
    try:
        yield from flow(executor, work, tasks, lambda: _size(client), lambda: executor.shutdown(wait=False))
    except KilledWorker as error:
        raise BrokenExecutor(f"the cluster lost {error.allowed_failures + 1} workers to one piece of work") from error
    except (CancelledError, OSError) as error:
        raise BrokenExecutor("the cluster's scheduler was lost") from error
    except RuntimeError as error:
        # What runs die of is in their blocks; this is Dask's own word for work that a worker cannot read.
        raise InputError(
            "cluster: expected workers with the same packages and with every module of your own, got one that cannot "
            "read its work"
        ) from error


def _make_there(task: Task, digest: str) -> Block | None:
    """Return the block of a task; this runs on a worker."""
    if model_digest() != digest:
        raise InputError("cluster: expected workers with the same version of the model as here, got another")
    return make_block(task)


def _size(client: Client) -> int:
    threads: dict[str, int] = client.nthreads()
    return max(1, sum(threads.values()))


@contextmanager
def _client(where: int | str) -> Iterator[Client]:
    try:
        import distributed
    except ImportError:
        raise InputError(
            "cluster: expected Dask to be installed, got none: pip install 'sector-led-improvement[cluster]'"
        ) from None
    from distributed.utils import silence_logging_cmgr

    # What it would say of a lost worker or scheduler is said here, in a sentence.
    place = _local(where, distributed) if isinstance(where, int) else _there(where, distributed)
    with silence_logging_cmgr(logging.CRITICAL), place as client:
        yield client


@contextmanager
def _there(where: str, distributed: Any) -> Iterator[Client]:  # noqa: ANN401  a module that may not be there
    try:
        client = distributed.Client(where, timeout=_WAIT, set_as_default=False)
    except (OSError, TimeoutError, ValueError):
        raise InputError(f"cluster: expected a Dask scheduler at {where}, got no answer within {_WAIT} s") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=_WAIT)
        except TimeoutError:
            raise InputError(f"cluster: expected workers at {where}, got none within {_WAIT} s") from None
        yield client


@contextmanager
def _local(number: int, distributed: Any) -> Iterator[Client]:  # noqa: ANN401  as above
    # Started here: it would let interrupts through where it starts with the first worker.
    resource_tracker.ensure_running()
    with interrupts_held():
        cluster = distributed.LocalCluster(
            n_workers=number,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        )
    with cluster, distributed.Client(cluster, set_as_default=False) as client:
        yield client
