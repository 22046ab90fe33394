"""The model under Mesa's own tools, and with a behaviour of one's own."""

import gc

import mesa
import pytest

from simulation import (
    OUTCOMES,
    ChiefExecutive,
    Council,
    Director,
    EachIteration,
    InputError,
    Parameters,
    SectorModel,
    Switches,
    load_regime,
    simulate,
)
from simulation.state import INTERIM

batch_run = getattr(mesa, "batch_run", None)


@pytest.mark.skipif(batch_run is None, reason="this Mesa has no batch_run")
@pytest.mark.filterwarnings("ignore:.*batch_run.*:DeprecationWarning", "ignore:.*batch_run.*:FutureWarning")
def test_mesas_batch_run_runs_replicates():
    rows = batch_run(
        SectorModel,
        {"regime": "peer_support", "replicate": [0, 1], "months": [6]},
        number_processes=1,
        data_collection_period=1,
        display_progress=False,
    )
    assert [row["replicate"] for row in rows] == [0] * 6 + [1] * 6
    for replicate in (0, 1):
        own = [row for row in rows if row["replicate"] == replicate]
        assert [row["Step"] - own[0]["Step"] for row in own] == [0, 1, 2, 3, 4, 5]
        months = simulate("peer_support", months=6, replicate=replicate).months
        assert [row["mean_quality"] for row in own] == months["mean_quality"].tolist()


@pytest.mark.skipif(batch_run is None, reason="this Mesa has no batch_run")
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:.*batch_run.*:FutureWarning")
def test_mesas_batch_run_sweeps_by_name_and_returns_outcomes():
    swept = {
        "regime": ["none", "peer_support"],
        "transfer_rate": [0.0, 0.4],
        "peer_support.days_per_giver": 4.0,
        "collapse": "off",
        "replicate": EachIteration(),
        "months": 3,
        "outcomes": True,
    }
    rows = batch_run(SectorModel, swept, iterations=2, number_processes=1, display_progress=False)
    assert sorted({(row["iteration"], row["replicate"]) for row in rows}) == [(0, 0), (1, 1)]
    assert len(rows) == 8
    for row in rows:
        regime = load_regime(row["regime"])
        run = simulate(
            regime.with_arms(days_per_giver=4.0) if regime.arms else regime,
            replicate=row["replicate"],
            months=3,
            parameters=Parameters(transfer_rate=row["transfer_rate"]),
            switches=Switches(collapse="off"),
        )
        assert row["mean_quality"] == run.months["mean_quality"].iloc[-1]
        outcomes = {name: row[f"outcome_{name}"] for name in OUTCOMES}
        assert outcomes == pytest.approx(dict(run.outcomes), nan_ok=True, abs=0)
    assert len({row["mean_quality"] for row in rows}) == 6


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ({"transfer_rat": 0.1}, r"a lever as regime.lever, got 'transfer_rat' \(nearest: transfer_rate\)"),
        ({"peer_suport.days": 1.0}, r"unknown regime 'peer_suport' \(nearest: peer_support\)"),
        ({"*.day_per_giver": 1.0}, r"unknown lever 'day_per_giver' \(nearest: days_per_giver\)"),
        ({"transfer_rate": "much"}, "transfer_rate"),
    ],
)
def test_a_name_that_is_none_is_refused(named, sentence):
    with pytest.raises(InputError, match=sentence):
        SectorModel(**named)


def test_a_lever_of_another_regime_changes_nothing():
    model = SectorModel("peer_support", **{"hybrid.days_per_giver": 1.0})
    assert model.regime == SectorModel("peer_support").regime


def test_no_seed_is_the_usual_one():
    assert SectorModel(months=1, seed=None).chance.seed == 2018


def test_a_model_can_be_stepped_and_looked_at():
    model = SectorModel("partners_in_practice", months=3, panel=True)
    assert model.running
    assert len(model.councils) == len(model.directors) == 152
    model.step()
    assert len(model.agents_by_type[Council]) == 152
    assert len(model.agents_by_type[ChiefExecutive]) == 152
    assert len(model.agents_by_type[Director]) == len(model.directors)
    assert set(model.agents) >= set(model.councils)
    frame = model.datacollector.get_model_vars_dataframe()
    assert len(frame) == 1
    assert frame["inadequate"].iloc[0] == sum(council.grade == 0 for council in model.councils)
    assert model.agents_by_type[Council].agg("quality", lambda q: sum(q) / 152) == pytest.approx(model.row.mean_quality)


def test_the_panel_is_every_council_and_director_of_every_month():
    model = SectorModel("partners_in_practice", months=2, panel=True)
    model.step()
    first = {council.index: council.quality for council in model.councils}
    model.step()
    councils, directors = model.panel.councils(), model.panel.directors()
    assert councils["month"].tolist() == [0] * 152 + [1] * 152
    assert councils["code"].tolist() == list(model.table.code) * 2
    assert councils["quality"].tolist()[:152] == [first[i] for i in range(152)]
    assert councils["days_given"].sum() > 0
    now = directors[directors["month"] == 1]
    assert set(now["status"]) <= {"permanent", "pool", "resting"}
    assert (now["status"] == "permanent").sum() == sum(council.seat >= 0 for council in model.councils)
    in_post = now[now["status"] == "permanent"]
    assert in_post["months_in_post"].mean() == pytest.approx(model.row.months_in_post)


class Loyal(Director):
    """A director who never leaves by choice."""

    def leaves_by_choice(self, *_):
        return False


class Closed(Council):
    """A council that learns nothing from others."""

    def learn(self, *_):
        pass


class Devoted(ChiefExecutive):
    """A chief who gives children's services a third of all attention."""

    def update_attention(self):
        self.attention = 1 / 3


def run_with(**classes):
    model = SectorModel("peer_support", months=12, **classes)
    while model.running:
        model.step()
    return model, model.datacollector.get_model_vars_dataframe()


def test_a_director_of_ones_own():
    model, months = run_with(director_class=Loyal)
    assert months["voluntary_exits"].sum() == 0
    assert simulate("peer_support", months=12).months["voluntary_exits"].sum() > 0
    assert {type(director) for director in model.directors} == {Loyal}


def test_a_council_of_ones_own():
    model, _ = run_with(council_class=Closed)
    usual, _ = run_with()
    gives = [council.borrowed_practice for council in model.councils if council.days_given_sum == 0]
    assert set(gives) == {0.0}
    assert min(council.borrowed_practice for council in usual.councils) > 0
    assert {type(council) for council in model.councils} == {Closed}


def test_a_chief_of_ones_own():
    model, months = run_with(chief_class=Devoted)
    assert {council.chief.attention for council in model.councils} == {1 / 3}
    assert not months["mean_quality"].equals(run_with()[1]["mean_quality"])


class WellCovered(Council):
    """A council whose interims are all of one ability."""

    def seat_interim(self, sector, ability):  # noqa: ARG002  the same whatever the luck
        super().seat_interim(sector, 2.0)


def test_every_interim_after_the_start_is_seated_by_the_council():
    model = SectorModel(months=24, council_class=WellCovered)
    at_start = {council.index: council.interim_ability for council in model.councils if council.seat == INTERIM}
    while model.running:
        model.step()
    interims = [council for council in model.councils if council.seat == INTERIM]
    new = [council for council in interims if council.interim_ability != at_start.get(council.index)]
    assert len(new) > 5
    assert {council.interim_ability for council in new} == {1.0}


def test_a_class_that_overrides_nothing_changes_nothing():
    class Same(Council):
        pass

    assert run_with(council_class=Same)[1].equals(run_with()[1])


EVERY_RULE_OF_AN_AGENT = [
    (kind, name)
    for kind in (Council, Director, ChiefExecutive)
    for name, member in vars(kind).items()
    if callable(member) and not name.startswith("_")
]


@pytest.mark.parametrize(("kind", "name"), EVERY_RULE_OF_AN_AGENT, ids=lambda thing: getattr(thing, "__name__", thing))
def test_every_method_of_an_agent_is_what_the_month_calls(kind, name):
    """Overriding any method is seen: the month calls the agent, not the rule behind it."""
    called = []

    def spy(self, *args):
        called.append(name)
        return getattr(kind, name)(self, *args)

    parameter = {Council: "council_class", Director: "director_class", ChiefExecutive: "chief_class"}[kind]
    own = type("Own", (kind,), {name: spy})
    regime = "improvement_partnership" if name == "end_partnership" else "childrens_trust"
    model = SectorModel(regime, months=30, **{parameter: own})
    while model.running and not called:
        model.step()
    assert called


def models_in_memory():
    gc.collect()
    return sum(isinstance(thing, SectorModel) for thing in gc.get_objects())


def test_a_finished_run_leaves_no_model_in_memory():
    before = models_in_memory()
    simulate("none", months=2)
    assert models_in_memory() == before
