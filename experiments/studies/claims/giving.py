"""Claims about those who give: overburdened directors, too few councils, safe release, gold dust."""

from __future__ import annotations

from dataclasses import replace

from experiments.studies.claims import sources
from experiments.studies.claims.claim import Claim, Observable
from experiments.studies.claims.condition import partners_of, under
from experiments.studies.claims.contrast import Between, beyond, less, level

_NEVER_LESS = "overload_cost and overload_exit are never below zero"
_BY_BUDGET = "what need is left unmet is set by the days, whoever gives them"
_MORE_PLACES = "a giver helps at least one council, so three times as many givers reach more councils at once"
_PREMIUM = "the effect is that of gold_dust_premium, whose range was chosen and lies mostly above zero"


def overburden() -> Claim:
    """Return claim 1: Partners in Practice overburdens directors."""
    partners, peers = under("partners_in_practice"), under("peer_support")
    quality, exits = "givers_quality_change", "givers_exits_change"
    first = Observable(
        contrast="givers under Partners in Practice less themselves under no programme",
        of=level(partners),
        outcome=quality,
        claimed="lower",
    )
    built_in = replace(
        first,
        contrast="the same, overload on less off",
        of=less(partners, partners.without("overload")),
        assumed="direction",
        why_assumed=_NEVER_LESS,
    )
    against = replace(
        first,
        contrast="Partners in Practice less broad peer support, at equal days",
        of=less(partners, peers),
        equal=((partners, peers),),
    )
    return Claim(
        number=1,
        title="Partners in Practice overburdens directors",
        source=sources.LLOYD,
        short="Overburdened directors",
        mechanism="overload of givers and of their directors",
        refuted_if="givers do no worse than themselves under no programme",
        says=(
            "councils that give as partners end {size} higher in quality than without giving",
            "councils that give as partners end {size} lower in quality than without giving",
        ),
        observables=(
            first,
            replace(first, outcome=exits, claimed="higher", assumed="direction", why_assumed=_NEVER_LESS),
            built_in,
            replace(built_in, outcome=exits, claimed="higher"),
            against,
            replace(against, outcome=exits, claimed="higher"),
            replace(
                against,
                outcome="over_release_months",
                claimed="higher",
                assumed="yes",
                why_assumed="set by the days that one giver gives",
            ),
        ),
        together=2,
        late="it takes both harms to refute the claim",
    )


def too_few() -> Claim:
    """Return claim 3: it relies on too few councils."""
    usual, many = partners_of(14, 24.0), partners_of(42, 8.0)
    waiting = Observable(
        contrast="the same days from 42 councils less from 14",
        of=less(many, usual),
        outcome="months_waited",
        claimed="lower",
        assumed="direction",
        why_assumed=_MORE_PLACES,
    )
    unmet = replace(waiting, outcome="unmet_days", assumed="yes", why_assumed=_BY_BUDGET)
    return Claim(
        number=3,
        title="Partners in Practice relies on too few councils",
        source=sources.LLOYD,
        short="Too few councils",
        mechanism="the number of givers, at the same days",
        refuted_if="a dozen givers meet the need, or councils wait as long with many",
        says=(
            "with three times as many partners, giving the same days, councils wait {size} more for support",
            "with three times as many partners, giving the same days, councils wait {size} less for support",
        ),
        late="waiting decides, for unmet need is set by the days",
        built_in="more givers reach more councils at once",
        observables=(
            waiting,
            replace(
                waiting,
                contrast="a fair test: the same days from 42 councils less from 14, by how many fail",
                outcome="inadequate_months",
                assumed="no",
                why_assumed="",
            ),
            replace(
                waiting,
                contrast="the same days from 7 councils less from 14",
                of=less(partners_of(7, 48.0), usual),
                claimed="higher",
            ),
            unmet,
            replace(
                unmet,
                contrast="twice the days from 14 councils less the usual days from them",
                of=less(partners_of(14, 48.0, budgets=2), usual),
            ),
            replace(
                unmet,
                contrast="what a dozen councils leave unmet with the same days",
                of=level(partners_of(12, 28.0)),
                claimed="higher",
            ),
        ),
    )


def safe_release() -> Claim:
    """Return claim 8: capacity must be released and shared safely."""
    swept = tuple(partners_of(*pair) for pair in ((14, 24.0), (17, 20.0), (21, 16.0), (28, 12.0), (42, 8.0)))
    wide = (partners_of(7, 48.0), *swept, partners_of(56, 6.0))
    free = tuple(condition.without("overload") for condition in swept)
    first = Observable(
        contrast="best of 12, 16 and 20 days a giver less the better of 8 and 24, at the same budget",
        of=Between(swept),
        outcome="inadequate_months",
        claimed="lower",
    )
    return Claim(
        number=8,
        title="Capacity must be released and shared safely",
        source=sources.MCRAE,
        short="Safe release",
        mechanism="the cost of giving beyond safe release",
        refuted_if="no number of days a giver between few and many is best",
        says=(
            "a middling number of days from each giver means {size} more failure than the better extreme",
            "a middling number of days from each giver means {size} less failure than the better extreme",
        ),
        observables=(
            first,
            replace(first, outcome="mean_quality", claimed="higher"),
            replace(first, contrast="the same, overload off", of=Between(free)),
            replace(first, contrast="the same, one choice for all sets", of=Between(swept, for_all=True)),
            replace(
                first,
                contrast="best of 8 to 24 days a giver less the better of 6 and 48, at the same budget",
                of=Between(wide),
            ),
        ),
    )


def gold_dust() -> Claim:
    """Return claim 10: councils that came up from inadequate help best."""
    gold, partners = under("gold_dust"), under("partners_in_practice")
    plain_gold, plain_partners = (condition.without("gold_dust") for condition in (gold, partners))
    first = Observable(
        contrast="gold dust partners less Partners in Practice, the premium on less off (equal quality and gap)",
        of=beyond(less(gold, partners), less(plain_gold, plain_partners)),
        outcome="inadequate_months",
        claimed="lower",
        assumed="direction",
        why_assumed=_PREMIUM,
    )
    choice = replace(
        first,
        contrast="gold dust partners less Partners in Practice",
        of=less(gold, partners),
        assumed="no",
        why_assumed="",
    )
    return Claim(
        number=10,
        title="“Gold dust”: councils that came up from inadequate help best",
        source=sources.NOT_FOUND,
        short="Gold dust",
        mechanism="the premium of councils that came up from inadequate",
        refuted_if="nothing is gained once quality and gap are equal",
        says=(
            "preferring councils that recovered from failure, at equal quality, means {size} more failure",
            "preferring councils that recovered from failure, at equal quality, means {size} less failure",
        ),
        observables=(
            first,
            replace(first, outcome="mean_quality", claimed="higher"),
            choice,
            replace(
                choice,
                contrast="the same with the premium off: other givers alone",
                of=less(plain_gold, plain_partners),
            ),
        ),
    )
