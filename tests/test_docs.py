"""The documents say what the code says: their tables, names, links and commands hold, and the tutorial runs.

The tutorial's commands run in order where its files lie. Settings there are quick. The exercises' commands are run with
`--dry-run`, in the project's folder. `tests/test_guides.py` follows the short guides.
"""

import importlib.util
import json
import os
import re
import shlex
import sys
from contextlib import chdir
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import pytest
from typer.main import get_command

import experiments.report
import simulation.agents.model
from experiments import compare_regimes, make_design
from experiments.cli import app, main
from experiments.files.whole import read_csv
from experiments.report.sections.limits import GLOSSARY
from experiments.statistics.verdicts import LIKELY_SHARE, VERY_LIKELY_SHARE
from experiments.studies.claims import catalogue
from simulation import OUTCOMES, PARAMETERS, PATHS, SWITCHES, load_councils, load_regime, state
from simulation.agents.panel import PANEL_COLUMNS
from simulation.regimes import LEVERS
from simulation.rules import RULES
from simulation.scenario import SCENARIOS
from tests.pages import FENCED, GUIDES, blocks, commands_to_run, follow, run, saved_files, without_blocks

CODE = re.compile(r"`([^`\n]+)`")
TOCTREE = re.compile(r"^```\{toctree\}\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


PAGES = ("docs/**/*.md", "experiments/lessons/*.md", "*.md", "results/*.md")


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[str, str]:
    """Every page by its path in the project."""
    found = [path for places in PAGES for path in root.glob(places)]
    return {page.relative_to(root).as_posix(): page.read_text(encoding="utf-8") for page in sorted(found)}


@pytest.fixture(scope="module")
def commands() -> dict[str, set[str]]:
    """Every sub-command of `sli` with its options."""
    known = get_command(app).commands
    return {
        name: {text for option in one.params for text in (*option.opts, *option.secondary_opts)}
        for name, one in known.items()
    }


def section(page: str, heading: str) -> str:
    """The text below a heading, up to the next of its level."""
    level = heading.partition(" ")[0]
    return page.split(f"{heading}\n", 1)[1].split(f"\n{level} ", 1)[0]


def test_the_tables_are_those_of_the_code(root, capsys):
    spec = importlib.util.spec_from_file_location("docs_tables", root / "tools" / "docs_tables.py")
    tables = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tables)
    assert tables.main(["--check"]) == 0, f"{capsys.readouterr().out.strip()}: run `make docs`"


def test_make_docs_renews_the_tables(root):
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    assert "\ndocs: setup\n\t@$(BIN)/python tools/docs_tables.py\n" in makefile


@pytest.fixture(scope="module")
def odd(pages: dict[str, str]) -> str:
    """The pages of the ODD description, the entry first, and the tables that it refers to."""
    entry = "docs/understand/ODD.md"
    parts = [name for name in pages if name.startswith("docs/understand/ODD_")]
    assert [name for name in parts if f"]({Path(name).name})" not in pages[entry]] == []
    tables = [f"docs/look_up/{name}" for name in re.findall(r"\]\(\.\./look_up/(\w+\.md)\)", pages[entry])]
    return "\n".join(pages[name] for name in dict.fromkeys((entry, *parts, *tables)))


@pytest.mark.parametrize("number", RULES)
def test_every_rule_stands_in_the_odd_under_its_number(odd, number):
    assert f"<!-- table: rules {number} -->" in odd
    assert [rule.__name__ for rule in RULES[number] if f"| `{rule.__name__}` |" not in odd] == []


@pytest.mark.parametrize("entity", ["ChiefState", "DirectorState", "CouncilState", "SectorState"])
def test_every_state_variable_stands_in_the_odd(odd, entity):
    named = set(CODE.findall(odd))
    assert [field.name for field in fields(getattr(state, entity)) if field.name not in named | {"chief"}] == []


def test_every_table_of_the_model_stands_once(pages):
    shown = re.findall(r"^<!-- table: (.+) -->$", "\n".join(pages.values()), re.MULTILINE)
    assert len(shown) == len(set(shown))
    expected = {"parameters", "switches", "scenarios", "outcomes", "paths", "levers", "regimes", "regime summaries"}
    assert {*expected, "evidence", "council columns", "streams"} - set(shown) == set()


def test_the_odd_has_the_seven_elements_and_every_design_concept(pages):
    headings = re.findall(r"^## (\d)\. (.+)$", pages["docs/understand/ODD.md"], re.MULTILINE)
    assert [name for _, name in headings] == [
        "Purpose and patterns",
        "Entities, state variables and scales",
        "Process overview and scheduling",
        "Design concepts",
        "Initialization",
        "Input data",
        "Submodels",
    ]
    concepts = section(pages["docs/understand/ODD.md"], "## 4. Design concepts")
    for concept in (
        "Basic principles",
        "Emergence",
        "Adaptation and objectives",
        "Learning",
        "Prediction",
        "Sensing",
        "Interaction",
        "Stochasticity",
        "Collectives",
        "Observation",
    ):
        assert f"**{concept}.**" in concepts


def test_every_assumed_number_and_every_switch_stands_among_the_assumptions(pages):
    named = CODE.findall(pages["docs/understand/assumptions.md"])
    assumed = [name for name, info in PARAMETERS.items() if re.search("assum|direction|contested", info.source)]
    assert [name for name in (*assumed, *SWITCHES) if name not in named] == []


def anchor(heading: str) -> str:
    """A heading's anchor, as code hosts make it."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def test_links_resolve(root, pages):
    broken = []
    for page, text in pages.items():
        for link in LINK.findall(without_blocks(text)):
            if link.startswith("https://") or is_of_a_missing_example(root, link) or is_made_with_the_site(page, link):
                continue
            path, _, part = link.partition("#")
            target = (root / page).parent / path if path else root / page
            found = target.is_file() and (not part or part in _anchors(target))
            if not found:
                broken.append(f"{page}: {link}")
    assert broken == []


def is_of_a_missing_example(root: Path, link: str) -> bool:
    """Whether a link goes to the worked example, which copies of the project may leave out."""
    return link.removeprefix("../").startswith("results/example/") and not (root / "results" / "example").is_dir()


def is_made_with_the_site(page: str, link: str) -> bool:
    """Whether a link goes to a page that `make docs` makes from the code."""
    made = {"explorer.html", *(f"look_up/{name}.md" for name in ("commands", "columns", "python"))}
    return _beside(page, link.partition("#")[0]).removeprefix("docs/") in made


def _anchors(page: Path) -> list[str]:
    return [anchor(title) for title in re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)]


def test_every_subject_of_the_decisions_stands_in_their_table_with_its_date(pages):
    table = pages["docs/understand/decisions.md"]
    subjects = [
        f"(decisions/{Path(page).name}#{anchor(heading)}) | {heading[-10:]} |"
        for page, text in pages.items()
        if page.startswith("docs/understand/decisions/")
        for heading in re.findall(r"^## (.+, \d{4}-\d\d-\d\d)$", text, re.MULTILINE)
    ]
    assert len(subjects) > 20
    assert [subject for subject in subjects if subject not in table] == []


def test_every_document_is_reached_from_the_index(pages):
    reached, ahead = set(), ["docs/index.md"]
    while ahead:
        page = ahead.pop()
        if page not in reached:
            reached.add(page)
            links = (link.partition("#")[0] for link in LINK.findall(without_blocks(pages[page])))
            listed = (f"{line}.md" for block in TOCTREE.findall(pages[page]) for line in block.splitlines())
            ahead += [name for link in (*links, *listed) if (name := _beside(page, link)) in pages]
    assert [page for page in pages if page.startswith("docs/") and page not in reached] == []


def _beside(page: str, link: str) -> str:
    """The path in the project of what a page links to."""
    return os.path.normpath(Path(page).parent / link).replace(os.sep, "/")


def test_commands_and_options_that_are_named_exist(pages, commands):
    options = set().union(*commands.values()) | {"--help", "--version"}
    for page, text in pages.items():
        written = [
            *CODE.findall(without_blocks(text)),
            *"\n".join(blocks(text, "sh")).replace("\\\n", " ").splitlines(),
        ]
        for words in (shlex.split(line, comments=True) for line in written if line.startswith("sli ")):
            if not words[1].startswith("-"):
                assert words[1] in commands, f"{page}: sli {words[1]}"
            wrong = [
                word for word in words[2:] if word.startswith("--") and word not in commands.get(words[1], options)
            ]
            assert wrong == [], f"{page}: {words}"
        named = [code.split()[0] for code in CODE.findall(without_blocks(text)) if re.match(r"--[a-z]", code)]
        outside = {"--no-build-isolation", "--no-deps", "--require-hashes"}
        assert [option for option in named if option not in options | outside] == [], page


@pytest.fixture(scope="module")
def told(root, pages) -> dict[str, str]:
    """Every page and lesson on one line, without marks of weight, but the record of changes."""
    lessons = {path.name: path.read_text(encoding="utf-8") for path in root.glob("experiments/lessons/*.md")}
    every = {name: text for name, text in (pages | lessons).items() if name != "CHANGELOG.md"}
    return {name: " ".join(text.replace("*", "").split()) for name, text in every.items()}


def test_pages_and_lessons_tell_the_shares_of_worlds_of_the_verdicts(told):
    shares = re.compile(r"Very likely [^.%]*?(\d+)% of the worlds.{0,20} likely [^.%]*?(\d+)%", re.IGNORECASE)
    found = {name: shares.findall(text) for name, text in told.items() if shares.search(text)}
    assert {"docs/do/compare.md", "docs/look_up/glossary.md", "02_two_regimes.md"} <= set(found)
    said = (f"{100 * VERY_LIKELY_SHARE:.0f}", f"{100 * LIKELY_SHARE:.0f}")
    assert {name: pairs for name, pairs in found.items() if set(pairs) != {said}} == {}


def test_pages_tell_what_matters_and_how_many_council_months_there_are(told):
    smallest = re.compile(r"(\d+) council-months inadequate, half a council")
    found = {name: smallest.findall(text) for name, text in told.items() if smallest.search(text)}
    assert "docs/do/compare.md" in found
    assert {number for numbers in found.values() for number in numbers} == {
        f"{OUTCOMES['inadequate_months'].matters:.0f}"
    }
    now, before = (f"{120 * load_councils(start=start).n:,}" for start in ("2026-04", "2018-04"))
    for page in ("README.md", "docs/index.md"):
        assert re.findall(r"of (18,\d{3})", told[page]) == [now], page
    assert re.findall(r"18,\d{3}", told["docs/look_up/glossary.md"]) == [now, before]
    assert re.findall(r"18,\d{3}", told["docs/learn/tutorial.md"]) == [before]


def test_the_glossary_is_in_order_and_has_the_words_of_the_report(pages):
    terms = re.findall(r"^\*\*([^*]+)\*\*", pages["docs/look_up/glossary.md"], re.MULTILINE)
    assert [term.lower() for term in terms] == sorted(term.lower() for term in terms)
    assert [word for word in GLOSSARY if word not in terms] == []


def shown_numbers(text: str) -> dict[str, float]:
    """Each regime's number, as `sli compare` prints it and as a page shows it."""
    return {name: float(number) for name, number in re.findall(r"^ *(\w+) +([+-][0-9.]+)(?: |$)", text, re.MULTILINE)}


def shown_after(page: str) -> list[tuple[str, dict[str, float]]]:
    """The comparisons after which a page shows what is printed, with the numbers that it shows."""
    return [
        (commands.splitlines()[-1], shown_numbers(text))
        for (language, commands), (other, text) in pairwise(FENCED.findall(page))
        if (language, other) == ("sh", "text")
    ]


@pytest.fixture(scope="module")
def followed(pages, once) -> tuple[Path, dict[str, str]]:
    """Where the tutorial was followed to the letter, and what each of its commands printed."""
    page = pages["docs/learn/tutorial.md"]

    def make(place: Path) -> None:
        with chdir(place):
            for name, content in saved_files(page).items():
                Path(name).write_text(content, encoding="utf-8")
            printed = {command: follow(command) for command in commands_to_run(page)}
            Path("printed.json").write_text(json.dumps(printed), encoding="utf-8")

    place = once("tutorial", make)
    return place, json.loads((place / "printed.json").read_text(encoding="utf-8"))


@pytest.mark.slow
def test_the_tutorial_works_in_order(pages, followed):
    assert list(followed[1]) == commands_to_run(pages["docs/learn/tutorial.md"])


@pytest.mark.slow
def test_every_comparison_of_the_tutorial_prints_what_it_shows_and_another_thing_than_the_first(pages, followed):
    shown = shown_after(pages["docs/learn/tutorial.md"])
    run_here = [command for command in followed[1] if re.match(r"sli compare (--start 2018-04 )?--quick", command)]
    assert [command for command, _ in shown] == run_here
    first = shown[0][1]
    for command, numbers in shown:
        assert numbers, command
        assert shown_numbers(followed[1][command]) == numbers, command
    for command, numbers in shown[1:]:
        assert set(numbers.items()) - set(first.items()), command


@pytest.mark.slow
def test_the_tables_of_the_tutorials_runs_hold_the_numbers_that_it_tells_to_look_at(pages, followed):
    page, results = pages["docs/learn/tutorial.md"], followed[0] / "results" / "tutorial"
    numbers = dict(re.findall(r"^\| `([a-z-]+)` \| ([0-9]+) \|$", page, re.MULTILINE))
    assert len(set(numbers.values())) == len(numbers) == 2
    for name, number in numbers.items():
        table = read_csv(results / name / "outcomes.csv").set_index("outcome")
        assert table.loc["inadequate_months", "value"] == int(number)
    levels = re.search(r"`inadequate_months` under `none`, (\d+) in `first` and (\d+) here", page)
    for name, number in zip(("first", "gap"), levels.groups(), strict=True):
        table = read_csv(results / name / "summary.csv").set_index(["regime", "outcome"])
        assert round(float(table.loc[("none", "inadequate_months"), "mean"])) == int(number)


def test_no_folder_serves_two_designs(pages):
    designs: dict[str, set[str]] = {}
    for page in (
        "README.md",
        "docs/learn/tutorial.md",
        "docs/do/exercises.md",
        "docs/understand/claims.md",
        "docs/do/sweeps.md",
        "docs/do/sensitivity.md",
        *(f"docs/do/{name}.md" for name in GUIDES),
    ):
        for command in commands_to_run(pages[page]):
            if found := re.search(r"--out (\S+)", command):
                designs.setdefault(found[1], set()).add(command)
    assert len(designs) > 20
    assert {folder: sorted(commands) for folder, commands in designs.items() if len(commands) > 1} == {}


def claims(page: str) -> list[list[str]]:
    """The cells of the table of claims, a row a claim."""
    rows = re.findall(r"^\| (\d+\. .*) \|$", page, re.MULTILINE)
    return [row.split(" | ") for row in rows]


def test_there_is_an_exercise_for_each_of_the_twelve_claims(pages):
    page = pages["docs/do/exercises.md"]
    numbers = [str(number) for number in range(1, 13)]
    assert [row[0].partition(".")[0] for row in claims(page)] == numbers
    assert re.findall(r"^## (\d+)\.", page, re.MULTILINE) == numbers
    for title in re.findall(r"^(## \d+\. .+)$", page, re.MULTILINE):
        assert blocks(section(page, title), "sh"), f"{title} has no command"


def test_an_exercise_has_the_criterion_of_its_claim(pages):
    for row, claim in zip(claims(pages["docs/do/exercises.md"]), catalogue.claims(), strict=True):
        assert row[0].startswith(f"{claim.number}. ")
        assert CODE.findall(row[2])[0] == claim.primary.outcome
        assert row[3] == claim.refuted_if


def test_exercises_wait_for_no_claims(pages):
    for command in commands_to_run(pages["docs/do/exercises.md"]):
        assert "--no-claims" in command or not command.startswith("sli compare"), command


def test_what_a_claim_switches_and_looks_at_exists(pages):
    for _, switched, observed, _ in claims(pages["docs/do/exercises.md"]):
        assert [name for name in CODE.findall(switched) if name not in {*SWITCHES, *LEVERS, *SCENARIOS}] == []
        assert [name for name in CODE.findall(observed) if name not in {*OUTCOMES, *PATHS, *PANEL_COLUMNS}] == []
        assert CODE.findall(observed)


def test_the_commands_of_the_exercises_can_be_run(root, pages, monkeypatch, capsys):
    monkeypatch.chdir(root)
    for command in commands_to_run(pages["docs/do/exercises.md"]):
        words = shlex.split(command)
        if words[1] == "compare":
            assert main([*words[1:], "--dry-run"]) == 0, f"{command}\n{capsys.readouterr().err}"


def test_the_commands_of_the_page_on_sweeps_can_be_run(pages, tmp_path, monkeypatch, capsys):
    page = pages["docs/do/sweeps.md"]
    monkeypatch.chdir(tmp_path)
    for name, content in saved_files(page).items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    asked = [shlex.split(command) for command in commands_to_run(page)]
    assert len(asked) > 3
    for words in asked:
        assert main([*words[1:], "--dry-run"]) == 0, f"{words}\n{capsys.readouterr().err}"


def test_the_python_of_the_page_on_sweeps_works(pages, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for block in blocks(pages["docs/do/sweeps.md"], "python"):
        exec(compile(block, "sweeps", "exec"), {})  # noqa: S102  the page's own Python
    assert (tmp_path / "sweep.png").is_file()


@pytest.mark.slow
def test_the_python_of_the_page_on_extending_works(pages, tmp_path):
    script = tmp_path / "extending.py"
    script.write_text("\n".join(blocks(pages["docs/do/extending.md"], "python")), encoding="utf-8")
    printed = run([sys.executable, "-W", "error", script.name], tmp_path)
    assert "(nearest: take_judgement)" in printed
    assert (tmp_path / "results" / "loyal" / "report.html").is_file()


def test_the_commands_of_the_page_on_sensitivity_can_be_run(pages, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    asked = [shlex.split(command) for command in commands_to_run(pages["docs/do/sensitivity.md"])]
    assert len(asked) == 3
    for words in asked:
        assert main([*words[1:], "--dry-run"]) == 0, f"{words}\n{capsys.readouterr().err}"


def test_the_python_of_the_page_on_sensitivity_works(pages, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for block in blocks(pages["docs/do/sensitivity.md"], "python"):
        exec(compile(block, "sensitivity", "exec"), {})  # noqa: S102  the page's own Python
    assert (tmp_path / "indices.png").is_file()


def test_exercises_that_change_a_regime_change_only_what_they_say(root):
    changed = {"givers", "days_per_giver", "days_per_receiver_range", "days_per_giver_range", "givers_follow"}
    for number in (7, 28, 42):
        own = load_regime(root / "docs/do/exercises" / f"partners_{number}.toml")
        assert own.arms[0].givers * own.arms[0].days_per_giver == load_regime("partners_in_practice").arms[0].days
        assert differing(own, load_regime("partners_in_practice")) <= changed
    for share in (25, 75):
        own = load_regime(root / "docs/do/exercises" / f"hybrid_{share}.toml")
        assert [arm.share for arm in own.arms] == [share / 100, 1 - share / 100]
        assert differing(own, load_regime("hybrid")) <= {"givers", "days", "share"}


def differing(one, other) -> set[str]:
    pairs = zip(one.arms, other.arms, strict=True)
    return {name for mine, theirs in pairs for name in LEVERS if getattr(mine, name) != getattr(theirs, name)}


@pytest.mark.slow
def test_two_comparisons_can_be_read_as_the_exercises_say(pages, tmp_path, monkeypatch):
    monkeypatch.setattr(experiments.report, "write_report", lambda *_, **__: None)
    small = {"regimes": ["peer_support"], "parities": ["days"], "sets": 2, "draw": "prior", "replicates": 2}
    for name, choice in (("on", "on"), ("off", "off")):
        compare_regimes(make_design(**small, months=4, switches=simulation.Switches(overload=choice)), tmp_path / name)
    names: dict = {}
    for block in blocks(pages["docs/do/exercises.md"], "python"):
        exec(compile(block, "exercises", "exec"), names)  # noqa: S102  the page's own Python
    effect = names["due_to"](tmp_path / "on", tmp_path / "off", "mean_quality", "partners_in_practice")
    assert effect.worlds == 2
    assert effect.difference <= 0
    own = names["due_to"](tmp_path / "on", tmp_path / "off", "givers_quality_change", "partners_in_practice", None)
    assert own.difference < 0
