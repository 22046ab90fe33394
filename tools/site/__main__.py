"""Build the site: `make docs`, or `python -m tools.site [--no-lessons]` without running the lessons.

Lessons that did not change since the last build are not run again.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sphinx.cmd.build import main as sphinx

from experiments.explorer.page import write_page
from tools.site.column_pages import column_page
from tools.site.staging import ROOT, Staging

BUILD = ROOT / "build"


def build(place: Path, *, lessons: bool = True) -> int:
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
    """Build the site into ``build/site`` and say where it is; return the exit code."""
    code = build(BUILD, lessons="--no-lessons" not in arguments)
    if code == 0:
        print("the site is in build/site; open build/site/index.html")  # noqa: T201
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
