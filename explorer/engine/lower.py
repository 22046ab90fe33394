"""Write the unoptimised LLVM IR of every compiled entry: ``NUMBA_OPT=0 python -m explorer.engine.lower FOLDER``.

Optimised IR holds the vectors and the 64-bit addresses of the machine that made it; unoptimised IR is yet of none. One
process writes all, for Numba numbers record types as it meets them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

from numba import njit, typeof
from numba.core import config
from numba.core.callconv import CPUCallConv
from numba.core.funcdesc import FunctionDescriptor

from explorer.engine.calls import example_calls

_UNFORCED = property(lambda _: False, lambda _, __: None)
"""In place of whether a function must be compiled into those that call it: browsers are slow with large functions."""

_excinfo = CPUCallConv.build_excinfo_struct


def _without_place(convention: Any, exc: Any, exc_args: Any, loc: Any, func_name: Any) -> Any:
    """Return what Numba keeps of an exception, but for the file that it stands in, which is this machine's."""
    del loc
    return _excinfo(convention, exc, exc_args, None, func_name)


NAMES = "names.json"
"""Under which name the IR of each entry defines it."""


def lower_entries(folder: Path) -> None:
    """Write a file of IR for each entry into ``folder``, and the names under which they stand there.

    Raises:
        RuntimeError: Numba is not told to leave its IR as it is.
    """
    if config.OPT != 0:
        raise RuntimeError("expected NUMBA_OPT=0 in the environment, so that nothing of this machine is in the IR")
    folder.mkdir(parents=True, exist_ok=True)
    names = {}
    for name, call in example_calls().items():
        dispatcher = njit(nogil=True, no_cpython_wrapper=True, no_cfunc_wrapper=True)(call.function)
        dispatcher.compile(tuple(typeof(argument) for argument in call.arguments.values()))
        (kinds,) = dispatcher.signatures
        names[name] = dispatcher.overloads[kinds].fndesc.mangled_name
        (folder / f"{name}.ll").write_text(dispatcher.inspect_llvm(kinds), encoding="utf-8")
    (folder / NAMES).write_text(json.dumps(names, indent=1), encoding="utf-8")


if __name__ == "__main__":
    with (
        patch.object(FunctionDescriptor, "inline", _UNFORCED),
        patch.object(CPUCallConv, "build_excinfo_struct", _without_place),
    ):
        lower_entries(Path(sys.argv[1]))
