"""Shares of draws won are right, what is beyond the limit is explained, and a rigged regime is found out."""

import re

import numpy as np
import pandas as pd
import pytest

from experiments.cli import main
from experiments.design.parameter_sets import draw_sets
from experiments.studies.rigging.design import PROPOSALS, make_rigging_design
from experiments.studies.rigging.explanations import Explanation, explain, read_explanations
from experiments.studies.rigging.page import SLOTS, missing_explanations, renew_page
from experiments.studies.rigging.shares import (
    EVERY_OTHER,
    FEWEST_MET,
    LIMIT,
    RIGGING_OUTCOMES,
    beyond_limit,
    near_limit,
    rigging_table,
    shares,
)
from experiments.text.pages import END, RESULTS
from simulation import OUTCOMES, PARAMETERS, SWITCHES, load_regime
from simulation.errors import InputError
from simulation.parameters import Parameters
from simulation.regimes import LEVERS
from simulation.toml_files import read_toml

NONE, PARTNERS, PEERS = "none", "partners_in_practice", "peer_support"
SHIFTS = ("partners", "peers", "chiefs")
FREE = """
title = "Free lunch"
summary = "Peers whose help costs nobody anything, and as much of it as there is."
follows_parity = false

[[arm]]
givers = "all"
giver_rule = "near_good_too"
days_per_giver = 14.0
receiver_rule = "below_good_and_cusp"
days_per_receiver = 60.0
givers_per_receiver = 4
reciprocal = true
paid = true
director_share = 0.001
cash_per_day = 1.0
shadow_price_per_day = 0.0
attention_shift = 0.1
gold_preference = 0.0
region_preference = 0.0
labels = false
days = "capacity"
share = 1.0
"""


def test_a_draw_is_won_by_the_better_regime_luck_taken_out():
    clear = np.array([[-30.0, -31.0], [22.0, 21.0], [0.0, 0.0], [-14.0, -15.0]])
    found = shares(clear, "lower")
    assert (found.draws, found.equal) == (4, 0.25)
    assert (found.won, found.lost) == (pytest.approx(0.5, abs=0.01), pytest.approx(0.25, abs=0.01))
    found = shares(clear, "higher")
    assert (found.won, found.lost) == (pytest.approx(0.25, abs=0.01), pytest.approx(0.5, abs=0.01))
    assert 0.1 < found.error < 0.5


def test_luck_wins_no_draws():
    stream = np.random.default_rng(4)
    worlds = stream.normal(-1.0, 0.3, (256, 1))
    found = shares(worlds + stream.normal(0, 3.0, (256, 8)), "lower")
    assert float((worlds < 0).mean()) > 0.99
    assert found.won > 0.9
    assert float(((worlds + stream.normal(0, 3.0, (256, 8))).mean(axis=1) < 0).mean()) < 0.9


def test_with_one_replicate_plain_signs_are_counted():
    found = shares(np.array([[-1.0], [2.0], [0.0], [-3.0]]), "lower")
    assert (found.won, found.lost, found.equal) == (0.5, 0.25, 0.25)


def test_a_draw_without_a_number_does_not_count():
    found = shares(np.array([[np.nan, np.nan], [-10.0, -10.1], [10.0, 10.1]]), "lower")
    assert (found.draws, round(found.won, 2), round(found.lost, 2)) == (2, 0.5, 0.5)
    assert shares(np.full((2, 2), np.nan), "lower").draws == 0


def made_runs(values, realised=None, outcome="inadequate_months", parity="days"):
    """Runs of one outcome: an array a regime, a row a draw, a column a replicate."""
    rows = [
        {
            "parity": parity,
            "regime": regime,
            "set": draw,
            "replicate": replicate,
            outcome: value,
            "realised_pounds": 0.0,
            "realised_days": float((realised or {}).get(regime, np.full_like(matrix, 100.0))[draw, replicate]),
            "realised_director_days": 0.0,
        }
        for regime, matrix in values.items()
        for (draw, replicate), value in np.ndenumerate(matrix)
    ]
    return pd.DataFrame(rows)


def row_of(table, regime, opponent):
    return table[(table.regime == regime) & (table.opponent == opponent)].iloc[0]


def test_every_regime_meets_every_other_and_all_of_them():
    values = {
        NONE: np.array([[5.0, 5.0], [5.0, 5.0], [5.0, 5.0], [5.0, 5.0]]),
        PARTNERS: np.array([[4.0, 4.0], [4.0, 4.0], [5.0, 5.0], [9.0, 9.0]]),
        PEERS: np.array([[3.0, 3.0], [4.0, 4.0], [4.0, 4.0], [8.0, 8.0]]),
    }
    table = rigging_table(made_runs(values))
    assert len(table) == 3 * 3
    partners = row_of(table, PARTNERS, NONE)
    assert (partners.won, partners.lost, partners.equal) == (0.5, 0.25, 0.25)
    peers = row_of(table, PEERS, PARTNERS)
    assert (peers.won, peers.lost, peers.equal) == (0.75, 0.0, 0.25)
    turned = row_of(table, PARTNERS, PEERS)
    assert (turned.won, turned.lost) == (peers.lost, peers.won)
    # Alone best in the first and third draw; never alone worst.
    best = row_of(table, PEERS, EVERY_OTHER)
    assert (best.won, best.lost, best.equal) == (0.5, 0.0, 0.5)
    # Alone worst in the first two; alone best in the last.
    last = row_of(table, NONE, EVERY_OTHER)
    assert (last.won, last.lost, last.equal) == (0.25, 0.5, 0.25)


def test_draws_that_met_the_parity_are_counted_alone_too():
    values = {
        NONE: np.full((3, 2), 5.0),
        PARTNERS: np.full((3, 2), 4.0),
        PEERS: np.array([[1.0, 1.0], [2.0, 2.0], [9.0, 9.0]]),
    }
    # A draw met it if its mean did: the second did, though neither of its runs did, and the third did not.
    realised = {PEERS: np.array([[100.0, 91.0], [80.0, 120.0], [0.0, 89.0]]), NONE: np.zeros((3, 2))}
    row = row_of(rigging_table(made_runs(values, realised)), PEERS, PARTNERS)
    assert (row.won, row.lost) == pytest.approx((2 / 3, 1 / 3))
    assert (row.draws_met, row.won_met, row.lost_met) == (2, 1.0, 0.0)
    row = row_of(rigging_table(made_runs(values, realised)), PARTNERS, NONE)
    assert row.draws_met == 3


def test_a_paired_outcome_is_nought_without_support():
    values = {NONE: np.full((2, 2), np.nan), PARTNERS: np.array([[0.1, 0.1], [-0.1, -0.1]])}
    row = row_of(rigging_table(made_runs(values, outcome="givers_quality_change")), PARTNERS, NONE)
    assert (row.draws, row.won, row.lost) == (2, 0.5, 0.5)


def test_outcomes_without_a_direction_are_left_out():
    values = {NONE: np.zeros((2, 2)), PARTNERS: np.ones((2, 2))}
    assert OUTCOMES["days_delivered"].better == "neither"
    assert rigging_table(made_runs(values, outcome="days_delivered")).empty
    assert {OUTCOMES[name].better for name in RIGGING_OUTCOMES} <= {"lower", "higher"}


def won_draws(won: int, draws: int, outcome: str = "stuck_share", met: int = 0) -> pd.DataFrame:
    """A table in which the peers win so many draws against none; those that they lose did not meet the parity."""
    peers = np.where(np.arange(draws) < won, 1.0, 3.0)[:, None] * np.ones((1, 2))
    realised = {PEERS: np.where(np.arange(draws) < met, 100.0, 0.0)[:, None] * np.ones((1, 2))}
    values = {NONE: np.full((draws, 2), 2.0), PARTNERS: np.full((draws, 2), 2.0), PEERS: peers}
    table = rigging_table(made_runs(values, realised, outcome))
    return table[(table.opponent == NONE) & (table.regime == PEERS) | (table.regime == NONE)]


def test_the_limit_is_passed_by_more_than_95_of_a_hundred():
    assert LIMIT == 0.95
    assert beyond_limit(won_draws(95, 100)).empty
    found = beyond_limit(won_draws(96, 100))
    assert [(row.regime, row.opponent, row.result) for row in found.itertuples()] == [(PEERS, NONE, "wins")]
    assert [row.result for row in beyond_limit(won_draws(4, 100)).itertuples()] == ["loses"]


def test_the_draws_that_met_the_parity_can_pass_it_alone_if_they_are_many():
    assert len(beyond_limit(won_draws(60, 100, met=60))) == 1
    assert beyond_limit(won_draws(60, 100, met=FEWEST_MET - 1)).empty


def test_what_other_draws_might_put_beyond_the_limit_is_near_it():
    # Two standard errors above 93 and 80 in 100: 0.98 and 0.88.
    assert len(near_limit(won_draws(93, 100))) == 1
    assert near_limit(won_draws(80, 100)).empty
    assert near_limit(won_draws(96, 100)).empty


SHIPPED = read_explanations()


def test_explanations_name_only_what_exists(root):
    for one in SHIPPED:
        assert set(one.outcomes) <= set(OUTCOMES)
        assert {*one.regimes, *one.opponents} <= {*PROPOSALS, EVERY_OTHER}
        for text in (one.mechanism, one.measured, one.undo):
            for name in re.findall(r"--switch (\w+)=", text):
                assert name in SWITCHES
            for path in re.findall(r"docs/understand/rigging/\w+\.toml", text):
                assert (root / path).is_file()


GOOD = """
[one]
outcomes = ["stuck_share"]
regimes = ["peer_support"]
opponents = ["none"]
parities = "all"
result = "wins"
rules = ["E13"]
mechanism = "Because."
measured = "So."
undo = "This."
"""


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('"stuck_share"', '"stuk_share"', "stuck_share"),
        ('["peer_support"]', '["peer_suport"]', "peer_support"),
        ('["none"]', '["historical"]', "historical"),
        ('"all"', '["pound"]', "pounds"),
        ('"wins"', '"won"', "wins or loses"),
        ('["E13"]', '["E99"]', "E99"),
        ('"Because."', '""', "mechanism"),
        ('undo = "This."\n', "", "undo"),
        ('["stuck_share"]', "[]", "outcomes"),
    ],
)
def test_a_wrong_explanation_is_refused(tmp_path, old, new, named):
    path = tmp_path / "own.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(named)):
        read_explanations(path)


def test_an_explanation_covers_a_row_told_from_either_side(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(GOOD, encoding="utf-8")
    (one,) = read_explanations(path)
    assert isinstance(one, Explanation)
    assert explain([one], "stuck_share", "days", PEERS, NONE, "wins") is one
    assert explain([one], "stuck_share", "days", NONE, PEERS, "loses") is one
    assert explain([one], "stuck_share", "days", PEERS, NONE, "loses") is None
    assert explain([one], "stuck_share", "days", PEERS, PARTNERS, "wins") is None
    assert explain([one], "mean_quality", "days", PEERS, NONE, "wins") is None


def test_only_watched_outcomes_need_an_explanation():
    assert len(missing_explanations(won_draws(100, 100), [])) == 1
    assert missing_explanations(won_draws(100, 100, "falls"), []) == []


@pytest.fixture(scope="module")
def page(root):
    return (root / "docs/understand/rigging.md").read_text(encoding="utf-8")


def made_part(page: str) -> str:
    return page.split(SLOTS.begin(RESULTS))[1].split(END, maxsplit=1)[0]


def rows_below(page: str, heading: str) -> list[list[str]]:
    """The cells of the table below a heading that begins so."""
    part = made_part(page).split(f"### {heading}", 1)[1].split("\n### ", 1)[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    return [line.strip("| ").split(" | ") for line in lines]


def test_every_marked_cell_of_the_page_stands_below_with_its_explanation(page):
    names = {one.name for one in SHIPPED}
    told = rows_below(page, "Beyond the limit")[2:]
    assert told
    for cells in told:
        assert cells[-1] in names, cells
    listed = {(cells[0].strip("`"), cells[1], *re.findall(r"`(\w+)`", cells[2])) for cells in told}
    opponents = {"Share of draws won against no": NONE, "Share of draws won against Partners": PARTNERS}
    for heading, opponent in opponents.items():
        heads, _, *rows = rows_below(page, heading)
        assert [head.strip("`") for head in heads[1:]] == list(RIGGING_OUTCOMES)
        for name, *cells in rows:
            for outcome, cell in zip(RIGGING_OUTCOMES, cells, strict=True):
                for parity, share in zip(("pounds", "days", "director_days"), cell.split(" / "), strict=True):
                    row = (outcome, parity, name.strip("`"), opponent)
                    turned = (outcome, parity, opponent, name.strip("`"))
                    assert (share.startswith("**")) == bool({row, turned} & listed), row
                    if not share.startswith("**"):
                        assert float(share) <= 95


def test_the_page_gives_the_explanations_as_they_are_and_none_that_explains_nothing(page):
    used = {cells[-1] for head in ("Beyond the limit", "Close to the limit") for cells in rows_below(page, head)[2:]}
    for one in SHIPPED:
        assert f"**{one.name}** ({', '.join(one.rules)}). {one.mechanism}" in page
        assert one.measured in page
        assert one.undo in page
        assert one.name in used, f"{one.name} explains no row of the page"


def test_a_page_without_markers_is_refused(tmp_path):
    path = tmp_path / "page.md"
    path.write_text("nothing\n", encoding="utf-8")
    with pytest.raises(InputError, match="rigging"):
        renew_page(path, make_rigging_design(sets=1), won_draws(100, 100), ())
    assert path.read_text(encoding="utf-8") == "nothing\n"


def test_every_draw_is_from_the_prior_and_from_no_plausible_set():
    design = make_rigging_design(sets=3, seed=4)
    assert design.sets == draw_sets(3, Parameters(), (), 4)
    assert design.origin.kind == "prior"


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--regimes", "peer_suport"], "peer_support"),
        (["--sets", "0"], "sets"),
        (["--replicates", "0"], "replicates"),
        (["--switch", "overlode=off"], "overload"),
        (["--explained", "missing.toml"], "missing.toml"),
    ],
)
def test_bad_input_ends_in_one_sentence(tmp_path, capsys, options, named):
    assert main(["rigging", *options, "--out", str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err
    assert named in error
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_historical_is_no_proposal():
    assert "historical" not in PROPOSALS
    assert not load_regime("historical").follows_parity


def test_the_same_kind_of_lever_has_the_same_prior_in_every_regime():
    shifts = {(PARAMETERS[f"attention_shift_{who}"].low, PARAMETERS[f"attention_shift_{who}"].high) for who in SHIFTS}
    assert [-low for low, _ in shifts] == [high for _, high in shifts]
    assert len(shifts) == 1
    shares = [PARAMETERS[f"director_share_{kind}"] for kind in ("paid", "unpaid")]
    assert len({(one.low, one.high) for one in shares}) == 1
    ranges: dict = {}
    for arm in (arm for name in PROPOSALS for arm in load_regime(name).arms):
        ranges.setdefault(arm.paid, set()).add((arm.days_per_receiver_range, arm.days_per_giver_range))
    assert {kind: len(found) for kind, found in ranges.items()} == {True: 1, False: 1}


def test_the_page_s_own_regimes_change_only_what_they_say(root):
    shipped = load_regime("improvement_partnership")
    for name, changed in (
        ("own_directors", {"partnership"}),
        ("own_directors_below_good", {"partnership", "receiver_rule"}),
    ):
        own = load_regime(root / "docs/understand/rigging" / f"{name}.toml")
        assert len(own.arms) == len(shipped.arms)
        pairs = zip(own.arms, shipped.arms, strict=True)
        assert {
            lever for mine, theirs in pairs for lever in LEVERS if getattr(mine, lever) != getattr(theirs, lever)
        } == changed
    assert read_toml(root / "docs/understand/rigging" / "nothing_learnt.toml") == {"transfer_rate": 0.0}


def test_support_without_any_effect_changes_no_watched_outcome(tmp_path, root, capsys):
    own = root / "docs/understand/rigging" / "nothing_taught_or_learnt.toml"
    switches = [text for name in ("overload", "labels", "attention_shift") for text in ("--switch", f"{name}=off")]
    small = ["--sets", "4", "--replicates", "2", "--months", "24", "--regimes", "peer_support,hybrid"]
    main(["rigging", *small, "--parameters", str(own), *switches, "--out", str(tmp_path / "out")])
    said = "switches overload=off, labels=off, attention_shift=off, held transfer_rate=0, giver_learning=0\n"
    assert said in capsys.readouterr().out
    table = pd.read_csv(tmp_path / "out" / "rigging.csv", encoding="utf-8-sig")
    table = table[table.opponent == NONE]
    assert set(table.outcome) >= set(RIGGING_OUTCOMES)
    assert (table[table.outcome.isin(RIGGING_OUTCOMES)].equal == 1).all()


@pytest.mark.slow
def test_a_rigged_regime_is_found_out(tmp_path, capsys):
    own = tmp_path / "free_lunch.toml"
    own.write_text(FREE, encoding="utf-8")
    small = ["--sets", "40", "--replicates", "4", "--months", "120", "--regimes", "peer_support"]
    assert main(["rigging", *small, "--regime", str(own), "--out", str(tmp_path / "rigged")]) == 1
    said = capsys.readouterr()
    assert "free_lunch wins against none" in said.err
    assert "mean_quality" in said.err
    table = pd.read_csv(tmp_path / "rigged" / "rigging.csv", encoding="utf-8-sig")
    assert (
        row_of(table[(table.outcome == "mean_quality") & (table.parity == "days")], "free_lunch", PARTNERS).won > LIMIT
    )


@pytest.mark.slow
def test_no_shipped_regime_wins_or_loses_every_draw_without_an_explanation(tmp_path, capsys):
    # So few draws cannot tell 95% from 98%: looked at is only what is won or lost in all of them.
    path = tmp_path / "page.md"
    path.write_text(f"before\n{SLOTS.begin(RESULTS)}\nout of date\n{END}\nafter\n", encoding="utf-8")
    small = ["--sets", "48", "--replicates", "2", "--months", "60"]
    main(["rigging", *small, "--out", str(tmp_path / "out"), "--page", str(path)])
    assert "48 draws from the prior, 2 replicates of each, 60 months" in capsys.readouterr().out
    table = pd.read_csv(tmp_path / "out" / "rigging.csv", encoding="utf-8-sig")
    assert set(table.regime) == set(PROPOSALS)
    assert set(table.outcome) == {name for name, info in OUTCOMES.items() if info.better != "neither"}
    always = table[(table.won == 1) | (table.lost == 1)]
    assert missing_explanations(always, SHIPPED) == []
    assert not always.empty
    renewed = path.read_text(encoding="utf-8")
    assert renewed.startswith("before\n")
    assert renewed.endswith("\nafter\n")
    assert "out of date" not in renewed


@pytest.mark.parametrize(("old", "new"), [('"Because."', '"red\\u001b[31m"'), ("[one]", '["red\\u001b[31m"]')])
def test_an_explanation_says_nothing_that_a_terminal_obeys(tmp_path, old, new):
    path = tmp_path / "own.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match="without line ends and control characters"):
        read_explanations(path)
