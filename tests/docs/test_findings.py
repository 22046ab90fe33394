"""The findings that rest on the worked example say what its tables say."""

import pytest

from experiments.files.whole import read_csv
from simulation import load_councils

PARTNERS, PEERS = "partners_in_practice", "peer_support"


@pytest.fixture(scope="module")
def example(root):
    """The tables of the worked example."""
    place = root / "results" / "example"
    if not place.is_dir():
        pytest.skip("this copy of the project leaves the worked example out")
    return {name: read_csv(place / f"{name}.csv") for name in ("comparison", "turns", "knowing")}


@pytest.fixture(scope="module")
def page(root):
    """The page, on one line."""
    return " ".join((root / "docs/understand/findings.md").read_text(encoding="utf-8").split())


def row(example, table="comparison", **named):
    """The one row of council-months inadequate with these values."""
    rows = example[table].query("outcome == 'inadequate_months'")
    for name, value in named.items():
        rows = rows[rows[name] == value]
    assert len(rows) == 1, named
    return rows.iloc[0]


def percent(share):
    return f"{100 * share:.0f}"


def test_the_answer_is_that_of_the_example(page, example):
    found = row(example, parity="days", regime=PEERS, baseline=PARTNERS)
    assert f"At equal delivered days broad peer support is {found.verdict}**" in page
    assert (
        f"{-found.difference:.0f} council-months fewer in ten years (standard error {found.difference_error:.0f}), "
        f"better in {percent(found.share)}% of the worlds ({percent(found.share_error)} points). "
        f"What matters is {found.matters:.0f}."
    ) in page


def test_the_parity_that_cannot_be_met_is_told(page, example):
    found = row(example, parity="pounds", regime=PEERS, baseline=PARTNERS)
    assert found.verdict == "parity not met"
    assert f"in {percent(found.parity_met)}% of the worlds only" in page
    england = load_councils(start="2026-04")
    below = sum(grade < 2 for grade in england.grade)
    assert f"Of {england.n} councils {below} are below good" in page


def test_the_partner_schemes_are_told_as_they_are(page, example):
    schemes = ("gold_dust", "improvement_partnership")
    better = [row(example, parity="days", regime=name, baseline=PARTNERS) for name in schemes]
    assert all(one.verdict.startswith("likely better") for one in better)
    gold, partnership = (f"{-one.difference:.0f}" for one in better)
    assert f"are likely better than Partners in Practice by {gold} and {partnership} council-months" in page
    assert row(example, parity="days", regime="hybrid", baseline=PARTNERS).verdict == "too close to call"


def test_what_is_said_against_no_programme_is_so(page, example):
    def avoided(name):
        return row(example, parity="days", regime=name, baseline="none")

    peers = [avoided(name) for name in (PEERS, "peer_support_with_chiefs")]
    assert {one.verdict for one in peers} == {"very likely better"}
    assert "({} and {} council-months fewer)".format(*sorted(f"{-one.difference:.0f}" for one in peers)) in page
    others = [avoided(name) for name in ("gold_dust", "improvement_partnership", "hybrid")]
    assert {one.verdict for one in others} == {"likely better"}
    amounts = sorted(-one.difference for one in others)
    assert f"are likely better ({amounts[0]:.0f} to {amounts[-1]:.0f})" in page
    partners = avoided(PARTNERS)
    assert partners.verdict == "likely better, but by less than matters"
    assert f"by less than matters ({-partners.difference:.0f})" in page
    assert {avoided(name).verdict for name in ("childrens_trust", "historical")} == {"parity not met"}


def test_what_turns_the_answer_is_told_with_its_numbers(page, example):
    attention, gap = (row(example, "turns", parity="days", place=place) for place in (1, 2))
    assert (attention.parameter, gap.parameter) == ("attention_shift_peers", "best_gap")
    assert f"take more than {-attention.value:.2f} off" in page
    assert f"(95% interval {-attention.value_high:.2f} to {-attention.value_low:.2f})" in page
    below, above = (
        (percent(attention[f"share_{side}"]), percent(attention[f"share_{side}_error"])) for side in ("below", "above")
    )
    assert f"do better in {below[0]}% of those worlds ({below[1]} points)" in page
    assert f"and in {above[0]}% ({above[1]}) of the others" in page
    assert f"(by {gap.value:.1f} SD or more; {gap.value_low:.1f} to {gap.value_high:.1f})" in page
    assert f"better in {percent(gap.share_above)}% of the worlds ({percent(gap.share_above_error)}), else in" in page
    pounds = example["turns"].query("parity == 'pounds'")
    assert pounds.parameter.iloc[0] == "transfer_rate"
    assert len(pounds) == 3
    assert not pounds.turns.any()


def test_what_is_worth_knowing_is_told_with_its_errors(page, example):
    groups = example["knowing"].query("parity == 'days' and kind == 'group'").set_index("name")
    first, second = (groups.loc[name] for name in ("chiefs' attention", "what a day teaches"))
    assert (
        f"is worth {first.worth:.1f} council-months over ten years (standard error {first.worth_error:.1f}, "
        f"and about {first.worth_bias:.1f} too high)"
    ) in page
    worth = f"{second.worth:.1f} ({second.worth_error:.1f}, about {second.worth_bias:.1f} too high)"
    assert f"what a day teaches {worth}" in page
    assert {round(one.pounds / 1e6) for one in (first, second)} == {2}
    assert (groups.loc[["what giving costs", "directors' market"], "worth"] == 0).all()
