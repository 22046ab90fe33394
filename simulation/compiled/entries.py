"""What is called from outside compiled code: each entry is compiled as a whole, and kept as a whole by `cache`.

Entries take arrays, which they write on, and numbers; the science and the order of it stand elsewhere. The caller keeps
every array alive until an entry returns (see `borrowed`).
"""

from __future__ import annotations

from typing import Any

from simulation.compiled import sort  # noqa: F401  what compiled code sorts with
from simulation.compiled.borrowed import borrowed, borrowed_work
from simulation.compiled.month import run_month
from simulation.compiled.records import Month
from simulation.opening import open_sector
from simulation.outcomes.measures import MEAN_QUALITY, write_outcomes, write_paired_outcomes
from simulation.rules.constants import write_constants
from simulation.rules.marker import uncounted
from simulation.rules.quantity import write_deployment


def open_run(
    facts: Any,
    luck: Any,
    regional_luck: Any,
    coefficients: Any,
    pause: Any,
    own: Any,
    councils: Any,
    directors: Any,
    sectors: Any,
) -> None:
    """Write what follows from the parameters in force into ``coefficients``, and month 0 into new records.

    Args:
        facts: records of `FACTS`, a council each.
        luck: draws of the start, shape (decisions, councils).
        regional_luck: draws, shape (regions,).
        coefficients: one record of `COEFFICIENTS`, which holds the parameters in force.
        pause: first month of the pause of inspections and first month after it.
        own: whether the table of councils is the user's own.
        councils: new records of `COUNCIL`.
        directors: new records of `DIRECTOR`, a council each.
        sectors: one new record of `SECTOR`.
    """
    c, sector = borrowed(coefficients)[0], borrowed(sectors)[0]
    write_constants(c, len(facts))
    open_sector(
        borrowed(facts),
        borrowed(luck),
        borrowed(regional_luck),
        c,
        pause,
        own,
        borrowed(councils),
        borrowed(directors),
        sector,
    )


def deploy_regime(
    levers: Any, trusts: Any, coefficients: Any, parity: Any, councils: Any, arms: Any, deployments: Any
) -> None:
    """Write the terms of a regime's arms, and what they have in common, in a sector of so many ``councils``.

    Args:
        levers: records of `ARM_LEVERS`, an arm each.
        trusts: whether departments may be removed to trusts.
        coefficients: one record of `COEFFICIENTS`.
        parity: number of what is held equal between regimes.
        councils: how many there are.
        arms: records of `ARM`, an arm each.
        deployments: one record of `DEPLOYMENT`.
    """
    c, deployment = borrowed(coefficients)[0], borrowed(deployments)[0]
    write_deployment(deployment, borrowed(arms), borrowed(levers), trusts, councils, c, parity)


def run_months(
    councils: Any,
    directors: Any,
    sectors: Any,
    rows: Any,
    panel: Any,
    coefficients: Any,
    arms: Any,
    deployments: Any,
    work: Any,
    luck: Any,
    gaps: Any,
    pause: Any,
) -> None:
    """Run the months from the one in which the sector stands, until as many are run as there are ``gaps``.

    What the rest is, `simulation.compiled.records.Month` says.
    """
    rows, panel, luck = borrowed(rows), borrowed(panel), borrowed(luck)
    sector, c, deployment = borrowed(sectors)[0], borrowed(coefficients)[0], borrowed(deployments)[0]
    councils, directors, arms = borrowed(councils), borrowed(directors), borrowed(arms)
    work = borrowed_work(work)
    for month in range(sector.month, len(gaps)):
        sector.month = month
        sector.gap = gaps[month]
        row, seen = rows[month], panel[month]
        run_month(Month(councils, directors, sector, row, seen, c, arms, deployment, work, luck[month], pause))


def measure_run(
    months: Any,
    councils: Any,
    at_risk: Any,
    mended: Any,
    month_values: Any,
    council_values: Any,
    values: Any,
) -> None:
    """Write what is kept of a run: paths, columns of councils, and outcomes.

    Args:
        months: records of `MONTH` as `simulation.compiled.records.Columns` hands them over.
        councils: records of `COUNCIL` likewise.
        at_risk: spells of failure under way, by months since the judgement.
        mended: those of them that ended in good.
        month_values: shape (months, paths).
        council_values: shape (councils, columns).
        values: shape (outcomes,), not-a-number so far.
    """
    month_values, council_values, values = borrowed(month_values), borrowed(council_values), borrowed(values)
    copy_columns(borrowed(months[0]), borrowed(months[1]), borrowed(months[2]), borrowed(months[3]), month_values)
    copy_columns(
        borrowed(councils[0]), borrowed(councils[1]), borrowed(councils[2]), borrowed(councils[3]), council_values
    )
    for i in range(len(council_values)):
        council_values[i, MEAN_QUALITY] /= len(month_values)
    write_outcomes(month_values, len(council_values), borrowed(at_risk), borrowed(mended), values)


def pair_runs(councils: Any, none: Any, months: Any, values: Any) -> None:
    """Write the outcomes that compare a run with the same run under `none`.

    Args:
        councils: the run's columns of councils, shape (councils, columns).
        none: those of the run under `none`.
        months: how many the runs have.
        values: shape (outcomes,).
    """
    write_paired_outcomes(borrowed(councils), borrowed(none), months, borrowed(values))


@uncounted
def copy_columns(reals: Any, wholes: Any, places: Any, is_whole: Any, values: Any) -> None:
    """Copy the entries at these ``places`` of every row into ``values``, whole ones as numbers like the others."""
    for row in range(len(values)):
        for column in range(len(places)):
            place = places[column]
            values[row, column] = wholes[row, place] if is_whole[column] else reals[row, place]
