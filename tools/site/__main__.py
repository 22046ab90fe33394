"""Build the site: `make docs`, or `python -m tools.site`.

With `--no-lessons` the lessons are shown without being run; those that did not change since the last build are not run
again anyway. `--into FOLDER` builds it elsewhere than in `build`.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path

from sphinx.cmd.build import main as sphinx

from experiments.explorer.page import write_page
from tools.site.column_pages import column_page
from tools.site.staging import ROOT, Staging


def build_site(place: Path, *, lessons: bool = True) -> int:
    """Stage every page below ``place``, build the site in ``place / "site"``, and return Sphinx's exit code.

    Args:
        place: a folder; what it holds of an earlier build is replaced.
        lessons: run them, and show what they print and draw.
    """
    source, site = place / "site_source", place / "site"
    Staging(source).stage(column_page())
    extra = place / "site_extra"
    write_page(extra / "explorer.html")
    options = ["-W", "--keep-going", "-q", "-c", str(ROOT / "docs"), "-d", str(place / "site_cache")]
    options += ["-D", f"html_extra_path={extra}", "-D", f"nb_execution_mode={'cache' if lessons else 'off'}"]
    return sphinx([*options, str(source), str(site)])


def main(arguments: list[str]) -> int:
    """Build the site and say where it is; return the exit code."""
    parser = ArgumentParser(prog="python -m tools.site", description="Build the site.")
    parser.add_argument("--no-lessons", action="store_true", help="show the lessons without running them")
    parser.add_argument("--into", type=Path, default=ROOT / "build", metavar="FOLDER", help="build it elsewhere")
    chosen = parser.parse_args(arguments)
    place: Path = chosen.into.resolve()
    code = build_site(place, lessons=not chosen.no_lessons)
    if code == 0:
        first = place / "site" / "index.html"
        print("the site is built; open", first.relative_to(ROOT) if first.is_relative_to(ROOT) else first)  # noqa: T201
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
