"""The demonstration of the records of two sides: what the countries' coordinations of the demonstration say of its initiatives."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ayni.accounts.models import User
from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.directory.models import Country, Membership
from ayni.registry.actions.declarations.disputes import propose
from ayni.registry.actions.declarations.sides import confirm, declare, dispute, expire_unanswered, publish
from ayni.registry.models import APPROVED, Dispute, Initiative, Stance, Validation
from ayni.registry.queries.declarations.standing import due_after
from ayni.registry.queries.declared import declared_values
from ayni.registry.queries.initiatives.sides import countries_of

# Table 3 of the document: Mexico declares Brazil, Brazil does not declare Mexico.
ONE_SIDED = "MX-2010-0001"
# How long ago the other sides were asked: of a record that waits still, and of one that has waited too long.
DAYS_WAITING, DAYS_TOO_LONG = 17, 75
# The first records that both sides could speak of stand apart; all others are validated and published.
DISPUTED, WAITING = 0, 1
NOTE = "[Demo] Según nuestro expediente. / Segundo o nosso processo."


@transaction.atomic
def load_declarations(*, by: Any) -> bool:
    """Let the sides of the initiatives of which nobody has spoken yet speak. Returns whether any did; again changes nothing.

    A country without a coordination in the demonstration stays silent: such a record is unilateral. `by` is the system.
    """
    held = Membership.objects.in_force().filter(role="national-coordinator", user__is_demo=True).select_related("user")
    people = {one.country_id: one.user for one in held if one.country_id}
    silent = Initiative.objects.filter(
        Q(fictional=True) | Q(code=ONE_SIDED),
        merged_into__isnull=True,
        validation=Validation.PRIVATE,
        declarations__isnull=True,
        starts_on__isnull=False,
    )
    number, declared = 0, False
    for initiative in silent.order_by("code"):
        if initiative.code == ONE_SIDED:
            declared |= _declare(by, initiative, people, DAYS_TOO_LONG)
        elif initiative.state in APPROVED:
            speaks = all(country.pk in people for country in countries_of(initiative))
            if _declare(by, initiative, people, _days(number, speaks)):
                declared = True
                if speaks:
                    _answer(initiative, people, number)
                    number += 1
    expire_unanswered(by=by, today=timezone.localdate())
    return declared


def _days(number: int, speaks: bool) -> int:
    if not speaks:
        return DAYS_TOO_LONG
    return DAYS_WAITING if number == WAITING else 0


def _declare(by: Any, initiative: Initiative, people: dict[str, User], days: int) -> bool:
    """Its keeper's side declares it, or another that has a coordination; the others were asked so many days ago."""
    country = next((one for one in countries_of(initiative) if one.pk in people), None)
    if country is None:
        return False
    with suppress(Refused), transaction.atomic():
        declare(by=people[country.pk], initiative=initiative, country=country)
        _backdate(by, initiative, days)
        return True
    return False


def _backdate(by: Any, initiative: Initiative, days: int) -> None:
    """A notice of today becomes one of a past day: no action writes the past, the record of changes tells it."""
    day = timezone.localdate() - timedelta(days=days)
    for one in initiative.declarations.filter(stance=Stance.NOTIFIED) if days else ():
        before = snapshot(one)
        one.notified_on, one.due_on = day, due_after(day)
        one.save()
        record(by=by, verb="notice dated back", on=one, before=before, after=snapshot(one), public=False)


def _answer(initiative: Initiative, people: dict[str, User], number: int) -> None:
    if number == WAITING:
        return
    others = [one.country for one in initiative.declarations.filter(stance=Stance.NOTIFIED).select_related("country")]
    if number == DISPUTED:
        _claim(initiative, people, others[0])
        return
    for country in others:
        confirm(by=people[country.pk], initiative=initiative, country=country)
    publish(by=people[others[0].pk], initiative=initiative)


def _claim(initiative: Initiative, people: dict[str, User], country: Country) -> None:
    """The side says another size and another first day; of the size the first side proposes a third."""
    values = declared_values(initiative)
    size = "programme" if values["size"] != "programme" else "project"
    assert initiative.starts_on is not None
    claims = {"size": (size, NOTE), "starts_on": ((initiative.starts_on - timedelta(days=31)).isoformat(), NOTE)}
    dispute(by=people[country.pk], initiative=initiative, country=country, claims=claims)
    first = next(one.country_id for one in initiative.declarations.filter(stance=Stance.DECLARED))
    row = Dispute.objects.get(declaration__initiative=initiative, field="size")
    other = next(one for one in ("action", "project", "programme") if one not in (size, values["size"]))
    propose(by=people[first], dispute=row, value=other)
