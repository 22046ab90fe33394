"""One process at a time in a results folder."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from experiments.files.whole import write_text
from simulation.errors import InputError

LOCK, OWNER = ".lock", ".owner"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder, which is made if it is missing, against every other process.

    The lock goes with the process: one that is killed leaves none behind. Its file stays, for whoever waits for it
    must find the same one.

    Raises:
        InputError: another process has it.
        OSError: the folder cannot be made or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise InputError(
            f"{folder}: expected a folder that nobody else is working in, got one that {_owner(folder)} has; "
            "wait for it to end, or choose another folder with --out"
        ) from None
    try:
        write_text(folder / OWNER, json.dumps({"process": os.getpid(), "machine": platform.node()}))
        yield
    finally:
        with suppress(OSError):
            (folder / OWNER).unlink(missing_ok=True)
        lock.release()


def _owner(folder: Path) -> str:
    try:
        owner = json.loads((folder / OWNER).read_text(encoding="utf-8"))
        return f"process {int(owner['process'])} on {owner['machine']}"
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return "another process"
