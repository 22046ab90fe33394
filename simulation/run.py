"""One run, from the first month to the last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import mesa
import pandas as pd

from simulation.chance import Chance
from simulation.councils import GRADES, Councils
from simulation.outcomes import PATHS, run_outcomes
from simulation.parameters import Parameters
from simulation.regimes import Regime
from simulation.scenario import Scenario
from simulation.sector import SectorModel
from simulation.switches import Switches


@dataclass(frozen=True)
class Run:
    """The record of one run.

    Attributes:
        regime: the regime's name.
        parity: what was held equal to Partners in Practice.
        replicate: which luck.
        outcomes: value by name; `OUTCOMES` states units. Outcomes that need the run under `none` beside it are NaN.
        months: a row a month (index ``month``), a column a path; `PATHS` states units.
        councils: a row a council in order of code: who it is, and sums and means over the run.
        realised: delivered over the run: ``pounds`` (cash, worth of unpaid days, trusts), ``days``, ``director_days``.
    """

    regime: str
    parity: str
    replicate: int
    outcomes: Mapping[str, float]
    months: pd.DataFrame
    councils: pd.DataFrame
    realised: Mapping[str, float]


def simulate(
    regime: str | Regime = "none",
    *,
    replicate: int = 0,
    seed: int = 2018,
    months: int = 120,
    parity: str = "none",
    parameters: Parameters | None = None,
    switches: Switches | None = None,
    scenario: Scenario | None = None,
    councils: Councils | None = None,
    chance: Chance | None = None,
) -> Run:
    """Run one regime once and return its record; arguments are those of `SectorModel`.

    >>> simulate("none", months=3).months["inadequate"].tolist()
    [23.0, 22.0, 22.0]

    Raises:
        InputError: anything handed in is not valid.
    """
    model = SectorModel(
        regime,
        replicate,
        months,
        seed,
        parity,
        parameters=parameters,
        switches=switches,
        conditions=scenario,
        authorities=councils,
        chance=chance,
    )
    while model.running:
        model.step()
    run = record_run(model, parity)
    # Mesa 3.3 counts agents in a class attribute keyed by model, and so would keep every model for ever.
    getattr(mesa.Agent, "_ids", {}).pop(model, None)
    return run


def record_run(model: SectorModel, parity: str) -> Run:
    """Return the record of a model that has run its months."""
    months = model.datacollector.get_model_vars_dataframe().rename_axis("month")[list(PATHS)]
    outcomes = run_outcomes(months, model.row.stuck, model.table.n, model.at_risk, model.mended)
    return Run(
        regime=model.regime.name,
        parity=parity,
        replicate=model.chance.replicate,
        outcomes=outcomes,
        months=months,
        councils=_council_table(model),
        realised={
            "pounds": outcomes["programme_cost"],
            "days": outcomes["days_delivered"],
            "director_days": outcomes["director_days"],
        },
    )


def _council_table(model: SectorModel) -> pd.DataFrame:
    table = model.table
    by_deprivation = sorted(range(table.n), key=lambda i: (table.deprivation[i], i))
    fifth = {i: 1 + 5 * place // table.n for place, i in enumerate(by_deprivation)}
    return pd.DataFrame(
        {
            "code": table.code,
            "region": table.region,
            "deprivation_fifth": [fifth[i] for i in range(table.n)],
            "start_grade": [GRADES[grade] for grade in table.grade],
            "final_grade": [GRADES[council.grade] for council in model.councils],
            "months_inadequate": [council.months_inadequate for council in model.councils],
            "mean_quality": [council.quality_sum / model.months for council in model.councils],
            "months_giving": [council.months_giving for council in model.councils],
            "days_given": [council.days_given_sum for council in model.councils],
            "days_received": [council.days_received_sum for council in model.councils],
            "exits": [council.exits for council in model.councils],
            "director_changes": [council.director_changes for council in model.councils],
        }
    )
