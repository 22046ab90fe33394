"""Write what docs/understand/calibration.md shows of the folders of `sli calibrate` and `sli recovery`.

`python -m experiments.studies.calibration.page CALIBRATION RECOVERY PAGE`, say with results/calibration,
results/recovery and docs/understand/calibration.md: what stands between `<!-- calibration: NAME -->` and
`<!-- end -->` is made anew.
"""

from __future__ import annotations

import json
import shutil
import sys
from itertools import combinations
from pathlib import Path

import numpy as np

from experiments.files.whole import read_csv
from experiments.text.pages import Slots, table

SLOTS = Slots("calibration")
_LEAST_TIE, _MOST_TIES = 0.3, 12


def waves_text(calibration: Path) -> str:
    """Return what the weights of each fit are worth after each wave, and what was kept."""
    record = json.loads((calibration / "made.json").read_text("utf-8"))
    waves, fits = (read_csv(calibration / f"{name}.csv") for name in ("waves", "fits"))
    worth = waves.pivot_table(index="wave", columns="until", values="worth")[fits.until]
    sets = waves.groupby("wave").sets.first()
    rows = [(wave, f"{sets[wave]:,}", *(f"{one:,.0f}" for one in worth.loc[wave])) for wave in worth.index]
    fitted = [
        (
            row.until,
            row.judgements,
            f"{row.mean_log_chance:.3f}",
            f"{row.noise:.2f}",
            f"{row.explained:.0%}",
            f"{row.worth:,.0f}",
        )
        for row in fits.itertuples()
    ]
    heads = (
        "Fitted to what was known before", "Judgements", "Mean log chance", "Noise round the surface", "Explained",
        "Weights worth",
    )  # fmt: skip
    return (
        f"`{record['command']}`, version {record['version']}:\n\n"
        f"{table(('Wave', 'Sets so far', *(f'Worth, before {month}' for month in fits.until)), rows)}\n"
        f"{table(heads, fitted)}\n"
        f"The weights of all {record['looked_at']:,} sets are worth {record['effective_sets']:,.0f} equally weighted "
        f"ones. {record['plausible_sets']:,} different ones are shipped, with weights worth "
        f"{record['effective_shipped']:,.0f} (SHA-256 of their table: `{record['digest'][:16]}…`).\n"
    )


def informed_text(calibration: Path) -> str:
    """Return the parameters of which the evidence tells something, the most informed first."""
    frame = read_csv(calibration / "marginals.csv")
    rows = (
        (
            f"`{row.parameter}`", f"{row.prior_low:g} to {row.prior_high:g}", f"{row.mean:.3g}",
            f"{row.low:.3g} to {row.high:.3g}", f"{row.spread:.2f}", f"{row.shift:+.2f}",
        )
        for row in frame[frame.informed].sort_values("spread").itertuples()
    )  # fmt: skip
    return table(("Informed parameter", "Range", "Mean", "90% interval", "Spread", "Shift"), rows)


def uninformed_text(calibration: Path) -> str:
    """Return the parameters of which the evidence tells nothing."""
    frame = read_csv(calibration / "marginals.csv")
    names = ", ".join(f"`{name}`" for name in frame[~frame.informed].parameter)
    return f"Not informed: {names}.\n"


def ties_text(calibration: Path) -> str:
    """Return the pairs of informed parameters that are most tied to each other."""
    sets, marginals = (read_csv(calibration / f"{name}.csv") for name in ("sets", "marginals"))
    names = marginals[marginals.informed].parameter.tolist()
    covariance = np.cov(sets[names].to_numpy().T, aweights=sets.weight)
    spreads = np.sqrt(np.diag(covariance))
    ties = covariance / np.outer(spreads, spreads)
    pairs = sorted(combinations(range(len(names)), 2), key=lambda pair: -abs(ties[pair]))
    rows = [
        (f"`{names[a]}`", f"`{names[b]}`", f"{ties[a, b]:+.2f}")
        for a, b in pairs[:_MOST_TIES]
        if abs(ties[a, b]) >= _LEAST_TIE
    ]
    return table(("Parameter", "is tied to", "Correlation"), rows)


def recovery_text(recovery: Path) -> str:
    """Return where known parameters stood among those found likely."""
    parameters, truths = (read_csv(recovery / f"{name}.csv") for name in ("recovery", "truths"))
    fitted, number = parameters[parameters.fitted], int(parameters.truths.iloc[0])
    rows = (
        (f"`{row.parameter}`", row.half, row.most, f"{row.even_chance:.2f}", "yes" if row.as_expected else "**no**")
        for row in fitted.itertuples()
    )
    heads = ("Parameter", "In the middle half", "In the middle nine tenths", "Chance if even", "Both as expected")
    half, most = (parameters[name].mean() / number for name in ("half", "most"))
    return (
        f"{table(heads, rows)}\n{number} truths; of these {len(fitted)} parameters both counts are as expected for "
        f"{int(fitted.as_expected.sum())}, and of all {len(parameters)} for {int(parameters.as_expected.sum())}. Over "
        f"all parameters, {half:.0%} of the truths stand in the middle half and {most:.0%} in the middle nine tenths. "
        f"The weights beside a truth are worth {truths.effective_sets.median():.1f} sets (median).\n"
    )


def main(calibration: Path, recovery: Path, page: Path) -> None:
    """Renew the page and its pictures."""
    pictures = page.with_suffix("")
    contents = {
        "waves": waves_text(calibration),
        "informed": informed_text(calibration),
        "uninformed": uninformed_text(calibration),
        "ties": ties_text(calibration),
        "recovery": recovery_text(recovery),
    }
    SLOTS.renew(page, contents)
    pictures.mkdir(exist_ok=True)
    for folder, name in ((calibration, "marginals.png"), (calibration, "pairs.png"), (recovery, "places.png")):
        shutil.copyfile(folder / "figures" / name, pictures / name)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
