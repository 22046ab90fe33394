"""What a comparison takes of memory and of time before its first run."""

import os
import subprocess
import sys

import pytest

COUNCILS = "code,region,grade,judged_on\n" + "".join(
    f"c{number},{'north' if number % 2 else 'south'},{grade},2018-03-31\n"
    for number, grade in enumerate(["good", "inadequate", "requires_improvement", "good", "outstanding", "good"])
)
MEASURED = """
import sys
from pathlib import Path
from experiments.design.design import make_design
from experiments.studies.comparison.compare import compare_regimes
from simulation.councils import load_councils

design = make_design(
    regimes=["peer_support"], parities=["pounds"], councils=load_councils(sys.argv[1]), sets=int(sys.argv[3]),
    replicates=16, months=6, draw="prior",
)
compare_regimes(design, sys.argv[2], workers=2, report=False)
# Not what getrusage says: that begins with the peak of the process that started this one.
(line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(design.size(), line.split()[1])
"""


def peak(tmp_path, sets):
    """Runs of a comparison, and its largest resident memory in kibibytes."""
    asked = [sys.executable, "-c", MEASURED, str(tmp_path / "councils.csv"), str(tmp_path / str(sets)), str(sets)]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    return tuple(map(int, done.stdout.split()))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux says of a process")
def test_memory_grows_with_a_runs_scalars_and_not_with_its_months(tmp_path):
    (tmp_path / "councils.csv").write_text(COUNCILS, encoding="utf-8")
    peak(tmp_path, 1)  # compiles where nothing was compiled yet, which takes memory of its own
    (few, small), (many, large) = peak(tmp_path, 10), peak(tmp_path, 200)
    assert (few, many) == (480, 9600)
    # What 200,000 runs may add to reach a gibibyte is 4 KB a run; a run's outcomes take 0.4, its months here 2.5.
    assert (large - small) * 1024 / (many - few) < 4096 + 2**25 / (many - few)
    assert large < 2**20  # what a process starts with differs between machines; the promise is a gibibyte


def test_nothing_that_the_first_run_does_without_is_loaded():
    code = (
        "import sys, experiments.studies.comparison.plan, experiments.studies.comparison.compare\n"
        "from experiments.design.design import make_design\n"
        "from experiments.results.numbers import RunNumbers\n"
        "from experiments.running.maker import make_alone\n"
        "design = make_design(regimes=['hybrid'], parities=['days'], sets=2, replicates=1, months=2)\n"
        "(extent, *_) = design.extents('ensemble', range(1))\n"
        "assert make_alone(design.world, design.piece(extent), RunNumbers(0)).failed == 0\n"
        "print(*{'mesa', 'matplotlib', 'scipy.stats', 'scipy.special', 'networkx'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ | {"MPLBACKEND": "Agg"}
    )
    assert done.stdout.strip() == ""
