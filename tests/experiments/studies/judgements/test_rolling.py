"""Forecasts from rolling origins: a small run of two, from the command to the page."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from experiments.cli import main
from experiments.design.parameter_sets import ParameterSet, draw_sets
from experiments.files.whole import read_csv
from experiments.studies.judgements import RollingDesign, forecast_from_origins
from experiments.studies.judgements.known import councils_at, known_judgements, known_rows
from experiments.studies.judgements.origin_runs import OriginRuns
from experiments.studies.judgements.origin_sets import central_set, set_weights
from experiments.studies.judgements.origin_text import accuracy_line, origin_lines
from experiments.studies.judgements.simple_forecasts import given_before
from experiments.studies.judgements.variant import Variant
from experiments.studies.judgements.window import Window
from simulation.errors import InputError
from simulation.parameters import Parameters
from simulation.switches import Switches

DESIGN = RollingDesign((12, 24), runs=8, sets=4)


@pytest.fixture(scope="session")
def rolling():
    return forecast_from_origins(DESIGN)


def test_every_judgement_after_an_origin_is_forecast(rolling):
    published = [f"{row.cells['published']:%Y-%m}" for row in known_rows()]
    near = [sum(first <= month < last for month in published) for first, last in (("2019-04", "2021-04"),)]
    after = sum(month >= "2021-04" for month in published)
    first = rolling.origins.iloc[0]
    assert (first["near"], first["after"], first["runs"]) == (near[0], after, 8)
    all_near = rolling.scores[(rolling.scores["cut"] == "all origins")]["judgements"].unique().tolist()
    assert all_near == [rolling.origins["near"].sum(), rolling.origins["after"].sum()]


def test_every_cut_has_each_score_of_each_forecast(rolling):
    sizes = rolling.scores.groupby(["cut", "origin", "judged"]).size()
    assert (sizes == 8).all()
    assert (rolling.scores["low"] <= rolling.scores["mean"]).all()
    assert (rolling.scores["mean"] <= rolling.scores["high"]).all()
    model = rolling.scores[rolling.scores["forecast"] == "model"]
    assert (model["monte_carlo_error"] > 0).all()
    # Forecasts that know the grade held are better than the mix of grades, which does not.
    pooled = rolling.scores[(rolling.scores["cut"] == "all origins") & (rolling.scores["judged"] == "after 24 months")]
    means = pooled[pooled["score"] == "ranked_probability_score"].set_index("forecast")["mean"]
    assert means["model"] < means["mix_of_grades"]
    assert means["markov_chain"] < means["mix_of_grades"]


def test_simple_forecasts_see_nothing_after_the_origin():
    before = [row for row in known_rows() if "2018-04" <= f"{row.cells['published']:%Y-%m}" < "2019-04"]
    assert given_before(12).sum() == len(before)
    assert given_before(0).sum() == 0


def test_nobody_takes_the_scores_for_a_blind_test(rolling):
    text = "\n".join(origin_lines(rolling))
    assert "no blind test" in text
    assert "too few: ask for more with --runs" in text
    assert "luck alone" in text
    codes = {row.cells["code"] for row in known_rows()}
    assert not any(code in text for code in codes)


def test_the_accuracy_of_a_single_set_is_not_known(rolling):
    assert "not known" in accuracy_line(rolling.scores.assign(monte_carlo_error=np.nan))
    assert accuracy_line(rolling.scores.assign(monte_carlo_error=0.0004)).endswith("enough")


def test_a_variant_moves_the_model_and_nothing_else(rolling):
    design = RollingDesign((24,), runs=8, sets=4, variant=Variant(Switches(collapse="off"), {"inspection_noise": 0.6}))
    found = forecast_from_origins(design)
    assert set(found.scores["variant"]) == {"collapse=off inspection_noise=0.6"}
    keys = ["cut", "origin", "judged", "score", "forecast"]
    before = rolling.scores[rolling.scores["origin"] == "2020-04"].set_index(keys)["mean"]
    after = found.scores[found.scores["origin"] == "2020-04"].set_index(keys)["mean"].reindex(before.index)
    moved = {name for (*_, name), same in zip(before.index, np.isclose(before, after), strict=True) if not same}
    assert moved == {"model"}


def test_a_set_that_is_drawn_often_gets_as_many_more_runs():
    sets, _ = RollingDesign((12,), sets=300).sets_of(12)
    assert len(sets) == 300
    assert {one.weight for one in sets} == {1.0}
    assert len({one.parameters for one in sets}) < 300


def test_real_months_are_given_where_they_are_asked_for(rolling):
    design = RollingDesign((24,), runs=8, sets=4, real_months=True)
    found = forecast_from_origins(design)
    assert set(found.scores["variant"]) == {"as shipped, real months"}
    assert "which nobody knew at the origin" in "\n".join(origin_lines(found))
    assert "nobody knew" not in "\n".join(origin_lines(rolling))
    asked = OriginRuns(24, known_judgements(councils_at(24), Window(24, 95, 24)), 1, 1, Switches(), real_months=True)
    judged = dict(zip(asked.judgements.council[::-1], asked.judgements.month[::-1] - 24, strict=True))
    table = asked.world.councils
    first = {place: month for place, month in enumerate(table.first_month) if month >= 0}
    # Judgements of councils made later are none of their predecessors' own.
    assert first.items() <= judged.items()
    assert len(judged) - 2 <= len(first) < len(judged)
    assert set(replace(asked, real_months=False).world.councils.first_month) == {-1}


def test_sets_of_an_origin_hold_what_the_variant_says():
    sets, fit = RollingDesign((12,), sets=3, variant=Variant(values={"inspection_noise": 0.6})).sets_of(12)
    assert {one.parameters.inspection_noise for one in sets} == {0.6}
    assert set_weights(sets).sum() == pytest.approx(1.0)
    assert fit
    prior, words = RollingDesign((12,), sets=3, draw="prior").sets_of(12)
    assert prior == draw_sets(3, Parameters(), (), 2018, levers=False)
    assert words == "nothing: the prior"
    with pytest.raises(InputError, match="draw: expected plausible or prior, got 'prio'"):
        RollingDesign((12,), draw="prio").sets_of(12)


def test_the_central_set_is_the_nearest_to_the_mean():
    sets = tuple(ParameterSet(Parameters(inspection_noise=value)) for value in (0.3, 0.45, 0.9))
    assert central_set(sets) is sets[1]
    assert central_set(sets[:1]) is sets[0]


def _validate(*options):
    return main(["validate", "--workers", "1", *map(str, options)])


def test_the_command_writes_the_folder_and_renews_the_page(tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text("Before.\n\n<!-- origins: scores -->\nold\n<!-- end -->\n\nAfter.\n")
    out = tmp_path / "out"
    asked = ("--origins", "2020-04", "--runs", 4, "--sets", 2, "--out", out, "--page", page)
    assert _validate(*asked) == 0
    said = capsys.readouterr().out
    assert "Monte Carlo error of the pooled ranked probability scores" in said.splitlines()[-1]
    made = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} - {".lock"}
    tables = {f"{name}.csv" for name in ("origins", "scores", "coverage", "reliability", "ranks")}
    assert made == tables | {"origins.txt", "page.md", "figures/origins.png", "manifest.json"}
    text = page.read_text()
    assert text.startswith("Before.\n\n<!-- origins: scores -->\nForecasts from 2020-04; variant: as shipped.")
    assert "| a Markov chain of grades |" in text
    assert text.endswith("After.\n")
    assert (tmp_path / "origins.png").read_bytes() == (out / "figures" / "origins.png").read_bytes()
    assert _validate(*asked) == 0
    assert "nothing was run again" in capsys.readouterr().err
    assert isinstance(read_csv(out / "scores.csv"), pd.DataFrame)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--origins", "2019-04:2021"), "--origins: expected FIRST:LAST:STEP"),
        (("--origins", "2019-04", "--judgements", "x.csv"), "--judgements: expected it without --origins, got both"),
        (("--origins", "2019-04", "--start", "2019-04"), "--start: expected it without --origins, got both"),
        (("--origins", "2019-04", "--replicates", "2"), "--replicates: expected it without --origins, got both"),
        (("--origins", "2019-04", "--runs", "0"), "runs: expected a whole number from 1 to 1000000, got 0"),
        (("--origins", "2019-04", "--switch", "colapse=off"), "nearest: collapse"),
        (("--origins", "2019-04", "--set", "inspection_noise=-1"), "inspection_noise: expected"),
        (("--real-months",), "--real-months: expected it with --origins alone, got it without"),
        (("--runs", "10"), "--runs: expected it with --origins alone, got it without"),
    ],
)
def test_bad_input_is_one_sentence_and_leaves_no_folder(tmp_path, capsys, options, says):
    assert _validate(*options, "--out", tmp_path / "out") == 2
    said = capsys.readouterr().err.strip()
    assert says in said
    assert "\n" not in said
    assert not (tmp_path / "out").exists()
