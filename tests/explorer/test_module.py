"""The module that is built from compiled entries: fresh, small, alone, and equal to them call by call."""

import json
import subprocess
import sys
from importlib.util import find_spec
from unittest.mock import patch

import numpy as np
import pytest
import wasmtime

from experiments.explorer.engine import MODULE, load_description
from experiments.files.digests import digest
from explorer.engine import sources
from explorer.engine.calls import describe_argument, example_calls
from explorer.engine.description import describe_calls
from explorer.engine.embedded import EmbeddedEngine
from explorer.engine.sources import sources_digest
from simulation.compiled.cache import Entry
from simulation.compiled.ensemble import Ensemble
from simulation.compiled.records import ARM_LEVERS, as_records
from simulation.councils import load_councils
from simulation.outcomes.pairs import paired_outcomes
from simulation.parameters import Parameters
from simulation.regimes import REGIMES, draw_levers, load_regime
from simulation.regimes.parity import arm_levers
from simulation.rules import quantity

STALE = "the built engine is stale: `make explorer` builds it anew"


@pytest.fixture(scope="module")
def embedded():
    """The module under wasmtime."""
    return EmbeddedEngine(MODULE)


def arrays_in(arguments):
    for argument in arguments:
        if isinstance(argument, tuple):
            yield from arrays_in(argument)
        elif isinstance(argument, np.ndarray):
            yield argument


def copied(arguments):
    return tuple(
        copied(argument)
        if isinstance(argument, tuple)
        else argument.copy()
        if isinstance(argument, np.ndarray)
        else argument
        for argument in arguments
    )


def numbers_of(array):
    """The bytes of every number, without those between the numbers of a record."""
    if array.dtype.names is None:
        return array.tobytes()
    return b"".join(numbers_of(array[name]) for name in array.dtype.names)


def test_it_is_built_from_the_sources_as_they_are():
    described = load_description()
    assert described.pop("made_of") == sources_digest(), STALE
    assert described.pop("module") == digest(MODULE), STALE
    assert set(described.pop("made_with")) == {"numba", "llvmlite", "ziglang"}
    assert described == json.loads(json.dumps(describe_calls())), STALE


def test_the_digest_of_sources_knows_constants_and_code_but_not_what_is_said_of_them(monkeypatch):
    before = sources_digest()
    monkeypatch.setattr(quantity, "REFERENCE_DAYS", 337.0)
    assert sources_digest() != before
    said = 'def f(x):\n    """Return more."""\n    # Why.\n\n    return x + 1  # how\n'
    assert sources._code(said) == "def f(x):\n    return x + 1  # how"
    assert sources._code(said) != sources._code(said.replace("+ 1", "+ 2"))


def test_it_is_small_and_needs_nothing_around_it():
    module = wasmtime.Module.from_file(wasmtime.Engine(), str(MODULE))
    assert MODULE.stat().st_size < 150_000
    assert [kind.name for kind in module.imports] == []
    assert {kind.name for kind in module.exports} == {*example_calls(), "memory", "reserve", "release"}


def test_each_call_of_a_run_leaves_the_same_bits_as_the_compiled_engine(embedded):
    native, wrong, calls = Entry.__call__, [], []

    def both(entry, *arguments):
        others = copied(arguments)
        native(entry, *arguments)
        embedded.call(entry.function.__name__, *others)
        calls.append(entry.function.__name__)
        pairs = zip(arrays_in(arguments), arrays_in(others), strict=True)
        if any(numbers_of(one) != numbers_of(other) for one, other in pairs):
            wrong.append((entry.function.__name__, len(calls)))

    with patch.object(Entry, "__call__", both):
        ensemble = Ensemble(30, councils=load_councils(start="2026-04"))
        opening = ensemble.open(Parameters(transfer_rate=0.7), ensemble.draw(2**62, 5))
        none = ensemble.run("none", opening)
        for regime in REGIMES:
            paired_outcomes(ensemble.run(regime, opening, "days", panel=regime == "hybrid"), none)
    assert wrong == []
    assert set(calls) == set(example_calls()) - {"sweep_levers", "score_shares"}


def test_levers_are_swept_as_parameter_sets_sweep_them(embedded):
    for name in REGIMES[1:]:
        regime = load_regime(name)
        levers = as_arms(regime)
        ranges = np.array(
            [
                [
                    *(arm.days_per_receiver_range or (np.nan, np.nan)),
                    *(arm.days_per_giver_range or (np.nan, np.nan)),
                    arm.givers_follow,
                ]
                for arm in regime.arms
            ]
        )
        for quantiles in ((0.0, 0.31), (0.5, 1.0), (0.123, 0.77)):
            swept = levers.copy()
            embedded.call("sweep_levers", swept, ranges, np.array(quantiles))
            assert numbers_of(swept) == numbers_of(as_arms(draw_levers(regime, *quantiles)))


def as_arms(regime):
    return as_records(arm_levers(regime), ARM_LEVERS)


def test_deprivation_is_scored_as_in_a_table_of_councils(embedded):
    table = load_councils()
    by_score = np.argsort(table.deprivation_score, kind="stable")
    shares, scores = np.empty(table.n), np.empty(table.n)
    for score in set(table.deprivation_score):
        same = [place for place, i in enumerate(by_score) if table.deprivation_score[i] == score]
        for place in same:
            shares[by_score[place]] = (np.mean(same) + 0.5) / table.n
    embedded.call("score_shares", shares, scores)
    assert scores.tolist() == list(table.deprivation)


def test_an_entry_that_would_raise_an_error_says_so(embedded):
    arguments = example_calls()["open_run"].arguments | {"regional_luck": np.zeros(100)}
    with pytest.raises(RuntimeError, match="open_run: expected it to end well, but it stopped with status"):
        embedded.call("open_run", *arguments.values())


def test_an_argument_of_another_kind_is_refused():
    with pytest.raises(TypeError, match="expected arrays, whole numbers and tuples of them, got float"):
        describe_argument(0.5)
    assert describe_argument((1, True)) == {"parts": {"0": {"number": "whole"}, "1": {"number": "whole"}}}


@pytest.mark.slow
def test_it_is_built_again_to_the_same_bytes(tmp_path, root):
    if find_spec("ziglang") is None:
        pytest.skip("what builds the engine is not there: `make explorer` fetches it")
    subprocess.run([sys.executable, "-m", "explorer.engine", str(tmp_path)], cwd=root, check=True, capture_output=True)
    assert digest(tmp_path / MODULE.name) == digest(MODULE)
    assert (tmp_path / "engine.json").read_bytes() == MODULE.with_name("engine.json").read_bytes()


def test_the_module_names_no_file_of_the_machine_that_built_it():
    assert b".py" not in MODULE.read_bytes()
