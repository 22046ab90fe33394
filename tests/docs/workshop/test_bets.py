"""Bets are checked as a whole: a sentence for each fault, with its row, what came and the nearest name."""

import pytest
from bets import BETS, NOWHERE, BetsError, bets_of, chance_of, groups_of, read_bets
from budget import Programme

from simulation.errors import InputError

HEAD = ",".join(BETS.column_names)


@pytest.fixture
def read(tmp_path, workshop):
    """Reads bets from rows of text."""

    def read_rows(*rows, head=HEAD):
        path = tmp_path / "bets.csv"
        path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        return read_bets(path, workshop)

    return read_rows


def test_the_example_is_read(place, workshop):
    bets = read_bets(place / "bets_example.csv", workshop)
    assert list(groups_of(bets)) == ["Red table", "Blue table", "Green table"]
    assert [bet.group for bet in bets_of(bets, 3)] == ["Red table", "Blue table"]
    assert bets[3].programme == Programme(0, 60, chiefs=False, days_per_receiver=10.0)
    assert bets[6].turns == NOWHERE


def test_the_template_has_the_columns_and_no_bet(place):
    assert (place / "bets.csv").read_text(encoding="utf-8") == f"{HEAD}\n"


def test_what_may_be_left_open_is(read):
    (bet,) = read("a,1,peer_support,60")
    assert (bet.fewer, bet.turns, bet.programme) == (None, "", None)


def test_columns_that_may_be_left_out_are(read):
    (bet,) = read("a,1,peer_support,60", head="group,round,better,likely")
    assert bet.likely == 60


@pytest.mark.parametrize(("better", "chance"), [("peer_support", 0.6), ("partners_in_practice", 0.4)])
def test_the_chance_is_that_of_the_regime_of_the_round(read, workshop, better, chance):
    (bet,) = read(f"a,1,{better},60")
    assert chance_of(bet, workshop.rounds[0]) == pytest.approx(chance)


def test_the_chance_of_a_programme_of_ones_own(read, workshop):
    (bet,) = read("a,4,own,80,,,0,60")
    own = workshop.rounds[3].with_own(bet.programme.regime, bet.programme.levers)
    assert chance_of(bet, own) == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a,5,peer_support,60", "column 'round': expected one of 1, 2, 3, 4, got '5'"),
        ("a,one,peer_support,60", "column 'round': expected one of 1, 2, 3, 4, got 'one'"),
        ("a,1,peer_suport,60", "got 'peer_suport' (nearest: peer_support)"),
        ("a,1,hybrid,60", "column 'better': expected one of peer_support, partners_in_practice, got 'hybrid'"),
        ("a,1,peer_support,40", "expected a number from 50 to 100 (50 where it is too close to call), got '40'"),
        ("a,1,peer_support,101", "column 'likely': expected a number from 50 to 100"),
        ("a,1,peer_support,nan", "got 'nan'"),
        ("a,1,peer_support,60,many", "column 'fewer': expected a number from -20000 to 20000, got 'many'"),
        ("a,1,peer_support,60,,best_gp", "(nearest: best_gap)"),
        ("a,1,peer_support,60,,,3", "column 'partners': expected nothing but in round 4, got '3'"),
        ("a,4,own,60,,,,4", "column 'partners': expected a whole number of councils, 0 or more, got nothing"),
        ("a,4,own,60,,,-1,4", "got '-1'"),
        ("a,4,own,60,,,2,99999", "column 'peers': expected a whole number of councils"),
        ("a,4,own,60,,,0,10,perhaps", "column 'chiefs': expected one of yes, no, got 'perhaps'"),
        ("a,4,own,60,,,0,10,no,0", "column 'days_per_receiver': expected a number from 1 to 20, got '0'"),
        ("a,4,own,60,,,14,0", "expected one peer or more"),
        ("a,4,own,60,,,0,61", "expected a programme of at most 806 days of directors a year, got 820"),
        ("a,4,own,60,,,8,1", "expected at most 7 partners in a programme of both, got 8"),
        ("a,4,own,60,,,2,5,yes", "expected chiefs engaged only where there are no partners"),
        ("a,4,own,60,,,0,41,yes", "at most 480 days of chief executives a year, got 492"),
    ],
)
def test_a_fault_is_one_sentence(read, row, told):
    with pytest.raises(BetsError) as caught:
        read("b,1,peer_support,60", row)
    (fault,) = caught.value.faults
    assert told in fault
    assert "bets.csv, row 3, column" in fault


def test_all_faults_are_told(read):
    with pytest.raises(BetsError) as caught:
        read("a,1,peers,20", "b,9,peer_support,60")
    assert len(caught.value.faults) == 3


def test_a_group_bets_once_in_a_round(read):
    with pytest.raises(BetsError, match="one bet of a group in a round \\(row 2 has one\\)"):
        read("A,1,peer_support,60", "a,1,peer_support,70")


@pytest.mark.parametrize(
    ("head", "rows", "told"),
    [
        ("group,round,better,likly", ["a,1,peer_support,60"], "nearest: likely"),
        ("group,round,better", ["a,1,peer_support"], "expected the column 'likely'"),
        (HEAD, [], "expected 1 to 200 bets, got 0"),
        (HEAD, [",1,peer_support,60"], "column 'group': expected text, got nothing"),
    ],
)
def test_a_file_of_another_shape_is_one_sentence(read, head, rows, told):
    with pytest.raises(InputError, match=told):
        read(*rows, head=head)
