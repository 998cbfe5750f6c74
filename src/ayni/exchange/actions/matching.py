"""Suggesting a match, and the rules by which matches are scored."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.common.permissions import SCREEN, SET_RULES, require
from ayni.exchange.actions.notices import tell
from ayni.exchange.actions.steps import locked
from ayni.exchange.models import CRITERIA, Demand, Match, MatchingRules, Offer, RuleWeight, VersionStatus
from ayni.exchange.queries.lifecycle import LIVE_MATCH
from ayni.exchange.queries.ranking import match_of, rules_in_force, weights_of
from ayni.methods.matching.profiles import WEIGHTS


@transaction.atomic
def suggest_match(*, by: Any, demand: Demand, offer: Offer) -> Match:
    """Put an offer beside a demand; both sides then accept or reject it. Nothing is concluded by this.

    Raises Refused when the offer stands outside the gates, or when the two are matched already.
    """
    require(by, SCREEN)
    demand, offer = locked(demand), locked(offer)
    if Match.objects.filter(demand=demand, offer=offer, state__in=LIVE_MATCH).exists():
        raise Refused(_("This offer and this demand are matched already."))
    rules = rules_in_force()
    scored, explanation, reasons = match_of(demand, offer, weights_of(rules))
    if scored is None:
        raise Refused(_("This match is not possible: %(why)s") % {"why": " ".join(reasons)})
    match = Match.objects.create(
        demand=demand,
        offer=offer,
        recipient_id=demand.institution.country_id or "",
        provider_id=offer.institution.country_id or "",
        rules=rules,
        least=scored.least,
        most=scored.most,
        explanation=explanation,
        suggested_by=by,
    )
    record(by=by, verb="match suggested", on=match, after=snapshot(match), public=False)
    tell(by=by, institutions=[demand.institution, offer.institution], what="match suggested", about=match)
    return match


@transaction.atomic
def load_rules(*, by: Any) -> None:
    """Version 1 of the rules, with the weights of the method, unless there are rules."""
    if MatchingRules.objects.exists():
        return
    rules = MatchingRules.objects.create(
        version=1,
        note={
            "es": "Criterio de Ayni; la secretaría puede cambiarlo.",
            "pt": "Critério da Ayni; a secretaria pode alterá-lo.",
            "en": "Ayni's own judgement; the secretariat may change it.",
            "fr": "Jugement propre à Ayni ; le secrétariat peut le modifier.",
        },
        status=VersionStatus.CURRENT,
        in_force_at=timezone.now(),
    )
    RuleWeight.objects.bulk_create(
        RuleWeight(rules=rules, criterion=name, weight=int(WEIGHTS[name])) for name in CRITERIA
    )
    record(by=by, verb="rules put in force", on=rules, after=_with_weights(rules))


@transaction.atomic
def draft_rules(*, by: Any, weights: dict[str, int], note: dict[str, str]) -> MatchingRules:
    """A new version, as a draft. Raises Refused unless the nine weights add up to 100, or while there is another draft."""
    require(by, SET_RULES)
    if set(weights) != set(CRITERIA) or sum(weights.values()) != 100:
        raise Refused(
            _("The nine weights have to add up to 100; these add up to %(sum)d.") % {"sum": sum(weights.values())}
        )
    # Held first, then read: whoever waited here sees the draft that another has begun meanwhile.
    list(MatchingRules.objects.select_for_update().order_by("pk").values_list("pk"))
    versions = list(MatchingRules.objects.order_by("-version"))
    if any(one.status == VersionStatus.DRAFT for one in versions):
        raise Refused(_("There is a draft already: put it in force first."))
    last = versions[0] if versions else None
    rules = MatchingRules.objects.create(version=last.version + 1 if last else 1, note=note)
    RuleWeight.objects.bulk_create(
        RuleWeight(rules=rules, criterion=name, weight=weight) for name, weight in weights.items()
    )
    record(by=by, verb="rules drafted", on=rules, after=_with_weights(rules), public=False)
    return rules


@transaction.atomic
def put_rules_in_force(*, by: Any, rules: MatchingRules) -> MatchingRules:
    """The draft takes the place of the version in force, which stays with the matches that were scored by it."""
    require(by, SET_RULES)
    rules = MatchingRules.objects.select_for_update().get(pk=rules.pk)
    if rules.status != VersionStatus.DRAFT:
        raise Refused(_("Only a draft can be put in force."))
    MatchingRules.objects.filter(status=VersionStatus.CURRENT).update(status=VersionStatus.SUPERSEDED)
    before = snapshot(rules)
    rules.status, rules.in_force_at, rules.in_force_by = VersionStatus.CURRENT, timezone.now(), by
    rules.save()
    record(by=by, verb="rules put in force", on=rules, before=before, after=snapshot(rules))
    return rules


def _with_weights(rules: MatchingRules) -> dict[str, Any]:
    return snapshot(rules) | {"weights": dict(rules.weights.values_list("criterion", "weight"))}
