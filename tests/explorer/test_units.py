"""Unit tests of the page's own logic, run by Node's test runner."""

import subprocess

import pytest


@pytest.mark.parametrize("name", ["england"])
def test_units(bundle, name):
    script = bundle(f"tests/{name}.test.ts", f"{name}.test.mjs")
    ran = subprocess.run(["node", "--test", str(script)], capture_output=True, text=True, check=False)  # noqa: S607
    assert ran.returncode == 0, ran.stdout
