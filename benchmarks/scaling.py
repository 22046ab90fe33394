"""How cost grows with councils, months and replicates."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from functools import partial

from benchmarks.engines import DistinctRun, months_of, opened, replicated
from benchmarks.phases import clocked_seconds
from benchmarks.setting import Setting
from benchmarks.timing import Times, by_turns, growth, mean_of
from experiments.text.pages import table
from simulation.compiled.ensemble import Ensemble, Opening
from simulation.parameters import Parameters
from simulation.regimes import load_regime

REGIMES_TIMED = ("none", "partners_in_practice", "peer_support")


def section(setting: Setting) -> str:
    """Return what runs cost by councils, months and replicates, each with the power with which they grow."""
    return "\n".join((_by_councils(setting), _by_months(setting), _by_replicates(setting)))


def _by_councils(setting: Setting) -> str:
    rows, whole, matching = [], [], []
    for councils in setting.sizes:
        ensemble = Ensemble(setting.months, councils=replicated(councils))
        opening = opened(ensemble)
        times = _times(ensemble, opening, setting)
        spent = [clocked_seconds(months_of(ensemble, run, opening), _few(setting))["match"] for run in _runs()]
        whole.append(times.median)
        matching.append(statistics.fmean(spent))
        each = 1e6 * times.median / councils
        rows.append((f"{councils:,}", *_milliseconds(times), f"{each:.1f}", f"{1e3 * matching[-1]:.2f}"))
    rows.append(("grows with the power", "", *_powers(setting.sizes, whole), "", *_powers(setting.sizes, matching)))
    return table(("Councils", "Best, ms", "Median, ms", "us a council", "Matching alone, ms"), rows, numbers=True)


def _by_months(setting: Setting) -> str:
    rows, whole = [], []
    for months in setting.horizons:
        ensemble = Ensemble(months)
        times = _times(ensemble, opened(ensemble), setting)
        whole.append(times.median)
        rows.append((str(months), *_milliseconds(times), f"{1e6 * times.median / months:.1f}"))
    rows.append(("grows with the power", "", *_powers(setting.horizons, whole), ""))
    return table(("Months", "Best, ms", "Median, ms", "us a month"), rows, numbers=True)


def _by_replicates(setting: Setting) -> str:
    ensemble = Ensemble(setting.months)
    calls = {str(count): partial(_replicates, ensemble, count) for count in setting.replicates}
    times = by_turns(calls, _few(setting))
    rows = [(name, *_milliseconds(t), f"{1e3 * t.median / int(name):.2f}") for name, t in times.items()]
    powers = _powers(setting.replicates, [t.median for t in times.values()])
    rows.append(("grows with the power", "", *powers, ""))
    return table(
        ("Replicates: luck, month 0 and three runs", "Best, ms", "Median, ms", "ms a replicate"), rows, numbers=True
    )


def _replicates(ensemble: Ensemble, count: int) -> Callable[[], object]:
    def call() -> None:
        for replicate in range(count):
            opening = ensemble.open(Parameters(), ensemble.draw(2018, replicate))
            for run in _runs():
                ensemble.run(run.regime, opening, run.parity)

    return call


def _runs() -> list[DistinctRun]:
    return [DistinctRun(load_regime(regime), "pounds") for regime in REGIMES_TIMED]


def _times(ensemble: Ensemble, opening: Opening, setting: Setting) -> Times:
    calls = {run.regime.name: partial(_run, ensemble, opening, run) for run in _runs()}
    return mean_of(list(by_turns(calls, _few(setting)).values()))


def _run(ensemble: Ensemble, opening: Opening, run: DistinctRun) -> Callable[[], object]:
    return partial(ensemble.run, run.regime, opening, run.parity)


def _few(setting: Setting) -> int:
    return max(1, setting.repeats // 2)


def _milliseconds(times: Times) -> tuple[str, str]:
    return f"{1e3 * times.best:.2f}", f"{1e3 * times.median:.2f}"


def _powers(sizes: tuple[int, ...], seconds: list[float]) -> tuple[str]:
    return (f"**{growth(sizes, seconds):.2f}**",)
