"""Results that a figure cannot be drawn from are refused in one sentence that says what makes those that it needs."""

from dataclasses import replace

import pytest

from experiments import Discovery, gallery
from simulation import InputError, simulate

MAKERS = {
    "fan": "`sli compare`",
    "paired_differences": "`sli compare`",
    "value_of_knowing": "`sli compare`",
    "regret_of_choices": "`sli compare`",
    "break_even_prices": "`sli compare`",
    "sweep_lines": "`sli sweep`",
    "sweep_signs": "`sli sweep`",
    "loss_box": "discover()",
    "sensitivity_bars": "`sli sensitivity`",
    "england_tiles": "simulate() with panel=True",
    "director_careers": "watch()",
    "support_network": "watch()",
    "inadequate_survival": "`sli validate`",
    "rolling_scores": "`sli validate --origins`",
}


@pytest.mark.parametrize("name", gallery.FIGURE_NAMES)
def test_other_results_are_refused(name):
    with pytest.raises(InputError) as refused:
        getattr(gallery, name)({"results": 1})
    said = str(refused.value)
    assert said.startswith(f"{name}: expected ")
    assert MAKERS[name] in said
    assert said.endswith("got an object of type dict")


@pytest.mark.parametrize("name", gallery.FIGURE_NAMES)
def test_a_size_that_is_none_is_refused(name, drawings):
    with pytest.raises(InputError, match=r"size: expected one of slide, page, phone, got 'pgae' \(nearest: page\)"):
        getattr(gallery, name)(drawings[name], size="pgae")


@pytest.mark.parametrize(
    ("name", "other", "said"),
    [
        ("sweep_lines", "sweep_signs", "one thing varied, got some without: `sli sweep --vary transfer_rate"),
        ("sweep_signs", "sweep_lines", "two things varied on a grid, got some without: `sli sweep --vary"),
    ],
)
def test_a_sweep_of_another_kind_is_refused(name, other, said, drawings):
    with pytest.raises(InputError, match=said):
        getattr(gallery, name)(drawings[other])


def test_too_few_worlds_to_tell_what_is_worth_knowing_are_refused(small_results):
    with pytest.raises(
        InputError, match=r"value_of_knowing: expected results with 40 worlds .* `sli compare --sets 256`"
    ):
        gallery.value_of_knowing(small_results)


def test_a_discovery_without_a_box_is_refused(drawings, tmp_path):
    found = drawings["loss_box"]
    for name in ("boxes", "limits", "worlds"):
        text = (found.folder / f"{name}.csv").read_text(encoding="utf-8")
        (tmp_path / f"{name}.csv").write_text(text.splitlines()[0] + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"a box that limits a number, got some without: `sli discover`"):
        gallery.loss_box(Discovery(tmp_path, found.results))


def test_parities_outcomes_and_months_that_are_none_are_refused(results, watched):
    with pytest.raises(InputError, match="parity: expected none, got 'days'"):
        gallery.regret_of_choices(results, parity="days")
    with pytest.raises(InputError, match="months: expected a whole number from 0 to 23, got 24"):
        gallery.england_tiles(watched.run, [24])
    with pytest.raises(InputError, match="months: expected at least one month of the run, got none"):
        gallery.support_network(watched, [])
    with pytest.raises(InputError, match=r"directors: expected the number of one who was in post, .* got 9999"):
        gallery.director_careers(watched, [9999])


def test_runs_that_have_no_place_on_the_map_are_refused():
    with pytest.raises(InputError, match="expected a run with its panel, got one without"):
        gallery.england_tiles(simulate("none", months=1, engine="ensemble"))
    with pytest.raises(InputError, match="support_network: expected results with councils that support others"):
        gallery.support_network(gallery.watch("none", months=1))


def test_councils_of_one_s_own_have_no_place_on_the_map(watched):
    own = replace(watched.run.table, code=tuple(f"A{code}" for code in watched.run.table.code))
    with pytest.raises(InputError, match="expected England's councils, which have a place on the map, got AE06000001"):
        gallery.england_tiles(replace(watched.run, table=own))


@pytest.mark.parametrize("load", [gallery.load_validation, gallery.load_origins])
def test_folders_of_other_studies_are_refused(load, drawings):
    with pytest.raises(InputError, match="expected finished results of `sli validate"):
        load(drawings["sweep_lines"].folder)


def test_a_validation_of_an_earlier_version_says_how_to_make_it_again(drawings, tmp_path):
    manifest = drawings["inadequate_survival"].folder / "manifest.json"
    (tmp_path / "manifest.json").write_bytes(manifest.read_bytes())
    with pytest.raises(InputError, match=r"expected spells\.csv, got none: run `sli validate` again with --force"):
        gallery.inadequate_survival(gallery.load_validation(tmp_path))
