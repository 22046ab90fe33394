"""Where ``sli`` begins: it makes sure that the project's own packages are found, and not others of the same names."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("experiments", "simulation")
BAD_INPUT = 2


def main() -> int:
    """Run ``sli`` with the arguments of the process and return its exit code: 2 where a package is in the way."""
    for name in PACKAGES:
        if other := in_the_way(name):
            sentence = (
                f"{other}: expected this project's own {name} under this name, got another; "
                "rename it, or run sli from another folder and without PYTHONPATH"
            )
            print(f"sli: {sentence}", file=sys.stderr)  # noqa: T201  what a command line is for
            return BAD_INPUT
    from experiments.cli import main as run  # noqa: PLC0415  only now is it known to be the project's own

    return run()


def in_the_way(name: str) -> str | None:
    """Return what Python finds under the name of a package of this project in its place, None if it is its own."""
    own = Path(__file__).resolve().parent / name
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return None
    return None if Path(spec.origin).resolve() == own / "__init__.py" else spec.origin


if __name__ == "__main__":
    sys.exit(main())
