"""What tests of commands share: a way to give one in this process."""

import pytest

from experiments.cli import main


@pytest.fixture
def sli(capsys):
    """Gives a command, and returns its exit code and what it said on both streams."""

    def give(*words):
        code = main(list(map(str, words)))
        said = capsys.readouterr()
        return code, said.out, said.err

    return give
