"""Plain values as TOML text, which is read back as they were."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from experiments.files.toml_text import toml_text

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
PLAIN = st.one_of(
    st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False, allow_infinity=False), st.booleans(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)  # fmt: skip
VALUES = st.one_of(PLAIN, st.lists(PLAIN, max_size=3), st.dictionaries(NAMES, PLAIN, max_size=3))


@given(st.dictionaries(NAMES, VALUES, max_size=4))
def test_what_is_written_is_read_back(content):
    assert tomllib.loads(toml_text(content, "A heading\nof two lines")) == content


def test_what_is_none_is_left_out_and_lists_of_tables_are_told_apart():
    content = {"name": "mine", "size": None, "arm": [{"share": 0.5}, {"share": 1.0}]}
    assert tomllib.loads(toml_text(content)) == {"name": "mine", "arm": [{"share": 0.5}, {"share": 1.0}]}
