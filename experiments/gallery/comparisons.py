"""Figures of a comparison of regimes: paths, differences, regret, prices, and what is worth knowing."""

from __future__ import annotations

from collections.abc import Sequence

# First: it sees to it that matplotlib can be imported.
from experiments.figures.backend import in_own_style

# isort: split
import pandas as pd
from matplotlib.figure import Figure

from experiments.figures import comparison
from experiments.figures.knowing_bars import knowing_figure
from experiments.figures.paper import FigureSize, laying
from experiments.figures.regret_bars import regret_figure
from experiments.gallery.needs import needed, something
from experiments.inputs.checks import checked_choice
from experiments.report.sections.knowing import knowing_name
from experiments.results.rows import MAIN
from experiments.results.store import Results
from experiments.text.names import NOTHING, parity_words, sentence

_SOURCE = "load_results() of a folder of `sli compare`"
_GROUP = "group"
_MOST_NUMBERS = 5


@in_own_style
def fan(
    results: Results,
    path: str = "inadequate",
    *,
    kind: str | None = None,
    parity: str | None = None,
    size: FigureSize = "page",
) -> Figure:
    """Return a path over time, a row a regime: single runs at the left, parameter sets at the right, never in one fan.

    Args:
        results: of a comparison.
        path: one of `simulation.PATHS`.
        kind: ``luck`` or ``sets`` for one of the two alone; both where None.
        parity: what is made equal; that of the comparison's answer where None.
        size: what it is drawn for.

    Raises:
        InputError: these are no results of a comparison, or there is no such path, kind, parity or size.
    """
    results = needed("fan", results, Results, _SOURCE)
    with laying(size):
        return comparison.paths(results, path, kind=kind, parity=parity)


@in_own_style
def paired_differences(
    results: Results,
    *,
    parity: str | None = None,
    baseline: str = NOTHING,
    regimes: Sequence[str] | None = None,
    outcome: str = MAIN,
    size: FigureSize = "page",
) -> Figure:
    """Return each regime less a baseline under the same luck: the mean's 95% interval, and apart from it the worlds.

    Args:
        results: of a comparison.
        parity: what is made equal; that of the comparison's answer where None.
        baseline: ``none`` or ``partners_in_practice``.
        regimes: those that are shown; all where None.
        outcome: one that the comparison has.
        size: what it is drawn for.

    Raises:
        InputError: these are no results of a comparison, or there is no such parity, baseline, outcome or size.
    """
    results = needed("paired_differences", results, Results, _SOURCE)
    with laying(size):
        return comparison.differences(results, parity=parity, baseline=baseline, regimes=regimes, outcome=outcome)


@in_own_style
def value_of_knowing(results: Results, *, parity: str | None = None, size: FigureSize = "page") -> Figure:
    """Return what it is worth to know each group of numbers, and the five that are worth most, before choosing.

    Args:
        results: of a comparison of at least 40 worlds.
        parity: what is made equal; that of the comparison's answer where None.
        size: what it is drawn for.

    Raises:
        InputError: these are no results of a comparison, nothing could be told, or there is no such parity or size.
    """
    results = needed("value_of_knowing", results, Results, _SOURCE)
    case, parity = results.case, _parity_of(results, parity)
    table = results.knowing[results.knowing["parity"] == parity]
    something("value_of_knowing", len(table) > 0, f"40 worlds at {parity_words(parity)}", "`sli compare --sets 256`")
    groups = table[table["kind"] == _GROUP]
    numbers = table[table["kind"] != _GROUP].sort_values("worth", ascending=False, kind="stable").head(_MOST_NUMBERS)
    rows = pd.concat([groups.sort_values("worth", ascending=False, kind="stable"), numbers])
    rows = rows.assign(name=[sentence(knowing_name(row)) for row in rows.to_dict("records")])
    pair = f"{case.words(str(case.focus))} and {case.words(case.rival)}"
    with laying(size):
        return knowing_figure(
            rows,
            title=f"What is worth knowing before choosing between {pair}, at {parity_words(parity)}",
            axis="council-months inadequate fewer, expected",
            note=f"Above the line groups of numbers, below it single ones. {case.note(parity)}",
        )


@in_own_style
def regret_of_choices(results: Results, *, parity: str | None = None, size: FigureSize = "page") -> Figure:
    """Return what is lost by each choice instead of the best of each world: on average, and in the worst tenth.

    Args:
        results: of a comparison.
        parity: what is made equal; that of the comparison's answer where None.
        size: what it is drawn for.

    Raises:
        InputError: these are no results of a comparison, no regret could be told, or there is no such parity or size.
    """
    results = needed("regret_of_choices", results, Results, _SOURCE)
    case, parity = results.case, _parity_of(results, parity)
    table = results.regret[results.regret["parity"] == parity]
    known = bool(table["mean"].notna().any())
    something("regret_of_choices", known, f"a regret at {parity_words(parity)}", "`sli compare --sets 256`")
    rows = table.assign(name=[case.title(name) for name in table["regime"]])
    with laying(size):
        return regret_figure(
            rows,
            title=f"What is lost by one choice instead of the best of each world, at {parity_words(parity)}",
            axis="regret, council-months inadequate",
            note=case.note(parity),
        )


@in_own_style
def break_even_prices(results: Results, *, parity: str | None = None, size: FigureSize = "page") -> Figure:
    """Return what an inadequate council-month avoided costs as the price of an unpaid day rises, a panel a regime.

    Args:
        results: of a comparison with a regime of unpaid days.
        parity: what is made equal; that of the comparison's answer where None.
        size: what it is drawn for.

    Raises:
        InputError: these are no results of a comparison, no regime of unpaid days avoided a month, or there is no such
            parity or size.
    """
    results = needed("break_even_prices", results, Results, _SOURCE)
    chosen = _parity_of(results, parity)
    something(
        "break_even_prices",
        bool(comparison.price_curves(results, chosen)),
        f"a regime of unpaid days that avoided a council-month at {parity_words(chosen)}",
        "`sli compare --regimes none,partners_in_practice,peer_support`",
    )
    with laying(size):
        return comparison.price_curve(results, parity=chosen)


def _parity_of(results: Results, parity: str | None) -> str:
    return results.case.parity if parity is None else checked_choice("parity", parity, results.case.parities)
