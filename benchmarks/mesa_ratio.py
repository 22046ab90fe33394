"""The ensemble engine beside Mesa: the same runs, where their time goes, and Mesa's own way of running many."""

from __future__ import annotations

import cProfile
import pstats
import statistics
import time
import warnings
from collections.abc import Callable
from functools import partial

import mesa

from benchmarks.engines import DistinctRun, distinct_runs, months_of, opened
from benchmarks.page import target_verdict
from benchmarks.phases import clocked_seconds, phase_names
from benchmarks.setting import Setting
from benchmarks.timing import Times, by_turns, mean_of
from experiments.text.pages import table
from simulation import REGIMES, SectorModel
from simulation.agents import month as mesa_month
from simulation.chance import Chance
from simulation.compiled.ensemble import Ensemble, Opening
from simulation.parameters import Parameters
from simulation.regimes import load_regime
from simulation.simulate import simulate

LEAST_RATIO = 40.0
COMPARISON = 47_104
"""Runs of the default comparison, at most."""


def section(setting: Setting) -> str:
    """Return the ratio to Mesa, both profiles, and what `mesa.batch_run` takes."""
    ensemble = Ensemble(setting.months)
    opening = opened(ensemble)
    opening.chance.rows  # noqa: B018  luck as lists, which Mesa reads, made once as for every regime of a replicate
    runs = [DistinctRun(load_regime(regime), "pounds") for regime in REGIMES]
    calls = {f"mesa {run.regime.name}": partial(_by_mesa, run, opening.chance, setting.months) for run in runs}
    calls |= {f"open {run.regime.name}": partial(_with_opening, ensemble, run, opening.chance) for run in runs}
    calls |= {f"run {run.regime.name}": partial(_run, ensemble, run, opening) for run in runs}
    times = by_turns(calls, setting.mesa_repeats)
    means = {kind: mean_of([t for n, t in times.items() if n.startswith(kind)]) for kind in ("mesa", "open", "run")}
    parts = [_ratios(means), _profiles(ensemble, opening, setting), _batches(setting, means["run"])]
    return "\n".join(parts)


def _by_mesa(run: DistinctRun, chance: Chance, months: int) -> Callable[[], object]:
    return partial(simulate, run.regime, months=months, parity=run.parity, chance=chance, engine="mesa")


def _with_opening(ensemble: Ensemble, run: DistinctRun, chance: Chance) -> Callable[[], object]:
    return lambda: ensemble.run(run.regime, ensemble.open(Parameters(), chance), run.parity)


def _run(ensemble: Ensemble, run: DistinctRun, opening: Opening) -> Callable[[], object]:
    return partial(ensemble.run, run.regime, opening, run.parity)


def _ratios(means: dict[str, Times]) -> str:
    mesa_time, opened_time, run_time = means["mesa"], means["open"], means["run"]
    shared, alone = mesa_time.over(run_time), mesa_time.over(opened_time)
    rows = [
        ("Mesa", f"{1e3 * mesa_time.best:.1f}", f"{1e3 * mesa_time.median:.1f}", ""),
        ("ensemble, month 0 shared", *_milliseconds(run_time), f"{shared.median:.0f}"),
        ("ensemble, month 0 made anew", *_milliseconds(opened_time), f"{alone.median:.0f}"),
    ]
    return (
        table(
            ("One run, mean of the nine regimes", "Best, ms", "Median, ms", "Mesa takes so many times as long"),
            rows,
            numbers=True,
        )
        + f"\nMonth 0 is the same for every regime and parity under one parameter set and one replicate's luck, so a "
        f"comparison makes it once where Mesa makes its agents for every run. Ratio {shared.median:.0f} (median round; "
        f"at least {LEAST_RATIO:g} wanted: {target_verdict(shared.median >= LEAST_RATIO)}).\n"
    )


def _milliseconds(times: Times) -> tuple[str, str]:
    return f"{1e3 * times.best:.2f}", f"{1e3 * times.median:.2f}"


def _profiles(ensemble: Ensemble, opening: Opening, setting: Setting) -> str:
    by_mesa = _mesa_shares(opening.chance, setting.months)
    seconds: dict[str, float] = dict.fromkeys(phase_names(), 0.0)
    for run in distinct_runs(ensemble.table.n):
        months = months_of(ensemble, run, opening)
        for phase, spent in clocked_seconds(months, max(1, setting.repeats // 5)).items():
            seconds[phase] += spent
    total = sum(seconds.values())
    rows = [(f"`{phase}`", _share(seconds[phase] / total), _share(by_mesa.get(phase))) for phase in seconds]
    rows += [(phase, "", _share(share)) for phase, share in by_mesa.items() if phase not in seconds]
    return table(("Phase", "Ensemble, share of the months", "Mesa, share of the run"), rows, numbers=True)


def _share(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f}%"


def _mesa_shares(chance: Chance, months: int) -> dict[str, float]:
    """Return the share of a Mesa run's time in each phase, and outside all: the profiler's, one run a regime."""
    profile = cProfile.Profile()
    for regime in REGIMES:
        profile.runcall(simulate, regime, months=months, parity="pounds", chance=chance, engine="mesa")
    stats = pstats.Stats(profile)
    total: float = stats.total_tt  # type: ignore[attr-defined]
    cumulative = {name: row[3] for (file, _, name), row in stats.stats.items() if file == mesa_month.__file__}  # type: ignore[attr-defined]
    shares = {phase: cumulative[phase] / total for phase in phase_names() if phase in cumulative}
    shares["making agents, collecting, recording"] = 1.0 - sum(shares.values())
    return shares


def _batches(setting: Setting, run_time: Times) -> str:
    batch_run = getattr(mesa, "batch_run", None)
    if batch_run is None:
        return "This Mesa has no `batch_run`.\n"
    choices = {"regime": list(REGIMES), "replicate": [0], "months": [setting.months], "parity": ["pounds"]}
    times = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(max(1, setting.mesa_repeats - 1)):
            start = time.thread_time()
            batch_run(SectorModel, choices, number_processes=1, max_steps=setting.months, display_progress=False)
            times.append(time.thread_time() - start)
    each = statistics.median(times) / len(REGIMES)
    return (
        f"`mesa.batch_run` on one process took {statistics.median(times):.1f} s for the nine regimes under one "
        f"replicate's luck: {1e3 * each:.0f} ms a run, {each / run_time.median:.0f} times the ensemble engine. On one "
        f"core it would take {COMPARISON * each / 3600:.1f} hours for the {COMPARISON:,} runs of a whole comparison; "
        f"the ensemble engine makes them in {COMPARISON * run_time.median / 60:.1f} minutes there.\n"
    )
