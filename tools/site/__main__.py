"""Build the site: `make docs`, or `python -m tools.site`.

With `--no-lessons` the lessons are shown without being run. Where neither a lesson nor the code changed since the last
build, it is not run again anyway. `--into FOLDER` builds the site elsewhere than in `build`.
"""

from __future__ import annotations

import os
import shutil
import sys
from argparse import ArgumentParser
from pathlib import Path

from sphinx.cmd.build import main as sphinx

from experiments.explorer.page import write_page
from experiments.files.digests import digest, digest_of
from experiments.files.whole import write_text
from tools.site.column_pages import column_page
from tools.site.staging import ROOT, Staging


def build_site(place: Path, *, lessons: bool = True) -> int:
    """Stage every page below ``place``, build the site in ``place / "site"``, and return Sphinx's exit code.

    Args:
        place: a folder; what it holds of an earlier build is replaced.
        lessons: run them, and show what they print and draw.
    """
    source, site, extra = place / "site_source", place / "site", place / "site_extra"
    Staging(source).stage(column_page())
    shutil.rmtree(site, ignore_errors=True)
    write_page(extra / "explorer.html")
    settings = {"html_extra_path": extra, "nb_execution_mode": "off"}
    if lessons:
        _quieten_kernels(place / "ipython")
        settings |= {"nb_execution_mode": "cache", "nb_execution_cache_path": place / "lessons_run" / _code_digest()}
    given = [word for name, value in settings.items() for word in ("-D", f"{name}={value}")]
    options = ["-W", "--keep-going", "-q", "-c", str(ROOT / "docs"), "-d", str(place / "site_cache")]
    return sphinx([*options, *given, str(source), str(site)])


def _quieten_kernels(profiles: Path) -> None:
    """Have the kernels of lessons use no settings of the user's own, and say errors alone."""
    profile = profiles / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    write_text(profile / "ipython_kernel_config.py", "get_config().IPKernelApp.log_level = 40\n")
    os.environ["IPYTHONDIR"] = str(profiles)


def _code_digest() -> str:
    """Return the digest of all that lessons import: the keeper of their output looks at a lesson's text alone."""
    files = sorted(path for home in ("simulation", "experiments") for path in (ROOT / home).rglob("*.py"))
    return digest_of([digest(path) for path in files])[:12]


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
