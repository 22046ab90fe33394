"""The manifest: one typed record, and one sentence for whatever else lies in its place."""

import json
import os

import pytest

from experiments.files.digests import digest_of
from experiments.results.manifest import MANIFEST, SCHEMA, Manifest, listed_files, read_manifest
from simulation.errors import InputError

DESIGN = {"sets": 2, "seed": 2018}
WHOLE = Manifest(
    study="compare",
    fingerprint=digest_of(DESIGN),
    design=DESIGN,
    finished=True,
    record={"runs": 12, "failed": 3, "options": {"workers": 2}},
    digests={"runs.parquet": "ab", "figures/a.png": "cd"},
    views={"report.html": "ef"},
)


def put(folder, content):
    (folder / MANIFEST).write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())


def test_what_was_written_is_read_and_the_record_lies_beside_the_rest(tmp_path):
    WHOLE.write(tmp_path)
    assert read_manifest(tmp_path) == WHOLE
    assert read_manifest(tmp_path).failed == 3
    content = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
    assert content == WHOLE.as_dict()
    assert (content["schema"], content["runs"], content["options"]) == (SCHEMA, 12, {"workers": 2})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        json.dumps(WHOLE.as_dict()).encode()[:-40],
        b"\xff\x00\x80",
        b"[]",
        b"3",
        b"null",
        b"[" * 100_000,
        b'{"design":' * 100_000,
        b"1" * 10_000,
        WHOLE.as_dict() | {"study": 3},
        WHOLE.as_dict() | {"finished": "yes"},
        WHOLE.as_dict() | {"design": None},
        WHOLE.as_dict() | {"design": DESIGN | {"seed": 2019}},
        WHOLE.as_dict() | {"fingerprint": "of another design"},
        WHOLE.as_dict() | {"digests": ["runs.parquet"]},
        WHOLE.as_dict() | {"digests": {"../../theirs": "ab"}},
        WHOLE.as_dict() | {"digests": {"/etc/passwd": "ab"}},
        WHOLE.as_dict() | {"views": {"": "ab"}},
        WHOLE.as_dict() | {"failed": [1]},
        {name: value for name, value in WHOLE.as_dict().items() if name != "digests"},
    ],
    ids=range(21),
)
def test_one_that_is_damaged_is_refused_in_one_sentence(tmp_path, content):
    put(tmp_path, content)
    with pytest.raises(InputError) as caught:
        read_manifest(tmp_path)
    assert str(caught.value) == f"{tmp_path / MANIFEST}: expected a manifest, got one that is damaged"


def test_one_of_another_version_is_refused_in_one_sentence(tmp_path):
    for content in (WHOLE.as_dict() | {"schema": SCHEMA + 1}, {"fingerprint": "x", "finished": True, "design": {}}):
        put(tmp_path, content)
        with pytest.raises(InputError, match="expected results of this version of sli, got those of another"):
            read_manifest(tmp_path)


def test_a_folder_a_pipe_and_nothing_are_refused_in_one_sentence(tmp_path):
    with pytest.raises(InputError, match=r"expected a folder of results with a manifest\.json, got none"):
        read_manifest(tmp_path)
    if os.name == "posix":
        os.mkfifo(tmp_path / MANIFEST)
        with pytest.raises(InputError, match="got none"):
            read_manifest(tmp_path)
        (tmp_path / MANIFEST).unlink()
    (tmp_path / MANIFEST).mkdir()
    with pytest.raises(InputError, match=r"manifest\.json: expected a manifest, got a folder"):
        read_manifest(tmp_path)


def test_a_record_has_no_way_to_pose_as_something_else(tmp_path):
    put(tmp_path, WHOLE.as_dict() | {"record": {"finished": False}})
    manifest = read_manifest(tmp_path)
    assert manifest.finished
    assert manifest.record["record"] == {"finished": False}


def test_files_are_listed_whichever_version_wrote_them_but_none_outside(tmp_path):
    path = tmp_path / MANIFEST
    assert listed_files(path) == set()
    put(tmp_path, b"[]")
    assert listed_files(path) == set()
    put(tmp_path, {"digests": {"runs.parquet": "ab", "../theirs": "cd", "/etc/passwd": "ef"}, "views": None})
    assert listed_files(path) == {"runs.parquet"}
    WHOLE.write(tmp_path)
    assert listed_files(path) == {"runs.parquet", "figures/a.png", "report.html"}
