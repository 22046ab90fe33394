"""Claims about what to buy: peers or partners, how much of each, partnership or trust."""

from __future__ import annotations

from dataclasses import replace

from experiments.studies.claims import sources
from experiments.studies.claims.claim import Claim, Observable
from experiments.studies.claims.condition import mixture, under
from experiments.studies.claims.contrast import Between, BreakEven, less

_FAILURE = "inadequate_months"
_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
_PAID_DAY = 850.0
"""Shadow price (pounds) at which an unpaid day, with its cash, costs what a paid one does."""
_A_DAY_MATTERS = 100.0


def fraction_of_the_money() -> Claim:
    """Return claim 7: sector-led help works for a fraction of the money."""
    partners, peers = under("partners_in_practice", "pounds"), under("peer_support", "pounds")
    free, dear = (under("peer_support", "pounds", shadow_price_per_day=price) for price in (0.0, _PAID_DAY))
    half = under("peer_support", "pounds", share=0.5)
    small = tuple(condition.without("dose_threshold") for condition in (partners, peers))
    first = Observable(
        contrast="broad peer support less Partners in Practice, at equal pounds with an unpaid day at 600",
        of=less(peers, partners),
        outcome=_FAILURE,
        claimed="lower",
        equal=((partners, peers),),
    )
    return Claim(
        number=7,
        title="Sector-led help works for a fraction of the 300 million",
        source=sources.MADDEN,
        short="A fraction of the money",
        mechanism="the full cost of help, unpaid days included",
        refuted_if="it is cheaper only when peers' time is priced at nothing",
        says=(
            "for the same full cost, peer support leaves {size} more failure than Partners in Practice",
            "for the same full cost, peer support leaves {size} less failure than Partners in Practice",
        ),
        observables=(
            first,
            replace(
                first,
                contrast="the same with an unpaid day priced as a paid one",
                of=less(dear, partners),
                equal=((partners, dear),),
            ),
            replace(
                first,
                contrast="the same with unpaid time priced at nothing, as far as it can be spent",
                of=less(free, partners),
                equal=(),
            ),
            replace(
                first,
                contrast="peer support for half the full cost less Partners in Practice for all of it",
                of=less(half, partners),
                equal=(),
                no_worse=True,
            ),
            replace(
                first,
                contrast="at equal pounds, small doses as powerful as large ones",
                of=less(small[1], small[0]),
                equal=(small,),
            ),
            Observable(
                contrast="price of an unpaid day at which a month avoided costs the same",
                of=BreakEven(under("none", "pounds"), partners, peers),
                outcome=_FAILURE,
                claimed="higher",
                matters=_A_DAY_MATTERS,
                unit="GBP a day",
            ),
        ),
    )


def part_of_the_solution() -> Claim:
    """Return claim 9: Partners in Practice is part of the solution, not the whole."""
    swept = tuple(mixture(share) for share in _SHARES)
    equal = (tuple(reversed(swept)),)
    first = Observable(
        contrast="best of 25, 50 and 75% to partners less the better of none and all, at equal pounds",
        of=Between(swept),
        outcome=_FAILURE,
        claimed="lower",
        equal=equal,
    )
    return Claim(
        number=9,
        title="Partners in Practice is part of the solution, not the whole",
        source=sources.LLOYD,
        short="Part, not the whole",
        mechanism="the share of the money that goes to partners and to peers",
        refuted_if="all of the money to one of the two is best everywhere",
        says=(
            "the best mixture of partners and peers means {size} more failure than the better of the two alone",
            "the best mixture of partners and peers means {size} less failure than the better of the two alone",
        ),
        observables=(
            first,
            replace(first, outcome="mean_quality", claimed="higher"),
            replace(first, outcome="months_below_cut"),
            replace(first, contrast=f"{first.contrast}, one choice for all sets", of=Between(swept, for_all=True)),
        ),
    )


def partnership_or_trust() -> Claim:
    """Return claim 11: a formal partnership can stand in for removal to a trust."""
    partnership, trust = under("improvement_partnership", "pounds"), under("childrens_trust", "pounds")
    first = Observable(
        contrast="improvement partnerships less children's trusts",
        of=less(partnership, trust),
        outcome="months_to_good",
        claimed="lower",
        assumed="direction",
        why_assumed="a partnership serves inadequate councils first and at once, a trust starts 18 months on",
        no_worse=True,
    )
    prompt = trust.without("trust_delay", "trust_price")
    fair = replace(
        first,
        contrast="a fair test: partnerships less trusts that start at once and take no more money",
        of=less(partnership, prompt),
        assumed="no",
        why_assumed="",
        equal=((partnership, prompt),),
    )
    cost = "trusts cannot be had for the money of Partners in Practice"
    seats = "in a partnership the director's seat stays as it is; a trust brings a leader of its own"
    return Claim(
        number=11,
        title="A formal partnership can stand in for removal to a trust",
        source=sources.NOT_FOUND,
        short="Partnership or trust",
        mechanism="partnership against trust",
        refuted_if="the trust is better on time to good, cost and disruption alike",
        says=(
            "councils judged inadequate reach good {size} later with partnerships than with trusts",
            "councils judged inadequate reach good {size} sooner with partnerships than with trusts",
        ),
        observables=(
            first,
            replace(first, outcome="programme_cost", assumed="yes", why_assumed=cost),
            replace(first, outcome="director_changes", why_assumed=seats),
            replace(first, outcome="interim_months", why_assumed=seats),
            replace(first, outcome=_FAILURE, no_worse=False),
            fair,
            replace(fair, outcome=_FAILURE, no_worse=False),
        ),
        together=4,
        built_in="a trust starts 18 months on, and costs more than the partnerships it is set against",
        late="it takes all four harms to refute the claim",
    )
