"""The page's statistics against those of the command line: the same words, and numbers to one part in a billion."""

import json
import subprocess

import numpy as np
import pytest

from experiments.design.design import Label, make_design
from experiments.explorer.data import explorer_data
from experiments.results.folder_runs import FolderRuns
from experiments.statistics.paired import set_means
from experiments.statistics.prices import Effect, break_even_price, cost_per_month_avoided, price_curve
from experiments.statistics.regret import regrets
from experiments.statistics.spreads import spreads
from experiments.statistics.turning import find_turns
from experiments.statistics.verdicts import paired_effect
from experiments.statistics.weights import mean
from experiments.statistics.worlds import measure_worlds
from experiments.studies.comparison.compare import compare_regimes
from tests.explorer.conftest import plain

SETS, REPLICATES = 48, 5
PRICE = 600.0
EFFECT = {
    "difference": "difference",
    "error": "difference_error",
    "low": "worlds_low",
    "high": "worlds_high",
    "gains": "gains",
    "losses": "losses",
    "matters": "matters",
    "worlds": "worlds",
    "leftOut": "left_out",
    "replicates": "replicates",
}
"""What the page calls a part of an effect -> what the command line calls it."""


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    """Differences of real runs, and random ones with what can go wrong: gaps, ties, worlds alike, sets left out."""
    return [*real_cases(tmp_path_factory.mktemp("runs")), *random_cases(np.random.default_rng(7))]


def real_cases(folder):
    design = make_design(
        regimes=["peer_support", "hybrid"], parities=["days"], sets=64, replicates=REPLICATES, months=24
    )
    results = compare_regimes(design, folder / "results", report=False)
    runs = FolderRuns(results)
    weights = np.ones(results.case.sets) if runs.weights is None else runs.weights
    peers, partners, hybrid = (Label("days", name) for name in ("peer_support", "partners_in_practice", "hybrid"))
    names = ("transfer_rate", "best_gap", "attention_shift_peers", "unpaid_delivery", "safe_release")
    numbers = {name: results.sets[name].to_numpy() for name in names}
    for outcome, better, matters in (("inadequate_months", "lower", 12.0), ("days_delivered", "neither", 200.0)):
        own, other = (runs.outcome(one, outcome) - runs.outcome(partners, outcome) for one in (peers, hybrid))
        for counts in (None, runs.counts(peers)):
            yield case(own, other, weights, counts, better, matters, numbers)


def random_cases(luck):
    for number in range(24):
        worlds = luck.normal(luck.normal(), luck.uniform(0, 2), (SETS, 1)) + luck.normal(size=REPLICATES)
        own, other = (worlds * scale + luck.normal(size=(SETS, REPLICATES)) for scale in (1.0, -0.5))
        own[luck.random(own.shape) < 0.05 * (number % 3)] = np.nan
        own[luck.random(SETS) < 0.2 * (number % 2)] = 0.0
        if number == 5:
            own[:] = 0.0
        weights = luck.integers(1, 4, SETS).astype(float) if number % 2 else np.ones(SETS)
        counts = luck.random(SETS) < 0.9 * luck.random() + 0.1 if number % 4 == 0 else None
        rows = slice(None, 6 if number == 7 else None)
        columns = slice(None, (1, 3)[number % 2] if number in {8, 9} else None)
        numbers = {
            "decides": own.mean(axis=1, where=np.isfinite(own)) + luck.normal(size=SETS),
            "not": luck.normal(size=SETS),
        }
        yield case(
            own[rows, columns],
            other[rows, columns],
            weights[rows],
            None if counts is None else counts[rows],
            ("lower", "higher", "neither")[number % 3],
            float(luck.uniform(0, 1)),
            {name: np.nan_to_num(values[rows]) for name, values in numbers.items()},
        )


def case(own, other, weights, counts, better, matters, numbers):
    return {
        "differences": own,
        "others": other,
        "weights": weights,
        "counts": counts,
        "better": better,
        "matters": matters,
        "numbers": numbers,
    }


@pytest.fixture(scope="module")
def told(cases, bundle, tmp_path_factory):
    """What the page's statistics say of each case."""
    script, path = (
        bundle("tests/statistics_in_node.ts", "statistics.mjs"),
        tmp_path_factory.mktemp("cases") / "cases.json",
    )
    listed = [{name: as_lists(value) for name, value in one.items()} for one in cases]
    path.write_text(json.dumps(plain({"rule": explorer_data()["verdicts"], "cases": listed})), encoding="utf-8")
    found = subprocess.run(["node", str(script), str(path)], check=True, capture_output=True, timeout=120)
    return json.loads(found.stdout)


def as_lists(value):
    if isinstance(value, dict):
        return {name: as_lists(part) for name, part in value.items()}
    return value.tolist() if isinstance(value, np.ndarray) else value


def same(value, other):
    """Whether two numbers are equal to one part in a billion, or both are none."""
    return float(value) == pytest.approx(float(other), rel=1e-9, abs=1e-9, nan_ok=True)


def test_verdicts_are_the_same(cases, told):
    words = set()
    for one, found in zip(cases, told, strict=True):
        effect = paired_effect(one["differences"], one["better"], one["matters"], one["counts"], one["weights"])
        assert found["effect"]["verdict"] == effect.verdict
        for mine, theirs in EFFECT.items():
            assert same(found["effect"][mine], getattr(effect, theirs)), (mine, effect)
        assert same(found["effect"]["share"]["value"], effect.share)
        assert same(found["effect"]["share"]["error"], effect.share_error)
        words.add(effect.verdict)
    assert {"too close to call", "no verdict", "no difference", "parity not met"} < words
    assert any("likely" in word for word in words)


def test_regrets_are_the_same(cases, told):
    for one, found in zip(cases, told, strict=True):
        own = one["differences"]
        nothing = np.where(np.isfinite(own), 0.0, np.nan)
        counts = np.ones(len(own), dtype=bool) if one["counts"] is None else one["counts"]
        expected = regrets(
            np.stack([nothing, own, one["others"]]),
            lower_is_better=one["better"] == "lower",
            counts=counts,
            weights=one["weights"],
        )
        for mine, theirs in zip(found["regrets"], expected, strict=True):
            assert mine["worlds"] == theirs.worlds
            assert same(mine["mean"], theirs.mean)
            assert same(mine["error"], theirs.mean_error)
            assert same(mine["worstTenth"], theirs.worst_tenth)


def test_prices_are_the_same(cases, told):
    for one, found in zip(cases, told, strict=True):
        own, other = one["differences"], one["others"]
        expected = [bill(one, own, other, other), bill(one, other, own, own)]
        for mine, effect in zip(found["bills"], expected, strict=True):
            assert same(mine["cash"], effect.cash)
            assert same(mine["unpaidDays"], effect.unpaid_days)
            assert same(mine["avoidedError"], effect.avoided_error)
            assert same(mine["cost"], cost_per_month_avoided(effect.cost(PRICE), effect.avoided))
            for row in price_curve(effect, [PRICE]).to_dict("records"):
                assert same(mine["interval"][0], row["low"])
                assert same(mine["interval"][1], row["high"])
        assert same(found["breakEven"], break_even_price(*expected))


def bill(one, cash, days, avoided):
    """A bill as the money of a comparison is worked out."""
    met = np.ones(len(cash), dtype=bool) if one["counts"] is None else one["counts"]
    cash, days, avoided = (np.where(met[:, None], values, np.nan) for values in (cash, days, avoided))
    worlds = measure_worlds(avoided, weights=one["weights"])
    means = (mean(set_means(values), one["weights"]) for values in (cash, days))
    return Effect(*means, worlds.mean, worlds.mean_error)


def test_fans_are_the_same(cases, told):
    for one, found in zip(cases, told, strict=True):
        own = one["differences"]
        paths = np.stack([own, 2 * own], axis=-1)[..., None]
        expected = spreads(paths, one["weights"])[..., 0]
        for month, mine in enumerate(found["spreads"]):
            for kind, name in enumerate(("luck", "sets")):
                for share, value in enumerate(mine[name]):
                    assert same(value, expected[share, kind, month])


def test_what_turns_an_answer_is_the_same(cases, told):
    """Numbers are held against shuffles of another generator, so one at the edge may be named by one alone."""
    named = 0
    for one, found in zip(cases, told, strict=True):
        turns = find_turns(one["differences"], one["better"], one["numbers"], one["counts"], one["weights"])
        expected = {turn.name: turn for turn in turns}
        for mine in found["turns"]:
            if turn := expected.get(mine["name"]):
                named += 1
                assert mine["turns"] == turn.turns
                assert same(mine["value"], turn.value.value)
                assert same(mine["below"]["value"], turn.below.value)
                assert same(mine["above"]["value"], turn.above.value)
    assert named > 3
