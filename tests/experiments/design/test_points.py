"""The rows of a design: grids, tables and samples."""

import numpy as np
import pytest

from experiments.design.points import as_value, grid, parse_vary, read_points
from experiments.design.samples import LHS, MORRIS, SOBOL, problem_of, sample_points, sampled_columns
from simulation.errors import InputError
from simulation.parameters import PARAMETERS
from simulation.regimes import load_regime

RUN = [load_regime("peer_support"), load_regime("partners_in_practice")]


def test_a_grid_has_every_combination_the_last_changing_fastest():
    points = grid(parse_vary(["transfer_rate=0.1:0.3:3", "labels=on,off", "*.givers=7,all"]))
    assert len(points) == 12
    table = points.table()
    assert table["transfer_rate"].tolist() == [0.1] * 4 + [0.2] * 4 + [0.3] * 4
    assert table["*.givers"].tolist()[:4] == ["7", "all", "7", "all"]
    assert [as_value(one) for one in points.values[2][:2]] == [7, "all"]
    assert points.levels(points.columns[1]) == ["on", "off"]
    assert {column.name: value for column, value in points.row(5).items()} == {
        "transfer_rate": 0.2, "labels": "on", "*.givers": "all",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("transfer_rate", "expected NAME=LOW:HIGH:N or NAME=A,B,C"),
        ("transfer_rate=", "expected NAME=LOW:HIGH:N or NAME=A,B,C"),
        ("transfer_rate=0.5:0.1:3", "expected the low end before the high end, got '0.5:0.1:3'"),
        ("transfer_rate=0.1:0.1:3", "expected the low end before the high end"),
        ("transfer_rate=0.1:0.5:1", "expected 2 points or more between both ends, got 1"),
        ("transfer_rate=0.1:0.5:-4", "expected 2 points or more between both ends, got -4"),
        ("transfer_rate=0.1:0.5", "expected LOW:HIGH:N, three numbers, got '0.1:0.5'"),
        ("transfer_rate=0.1,,0.5", "expected values with commas between them"),
        ("transfer_rate=0.1,0.1", "expected each value once, got 0.1 twice"),
        ("transfer_rat=0.1,0.2", "--vary: unknown column 'transfer_rat' (nearest: transfer_rate)"),
        ("transfer_rate=0:1:999", ""),
    ],
)
def test_what_cannot_be_varied_is_refused_in_one_sentence(text, sentence):
    if not sentence:
        assert len(grid(parse_vary([text]))) == 999
        return
    with pytest.raises(InputError) as caught:
        grid(parse_vary([text]))
    assert sentence in str(caught.value)


def test_nothing_a_column_twice_and_too_many_points_are_refused():
    for texts, sentence in (
        ([], "expected something to vary, got nothing"),
        (["labels=on", "labels=off"], "each column once, got 'labels' twice"),
        (["transfer_rate=0:1:2000", "best_gap=0.5:2:2000"], "at most 1,000,000 points, got 4,000,000"),
    ):
        with pytest.raises(InputError, match=sentence):
            grid(parse_vary(texts))


def test_a_table_is_read_as_it_was_written(tmp_path):
    points = grid(parse_vary(["transfer_rate=0.1,0.25", "hybrid.labels=true,false", "start=2020-04,2022-04"]))
    path = tmp_path / "points.csv"
    points.table().rename_axis("point").to_csv(path)
    again = read_points(path)
    assert again.names == points.names
    assert [one.tolist() for one in again.values] == [one.tolist() for one in points.values]
    assert again.digest == points.digest


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("transfer_rate\n0.1\nx\n", "row 3, column transfer_rate: parameter transfer_rate: expected a finite number"),
        ("transfer_rate,labels\n0.1,on\n0.2,\n", "row 3, column 'labels': expected text"),
        ("transfr_rate\n0.1\n", "unknown column 'transfr_rate' (nearest: transfer_rate)"),
        ("transfer_rate,transfer_rate\n0.1,0.1\n", "expected each column once"),
        ("transfer_rate\n", "expected 1 to 1,000,000 points, got 0"),
        ("", "expected a heading and rows, got an empty file"),
        ("point\n0\n", "expected a column that is varied, got none"),
        ("point,labels\n1,on\n", "to number the rows from 0, got other numbers"),
    ],
)
def test_a_bad_table_is_refused_with_row_and_column(text, sentence, tmp_path):
    path = tmp_path / "points.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_points(path)
    assert str(path) in str(caught.value)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(("sampler", "size", "number"), [(LHS, 16, 16), (SOBOL, 8, 8 * 5), (MORRIS, 3, 3 * 4)])
def test_samples_are_drawn_inside_their_ends_and_the_same_for_the_same_seed(sampler, size, number):
    bounds = sampled_columns(["transfer_rate", "*.givers=7:28", "receiver_quantile"], RUN)
    points = sample_points(sampler, bounds, size, 2018)
    assert len(points) == number
    for column, (low, high) in bounds.items():
        values = points.of(column)
        assert values.min() >= low
        assert values.max() <= high
        assert len(set(values.tolist())) > 1
    assert points.values[1].dtype == np.int64
    assert sample_points(sampler, bounds, size, 2018).digest == points.digest
    assert sample_points(sampler, bounds, size, 2019).digest != points.digest
    assert problem_of(points)["names"] == points.names
    assert problem_of(points)["bounds"] == [list(both) for both in bounds.values()]


def test_all_uncertain_numbers_are_every_parameter_and_both_places_of_levers():
    bounds = sampled_columns(None, RUN)
    assert [column.name for column in bounds] == [*PARAMETERS, "receiver_quantile", "giver_quantile"]


@pytest.mark.parametrize(
    ("names", "sampler", "size", "sentence"),
    [
        (["transfer_rat"], LHS, 4, "(nearest: transfer_rate)"),
        (["transfer_rate", "transfer_rate"], LHS, 4, "each column once"),
        (["transfer_rate=0.5:0.1"], LHS, 4, "the low end before the high end"),
        (["transfer_rate=0.5"], LHS, 4, "expected LOW:HIGH"),
        (["labels"], LHS, 4, "expected one range to draw from, got none"),
        (["labels=0:1"], LHS, 4, "expected a parameter or a lever with numbers"),
        (["transfer_rate"], LHS, 0, "size: expected a whole number from 1"),
        (["transfer_rate"], SOBOL, 6, "expected a power of two"),
        (["transfer_rate"], "sobel", 4, "(nearest: sobol)"),
    ],
)
def test_what_cannot_be_drawn_is_refused(names, sampler, size, sentence):
    with pytest.raises(InputError) as caught:
        sample_points(sampler, sampled_columns(names, RUN), size, 1)
    assert sentence in str(caught.value)
