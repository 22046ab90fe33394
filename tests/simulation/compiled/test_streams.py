"""Luck in whole numbers beside NumPy's, which is what every draw should be."""

import math
import os
import random
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numba import njit

from simulation.chance import MONTHLY, NORMAL, REGION_STREAM, START
from simulation.compiled import ziggurat
from simulation.compiled.streams import (
    FACTOR_HIGH,
    FACTOR_LOW,
    ROOM,
    draw_tables,
    next_normal,
    next_uniform,
    next_word,
    seeded_stream,
)
from simulation.rules.maths import log

WORD, STATE = 2**64, 2**128
FACTOR = int(FACTOR_HIGH) << 64 | int(FACTOR_LOW)
KEYS = [(2018, 0), (2018, 1), (2018, 31), (0, 0), (1, 7), (2**32 - 1, 1), (2**32, 1), (2**63 - 1, 2**31 - 1)]
DECISIONS = {**MONTHLY, **START, "regions": (REGION_STREAM, NORMAL)}
SHAPE = (120, 152)

drawn = njit(draw_tables)
following = {function: njit(function) for function in (next_word, next_uniform, next_normal)}
seeded = njit(lambda seed, replicate, decision: seeded_stream(seed, replicate, decision, np.empty(ROOM, np.uint64)))


def numpy_stream(seed, replicate, decision):
    return np.random.PCG64(np.random.SeedSequence(entropy=seed, spawn_key=(replicate, decision)))


@cache
def both(seed, replicate):
    """Every decision's draws by the project and by NumPy, each of shape (months, decisions, councils)."""
    ours, numpys = np.empty((SHAPE[0], len(DECISIONS), SHAPE[1])), np.empty((SHAPE[0], len(DECISIONS), SHAPE[1]))
    numbers, kinds = zip(*DECISIONS.values(), strict=True)
    drawn(seed, replicate, np.array(numbers), np.array(kinds) == NORMAL, ours)
    for place, (number, kind) in enumerate(DECISIONS.values()):
        generator = np.random.Generator(numpy_stream(seed, replicate, number))
        numpys[:, place] = generator.standard_normal(SHAPE) if kind == NORMAL else generator.random(SHAPE)
    return ours, numpys


def generator_before(word, rng):
    """A PCG64 whose next word is this one, and the stream that it stands for."""
    high, increment = rng.getrandbits(64), rng.getrandbits(127) << 1 | 1
    turn = high >> 58
    low = high ^ ((word << turn | word >> (64 - turn)) % WORD)
    state = ((high << 64 | low) - increment) * pow(FACTOR, -1, STATE) % STATE
    bits = np.random.PCG64(0)
    bits.state = {**bits.state, "state": {"state": state, "inc": increment}}
    halves = (state >> 64, state % WORD, increment >> 64, increment % WORD)
    return np.random.Generator(bits), words(halves)


def words(numbers):
    """A stream that compiled code can go on with."""
    return tuple(map(np.uint64, numbers))


def word_of(layer, sign, size):
    return size << 9 | sign << 8 | layer


@pytest.mark.parametrize("key", KEYS)
def test_every_decision_draws_what_numpy_draws(key):
    ours, numpys = both(*key)
    near = np.abs(numpys) <= ziggurat.TAIL_START
    assert np.array_equal(ours[near], numpys[near])
    assert np.abs(ours - numpys)[~near].max() <= np.spacing(8.0)


def test_millions_of_draws_were_compared_and_all_layers_and_ways_out_were_among_them():
    sizes = np.concatenate([both(*key)[0].ravel() for key in KEYS])
    assert sizes.size > 5_000_000
    assert (np.abs(sizes) > ziggurat.TAIL_START).sum() > 500
    assert np.histogram(np.abs(sizes), [0.0, *ziggurat.WIDTHS[1:] * 2.0**52])[0].min() > 500


@pytest.mark.parametrize("key", KEYS)
def test_a_stream_is_seeded_as_numpy_seeds_it(key):
    for number in (*range(21), 100, 118, 2**31):
        state = numpy_stream(*key, number).state["state"]
        halves = [state["state"] >> 64, state["state"] % WORD, state["inc"] >> 64, state["inc"] % WORD]
        assert [int(half) for half in seeded(*key, number)] == halves


def test_a_word_at_each_edge_of_each_layer_is_decided_as_numpy_decides_it():
    rng = random.Random(2018)  # noqa: S311  a test's own luck
    for layer, limit in enumerate(ziggurat.LIMITS.tolist()):
        for size in {0, max(0, limit - 1), limit, limit + 1, 2**52 - 1}:
            for sign in (0, 1):
                generator, stream = generator_before(word_of(layer, sign, size), rng)
                value, after = following[next_normal](stream)
                assert value == pytest.approx(generator.standard_normal(), rel=1e-15, abs=0.0)
                assert following[next_word](words(after))[0] == generator.bit_generator.random_raw()


@pytest.mark.parametrize("word", [0, 1, 2**11 - 1, 2**11, 2**63, 2**64 - 1])
def test_the_least_and_the_greatest_uniform_draws_are_numpys(word):
    generator, stream = generator_before(word, random.Random(1))  # noqa: S311
    value, _ = following[next_uniform](stream)
    assert value == generator.random()
    assert 0.0 <= value < 1.0


def forced_tails(count):
    """Draws that begin in the tail, by the project and by NumPy."""
    rng = random.Random(7)  # noqa: S311
    limit = int(ziggurat.LIMITS[0])
    pairs = []
    for _ in range(count):
        generator, stream = generator_before(word_of(0, rng.getrandbits(1), rng.randrange(limit, 2**52)), rng)
        pairs.append((following[next_normal](stream)[0], generator.standard_normal()))
    return np.array(pairs).T


def test_the_longest_draws_are_numpys_but_for_a_last_bit():
    ours, numpys = forced_tails(5_000)
    assert np.abs(numpys).min() > ziggurat.TAIL_START
    assert (numpys < 0.0).any()
    assert (numpys > 0.0).any()
    assert np.abs(numpys).max() > 5.0
    assert (np.abs(ours - numpys) <= np.spacing(np.abs(numpys))).all()


def test_the_longest_draws_are_numpys_in_every_bit_where_the_library_of_c_rounds_each_step():
    """Libraries of C fuse a multiplication with an addition where the processor can: its draws are another's then.

    Told not to, glibc takes the logarithm as `simulation.rules.maths` does, bit for bit, and so must NumPy.
    """
    environment = os.environ | {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-AVX2_Usable"}
    command = [sys.executable, "-c", f"import runpy; runpy.run_path({str(Path(__file__))!r})['compare']()"]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.split()
    logarithms, draws = map(int, said)
    assert draws == 0 or logarithms > 0


def compare():
    """Print how many of the machine's logarithms differ from the project's, and how many draws from NumPy's."""
    shares = np.random.default_rng(1).random(100_000).tolist()
    logarithms = sum(math.log1p(-share) != log(1.0 - share) for share in shares)
    tails = forced_tails(30_000)
    draws = sum(int((ours != numpys).sum()) for ours, numpys in (tails, *(both(*key) for key in KEYS)))
    print(logarithms, draws)  # noqa: T201  read by the test above


def test_the_tables_of_the_ziggurat_are_those_of_the_installed_numpy():
    modules = (Path(np.__file__).parent / "random").glob("_generator*")
    content = b"".join(path.read_bytes() for path in modules if path.suffix in {".so", ".pyd"})
    for table in (ziggurat.LIMITS, ziggurat.WIDTHS, ziggurat.HEIGHTS):
        assert table.shape == (256,)
        assert table.tobytes() in content
