"""The gallery of the docs: no picture is stale, the page is that of its spec, and stale pictures are found."""

import json
import re
import shutil
from dataclasses import replace

import pytest
from typer.main import get_command

from experiments import gallery as figures
from experiments.cli import app
from tools.gallery import __main__ as command
from tools.gallery.making import MOST_BYTES, SIZES
from tools.gallery.page import GALLERY_PAGE, page_text
from tools.gallery.spec import read_gallery
from tools.gallery.staleness import FOLDER, MADE, is_drawing, read_made, stale_pictures


@pytest.fixture(scope="module")
def gallery():
    return read_gallery()


@pytest.fixture
def copy(tmp_path):
    """A copy of the folder of pictures."""
    return shutil.copytree(FOLDER, tmp_path / "gallery")


def test_no_picture_is_stale(gallery):
    assert stale_pictures(gallery) == {}, "run `make gallery`"


def test_the_page_is_that_of_its_spec(gallery):
    written = (FOLDER / GALLERY_PAGE).read_text(encoding="utf-8")
    assert written == page_text(gallery, read_made()), "run `make gallery ARGS=--page`"


def test_every_figure_has_a_picture_and_every_picture_a_figure(gallery):
    assert sorted(picture.name for picture in gallery.pictures) == sorted(figures.FIGURE_NAMES)
    for picture in gallery.pictures:
        assert f"gallery.{picture.name}(" in picture.lines


def test_every_picture_is_there_in_both_sizes_with_words_for_those_who_cannot_see_it(gallery):
    page = (FOLDER / GALLERY_PAGE).read_text(encoding="utf-8")
    for picture in gallery.pictures:
        for end in SIZES.values():
            name = f"{picture.name}{end}.png"
            assert 1000 < (FOLDER / name).stat().st_size <= MOST_BYTES
            assert f"```{{image}} {name}\n:alt: {picture.alt}\n" in page
        assert len(picture.alt) > 60
        assert "\n" not in picture.alt
    pictures = {path.name for path in FOLDER.glob("*.png")}
    assert pictures == {f"{one.name}{end}.png" for one in gallery.pictures for end in SIZES.values()}


def test_every_study_of_the_gallery_is_used_and_can_be_run(gallery):
    assert {name for picture in gallery.pictures for name in picture.studies} == set(gallery.studies)
    known = get_command(app).commands
    for name, line in gallery.studies.items():
        words = line.split()
        options = {text for option in known[words[1]].params for text in option.opts}
        options |= {text for option in known[words[1]].params for text in option.secondary_opts}
        assert [word for word in words if word.startswith("--") and word not in options] == []
        assert f"--out results/gallery/{name}" in line


def test_the_page_says_how_long_each_takes(gallery):
    page = (FOLDER / GALLERY_PAGE).read_text(encoding="utf-8")
    assert len(re.findall(r"^The picture takes about (a second|\d+ seconds)", page, re.MULTILINE)) == len(
        gallery.pictures
    )
    assert len(re.findall(r"^The runs take about", page, re.MULTILINE)) == sum(
        len(one.studies) for one in gallery.pictures
    )


def test_other_lines_make_a_picture_stale_and_no_other(gallery):
    first, *rest = gallery.pictures
    changed = replace(gallery, pictures=(replace(first, lines=first.lines + "# more\n"), *rest))
    assert list(stale_pictures(changed)) == [first.name]


def test_another_command_makes_those_that_rest_on_it_stale(gallery):
    changed = replace(gallery, studies=gallery.studies | {"line": gallery.studies["line"] + " --seed 7"})
    assert list(stale_pictures(changed)) == ["sweep_lines"]


def test_other_code_makes_those_that_it_draws_stale(gallery, root, tmp_path):
    for top in ("experiments/figures", "experiments/gallery", "experiments/studies"):
        for path in (root / top).rglob("*.py"):
            target = tmp_path / path.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    assert stale_pictures(gallery, root=tmp_path) == {}
    with (tmp_path / "experiments/figures/tiles.py").open("a", encoding="utf-8") as file:
        file.write("# more\n")
    assert set(stale_pictures(gallery, root=tmp_path)) >= {"england_tiles", "support_network"}
    assert "fan" not in stale_pictures(gallery, root=tmp_path)
    with (tmp_path / "experiments/figures/paper.py").open("a", encoding="utf-8") as file:
        file.write("# more\n")
    assert len(stale_pictures(gallery, root=tmp_path)) == len(gallery.pictures)


def test_another_model_makes_all_of_them_stale(gallery, monkeypatch):
    monkeypatch.setattr("tools.gallery.staleness.model_digest", lambda: "another")
    assert len(stale_pictures(gallery)) == len(gallery.pictures)


def test_a_file_that_was_changed_or_is_missing_is_found(gallery, copy):
    (copy / "fan.png").write_bytes(b"")
    (copy / "regret_of_choices_phone.png").unlink()
    assert set(stale_pictures(gallery, copy)) == {"fan", "regret_of_choices"}


def test_a_picture_that_is_new_or_gone_is_found(gallery, copy):
    made = json.loads((copy / MADE).read_text(encoding="utf-8"))
    made["pictures"]["gone"] = made["pictures"].pop("fan")
    (copy / MADE).write_text(json.dumps(made), encoding="utf-8")
    assert stale_pictures(gallery, copy) == {
        "fan": "it was never made",
        "gone": "it is no picture of the gallery",
    }


def test_what_draws_is_told_from_what_does_not():
    assert is_drawing("experiments/figures/canvas.py")
    assert is_drawing("experiments/studies/sweep/pictures.py")
    assert not is_drawing("experiments/gallery/__init__.py")
    assert not is_drawing("experiments/results/store.py")
    assert not is_drawing("simulation/simulate.py")


def test_the_command_names_what_is_stale(monkeypatch, capsys):
    assert command.main(["--check"]) == 0
    monkeypatch.setattr(command, "stale_pictures", lambda _: {"fan": "it was never made"})
    assert command.main(["--check"]) == 1
    assert capsys.readouterr().out == "fan: it was never made: run `make gallery`\n"


def test_a_spec_with_a_fault_is_refused(tmp_path):
    text = (
        "[studies]\n[[pictures]]\nname='fan'\ntitle='t'\nstudies=['no']\nalt='a'\nreading='r'\nlimits='l'\nlines='x'\n"
    )
    path = tmp_path / "pictures.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="got no"):
        read_gallery(path)
    path.write_text(text.replace("['no']", "[]"), encoding="utf-8")
    with pytest.raises(ValueError, match='lines with size="page"'):
        read_gallery(path)


def test_make_gallery_runs_it(root):
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    assert "\ngallery: setup\n\t@$(BIN)/python -m tools.gallery $(ARGS)\n" in makefile
