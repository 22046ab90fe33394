"""What the columns of a crossing's tables mean: what was varied, and what sweeps and sensitivity studies conclude."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from experiments.design.columns import VariedColumn
from experiments.results.column_meanings import IN_UNIT, Meaning, meaning_of

_POINT: dict[str, Meaning] = {"point": ("number", "the point of the design, from 0")}
_POINTS: dict[str, Meaning] = {
    "baseline": ("", "the regime that it is compared with; empty where the row is of the regime alone"),
    "mean": (IN_UNIT, "mean of the outcome, or of the paired difference where there is a baseline"),
    "mean_error": (IN_UNIT, "its standard error, over sets and replicates together"),
    "luck_error": (IN_UNIT, "its standard error over replicates, with the sets held"),
    "luck_low": (IN_UNIT, "lower end of the 95% interval from luck alone"),
    "luck_high": (IN_UNIT, "upper end of the 95% interval from luck alone"),
    "sets_low": (IN_UNIT, "5% quantile of the parameter sets, luck taken out"),
    "sets_high": (IN_UNIT, "95% quantile of the parameter sets, luck taken out"),
    "mean_met": (IN_UNIT, "mean paired difference of the sets that met the parity at the point"),
}
_REGRET: dict[str, Meaning] = {
    "mean": (IN_UNIT, "what is lost by the choice in place of the best of each set, mean over the sets"),
    "mean_error": (IN_UNIT, "its standard error"),
    "worst_tenth": (IN_UNIT, "the same in the worst tenth of the sets, mean"),
    "least": ("", "whether it is the choice of least regret"),
    "worlds": ("sets", "how many count"),
}
_MEASURE: dict[str, Meaning] = {
    "of": ("", "what is looked at: an outcome, a paired difference, or which of two regimes wins"),
    "name": ("", "the column that is varied, or all others together"),
    "luck": ("share", "how much of the variance of a single run is luck"),
    "left_out": ("points", "how many do not count, for a run of theirs failed"),
}
_INDICES: dict[str, Meaning] = {
    **{
        f"{kind}{end}": (unit, words.format(whose))
        for kind, whose in {"first": "first-order index", "total": "total index"}.items()
        for end, unit, words in (
            ("", "share of the variance", "Sobol's {}"),
            ("_low", "share of the variance", "lower end of the 95% interval of the {}"),
            ("_high", "share of the variance", "upper end of the 95% interval of the {}"),
            ("_told", "", "whether the {} can be told"),
            ("_size", "base points", "how many would do to tell the {}; 0 where over a million would not"),
        )
    },
    "variance": ("the unit squared", "variance of what is looked at, luck taken out"),
    "base_points": ("points", "how many base points count"),
}
_SCREENING: dict[str, Meaning] = {
    "kept": ("", "whether the column has indices of its own"),
    "effect": (IN_UNIT, "mean elementary effect over the whole range"),
    "size": (IN_UNIT, "mean size of the elementary effects"),
    "size_low": (IN_UNIT, "lower end of its 95% interval"),
    "size_high": (IN_UNIT, "upper end of its 95% interval"),
    "spread": (IN_UNIT, "standard deviation of the elementary effects"),
    "luck": (IN_UNIT, "size that luck alone would show"),
    "trajectories": ("number", "how many trajectories count"),
}
_KNOWING: dict[str, Meaning] = {
    "worth": (IN_UNIT, "what is gained if it is known exactly before one of the two is chosen"),
    "price": ("GBP", "the price of a council-month that was asked for"),
}
_FAILED: dict[str, Meaning] = {"failed": ("runs", "how many of the point's replicates failed")}

SWEEP_TABLES: Mapping[str, Mapping[str, Meaning]] = {"points.csv": _POINTS, "regret.csv": _REGRET}
SENSITIVITY_TABLES: Mapping[str, Mapping[str, Meaning]] = {
    "indices.csv": _MEASURE | _INDICES,
    "screening.csv": _MEASURE | _SCREENING,
    "knowing.csv": _KNOWING,
    "points.parquet": _FAILED,
    "screened_points.parquet": _FAILED,
}
_LIKE = {
    "sweep.parquet": "runs.parquet",
    "sweep.csv": "runs.parquet",
    "sets.csv": "sets.parquet",
    "points.csv": "comparison.csv",
    "points.parquet": "runs.parquet",
    "screened_points.parquet": "runs.parquet",
}
"""Table of a crossing -> the table of a comparison that has the same columns beside."""
_VARIANCE = "_variance"


def crossed_meanings(
    columns: Sequence[VariedColumn], tables: Mapping[str, Mapping[str, Meaning]]
) -> Callable[[str, str], Meaning]:
    """Return what gives the unit and the meaning of a column of a crossing's tables, by the names of both.

    Args:
        columns: what is varied.
        tables: `SWEEP_TABLES` or `SENSITIVITY_TABLES`.
    """
    varied = {column.name: (column.unit, column.meaning) for column in columns}

    def meaning(table: str, column: str) -> Meaning:
        for known in (_POINT, tables.get(table, {}), {} if table == "sets.csv" else varied):
            if column in known:
                return known[column]
        if column.endswith(_VARIANCE):
            unit, of = meaning(table, column.removesuffix(_VARIANCE))
            return f"{unit} squared", f"variance over the replicates: {of}"
        return meaning_of(_LIKE.get(table, table), column)

    return meaning
