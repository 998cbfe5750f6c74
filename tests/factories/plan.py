"""Initiatives with work plans for tests."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from ayni.accounts.models import User
from ayni.directory.models import Concept, Country, Institution
from ayni.registry.actions.plan.writing import ActivityFacts
from ayni.registry.models import Activity, Initiative

TODAY = date.today()
# What an initiative of a state has behind it.
DAYS = {"approved_on": TODAY - timedelta(days=300), "began_on": TODAY - timedelta(days=290)}


def term(scheme: str, code: str) -> Concept:
    """A term in force."""
    return Concept.objects.current(scheme).get(code=code)


def initiative(*codes: str, state: str = "execution", **values: Any) -> Initiative:
    """An initiative of these institutions, kept by the first: the first offers, the others receive."""
    first, *_others = codes
    keeper = Institution.objects.get(code=first)
    number = Initiative.objects.filter(code__contains="-1990-").count() + 1
    given: dict[str, Any] = {
        "code": f"{keeper.country.iso2}-1990-{number:04d}",
        "institution": keeper,
        "title": {"en": f"Initiative {number}"},
        "cooperation_type": term("cooperation-types", "horizontal"),
        "state": state,
        **DAYS,
    }
    if state in ("ex-post", "archived"):
        given["closed_on"] = TODAY - timedelta(days=9)
    if state in ("suspended", "cancelled"):
        given["reason"] = "It stopped."
    made = Initiative.objects.create(**(given | values))
    roles = [term("cooperation-roles", "first-offerer"), *[term("cooperation-roles", "recipient")] * (len(codes) - 1)]
    for code, role in zip(codes, roles, strict=True):
        made.participations.create(institution=Institution.objects.get(code=code), role=role)
    return made


def facts(made: Initiative, **values: Any) -> ActivityFacts:
    """What a plan says of an activity that begins in ten days and lasts five."""
    given: dict[str, Any] = {
        "title": {"en": "A visit"},
        "modality": term("modalities", "field-visits"),
        "institution": made.institution,
        "starts_on": TODAY + timedelta(days=10),
        "ends_on": TODAY + timedelta(days=14),
        "description": {},
    }
    return ActivityFacts(**(given | values))


def activity(made: Initiative, *agreed: str, first: int = 10, last: int = 14, **values: Any) -> Activity:
    """An activity from so many days from today to so many, with which the countries `agreed` agree."""
    number = made.activities.count() + 1
    given: dict[str, Any] = {
        "number": number,
        "title": {"en": f"Activity {number}"},
        "modality": term("modalities", "field-visits"),
        "institution": made.institution,
        "starts_on": TODAY + timedelta(days=first),
        "ends_on": TODAY + timedelta(days=last),
    }
    if values.get("state") == "cancelled":
        given["reason"] = "It rained."
    added = made.activities.create(**(given | values))
    who = User.objects.order_by("pk").first()
    for code in agreed:
        added.consents.create(country=Country.objects.get(pk=code), agreed_at=timezone.now(), agreed_by=who)
    return added
