"""The one place where a record's standing is written: after whatever a side, the secretariat or the days have said."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from ayni.common.audit import record, snapshot
from ayni.directory.models import Country
from ayni.registry.actions.validation.letters import tell
from ayni.registry.models import PUBLIC_RECORDS, About, Declaration, Initiative, Outcome, Stance, Validation
from ayni.registry.queries.declarations.standing import due_after, open_disputes, sides_said, standing
from ayni.registry.queries.initiatives.sides import countries_of


@transaction.atomic
def write_standing(
    *, by: Any, initiative: Initiative, verb: str, before: Mapping[str, Any], also: Mapping[str, Any], today: date
) -> None:
    """Let the record stand as its sides have it, and write down what happened.

    `before` is the row before the change, `also` what else the record of changes keeps: who spoke, of which field.
    """
    was = before["validation"]
    close_left(by=by, initiative=initiative)
    found = standing(
        sides_said(initiative),
        disputed=open_disputes(initiative).exists(),
        published=initiative.validation == Validation.PUBLISHED,
        today=today,
    )
    initiative.validation = found
    initiative.save()
    shown = was in PUBLIC_RECORDS or found in PUBLIC_RECORDS
    record(by=by, verb=verb, on=initiative, before=before, after={**snapshot(initiative), **also}, public=shown)


@transaction.atomic
def close_left(*, by: Any, initiative: Initiative) -> None:
    """The disputes of a country that takes part no longer end: the record stays as it is."""
    present = [country.pk for country in countries_of(initiative)]
    left = open_disputes(initiative).exclude(declaration__country__in=present)
    left.update(outcome=Outcome.KEPT, settled_at=timezone.now(), settled_by=by)


@transaction.atomic
def notify(*, by: Any, initiative: Initiative, but: Iterable[str], today: date) -> list[Country]:
    """Ask every side but those: from today on they have their days to answer. Returns whom it asked.

    A side with an open dispute is at it already, and is left alone.
    """
    spared = set(but)
    standing_rows = {one.country_id: one for one in initiative.declarations.all()}
    asked, sides = [], []
    for country in countries_of(initiative):
        row = standing_rows.get(country.pk)
        if country.pk in spared or row is not None and row.stance == Stance.DISPUTED:
            continue
        fields = {
            "stance": Stance.NOTIFIED,
            "notified_on": today,
            "due_on": due_after(today),
            "answered_at": None,
            "answered_by": None,
        }
        first = {"revision": initiative.revision}
        side, _made = Declaration.objects.update_or_create(
            initiative=initiative, country=country, defaults=fields, create_defaults=fields | first
        )
        sides.append(side)
        asked.append(country)
    tell(sides, About.ASKED)
    return asked


@transaction.atomic
def speak(*, by: Any, initiative: Initiative, country: Country, stance: Stance) -> Declaration:
    """The side has said something of the record as it is now."""
    said, _made = Declaration.objects.update_or_create(
        initiative=initiative,
        country=country,
        defaults={
            "stance": stance,
            "answered_at": timezone.now(),
            "answered_by": by,
            "revision": initiative.revision,
        },
    )
    return said
