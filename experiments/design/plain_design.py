"""A whole design as plain values, and back: for a file that another machine goes on from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from experiments.design.design import Design
from experiments.design.origin import Origin
from experiments.design.parameter_sets import ParameterSet
from experiments.files.digests import plain_values
from simulation.councils import Councils
from simulation.errors import InputError
from simulation.parameters import Parameters
from simulation.regimes import Arm, Regime
from simulation.scenario import Scenario
from simulation.switches import Switches


def plain_design(design: Design) -> dict[str, Any]:
    """Return a design of a fixed number of sets as plain values, ready for JSON: all of it, every set and council."""
    return plain_values(
        design.describe() | {"sets": [asdict(one) for one in design.sets], "councils": asdict(design.councils)}
    )


def read_design(content: Mapping[str, Any]) -> Design:
    """Return the design that `plain_design` gave.

    Raises:
        InputError: it is none, or was made by a version with other levers, switches or parameters.
    """
    try:
        return Design(
            regimes=tuple(plain_regime(cells) for cells in content["regimes"].values()),
            parities=tuple(content["parities"]),
            sets=tuple(_parameter_set(cells) for cells in content["sets"]),
            origin=Origin(**content["origin"]),
            replicates=content["replicates"],
            months=content["months"],
            seed=content["seed"],
            scenario=plain_scenario(content["scenario"]),
            switches=Switches(**content["switches"]),
            councils=Councils(**_with_tuples(content["councils"])),
            matters=tuple(content["matters"].items()),
            keep=tuple(content["keep"]),
        )
    except (TypeError, KeyError, AttributeError) as error:
        raise InputError(f"expected a design of this version of sli, got another ({error})") from None


def plain_regime(cells: Mapping[str, Any]) -> Regime:
    """Return the regime of plain values."""
    return Regime(**{**cells, "arms": tuple(Arm(**_with_tuples(arm)) for arm in cells["arms"])})


def plain_scenario(cells: Mapping[str, Any]) -> Scenario:
    """Return the scenario of plain values."""
    funding = cells["funding"]
    points = funding if isinstance(funding, str) else tuple((month, gap) for month, gap in funding)
    return Scenario(**{**cells, "funding": points})


def _parameter_set(cells: Mapping[str, Any]) -> ParameterSet:
    return ParameterSet(**{**_with_tuples(cells), "parameters": Parameters.from_mapping(cells["parameters"])})


def _with_tuples(cells: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in cells.items()}
