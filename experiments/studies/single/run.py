"""One run, to be looked into: a table of months, panels of councils and directors, one figure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.figures import png, run_figure
from experiments.files.digests import model_digest, plain_values, table_digest
from experiments.files.whole import whole_file, write_csv
from experiments.inputs.checks import checked_parities
from experiments.results.folder import ResultsFolder
from experiments.results.workplace import Workplace
from experiments.running.maker import failure
from simulation.agents.model import SectorModel, run_to_the_end
from simulation.compiled.jit import check_compiler
from simulation.councils import Councils
from simulation.errors import InputError, RunsFailedError
from simulation.limits import checked_months, checked_replicate, checked_seed
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.run import Run
from simulation.parameters import Parameters
from simulation.regimes import Regime, with_own_name
from simulation.scenario import Scenario
from simulation.switches import Switches

STUDY = "run"
RUN_FILES = ("months.csv", "councils.csv", "directors.csv", "outcomes.csv", "run.png")
SHOWN = {
    "inadequate": "Judged inadequate, councils",
    "good_or_better": "Good or outstanding, share",
    "mean_quality": "Mean quality, SD",
    "quality_spread": "Spread of quality, SD",
    "interims": "Under an interim director, councils",
    "attention": "Chiefs' attention to children's, share",
    "days_delivered": "Support delivered, days a month",
    "waiting": "Below good without support, councils",
}


@dataclass(frozen=True, kw_only=True)
class SingleRun:
    """What one run is made of; the fields are those of `simulation.simulate`.

    Where it is ``of_results``, its regime's levers were drawn with its parameter set, and it goes by its name all the
    same.
    """

    regime: Regime
    replicate: int
    parity: str
    months: int
    seed: int
    scenario: Scenario
    switches: Switches
    parameters: Parameters
    councils: Councils
    of_results: bool = False

    def __post_init__(self) -> None:
        """Refuse what no run could be made with."""
        object.__setattr__(self, "replicate", checked_replicate(self.replicate))
        object.__setattr__(self, "seed", checked_seed(self.seed))
        object.__setattr__(self, "months", checked_months(self.months))
        checked_parities([self.parity])
        if not self.of_results:
            with_own_name(self.regime)

    def describe(self) -> dict[str, Any]:
        """Return the run as plain values, ready for JSON."""
        return plain_values(
            {
                "regime": asdict(self.regime),
                "replicate": self.replicate,
                "parity": self.parity,
                "months": self.months,
                "seed": self.seed,
                "scenario": asdict(self.scenario),
                "switches": self.switches.as_dict(),
                "parameters": self.parameters.as_dict(),
                "councils": table_digest(self.councils),
                "model": model_digest(),
            }
        )


def run_single(single: SingleRun, out: str | Path, *, force: bool = False) -> Run:
    """Run it, write months.csv, councils.csv, directors.csv, outcomes.csv and run.png, and return its record.

    Raises:
        InputError: the folder holds another run or other results, and not ``force``, or another process has it.
        RunsFailedError: the run failed.
        OSError: the folder cannot be written.
    """
    check_compiler()
    runs: list[Run] = []

    def fill(place: Workplace) -> dict[str, Any]:
        model = SectorModel(
            single.regime,
            single.replicate,
            single.months,
            single.seed,
            single.parity,
            parameters=single.parameters,
            switches=single.switches,
            scenario=single.scenario,
            councils=single.councils,
            panel=True,
        )
        runs.append(_to_the_end(model))
        _write(place.path, runs[0], model, single)
        return {"runs": 1, "failed": 0}

    # A single run takes a moment, and its record is wanted: it is made anew even where the folder holds it.
    ResultsFolder(out, STUDY, single.describe(), RUN_FILES).fill(fill, again=True, force=force)
    return runs[0]


def _to_the_end(model: SectorModel) -> Run:
    """Run a model, and tell a failure in a sentence: what a comparison says of a run that failed, again."""
    try:
        return run_to_the_end(model)
    except (InputError, OSError, MemoryError):
        raise
    except Exception as error:
        raise RunsFailedError(f"the run failed: {failure(error)}") from error


def outcomes_table(run: Run) -> pd.DataFrame:
    """Return a row an outcome: its value, unit, direction and meaning."""
    rows = [(name, run.outcomes[name], info.unit, info.better, info.meaning) for name, info in OUTCOMES.items()]
    return pd.DataFrame(rows, columns=["outcome", "value", "unit", "better", "meaning"])


def _write(folder: Path, run: Run, model: SectorModel, single: SingleRun) -> None:
    write_csv(folder / "months.csv", run.months.reset_index())
    if model.panel is not None:
        write_csv(folder / "councils.csv", model.panel.councils())
        write_csv(folder / "directors.csv", model.panel.directors())
    write_csv(folder / "outcomes.csv", outcomes_table(run))
    note = (
        f"One run: replicate {single.replicate}, seed {single.seed}, {single.councils.n} councils. "
        "An illustration of how the model moves, not a forecast."
    )
    figure = run_figure(
        run.months, SHOWN, start=single.scenario.start, title=f"{run.regime}, month by month", note=note
    )
    with whole_file(folder / "run.png") as file:
        file.write(png(figure))
