"""How time is taken: calls by turns, so that whatever else the machine does falls on all alike; best and median.

What one thread does is timed on the processor's clock for that thread, which stands still while others run; what
takes several threads or processes, on the wall's.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter, thread_time

Prepare = Callable[[], Callable[[], object]]
"""What makes ready, untimed, the call that is timed."""


@dataclass(frozen=True)
class Times:
    """Seconds that the same call took, repeat by repeat."""

    seconds: tuple[float, ...]

    @property
    def best(self) -> float:
        """The shortest."""
        return min(self.seconds)

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.seconds)

    def over(self, other: Times) -> Times:
        """Return the ratios to what another call took, repeat by repeat."""
        return Times(tuple(a / b for a, b in zip(self.seconds, other.seconds, strict=True)))


def by_turns(calls: Mapping[str, Prepare], repeats: int, clock: Callable[[], float] = thread_time) -> dict[str, Times]:
    """Return what each call took over so many rounds, each once a round, after a first round that does not count."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for repeat in range(1 + repeats):
        for name, prepare in calls.items():
            seconds = once(prepare, clock)
            if repeat:
                times[name].append(seconds)
    return {name: Times(tuple(seconds)) for name, seconds in times.items()}


def once(prepare: Prepare, clock: Callable[[], float] = perf_counter) -> float:
    """Return what the call takes now, in seconds."""
    call = prepare()
    start = clock()
    call()
    return clock() - start


def mean_of(times: Sequence[Times]) -> Times:
    """Return the mean over several calls, repeat by repeat."""
    return Times(tuple(statistics.fmean(round_) for round_ in zip(*(t.seconds for t in times), strict=True)))


def growth(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """Return the power of the size with which time grows: the slope of a line through the logarithms.

    >>> growth([1, 10], [2.0, 20.0])
    1.0
    """
    across, up = [math.log(size) for size in sizes], [math.log(second) for second in seconds]
    return statistics.linear_regression(across, up).slope
