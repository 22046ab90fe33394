"""The reference runs are one exact number, in any process, for any processor, and in C."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks import c_loop
from benchmarks.engines import DistinctRun, differing, months_of, opened
from experiments.studies.verification.machine import REFERENCE, REFERENCE_MONTHS, runs_digest
from simulation.compiled import cache
from simulation.compiled.ensemble import Ensemble
from simulation.regimes import load_regime
from simulation.rules.maths import exp

NUMBER = "4ce91867d9eac5ad503cdd58b42d55f7526c4cf4e16cbc936e65a7f6f71126b5"
"""The digest of all regimes over 120 months. It changes with the model alone: then say so in CHANGELOG.md."""

BEFORE = "75dd34735af5babfe8c4db80f184faa96c49d3a2cf9eb4aed0385b7c837edda7"
"""The same before the terms of E4', E11' and E12' were there."""

COMPILERS = [name for name in ("gcc", "clang") if shutil.which(name)]
EXPONENTIALS = """
#include "maths.h"
void fill(const double *x, double *y, int64_t n) { for (int64_t i = 0; i < n; i++) y[i] = exponential(x[i]); }
"""


def printed(root: Path, **settings: str) -> str:
    command = [sys.executable, str(root / "tests" / "reference_run.py")]
    environment = os.environ | settings
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def test_it_is_the_number_that_readers_compare_with():
    assert NUMBER == REFERENCE


def test_without_the_new_terms_it_is_the_number_of_before(past):
    ensemble = Ensemble(REFERENCE_MONTHS, switches=past.switches(), scenario=past.scenario())
    assert runs_digest(ensemble, past.parameters()) == BEFORE


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "2"])
def test_it_is_one_number_whatever_order_python_gives_its_sets(root, seed):
    assert printed(root, PYTHONHASHSEED=seed) == NUMBER


@pytest.mark.slow
def test_it_is_one_number_for_the_plainest_processor_too(root):
    assert printed(root, NUMBA_CPU_NAME="generic") == NUMBER


@pytest.fixture(scope="module")
def months():
    """What the compiled months are called with for `none`, and what they leave."""
    ensemble = Ensemble(REFERENCE_MONTHS)
    given = months_of(ensemble, DistinctRun(load_regime("none"), "pounds"), opened(ensemble))
    run = given.fresh()
    cache.run_months.dispatcher(*run.values())
    return given, run


@pytest.mark.slow
@pytest.mark.parametrize("level", ["-O0", "-O2", "-O3 -march=native"])
@pytest.mark.parametrize("compiler", COMPILERS)
def test_c_gives_the_same_bits_with_any_compiler(months, tmp_path, monkeypatch, compiler, level):
    monkeypatch.setenv("CC", compiler)
    given, run = months
    loop = c_loop.build_library(tmp_path, flags=(*level.split(), *c_loop.COMMON))
    by_c = given.fresh()
    loop.prepare(by_c)()
    assert differing(run, by_c) == []


@pytest.mark.slow
@pytest.mark.parametrize("compiler", COMPILERS)
def test_the_exponential_in_c_is_that_of_the_rules(root, tmp_path, compiler):
    (tmp_path / "fill.c").write_text(EXPONENTIALS, "utf-8")
    library = tmp_path / "fill.so"
    flags = ("-O2", *c_loop.COMMON, "-I", str(root / "benchmarks"))
    subprocess.run([compiler, *flags, str(tmp_path / "fill.c"), "-o", str(library), "-lm"], check=True)
    draw = np.random.default_rng(1).uniform
    arguments = np.concatenate([draw(-14.0, 1.1, 50_000), draw(-746.0, 709.7, 50_000), [-np.inf, 0.0, -0.0]])
    values = np.empty_like(arguments)
    fill = c_loop.ctypes.CDLL(str(library)).fill
    fill(
        *(c_loop.ctypes.c_void_p(array.ctypes.data) for array in (arguments, values)),
        c_loop.ctypes.c_int64(len(values)),
    )
    assert values.tolist() == [exp(x) for x in arguments.tolist()]
