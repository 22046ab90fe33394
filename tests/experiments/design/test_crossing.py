"""Every point with every parameter set, replicate, regime and parity: what is set where, and the same luck."""

import pickle

import numpy as np
import pytest

from experiments.design.crossing import Crossing
from experiments.design.origin import make_sets
from experiments.design.points import grid
from experiments.design.world import World
from experiments.running.crossed import run_crossing
from simulation.councils import load_councils
from simulation.errors import InputError
from simulation.parameters import Parameters
from simulation.regimes import load_regime
from simulation.scenario import Scenario
from simulation.simulate import simulate
from simulation.switches import Switches

MONTHS = 6


def crossing(varied, *, regimes=("peer_support", "partners_in_practice"), parities=("pounds",), sets=2, replicates=2,
             levers="fixed"):  # fmt: skip
    drawn, origin = make_sets(sets, "plausible", levers, {}, None, 1)
    return Crossing(
        points=grid(varied),
        world=World(councils=load_councils(), scenario=Scenario(), switches=Switches(), months=MONTHS, seed=2018),
        regimes=tuple(map(load_regime, regimes)),
        parities=parities,
        sets=drawn,
        origin=origin,
        replicates=replicates,
    )


VARIED = {
    "transfer_rate": [0.1, 0.5],
    "peer_support.days_per_giver": [6.0, 12.0],
    "labels": ["on", "off"],
    "funding": ["frozen", "closed"],
    "start": ["2018-04", "2021-04"],
    "seed": [2018, 7],
}


@pytest.fixture(scope="module")
def made():
    asked = crossing(VARIED, sets=1, replicates=1)
    return asked, run_crossing(asked, ["inadequate_months", "mean_quality"], workers=2)


def test_each_row_is_the_single_run_with_the_points_values(made):
    asked, runs = made
    assert runs.numbers.shape == (64, 1, 2, 1, 2)
    for number in (0, 13, 22, 63):
        values = {column.name: value for column, value in asked.points.row(number).items()}
        regime = load_regime("peer_support").with_arms(days_per_giver=values["peer_support.days_per_giver"])
        alone = simulate(
            regime,
            months=MONTHS,
            seed=values["seed"],
            parameters=Parameters(transfer_rate=values["transfer_rate"]),
            switches=Switches(labels=values["labels"]),
            scenario=Scenario(funding=values["funding"], start=values["start"]),
            councils=load_councils(start=values["start"]),
            parity="pounds",
            engine="ensemble",
        )
        got = runs.of(asked.labels[0], "mean_quality")[number, 0, 0]
        assert got == alone.outcomes["mean_quality"]


def test_what_is_varied_changes_something_and_what_is_not_stays(made):
    asked, runs = made
    quality = runs.of(asked.labels[0], "mean_quality")[:, 0, 0]
    table = asked.points.table().assign(quality=quality)
    for name in ("transfer_rate", "peer_support.days_per_giver", "start", "seed"):
        others = [one for one in VARIED if one != name]
        assert (table.groupby(others)["quality"].nunique() == 2).any(), name
    # A lever of one regime leaves the other as it is.
    partners = table.assign(quality=runs.of(asked.labels[1], "mean_quality")[:, 0, 0])
    others = [one for one in VARIED if one != "peer_support.days_per_giver"]
    assert (partners.groupby(others)["quality"].nunique() == 1).all()


def test_the_numbers_are_the_same_whatever_the_workers_and_the_order_of_points():
    varied = {"transfer_rate": [0.1, 0.3, 0.5], "labels": ["on", "off"]}
    one = crossing(varied, parities=("pounds", "days"))
    runs = run_crossing(one, ["mean_quality"], workers=1)
    again = run_crossing(one, ["mean_quality"], workers=3)
    assert (runs.numbers == again.numbers).all()
    turned = crossing({"transfer_rate": [0.5, 0.3, 0.1], "labels": ["on", "off"]}, parities=("pounds", "days"))
    other = run_crossing(turned, ["mean_quality"])
    assert (runs.numbers.reshape(3, 2, -1)[::-1] == other.numbers.reshape(3, 2, -1)).all()
    # The partners are the measure of every parity: their runs are made once and shown under each.
    assert one.runs == 6 * 2 * 2 * 3 < one.rows
    partners = [runs.of(label, "mean_quality") for label in one.labels if label.regime == "partners_in_practice"]
    assert (partners[0] == partners[1]).all()


def test_levers_that_are_drawn_beside_are_the_same_at_every_point():
    asked = crossing({"transfer_rate": [0.1, 0.5], "peer_support.share": [0.5, 1.0]}, levers="drawn", sets=3)
    for number, one in enumerate(asked.sets):
        places = {asked.set_at(point, number).receiver_quantile for point in range(4)}
        assert places == {one.receiver_quantile}
    assert asked.set_at(1, 0).levers(load_regime("peer_support")).arms[0].share == 1.0
    assert asked.set_at(0, 0).levers(load_regime("peer_support")).arms[0].share == 0.5


def test_a_place_of_levers_that_is_varied_moves_all_levers_of_its_kind_and_no_other():
    asked = crossing({"giver_quantile": [0.0, 1.0]})
    peers, partners = load_regime("peer_support"), load_regime("partners_in_practice")
    arms = [asked.set_at(point, 0).levers(peers).arms[0] for point in (0, 1)]
    assert [arm.days_per_giver for arm in arms] == [5.0, 16.0]
    assert {arm.days_per_receiver for arm in arms} == {peers.arms[0].days_per_receiver}
    arms = [asked.set_at(point, 0).levers(partners).arms[0] for point in (0, 1)]
    assert [(arm.days_per_giver, arm.givers) for arm in arms] == [(8.0, 42), (24.0, 14)]
    other = crossing({"receiver_quantile": [0.0, 1.0]})
    arms = [other.set_at(point, 0).levers(partners).arms[0] for point in (0, 1)]
    assert [(arm.days_per_receiver, arm.days_per_giver, arm.givers) for arm in arms] == [
        (5.5, 24.0, 14),
        (16.0, 24.0, 14),
    ]


def test_runs_that_a_lever_of_another_regime_leaves_as_they_are_are_made_once():
    varied = {"peer_support.days_per_giver": [6.0, 9.0, 12.0], "partners_in_practice.givers": [7, 14]}
    asked = crossing(varied, parities=("pounds", "days"))
    # Peers at three values under two parities, partners at two values, the same under both; by two sets and replicates.
    assert asked.runs == (3 * 2 + 2) * 2 * 2
    pieces = [asked.piece(extent) for extent in asked.extents()]
    assert sum(piece.runs for piece in pieces) == sum(len(cell.conditions) for piece in pieces for cell in piece.cells)
    shared = run_crossing(asked, ["mean_quality"]).numbers
    assert np.isfinite(shared).all()
    for point in range(6):
        values = {column.name: [value] for column, value in asked.points.row(point).items()}
        alone = run_crossing(crossing(values, parities=("pounds", "days")), ["mean_quality"])
        assert (alone.numbers[0] == shared[point]).all()


def test_a_piece_is_plain_data_of_its_own_world():
    asked = crossing({"labels": ["on", "off"], "transfer_rate": [0.1, 0.2]})
    pieces = [asked.piece(extent) for extent in asked.extents()]
    assert len({piece.name for piece in pieces}) == len({piece.digest for piece in pieces}) == len(pieces)
    assert sum(piece.runs for piece in pieces) == asked.runs
    for piece in pieces:
        sent = pickle.loads(pickle.dumps(piece))  # noqa: S301  our own bytes
        assert isinstance(sent.cells, tuple)
        assert sent.cells == tuple(piece.cells)
        assert (sent.world, sent.runs) == (piece.world, piece.runs)
    assert {piece.world.switches.labels for piece in pieces} == {"on", "off"}


@pytest.mark.parametrize(
    "change",
    [
        {"varied": {"transfer_rate": [0.1, 0.3]}},
        {"varied": {"best_gap": [0.6, 0.7]}},
        {"parities": ("days",)},
        {"sets": 3},
        {"replicates": 3},
        {"regimes": ("hybrid",)},
        {"levers": "drawn"},
    ],
)
def test_whatever_changes_a_result_changes_the_fingerprint(change):
    plain = {"varied": {"transfer_rate": [0.1, 0.2]}}
    assert crossing(**plain).fingerprint == crossing(**plain).fingerprint
    assert crossing(**plain).fingerprint != crossing(**(plain | change)).fingerprint


@pytest.mark.parametrize(
    ("varied", "sentence"),
    [
        ({"hybrid.share": [0.5]}, "expected a lever of a regime that is run"),
        ({"deprivation_effect": [0.3, 0.9], "region_sd": [0.1, 0.7]}, "sum of their squares"),
        ({"start": ["2018-04", "1999-04"]}, "1999-04"),
    ],
)
def test_points_at_which_no_run_can_be_made_are_refused_before_any_is(varied, sentence):
    with pytest.raises(InputError, match=sentence):
        crossing(varied)


def test_councils_of_the_users_own_keep_their_month(tmp_path):
    path = tmp_path / "own.csv"
    rows = "\n".join(f"{code},Region,good,2018-01-15" for code in "abc")
    path.write_text(f"code,region,grade,judged_on\n{rows}\n", encoding="utf-8")
    table = load_councils(path)
    base = crossing({"labels": ["on"]})
    with pytest.raises(InputError, match="expected England's councils, got councils of your own"):
        Crossing(
            **{**vars_of(base), "points": grid({"start": ["2020-04"]})},
            world=World(councils=table, scenario=Scenario(start=table.start), switches=Switches(), months=3, seed=1),
        )


def vars_of(one):
    return {name: getattr(one, name) for name in ("points", "regimes", "parities", "sets", "origin", "replicates")}


def test_values_beyond_their_ranges_are_named_once():
    assert "transfer_rate 0.9 (range 0.02 to 0.6, limits 0 to 100)" in crossing({"transfer_rate": [0.1, 0.9]}).beyond()
    assert crossing({"transfer_rate": [0.1, 0.6]}).beyond() == ""
    levers = crossing({"peer_support.days_per_giver": [5.0, 30.0, 40.0], "peer_support.givers": [10]}).beyond()
    assert levers.endswith(": peer_support.days_per_giver 40 (range 5 to 16, limits 0 to 10000)")
