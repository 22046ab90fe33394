"""The C loop of the monthly update, compiled with this machine's compiler and called on the engine's own arrays."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from simulation.chance import MONTHLY
from simulation.compiled.records import COEFFICIENTS, COUNCIL, DIRECTOR, MONTH, SECTOR

COMMON = ("-std=gnu11", "-ffp-contract=off", "-fno-fast-math", "-fPIC", "-shared")
"""What every build needs: nothing may be fused or reordered."""
FLAGS = ("-O3", "-march=native", *COMMON)
PHASES = (
    "feel_pressure",
    "practise",
    "staff",
    "look_elsewhere",
    "directors_leave",
    "appoint",
    "judge",
    "support_and_pay",
    "record_month",
)
"""The phases of the C loop, named as the engine's are: all but matching."""

Call = Callable[[], None]

_SOURCE = Path(__file__).parent / "month.c"
_TYPES = {"i8": "int64_t", "i4": "int32_t", "i2": "int16_t", "i1": "int8_t", "f8": "double", "b1": "_Bool"}
_RENAMED = {"pool": "pool_luck"}


class CWorld(ctypes.Structure):
    """What the C loop works on; the same as ``World`` in `month.c`."""

    _fields_ = (
        ("councils", ctypes.c_void_p),
        ("n", ctypes.c_int64),
        ("directors", ctypes.c_void_p),
        ("sector", ctypes.c_void_p),
        ("row", ctypes.c_void_p),
        ("c", ctypes.c_void_p),
        ("luck", ctypes.c_void_p),
        ("pause_from", ctypes.c_int64),
        ("pause_to", ctypes.c_int64),
        ("region_gaps", ctypes.c_void_p),
        ("region_counts", ctypes.c_void_p),
        ("regions", ctypes.c_int64),
        ("at_risk", ctypes.c_void_p),
        ("mended", ctypes.c_void_p),
        ("followed", ctypes.c_int64),
        ("filled", ctypes.c_void_p),
    )


@dataclass(frozen=True)
class CLoop:
    """The C loop, compiled."""

    run_months: Callable[..., None]

    def prepare(self, arguments: Mapping[str, Any], spent: np.ndarray[Any, Any] | None = None) -> Call:
        """Return a call that runs all months on the engine's arguments, which are written on.

        ``spent``, if given, gets the seconds of each of `PHASES` added.
        """
        work, luck, gaps = arguments["work"], arguments["luck"], arguments["gaps"]
        filled = np.zeros(len(arguments["councils"]), np.int64)
        world = CWorld(
            *(_address(arguments["councils"]), len(arguments["councils"])),
            *(_address(arguments[name]) for name in ("directors", "sectors", "rows", "coefficients", "luck")),
            *arguments["pause"],
            *(_address(work.region_gaps), _address(work.region_counts), len(work.region_gaps)),
            *(_address(work.at_risk), _address(work.mended), len(work.at_risk)),
            _address(filled),
        )
        to = None if spent is None else _address(spent)
        kept = (arguments, filled, world, luck, gaps, spent)  # alive for as long as the call is

        def call() -> None:
            self.run_months(ctypes.byref(kept[2]), _address(luck), _address(gaps), len(gaps), to)

        return call


def compiler() -> str | None:
    """Return the C compiler's path, None if there is none."""
    return shutil.which(os.environ.get("CC", "cc"))


def compiler_version(path: str) -> str:
    """Return the first line of what the compiler says of itself."""
    version = subprocess.run([path, "--version"], capture_output=True, text=True, check=True)  # noqa: S603
    return version.stdout.splitlines()[0]


def build_library(folder: Path, name: str = "month", flags: tuple[str, ...] = FLAGS) -> CLoop:
    """Compile the C loop into ``folder`` as ``name`` and load it.

    Raises:
        RuntimeError: there is no compiler, or it fails.
    """
    path = compiler()
    if path is None:
        raise RuntimeError("no C compiler found")
    header, library = folder / "records.h", folder / f"{name}.so"
    header.write_text(declarations(), encoding="utf-8")
    command = [path, *flags, "-include", str(header), str(_SOURCE), "-o", str(library), "-lm"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"the C compiler failed:\n{done.stderr}")
    function = ctypes.CDLL(str(library)).run_months
    function.argtypes = [ctypes.c_void_p] * 3 + [ctypes.c_int64, ctypes.c_void_p]
    function.restype = None
    return CLoop(function)


def declarations() -> str:
    """Return C types with the layout of the engine's records, and the places of decisions in the table of luck."""
    kinds = {"Council": COUNCIL, "Director": DIRECTOR, "Sector": SECTOR, "Month": MONTH, "Coefficients": COEFFICIENTS}
    lines = ["#include <stdint.h>", _structure("Chief", COUNCIL["chief"])]
    lines += [_structure(name, kind) for name, kind in kinds.items()]
    names = ", ".join(_RENAMED.get(name, name).upper() for name in MONTHLY)
    lines.append(f"enum {{ {names}, DECISIONS }};")
    lines += [f'_Static_assert(sizeof({name}) == {kind.itemsize}, "{name}");' for name, kind in kinds.items()]
    return "\n".join(lines) + "\n"


def _structure(name: str, kind: np.dtype[Any]) -> str:
    return f"typedef struct {{ {' '.join(_member(field, kind[field]) for field in kind.names or ())} }} {name};"


def _member(name: str, kind: np.dtype[Any]) -> str:
    if kind.names is not None:
        return f"Chief {name};"
    base, length = (kind.base, f"[{kind.shape[0]}]") if kind.shape else (kind, "")
    return f"{_TYPES[base.str[1:]]} {name}{length};"


def _address(array: np.ndarray[Any, Any]) -> int:
    return int(array.ctypes.data)
