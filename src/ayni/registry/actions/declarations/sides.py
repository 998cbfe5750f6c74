"""What each side says of a record: it declares, confirms, disputes; the days pass; the record is published."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import DECLARE
from ayni.directory.models import Country
from ayni.registry.actions.initiatives.holding import locked, refuse_merged
from ayni.registry.actions.validation.letters import tell
from ayni.registry.actions.validation.standing import notify, speak, write_standing
from ayni.registry.models import About, Declaration, Initiative, InitiativeState, Stance, Validation
from ayni.registry.queries.declarations.lifecycle import is_declarable, may_publish, speaks_for, step_of, steps_of_side
from ayni.registry.queries.declarations.standing import sides_said, standing
from ayni.registry.queries.declared import FIELDS, declared_values, fingerprint
from ayni.registry.queries.initiatives.sides import countries_of

# Of a field: what the side says instead, and why.
Claims = Mapping[str, tuple[Any, str]]
REMINDED_BEFORE = timedelta(days=7)


@transaction.atomic
def declare(*, by: Any, initiative: Initiative, country: Country) -> Initiative:
    """The country declares the record; every other side is asked to confirm or dispute it within 60 days.

    Raises Refused for one country alone, without a title or a first day, for a draft that nobody has approved, or when the record
    is declared already.
    """
    initiative = _spoken_of(by, initiative, country, "declare")
    if initiative.state == InitiativeState.CANCELLED:
        raise Refused(_("The initiative was cancelled: there is nothing to declare."))
    _refuse_bare(initiative)
    today, before = timezone.localdate(), snapshot(initiative)
    if not is_declarable(initiative, today):
        raise Refused(
            _("An initiative is declared once its countries have approved it, or when it is over: approve it first.")
        )
    speak(by=by, initiative=initiative, country=country, stance=Stance.DECLARED)
    asked = notify(by=by, initiative=initiative, but=[country.pk], today=today)
    also = {"side": country.pk, "asked": [one.pk for one in asked]}
    write_standing(by=by, initiative=initiative, verb="record declared", before=before, also=also, today=today)
    return initiative


@transaction.atomic
def confirm(*, by: Any, initiative: Initiative, country: Country, seen: str | None = None) -> Initiative:
    """The side that was asked says the same. A late answer counts too. Raises Refused unless the side was asked.

    `seen` is the fingerprint of what the person has read: raises Conflict when the record says something else by now.
    """
    initiative = _spoken_of(by, initiative, country, "confirm")
    _refuse_unseen(initiative, seen)
    before = snapshot(initiative)
    speak(by=by, initiative=initiative, country=country, stance=Stance.CONFIRMED)
    write_standing(
        by=by,
        initiative=initiative,
        verb="record confirmed",
        before=before,
        also={"side": country.pk},
        today=timezone.localdate(),
    )
    return initiative


@transaction.atomic
def dispute(
    *, by: Any, initiative: Initiative, country: Country, claims: Claims, seen: str | None = None
) -> Initiative:
    """The side says something else of some fields: `{field: (value, note)}`.

    Raises Refused without a claim, for what the record says already, and for a field that the side disputes already; Conflict when
    the record says something else by now than what was read (`seen`, see `confirm`).
    """
    initiative = _spoken_of(by, initiative, country, "dispute")
    _refuse_unseen(initiative, seen)
    before = snapshot(initiative)
    said = speak(by=by, initiative=initiative, country=country, stance=Stance.DISPUTED)
    stands = declared_values(initiative)
    if not claims:
        raise Refused(_("Say at least of one field what it should be."))
    for field, (value, note) in claims.items():
        _claim(said, field, stands[field], value, note)
    also = {"side": country.pk, "claims": {field: value for field, (value, _note) in claims.items()}}
    write_standing(
        by=by, initiative=initiative, verb="record disputed", before=before, also=also, today=timezone.localdate()
    )
    newest = said.disputes.order_by("-pk").values_list("pk", flat=True)[0]
    others = initiative.declarations.exclude(pk=said.pk)
    tell(others, About.DISPUTED, f"dispute {newest}", country=country)
    return initiative


def _claim(said: Declaration, field: str, stands: Any, value: Any, note: str) -> None:
    if value == stands:
        raise Refused(_("“%(field)s”: the record says just that already.") % {"field": FIELDS[field]})
    if said.disputes.filter(field=field, outcome="open").exists():
        raise Refused(
            _("“%(field)s”: your side disputes it already; withdraw that claim first.") % {"field": FIELDS[field]}
        )
    said.disputes.create(field=field, stands=stands, claimed=value, note=note.strip())


@transaction.atomic
def publish(*, by: Any, initiative: Initiative) -> Initiative:
    """Everybody may read the record from now on. Raises Refused unless every side has validated it."""
    initiative = locked(initiative)
    if not may_publish(by, initiative):
        raise PermissionDenied(DECLARE)
    refuse_merged(initiative)
    if initiative.validation != Validation.VALIDATED:
        raise Refused(_("A record is published once every side has confirmed it."))
    before = snapshot(initiative)
    initiative.validation = Validation.PUBLISHED
    initiative.save()
    record(by=by, verb="record published", on=initiative, before=before, after=snapshot(initiative))
    return initiative


@transaction.atomic
def expire_unanswered(*, by: Any, today: date) -> int:
    """Records whose other side has let its days pass become unilateral. Returns how many; again changes nothing."""
    waiting = Initiative.objects.filter(
        merged_into__isnull=True,
        validation__in=step_of("expire").before,
        declarations__stance=Stance.NOTIFIED,
        declarations__due_on__lt=today,
    )
    expired = 0
    for found in waiting.distinct():
        initiative = locked(found)
        if standing(sides_said(initiative), disputed=False, published=False, today=today) != Validation.UNILATERAL:
            continue
        silent = initiative.declarations.filter(stance=Stance.NOTIFIED, due_on__lt=today)
        also = {"silent": list(silent.values_list("country", flat=True))}
        before = snapshot(initiative)
        write_standing(by=by, initiative=initiative, verb="record unilateral", before=before, also=also, today=today)
        expired += 1
    return expired


@transaction.atomic
def remind_unanswered(*, by: Any, today: date) -> int:
    """Remind the sides whose days end within a week, once. Returns how many letters; again writes none."""
    silent = Declaration.objects.filter(
        stance=Stance.NOTIFIED,
        due_on__range=(today, today + REMINDED_BEFORE),
        initiative__merged_into__isnull=True,
    )
    held = silent.select_for_update(of=("self",)).order_by("pk")
    return tell(held.select_related("initiative", "country"), About.REMINDED)


def _spoken_of(by: Any, initiative: Initiative, country: Country, step: str) -> Initiative:
    """The initiative, held for this transaction, of which the side can say this now."""
    initiative = locked(initiative)
    if not speaks_for(by, initiative, country.pk):
        raise PermissionDenied(DECLARE)
    refuse_merged(initiative)
    said = initiative.declarations.filter(country=country).first()
    if step not in {one.code for one in steps_of_side(initiative, said)}:
        raise Refused(_not_now(step, said))
    return initiative


def _refuse_unseen(initiative: Initiative, seen: str | None) -> None:
    if seen is not None and seen != fingerprint(declared_values(initiative)):
        raise Conflict(_("The record was changed while you read it: read it again, then answer."))


def _not_now(step: str, said: Declaration | None) -> str:
    if step == "declare":
        return _("The record is declared already: confirm or dispute it.")
    if said is None:
        return _("The record has not been declared yet.")
    if said.stance == Stance.DISPUTED:
        return _("Your side disputes the record: settle or withdraw its claims instead.")
    return _("Your side has said so already.")


def _refuse_bare(initiative: Initiative) -> None:
    if len(countries_of(initiative)) < 2:
        raise Refused(_("A record is declared between institutions of at least two countries: name the other side."))
    if not initiative.title:
        raise Refused(_("Give the initiative a title."))
    if initiative.starts_on is None:
        raise Refused(_("Say from which day the initiative was or is planned: a record without a year is not counted."))
