"""Experts of the demonstration (data/demo/experts.json): all invented, each says so; months from the coming one on."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import override

from ayni.accounts.models import User
from ayni.common.reference import document
from ayni.directory.actions.experts import (
    ExpertFacts,
    ServiceFacts,
    add_expert,
    add_service,
    give_consent,
    set_months,
    withdraw_consent,
)
from ayni.directory.models import Concept, Country, Expert, Institution, joined
from ayni.directory.queries.consent import consent_text, paper_text
from ayni.directory.queries.experts import months_ahead


@transaction.atomic
def load_demo_experts(*, by: Any) -> int:
    """Enter them all, unless invented ones are there: who was erased does not come back. Returns how many were added."""
    missing = [] if Expert.objects.filter(fictional=True).exists() else document("demo/experts.json")["experts"]
    terms = {scheme: _terms(scheme) for scheme in ("quadrants", "topics")}
    institutions = {one.code: one for one in Institution.objects.prefetch_related("names")}
    for told in missing:
        expert = add_expert(
            by=by, institution=institutions[told["institution"]], facts=_facts(told, terms), fictional=True
        )
        set_months(by=by, expert=expert, days=dict(zip(months_ahead(), told["months"], strict=True)))
        for service in told["services"]:
            add_service(by=by, expert=expert, facts=_service(service, terms))
        _consent(by, expert, told["consent"])
    return len(missing)


def _facts(told: Mapping[str, Any], terms: Mapping[str, Mapping[str, Concept]]) -> ExpertFacts:
    return ExpertFacts(
        name=told["name"],
        email=told["email"],
        position=told["position"],
        summary=told["summary"],
        profiles=tuple(terms["quadrants"][code] for code in told["profiles"].split()),
        topics=tuple(terms["topics"][code] for code in told["topics"].split()),
        languages=joined(told["languages"].split()),
        teaching=told["teaching"],
        daily_cost=Decimal(told["daily_cost"]),
        user=User.objects.filter(email=told["account"]).first() if told["account"] else None,
    )


def _service(told: Mapping[str, Any], terms: Mapping[str, Mapping[str, Concept]]) -> ServiceFacts:
    return ServiceFacts(
        country=Country.objects.get(pk=told["country"]),
        year=told["year"],
        what=told["what"],
        days=told["days"],
        quadrant=terms["quadrants"][told["quadrant"]],
    )


def _consent(by: Any, expert: Expert, told: str) -> None:
    """Given, given and withdrawn, or (nothing told) not yet."""
    if told:
        with override("es"):
            text = consent_text(expert) if expert.user_id else paper_text(expert)
        give_consent(by=by, expert=expert, text=text)
    if told == "withdrawn":
        withdraw_consent(by=by, expert=expert)


def _terms(scheme: str) -> dict[str, Concept]:
    return {term.code: term for term in Concept.objects.current(scheme)}
