"""The project's own files agree with each other, and hold nothing of the machine they were made on."""

import os
import re
import shutil
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}
TARGETS = [
    "setup",
    "compare",
    "test",
    "quick-test",
    "lint",
    "types",
    "check",
    "format",
    "lock",
    "matrix",
    "clean",
]

ADDRESS = re.compile(r"://|\bfile:|\s@\s|--(?:index-url|extra-index-url|find-links|trusted-host)|(?:^|\s)-[ief]\s")
MACHINE = re.compile(
    r"(?<![\w.~/-])/(?:root|work|home|Users|opt)/\w|\bpy(?:pi|thonhosted)\.(?:org|io|com)|\bdeb\.debian\.|\bnpmjs\."
)


@pytest.fixture(scope="module")
def project(root: Path) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def lock(root: Path) -> str:
    return (root / "requirements.lock").read_text(encoding="utf-8")


def pins(lock: str) -> list[Requirement]:
    """The lock's requirements, without their hashes."""
    lines = lock.replace("\\\n", " ").splitlines()
    return [Requirement(line.split("--hash")[0].strip()) for line in lines]


def applies(pin: Requirement, python: str, platform: str) -> bool:
    """Whether a pin is installed on a Python and a platform."""
    environment = {
        "python_version": python,
        "python_full_version": f"{python}.1",
        "sys_platform": platform,
        "platform_system": PLATFORMS[platform],
        "platform_python_implementation": "CPython",
    }
    return pin.marker is None or pin.marker.evaluate(environment)


def tracked_texts(root: Path) -> list[Path]:
    if not (root / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True)
    paths = [root / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()]


def test_the_lock_holds_no_address_and_no_path(lock):
    assert [line for line in lock.splitlines() if ADDRESS.search(line)] == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://packages.example/simple",
        "--find-links wheels",
        "-e .",
        "numpy @ file:///somewhere/numpy.whl",
        "numpy @ wheels/numpy.whl",
    ],
)
def test_an_address_in_a_lock_would_be_seen(line):
    assert ADDRESS.search(line)


def test_every_pin_of_the_lock_is_one_version_with_hashes(lock):
    for entry in lock.replace("\\\n", " ").splitlines():
        assert re.match(r"[a-z0-9.-]+==[\w.+!]+ ", entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_covers_every_dependency_and_tool(project, lock, python, platform):
    pinned = {pin.name: pin.specifier for pin in pins(lock) if applies(pin, python, platform)}
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    wanted += project["build-system"]["requires"]
    for requirement in map(Requirement, wanted):
        (pin,) = pinned[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(pin.version), f"{requirement} on Python {python}, {platform}: {pin}"


@pytest.mark.parametrize("package", ["numpy", "pandas", "pyarrow", "scipy"])
def test_numbers_are_made_by_one_version_on_every_python(lock, package):
    assert [str(pin.marker) for pin in pins(lock) if pin.name == package] == ["None"]


def test_tracked_files_name_no_machine_and_no_package_registry(root):
    found = []
    for path in tracked_texts(root):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if MACHINE.search(line):
                found.append(f"{path.relative_to(root)}:{number}: {line.strip()[:120]}")
    assert found == []


def test_one_version_everywhere(root, project):
    version = project["project"]["version"]
    citation = (root / "CITATION.cff").read_text(encoding="utf-8")
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r'^version: "?([^"\n]+)"?$', citation, re.MULTILINE)[1] == version
    assert re.search(r"^## (\S+)", changelog, re.MULTILINE)[1] == version
    assert metadata.version("sector-led-improvement") == version


def test_the_supported_pythons_are_the_ones_checked(project):
    classifiers = project["project"]["classifiers"]
    named = [name.rsplit(" ", 1)[1] for name in classifiers if name.startswith("Programming Language :: Python :: 3.")]
    assert tuple(named) == PYTHONS
    assert project["project"]["requires-python"] == f">={PYTHONS[0]}"


def test_the_licences_are_in_the_tree(root, project):
    for name in project["project"]["license-files"]:
        assert (root / name).is_file()


@pytest.mark.parametrize("target", TARGETS)
def test_make_knows_each_command(root, target):
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    assert target in re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")
def test_make_compare_passes_its_options_on(root):
    command = ["make", "--dry-run", "--no-print-directory", "compare", "ARGS=--quick --out mine"]
    # The tests may themselves be run by make, whose settings are not meant for this one.
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    shown = subprocess.run(command, cwd=root, env=outside, capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[-1] == ".venv/bin/sli compare --quick --out mine"
