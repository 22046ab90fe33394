"""What tests of the model share: small sectors, terms of an arm, and coefficients with some numbers changed."""

from dataclasses import replace

import pytest

from simulation.coefficients import Coefficients
from simulation.councils import Councils, load_councils
from simulation.parameters import Parameters
from simulation.state import BELOW_GOOD, GOOD_OR_BETTER, ArmTerms, ChiefState, CouncilState
from simulation.switches import Switches


@pytest.fixture(scope="session")
def england():
    """England's 152 councils in April 2018."""
    return load_councils()


@pytest.fixture(scope="session")
def coefficients():
    """A maker of coefficients: defaults but for the parameters and switches named."""

    def make(*, councils=152, poverty_tilt=0.0, switches=None, **parameters):
        return Coefficients.of(Parameters(**parameters), Switches(**(switches or {})), councils, poverty_tilt)

    return make


@pytest.fixture(scope="session")
def c(coefficients):
    """The coefficients of the default parameters."""
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
        carry=0.0,
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
