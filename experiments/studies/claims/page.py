"""Write the results and the picture of docs/understand/claims.md from a folder of `sli knockout`.

`python -m experiments.studies.claims.page results/knockout docs/understand/claims.md`: what stands between
`<!-- claims: results -->` and `<!-- end -->` is made anew.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.figures.claim_effects import deciding, spoken
from experiments.results.manifest import MANIFEST
from experiments.studies.claims.answers import CLAIMS_FIGURE, read_claims
from experiments.text.numbers import digits, plain, share_words, span, with_sign
from experiments.text.pages import RESULTS, Slots, table

SLOTS = Slots("claims")
_HEADS = (
    "Claim", "Deciding effect", "Unit", "Matters from", "Effect", "Error", "Worlds, 5 to 95%", "Worlds as claimed",
    "Worlds compared", "Verdict", "Assumed",
)  # fmt: skip


def results(folder: Path) -> str:
    """Return what was run, the table of the deciding effects, the sentences and the figure."""
    manifest, claims = json.loads((folder / MANIFEST).read_text("utf-8")), read_claims(folder)
    picture = f"claims/{CLAIMS_FIGURE}"
    sentences = "".join(
        f"{row['claim']}. **{row['title']}.** {row['sentence']} *Claimed by: {row['source']}.*\n"
        for row in deciding(claims)
    )
    return (
        f"{_what_was_run(manifest, claims)}\n{table(_HEADS, map(_cells, deciding(claims)))}\n{_sensitivity(claims)}\n"
        f"{sentences}\n![The effect of each claim over the smallest that matters. {spoken(claims)}]({picture})\n"
    )


def _what_was_run(manifest: Mapping[str, Any], claims: pd.DataFrame) -> str:
    design = manifest["design"]
    sets = int(claims["worlds_run"].max())
    listing = design["sets"] if isinstance(design["sets"], list) else []
    # A set that was drawn more than once is run once and counts as often.
    choices = design | {"sets": round(sum(one["weight"] for one in listing)) or sets}
    options = " ".join(f"--{name} {choices[name]}" for name in ("sets", "replicates", "seed", "months"))
    return (
        f"`sli knockout {options}`, version {manifest['version']}: {sets} parameter sets ({design['origin']['kind']}), "
        f"{design['replicates']} replicates, seed {design['seed']}, {manifest['runs']:,} different runs. It shows "
        f"{len(claims)} effects, of which the table has the {int(claims['decides'].sum())} that decide.\n"
    )


def _cells(row: Mapping[str, Any]) -> tuple[object, ...]:
    places = digits(row["effect"], row["effect_error"])
    return (
        f"{row['claim']}. {row['short']}",
        f"{row['contrast']}, on `{row['observable']}` (claimed: {row['claimed']})",
        row["unit"],
        plain(row["matters"]),
        with_sign(row["effect"], places),
        plain(row["effect_error"]),
        span(row["worlds_low"], row["worlds_high"]),
        share_words(row["share"], row["share_error"]),
        f"{row['worlds']} of {row['worlds_run']}",
        f"{row['verdict']}: {row['reason']}",
        row["assumed"],
    )


def _sensitivity(claims: pd.DataFrame) -> str:
    rows = list(deciding(claims))
    parts = []
    for name in ("half", "twice"):
        changes = [
            f"{row['claim']} to {row[f'verdict_at_{name}']}"
            for row in rows
            if row[f"verdict_at_{name}"] != row["verdict"]
        ]
        which = f" ({', '.join(changes)})" if changes else ""
        parts.append(f"at {name} the smallest effect that matters {len(changes)} of {len(rows)} verdicts change{which}")
    return f"Where the line is drawn counts: {'; '.join(parts)}.\n"


def main(folder: Path, page: Path) -> None:
    """Renew the page and its picture.

    Raises:
        InputError: the page has no slot for the results.
        OSError: it cannot be written.
    """
    pictures = page.with_suffix("")
    SLOTS.renew(page, {RESULTS: results(folder)})
    pictures.mkdir(exist_ok=True)
    shutil.copyfile(folder / CLAIMS_FIGURE, pictures / CLAIMS_FIGURE)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
