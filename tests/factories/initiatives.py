"""Initiatives for tests, in any state, with what that state needs."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from ayni.accounts.models import User
from ayni.directory.models import Concept, Institution, Membership
from ayni.registry.actions.initiatives.frame import InitiativeFacts, enter_initiative
from ayni.registry.models import Initiative, InitiativeState
from tests.factories.agreements import agreement, form
from tests.factories.supply import concepts

TODAY = date.today()
S = InitiativeState
NEEDS_APPROVAL = {S.APPROVED, S.EXECUTION, S.SUSPENDED, S.CLOSURE, S.EX_POST, S.ARCHIVED}
NEEDS_BEGINNING = NEEDS_APPROVAL - {S.APPROVED}
NEEDS_END = {S.EX_POST, S.ARCHIVED}
NEEDS_REASON = {S.SUSPENDED, S.CANCELLED}


def role(code: str) -> Concept:
    """A role in force."""
    return Concept.objects.current("cooperation-roles").get(code=code)


def kind(code: str) -> Concept:
    """A type of cooperation in force."""
    return Concept.objects.current("cooperation-types").get(code=code)


def facts(**values: Any) -> InitiativeFacts:
    """A frame with everything that an approval asks for, but the agreement."""
    given: dict[str, Any] = {
        "title": {"en": "An initiative"},
        "objective": {"en": "An objective."},
        "summary": {},
        "cooperation_type": kind("horizontal"),
        "size": "project",
        "formality": "",
        "continuity": "",
        "parent": None,
        "requested_on": None,
        "answered_on": None,
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=300),
        "source": "",
        "topics": tuple(concepts("topics", ["single-registry"])),
        "quadrants": tuple(concepts("quadrants", ["Q3"])),
    }
    return InitiativeFacts(**(given | values))


def bare(*codes: str, **values: Any) -> Initiative:
    """An initiative of these institutions, the first keeping it; nobody answers for it yet. `values` as for `facts`."""
    first, *others = (Institution.objects.select_related("country").get(code=code) for code in codes)
    made = enter_initiative(by=None, institution=first, facts=facts(**values), role=role("first-offerer"))
    for one in others:
        made.participations.create(institution=one, role=role("recipient"))
    return made


def initiative(
    *codes: str, state: str = "identification", approved_by: Iterable[str] = (), **values: Any
) -> Initiative:
    """An initiative that lacks nothing: counterparts are named, an agreement in force covers it. `values` as for `facts`."""
    made = bare(*codes, **values)
    made.participations.update(counterpart="Ana Reyes", hours_a_month=10)
    covering = agreement(*codes, signed=True, state="in-force", form=form("specific"))
    made.agreements.add(covering)
    told: dict[str, Any] = {"state": state, "reason": "Because." if state in NEEDS_REASON else ""}
    for column, states in (
        ("approved_on", NEEDS_APPROVAL),
        ("began_on", NEEDS_BEGINNING),
        ("closed_on", NEEDS_END),
    ):
        if state in states:
            told[column] = TODAY
    Initiative.objects.filter(pk=made.pk).update(**told)
    by = User.objects.order_by("pk").first()
    # What is approved, each of its countries has approved.
    places = {one.institution.country_id for one in made.participations.all() if one.institution.country_id}
    for country in approved_by or (sorted(places) if state in NEEDS_APPROVAL else ()):
        made.approvals.create(country_id=country, approved_at=timezone.now(), approved_by=by)
    return Initiative.objects.get(pk=made.pk)


def without_coordination(country: str) -> None:
    """Nobody coordinates that country any more."""
    Membership.objects.filter(role="national-coordinator", country=country).delete()
