"""Small tables that a user hands in: read by the names of their columns, whatever a spreadsheet adds."""

import pytest

from experiments.design.design_file import read_sets
from experiments.inputs.csv_files import read_funding, read_parameters, read_prices
from simulation.errors import InputError
from simulation.parameters import Parameters

MARK = "\ufeff"


@pytest.fixture
def write(tmp_path):
    def written(text, name="mine.csv"):
        path = tmp_path / name
        path.write_bytes(text.encode())
        return path

    return written


@pytest.mark.parametrize(
    "text",
    [
        "month,gap\n2018-04,0.1\n2020-03,-0.25\n",
        f"{MARK}month,gap\r\n2018-04,0.1\r\n2020-03,-0.25\r\n",
        "month,gap,,\n,,,\n2018-04,0.1,,\n\n2020-03,-0.25,,\n,,,\n",
        "gap,month\n0.1,2018-04\n-0.25,2020-03\n",
        "# mine\nmonth , gap\n 2018-04 , 0.1\n2020-03,-.25\n",
    ],
)
def test_points_of_funding_are_read_however_they_were_saved(write, text):
    assert read_funding(write(text)) == (("2018-04", 0.1), ("2020-03", -0.25))


@pytest.mark.parametrize("text", ["price\n500\n0\n500\n", f"{MARK}price,\r\n\r\n0,\r\n500,\r\n"])
def test_prices_are_read_in_rising_order_each_once(write, text):
    assert read_prices(write(text)) == (0.0, 500.0)


@pytest.mark.parametrize(
    "text",
    [
        "transfer_rate,weight,set\n0.1,1,0\n0.2,3,1\n",
        f"{MARK}set,transfer_rate,weight,,\r\n,,,,\r\n0,0.1,1,,\r\n1,0.2,3,,\r\n",
        "weight,transfer_rate,best_gap\n1,0.1,\n3,0.2,\n",
    ],
)
def test_parameter_sets_are_read_however_they_were_saved(write, text):
    sets = read_sets(write(text), Parameters())
    assert [(one.parameters.transfer_rate, one.weight) for one in sets] == [(0.1, 0.5), (0.2, 1.5)]
    assert {one.parameters.best_gap for one in sets} == {Parameters().best_gap}


def test_a_cell_left_out_among_filled_ones_is_told(write):
    with pytest.raises(InputError, match=r"row 3, column 'best_gap': expected a number .*, as in the other rows"):
        read_sets(write("transfer_rate,best_gap\n0.1,1\n0.2,\n"), Parameters())


def test_a_row_whose_values_do_not_go_together_is_told(write):
    with pytest.raises(InputError, match=r"mine\.csv, row 3: parameters deprivation_effect and region_sd"):
        read_sets(write("deprivation_effect,region_sd\n0.1,0.1\n0.9,0.9\n"), Parameters())


def test_an_unknown_column_is_told_with_the_nearest(write):
    with pytest.raises(InputError, match=r"row 1: expected receiver_quantile, .*`sli parameters`, got 'best_gp' \(nea"):
        read_sets(write("best_gp\n1\n"), Parameters())
    with pytest.raises(InputError, match=r"row 1: expected one of the columns price, got 'prize' \(nearest: price\)"):
        read_prices(write("prize\n1\n"))


def test_a_mark_before_the_parameters_is_taken(write):
    assert read_parameters(write(f"{MARK}best_gap = 1\n", "mine.toml")) == {"best_gap": 1}


def test_a_lever_of_a_regime_among_parameters_is_told_as_one(write):
    path = write("transfer_rate = 0.2\npeer_support.share = 0.5\n", "mine.toml")
    with pytest.raises(InputError, match=r"got 'peer_support.share', which is a lever of a regime: .*`sli sweep`"):
        read_parameters(path)
