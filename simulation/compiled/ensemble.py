"""The ensemble engine: the same model as `SectorModel`, bit for bit, compiled for many runs."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

import numpy as np

from simulation.chance import Chance, draw_chance
from simulation.coefficients import Coefficients
from simulation.compiled.cache import run_months
from simulation.compiled.jit import check_compiler
from simulation.compiled.records import (
    ARM,
    COEFFICIENTS,
    COUNCIL,
    DEPLOYMENT,
    DIRECTOR,
    LINK,
    MONTH,
    PANEL,
    SECTION,
    SECTOR,
    SLOT,
    Columns,
    Records,
    Work,
    as_records,
)
from simulation.councils import Councils, same_start
from simulation.limits import checked_months
from simulation.opening import open_councils, opening_sector, set_first_judgements
from simulation.outcomes.measures import run_outcomes
from simulation.outcomes.outcomes import SPELL_MONTHS
from simulation.outcomes.paths import PATHS
from simulation.outcomes.run import COUNCIL_COLUMNS, Run
from simulation.parameters import Parameters
from simulation.regimes import Deployment, Regime, deploy, load_regime
from simulation.rules.nearest import NATIONAL_SECTIONS, SHELVES
from simulation.scenario import Scenario
from simulation.switches import Switches

_SUMS = {"final_grade": "grade", "mean_quality": "quality_sum"}
_SUMS |= {name: f"{name}_sum" for name in ("days_given", "days_received")}
"""What a council's record holds for those of `COUNCIL_COLUMNS` that it names otherwise."""
_COUNCILS = Columns(COUNCIL, [_SUMS.get(name, name) for name in COUNCIL_COLUMNS])
_MONTHS = Columns(MONTH, tuple(PATHS))
_MEAN_QUALITY = COUNCIL_COLUMNS.index("mean_quality")


@dataclass(frozen=True)
class Opening:
    """Month 0 under one parameter set and one replicate's luck: shared by every regime and parity."""

    parameters: Parameters
    chance: Chance
    coefficients: Records
    councils: Records
    directors: Records
    sector: Records


class Ensemble:
    """Runs of the same councils in the same scenario, compiled.

    An instance serves any number of threads at once.

    >>> ensemble = Ensemble(months=12)
    >>> opening = ensemble.open(Parameters(), ensemble.draw(seed=2018, replicate=0))
    >>> ensemble.run("peer_support", opening, "pounds").outcomes["inadequate_months"]
    252.0
    """

    def __init__(
        self,
        months: int = 120,
        *,
        switches: Switches | None = None,
        scenario: Scenario | None = None,
        councils: Councils | None = None,
    ) -> None:
        """Set up what all runs share; arguments are those of `simulation.simulate`."""
        check_compiler()
        self.months = checked_months(months)
        self.table, self.scenario = same_start(councils, scenario)
        self.switches = switches or Switches()
        self._gaps = np.array(self.scenario.gaps(self.months))
        self._pause = self.scenario.pause_months()
        self._local = threading.local()

    def draw(self, seed: int, replicate: int) -> Chance:
        """Return the luck of a replicate, shared by all parameter sets and regimes."""
        return draw_chance(seed, replicate, self.months, self.table.n, len(self.table.regions))

    def open(self, parameters: Parameters | None, chance: Chance) -> Opening:
        """Return month 0 under these parameters (the defaults where None) and this luck.

        Raises:
            InputError: the luck does not cover the months, councils and regions of these runs.
        """
        chance.check(self.months, self.table.n, len(self.table.regions))
        c = Coefficients.of(parameters or Parameters(), self.switches, self.table.n, self.scenario.poverty_tilt)
        states, seated = open_councils(self.table, chance, c)
        set_first_judgements(states, self.table, chance, self._pause)
        sector = opening_sector(states, c)
        sector.directors = len(seated)
        return Opening(
            parameters=c,
            chance=chance,
            coefficients=as_records([c], COEFFICIENTS),
            councils=as_records(states, COUNCIL),
            directors=as_records(seated, DIRECTOR),
            sector=as_records([sector], SECTOR),
        )

    def run(self, regime: str | Regime, opening: Opening, parity: str = "none", *, panel: bool = False) -> Run:
        """Return the record of one run, equal in every bit to that of `simulate` with Mesa agents.

        ``panel`` keeps every council's months too.
        """
        chosen = load_regime(regime)
        deployment = deploy(chosen, opening.parameters, parity, self.table.n)
        councils = copied(opening.councils)
        rows = np.zeros(self.months, MONTH)
        seen = np.zeros((self.months, self.table.n if panel else 0), PANEL)
        work = self._work(deployment)
        run_months(
            councils,
            self._directors(opening),
            copied(opening.sector),
            rows,
            seen,
            opening.coefficients,
            as_records(deployment.arms, ARM),
            as_records([deployment], DEPLOYMENT),
            work,
            opening.chance.table,
            self._gaps,
            self._pause,
        )
        record = self._record(chosen.name, parity, opening.chance.replicate, councils, rows, work)
        return replace(record, panel=seen) if panel else record

    def _directors(self, opening: Opening) -> Records:
        room: Records | None = getattr(self._local, "directors", None)
        if room is None:
            # A council gains at most one director a month, and one more as a trust begins.
            room = self._local.directors = np.zeros(self.table.n * (self.months + 2), DIRECTOR)
        room[: self.table.n].view(np.uint8)[:] = opening.directors.view(np.uint8)
        return room

    def _work(self, deployment: Deployment) -> Work:
        n, regions = self.table.n, len(self.table.regions)
        most = sum(n * arm.givers_per_receiver for arm in deployment.arms)
        followed = min(SPELL_MONTHS, self.months)
        return Work(
            links=np.zeros(most, LINK),
            slots=np.zeros(SHELVES * n if most else 0, SLOT),
            sections=np.zeros(NATIONAL_SECTIONS + 2 * regions, SECTION),
            region_gaps=np.zeros(regions),
            region_counts=np.zeros(regions, np.int64),
            at_risk=np.zeros(followed, np.int64),
            mended=np.zeros(followed, np.int64),
        )

    def _record(self, regime: str, parity: str, replicate: int, councils: Records, rows: Records, work: Work) -> Run:
        month_values = _MONTHS.of(rows)
        council_values = _COUNCILS.of(councils)
        council_values[:, _MEAN_QUALITY] /= self.months
        return Run(
            regime=regime,
            parity=parity,
            replicate=replicate,
            table=self.table,
            values=run_outcomes(month_values, self.table.n, work.at_risk.tolist(), work.mended.tolist()),
            month_values=month_values,
            council_values=council_values,
        )


def copied(records: Records) -> Records:
    """Return a copy, made as bytes: NumPy copies records a field at a time."""
    return records.view(np.uint8).copy().view(records.dtype)
