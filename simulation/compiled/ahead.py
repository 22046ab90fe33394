"""Luck asked for a month ahead: a replicate's is larger than the near caches, and every month would wait for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from simulation.rules.marker import uncounted

LINE = 8
"""Numbers of 64 bits that memory hands over at once."""


def _ask(typing: Any, array: Any, place: Any) -> Any:  # noqa: ARG001  the typing context that Numba hands to intrinsics
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        view = context.make_array(signature.args[0])(context, builder, value=arguments[0])
        whole, pointer = ir.IntType(32), cgutils.voidptr_t
        kind = ir.FunctionType(ir.VoidType(), [pointer, whole, whole, whole])
        prefetch = builder.module.declare_intrinsic("llvm.prefetch", [pointer], kind)
        address = builder.bitcast(builder.gep(view.data, [arguments[1]]), pointer)
        to_read, not_nearest, data = 0, 2, 1
        builder.call(prefetch, [address, whole(to_read), whole(not_nearest), whole(data)])
        return context.get_dummy_value()

    return types.void(array, types.intp), generate


ask: Callable[[Any, int], None] = intrinsic(_ask)  # type: ignore[assignment]
"""Ask for the number at a place counted from an array's first, in compiled code; it changes nothing but time.

No number need be there: nothing is read.
"""


@uncounted
def ask_for_next_month(luck: Any, decisions: tuple[int, ...], council: int) -> None:
    """Ask for the next month's draws of the eight councils from every eighth ``council`` on, for these ``decisions``.

    ``luck`` is this month's table, shape (decisions, councils); the next month's lies behind it.
    """
    if council % LINE == 0:
        rows, councils = luck.shape
        for decision in decisions:
            ask(luck, (rows + decision) * councils + council)
