"""The built module under wasmtime: each entry called with NumPy arrays, which it writes on as the compiled engine does.

A host that keeps its arrays in the module's memory spares the copying; `docs/do/embedding.md` shows one.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import wasmtime

_EMPTY_ROOM = 8
"""Bytes reserved for an array without entries, so that no two stand at one place."""


class EmbeddedEngine:
    """An instance of the module."""

    def __init__(self, module: Path) -> None:
        """Load the module from a file."""
        self._store = wasmtime.Store()
        made = wasmtime.Module.from_file(self._store.engine, str(module))
        self._exports = wasmtime.Instance(self._store, made, []).exports(self._store)

    def call(self, name: str, *arguments: Any) -> None:
        """Call an entry on arrays, whole numbers and tuples of them; arrays are written back.

        Raises:
            RuntimeError: the entry stopped, where Python would have raised an error.
        """
        self._exports["release"](self._store)
        rooms: list[tuple[np.ndarray[Any, Any], int]] = []
        words = [word for argument in arguments for word in self._words(argument, rooms)]
        block = self._exports["reserve"](self._store, 8 * len(words))
        memory = self._exports["memory"]
        for array, room in rooms:
            memory.write(self._store, array.tobytes(), room)
        memory.write(self._store, struct.pack(f"<{len(words)}q", *words), block)
        status = self._exports[name](self._store, block)
        if status:
            raise RuntimeError(f"{name}: expected it to end well, but it stopped with status {status}")
        for array, room in rooms:
            written = memory.read(self._store, room, room + array.nbytes)
            array.reshape(-1).view(np.uint8)[:] = np.frombuffer(written, np.uint8)

    def _words(self, argument: Any, rooms: list[tuple[np.ndarray[Any, Any], int]]) -> Iterator[int]:
        """Yield an argument as the 64-bit words of a block; arrays get a room, noted in ``rooms``."""
        if isinstance(argument, tuple):
            for part in argument:
                yield from self._words(part, rooms)
        elif isinstance(argument, np.ndarray):
            room = self._exports["reserve"](self._store, argument.nbytes + _EMPTY_ROOM)
            rooms.append((argument, room))
            strides = [argument.itemsize * prod(argument.shape[place + 1 :]) for place in range(argument.ndim)]
            yield from (0, 0, argument.size, argument.itemsize, room, *argument.shape, *strides)
        else:
            yield int(argument)
