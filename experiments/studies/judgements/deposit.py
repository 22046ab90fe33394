"""Deposits: forecasts of the grades held, written down before the facts, in a file that a digest seals.

A deposit says how likely a council of the country, of each region and of each fifth of deprivation is to hold each
grade at the end of each quarter. It names no council.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from experiments.files.digests import digest_of, model_digest, plain_values, table_digest
from experiments.files.provenance import provenance
from experiments.files.whole import write_json
from experiments.observed import REGIME
from experiments.results.folder import Tell, tell_nobody
from experiments.studies.judgements.deposit_runs import group_counts, group_names, simulate_mixes
from experiments.studies.judgements.origin_sets import origin_sets, set_weights
from experiments.studies.judgements.variant import Variant
from simulation.arrays import Floats, Numbers
from simulation.councils import GRADES, load_councils
from simulation.errors import InputError, shown, whole
from simulation.evidence.england import LAST_MONTH
from simulation.limits import MOST_SETS, check_own_luck, checked_replicates, checked_seed
from simulation.text_files import read_text

MOST_YEARS = 20
DEPOSIT_SETS, DEPOSIT_REPLICATES, DEPOSIT_YEARS = 256, 8, 5

FORM = "sli forecast, form 1"
"""What a file of deposits calls itself."""

DEPOSIT_PURPOSE = (
    "A forecast that is written down before the facts cannot be bent to them. This file holds the chances that the "
    "model gave to each grade on the day that it was made. Its digest shows whether any of it was changed since."
)

_DIGEST, _YEAR = "digest", 12
_FIELDS = ("form", "purpose", "made", "start", "months", "grades", "groups", "settings", "record")


@dataclass(frozen=True)
class DepositDesign:
    """What is forecast, and how.

    Attributes:
        start: first month of the runs, YYYY-MM, which begin from the grades held then.
        years: how far the forecast reaches.
        sets: how many parameter sets are drawn, at most.
        replicates: runs of each.
        draw: where the sets are drawn from, one of `experiments.design.origin.DRAWS`.
        seed: of all luck.
        variant: switches and parameters that are set.
    """

    start: str = LAST_MONTH
    years: int = DEPOSIT_YEARS
    sets: int = DEPOSIT_SETS
    replicates: int = DEPOSIT_REPLICATES
    draw: str = "plausible"
    seed: int = 2018
    variant: Variant = field(default_factory=Variant)

    def __post_init__(self) -> None:
        """Refuse what cannot be run."""
        whole("years", self.years, 1, MOST_YEARS)
        whole("sets", self.sets, 1, MOST_SETS)
        checked_replicates(self.replicates)
        checked_seed(self.seed)
        check_own_luck(self.sets, self.replicates)


@dataclass(frozen=True)
class GroupForecast:
    """The forecast of a group of councils.

    Attributes:
        kind: ``country``, ``region`` or ``deprivation_fifth``.
        group: its name.
        councils: how many it has.
        at_start: councils that hold each grade at the start, shape (grades,).
        chances: that one of them holds each grade at the end of each month of the deposit, shape (months, grades).
    """

    kind: str
    group: str
    councils: int
    at_start: Numbers
    chances: Floats


@dataclass(frozen=True)
class Deposit:
    """A forecast as it was deposited.

    Attributes:
        made: the day.
        start: first month of the runs, YYYY-MM.
        months: calendar months at whose end the grades held are forecast.
        groups: country, regions, fifths of deprivation.
        settings: what decides the numbers, as plain values.
        record: who made it: version, commit, packages and machine.
        digest: SHA-256 of all the rest, in hexadecimal.
    """

    made: date
    start: str
    months: tuple[str, ...]
    groups: tuple[GroupForecast, ...]
    settings: Mapping[str, Any]
    record: Mapping[str, Any]
    digest: str


def make_deposit(
    design: DepositDesign,
    path: str | Path,
    *,
    workers: int = 1,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> Deposit:
    """Run the model, write the forecast into a new file, and return it as it is read again.

    Args:
        design: what is forecast.
        path: the file; nothing may be there yet.
        workers: processes; the numbers are the same whatever their number.
        progress: whether to show how far the runs have come.
        tell: called with a line where something has to be said.

    Raises:
        InputError: there is something of that name, the start is none, or the sets cannot be drawn.
        RunsFailedError: a run failed.
        OSError: the file cannot be written.
    """
    place = Path(path)
    refuse_to_overwrite(place)
    councils = load_councils(start=design.start)
    sets, fit = origin_sets(design.start, design.draw, design.sets, design.seed, design.variant)
    months, mixes = simulate_mixes(
        sets, design.start, design.years * _YEAR, design.replicates, design.seed, design.variant.switches,
        workers=workers, progress=progress, tell=tell,
    )  # fmt: skip
    held = group_counts(np.array(councils.grade), councils)
    chances = np.einsum("s,sgmk->gmk", set_weights(sets), mixes) / held.sum(axis=1)[:, None, None]
    groups = [
        GroupForecast(kind, name, int(now.sum()), now, chance)
        for (kind, name), now, chance in zip(group_names(councils), held, chances, strict=True)
    ]
    settings = {
        **{name: getattr(design, name) for name in ("years", "sets", "replicates", "draw", "seed")},
        "fitted_to": fit,
        "drawn": digest_of([one.as_dict() for one in sets]),
        "regime": REGIME,
        "switches": design.variant.switches.as_dict(),
        "set": dict(design.variant.values),
        "model": model_digest(),
        "councils": table_digest(councils),
    }
    content = _content(design.start, months, groups, settings)
    refuse_to_overwrite(place)
    write_json(place, {**content, _DIGEST: digest_of(content)})
    return read_deposit(place)


def refuse_to_overwrite(path: Path) -> None:
    """Refuse the name of something that is there: a deposit is never written over.

    Raises:
        InputError: there is something of that name.
    """
    if path.exists() or path.is_symlink():
        raise InputError(f"{path}: expected a name that is not taken, for a deposit is never written over, got a file")


def read_deposit(path: str | Path) -> Deposit:
    """Return the forecast of a file.

    Raises:
        InputError: the file cannot be read, is no deposit, or was changed since it was made.
    """
    try:
        content = json.loads(read_text(path, "JSON file"))
    except InputError:
        raise
    except (ValueError, RecursionError):
        raise InputError(f"{path}: expected a JSON file, got what is not JSON text") from None
    if not isinstance(content, dict) or content.get("form") != FORM:
        got = shown(content.get("form")) if isinstance(content, dict) else "none"
        raise InputError(f"{path}: expected a deposit of sli forecast ({FORM!r}), got the form {got}")
    own, stated = digest_of({name: value for name, value in content.items() if name != _DIGEST}), content.get(_DIGEST)
    if own != stated:
        raise InputError(
            f"{path}: expected the digest that the file states, {shown(stated)}, got {own}: it was changed"
        )
    if missing := [name for name in _FIELDS if name not in content]:
        raise InputError(f"{path}: expected {', '.join(_FIELDS)}, got no {missing[0]}")
    return _deposit(content, str(path))


def _content(
    start: str, months: tuple[str, ...], groups: list[GroupForecast], settings: Mapping[str, Any]
) -> dict[str, Any]:
    return plain_values(
        {
            "form": FORM,
            "purpose": DEPOSIT_PURPOSE,
            "made": f"{datetime.now(UTC):%Y-%m-%d}",
            "start": start,
            "months": months,
            "grades": GRADES,
            "groups": [
                {**asdict(one), "at_start": one.at_start.tolist(), "chances": one.chances.tolist()} for one in groups
            ],
            "settings": settings,
            "record": provenance(),
        }
    )


def _deposit(content: Mapping[str, Any], path: str) -> Deposit:
    """Return what a file with the right digest says; only a file made by hand can be at odds with itself."""
    try:
        groups = tuple(
            GroupForecast(
                one["kind"],
                one["group"],
                int(one["councils"]),
                np.array(one["at_start"], np.int64).reshape(len(GRADES)),
                np.array(one["chances"], np.float64).reshape(len(content["months"]), len(GRADES)),
            )
            for one in content["groups"]
        )
        made = date.fromisoformat(content["made"])
        return Deposit(
            made, str(content["start"]), tuple(content["months"]), groups, content["settings"], content["record"],
            content[_DIGEST],
        )  # fmt: skip
    except (KeyError, TypeError, ValueError):
        expected = "a deposit whose groups have a kind, a name, councils and a row of chances a month"
        raise InputError(f"{path}: expected {expected}, got another file") from None
