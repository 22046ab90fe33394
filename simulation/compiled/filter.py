"""How likely judgements are under a parameter set, by particles: the judged months of a table of councils, followed."""

from __future__ import annotations

import numpy as np

from simulation.arrays import Floats, Numbers
from simulation.coefficients import Coefficients
from simulation.compiled import particles
from simulation.compiled.cache import follow_judgements
from simulation.compiled.jit import check_compiler
from simulation.compiled.records import COEFFICIENTS, COUNCIL, DIRECTOR, FACTS, SECTOR, as_records
from simulation.compiled.streams import ROOM
from simulation.councils import Councils, same_start
from simulation.errors import InputError
from simulation.parameters import Parameters
from simulation.scenario import Scenario
from simulation.state import CouncilState, DirectorState, SectorState
from simulation.switches import Switches

PARTICLES = 100
"""Particles a council."""


class JudgementFilter:
    """Follows the judgements of some councils, month by month; an instance serves any number of threads at once."""

    def __init__(
        self,
        grades: Numbers,
        frameworks: Numbers,
        *,
        particles: int = PARTICLES,
        switches: Switches | None = None,
        scenario: Scenario | None = None,
        councils: Councils | None = None,
    ) -> None:
        """Set up what every parameter set shares.

        Args:
            grades: grades given in each month from month 0, -1 where none was, shape (months, councils).
            frameworks: frameworks of those judgements, as `simulation.state` numbers them, same shape.
            particles: a council.
            switches: the model's structure, the defaults where None.
            scenario: the world outside the model, the default where None.
            councils: the table at month 0, England's where None.

        Raises:
            InputError: the arrays are of other councils.
        """
        check_compiler()
        self.table, self.scenario = same_start(councils, scenario)
        self.switches = switches or Switches()
        self.particles = particles
        n = self.table.n
        if grades.shape != frameworks.shape or grades.shape[1:] != (n,):
            raise InputError(f"grades: expected shape (months, {n}), got {grades.shape} and {frameworks.shape}")
        self._grades, self._frameworks = grades.astype(np.int64), frameworks.astype(np.int64)
        self._facts = as_records(self.table.facts, FACTS)
        self._gaps = np.array(self.scenario.gaps(len(grades)))
        self._councils = np.repeat(as_records([CouncilState()], COUNCIL), n * particles).reshape(particles, n)
        self._directors = np.repeat(as_records([DirectorState()], DIRECTOR), n * particles).reshape(particles, n)
        self._sector = as_records([SectorState()], SECTOR)

    def log_chances(self, parameters: Parameters, *, seed: int = 2018, replicate: int = 0) -> Floats:
        """Return the logarithm of the chance of each month's judgements, given those before, shape (months,).

        It is estimated from the particles, and the estimate of the chance has no bias. Minus infinity where no particle
        could have been judged so.
        """
        n, regions = self.table.n, len(self.table.regions)
        c = Coefficients.in_force(parameters, self.switches, *self.scenario.for_coefficients())
        room = (
            np.empty((particles.START_DECISIONS, n)),
            np.empty(regions),
            np.empty(ROOM, np.uint64),
            np.zeros(regions),
            np.zeros(regions),
            np.empty(self.particles),
            np.empty(self.particles, np.int64),
            np.empty(self.particles, COUNCIL),
            np.empty(self.particles, DIRECTOR),
            np.zeros(particles.SHARED),
        )
        values = np.zeros(len(self._gaps))
        follow_judgements(
            self._facts,
            as_records([c], COEFFICIENTS),
            self.scenario.pause_months(),
            self.table.own,
            self._gaps,
            self._grades,
            self._frameworks,
            seed,
            replicate,
            self._councils.copy(),
            self._directors.copy(),
            self._sector.copy(),
            room,
            values,
        )
        return values
