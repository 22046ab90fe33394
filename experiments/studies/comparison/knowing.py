"""What would be worth knowing, of every uncertain number and of groups, before one of the headline's two is chosen."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from experiments.design.design import Label
from experiments.results.headline import headline
from experiments.results.rows import MAIN
from experiments.results.worth_rows import KNOWING_COLUMNS, worth_rows
from experiments.statistics.knowing import FEWEST_TO_KNOW, Choices
from experiments.studies.comparison.differences import PairedRuns
from experiments.text.names import PARTNERS
from experiments.text.verdicts import BETTER, LOWER, way_of
from simulation.arrays import Floats
from simulation.outcomes.outcomes import OUTCOMES


def knowing_table(
    runs: PairedRuns,
    parities: Sequence[str],
    regimes: Sequence[str],
    numbers: Mapping[str, Floats],
    money: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return a row a parity and number or group: what it is worth to know it exactly before choosing.

    ``worth`` is in council-months inadequate: how many fewer are expected if the better of the headline's two regimes
    is chosen with it known, than if the better on average is; `experiments.statistics.knowing` has its error and its
    bias. ``pounds`` is what so many months would cost at ``price``, which Partners in Practice pays in cash for each
    month avoided against no programme; empty where it is not likely to avoid any. Rows of a parity stand groups first,
    each kind with the most worth first. No rows with fewer than `FEWEST_TO_KNOW` worlds.

    Args:
        runs: of all regimes.
        parities: what is made equal.
        regimes: of the comparison.
        numbers: name -> value in each set, shape (sets,).
        money: the bills, as `experiments.studies.comparison.money.money_tables` gives them; nothing is priced where
            None.
    """
    rows: list[dict[str, object]] = []
    pair = headline(regimes)
    for parity in parities if pair else ():
        label, other = (Label(parity, name) for name in pair or ())
        way = -1.0 if OUTCOMES[MAIN].better == LOWER else 1.0
        gains = way * (runs.outcome(label, MAIN) - runs.outcome(other, MAIN))
        choices = Choices(gains[None], runs.counts(label), runs.weights)
        if choices.worlds < FEWEST_TO_KNOW:
            continue
        price = math.nan if money is None else _price(money, parity)
        shared: dict[str, object] = {"outcome": MAIN, "unit": OUTCOMES[MAIN].unit, "parity": parity}
        shared |= {"regime": label.regime, "baseline": other.regime, "price": price}
        rows += [shared | row for row in worth_rows(choices, numbers, price)]
    return pd.DataFrame(rows, columns=list(KNOWING_COLUMNS))


def _price(money: pd.DataFrame, parity: str) -> float:
    """Return pounds in cash for each month that the partners avoid; NaN where they are not likely to avoid any."""
    rows = money[(money["parity"] == parity) & (money["regime"] == PARTNERS)].to_dict("records")
    sure = [row for row in rows if way_of(str(row["verdict"])) == BETTER]
    return float(sure[0]["cash_per_month_avoided"]) if sure else math.nan
