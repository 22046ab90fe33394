"""Histories: work of the regime that was in force, each set under luck of its own."""

from experiments.design.histories import history_pieces, history_world
from experiments.design.origin import choose_sets


def test_no_two_sets_share_their_luck():
    pieces = history_pieces(history_world(3, 1), choose_sets("prior", 4, 1)[0], 3, "nothing")
    assert [cell.luck for piece in pieces for cell in piece.cells] == [*range(12)]
    assert len({piece.digest for piece in pieces}) == 4
