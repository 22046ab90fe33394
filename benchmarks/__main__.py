"""Measure what the model costs, and renew the tables in docs/look_up/performance.md; with names, only show those.

Names: whole, runs, c, mesa, threads, scaling, startup, batches.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from benchmarks import batches, c_ratio, mesa_ratio, runs, scaling, startup, threads, whole
from benchmarks.machine import stamp
from benchmarks.page import PAGE, SLOTS
from benchmarks.setting import TINY_SETTING, Setting

SECTIONS: Mapping[str, Callable[[Setting], str]] = MappingProxyType(
    {
        "whole": whole.section,
        "runs": runs.section,
        "c": c_ratio.section,
        "mesa": mesa_ratio.section,
        "threads": threads.section,
        "scaling": scaling.section,
        "startup": startup.section,
        "batches": batches.section,
    }
)


def main(words: Sequence[str] | None = None) -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(SECTIONS)}")
    parser.add_argument("--tiny", action="store_true", help="run as little as shows that everything works")
    arguments = parser.parse_args(words)
    if unknown := set(arguments.names) - set(SECTIONS):
        parser.error(f"unknown {', '.join(sorted(unknown))}; expected {', '.join(SECTIONS)}")
    setting = TINY_SETTING if arguments.tiny else Setting()
    blocks = {"machine": f"Measured on {stamp()}.\n"}
    show(blocks["machine"])
    for name in arguments.names or SECTIONS:
        blocks[name] = SECTIONS[name](setting)
        show(f"{name}\n\n{blocks[name]}")
    if not arguments.names and not arguments.tiny:
        SLOTS.renew(PAGE, blocks)
        show(f"{PAGE.name} is renewed")


def show(text: str) -> None:
    """Show a piece of the results as soon as it is there."""
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
