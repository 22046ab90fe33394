"""A comparison in shards: joined, they are byte for byte what one process makes; what does not belong is refused."""

import json
import shutil

import pytest

from experiments.cli import main
from experiments.design.design import make_design
from experiments.design.plain_design import plain_design, read_design
from experiments.design.shard import Shard
from experiments.design.stopping import StopRule
from experiments.files.digests import digest
from experiments.results.workplace import BLOCKS, SHARD, UNFINISHED
from experiments.running.maker import Maker
from experiments.studies.comparison.compare import compare_regimes
from experiments.studies.comparison.folder import COMPARISON_FILES
from experiments.studies.comparison.shards import make_shard, merge_shards
from simulation import Scenario
from simulation.errors import InputError

pytestmark = pytest.mark.usefixtures("quick_pictures")


def tables(folder):
    return {name: digest(folder / name) for name in COMPARISON_FILES if (folder / name).is_file()}


def manifest(folder):
    content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del content["elapsed_seconds"]
    return content


@pytest.fixture(scope="module")
def shards(small_design, tmp_path_factory):
    """The small comparison, of three blocks, in two shards."""
    home = tmp_path_factory.mktemp("shards")
    for place in (1, 2):
        make_shard(small_design, home / str(place), Shard(place, 2))
    return [home / "1", home / "2"]


def test_shards_that_are_joined_are_what_one_process_makes(small_results, shards, tmp_path, monkeypatch):
    monkeypatch.setattr(Maker, "make", None)
    blocks = [sorted(path.name for path in (shard / UNFINISHED / BLOCKS).glob("*.npz")) for shard in shards]
    assert [len(names) for names in blocks] == [1, 2]
    before = [sorted(shard.rglob("*")) for shard in shards]
    merge_shards(tmp_path / "out", reversed(shards), report=False)
    assert tables(tmp_path / "out") == tables(small_results.folder)
    assert manifest(tmp_path / "out") == manifest(small_results.folder)
    assert not (tmp_path / "out" / UNFINISHED).exists()
    assert [sorted(shard.rglob("*")) for shard in shards] == before


@pytest.mark.parametrize("of", [1, 3, 5])
def test_any_number_of_shards_will_do_one_without_a_block_among_them(of, small_design, small_results, tmp_path):
    homes = [tmp_path / str(place) for place in range(1, of + 1)]
    for place, home in enumerate(homes, 1):
        make_shard(small_design, home, Shard(place, of))
    merge_shards(tmp_path / "out", homes, report=False)
    assert tables(tmp_path / "out") == tables(small_results.folder)


def test_a_shard_that_was_stopped_goes_on_and_is_no_shard_till_then(small_design, small_results, tmp_path, monkeypatch):
    made, make = [], Maker.make

    def some(maker, piece, *more):
        if len(made) == 1:
            raise KeyboardInterrupt
        made.append(piece)
        return make(maker, piece, *more)

    with monkeypatch.context() as patch:
        patch.setattr(Maker, "make", some)
        with pytest.raises(KeyboardInterrupt):
            make_shard(small_design, tmp_path / "one", Shard(1, 1))
    with pytest.raises(InputError, match="one: expected a whole shard of a comparison, got none"):
        merge_shards(tmp_path / "out", [tmp_path / "one"])
    assert not (tmp_path / "out").exists()
    told = []
    make_shard(small_design, tmp_path / "one", Shard(1, 1), tell=told.append)
    assert told == ["going on from 1 of 3 blocks on disk"]
    merge_shards(tmp_path / "out", [tmp_path / "one"], report=False)
    assert tables(tmp_path / "out") == tables(small_results.folder)


def test_a_block_that_does_not_hold_is_made_anew(small_results, shards, tmp_path):
    copies = [shutil.copytree(shard, tmp_path / shard.name) for shard in shards]
    block = min((copies[1] / UNFINISHED / BLOCKS).glob("*.npz"))
    block.write_bytes(block.read_bytes()[:500])
    told = []
    merge_shards(tmp_path / "out", copies, report=False, tell=told.append)
    assert told[-1] == f"blocks that do not hold are made anew: {block.stem}"
    assert tables(tmp_path / "out") == tables(small_results.folder)


def test_the_same_command_on_a_shard_makes_the_rest_of_all(small_design, small_results, shards, tmp_path):
    shutil.copytree(shards[0], tmp_path / "out")
    compare_regimes(small_design, tmp_path / "out", report=False)
    assert tables(tmp_path / "out") == tables(small_results.folder)
    with pytest.raises(InputError, match="holds the finished results of the whole already"):
        make_shard(small_design, tmp_path / "out", Shard(1, 2))


def test_shards_that_are_not_all_of_one_comparison_are_refused(small_design, small_results, shards, tmp_path):
    one, two = shards
    other, third = tmp_path / "other", tmp_path / "third"
    make_shard(make_design(regimes=["hybrid"], parities=["days"], sets=2, replicates=1, months=2), other, Shard(2, 2))
    make_shard(small_design, third, Shard(1, 3))
    claims = shutil.copytree(two, tmp_path / "claims")
    note = json.loads((claims / UNFINISHED / SHARD).read_text(encoding="utf-8"))
    (claims / UNFINISHED / SHARD).write_text(json.dumps(note | {"claims": True}), encoding="utf-8")
    newer = shutil.copytree(two, tmp_path / "newer")
    (newer / UNFINISHED / SHARD).write_text(json.dumps(note | {"schema": 9}), encoding="utf-8")
    out = tmp_path / "out"
    for homes, said in (
        ([], "expected the folders of shards, got none"),
        ([one], "expected all 2 shards, got none of 2"),
        ([one, two, two], "expected each shard once, got shard 2 more than once"),
        ([one, other], "expected a shard of the same comparison as .*1, got one of another design"),
        ([one, claims], "expected a shard of the same comparison as .*1, got one with other claims"),
        ([one, third], "expected one of 2 shards, got 1/3"),
        ([one, newer], "newer: expected a whole shard of a comparison, got none"),
        ([one, small_results.folder], "expected a whole shard of a comparison, got none"),
        ([one, tmp_path / "nowhere"], "nowhere: expected a whole shard of a comparison, got none"),
    ):
        with pytest.raises(InputError, match=said):
            merge_shards(out, homes)
        assert not out.exists()
    with pytest.raises(InputError, match="expected a folder that is none of the shards, got one of them"):
        merge_shards(one, shards)


def test_a_shard_of_another_model_is_refused(shards, tmp_path):
    copies = [shutil.copytree(shard, tmp_path / shard.name) for shard in shards]
    for copy in copies:
        note = json.loads((copy / UNFINISHED / SHARD).read_text(encoding="utf-8"))
        note["design"]["seed"] += 1
        (copy / UNFINISHED / SHARD).write_text(json.dumps(note), encoding="utf-8")
    with pytest.raises(InputError, match="expected a shard made by this version of sli and its model"):
        merge_shards(tmp_path / "out", copies)


def test_another_shard_does_not_take_the_place_of_one_but_by_force(small_design, shards, tmp_path):
    shutil.copytree(shards[0], tmp_path / "one")
    with pytest.raises(InputError, match="one: holds shard 1/2; choose another folder"):
        make_shard(small_design, tmp_path / "one", Shard(2, 2))
    make_shard(small_design, tmp_path / "one", Shard(2, 2), force=True)
    names = [{path.name for path in (home / UNFINISHED / BLOCKS).iterdir()} for home in (tmp_path / "one", shards[1])]
    assert names[0] == names[1]


def test_a_stop_rule_has_no_shards(tmp_path, capsys):
    design = make_design(regimes=["hybrid"], sets=20, replicates=1, stop=StopRule())
    with pytest.raises(InputError, match=r"--shard: expected a fixed number of parameter sets \(--sets\), got a stop"):
        make_shard(design, tmp_path / "out", Shard(1, 2))
    assert main(["compare", "--shard", "1/2", "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text", ["0/4", "5/4", "3", "3/", "-1/4", "a/b", "1/0", "1/2/3"])
def test_what_is_no_shard_is_refused_in_one_line(text, tmp_path, capsys):
    asked = ["compare", "--quick", "--regimes", "hybrid", "--months", "2", f"--shard={text}"]
    assert main([*asked, "--out", str(tmp_path / "out")]) == 2
    err = capsys.readouterr().err
    assert "shard" in err
    assert err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_the_commands_make_shards_say_what_they_are_and_join_them(tmp_path, capsys):
    asked = ["compare", "--quick", "--regimes", "hybrid", "--months", "2", "--workers", "1"]
    homes = [tmp_path / name for name in ("a", "b")]
    for place, home in enumerate(homes, 1):
        assert main([*asked, "--shard", f"{place}/2", "--out", str(home)]) == 0
        assert f"{home}: shard {place}/2 is whole" in capsys.readouterr().out
    assert main(["results", str(homes[1])]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{homes[1]}: shard 2/2 of a comparison, begun and not run to its end, ")
    assert "2 of at most 3 replicates of parameter sets are made\n" in out
    assert main(["merge", str(tmp_path / "joined"), *map(str, homes)]) == 0
    assert main([*asked, "--out", str(tmp_path / "whole")]) == 0
    assert tables(tmp_path / "joined") == tables(tmp_path / "whole")
    assert manifest(tmp_path / "joined")["views"] == manifest(tmp_path / "whole")["views"]
    capsys.readouterr()
    assert main(["merge", str(tmp_path / "none"), str(homes[0])]) == 2
    assert capsys.readouterr().err == "sli: merge: expected all 2 shards, got none of 2\n"


@pytest.mark.parametrize("more", [{}, {"draw": "prior", "levers": "fixed"}, {"keep": "months,councils", "seed": 7}])
def test_a_design_is_the_same_after_it_was_plain(more):
    funding = (("2018-04", 0.1), ("2020-04", 0.2))
    asked = {"sets": 9, "replicates": 2, "matters": {"falls": 3.0}, "scenario": Scenario(funding=funding)}
    design = make_design(regimes=["hybrid", "historical"], **asked, **more)
    again = read_design(json.loads(json.dumps(plain_design(design))))
    assert again == design
    assert (again.fingerprint, again.draws) == (design.fingerprint, design.draws)
    with pytest.raises(InputError, match="expected a design of this version of sli, got another"):
        read_design({"regimes": {}})
