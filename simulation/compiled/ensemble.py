"""The ensemble engine: the same model as `SectorModel`, bit for bit, compiled for many runs."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np

from simulation.arrays import Floats
from simulation.chance import Chance
from simulation.coefficients import Coefficients
from simulation.compiled.cache import deploy_regime, measure_run, open_run, run_months
from simulation.compiled.jit import check_compiler
from simulation.compiled.own_runs import runs_with
from simulation.compiled.records import (
    ARM,
    ARM_LEVERS,
    COEFFICIENTS,
    COUNCIL,
    DEPLOYMENT,
    DIRECTOR,
    FACTS,
    MONTH,
    PANEL,
    SECTOR,
    Columns,
    Records,
    Work,
    as_records,
    copied,
)
from simulation.compiled.rooms import director_room, room_counts, work_rooms
from simulation.councils import Councils, same_start
from simulation.draws import draw_chance
from simulation.limits import checked_months
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.paths import PATHS
from simulation.outcomes.run import COUNCIL_MEASURES, Run
from simulation.own_rules import OwnRules, Rules, own_rules
from simulation.parameters import Parameters
from simulation.regimes import Regime, load_regime
from simulation.regimes.parity import arm_levers, parity_number
from simulation.scenario import Scenario
from simulation.state import CouncilState, DirectorState, SectorState
from simulation.switches import Switches

_SUMS = {"final_grade": "grade", "mean_quality": "quality_sum"}
_SUMS |= {name: f"{name}_sum" for name in ("days_given", "days_received")}
"""What a council's record holds for those of `COUNCIL_MEASURES` that it names otherwise."""
_COUNCILS = Columns(COUNCIL, [_SUMS.get(name, name) for name in COUNCIL_MEASURES])
_MONTHS = Columns(MONTH, tuple(PATHS))


@dataclass(frozen=True)
class Opening:
    """Month 0 under one parameter set and one replicate's luck: shared by every regime and parity."""

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
        rules: Rules | OwnRules | None = None,
    ) -> None:
        """Set up what all runs share; arguments are those of `simulation.simulate`."""
        check_compiler()
        self._runs = runs_with(own_rules(rules))
        self.months = checked_months(months)
        self.table, self.scenario = same_start(councils, scenario)
        self.switches = switches or Switches()
        self._gaps = np.array(self.scenario.gaps(self.months))
        self._pause = self.scenario.pause_months()
        n = self.table.n
        self._facts = as_records(self.table.facts, FACTS)
        self._new_councils = as_records([CouncilState()] * n, COUNCIL)
        self._new_directors = as_records([DirectorState()] * n, DIRECTOR)
        self._new_sector = as_records([SectorState()], SECTOR)
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
        c = Coefficients.in_force(parameters or Parameters(), self.switches, *self.scenario.for_coefficients())
        opening = Opening(
            chance=chance,
            coefficients=as_records([c], COEFFICIENTS),
            councils=copied(self._new_councils),
            directors=copied(self._new_directors),
            sector=copied(self._new_sector),
        )
        open_one = self._runs.open or open_run
        open_one(
            self._facts,
            np.array([*chance.start.values()]),
            chance.regions,
            opening.coefficients,
            self._pause,
            self.table.own,
            opening.councils,
            opening.directors,
            opening.sector,
        )
        return opening

    def run(self, regime: str | Regime, opening: Opening, parity: str = "none", *, panel: bool = False) -> Run:
        """Return the record of one run, equal in every bit to that of `simulate` with Mesa agents.

        ``panel`` keeps every council's months too.

        Raises:
            InputError: the regime or the parity is not valid.
        """
        definition = load_regime(regime).from_start(self.scenario.start)
        arms, deployment = self._deployed(definition, opening, parity)
        councils = copied(opening.councils)
        rows = np.zeros(self.months, MONTH)
        seen = np.zeros((self.months, self.table.n if panel else 0), PANEL)
        work = self._work(arms)
        run = self._runs.run or run_months
        run(
            councils,
            self._directors(opening),
            copied(opening.sector),
            rows,
            seen,
            opening.coefficients,
            arms,
            deployment,
            work,
            opening.chance.table,
            self._gaps,
            self._pause,
        )
        month_values, council_values, values = self._measured(rows, councils, work)
        return Run(
            regime=definition.name,
            parity=parity,
            replicate=opening.chance.replicate,
            table=self.table,
            values=values,
            month_values=month_values,
            council_values=council_values,
            panel=seen if panel else None,
        )

    def _deployed(self, regime: Regime, opening: Opening, parity: str) -> tuple[Records, Records]:
        """Return the terms of a regime's arms, and what they have in common."""
        levers = as_records(arm_levers(regime), ARM_LEVERS)
        arms, deployment = np.zeros(len(levers), ARM), np.zeros(1, DEPLOYMENT)
        number = parity_number(regime, parity)
        deploy_regime(levers, regime.trusts, opening.coefficients, number, self.table.n, arms, deployment)
        return arms, deployment

    def _measured(self, rows: Records, councils: Records, work: Work) -> tuple[Floats, Floats, Floats]:
        """Return a run's paths, columns of councils, and outcomes."""
        kept = (
            np.empty((self.months, len(PATHS))),
            np.empty((self.table.n, len(COUNCIL_MEASURES))),
            np.full(len(OUTCOMES), np.nan),
        )
        measure_run(_MONTHS.of(rows), _COUNCILS.of(councils), work.at_risk, work.mended, *kept)
        return kept

    def _directors(self, opening: Opening) -> Records:
        room: Records | None = getattr(self._local, "directors", None)
        if room is None:
            room = self._local.directors = director_room(self._counts())
        room[: self.table.n].view(np.uint8)[:] = opening.directors.view(np.uint8)
        return room

    def _work(self, arms: Records) -> Work:
        return work_rooms(self._counts(self.table.n * int(arms["givers_per_receiver"].sum())))

    def _counts(self, links: int = 0) -> dict[str, int]:
        return room_counts(self.table.n, len(self.table.regions), self.months, links)
