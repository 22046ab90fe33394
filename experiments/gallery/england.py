"""Figures of one run: England by grade, careers of directors, and who supports whom."""

from __future__ import annotations

from collections.abc import Sequence

# First: it sees to it that matplotlib can be imported.
from experiments.figures.backend import in_own_style

# isort: split
import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.careers import careers_figure
from experiments.figures.network import network_figure
from experiments.figures.paper import FigureSize, laying
from experiments.figures.tiles import grades_map, tile_places
from experiments.gallery.needs import needed, something
from experiments.gallery.watching import Watched
from experiments.text.dates import month_words
from experiments.text.names import inside
from simulation.councils import Councils
from simulation.dates import month_after
from simulation.errors import InputError, whole
from simulation.outcomes.run import Run
from simulation.regimes import REGIMES, load_regime

_WATCHED = "watch()"
_REGION_LETTERS = {
    "East Midlands": "EM",
    "East of England": "EE",
    "London": "L",
    "North East": "NE",
    "North West": "NW",
    "South East": "SE",
    "South West": "SW",
    "West Midlands": "WM",
    "Yorkshire and The Humber": "YH",
}
_MOST_DIRECTORS = 7
_NOT_A_FORECAST = "One run, an illustration: not a forecast of any council."


@in_own_style
def england_tiles(run: Run, months: Sequence[int] | None = None, *, size: FigureSize = "page") -> Figure:
    """Return maps of England, a tile a council, coloured by the grade held at the end of a month.

    Args:
        run: of England's councils, with its panel.
        months: of the run, from 0; its first and its last where None.
        size: what it is drawn for.

    Raises:
        InputError: this is no run, it has no panel, its councils are not England's, or there is no such month or size.
    """
    run = needed("england_tiles", run, Run, "simulate() with panel=True")
    if run.panel is None:
        raise InputError("england_tiles: expected a run with its panel, got one without: simulate(panel=True) makes it")
    _english("england_tiles", run.table)
    panel = run.panel
    chosen = _months(months, len(panel), [0, len(panel) - 1])
    heads = {_head(run, month): [int(grade) for grade in panel["grade"][month]] for month in chosen}
    with laying(size):
        return grades_map(
            heads,
            run.table.code,
            run.table.region,
            title=f"Grades of England's councils in one run under {_words(run)}",
            note=f"Replicate {run.replicate}. {_NOT_A_FORECAST}",
        )


@in_own_style
def director_careers(watched: Watched, directors: Sequence[int] | None = None, *, size: FigureSize = "page") -> Figure:
    """Return careers of directors: posts, grades that their councils hold, judgements, and how posts end.

    Args:
        watched: a run that was watched.
        directors: their numbers; the seven with the most posts where None.
        size: what it is drawn for.

    Raises:
        InputError: this is no run that was watched, nobody held a post in it, or there is no such director or size.
    """
    watched = needed("director_careers", watched, Watched, _WATCHED)
    posts = watched.posts[watched.posts["last"] >= watched.posts["first"]]
    something("director_careers", len(posts) > 0, "a director in post", "`gallery.watch()` of England's councils")
    chosen = _busiest(posts) if directors is None else [_director(posts, number) for number in directors]
    rows = pd.concat([posts[posts["director"] == number].sort_values("first") for number in chosen])
    names = _council_names(watched.run.table)
    months = len(watched.run.month_values)
    note = (
        f"{_region_words(watched.run.table)}Replicate {watched.run.replicate}, seed {watched.seed}. {_NOT_A_FORECAST}"
    )
    with laying(size):
        return careers_figure(
            rows.assign(council=[names[place] for place in rows["council"]]),
            _held(watched, rows),
            start=watched.run.table.start,
            months=months,
            title=f"Careers of {len(chosen)} directors in one run under {_words(watched.run)}",
            note=note,
        )


@in_own_style
def support_network(watched: Watched, months: Sequence[int] | None = None, *, size: FigureSize = "page") -> Figure:
    """Return who supports whom: a small map of England a month, with a line from each giver to its receiver.

    Args:
        watched: a run of England's councils that was watched.
        months: of the run, from 0; its first and last with support, and two between them, where None.
        size: what it is drawn for.

    Raises:
        InputError: this is no run that was watched, nobody supports anybody in it, its councils are not England's, or
            there is no such month or size.
    """
    watched = needed("support_network", watched, Watched, _WATCHED)
    run, links = watched.run, watched.links
    _english("support_network", run.table)
    something(
        "support_network", len(links) > 0, "councils that support others", '`gallery.watch("partners_in_practice")`'
    )
    with_links = sorted(links["month"].unique().tolist())
    usual = [with_links[place * (len(with_links) - 1) // 3] for place in range(4)]
    chosen = _months(months, len(run.month_values), list(dict.fromkeys(usual)))
    codes = run.table.code
    panels = {}
    for month in chosen:
        own = links[links["month"] == month]
        panels[_head(run, month)] = pd.DataFrame(
            {
                "giver": [codes[place] for place in own["giver"]],
                "receiver": [codes[place] for place in own["receiver"]],
                "days": own["days"].tolist(),
            }
        )
    with laying(size):
        return network_figure(
            panels,
            codes,
            run.table.region,
            title=f"Who supports whom in one run under {_words(run)}",
            note=f"Replicate {run.replicate}, seed {watched.seed}. {_NOT_A_FORECAST}",
        )


def _months(months: Sequence[int] | None, number: int, usual: list[int]) -> list[int]:
    chosen = usual if months is None else [whole("months", month, 0, number - 1) for month in months]
    if not chosen:
        raise InputError("months: expected at least one month of the run, got none")
    return list(dict.fromkeys(chosen))


def _head(run: Run, month: int) -> str:
    return month_words(month_after(run.table.start, month))


def _words(run: Run) -> str:
    return inside(load_regime(run.regime).title if run.regime in REGIMES else run.regime)


def _english(figure: str, table: Councils) -> None:
    if strange := [code for code in table.code if code not in tile_places()]:
        raise InputError(f"{figure}: expected England's councils, which have a place on the map, got {strange[0]}")


def _busiest(posts: pd.DataFrame) -> list[int]:
    """Return the directors with the most posts; of those with as many, the ones who served longest."""
    served = posts.groupby("director").agg(many=("first", "size"), served=("served", "sum")).reset_index()
    order = served.sort_values(["many", "served", "director"], ascending=[False, False, True], kind="stable")
    return sorted(order["director"].head(_MOST_DIRECTORS).tolist())


def _director(posts: pd.DataFrame, number: int) -> int:
    known = set(posts["director"].tolist())
    if number not in known:
        raise InputError(f"directors: expected the number of one who was in post, 0 to {max(known)}, got {number}")
    return number


def _council_names(table: Councils) -> list[str]:
    """Return what each council is called: its region in letters, and its place there by code."""
    counts: dict[str, int] = {}
    names = []
    for region in table.region:
        counts[region] = counts.get(region, 0) + 1
        names.append(f"{_REGION_LETTERS.get(region, region)} {counts[region]}")
    return names


def _region_words(table: Councils) -> str:
    """Return what a council's name says, where it is one of England's."""
    known = [region for region in table.regions if region in _REGION_LETTERS]
    if not known:
        return ""
    region = known[0]
    return f"{_REGION_LETTERS[region]} 3: the third council of the {region}, by code. "


def _held(watched: Watched, posts: pd.DataFrame) -> pd.DataFrame:
    """Return the grades that councils hold under these posts: at each start, and from each judgement on."""
    run = watched.run
    if run.panel is None:
        raise InputError("director_careers: expected a run with its panel, got one without")
    rows = []
    for post in posts.to_dict("records"):
        council, first, last = int(post["council"]), int(post["first"]), int(post["last"])
        judged = watched.judgements[
            (watched.judgements["council"] == council) & watched.judgements["month"].between(first, last)
        ]
        if first not in judged["month"].tolist():
            held = int(run.panel["grade"][first][council])
            rows.append({"month": first, "director": post["director"], "grade": held, "judged": False})
        rows += [
            {"month": one["month"], "director": post["director"], "grade": one["grade"], "judged": True}
            for one in judged.to_dict("records")
        ]
    return pd.DataFrame(rows, columns=["month", "director", "grade", "judged"])
