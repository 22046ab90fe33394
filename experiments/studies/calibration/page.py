"""Write the tables and pictures of docs/calibration.md from the folders of `sli calibrate` and `sli recovery`.

`python -m experiments.studies.calibration.page results/calibration results/recovery docs/calibration.md`: what stands
between `<!-- calibration: NAME -->` and `<!-- end -->` is made anew.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from experiments.files.whole import read_csv
from experiments.text.pages import Slots, table

_FEW = 50
SLOTS = Slots("calibration")


def waves_text(calibration: Path) -> str:
    """Return how many sets each wave left, and what was kept."""
    record = json.loads((calibration / "made.json").read_text("utf-8"))
    frame = read_csv(calibration / "waves.csv")
    rows = (
        (row.wave, f"{row.sets:,}", row.replicates, f"{row.left:,}", f"{row.share_of_prior:.1%}", row.rules_out_most)
        for row in frame.itertuples()
    )
    heads = ("Wave", "Sets", "Histories of each", "Left", "Share of the prior", "Ruled out most often by")
    return (
        f"`{record['command']}`, version {record['version']}:\n\n{table(heads, rows)}\n"
        f"The weights of those left are worth {record['effective_sets']:,.0f} equally weighted sets. "
        f"{record['plausible_sets']:,} different ones are shipped, with weights worth "
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


def recovery_text(calibration: Path, recovery: Path) -> str:
    """Return how often each parameter that either run calls informed was found again, and all of them together."""
    parameters, truths = (read_csv(recovery / f"{name}.csv") for name in ("recovery", "truths"))
    marginals = read_csv(calibration / "marginals.csv")
    informative = parameters[
        parameters.informed | parameters.parameter.isin(marginals[marginals.informed].parameter)
    ].sort_values("spread_left")
    rows = (
        (f"`{row.parameter}`", f"{row.inside} of {row.truths}", f"{row.spread_left:.2f}",
         "yes" if row.as_expected else "**no**")
        for row in informative.itertuples()
    )  # fmt: skip
    heads = ("Informed parameter", "Truths inside the 90% interval", "Spread left", "41 to 49 of 50")
    poor = truths.effective_sets < _FEW
    rich, few = (truths[part].inside.sum() / (part.sum() * len(parameters)) for part in (~poor, poor))
    return (
        f"{table(heads, rows)}\n{int(informative.as_expected.sum())} of these {len(informative)} parameters are within "
        f"41 to 49 of 50, and {int(parameters.as_expected.sum())} of all {len(parameters)}. Over all parameters, "
        f"{parameters.inside.sum() / parameters.truths.sum():.1%} of the truths lie inside their 90% intervals: "
        f"{rich:.1%} for the {int((~poor).sum())} truths whose weights were worth {_FEW} equally weighted sets or more"
        f", {few:.1%} for the {int(poor.sum())} others (median of all {truths.effective_sets.median():,.0f}, least "
        f"{truths.effective_sets.min():,.0f}).\n"
    )


def main(calibration: Path, recovery: Path, page: Path) -> None:
    """Renew the page and its pictures."""
    pictures = page.with_suffix("")
    contents = {
        "waves": waves_text(calibration),
        "informed": informed_text(calibration),
        "uninformed": uninformed_text(calibration),
        "recovery": recovery_text(calibration, recovery),
    }
    SLOTS.renew(page, contents)
    pictures.mkdir(exist_ok=True)
    for name in ("marginals.png", "pairs.png"):
        shutil.copyfile(calibration / "figures" / name, pictures / name)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
