"""The sentences for a minister: short, made from the numbers, and never against the verdict."""

import itertools
import math

import numpy as np
import pytest

from experiments.studies.claims.catalogue import claims
from experiments.studies.claims.judge import judge_effect
from experiments.studies.claims.sentences import because, say, size_words
from experiments.text.verdicts import BY_CONSTRUCTION, CANNOT_TELL, CLOSE, NOT_SUPPORTED, SUPPORTED

STREAM = np.random.default_rng(3)
LUCK = STREAM.normal(size=(1, 8))
WORDS = {
    SUPPORTED: "so the claim is supported.",
    NOT_SUPPORTED: "not supported.",
    CLOSE: "too close to call.",
    CANNOT_TELL: "cannot tell.",
}


def findings(claim, size, luck, split, replicates=8, sets=400):
    """Findings of all observables of a claim, each of ``size`` times what matters, part of the sets the other way."""
    signs = np.where(np.arange(sets) < sets * split, -1.0, 1.0)[:, None]
    return tuple(
        judge_effect(
            one.smallest() * size * (signs + luck * (LUCK - LUCK.mean())[:, :replicates]),
            one.claimed,
            one.smallest(),
            no_worse=one.no_worse,
            by_set=one.of.by_set,
        )
        for one in claim.observables
    )


@pytest.mark.parametrize("claim", claims(), ids=lambda claim: claim.short)
def test_every_sentence_ends_as_its_verdict_says_and_is_short(claim):
    seen = set()
    for size, luck, split in itertools.product((-3.0, -0.9, -0.2, 0.2, 0.9, 3.0), (0.01, 5.0), (0.0, 0.45)):
        found = findings(claim, size, luck, split)
        verdict, reason = claim.verdict(found)
        sentence = say(claim, found[0], reason)
        end = f"nearly by construction, for {claim.built_in}." if verdict == BY_CONSTRUCTION else WORDS[verdict]
        assert sentence.endswith(end), (sentence, verdict)
        assert all(other not in sentence for other in WORDS.values() if not end.endswith(other))
        assert len(sentence.split()) <= 45, sentence
        seen.add(verdict)
    assert seen >= {NOT_SUPPORTED, CANNOT_TELL}
    assert (BY_CONSTRUCTION if claim.built_in else SUPPORTED) in seen


@pytest.mark.parametrize("claim", claims(), ids=lambda claim: claim.short)
def test_few_runs_cannot_tell_in_words_either(claim):
    found = findings(claim, 3.0, 0.01, 0.0, replicates=4)
    verdict, reason = claim.verdict(found)
    assert verdict == CANNOT_TELL
    assert say(claim, found[0], reason).endswith("so few runs cannot tell.")


@pytest.mark.parametrize("claim", [claim for claim in claims() if claim.says[1]], ids=lambda claim: claim.short)
def test_the_words_follow_the_sign(claim):
    up, down = (say(claim, judge_effect(np.full((12, 8), value), "higher", 1.0), "small") for value in (7.0, -7.0))
    assert up.split(";")[0] != down.split(";")[0]
    assert "7" in up
    assert "-7" not in down


def test_what_could_not_be_compared_is_said():
    claim = claims()[6]
    matrix = claim.primary.smallest() * np.full((40, 8), -3.0)
    matrix[:16] = math.nan
    kept = claim.primary.find(matrix, claim.primary.smallest())
    assert (kept.verdict, kept.worlds, kept.worlds_run) == (SUPPORTED, 24, 40)
    assert say(claim, kept, kept.reason).startswith("In this model, in the 24 of 40 worlds that could be compared, ")
    matrix[16:21] = math.nan
    lost = claim.primary.find(matrix, claim.primary.smallest())
    assert (lost.verdict, because(claim.primary, lost.reason)) == (CANNOT_TELL, "parity not met")
    assert "in the 19 of 40 worlds" in say(claim, lost, lost.reason)
    assert say(claim, lost, lost.reason).endswith("under half of the worlds, which cannot tell.")


def test_a_claim_with_no_runs_says_so():
    nothing = judge_effect(np.full((12, 8), math.nan), "lower", 1.0)
    assert say(claims()[0], nothing, "few") == "In this model, no runs could be compared, which cannot tell."


@pytest.mark.parametrize(
    ("value", "unit", "wanted"),
    [
        (0.0123, "SD", "0.012 standard deviations"),
        (0.08, "share of sets", "8%"),
        (1_260.0, "GBP a day", "£1,260 a day"),
        (2_000_000.0, "GBP", "£2 million"),
        (89.3, "council-months", "89 council-months"),
    ],
)
def test_numbers_are_said_with_their_units(value, unit, wanted):
    assert size_words(value, unit) == wanted


def test_what_holds_nearly_by_construction_says_so_and_has_a_fair_test_beside_it():
    for claim in claims():
        fair = [one for one in claim.observables if one.contrast.startswith("a fair test: ")]
        assert bool(fair) == bool(claim.built_in)
        assert all(one.assumed == "no" for one in fair)
    assert [claim.number for claim in claims() if claim.built_in] == [3, 11]


def test_a_claim_of_several_effects_is_refuted_only_by_all_of_them():
    claim = next(claim for claim in claims() if claim.together > 1 and claim.primary.no_worse)
    good, bad = (findings(claim, size, 0.01, 0.0) for size in (-3.0, 3.0))
    assert claim.verdict(good)[0] == BY_CONSTRUCTION
    assert claim.verdict(bad)[0] == NOT_SUPPORTED
    mixed = (*bad[:1], *good[1:2], *bad[2:])
    assert claim.verdict(mixed) == (CLOSE, "trade")
    assert say(claim, mixed[0], "trade").endswith(WORDS[CLOSE])
