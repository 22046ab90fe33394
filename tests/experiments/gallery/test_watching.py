"""A run that is watched is the run that it would be, and what was seen adds up to what it records."""

import numpy as np
import pytest

from experiments import gallery
from simulation import Scenario, simulate


@pytest.fixture(scope="module")
def months(watched):
    return watched.run.months


def test_watching_changes_nothing(watched):
    other = simulate("partners_in_practice", months=24, scenario=Scenario(start="2026-04"), engine="ensemble")
    assert np.array_equal(watched.run.month_values, other.month_values)
    assert np.array_equal(watched.run.council_values, other.council_values)


def test_dismissals_and_moves_are_those_of_the_run(watched, months):
    ends = watched.posts["end"].value_counts()
    assert ends.get("dismissed", 0) == months["dismissals"].sum()
    assert ends["moved"] == months["moves"].sum() > 0
    assert ends["left"] + ends.get("trust", 0) == months["voluntary_exits"].sum()


def test_those_who_are_in_post_at_the_end_are_those_that_the_panel_has(watched):
    still = watched.posts[watched.posts["end"] == ""]
    seated = watched.run.panel["months_in_post"][-1]
    assert dict(zip(still["council"], still["served"], strict=True)) == {
        place: served for place, served in enumerate(seated) if served >= 0
    }


def test_posts_of_a_director_do_not_overlap(watched):
    for _, posts in watched.posts.groupby("director"):
        own = posts.sort_values("first")
        assert (own["first"].to_numpy()[1:] > own["last"].to_numpy()[:-1]).all()


def test_judgements_are_those_of_the_run(watched, months):
    judged = watched.judgements
    assert len(judged) == months["judgements"].sum()
    assert ((judged["grade"] < judged["before"]).sum()) == months["falls"].sum()
    for row in judged.itertuples():
        assert watched.run.panel["grade"][row.month][row.council] == row.grade


def test_links_carry_the_days_that_are_pledged(watched, months):
    pledged = watched.links.groupby("month")["days"].sum()
    assert pledged.to_numpy() == pytest.approx(months["days_pledged"].to_numpy())
    givers = watched.links.groupby("month")["giver"].nunique()
    assert (givers == months["givers"]).all()


def test_departments_that_are_removed_to_a_trust_are_seen():
    watched = gallery.watch("childrens_trust", months=60, replicate=1)
    ends = watched.posts["end"].value_counts()
    assert 0 < ends["trust"] <= watched.run.months["trusts"].max()
    assert ends["dismissed"] == watched.run.months["dismissals"].sum() > 0
