"""Which runs a comparison makes: regimes, parities, parameter sets and replicates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from experiments.design.design_file import check_named_levers
from experiments.design.keep import KEEP_COUNCILS, KEEP_RUNS, checked_keep, replicates_kept
from experiments.design.origin import PLAUSIBLE, Origin, make_sets
from experiments.design.own_science import OwnScience, own_science
from experiments.design.parameter_sets import (
    LEVERS_DRAWN,
    LEVERS_FIXED,
    ParameterSet,
    describe_sets,
    first_draws,
    number_of_draws,
)
from experiments.design.stopping import StopRule, checked_matters
from experiments.design.world import Cell, Condition, Distinct, Piece, World, distinct_conditions
from experiments.files.digests import digest_of, model_digest, plain_values, table_digest
from experiments.inputs.checks import checked_parities
from experiments.statistics.weights import Weights, as_weights
from experiments.text.names import NOTHING, PARTNERS
from simulation.arrays import Numbers
from simulation.councils import Councils, same_start
from simulation.errors import InputError, shown
from simulation.limits import checked_months, checked_replicates, checked_seed
from simulation.outcomes.outcomes import Outcome
from simulation.outcomes.own_outcomes import OwnOutcome, OwnOutcomes, all_outcomes, own_outcomes
from simulation.regimes import QUANTITIES, REGIMES, Regime, load_regime, with_own_name
from simulation.scenario import Scenario
from simulation.simulate import ENSEMBLE
from simulation.switches import Switches

if TYPE_CHECKING:
    from simulation.agents.model import SectorModel
    from simulation.own_rules import Rules

BASELINES = (NOTHING, PARTNERS)
"""What every regime is compared with: no support, and Partners in Practice."""

COMPARED_PARITIES = QUANTITIES
MAX_MONTHS = 1200
RUNS_A_BLOCK = 128
"""About how many runs the ensemble engine makes between two files; Mesa makes those of one set."""


@dataclass(frozen=True)
class Label:
    """What a row of the results is called: a regime under a parity."""

    parity: str
    regime: str


@dataclass(frozen=True, order=True)
class Extent:
    """Which runs a block holds: those of a replicate in the sets from ``first`` to before ``after``."""

    replicate: int
    first: int
    after: int

    @property
    def name(self) -> str:
        """The block's name."""
        return f"replicate-{self.replicate:06}-sets-{self.first:06}-{self.after:06}"


@dataclass(frozen=True, kw_only=True)
class Design:
    """A whole comparison, before it is run; equal designs give equal results, byte for byte.

    Attributes:
        regimes: the regimes, `none` and `partners_in_practice` first.
        parities: in the order of `simulation.regimes.PARITIES`.
        sets: the parameter sets in the order in which they are run; with a stop rule, all that may be.
        origin: where they come from.
        replicates: runs of each regime, parity and set; replicate k meets the same luck in all of them.
        stop: what ends the sets before their number; None where it is fixed.
        matters: outcomes with a smallest difference worth a decision of the user's own.
        keep: what is kept of single runs, in the order of `KEPT`.
        own: what of the science is the user's own.
        own_outcomes: outcomes of the user's own, with their names.
        months: length of a run.
        seed: entropy of all luck and of the parameter sets.
        scenario: the world outside the model.
        switches: the model's structure.
        councils: the table at month 0.
    """

    regimes: tuple[Regime, ...]
    parities: tuple[str, ...]
    sets: tuple[ParameterSet, ...]
    replicates: int
    months: int
    seed: int
    scenario: Scenario
    switches: Switches
    councils: Councils
    origin: Origin
    stop: StopRule | None = None
    matters: tuple[tuple[str, float], ...] = ()
    keep: tuple[str, ...] = (KEEP_RUNS,)
    own: OwnScience = field(default_factory=OwnScience)
    own_outcomes: OwnOutcomes = ()

    @cached_property
    def outcomes(self) -> Mapping[str, Outcome]:
        """What is measured of every run, by name: the program's outcomes in their order, then the user's own."""
        return all_outcomes(self.own_outcomes)

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """Regimes under parities, in the order in which the tables list them."""
        return tuple(Label(parity, regime.name) for parity in self.parities for regime in self.regimes)

    @cached_property
    def weights(self) -> Weights:
        """How many times each set counts, shape (sets,); None where each counts once."""
        return as_weights([one.weight for one in self.sets])

    @property
    def kept_replicates(self) -> int:
        """Replicates of each set whose months are kept: the first ones."""
        return replicates_kept(self.keep, self.replicates)

    @property
    def keeps_councils(self) -> bool:
        """Whether every council of every run is kept."""
        return KEEP_COUNCILS in self.keep

    @cached_property
    def places(self) -> npt.NDArray[np.int32]:
        """Which of a set's distinct runs each label shows, shape (sets, labels)."""
        return np.array([self.distinct(number)[1] for number in range(len(self.sets))], dtype=np.int32)

    @cached_property
    def sizes(self) -> Numbers:
        """Distinct runs of each set under one replicate, shape (sets,)."""
        sizes: Numbers = 1 + self.places.max(axis=1).astype(np.int64)
        return sizes

    @cached_property
    def world(self) -> World:
        """Whom and when all runs are made on."""
        return World(
            councils=self.councils,
            scenario=self.scenario,
            switches=self.switches,
            months=self.months,
            seed=self.seed,
            own=self.own,
        )

    @cached_property
    def fingerprint(self) -> str:
        """The digest of the whole design."""
        return digest_of(self.describe())

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """The condition of every label, in the order of `labels`."""
        return tuple(Condition(regime, parity) for parity in self.parities for regime in self.regimes)

    @cached_property
    def draws(self) -> int:
        """How many draws gave the sets: one that was drawn several times counts as often."""
        return number_of_draws(self.sets)

    def smallest(self, outcome: str) -> float:
        """Return the smallest difference in an outcome that is worth a decision, in its unit."""
        own = dict(self.matters)
        return own[outcome] if outcome in own else self.outcomes[outcome].smallest(self.months)

    def extents(self, engine: str, sets: range) -> list[Extent]:
        """Return the blocks of these sets in the order in which they are run: luck by luck."""
        span = 1 if engine != ENSEMBLE else max(1, RUNS_A_BLOCK // int(self.sizes.max()))
        return [
            Extent(replicate, first, min(first + span, sets.stop))
            for replicate in range(self.replicates)
            for first in range(sets.start, sets.stop, span)
        ]

    def piece(self, extent: Extent) -> Piece:
        """Return the work of a block."""
        cells = tuple(
            Cell(self.sets[number].parameters, extent.replicate, self.distinct(number)[0])
            for number in range(extent.first, extent.after)
        )
        return Piece(extent.name, digest_of([self.fingerprint, extent.name]), cells)

    def as_run(self, draws: int) -> Design:
        """Return the design as it was run in the end: the sets of so many draws, and no rule any more."""
        settled = replace(self, sets=first_draws(self.sets, draws), stop=None)
        # What depends on each set alone is not worked out again; blocks on disk are those of the design as asked for.
        number, known = len(settled.sets), self.__dict__
        settled.__dict__.update(
            {name: known[name][:number] for name in ("places", "sizes", "_distinct") if name in known}
        )
        settled.__dict__["fingerprint"] = self.fingerprint
        return settled

    @property
    def levers(self) -> str:
        """``drawn`` if every set draws days per receiver and per giver, ``fixed`` if the regimes' own are used."""
        return LEVERS_FIXED if self.sets[0].receiver_quantile is None else LEVERS_DRAWN

    def distinct(self, number: int) -> Distinct:
        """Return the conditions of parameter set ``number`` that differ, and which of them each label shows.

        Regimes that deploy the same support under several parities are run once.
        """
        return self._distinct[number]

    @cached_property
    def _distinct(self) -> list[Distinct]:
        # They stay at hand, for all replicates share them: of a default comparison some 4 ms and 8 KB a set.
        return [distinct_conditions(one, self.conditions, self.world) for one in self.sets]

    def describe(self) -> dict[str, Any]:
        """Return the whole design as plain values, ready for JSON."""
        return plain_values(
            {
                "regimes": {regime.name: asdict(regime) for regime in self.regimes},
                "parities": self.parities,
                "origin": asdict(self.origin),
                "sets": describe_sets(self.sets),
                "replicates": self.replicates,
                "stop": None if self.stop is None else self.stop.as_dict(),
                "matters": dict(self.matters),
                "keep": self.keep,
                "months": self.months,
                "seed": self.seed,
                "scenario": asdict(self.scenario),
                "switches": self.switches.as_dict(),
                "councils": table_digest(self.councils),
                "model": model_digest(),
                **self.own.describe(),
                **self._describe_outcomes(),
            }
        )

    def _describe_outcomes(self) -> dict[str, Any]:
        described = {name: outcome.describe() for name, outcome in self.own_outcomes}
        return {"outcomes": described} if described else {}

    def size(self) -> int:
        """Return how many distinct runs the whole design makes, at most."""
        return self.replicates * int(self.sizes.sum())


def make_design(
    *,
    regimes: Sequence[str | Path | Regime] | None = None,
    parities: Sequence[str] = COMPARED_PARITIES,
    sets: int | str = 20,
    draw: str = PLAUSIBLE,
    levers: str | None = None,
    parameters: Mapping[str, object] | None = None,
    design: str | Path | None = None,
    replicates: int = 5,
    stop: StopRule | None = None,
    matters: Mapping[str, float] | None = None,
    keep: str = KEEP_RUNS,
    months: int = 120,
    seed: int = 2018,
    scenario: Scenario | None = None,
    switches: Switches | None = None,
    councils: Councils | None = None,
    model: type[SectorModel] | None = None,
    rules: Rules | None = None,
    outcomes: Mapping[str, OwnOutcome] | None = None,
) -> Design:
    """Return the design of a comparison.

    Args:
        regimes: names, files or `Regime` objects; all shipped ones where None. The two baselines are always added.
        parities: one or more of `simulation.regimes.PARITIES`.
        sets: how many parameter sets are drawn (up to 100,000), or ``all`` plausible ones; 1 means the defaults.
        draw: from the shipped ``plausible`` sets, fitted to the evidence and spread over their weights, or from the
            ``prior``: anywhere in the ranges, by a seeded Latin hypercube.
        levers: ``drawn`` (days per receiver and per giver, one quantile each for all regimes) or ``fixed`` (as the
            regimes' files say); drawn unless there is one set. Those of a file of sets are its columns, fixed without.
        parameters: values held in every set.
        design: a CSV file of parameter sets, a column a parameter, in place of ``sets`` and ``draw``.
        replicates: of each set, 1 to a million.
        stop: from `experiments.design.stopping.make_rule`: ``sets`` are then the most of them; None fixes their
            number.
        matters: outcome -> the smallest difference worth a decision, in its unit, where not its usual one.
        keep: what is kept of single runs, names with commas between them: ``runs`` (outcomes and groups of councils,
            which always are), ``sample`` (months of the first replicate of each set), ``months`` (of all) and
            ``councils`` (every council).
        months: 1 to 1200.
        seed: 0 to 2^63 - 1.
        scenario: from the first month of ``councils``; the default one where None.
        switches: defaults where None.
        councils: England's 152, in the scenario's first month, where None.
        model: a subclass of `SectorModel` that makes the runs, with Mesa.
        rules: plain functions in the place of rules, by the rule's name.
        outcomes: of the user's own, by name: they stand in every table beside the program's, with their verdicts.

    Raises:
        InputError: anything is unknown, out of range, or repeated.
    """
    constants, luck = dict(parameters or {}), checked_seed(seed)
    table, world = same_start(councils, scenario)
    parameter_sets, origin = make_sets(sets, draw, levers, constants, design, luck)
    gathered = gather_regimes(regimes)
    check_named_levers(parameter_sets, gathered)
    comparison = Design(
        regimes=gathered,
        parities=checked_parities(parities),
        sets=parameter_sets,
        origin=origin,
        replicates=checked_replicates(replicates),
        months=checked_months(months, MAX_MONTHS),
        seed=luck,
        scenario=world,
        switches=switches or Switches(),
        councils=table,
        stop=stop,
        matters=tuple(checked_matters(matters or {}).items()),
        keep=checked_keep(keep),
        own=own_science(model, rules),
        own_outcomes=own_outcomes(outcomes),
    )
    comparison.size()
    return comparison


def gather_regimes(regimes: Sequence[str | Path | Regime] | None) -> tuple[Regime, ...]:
    """Return the regimes in the order of the shipped ones, baselines first, the user's own last.

    Raises:
        InputError: a regime is unknown, cannot be read, or two share a name, a shipped one's among them.
    """
    listing = [with_own_name(load_regime(one)) for one in (REGIMES if regimes is None else regimes)]
    known = {regime.name: regime for regime in listing}
    if len(known) < len(listing):
        names = [regime.name for regime in listing]
        repeat = next(name for name in names if names.count(name) > 1)
        raise InputError(f"regimes: expected each name once, got {shown(repeat)} twice")
    for name in BASELINES:
        known.setdefault(name, load_regime(name))
    order = [*BASELINES, *REGIMES]
    return tuple(sorted(known.values(), key=lambda regime: _place(regime.name, order)))


def _place(name: str, order: Sequence[str]) -> tuple[int, str]:
    return (order.index(name), "") if name in order else (len(order), name)
