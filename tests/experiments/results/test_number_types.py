"""The smallest exact type of a column: no bit is lost, and a difference of whole numbers never wraps round."""

import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from experiments.results.number_types import NumberColumn, NumberColumns


def type_of(*values):
    column = NumberColumn()
    column.look(np.array(values, dtype=float))
    return column.type


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ((0.0, 120.0), pa.int16()),
        ((-32768.0, math.nan, 32767.0), pa.int16()),
        ((0.0, 32768.0), pa.int32()),
        ((-(2.0**31) - 1, 1.0), pa.int64()),
        ((2.0**53, 1.0), pa.float32()),
        ((2.0**53 - 1, 0.5), pa.float64()),
        ((0.5, 0.25), pa.float32()),
        ((0.1,), pa.float64()),
        ((1e300, 1.5), pa.float64()),
        ((math.inf, 1.0), pa.float32()),
        ((-0.0, 1.0), pa.float32()),
        ((math.nan, math.nan), pa.int16()),
        ((), pa.int16()),
    ],
)
def test_the_type_is_the_smallest_that_holds_all(values, kind):
    assert type_of(*values) == kind


NUMBERS = st.floats(allow_nan=True) | st.integers(-(2**40), 2**40).map(float) | st.floats(width=32)


@given(arrays.arrays(np.float64, (4, 3, 2), elements=NUMBERS), st.integers(1, 4))
def test_what_is_read_back_has_every_bit(values, parts):
    columns = NumberColumns.of(["a", "b"])
    for part in np.array_split(values, parts):
        columns.look(part)
    for at, array in enumerate(columns.arrays(values).values()):
        found = array.to_numpy(zero_copy_only=False).astype(np.float64)
        wanted = values[..., at].ravel()
        np.testing.assert_array_equal(np.isnan(found), np.isnan(wanted))
        known = ~np.isnan(wanted)
        assert found[known].tobytes() == wanted[known].tobytes()
        assert array.null_count == (~known).sum()
