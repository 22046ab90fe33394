"""Every option of every command refuses what it cannot take, in one sentence, before any folder is touched."""

import os

import pytest
from typer.main import get_command

from experiments.cli import app, main

NEEDED = {
    "report": ["nowhere"],
    "verify": ["nowhere"],
    "merge": ["nowhere", "shard"],
    "run": ["--regime", "none"],
    "changed": ["nowhere", "nowhere"],
    "sweep": ["--vary", "transfer_rate=0.1,0.2"],
    "validate": [],
}
JUDGED = {"validate": ["--from", "2018-04", "--to", "2020-03"], "forecast": ["--score", "nowhere.json"]}
"""What a command takes beside a file of judgements."""


def options(metavars):
    """Every command with those of its options whose values are so called."""
    return [
        (name, parameter.opts[0])
        for name, command in sorted(get_command(app).commands.items())
        for parameter in command.params
        if str(parameter.metavar or "").endswith(metavars) and parameter.opts[0].startswith("--")
    ]


FILES = [one for one in options((".csv", ".toml", ".md")) if one != ("changed", "--out")]
FOLDERS = options(("FOLDER",))
COUNTS = options(("N", "NUMBER"))
WORDS = [
    (name, parameter.opts[0])
    for name, command in sorted(get_command(app).commands.items())
    for parameter in command.params
    if not getattr(parameter, "is_flag", False) and (name, parameter.opts[0]) not in {*FILES, *FOLDERS, *COUNTS}
]
SETS = options("N|all")
FLAGS = {
    (name, parameter.opts[0])
    for name, command in get_command(app).commands.items()
    for parameter in command.params
    if getattr(parameter, "is_flag", False)
}


def refused(capsys, *arguments):
    """What is said of bad input: one printable line of a bounded length, and exit code 2."""
    assert main(list(arguments)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("sli: ")
    assert err.count("\n") == 1
    assert err[:-1].isprintable()
    assert len(err) < 1600
    return err


def command(name, option, value, out):
    instead = (name, option) in {("run", "--regime"), ("sweep", "--vary"), ("sweep", "--design"), ("sweep", "--table")}
    needed = [] if instead else NEEDED.get(name, [])
    needed = ["--design", "lhs", "--over", "transfer_rate"] if (name, option) == ("sweep", "--size") else needed
    needed = [*needed, *(JUDGED[name] if option == "--judgements" else ())]
    placed = (
        option == "--out"
        or name in {"report", "verify", "merge", "changed"}
        or (name, option) == ("forecast", "--judgements")
    )
    place = [] if placed else ["--out", str(out)]
    return [name, *needed, option, value, *place]


def test_the_options_that_are_tried_are_many():
    assert len(FILES) >= 20
    assert len(FOLDERS) >= 7
    assert len(COUNTS) >= 20


@pytest.mark.parametrize(("name", "option"), FILES)
@pytest.mark.parametrize("kind", ["endless", "pipe", "folder", "long"])
def test_no_file_is_read_without_an_end(capsys, tmp_path, name, option, kind):
    path = {"endless": "/dev/zero", "long": "n" * 100_000 + ".csv"}.get(kind, str(tmp_path / "input"))
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        os.mkdir(path)  # noqa: PTH102
    err = refused(capsys, *command(name, option, path, tmp_path / "out"))
    if kind != "long":
        assert f"{path}: expected a " in err
        assert f"got {'a folder' if kind == 'folder' else 'a pipe or a device'}" in err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("name", "option"), [*FILES, *FOLDERS])
@pytest.mark.parametrize("value", ["", "r\udce9s", "a\x1b[31mred"])
def test_a_name_that_no_file_has_is_refused(capsys, tmp_path, name, option, value):
    err = refused(capsys, *command(name, option, value, tmp_path / "out"))
    assert "\x1b" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "option"), WORDS)
@pytest.mark.parametrize("value", ["", "red\x1b[31m\x07", "n" * 100_000, "a=" + "b" * 100_000])
def test_no_word_is_echoed_whole_or_obeyed_by_the_terminal(capsys, tmp_path, name, option, value):
    if option.startswith("--"):
        refused(capsys, *command(name, option, value, tmp_path / "out"))
    else:
        refused(capsys, name, value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "option"), COUNTS)
@pytest.mark.parametrize("value", ["\u0661\u0662", "1_0", "", "twelve", "9" * 400])
def test_only_plain_digits_are_numbers(capsys, tmp_path, name, option, value):
    err = refused(capsys, *command(name, option, value, tmp_path / "out"))
    assert f"{option}: expected a " in err or f"{option[2:].replace('-', '_')}: expected a whole number" in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "option"), [one for one in COUNTS + SETS if one[1] not in {"--workers", "--waves"}])
def test_a_number_beyond_its_limit_is_refused_before_the_folder_is_touched(capsys, tmp_path, name, option):
    kept = tmp_path / "manifest.json"
    kept.write_text("{}", "utf-8")
    for value in (str(2**63), "-1"):
        force = ["--force"] if (name, "--force") in FLAGS else []
        err = refused(capsys, *command(name, option, value, tmp_path), *force)
        assert "expected a whole number from " in err or "expected a number from " in err
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]
    assert kept.read_text("utf-8") == "{}"
