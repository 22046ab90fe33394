"""The plain sentences of the report and the brief, made from the numbers: right in every case or not said at all."""

from __future__ import annotations

import math
from collections.abc import Sequence

from experiments.results.case import Case
from experiments.results.rows import ONE_SET, ComparisonRow
from experiments.results.store import Results
from experiments.statistics.verdicts import MIN_REPLICATES, MIN_SETS
from experiments.text.names import NOTHING, is_plural, parity_words, sentence
from experiments.text.numbers import digits, listing, percent, plain
from experiments.text.verdicts import CLOSE, NO_VERDICT, PARITY_NOT_MET, SAME, VERDICTS

PURPOSE = (
    "This is theoretical exploration and illustration for policy, not prediction: "
    "it says under which assumptions one regime does better than another, "
    "and forecasts nothing for any council."
)
WORLD = "A world is one value for each of the uncertain numbers, with luck averaged out."
SCALE = (
    "“Very likely” is 90% of the worlds or more, “likely” 66% or more; between is “too close to call”. "
    "A share counts less its standard error, so that the word is the milder one where the two could differ."
)


def question(case: Case) -> str:
    """Return the question that the comparison asks, with its dates."""
    when = f"from {case.period}"
    if case.focus is None:
        return f"How long are children's services judged inadequate {when} without a programme?"
    others = [name for name in case.regimes if name not in (NOTHING, case.focus, case.rival)]
    tail = f", or {case.words(others[0])}" if len(others) == 1 else ""
    if len(others) > 1:
        tail = f", or one of {len(others)} other ways of helping"
    return (
        f"Which leaves {case.whose} judged inadequate for fewer months {when}: {case.words(case.focus)} "
        f"or {case.words(case.rival)}{tail}, when compared at {parity_words(case.parity)}?"
    )


def answer(results: Results) -> tuple[str, ...]:
    """Return the answer, a sentence or two each: how likely, how much, regret, all regimes, other parities, limits."""
    case = results.case
    row = None if case.focus is None else case.row(case.focus, case.rival)
    parts = [
        unfair_words(case),
        likely_words(case, row),
        amount_words(case, row),
        regret_words(results),
        against_nothing(case),
    ]
    return (*filter(None, parts), how_far(case))


def badge(case: Case) -> tuple[str, str]:
    """Return what is compared and its verdict, as shown above the answer."""
    if case.focus is None:
        return "Nothing to compare", NO_VERDICT
    row = case.row(case.focus, case.rival)
    subject = f"{case.title(case.focus)} against {case.words(case.rival)}, at {parity_words(case.parity)}"
    return subject, row.state if row else NO_VERDICT


def likely_words(case: Case, row: ComparisonRow | None) -> str:
    """Return how likely one regime is better than the other, or why that is not said."""
    if case.focus is None:
        return "Only the world without a programme was run, so there is nothing to compare."
    if row is None or (math.isnan(row.difference) and row.state != PARITY_NOT_MET):
        pair = f"{case.words(case.focus)} and {case.words(case.rival)}"
        return f"At {parity_words(case.parity)}, {pair} could not be compared: no runs of both are there to pair."
    return _of_state(case, row)


def unfair_words(case: Case) -> str:
    """Return why the answer is not at the first parity; nothing where it is."""
    rows = (case.row(str(case.focus), case.rival, parity) for parity in case.unfair_parities)
    return " ".join(_of_state(case, row) for row in rows if row)


def amount_words(case: Case, row: ComparisonRow | None) -> str:
    """Return how much the difference is, with its error, and what matters; nothing where it is not known."""
    if row is None or math.isnan(row.difference) or row.state in (PARITY_NOT_MET, SAME):
        return ""
    decimals = digits(row.difference, row.error)
    error = f" (standard error {plain(row.error, decimals)})" if math.isfinite(row.error) else ""
    regime, rival = case.words(row.regime), case.words(row.baseline)
    amount = (
        f"On average {regime} leaves {fewer(row.difference, decimals)} council-months judged inadequate "
        f"than {rival}{error}, of {case.total:,} from {case.period}."
    )
    if row.state == ONE_SET:
        return amount
    matters = f"A difference of {plain(row.matters)} or more is taken to matter"
    if not math.isfinite(row.gains):
        return f"{amount} {matters}."
    return (
        f"{amount} {matters}. Of the worlds, {_worlds(row.gains)} so much better, {_worlds(row.losses)} so much worse."
    )


def regret_words(results: Results, parity: str | None = None) -> str:
    """Return which regime is regretted least, beside the headline's two; nothing where it cannot be said."""
    case, parity = results.case, parity or results.case.parity
    table = results.regret[results.regret["parity"] == parity]
    lost = {str(row["regime"]): row for row in table.to_dict("records")}
    least = next((name for name, row in lost.items() if row["least"]), None)
    if least is None:
        return ""
    said = (
        f"At {parity_words(parity)}, the least regret is with {case.words(least)}: "
        "against the best regime of each world this choice loses "
        f"{plain(float(lost[least]['mean']))} council-months on average, and in the worst tenth of the worlds "
        f"{plain(float(lost[least]['worst_tenth']))}."
    )
    known = {name: float(lost[name]["mean"]) for name in (case.focus, case.rival) if name in lost and name != least}
    beside = [f"{case.words(str(name))} loses {plain(mean)}" for name, mean in known.items() if math.isfinite(mean)]
    with_others = f"{said} {sentence(listing(beside))}." if beside else said
    return f"{with_others}{_regret_elsewhere(results, parity, least)}"


def _regret_elsewhere(results: Results, parity: str, least: str) -> str:
    """Return at which other parities another regime is regretted least; nothing where it is the same at all."""
    rows = results.regret[results.regret["least"].astype(bool) & (results.regret["parity"] != parity)]
    places: dict[str, list[str]] = {}
    for row in rows.to_dict("records"):
        places.setdefault(str(row["regime"]), []).append(parity_words(str(row["parity"])))
    others = [f"At {listing(at)} it is with {results.case.words(name)}" for name, at in places.items() if name != least]
    return "".join(f" {sentence(other)}." for other in others)


def verdicts_words(case: Case, rows: Sequence[ComparisonRow]) -> str:
    """Return which regimes got which verdict, the surest first."""
    parts = []
    for state in (*VERDICTS, ONE_SET):
        mine = [row for row in rows if row.state == state]
        if mine:
            plain_state = state == CLOSE or bool(mine[0].way)
            parts.append(_said_of([case.words(row.regime) for row in mine], state, plain_state=plain_state))
    return "; ".join(parts)


def fewer(value: float, decimals: int | None = None) -> str:
    """Return a difference of a count in words.

    >>> fewer(-214.0), fewer(12.0), fewer(0.0)
    ('214 fewer', '12 more', 'no more and no fewer')
    """
    text = plain(abs(value), decimals)
    if not text.strip("0.,"):
        return "no more and no fewer"
    return f"{text} {'fewer' if value < 0 else 'more'}"


def better_words(row: ComparisonRow) -> str:
    """Return the share of worlds in which a regime does better, with its standard error."""
    error = f" (standard error {100 * row.share_error:.0f} points)" if math.isfinite(row.share_error) else ""
    return f"{percent(row.share)}{error}"


def why_no_verdict(row: ComparisonRow) -> str:
    """Return why a row has no verdict, as a clause."""
    wants = []
    if row.worlds < MIN_SETS:
        wants.append(f"{MIN_SETS} parameter sets")
    if row.replicates < MIN_REPLICATES:
        wants.append(f"{MIN_REPLICATES} replicates")
    had = f"{_count(row.worlds, 'parameter set')} and {_count(row.replicates, 'replicate')}"
    return f"a verdict takes at least {listing(wants) or 'more runs'}, and here are {had}"


def _of_state(case: Case, row: ComparisonRow) -> str:
    at = f"At {parity_words(row.parity)}"
    regime, rival = case.words(row.regime), case.words(row.baseline)
    of = f"{regime} does better in {better_words(row)} of the worlds{_partly(row)}"
    degree, _, size = row.state.partition(",")
    unfair = f"cannot be compared fairly, so there is no verdict: {_unequal(case, row)}"
    sentences = {
        PARITY_NOT_MET: f"{regime} and {rival} {unfair}",
        NO_VERDICT: f"there is no verdict between {regime} and {rival}: {why_no_verdict(row)}",
        SAME: f"{regime} and {rival} make no difference to each other: every run ends the same",
        CLOSE: f"{regime} and {rival} are too close to call: {of}",
    }
    if row.state == ONE_SET:
        return "One parameter set was run: this is an illustration, and there is no verdict."
    way = f"{regime} is {degree} than {rival}{',' if size else ''}{size}: {of}"
    return f"{at}, {sentences.get(row.state, way)}."


def _worlds(share: float) -> str:
    """Return a share of worlds with its verb: none where it rounds to nothing."""
    said = percent(share)
    return "none is" if said == "0%" else f"{said} are"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _said_of(names: list[str], state: str, *, plain_state: bool) -> str:
    who, many = listing(names), len(names) > 1 or is_plural(names[0])
    if plain_state:
        return f"{who} {'are' if many else 'is'} {state}"
    verbs = {
        SAME: ("makes no difference", "make no difference"),
        PARITY_NOT_MET: ("did not meet the parity", "did not meet the parity"),
        ONE_SET: ("has no verdict from one parameter set", "have no verdict from one parameter set"),
        NO_VERDICT: ("has too few runs for a verdict", "have too few runs for a verdict"),
    }
    return f"{who} {verbs[state][many]}" if state in verbs else f"{who}: {state}"


def _partly(row: ComparisonRow) -> str:
    """Return which worlds are meant, where some missed the parity."""
    return f" that met the parity ({percent(row.parity_met)} of all)" if row.parity_met < 1.0 else ""


def _unequal(case: Case, row: ComparisonRow) -> str:
    met = "in hardly any world do the two come within a tenth of each other"
    if math.isfinite(row.parity_met) and row.parity_met > 0.0:
        met = f"the two come within a tenth of each other in {percent(row.parity_met)} of the worlds only"
    if not (math.isfinite(row.realised) and math.isfinite(row.realised_baseline) and row.realised_baseline):
        return met
    share = percent(row.realised / row.realised_baseline)
    return f"{case.words(row.regime)} realised {share} of what {case.words(row.baseline)} did, and {met}"


def against_nothing(case: Case) -> str:
    """Return which regimes got which verdict against no programme; nothing where there is none."""
    rows = [row for row in case.against(NOTHING) if math.isfinite(row.difference) or row.state == PARITY_NOT_MET]
    if not rows:
        return "" if case.focus is None else "No regime could be set against no programme."
    if case.illustration:
        return "Against no programme there is no verdict either."
    return f"Against no programme: {verdicts_words(case, rows)}."


def how_far(case: Case) -> str:
    """Return what the answer is at other parities, and what it rests on."""
    close = "no evidence has narrowed the ranges on which all of this rests, so it shows what follows from them"
    if case.fitted:
        close = "no evidence says what a day of support does or costs, so this shows what follows from ranges"
    begin = _elsewhere(case)
    if case.illustration:
        begin = "Other values of the uncertain numbers could turn this round"
    return f"{begin}. {sentence(close)}, not what will happen."


def _elsewhere(case: Case) -> str:
    others = case.other_parities
    if case.focus is None or not others:
        return f"Only {parity_words(case.parity)} was looked at"
    rows = {parity: case.row(case.focus, case.rival, parity) for parity in others}
    states: dict[str, list[str]] = {}
    for parity, row in rows.items():
        states.setdefault(row.state if row else NO_VERDICT, []).append(parity_words(parity))
    main = case.row(case.focus, case.rival)
    if main and main.firm and list(states) == [main.state]:
        return f"The verdict on these two is the same at {listing(states[main.state])}"
    parts = [f"{state} at {listing(parities)}" for state, parities in states.items()]
    return f"The verdict on these two is {'; '.join(parts)}"
