"""Who made these results: version, commit, packages and machine."""

from __future__ import annotations

import platform
import re
import subprocess
from importlib import metadata
from pathlib import Path
from typing import Any

DISTRIBUTION = "sector-led-improvement"
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def provenance() -> dict[str, Any]:
    """Return version, commit, whether the tree was clean, Python, packages and machine, as plain values.

    Commit and cleanness are None where the project does not run from its own repository.
    """
    commit, clean = _commit()
    return {
        "version": _version(DISTRIBUTION),
        "commit": commit,
        "clean": clean,
        "python": platform.python_version(),
        "packages": {name: version for name in required() if (version := _version(name)) is not None},
        "platform": platform.platform(),
        "processor": _processor(),
    }


def required() -> list[str]:
    """Return the packages that the project says it runs on, in alphabetical order; none where it is not installed."""
    try:
        requirements = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        requirements = []
    return sorted(match[0].lower() for one in requirements if "extra ==" not in one and (match := _NAME.match(one)))


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _commit() -> tuple[str | None, bool | None]:
    listing = _git("ls-files", "--error-unmatch", Path(__file__).name)
    commit = _git("rev-parse", "HEAD") if listing else None
    changes = _git("status", "--porcelain", ":/") if commit else None
    return commit, None if changes is None else not changes


def _git(*arguments: str) -> str | None:
    try:
        process = subprocess.run(  # noqa: S603  fixed words only
            ["git", *arguments],  # noqa: S607  git is wherever the user keeps it
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return process.stdout.strip() if process.returncode == 0 else None


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
