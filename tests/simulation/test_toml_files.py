"""TOML files that are handed in: one way to read them, one sentence for whatever is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.toml_files import read_toml


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("toml") / "mine.toml"

    def write(content):
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_a_mark_before_the_text_and_windows_line_ends_are_taken(file):
    assert read_toml(file(b'\xef\xbb\xbftitle = "Mine"\r\n[[arm]]\r\ngivers = 3\r\n')) == {
        "title": "Mine",
        "arm": [{"givers": 3}],
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "expected a TOML file that sets something, got an empty one"),
        ("# only a comment\n", "expected a TOML file that sets something, got an empty one"),
        ("a = 1\na = 2\n", "expected TOML, got: "),
        (f"a = {'[' * 20_000}{']' * 20_000}", "expected at most 8 tables or lists within one another, got more"),
        (f"a{'.a' * 20_000} = 1", "expected at most 8 tables or lists within one another, got more"),
        (f"[a{'.a' * 20_000}]\nb = 1", "expected at most 8 tables or lists within one another, got more"),
        (f"a = {'9' * 5000}", "expected numbers of a length that can be read, got a longer one"),
        (f"{'n' * 100_000} 1", "expected TOML, got: "),
    ],
)
def test_what_cannot_be_read_gives_one_sentence(file, content, said):
    with pytest.raises(InputError) as told:
        read_toml(file(content))
    assert f"mine.toml: {said}" in str(told.value)
    assert len(str(told.value)) < 1600


def test_a_number_within_the_readers_limit_is_left_to_whoever_takes_it(file):
    assert read_toml(file(f"a = {'9' * 4000}")) == {"a": int("9" * 4000)}


def outcome(path):
    try:
        return read_toml(path)
    except InputError as error:
        return str(error)


@given(st.binary(max_size=60) | st.text(max_size=60))
def test_whatever_the_bytes_there_is_content_or_one_sentence(file, content):
    path = file(content) if isinstance(content, bytes) else file(content.encode("utf-8", "replace"))
    told = outcome(path)
    assert told
    if isinstance(told, str):
        assert told.startswith(str(path))
        assert "\n" not in told
