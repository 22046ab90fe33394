"""Kills a process that works in a results folder before every step it takes on the disk, one after the other.

Run as a script by `test_folder.py`, for it forks: each step is the last of a child. It prints a line a fault, and last
how many steps there were in each of the stories.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from experiments.design.world import Piece
from experiments.files.digests import digest, digest_of
from experiments.files.whole import write_text
from experiments.results import folder as folders
from experiments.results.blocks import Block
from experiments.results.folder import ResultsFolder
from experiments.results.manifest import read_manifest
from experiments.results.workplace import UNFINISHED
from simulation.errors import InputError

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_STEPS = ("os.rename", "os.remove", "os.rmdir", "os.mkdir")
_OWN = (".lock", ".owner")


def say(line: str) -> None:
    """Print a line at once: children that are forked later must not print it again."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def study(path: Path, seed: int) -> ResultsFolder:
    """A study of two blocks, whose second seed writes a table more."""
    names = ("table.csv", "more.csv", "figures", "page.html")
    return ResultsFolder(path, "toy", {"seed": seed}, names, views=("figures", "page.html"), raw=("months",))


def fill(path: Path, seed: int, *, failed: bool = False, **more: bool) -> None:
    """Fill the folder: blocks are made or read, and tables written of them."""

    def make(place):
        total = 0.0
        for number in range(2):
            piece = Piece(f"block-{number}", digest_of([seed, number]), ())
            block = place.blocks.read(piece)
            if block is None or block.failed:
                errors = np.array(["ValueError: no" if failed and number else ""])
                block = Block({"values": np.array([seed + number]), "months": np.zeros(3)}, errors)
                place.blocks.write(piece, block)
            total += block.arrays["values"].sum()
        write_text(place.path / "table.csv", f"total\n{total}\n")
        if seed == 2:
            write_text(place.path / "more.csv", f"twice\n{2 * total}\n")
        (place.path / "figures").mkdir(exist_ok=True)
        write_text(place.path / "figures" / "a.png", f"picture of {seed}")
        return {"failed": int(failed)}

    study(path, seed).fill(make, **more)


def add(path: Path, seed: int, names: tuple[str, ...]) -> None:
    """Add a page and pictures to finished results, in place of those that are there."""

    def make(place):
        (place.path / "figures").mkdir()
        for name in names:
            write_text(place.path / name, f"{name} of {len(names)}")
        return {"reported": list(names)}

    study(path, seed).add(make, instead_of=("figures",))


def theirs(path: Path) -> None:
    """A picture of the user's own among the others, and notes."""
    (path / "figures").mkdir(exist_ok=True)
    write_text(path / "figures" / "theirs.png", "my cat")
    write_text(path / "notes.txt", "mine")


def prepared(path: Path, *, seed: int, failed: bool = False) -> None:
    """Finished results beside files of the user's."""
    fill(path, seed, failed=failed)
    theirs(path)


def changed(path: Path) -> None:
    """Finished results of which a table was changed by hand."""
    prepared(path, seed=1)
    write_text(path / "table.csv", "better\n")


def with_page(path: Path) -> None:
    """Finished results with a page and three pictures."""
    prepared(path, seed=1)
    add(path, 1, ("page.html", "figures/a.png", "figures/b.png", "figures/c.png"))


STORIES: dict[str, tuple[Callable[[Path], None], Callable[[Path], None]]] = {
    "into an empty folder": (lambda path: path.mkdir(), lambda path: fill(path, 1)),
    "by force over another design": (lambda path: prepared(path, seed=2), lambda path: fill(path, 1, force=True)),
    "by force over the same": (lambda path: prepared(path, seed=1), lambda path: fill(path, 1, force=True)),
    "over a changed table": (changed, lambda path: fill(path, 1)),
    "after a failed run": (lambda path: prepared(path, seed=1, failed=True), lambda path: fill(path, 1)),
    "adding another page": (with_page, lambda path: add(path, 1, ("page.html", "figures/b.png", "figures/d.png"))),
    "adding a table": (with_page, lambda path: add(path, 1, ("more.csv", "page.html", "figures/b.png"))),
}


def content(path: Path) -> dict[str, bytes]:
    """Every file of a folder but the lock."""
    files = {one.relative_to(path).as_posix(): one for one in path.rglob("*") if one.is_file()}
    return {name: one.read_bytes() for name, one in files.items() if name not in _OWN}


def in_child(act: Callable[[Path], None], path: Path, last: int | None = None) -> int:
    """Act in a child, killed before its step ``last``; return how many steps it took, -1 if it did not end."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        steps = [0]

        def watch(event, arguments):
            writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES
            if (writes or event in _STEPS) and str(arguments[0]).startswith(str(path)):
                steps[0] += 1
                if steps[0] == last:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        try:
            act(path)
            os.write(writer, str(steps[0]).encode())
        finally:
            os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader) as said:
        return int(said.read() or -1)


def faults(path: Path, before: dict[str, bytes], *, adding: bool) -> list[str]:
    """What does not hold of a folder in which a process was killed."""
    found = [f"{name} of the user's" for name in ("notes.txt", "figures/theirs.png") if name in before
             if not (path / name).exists()]  # fmt: skip
    manifest = finished(path)
    if manifest is not None:
        files = {name: (path / name).read_bytes() for name in manifest.digests}
        sealed = manifest.digests.items()
        broken = [name for name, seal in sealed if digest(path / name) != seal and files[name] != before.get(name)]
        found += [f"{name} of finished results" for name in broken]
    elif adding:
        found.append("finished results are not finished any more")
    sealed = finished(path / UNFINISHED)
    moving = not (path / "manifest.json").exists()
    if "manifest.json" in before and sealed is None and moving:
        found.append("results are gone before new ones are whole")
    return found


def finished(path: Path):
    """The manifest of a folder that says that it is finished."""
    try:
        manifest = read_manifest(path)
    except InputError:
        return None
    return manifest if manifest.finished else None


def other(path: Path) -> None:
    """Give up what was begun: another design by force."""
    fill(path, 3, force=True)


def compare(path: Path, expected: dict[str, bytes], act: Callable[[Path], None], where: str) -> None:
    """Act in a folder in which a process was killed, and print what is not as in one go."""
    if in_child(act, path) < 0:
        say(f"{where}: the next command fails")
    after = content(path)
    for file in sorted(expected.keys() | after.keys()):
        if expected.get(file) != after.get(file):
            say(f"{where}: {file} is not as in one go")


def tell(home: Path, name: str, prepare: Callable[[Path], None], act: Callable[[Path], None]) -> int:
    """Tell one story once to its end, and then broken off at each of its steps."""
    start, whole, instead = home / "start", home / "whole", home / "instead"
    prepare(start)
    before = content(start)
    for path in (whole, instead):
        shutil.copytree(start, path)
    steps = in_child(act, whole)
    assert steps > 10, name
    assert in_child(other, instead) > 10
    for last in range(1, steps + 1):
        path, where = home / f"killed-{last}", f"{name}, killed at {last}"
        shutil.copytree(start, path)
        assert in_child(act, path, last) == -1
        for fault in faults(path, before, adding=name.startswith("adding")):
            say(f"{where}: {fault}")
        shutil.copytree(path, home / f"other-{last}")
        compare(path, content(whole), act, where)
        compare(home / f"other-{last}", content(instead), other, f"{where}, and another design by force")
    return steps


def main(home: Path) -> None:
    """Tell every story."""
    # What takes longer than all else: asking git, and waiting for the disk.
    folders.provenance = dict
    os.fsync = lambda _: None
    counts = {}
    for number, (name, (prepare, act)) in enumerate(STORIES.items()):
        place = home / str(number)
        place.mkdir()
        counts[name] = tell(place, name, prepare, act)
    say(json.dumps(counts))


main(Path(sys.argv[1]))
