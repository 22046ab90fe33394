"""What reads the single runs of finished results, study by study."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from experiments.results.known_crossing import KnownCrossing
from experiments.results.known_runs import KnownComparison, KnownRuns, KnownTrial
from experiments.results.manifest import read_manifest
from experiments.studies.sensitivity.results import load_sensitivity
from experiments.studies.sweep.folder import RUNS_TABLE
from experiments.studies.sweep.results import load_sweep
from simulation.councils import Councils
from simulation.errors import InputError

Reader = Callable[[Path, Councils | None], KnownRuns]


def read_known_runs(folder: str | Path, councils: Councils | None = None) -> KnownRuns:
    """Return the runs of finished results.

    Args:
        folder: the results folder.
        councils: the user's own, where they were made on those; sweeps and sensitivity studies keep theirs.

    Raises:
        InputError: the folder holds no finished results of single runs, they were made on other councils, or by a
            version with other switches and levers.
    """
    home = Path(folder)
    manifest = read_manifest(home)
    if not manifest.finished or manifest.study not in READERS:
        known = " or ".join(f"`sli {study}`" for study in READERS)
        raise InputError(f"{home}: expected finished results of {known}, got those of `sli {manifest.study}`")
    try:
        return READERS[manifest.study](home, councils)
    except (TypeError, KeyError) as error:
        raise InputError(
            f"{home}: expected results whose switches and levers this version of sli has, got others ({error})"
        ) from None


def _read_sweep(folder: Path, councils: Councils | None) -> KnownCrossing:
    del councils
    design = load_sweep(folder).design
    return KnownCrossing([design.crossing], folder / RUNS_TABLE, design.kept)


def _read_sensitivity(folder: Path, councils: Councils | None) -> KnownCrossing:
    del councils
    design = load_sensitivity(folder).design
    screening = [design.screening] if design.is_screened else []
    return KnownCrossing([*screening, design.indices(read_manifest(folder).record["kept"])])


READERS: Mapping[str, Reader] = MappingProxyType(
    {"compare": KnownComparison, "knockout": KnownTrial, "sweep": _read_sweep, "sensitivity": _read_sensitivity}
)
"""Study -> what reads the runs of its folders."""
