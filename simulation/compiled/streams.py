"""The luck of a replicate in whole numbers: NumPy's SeedSequence, PCG64, uniform and normal draws, compiled.

NumPy says what its streams are, but asks the machine's library of C for the last bits of its longest draws. Here every
machine draws the same.

A *stream* is four words of 64 bits: the upper and lower half of PCG64's state, and of its increment. Whatever draws
returns what it drew, and the stream as it stands then.

Sources: M. E. O'Neill, PCG, Harvey Mudd College HMC-CS-2014-0905 (XSL RR 128/64), and her `seed_seq_fe` of 2015.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.compiled.ziggurat import HEIGHTS, LIMITS, PER_TAIL_START, TAIL_START, WIDTHS
from simulation.rules.marker import uncounted
from simulation.rules.maths import exp, log

Word = np.uint64

ZERO, ONE = Word(0), Word(1)
LOWER_HALF, HALF_BITS = Word(0xFFFFFFFF), Word(32)
"""Seeds are mixed in words of 32 bits, and a product of 128 bits is made of those of halves."""

SEED_POOL, KEY_END, SEED_WORDS = 4, 6, 8
"""Words of the pool that a seed is mixed in, of a seed with its key, and of what is made of the pool."""
REPLICATE_PLACE, DECISION_PLACE = 4, 5
"""Where the two stand in a seed with its key."""
ROOM = KEY_END + SEED_POOL
"""Words that are worked on while a stream is seeded."""
HASH_START, HASH_FACTOR = Word(0x43B0D7E5), Word(0x931E8875)
YIELD_START, YIELD_FACTOR = Word(0x8B51F9DD), Word(0x58F38DED)
MIX_LEFT, MIX_RIGHT, MIX_SHIFT = Word(0xCA01F9DD), Word(0x4973F715), Word(16)

FACTOR_HIGH, FACTOR_LOW = Word(0x2360ED051FC65DA4), Word(0x4385DF649FCCF645)
TURN_SHIFT, WORD_BITS, TURN_MASK = Word(58), Word(64), Word(63)
"""PCG64 multiplies its state by a factor, and gives it out folded and turned by its upper six bits."""

SHARE_SHIFT, SHARE_UNIT = Word(11), 1.1102230246251565e-16
"""A uniform draw is the upper 53 bits of a word, over 2^53."""
LAYER_MASK, SIGN_SHIFT, SIZE_SHIFT, SIZE_MASK = Word(0xFF), Word(8), Word(9), Word(0x000FFFFFFFFFFFFF)
"""Of the word of a normal draw: its layer, its sign and, in 52 bits, how far out in the layer it lies."""


@uncounted
def hashed(value: Any, constant: Any, factor: Any) -> Any:
    """Return a word of 32 bits mixed with a ``constant``, and the constant that comes next."""
    value = (value ^ constant) & LOWER_HALF
    constant = (constant * factor) & LOWER_HALF
    value = (value * constant) & LOWER_HALF
    return value ^ (value >> MIX_SHIFT), constant


@uncounted
def mixed(x: Any, y: Any) -> Any:
    """Return one word of 32 bits made of two."""
    value = (MIX_LEFT * x - MIX_RIGHT * y) & LOWER_HALF
    return value ^ (value >> MIX_SHIFT)


@uncounted
def fill_pool(pool: Any, words: Any) -> None:
    """Mix a seed with its key, in ``words`` of 32 bits, into the ``pool``."""
    constant = HASH_START
    for place in range(SEED_POOL):
        pool[place], constant = hashed(words[place], constant, HASH_FACTOR)
    for source in range(len(words)):
        for place in range(SEED_POOL):
            if source != place:
                word = pool[source] if source < SEED_POOL else words[source]
                word, constant = hashed(word, constant, HASH_FACTOR)
                pool[place] = mixed(pool[place], word)


@uncounted
def seeded_stream(seed: Any, replicate: Any, decision: Any, room: Any) -> Any:
    """Return the stream of PCG64(SeedSequence(seed, spawn_key=(replicate, decision))); ``room`` has `ROOM` words."""
    words, pool = room[:KEY_END], room[KEY_END:]
    words[:] = ZERO
    words[0], words[1] = Word(seed) & LOWER_HALF, Word(seed) >> HALF_BITS
    words[REPLICATE_PLACE], words[DECISION_PLACE] = Word(replicate), Word(decision)
    fill_pool(pool, words)
    constant = YIELD_START
    for place in range(SEED_WORDS):
        word, constant = hashed(pool[place % SEED_POOL], constant, YIELD_FACTOR)
        if place % 2 == 0:
            words[place // 2] = word
        else:
            words[place // 2] |= word << HALF_BITS
    up, down = (words[2] << ONE) | (words[3] >> TURN_MASK), (words[3] << ONE) | ONE
    high, low = sum_of(up, down, words[0], words[1])
    return next_state((high, low, up, down))


@uncounted
def sum_of(high: Any, low: Any, other_high: Any, other_low: Any) -> Any:
    """Return the sum of two numbers of 128 bits, in halves."""
    total = low + other_low
    return high + other_high + (ONE if total < low else ZERO), total


@uncounted
def upper_product(a: Any, b: Any) -> Any:
    """Return the upper half of the product of two words."""
    a_low, a_high, b_low, b_high = a & LOWER_HALF, a >> HALF_BITS, b & LOWER_HALF, b >> HALF_BITS
    middle = a_high * b_low + ((a_low * b_low) >> HALF_BITS)
    other = a_low * b_high + (middle & LOWER_HALF)
    return a_high * b_high + (middle >> HALF_BITS) + (other >> HALF_BITS)


@uncounted
def next_state(stream: Any) -> Any:
    """Return the stream a step on."""
    high, low, up, down = stream
    high = upper_product(low, FACTOR_LOW) + high * FACTOR_LOW + low * FACTOR_HIGH
    high, low = sum_of(high, low * FACTOR_LOW, up, down)
    return high, low, up, down


@uncounted
def next_word(stream: Any) -> Any:
    """Return 64 bits."""
    stream = next_state(stream)
    turn, word = stream[0] >> TURN_SHIFT, stream[0] ^ stream[1]
    return (word >> turn) | (word << ((WORD_BITS - turn) & TURN_MASK)), stream


@uncounted
def next_uniform(stream: Any) -> Any:
    """Return a number from 0 to just below 1."""
    word, stream = next_word(stream)
    return np.int64(word >> SHARE_SHIFT) * SHARE_UNIT, stream


@uncounted
def next_normal(stream: Any) -> Any:
    """Return a standard normal number."""
    while True:
        word, stream = next_word(stream)
        layer, size = np.int64(word & LAYER_MASK), (word >> SIZE_SHIFT) & SIZE_MASK
        x = np.int64(size) * WIDTHS[layer]
        if (word >> SIGN_SHIFT) & ONE:
            x = -x
        if size < LIMITS[layer]:
            return x, stream
        if layer == 0:
            beyond, stream = next_beyond(stream)
            return -beyond if (size >> SIGN_SHIFT) & ONE else beyond, stream
        luck, stream = next_uniform(stream)
        if (HEIGHTS[layer - 1] - HEIGHTS[layer]) * luck + HEIGHTS[layer] < exp(-0.5 * x * x):
            return x, stream


@uncounted
def next_beyond(stream: Any) -> Any:
    """Return a normal number of the tail, which begins at 3.65."""
    while True:
        luck, stream = next_uniform(stream)
        far = -PER_TAIL_START * log(1.0 - luck)
        luck, stream = next_uniform(stream)
        height = -log(1.0 - luck)
        if height + height > far * far:
            return TAIL_START + far, stream


def draw_tables(seed: Any, replicate: Any, decisions: Any, normal: Any, tables: Any) -> None:
    """Draw what the decisions of a replicate need.

    Args:
        seed: entropy of every stream.
        replicate: which replicate.
        decisions: the number of each decision's stream.
        normal: whether each decision's draws are normal, else uniform.
        tables: draws to be written, shape (months, decisions, councils); those of a decision follow each other by
            months and in a month by councils.
    """
    room = np.empty(ROOM, np.uint64)
    for place in range(len(decisions)):
        stream = seeded_stream(seed, replicate, decisions[place], room)
        for month in range(len(tables)):
            for i in range(tables.shape[2]):
                if normal[place]:
                    tables[month, place, i], stream = next_normal(stream)
                else:
                    tables[month, place, i], stream = next_uniform(stream)
