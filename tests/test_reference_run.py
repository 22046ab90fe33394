"""The reference run by which Pythons are compared is the same in any process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def printed(root: Path, hash_seed: str) -> str:
    command = [sys.executable, str(root / "tests" / "reference_run.py")]
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.slow
def test_it_is_one_digest_whatever_order_python_gives_its_sets(root):
    first = printed(root, "1")
    assert len(first.strip()) == 64
    assert first == printed(root, "2")
