"""Arrays that compiled code reads and writes without counting references to them.

Counting is an atomic step wherever an array is handed on, and cost a third of a run; the caller keeps every array alive
until the run ends, so there is nothing to count.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba.core import cgutils
from numba.extending import intrinsic

from simulation.compiled.records import Work
from simulation.rules.marker import counted


def _borrow(typing: Any, array: Any) -> Any:  # noqa: ARG001  the typing context that Numba hands to intrinsics
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        view = context.make_array(signature.return_type)(context, builder, value=arguments[0])
        view.meminfo = cgutils.get_null_value(view.meminfo.type)  # type: ignore[no-untyped-call]
        view.parent = cgutils.get_null_value(view.parent.type)  # type: ignore[no-untyped-call]
        return view._getvalue()  # noqa: SLF001  Numba's own name for it

    return array(array), generate


borrowed: Callable[[Any], Any] = intrinsic(_borrow)  # type: ignore[assignment]
"""Return an array as one to whose memory nobody counts references, in compiled code."""


@counted
def borrowed_work(work: Work) -> Work:
    """Return room to work in whose arrays nobody counts references to."""
    return Work(
        borrowed(work.links),
        borrowed(work.slots),
        borrowed(work.sections),
        borrowed(work.estimates),
        borrowed(work.places),
        borrowed(work.parts),
        borrowed(work.begin),
        borrowed(work.region_gaps),
        borrowed(work.region_counts),
        borrowed(work.at_risk),
        borrowed(work.mended),
    )
