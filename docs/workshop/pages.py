"""Renew what the code knows on the pages of the workshop: `python docs/workshop/pages.py`.

What stands between `<!-- workshop: NAME -->` and `<!-- end -->` is made anew. `--check` changes nothing and ends in
exit code 1 if a page does not match. `--run` makes the comparisons too and renews `answers.csv`, from which the answers
on the pages come: three minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from answers import (
    ANSWERS,
    HERE,
    answers_table,
    asked,
    list_answers,
    list_costs,
    list_examples,
    list_turns,
)
from budget import ENGAGED_PEER, PARTNER, PEER, Bill, most_of_mixed, price, purse_of, words_of
from rounds import Round, Workshop, read_workshop, regime_of
from scoreboard import title_of

from experiments.files.whole import write_csv
from experiments.text.names import parity_words
from experiments.text.numbers import plain, pounds
from experiments.text.pages import Slots, table
from simulation.evidence import read_table
from simulation.parameters import PARAMETERS
from simulation.regimes import LEVERS, load_regime
from simulation.scenario import SCENARIOS

WORKSHOP = Slots("workshop")
FACTS: Mapping[str, tuple[str, str, str, str]] = MappingProxyType(
    {
        "minister": (
            *("programmes", "Partners in Practice", "money of wave 2"),
            "the second wave of Partners in Practice had {value:g} million pounds for {period}: {caveat}",
        ),
        "director": (
            *("facts", "director", "probability that a council changes director in a year"),
            "{value:.0%} of councils changed their director in a year, {period}: {basis}",
        ),
        "chief": (
            *("facts", "chief", "children's share of councils' spending (proxy for the chief's attention)"),
            (
                "children took {low:.0%} to {high:.0%} of councils' spending in one count, {period}, less in others; "
                "chiefs' time was never measured"
            ),
        ),
        "leader": (
            *("facts", "money", "overspend on children's services"),
            "councils overspent on children's services by {value:g} billion pounds in {period}: {caveat}",
        ),
        "ofsted": (
            *("facts", "inspection", "graded inspections in a year"),
            "there were {value:g} graded inspections in a year, {period}: {caveat}",
        ),
        "lga": (
            *("programmes", "LGA support", "targeted support"),
            "the LGA gave {value:g} days of targeted support to councils in {period}",
        ),
    }
)
"""The fact on each role card: its table, its topic or programme, its name there, and the sentence."""
_BILL = (
    "What",
    "Cash a year",
    "Directors' days",
    "Chiefs' days",
    "Days pledged",
    "Days delivered",
    "Unpaid days' worth",
)


def list_rounds(workshop: Workshop) -> str:
    """Return the rounds: the question, what is set against what, the setting and the link."""
    return "\n".join(line for one in workshop.rounds for line in _round_lines(workshop, one))


def list_prices(workshop: Workshop) -> str:
    """Return what partners, peers, and peers whose chiefs take part take in a year: one, and several."""
    named = (
        *(("One partner", PARTNER, 1), ("Five partners", PARTNER, 5), ("One peer", PEER, 1), ("Ten peers", PEER, 10)),
        *(("One peer, chief engaged", ENGAGED_PEER, 1), ("Ten peers, chiefs engaged", ENGAGED_PEER, 10)),
    )
    rows = ((words, *_bill_cells(price(workshop, regime).times(number))) for words, regime, number in named)
    return table(_BILL, rows)


def list_purse(workshop: Workshop) -> str:
    """Return the purse of a year, and the most of it that may be spent after one round."""
    purse, most = purse_of(workshop), workshop.purse["most_a_round"]
    part = replace(purse, **{name: most * value for name, value in vars(purse).items()})
    rows = ((words, *_bill_cells(bill)[:3]) for words, bill in (("The purse", purse), ("Most after one round", part)))
    return table(_BILL[:4], rows)


def list_limits(workshop: Workshop) -> str:
    """Return the rules that follow from the model's regimes."""
    partners, peers = most_of_mixed()
    days = workshop.purse["chief_days_a_peer"]
    return (
        f"- A programme of both kinds has at most {partners} partners and {peers} peers. The two arms of the regime "
        "`hybrid` pledge no more.\n"
        f"- Chiefs are engaged for all peers or for none, at {days:g} days a year for each. This goes only with a "
        "programme without partners. The model has no other regime.\n"
        "- A programme has one peer at least. Partners alone are what it is set against.\n"
    )


def list_choices(workshop: Workshop) -> str:
    """Return what a group may name as the number at which the answer turns."""
    rows = [(f"`{name}`", words) for name, words in workshop.turns.items()]
    return table(("Write", "If you think that it hangs on"), [*rows, ("`nowhere`", "no single number")])


def fact(card: str) -> str:
    """Return the fact on a role card as a sentence with its source, from the project's tables."""
    name, topic, named, words = FACTS[card]
    rows = read_table(name)
    (row,) = rows[(rows["topic" if "topic" in rows else "programme"] == topic) & (rows["fact"] == named)].to_dict(
        "records"
    )
    said = words.format_map(row)
    return f"**You know:** {said}. Source: {row['source']}; table `{name}` of `sli evidence`."


def _round_lines(workshop: Workshop, one: Round) -> list[str]:
    own = [each for each in asked(workshop) if each.one.number == one.number]
    lines = [f"## Round {one.number}. {one.title}", "", f"**{one.question}**", ""]
    mine = "your own programme" if one.is_own else _said(one, one.regime)
    lines.append(f"- You bet on: {mine}, or {_said(one, one.against)}.")
    lines.append(f"- Write on the sheet: `{one.regime}` or `{one.against}`.")
    lines.append(f"- Compared at: {parity_words(one.parity)}.")
    if one.funding != SCENARIOS["funding"].default:
        lines.append(f"- Funding: {one.funding_words} (`{one.funding}`; else `{SCENARIOS['funding'].default}`).")
    for name, value in one.held.items():
        info = PARAMETERS[name]
        lines.append(f"- Held: {info.meaning} (`{name}`), at {value:g}; else from {info.low:g} to {info.high:g}.")
    for key, value in one.levers.items() if not one.is_own else ():
        lines.append(_lever_line(key, value))
    for each in own:
        words = f"a programme of {words_of(each.programme)}" if each.programme else f"round {one.number}"
        lines.append(f"- [Open {words} in the explorer](../explorer.html{each.one.link})")
    return [*lines, ""]


def _lever_line(key: str, value: float) -> str:
    name, place, lever = key.split(".")
    usual = getattr(load_regime(name).arms[int(place)], lever)
    info = LEVERS[lever]
    return f"- Moved: {info.meaning} (`{lever}`), at {value:g} {info.unit}; in the regime's file {usual:g}."


def _said(one: Round, name: str) -> str:
    return title_of(regime_of(one, name).name)


def _bill_cells(bill: Bill) -> tuple[str, ...]:
    days = (bill.chief_days, bill.pledged, bill.delivered)
    directors = plain(bill.director_days, 1)
    return (pounds(bill.cash), directors, *(plain(value, 0) for value in days), pounds(bill.unpaid))


MAKERS: Mapping[str, Callable[[Workshop], str]] = MappingProxyType(
    {
        make.__name__.removeprefix("list_"): make
        for make in (
            *(list_rounds, list_prices, list_purse, list_limits, list_choices),
            *(list_answers, list_examples, list_turns, list_costs),
        )
    }
)
"""What stands in each slot, by its name; `fact CARD` is one more for every role card."""


def slot_text(workshop: Workshop, name: str) -> str:
    """Return what stands in a slot.

    Raises:
        SystemExit: there is no such slot.
    """
    kind, _, card = name.partition(" ")
    if kind == "fact" and card in FACTS:
        return fact(card)
    if name not in MAKERS:
        raise SystemExit(f"unknown slot {name!r}: expected {', '.join(MAKERS)}, or fact and one of {', '.join(FACTS)}")
    return MAKERS[name](workshop)


def main(arguments: Sequence[str]) -> int:
    """Renew every page, or with ``--check`` say which would change; return the exit code."""
    workshop = read_workshop()
    if "--run" in arguments:
        write_csv(ANSWERS, answers_table(workshop))
    check = "--check" in arguments
    pages = WORKSHOP.renew_all(sorted(HERE.glob("*.md")), lambda name: slot_text(workshop, name), write=not check)
    head = "pages differ from the code:" if check else "renewed:"
    sys.stdout.write(f"{head} {', '.join(page.name for page in pages) or 'none'}\n")
    return int(check and bool(pages))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
