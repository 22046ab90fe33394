"""The engine for a browser against the compiled engine: the same runs, bit for bit."""

import json
import subprocess

from experiments.explorer.engine import MODULE


def test_runs_in_node_are_those_of_the_compiled_engine(asked, data, bundle, tmp_path):
    script, cases = bundle("tests/equal_in_node.ts", "equal_in_node.mjs"), tmp_path / "cases.json"
    cases.write_text(asked.as_json(), encoding="utf-8")
    found = subprocess.run(
        ["node", str(script), str(MODULE), str(data), str(cases)], check=True, capture_output=True, timeout=300
    )
    assert asked.runs > 200
    assert json.loads(found.stdout) == asked.expected
