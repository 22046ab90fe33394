"""The short guides can be followed: their commands and their Python run as they stand, in order, in one folder.

What a reader would wait for is made small here: a comparison without `--quick` is run with it. The explorer is written
and not opened; that it can be served is tested with its command.
"""

import json
import shlex
import shutil
import sys
from contextlib import chdir
from pathlib import Path

import pytest

from tests.pages import GUIDES, blocks, commands_to_run, follow, run, saved_files

HELD_UP = ("sli explore --serve",)


def as_run(command: str) -> str:
    """A line of a guide as it is run here."""
    if command.startswith("sli compare") and not {"--quick", "--dry-run"} & set(shlex.split(command)):
        return f"{command} --quick"
    return f"{command} --no-browser" if command.startswith("sli explore") else command


def followed_commands(page: str) -> list[str]:
    return [as_run(command) for command in commands_to_run(page) if not command.startswith(HELD_UP)]


@pytest.fixture(scope="module")
def guides(root: Path) -> dict[str, str]:
    return {name: (root / f"docs/do/{name}.md").read_text(encoding="utf-8") for name in GUIDES}


@pytest.fixture(scope="module")
def followed(root, guides, once) -> tuple[Path, dict[str, str]]:
    """Where the guides were followed to the letter, and what each command printed."""

    def make(place: Path) -> None:
        shutil.copytree(root / "simulation" / "regimes", place / "simulation" / "regimes")
        printed = {}
        with chdir(place):
            for page in guides.values():
                for name, content in saved_files(page).items():
                    Path(name).write_text(content, encoding="utf-8")
                printed |= {command: follow(command) for command in followed_commands(page)}
        (place / "printed.json").write_text(json.dumps(printed), encoding="utf-8")

    place = once("guides", make)
    return place, json.loads((place / "printed.json").read_text(encoding="utf-8"))


def test_a_long_comparison_is_run_small():
    page = (
        "```sh\nsli compare\nsli compare --dry-run --sets all\nsli explore\nsli explore --serve 8000\nmake setup\n```\n"
    )
    expected = ["sli compare --quick", "sli compare --dry-run --sets all", "sli explore --no-browser"]
    assert followed_commands(page) == expected


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_begins_with_its_task_and_ends_with_more_to_read(guides, name):
    title, blank, task = guides[name].split("\n", 3)[:3]
    assert title.startswith("# ")
    assert blank == ""
    assert task.startswith("**The task:** ")
    assert "\n## More\n" in guides[name] or "\n## Next\n" in guides[name]


@pytest.mark.slow
def test_the_guides_can_be_followed_in_order(guides, followed):
    place, printed = followed
    assert [*printed] == list(dict.fromkeys(command for page in guides.values() for command in followed_commands(page)))
    for left in (
        "results/compare/brief.html",
        "results/compare/parts/north-west/report.html",
        "results/councils/parts",
        "results/explorer.html",
        "results/quick.html",
    ):
        assert (place / left).exists(), left
    assert printed["sli verify --machine"].startswith("yes")


@pytest.mark.slow
def test_what_a_guide_changes_changes_the_answer(followed):
    _, printed = followed
    common = "sli compare --quick --regimes peer_support"
    usual = printed[f"{common} --regime mine.toml --out results/mine"]
    changed = {
        "--parameters doubtful.toml --out results/doubtful",
        "--switch labels=off --out results/no-labels",
        "--funding projected --out results/projected",
    }
    lines = {text: _differences(printed[f"{common} {text}"]) for text in changed}
    for text, found in lines.items():
        assert found["none"] != _differences(usual)["none"], text


def _differences(text: str) -> dict[str, str]:
    """The difference that is printed of each regime."""
    rows = (line.split() for line in text.splitlines() if line.startswith("  "))
    return {words[0]: words[1] for words in rows if len(words) > 1}


@pytest.mark.slow
def test_the_python_of_the_guides_works(guides, followed):
    place, _ = followed
    script = place / "guide.py"
    script.write_text("\n".join(blocks(guides["read_in_python"], "python")), encoding="utf-8")
    run([sys.executable, "-W", "error", script.name], place)
    assert (place / "differences.png").is_file()


def test_every_guide_begins_with_its_task(root):
    guides = [path for path in sorted((root / "docs" / "do").glob("*.md")) if path.name != "index.md"]
    assert guides
    late = [path.name for path in guides if "**The task:**" not in path.read_text(encoding="utf-8").split("\n## ")[0]]
    assert late == []
