"""The options that sub-commands share, each with its help, once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer


def whole_number(param: typer.CallbackParam, value: object) -> int | None:
    """Return what an option gives as a whole number, None where it is left out.

    Raises:
        InputError: it is no whole number in plain digits.
    """
    from experiments.inputs.parsing import parse_whole

    return None if value is None else parse_whole(str(value), param.opts[0])


def number(param: typer.CallbackParam, value: object) -> float | None:
    """Return what an option gives as a number, None where it is left out.

    Raises:
        InputError: it is no finite number in plain digits.
    """
    from experiments.inputs.parsing import parse_number

    return None if value is None else parse_number(str(value), param.opts[0])


def path(param: typer.CallbackParam, value: object) -> Path | None:
    """Return what an option gives as a path, None where it is left out.

    Raises:
        InputError: the name is empty, or none that a file can have.
    """
    from experiments.inputs.checks import checked_path

    return None if value is None else checked_path(param.opts[0], str(value))


def paths(param: typer.CallbackParam, value: Iterable[object] | None) -> list[Path]:
    """Return what an option that may be repeated gives as paths.

    Raises:
        InputError: a name is empty, or none that a file can have.
    """
    from experiments.inputs.checks import checked_path

    return [checked_path(param.opts[0], str(one)) for one in value or ()]


def cluster(value: str | None) -> str | None:
    """Return where a cluster is, as it was written.

    Raises:
        InputError: it is nowhere that a cluster can be.
    """
    from experiments.inputs.checks import checked_cluster

    if value is not None:
        checked_cluster(value)
    return value


WHOLE: dict[str, Any] = {"parser": str, "callback": whole_number, "metavar": "N"}
NUMBER: dict[str, Any] = {"parser": str, "callback": number, "metavar": "NUMBER"}
PATH: dict[str, Any] = {"parser": str, "callback": path}
PATHS: dict[str, Any] = {"parser": str, "callback": paths}
"""What an option is made with beside its name and its help, where it gives a number or names a file or a folder."""

Regimes = Annotated[
    str | None,
    typer.Option("--regimes", metavar="A,B", help="Regimes to compare; all shipped ones if left out."),
]
OwnRegimes = Annotated[
    list[Path] | None,
    typer.Option("--regime", metavar="FILE.toml", help="A regime of your own; may be repeated.", **PATHS),
]
OneRegime = Annotated[str | None, typer.Option("--regime", metavar="NAME|FILE.toml", help="The regime to run.")]
Replicates = Annotated[
    int | None,
    typer.Option(
        "--replicates",
        help="Runs of each regime and parameter set, each with its own luck (8 if left out, 5 with --engine mesa).",
        **WHOLE,
    ),
]
MaxSets = Annotated[
    int | None,
    typer.Option(
        "--max-sets",
        help="Parameter sets come in rounds, 256 and then 64 at a time, until every watched share of worlds and mean "
        "is known well enough, and at most so many (256 if left out).",
        **WHOLE,
    ),
]
Matters = Annotated[
    list[str] | None,
    typer.Option(
        "--matters",
        metavar="OUTCOME=VALUE",
        help="The smallest difference worth a decision, for the verdicts and the stop rule; may be repeated. "
        "`sli outcomes` has the usual ones.",
    ),
]
Engine = Annotated[
    str,
    typer.Option("--engine", help="ensemble (compiled) or mesa (agents, slow): the same results, bit for bit."),
]
Keep = Annotated[
    str,
    typer.Option(
        "--keep",
        metavar="A,B",
        help="What is kept of single runs: runs (outcomes and groups of councils, always), sample (months of the first "
        "replicate of each set), months (of all) and councils (every council, for `sli report --only`).",
    ),
]
Replicate = Annotated[int, typer.Option("--replicate", help="Which replicate: its number from 0.", **WHOLE)]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers", help="Threads, one a processor if left out; with --engine mesa processes, at most two.", **WHOLE
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="WHERE",
        callback=cluster,
        help="Make the runs on a Dask cluster instead: local:N starts N workers on this machine; tcp://host:port is "
        "a scheduler's address. The results are the same.",
    ),
]
Months = Annotated[int, typer.Option("--months", help="Length of a run.", **WHOLE)]
Start = Annotated[
    str | None,
    typer.Option(
        "--start",
        metavar="YYYY-MM",
        help="Calendar month of month 0, for England's councils 2018-04 to 2026-04; that of the councils if left out.",
    ),
]
LatestStart = Annotated[
    str | None,
    typer.Option(
        "--start",
        metavar="YYYY-MM",
        help="Calendar month of month 0, for England's councils 2018-04 to 2026-04. If left out: the latest for "
        "England's councils, and that of the table for your own.",
    ),
]
Seed = Annotated[int, typer.Option("--seed", help="What all luck is drawn from.", **WHOLE)]
Parities = Annotated[
    str | None,
    typer.Option(
        "--parity",
        metavar="A,B",
        help="What is made equal: pounds, days, director_days, or none (each regime as its file says); "
        "the first three if left out.",
    ),
]
Parity = Annotated[
    str,
    typer.Option("--parity", help="What is made equal to the partners: pounds, days, director_days, or none."),
]
Funding = Annotated[
    str,
    typer.Option(
        "--funding",
        metavar="NAME|FILE.csv",
        help="Path of the funding gap: a name of `sli scenarios`, or a file of points (month, gap).",
    ),
]
PovertyTilt = Annotated[
    float, typer.Option("--poverty-tilt", help="How much more the gap weighs in poorer councils.", **NUMBER)
]
Pause = Annotated[str, typer.Option("--pause", help="Pause of inspections: historical or none.")]
Headline = Annotated[
    str,
    typer.Option(
        "--headline", help="Overall grades: kept, removed (from April 2026), or removed from a month (YYYY-MM)."
    ),
]
SwitchChoices = Annotated[
    list[str] | None,
    typer.Option("--switch", metavar="NAME=CHOICE", help="A structural switch of `sli switches`; may be repeated."),
]
HeldValues = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="NAME=VALUE", help="A parameter held at a value in every parameter set; may be repeated."
    ),
]
Levers = Annotated[
    str | None,
    typer.Option(
        "--levers",
        help="Days per receiver and per giver: drawn in each parameter set, or fixed as in the regimes' files; "
        "drawn if left out, fixed with one set or with --design.",
    ),
]
Sets = Annotated[
    str | None,
    typer.Option(
        "--sets",
        metavar="N|all",
        help="How many parameter sets are drawn: so many, and no stop rule (20 with --engine mesa), or all plausible "
        "ones; 1 means the defaults.",
    ),
]
_DRAW = typer.Option(
    "--draw",
    help="Where parameter sets are drawn from: plausible (fitted to the evidence; the default) or prior "
    "(anywhere in the ranges).",
)
Draw = Annotated[str | None, _DRAW]
KnownDraw = Annotated[str, _DRAW]
DesignFile = Annotated[
    Path | None,
    typer.Option(
        "--design",
        metavar="FILE.csv",
        help="Your own parameter sets: a column a parameter, a row a set. A column may also be a lever of a regime "
        "(peer_support.share, *.givers), a switch, funding or headline. Days per receiver and per giver stay as in the "
        "regimes' files, or have their places in their ranges, from 0 to 1, in the columns receiver_quantile and "
        "giver_quantile. A column weight says how much a set counts.",
        **PATH,
    ),
]
ParametersFile = Annotated[
    Path | None,
    typer.Option("--parameters", metavar="FILE.toml", help="Parameters held at these values in every set.", **PATH),
]
CouncilsFile = Annotated[
    Path | None,
    typer.Option(
        "--councils",
        metavar="FILE.csv",
        help="Your own councils; see `sli councils --template` and `--export`.",
        **PATH,
    ),
]
PricesFile = Annotated[
    Path | None,
    typer.Option(
        "--prices", metavar="FILE.csv", help="Prices of an unpaid day (column price, pounds) to report at.", **PATH
    ),
]
ImageFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="png|svg",
        help="svg writes each figure as an SVG beside its PNG; as before, or png, if left out.",
    ),
]
Out = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the results go.", **PATH)]
Quick = Annotated[
    bool,
    typer.Option("--quick", help="The defaults as the one parameter set, equal pounds, 3 replicates: an illustration."),
]
Claims = Annotated[
    bool | None,
    typer.Option(
        "--claims/--no-claims",
        help="Test the sector's claims too, and the other choice of --headline in runs that start later than April "
        "2024, both on fewer runs, for the report; done if left out, but not with --quick or under 10 parameter sets.",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace the results of another design in the folder.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say how many runs and minutes, how much disk and memory, and stop.")
]
ShardOfAll = Annotated[
    str | None,
    typer.Option(
        "--shard",
        metavar="PART/ALL",
        help="Make the runs of one part alone, such as 3/40, with a fixed number of --sets; `sli merge` joins all.",
    ),
]
Names = Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Show only these.")]
