"""The plain sentences of the report, made from the numbers: right in every case or not said at all."""

from __future__ import annotations

import math

from experiments.results.case import Case
from experiments.results.rows import ONE_SET, ComparisonRow
from experiments.statistics.verdicts import CLOSE, MIN_REPLICATES, MIN_SETS, NO_VERDICT, PARITY_NOT_MET, SAME, way_of
from experiments.text.names import NOTHING, parity_words, sentence
from experiments.text.numbers import digits, listing, percent, plain

PURPOSE = (
    "This is theoretical exploration and illustration for policy, not prediction: "
    "it says under which assumptions one regime does better than another, "
    "and forecasts nothing for any council."
)
_COULD_NOT = "could not be compared: no runs of both are there to pair"


def question(case: Case) -> str:
    """Return the question that the comparison asks."""
    if case.focus is None:
        return "How long do councils stay judged inadequate without a programme?"
    others = [name for name in case.regimes if name not in (NOTHING, case.focus, case.rival)]
    tail = f", or one of {len(others)} other ways of helping" if len(others) > 1 else ""
    if len(others) == 1:
        tail = f", or {case.words(others[0])}"
    return (
        f"Which leaves children's services judged inadequate for fewer months: {case.words(case.focus)} "
        f"or {case.words(case.rival)}{tail}, when compared at {parity_words(case.parity)}?"
    )


def answer(case: Case) -> tuple[str, str, str]:
    """Return the answer in three sentences: the two main regimes, all against nothing, how far it holds."""
    return _first(case), _second(case), _third(case)


def badge(case: Case) -> tuple[str, str]:
    """Return what is compared and its verdict, as shown above the answer."""
    if case.focus is None:
        return "Nothing to compare", NO_VERDICT
    row = case.row(case.focus, case.rival)
    subject = f"{case.title(case.focus)} against {case.words(case.rival)}, at {parity_words(case.parity)}"
    return subject, row.state if row else NO_VERDICT


def fewer(value: float, decimals: int | None = None) -> str:
    """Return a difference of a count in words.

    >>> fewer(-214.0), fewer(12.0), fewer(0.0)
    ('214 fewer', '12 more', 'no more and no fewer')
    """
    text = plain(abs(value), decimals)
    if not text.strip("0.,"):
        return "no more and no fewer"
    return f"{text} {'fewer' if value < 0 else 'more'}"


def fewer_span(ends: tuple[float, float]) -> str:
    """Return an interval of a count's difference in words, the better end last where it holds both signs.

    >>> fewer_span((-300.0, -120.0)), fewer_span((-80.0, 40.0)), fewer_span((10.0, 20.0))
    ('120 to 300 fewer', '40 more to 80 fewer', '10 to 20 more')
    """
    low, high = ends
    if not (math.isfinite(low) and math.isfinite(high)):
        return "no interval"
    decimals = digits(low, high)
    if low < 0 < high:
        return f"{plain(high, decimals)} more to {plain(-low, decimals)} fewer"
    near, far = sorted((abs(low), abs(high)))
    return f"{plain(near, decimals)} to {plain(far, decimals)} {'fewer' if low < 0 else 'more'}"


def why_no_verdict(row: ComparisonRow) -> str:
    """Return why a row has no verdict, to stand after ``because``."""
    wants = []
    if row.worlds < MIN_SETS:
        wants.append(f"{MIN_SETS} parameter sets")
    if row.replicates < MIN_REPLICATES:
        wants.append(f"{MIN_REPLICATES} replicates")
    had = f"{_count(row.worlds, 'parameter set')} and {_count(row.replicates, 'replicate')}"
    return f"a verdict takes at least {listing(wants) or 'more runs'}, and here are {had}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _first(case: Case) -> str:
    if case.focus is None:
        return "Only the world without a programme was run, so there is nothing to compare."
    row = case.row(case.focus, case.rival)
    if row is None or math.isnan(row.difference):
        return f"At {parity_words(case.parity)}, {_pair(case)} {_COULD_NOT}."
    return _of_state(case, row)


def _pair(case: Case) -> str:
    return f"{case.words(str(case.focus))} and {case.words(case.rival)}"


def _of_state(case: Case, row: ComparisonRow) -> str:
    at = f"At {parity_words(row.parity)}"
    regime, rival = case.words(row.regime), case.words(row.baseline)
    amount = fewer(row.difference, digits(row.difference, *row.interval))
    amount = f"{amount} council-months judged inadequate, of {case.total:,} from {case.period}"
    if row.state == PARITY_NOT_MET:
        return f"{at}, {_pair(case)} cannot be compared fairly: {_unequal(row)}, so there is no verdict."
    if row.state == ONE_SET:
        return f"{sentence(ONE_SET)}; {at.lower()}, {regime} had {amount}, compared with {rival}."
    if row.state == CLOSE:
        return f"{at}, {_pair(case)} are too close to call: the first had {amount}, {_doubt(row)}."
    if row.firm:
        spread = f"95% interval of the mean: {fewer_span(row.interval)}{_partly(row)}"
        return f"{at}, {regime} against {rival} in this model: {row.state}; it had {amount} ({spread})."
    reason = why_no_verdict(row)
    return f"{at} there is no verdict between {_pair(case)}, because {reason}; so far the first had {amount}."


def _partly(row: ComparisonRow) -> str:
    """Return a warning where the parity was met in part of the runs only."""
    if not row.parity_met < 1.0:
        return ""
    return f"; over the {percent(row.parity_met)} of worlds in which the two came within a tenth of each other"


def _unequal(row: ComparisonRow) -> str:
    met = f"the two came within a tenth of each other in {percent(row.parity_met)} of the worlds"
    if not math.isfinite(row.parity_met):
        met = "the two did not come within a tenth of each other in half of the worlds"
    if not (math.isfinite(row.realised) and math.isfinite(row.realised_baseline) and row.realised_baseline):
        return met
    share = row.realised / row.realised_baseline
    return f"what the first realised is {percent(share)} of what the second did, and {met}"


def _doubt(row: ComparisonRow) -> str:
    which = "those that met the parity" if row.parity_met < 1.0 else "the worlds"
    return f"and it is better in {percent(row.share)} of {which}"


def _second(case: Case) -> str:
    rows = [row for row in case.against(NOTHING) if math.isfinite(row.difference)]
    if not rows:
        return "No regime could be set against no programme."
    if case.illustration:
        low = min(row.difference for row in rows)
        high = max(row.difference for row in rows)
        one = f"{case.words(rows[0].regime)} had {fewer(low)}"
        many = f"the {len(rows)} regimes had {fewer_span((low, high))}"
        return f"Against no programme {one if len(rows) == 1 else many} of them, again without a verdict."
    return f"Against no programme, {_sorted_by_verdict(case, rows)}."


def _sorted_by_verdict(case: Case, rows: list[ComparisonRow]) -> str:
    endings = {CLOSE: "came too close to call", PARITY_NOT_MET: "did not meet the parity", NO_VERDICT: "got no verdict"}
    endings[SAME] = "made no difference"
    parts = []
    for state in dict.fromkeys(row.state for row in sorted(rows, key=lambda row: not way_of(row.state))):
        names = [case.words(row.regime) for row in rows if row.state == state]
        parts.append(f"{listing(names)} {endings.get(state, f'did {state}' if way_of(state) else state)}")
    return "; ".join(parts) or "no regime has a verdict"


def _third(case: Case) -> str:
    close = (
        "and everything rests on ranges that no evidence has narrowed: "
        "this shows what follows from them, not what will happen"
    )
    if case.fitted:
        close = (
            "and no evidence informs what a day of support does or costs: "
            "this shows what follows from ranges, not what will happen"
        )
    if case.illustration:
        return f"Other values of the uncertain numbers could turn this round, {close}."
    others = _elsewhere(case)
    if not others:
        return f"Only {parity_words(case.parity)} was looked at, {close}."
    return f"{sentence(others)}, {close}."


def _elsewhere(case: Case) -> str:
    if case.focus is None:
        return ""
    states: dict[str, list[str]] = {}
    for parity in case.parities[1:]:
        row = case.row(case.focus, case.rival, parity)
        states.setdefault(row.state if row else NO_VERDICT, []).append(parity_words(parity))
    main = case.row(case.focus, case.rival)
    if not states:
        return ""
    if main and main.firm and list(states) == [main.state]:
        return f"the verdict is the same at {listing(states[main.state])}"
    parts = [f"at {listing(parities)} it is: {state}" for state, parities in states.items()]
    return f"between the same two {'; '.join(parts)}"
