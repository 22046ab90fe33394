"""What a comparison cannot say, and the words that it uses."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten
from types import MappingProxyType

from experiments.results.case import Case
from experiments.results.store import Results
from experiments.text.names import parity_words

GLOSSARY: Mapping[str, str] = MappingProxyType(
    {
        "Chief": "a council's chief executive, whose attention is shared among four services",
        "Council-month inadequate": "one council spending one month with a judgement of inadequate",
        "Director": "a director of children's services",
        "Giver, receiver": "a council that gives help, and one that gets it",
        "Grade": "Ofsted's judgement: inadequate, requires improvement, good or outstanding",
        "Paired difference": "the same luck, the same uncertain numbers and the same councils under one regime, "
        "less the same under another",
        "Parameter set": "one value for each of the uncertain numbers; many sets show what we do not know",
        "Parity": "what is made equal between regimes before they are compared: pounds, delivered days, or days of "
        "givers' directors",
        "Plausible sets": "parameter sets that the evidence does not rule out, each with a weight that says how well "
        "it fits; comparisons draw from them unless told otherwise",
        "Quality": "how good practice is, in standard deviations (SD) of the councils of March 2018; never seen "
        "directly, only judged",
        "Regime": "a model of improvement support: who helps whom, how much, paid or not, for how long",
        "Regret": "what is lost in a world by one choice, against the best regime of that world",
        "Replicate": "one draw of all luck, met in the same way by every regime",
        "Shadow price": "what a day that nobody is paid for is taken to be worth",
        "Verdict": "very likely: in 90% of the worlds or more; likely: in 66% or more; else too close to call; none "
        "with under 5 replicates or 10 sets",
        "World": "one parameter set, with luck averaged out",
    }
)
"""A word and its meaning, in the order of the alphabet."""

BUILT_IN: tuple[str, ...] = (
    "cost at equal days, which is the price list: read the break-even price instead",
    "more exits of directors under any support, because directors away are likelier to leave and never the reverse",
    "what a partnership does for inadequate councils, because it concentrates on them alone",
    "trusts that cannot be had for the reference budget",
    "how much need partners leave unmet, which the budget decides",
    "givers of Partners in Practice above safe release and peers hardly ever, because of their days per giver",
    (
        "less polarisation where overload pulls down the best: read the change of spread among councils that do not "
        "give, and the share stuck"
    ),
    "effects of labels, which touch only the regimes that label",
)
"""What follows nearly from how the model is built, and is therefore no finding."""
_LONGEST = 160
"""Characters of what a regime says of itself."""


def regime_meanings(results: Results) -> tuple[tuple[str, str], ...]:
    """Return what each regime of a comparison is called, and what it says of itself in a sentence."""
    regimes = results.manifest["design"]["regimes"]
    case = results.case
    meanings = ((case.title(name), str(regimes.get(name, {}).get("summary", ""))) for name in case.regimes)
    return tuple((title, shorten(meaning, _LONGEST, placeholder=" …")) for title, meaning in meanings if meaning)


def limits(case: Case) -> tuple[str, ...]:
    """Return what the comparison cannot say, a sentence each."""
    sentences = (
        *_own(case),
        (
            "It cannot say what any regime would do: no causal estimate of any regime's effect exists, so the effect "
            "of support is an assumption with a range."
        ),
        "It forecasts nothing for any council, and no council's simulated result is shown or may be inferred.",
        "Whatever separates the regimes rests on ranges that no evidence has narrowed; other ranges, other answers.",
        *_fitted(case),
        (
            "Support is a small lever beside regression to the mean, the alarm after failing and changes of the "
            "inspection framework. A plain before-and-after would credit support with all of them."
        ),
        "Luck and ignorance are two things. More runs shrink the blue bar; only evidence shrinks the orange line.",
    )
    if case.illustration:
        return (*sentences, "One parameter set was run: this is an illustration and carries no verdict.")
    if case.parity == "none":
        return (*sentences, f"It was run at {parity_words('none')}: regimes of different cost were set side by side.")
    return sentences


def _own(case: Case) -> tuple[str, ...]:
    """Return that the science is not the program's own, nothing where it is."""
    return (f"It was run with {case.own}: what the documents say of the model need not hold.",) if case.own else ()


def _fitted(case: Case) -> tuple[str, ...]:
    """Return what the plausible sets do not settle, nothing where others were run."""
    if not case.fitted:
        return ()
    sentences = (
        "The parameter sets were fitted to how England's councils were judged and how their directors changed, with "
        "every mechanism at its default; none of it informs what a day of support does or costs."
    )
    if case.england:
        return (sentences,)
    return (sentences, "They were fitted to England's councils, not to the councils compared here.")
