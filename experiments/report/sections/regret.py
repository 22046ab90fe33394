"""Regret: what is lost by having chosen one regime instead of the best in each world."""

from __future__ import annotations

import math

from experiments.report.parts import Section, Table
from experiments.report.words import regret_words
from experiments.results.store import Results
from experiments.text.names import parity_words
from experiments.text.numbers import NO_NUMBER, plain


def section(results: Results) -> Section:
    """Return the regret of every regime at every parity."""
    lead = (
        (
            "Nobody knows in which world the choice is made. Regret is what is lost by one choice: its council-months "
            "inadequate less those of the best regime of the same world. No programme is one of the choices. A regime "
            "that missed the parity in over half of the worlds is none of them."
        ),
        *filter(None, [regret_words(results)]),
    )
    return Section("regret", "If the choice turns out wrong", lead, tables=(_table(results),))


def _table(results: Results) -> Table:
    case = results.case
    cells = {(str(row["parity"]), str(row["regime"])): row for row in results.regret.to_dict("records")}
    columns = ["Regime"]
    for parity in case.parities:
        columns += [f"{parity_words(parity)}: mean", "worst tenth of worlds"]
    rows = []
    for regime in case.regimes:
        line = [case.title(regime)]
        for parity in case.parities:
            row = cells[parity, regime]
            mean, error = float(row["mean"]), float(row["mean_error"])
            known = math.isfinite(mean)
            least = " (least)" if row["least"] else ""
            line.append(f"{plain(mean, 0)} ±{plain(error, 0)}{least}" if known else NO_NUMBER)
            line.append(plain(float(row["worst_tenth"]), 0) if known else NO_NUMBER)
        rows.append(tuple(line))
    return Table("Regret in council-months inadequate. ± is one standard error.", tuple(columns), tuple(rows))
