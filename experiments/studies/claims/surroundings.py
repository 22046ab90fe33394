"""Claims about what surrounds support: chiefs, labels, press and dismissal, the funding gap."""

from __future__ import annotations

from dataclasses import replace

from experiments.design.world import Condition
from experiments.studies.claims import sources
from experiments.studies.claims.claim import A_FIFTH, SHARE_OF_SETS, Assumption, Claim, Observable
from experiments.studies.claims.condition import under
from experiments.studies.claims.contrast import BestChange, Mistake, beyond, less

_FAILURE = "inadequate_months"
_BEYOND_LUCK = "{size} of worlds, after taking off those that luck alone turns"
_BY_QUALITY = "mean quality decides the ranking"
_EVENLY = "the shift is drawn evenly about zero: the model does not say whom partners push aside"


def chiefs_aside() -> Claim:
    """Return claim 2: it pushes chief executives aside."""
    partners, peers = under("partners_in_practice"), under("peer_support")
    with_chiefs = under("peer_support_with_chiefs")
    aside = under("partners_in_practice", attention_shift=-0.1)
    return Claim(
        number=2,
        title="Partners in Practice pushes chief executives aside",
        source=sources.LLOYD,
        short="Chiefs pushed aside",
        mechanism="what a regime does to chiefs' attention, drawn from the same range either way for each",
        refuted_if="the ranking is the same with the shift of attention off",
        says=(
            (f"moving chiefs' attention either way changes whether partners or peers do better in {_BEYOND_LUCK}"),
            "",
        ),
        late=_BY_QUALITY,
        observables=(
            *_ranking(
                (partners, peers),
                ("attention_shift",),
                "the shift of attention",
                assumed="direction",
                why_assumed=_EVENLY,
            ),
            replace(
                _ranking(
                    (partners, peers, with_chiefs), ("attention_shift",), "", assumed="direction", why_assumed=_EVENLY
                )[0],
                contrast="the same with a third: peer support that engages chiefs",
            ),
            Observable(
                contrast="Partners in Practice less no programme",
                of=less(partners, under("none")),
                outcome="attention",
                claimed="lower",
                assumed="yes",
                why_assumed=_EVENLY,
            ),
            Observable(
                contrast="Partners in Practice with a tenth of chiefs' attention taken away less with none",
                of=less(aside, partners.without("attention_shift")),
                outcome=_FAILURE,
                claimed="higher",
                assumed="direction",
                why_assumed="attention_effect and attention_absorption are never below zero",
            ),
        ),
    )


def labels() -> Claim:
    """Return claim 4: labels as giver or receiver polarise."""
    partners = under("partners_in_practice")
    effect = less(partners, partners.without("labels"))
    outcomes = ("quality_spread", "stuck_share", "not_giving_spread_change", "bimodality", _FAILURE)
    return Claim(
        number=4,
        title="Labels as giver or receiver polarise",
        source=sources.NOT_FOUND,
        short="Labels polarise",
        mechanism="stigma of labelled receivers, prestige of labelled givers",
        refuted_if="the difference is within luck, or too small to matter",
        says=(
            "labelling councils as givers or receivers widens the spread of quality by {size}",
            "labelling councils as givers or receivers narrows the spread of quality by {size}",
        ),
        observables=tuple(
            Observable(
                contrast="Partners in Practice, labels on less off",
                of=effect,
                outcome=outcome,
                claimed="higher",
                assumed="direction",
                why_assumed="label_stigma and label_prestige are never below zero",
            )
            for outcome in outcomes
        ),
    )


def football_managers() -> Claim:
    """Return claim 5: bad press, dismissal, fewer directors."""
    nothing = under("none")
    calm = nothing.without("press_dismissal", "press_climate")
    first = Observable(
        contrast="no programme, press-driven dismissal and press climate on less off",
        of=less(nothing, calm),
        outcome="interim_months",
        claimed="higher",
        assumed="direction",
        why_assumed="dismissal can only add vacancies; what press does to the supply can go either way",
    )
    test = replace(first, assumed="no", why_assumed="")
    return Claim(
        number=5,
        title="Bad press, dismissal, fewer directors (“football manager syndrome”)",
        source=sources.NOT_FOUND,
        short="Football managers",
        mechanism="dismissal under bad press, and a sector's press that thins the supply of directors",
        refuted_if="nothing changes",
        says=(
            "dismissal under bad press adds {size} under interim directors",
            "dismissal under bad press takes away {size} under interim directors",
        ),
        observables=(
            first,
            replace(first, outcome="director_changes"),
            replace(test, outcome="time_to_fill"),
            replace(test, outcome="appointed_ability", claimed="lower"),
            replace(test, outcome="mean_quality", claimed="lower"),
            replace(
                test,
                contrast="no programme, press climate alone on less off",
                of=less(nothing, nothing.without("press_climate")),
            ),
        ),
    )


def funding_gap() -> Claim:
    """Return claim 6: a two-billion-pound gap and growing demand decide."""
    partners, peers, nothing = under("partners_in_practice"), under("peer_support"), under("none")
    alike = "pressure moves all regimes alike but for the days that givers cannot deliver"
    never = "pressure_effect is never below zero"
    return Claim(
        number=6,
        title="A two-billion-pound gap and growing demand decide",
        source=sources.LGA_GAP,
        short="The funding gap",
        mechanism="the effect of a shortfall on quality and on what givers can deliver",
        refuted_if="the ranking is the same with the effect at zero",
        says=(f"the funding gap changes whether partners or peers do better in {_BEYOND_LUCK}", ""),
        late=_BY_QUALITY,
        observables=(
            *_ranking(
                (partners, peers), ("pressure", "pressure_on_giving"), "pressure", assumed="yes", why_assumed=alike
            ),
            *(
                Observable(
                    contrast=f"no programme, the gap as projected less {path}",
                    of=less(nothing.with_funding("projected"), nothing.with_funding(path)),
                    outcome=_FAILURE,
                    claimed="higher",
                    assumed="direction",
                    why_assumed=never,
                )
                for path in ("closed", "frozen")
            ),
        ),
    )


def corporate_context() -> Claim:
    """Return claim 12: chief executives and members make support work."""
    partners, nothing = under("partners_in_practice"), under("none")
    attention, neglect = (under("partners_in_practice", attention_shift=shift) for shift in (0.1, -0.1))
    absorption = beyond(
        less(partners, nothing), less(*(one.without("attention_absorption") for one in (partners, nothing)))
    )
    corporate = ("attention_absorption", "attention_quality", "attention_shield")
    by_attention = beyond(
        less(attention, neglect), less(*(one.without("attention_absorption") for one in (attention, neglect)))
    )
    first = Observable(
        contrast="Partners in Practice less no programme, attention's help to absorb support on less off",
        of=absorption,
        outcome=_FAILURE,
        claimed="lower",
        assumed="direction",
        why_assumed="attention_absorption is never below zero",
    )
    test = replace(first, assumed="no", why_assumed="")
    return Claim(
        number=12,
        title="Chief executives and members make support work",
        source=sources.ROGERS,
        short="The corporate context",
        mechanism="chiefs' attention helps to absorb support",
        refuted_if="the effect of support is the same without it",
        says=(
            "support that chief executives help to absorb means {size} more failure than it otherwise would",
            "support that chief executives help to absorb means {size} less failure than it otherwise would",
        ),
        observables=(
            first,
            replace(first, outcome="mean_quality", claimed="higher"),
            replace(
                first,
                contrast="a tenth more of the chief's attention less a tenth less, help to absorb on less off",
                of=by_attention,
            ),
            replace(
                test,
                contrast="Partners in Practice less no programme, all that attention does on less off",
                of=beyond(less(partners, nothing), less(*(one.without(*corporate) for one in (partners, nothing)))),
            ),
            replace(
                test,
                contrast="Partners in Practice less no programme: all that support does",
                of=less(partners, nothing),
            ),
        ),
    )


def _ranking(
    regimes: tuple[Condition, ...],
    off: tuple[str, ...],
    what: str,
    *,
    assumed: Assumption = "no",
    why_assumed: str = "",
) -> tuple[Observable, ...]:
    """Return what tells whether switching something off changes which regime is best, and what a mistake would cost."""
    what = f"partners or peers at equal days, {what} on against off"
    share = Observable(
        contrast=f"another is best, beyond luck: {what}",
        of=BestChange(regimes, _off(regimes, off)),
        # Of the outcomes that rank regimes, luck blurs this one least.
        outcome="mean_quality",
        claimed="higher",
        assumed=assumed,
        why_assumed=why_assumed,
        matters=A_FIFTH,
        unit=SHARE_OF_SETS,
        equal=(regimes, _off(regimes, off)),
    )
    loss = Observable(
        contrast=f"what is lost by choosing as if it were off: {what}",
        of=Mistake(regimes, _off(regimes, off)),
        outcome=_FAILURE,
        claimed="higher",
        assumed=assumed,
        why_assumed=why_assumed,
        equal=(regimes, _off(regimes, off)),
    )
    return share, replace(share, outcome=_FAILURE), loss


def _off(regimes: tuple[Condition, ...], off: tuple[str, ...]) -> tuple[Condition, ...]:
    return tuple(condition.without(*off) for condition in regimes)
