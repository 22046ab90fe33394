"""What must hold of a regime and of a model of one's own: whoever breaks one is told which."""

import numpy as np
import pytest

from simulation import REGIMES, Council, InputError, SectorModel, check_model, check_regime
from simulation.agents.agents import Director

QUICK = {"regimes": ["peer_support"], "months": 3}


def failed(model, **options):
    table = check_model(model, **QUICK | options, refuse=False)
    return set(table["check"][~table["holds"]])


@pytest.mark.parametrize("name", ["none", "peer_support", pytest.param("hybrid", marks=pytest.mark.slow)])
def test_shipped_regimes_keep_them_all(name):
    table = check_regime(name, months=3)
    assert table["holds"].all()
    assert len(table) == 7
    assert set(table["regime"]) == {name} <= set(REGIMES)


def test_the_model_keeps_them_all():
    assert not failed(SectorModel)


def test_a_behaviour_of_ones_own_may_keep_them_all():
    class Loyal(Director):
        def leaves_by_choice(self, *_):
            return False

    assert not failed(type("Own", (SectorModel,), {"director_class": Loyal}))


def test_days_that_come_from_nowhere_are_found():
    class Double(Council):
        def exchange(self, giver, days, director_share, c):
            super().exchange(giver, days, director_share, c)
            self.days_received += days

    assert failed(type("Own", (SectorModel,), {"council_class": Double})) == {"days and money add up"}


def test_luck_of_mesas_is_found():
    class Moody(Council):
        def fade(self, c):
            super().fade(c)
            self.quality += 0.01 * self.model.random.random()

    broken = failed(type("Own", (SectorModel,), {"council_class": Moody}))
    assert "Mesa's own generators change nothing" in broken


def test_luck_of_nobodys_is_found():
    class Moody(Council):
        def fade(self, c):
            super().fade(c)
            self.quality += 0.01 * np.random.default_rng().random()

    assert "the same luck gives the same run" in failed(type("Own", (SectorModel,), {"council_class": Moody}))


def test_agents_in_mesas_order_are_found():
    class Rushed(SectorModel):
        def step(self):
            for place, council in enumerate(self.agents_by_type[Council]):
                council.quality += 1e-3 * place / self.table.n
            super().step()

    assert failed(Rushed) == {"the order of agents changes nothing"}


def test_luck_that_is_spoilt_is_found():
    class Greedy(SectorModel):
        def step(self):
            self.chance.table[:, 0, 0] = 0.5
            super().step()

    assert "luck is left as it was" in failed(Greedy)


def test_help_without_pledges_is_found():
    class Helped(SectorModel):
        def step(self):
            if self.regime.name != "none":
                self.councils[0].quality += 0.1
            super().step()

    assert failed(Helped) == {"nothing pledged is none"}


def test_what_fails_is_named_in_a_sentence():
    class Double(Council):
        def exchange(self, giver, days, director_share, c):
            super().exchange(giver, days, director_share, c)
            self.days_received += days

    own = type("Own", (SectorModel,), {"council_class": Double})
    with pytest.raises(InputError, match=r"Own: expected that days and money add up \(regime peer_support\), got days"):
        check_model(own, **QUICK)


def test_a_model_that_ends_in_an_error_is_told_of():
    class Broken(SectorModel):
        def step(self):
            raise ZeroDivisionError("no councils")

    table = check_model(Broken, **QUICK, refuse=False)
    assert set(table["found"]) == {"ended in ZeroDivisionError: no councils"}


def test_what_is_no_model_or_regime_is_refused():
    with pytest.raises(InputError, match="a subclass of SectorModel"):
        check_model(Council)
    with pytest.raises(InputError, match="unknown regime"):
        check_regime("peer_suport")
