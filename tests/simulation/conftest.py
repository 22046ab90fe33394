"""What tests of the model share: small sectors, terms of an arm, and coefficients with some numbers changed.

Checks against closed forms start runs from a month 0 set by hand (`lived`) and allow for chance alone (`within`).
"""

from dataclasses import replace

import numpy as np
import pytest

from simulation.agents.model import SectorModel, run_to_the_end
from simulation.coefficients import Coefficients
from simulation.compiled.ensemble import Ensemble
from simulation.councils import Councils, load_councils
from simulation.state import BELOW_GOOD, GOOD_OR_BETTER, ArmTerms, ChiefState, CouncilState


@pytest.fixture(scope="session")
def england():
    """England's 152 councils in April 2018."""
    return load_councils()


@pytest.fixture(scope="session")
def coefficients(past):
    """A maker of coefficients: those before the new terms but for the parameters and switches named."""

    def make(*, councils=152, poverty_tilt=0.0, drift_from=0, switches=None, **parameters):
        choices = past.switches(**(switches or {}))
        return Coefficients.of(past.parameters(**parameters), choices, councils, poverty_tilt, drift_from)

    return make


@pytest.fixture(scope="session")
def c(coefficients):
    """The coefficients before the new terms."""
    return coefficients()


@pytest.fixture(scope="session")
def council():
    """A maker of councils: attributes as named, the chief's attention at the default base unless given."""

    def make(*, attention=0.2, **attributes):
        return CouncilState(chief=ChiefState(attention=attention), **attributes)

    return make


@pytest.fixture(scope="session")
def arm():
    """A maker of an arm's terms: those of Partners in Practice but for the levers named."""
    partners = ArmTerms(
        first_month=0,
        last_month=1_000_000,
        budget=336.0,
        worth=1.0,
        givers=14,
        giver_rule=GOOD_OR_BETTER,
        days_per_giver=24.0,
        receiver_rule=BELOW_GOOD,
        days_per_receiver=10.9,
        givers_per_receiver=1,
        reciprocal=False,
        paid=True,
        director_share=0.1,
        cash_per_day=1000.0,
        shadow_price_per_day=0.0,
        attention_shift=0.0,
        gold_preference=0.0,
        region_preference=0.3,
        labels=True,
        partnership=False,
    )
    return lambda **levers: replace(partners, **levers)


@pytest.fixture(scope="session")
def sector():
    """A maker of small sectors of the user's own: every grade, three regions, some judged soon."""

    def make(n=12, **fields):
        given = {
            "code": tuple(f"c{i:04}" for i in range(n)),
            "name": tuple(f"Council {i}" for i in range(n)),
            "region": tuple(("east", "north", "west")[i % 3] for i in range(n)),
            "deprivation_score": tuple(float((7 * i) % n) for i in range(n)),
            "children_in_need": tuple(1000.0 + 100.0 * i for i in range(n)),
            "grade": tuple((0, 1, 1, 2, 2, 3)[i % 6] for i in range(n)),
            "months_since_judgement": tuple(1 + (5 * i) % 40 for i in range(n)),
            "framework": (1,) * n,
            "recovered": tuple(int(i % 6 == 0 or i % 5 == 3) for i in range(n)),
            "first_month": tuple(i // 2 if i % 2 else -1 for i in range(n)),
            "first_framework": tuple(int(i % 4 == 1) for i in range(n)),
            "start": "2018-04",
            "own": True,
        }
        return Councils(**(given | fields))

    return make


@pytest.fixture(scope="session")
def chance_of():
    """What finds the chance with which something happens: it happens for every uniform draw below that chance."""

    def find(happens):
        low, high = 0.0, 1.0
        if not happens(low):
            return 0.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if happens(middle) else (low, middle)
        return low if high < 1.0 else 1.0

    return find


@pytest.fixture(scope="session")
def alike(sector):
    """A maker of sectors of like councils, all good, in one region, never judged unless a first month is given."""

    def make(n, **fields):
        same = {
            "region": ("one",) * n,
            "deprivation_score": (0.0,) * n,
            "children_in_need": (1200.0,) * n,
            "grade": (2,) * n,
            "months_since_judgement": (20,) * n,
            "recovered": (0,) * n,
            "first_month": (1_000_000,) * n,
            "first_framework": (0,) * n,
        }
        return sector(n, **(same | fields))

    return make


@pytest.fixture(scope="session")
def quiet(past):
    """A maker of parameters with every coupling at zero, but for the numbers named."""
    couplings = (
        "national_drift", "pressure_effect", "corporate_protection", "pressure_on_giving", "regional_spillover",
        "collapse_rate", "director_effect", "succession_dip", "interim_penalty", "dismissal_probability",
        "exit_quality_slope", "press_supply_elasticity", "attention_effect", "attention_absorption", "attention_shield",
        "stigma_agency_effect", "quality_agency_effect", "agency_effect", "alarm_push", "label_stigma",
        "label_prestige", "transfer_rate", "borrowed_loss_on_exit", "overload_cost", "overload_exit", "giver_learning",
        "gold_dust_premium",
    )  # fmt: skip
    return lambda **named: past.parameters(**(dict.fromkeys(couplings, 0.0) | named))


@pytest.fixture(scope="session")
def lived(past):
    """What runs a sector by either engine from a month 0 set by hand, without the new terms unless they are given.

    ``luck`` sets whole tables of chance; ``start`` and ``directors`` set attributes at month 0, one value or one each.
    """

    def live(councils, months, regime="none", *, engine="ensemble", replicate=0, luck=None, **given):
        start, directors = given.pop("start", {}), given.pop("directors", {})
        parameters = given.pop("parameters", past.parameters())
        given.setdefault("switches", past.switches())
        given.setdefault("scenario", past.scenario(start=councils.start))
        ensemble = Ensemble(months, councils=councils, **given)
        chance = ensemble.draw(2018, replicate)
        tables = {**chance.start, **chance.months}
        for decision, values in (luck or {}).items():
            tables[decision][:] = values
        if engine == "ensemble":
            opening = ensemble.open(parameters, chance)
            for records, values in ((opening.councils, start), (opening.directors, directors)):
                for name, value in values.items():
                    records[name] = value
            return ensemble.run(regime, opening, panel=True)
        model = SectorModel(
            regime, months=months, parameters=parameters, councils=councils, chance=chance, panel=True, **given
        )
        for agents, values in ((model.councils, start), (model.directors, directors)):
            for name, value in values.items():
                for agent, one in zip(agents, np.broadcast_to(value, len(agents)).tolist(), strict=True):
                    setattr(agent, name, type(getattr(agent, name))(one))
        return run_to_the_end(model)

    return live


@pytest.fixture(scope="session")
def within():
    """A check that a number lies within four standard errors of what it should be.

    Chance alone would break one such check in 16,000. The error must be small (``sharp``, of ``scale`` or of the number
    expected), so that the check can fail.
    """

    def check(found, expected, error, *, sharp=0.03, scale=None):
        assert 0.0 < error <= sharp * abs(expected if scale is None else scale), "too blunt to tell"
        assert abs(found - expected) <= 4.0 * error, f"{found:.6g}, not {expected:.6g}, with an error of {error:.2g}"

    return check
