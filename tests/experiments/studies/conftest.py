"""What tests of studies share: the files of a folder, and what is in them but for how they were made."""

import json

import pytest


@pytest.fixture(scope="session")
def files():
    """Every file of a folder by its name in it."""
    return lambda folder: {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def content(files):
    """Every file of a folder; of its manifest, all but who made it, how long it took and with how many workers."""

    def read(folder):
        left_out = {".lock", "manifest.json"}
        found = {name: path.read_bytes() for name, path in files(folder).items() if name not in left_out}
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        for name in ("elapsed_seconds", "options"):
            manifest.pop(name)
        return found | {"manifest.json": json.dumps(manifest)}

    return read
