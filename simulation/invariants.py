"""Invariants that a regime, or a model of one's own, must keep: run here and now, each with what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from simulation.agents.model import SectorModel, checked_model, run_to_the_end
from simulation.chance import Chance
from simulation.draws import draw_chance
from simulation.errors import InputError
from simulation.limits import checked_months
from simulation.outcomes.paths import PATHS
from simulation.outcomes.run import Run
from simulation.regimes import Regime, load_regime
from simulation.simulate import ENSEMBLE, simulate

CHECK_COLUMNS = ("check", "regime", "holds", "found")
CHECKED_REGIMES = ("none", "partners_in_practice", "peer_support")
_SEED, _REPLICATE = 2018, 0
_PENNY = 0.005
"""How far a bill in whole pence is from what it is rounded from, pounds."""

Check = Callable[[], str]
"""Runs a check and returns what was found, nothing where it holds."""


def check_regime(
    regime: str | Path | Regime, *, parity: str = "none", months: int = 24, refuse: bool = True
) -> pd.DataFrame:
    """Run the invariants that a regime must keep, and return a row each.

    Args:
        regime: name, file or `Regime`.
        parity: what is held equal to Partners in Practice.
        months: length of the runs.
        refuse: raise where one does not hold; else the table says so.

    Returns:
        ``check``, ``regime``, whether it ``holds``, and what was ``found`` where it does not.

    Raises:
        InputError: an invariant does not hold, and ``refuse``; or the regime is not valid.
    """
    own = load_regime(regime)
    checks = _checks(SectorModel, own, parity, checked_months(months))
    checks["both engines give the same"] = partial(_engines_agree, own, parity, months)
    return _table(own.name, [(own.name, name, check) for name, check in checks.items()], refuse=refuse)


def check_model(
    model: type[SectorModel],
    *,
    regimes: Sequence[str | Path | Regime] = CHECKED_REGIMES,
    parity: str = "none",
    months: int = 24,
    refuse: bool = True,
) -> pd.DataFrame:
    """Run the invariants that a subclass of `SectorModel` must keep, and return a row each and regime.

    Args:
        model: the subclass.
        regimes: those that it is checked under: names, files or `Regime` objects.
        parity: what is held equal to Partners in Practice.
        months: length of the runs.
        refuse: raise where one does not hold; else the table says so.

    Returns:
        Columns as of `check_regime`.

    Raises:
        InputError: an invariant does not hold, and ``refuse``; or an argument is not valid.
    """
    own, listing = checked_model(model), [load_regime(one) for one in regimes]
    named = [
        (regime.name, name, check)
        for regime in listing
        for name, check in _checks(own, regime, parity, checked_months(months)).items()
    ]
    return _table(own.__name__, named, refuse=refuse)


def _checks(model: type[SectorModel], regime: Regime, parity: str, months: int) -> dict[str, Check]:
    """Return the checks of a model under a regime by name."""
    run = partial(_run, model, months=months, parity=parity)
    chance = draw_chance(_SEED, _REPLICATE, months, *_size(model))
    first = _Kept(partial(run, regime))
    return {
        "nothing pledged is none": lambda: _differing(run(regime.with_arms(days=0.0)), run("none")),
        "the same luck gives the same run": lambda: _differing(run(regime), first()),
        "luck is left as it was": lambda: _luck_moved(partial(run, regime), chance),
        "Mesa's own generators change nothing": lambda: _differing(run(regime, rng=_SEED), first()),
        "the order of agents changes nothing": lambda: _differing(run(regime, shuffled=True), first()),
        "days and money add up": lambda: _unbalanced(first(), regime),
    }


def _size(model: type[SectorModel]) -> tuple[int, int]:
    table = model(months=1).table
    return table.n, len(table.regions)


class _Kept:
    """A run that is made when it is first asked for."""

    def __init__(self, make: Callable[[], Run]) -> None:
        self._make, self._run = make, None  # type: tuple[Callable[[], Run], Run | None]

    def __call__(self) -> Run:
        self._run = self._run or self._make()
        return self._run


def _run(
    model: type[SectorModel],
    regime: str | Regime,
    *,
    months: int,
    parity: str,
    chance: Chance | None = None,
    rng: int = 0,
    shuffled: bool = False,
) -> Run:
    """Return a run of the model; ``shuffled`` has Mesa shuffle its agents before every month."""
    made = model(regime, _REPLICATE, months, _SEED, parity, chance=chance, rng=rng)
    while shuffled and made.running:
        for agents in (made.agents, *made.agents_by_type.values()):
            agents.shuffle(inplace=True)
        made.step()
    return run_to_the_end(made)


def _differing(one: Run, other: Run) -> str:
    """Return in which paths two runs differ, and from which month."""
    differ = (one.month_values != other.month_values) & ~(np.isnan(one.month_values) & np.isnan(other.month_values))
    if not differ.any():
        return ""
    first = int(differ.any(axis=1).argmax())
    names = [name for name, is_other in zip(PATHS, differ.any(axis=0), strict=True) if is_other]
    return f"differ from month {first}: {', '.join(names[:3])}{' and others' if len(names) > 3 else ''}"


def _luck_moved(run: Callable[..., Run], chance: Chance) -> str:
    before = {name: table.copy() for name, table in (("months", chance.table), ("regions", chance.regions))}
    start = {name: table.copy() for name, table in chance.start.items()}
    run(chance=chance)
    now = {"months": chance.table, "regions": chance.regions}
    moved = [name for name, table in before.items() if not np.array_equal(table, now[name])]
    moved += [name for name, table in start.items() if not np.array_equal(table, chance.start[name])]
    return f"other draws after the run than before it: {', '.join(moved)}" if moved else ""


def _unbalanced(run: Run, regime: Regime) -> str:
    """Return which sums of days and money do not agree."""
    total = run.outcomes
    given, received = float(run.council_column("days_given").sum()), float(run.council_column("days_received").sum())
    sums: Mapping[str, tuple[float, float, float]] = {
        "days given and days delivered": (given, total["days_delivered"], 0.0),
        "days received and days delivered": (received, total["days_delivered"], 0.0),
        "cost of the programme, and its parts": (
            total["programme_cost"],
            total["programme_cash"] + total["programme_shadow"] + total["trust_cost"],
            0.0,
        ),
        **_bill(run, regime),
    }
    wrong = [f"{name}: {one:g} and {other:g}" for name, (one, other, gap) in sums.items() if not _near(one, other, gap)]
    if (run.months["days_delivered"] > run.months["days_pledged"] * (1 + 1e-9)).any():
        wrong.append("more days delivered than pledged")
    return "; ".join(wrong)


def _bill(run: Run, regime: Regime) -> dict[str, tuple[float, float, float]]:
    """Return the cash of a regime of one arm, and its days at their price: a link's month is paid in whole pence."""
    if len(regime.arms) != 1:
        return {}
    arm, days = regime.arms[0], run.outcomes["days_delivered"]
    gap = _PENNY * run.table.n * arm.givers_per_receiver * len(run.month_values)
    return {"cash, and days at their price": (run.outcomes["programme_cash"], arm.cash_per_day * days, gap)}


def _near(one: float, other: float, gap: float) -> bool:
    return abs(one - other) <= gap + 1e-9 * max(1.0, abs(one), abs(other))


def _engines_agree(regime: Regime, parity: str, months: int) -> str:
    made = partial(simulate, regime, seed=_SEED, replicate=_REPLICATE, months=months, parity=parity)
    return _differing(made(), made(engine=ENSEMBLE))


def _table(of: str, checks: Sequence[tuple[str, str, Check]], *, refuse: bool) -> pd.DataFrame:
    rows = list(_rows(checks))
    if refuse and (failed := next((row for row in rows if not row["holds"]), None)):
        raise InputError(f"{of}: expected that {failed['check']} (regime {failed['regime']}), got {failed['found']}")
    return pd.DataFrame(rows, columns=list(CHECK_COLUMNS))


def _rows(checks: Sequence[tuple[str, str, Check]]) -> Iterator[dict[str, object]]:
    for regime, name, check in checks:
        try:
            found = check()
        except InputError:
            raise
        except Exception as error:  # noqa: BLE001  a user's model may end in any way, and the other checks go on
            found = f"ended in {type(error).__name__}: {error}"
        yield {"check": name, "regime": regime, "holds": not found, "found": found}
