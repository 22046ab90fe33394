"""The explorer's own unit tests, by Node's runner."""

import os
import subprocess

import pytest

UNITS = ("address", "england", "normal", "numbers")


def test_every_unit_test_is_run(root):
    there = {path.name.removesuffix(".test.ts") for path in (root / "explorer" / "tests" / "unit").glob("*.test.ts")}
    assert there == set(UNITS)


@pytest.mark.parametrize("name", UNITS)
def test_unit(name, bundle, data):
    script = bundle(f"tests/unit/{name}.test.ts", f"{name}.test.mjs")
    ran = subprocess.run(
        ["node", "--test", str(script)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "EXPLORER_DATA": str(data)},
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
    assert "fail 0" in ran.stdout
