"""Regimes as they run: what history pledged, what trusts cost and leave, and when support acts."""

import pytest

from simulation import Parameters, SectorModel, load_regime, simulate

NO_PRESSURE = Parameters(pressure_on_giving=0.0)


def test_history_grows_from_14_partners_to_19():
    months = simulate("historical", months=30, parameters=NO_PRESSURE).months
    assert months["days_pledged"].tolist() == pytest.approx([336.0] * 24 + [458.0] * 6)
    assert months["givers"].tolist() == [14] * 24 + [19] * 6


def test_support_matched_in_a_month_acts_from_the_next():
    regime = load_regime("partners_in_practice").with_arms(first_month=3, attention_shift=0.3)
    helped, alone = simulate(regime, months=6).months, simulate("none", months=6).months
    assert helped["days_delivered"].tolist()[:3] == [0, 0, 0]
    assert helped["days_delivered"][3] > 0
    for path in ("agency_share", "attention", "mean_quality"):
        assert helped[path][:4].equals(alone[path][:4]), path
        assert helped[path][4] != alone[path][4], path


def test_peers_give_little_each_and_reach_more():
    partners, peers = simulate("partners_in_practice", months=6).months, simulate("peer_support", months=6).months
    assert (peers["givers"] > 3 * partners["givers"]).all()
    assert (peers["receivers"] > partners["receivers"]).all()
    assert partners["over_release"].sum() > 0
    assert peers["over_release"].sum() == 0


def test_gold_dust_prefers_givers_that_came_up_from_inadequate():
    def recovered_givers(name):
        model = SectorModel(name, months=1)
        model.step()
        return sum(council.recovered for council in model.councils if council.days_given > 0)

    assert recovered_givers("gold_dust") > recovered_givers("partners_in_practice")


@pytest.fixture(scope="module")
def trusts():
    """Ten years of trusts: for every month, the model's spending before it and what it then did."""
    model = SectorModel("childrens_trust", months=60, parameters=NO_PRESSURE)
    months = []
    for month in range(60):
        spent, decided = model.sector.spent, {k.index: k.trust_from for k in model.councils}
        model.step()
        months.append(
            (month, spent, decided, {k.index: (k.trust_from, k.trust_months, k.grade) for k in model.councils})
        )
    return model, months


def test_a_trust_starts_18_months_after_its_judgement_and_stays(trusts):
    _, months = trusts
    decided = {}
    for month, _, before, after in months:
        for i, (start, running, grade) in after.items():
            if start != before[i]:
                assert (before[i], start, grade) == (-1, month + 18, 0)
                decided[i] = start
            assert running == (month - start + 1 if 0 <= start <= month else -1)
    assert len(decided) >= 5


def test_it_starts_whatever_the_grade_then(sector):
    model = SectorModel("childrens_trust", months=5, councils=sector(first_month=(-1,) * 12))
    council = model.councils[3]
    council.trust_from, council.grade, council.next_judgement = 2, 2, 99
    for month in range(5):
        model.step()
        assert council.trust_months == (month - 1 if month >= 2 else -1)
        assert model.row.trusts == int(month >= 2)


def test_partners_get_each_quarter_what_trusts_leave(trusts):
    model, months = trusts
    pledged = model.datacollector.get_model_vars_dataframe()["days_pledged"]
    short = 0
    for month, _, _, _ in months[::3]:
        costs = model.datacollector.get_model_vars_dataframe()
        spent = costs["programme_cash"][:month].sum() + costs["trust_cost"][:month].sum()
        left = max(0.0, 336_000 * (month + 3) - spent) / 3000
        assert pledged[month] == pytest.approx(min(336.0, left), abs=1e-6)
        short += left < 336
    assert short > 0


def test_trusts_that_cost_more_than_the_programme_are_marked(trusts):
    model, _ = trusts
    months = model.datacollector.get_model_vars_dataframe()
    over = months["trust_cost"].cumsum() > 336_000 * (months.index + 1)
    assert months["over_budget"].astype(bool).tolist() == over.tolist()
    assert simulate("partners_in_practice", months=3).outcomes["infeasible_months"] == 0


def test_partnerships_concentrate_on_inadequate_councils_and_what_they_leave_goes_on():
    model = SectorModel("improvement_partnership", months=1)
    model.step()
    links = model.links[: model.sector.links]
    joined = [link for link in links if link.arm == 0]
    rest = [link for link in links if link.arm == 1]
    assert all(link.days == 16.0 and model.councils[link.receiver].grade == 0 for link in joined)
    assert len(joined) == 20
    assert sum(link.days for link in rest) == pytest.approx(16.0)
    assert {link.receiver for link in rest}.isdisjoint({link.receiver for link in joined})
