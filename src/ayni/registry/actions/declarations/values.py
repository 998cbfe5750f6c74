"""A declared field of the record gets another value: the one door through which a settled dispute changes it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.errors import Refused
from ayni.common.i18n import words_of
from ayni.directory.models import Concept, Institution
from ayni.registry.actions.initiatives.participations import refuse_leaving
from ayni.registry.models import SCHEMES, Initiative
from ayni.registry.queries.declared import CHOICES, DAYS, PARTS, ROLES, TEXTS, TYPES

IN_ORDER = (("starts_on", "ends_on"), ("requested_on", "answered_on"))


@transaction.atomic
def set_declared(*, by: Any, initiative: Initiative, field: str, value: Any) -> None:
    """Write a value, as `declared_values` gives it, into the record. Who calls it saves and records the change.

    Raises Refused where the record could not stand with it: without a title, a first day or two countries, with days out of order.
    """
    _setter(field)(initiative, field, value)
    initiative.revision += 1
    initiative.save()


def _setter(field: str) -> Callable[[Initiative, str, Any], None]:
    groups: tuple[tuple[Any, Callable[[Initiative, str, Any], None]], ...] = (
        (TEXTS, _set_text),
        (DAYS, _set_day),
        (CHOICES, _set_choice),
        (SCHEMES, _set_list),
        ((ROLES,), _set_roles),
    )
    return next((setter for names, setter in groups if field in names), _set_type)


def _set_text(initiative: Initiative, field: str, value: Any) -> None:
    if field == "title" and not value:
        raise Refused(_("Give the initiative a title."))
    setattr(initiative, field, dict(value or {}))
    initiative.words = words_of(initiative.title, initiative.objective, initiative.summary)


def _set_day(initiative: Initiative, field: str, value: Any) -> None:
    setattr(initiative, field, date.fromisoformat(value) if value else None)
    if initiative.starts_on is None:
        raise Refused(_("A declared record says when it begins."))
    for first, last in IN_ORDER:
        begins, ends = getattr(initiative, first), getattr(initiative, last)
        if begins and ends and begins > ends:
            raise Refused(_("The days would not be in order: settle the other day first, or choose another value."))


def _set_choice(initiative: Initiative, field: str, value: Any) -> None:
    if value not in CHOICES[field].values and (value or field == "size"):
        raise Refused(_("There is no such choice."))
    setattr(initiative, field, value or "")


def _set_type(initiative: Initiative, field: str, value: Any) -> None:
    initiative.cooperation_type = _term(TYPES, value)


def _set_list(initiative: Initiative, field: str, value: Any) -> None:
    getattr(initiative, field).set([_term(SCHEMES[field], code) for code in value or ()])


def _set_roles(initiative: Initiative, field: str, value: Any) -> None:
    parts = {one.number: one for one in initiative.components.all()}
    wanted = {(row["institution"], row["part"]): row["role"] for row in value or ()}
    if (initiative.institution.code, None) not in wanted:
        raise Refused(_("The institution that keeps the record takes part; it cannot be taken out."))
    institutions = {one.code: one for one in Institution.objects.filter(code__in={who for who, _part in wanted})}
    if len({one.country_id for one in institutions.values() if one.country_id}) < 2:
        raise Refused(_("Name institutions of at least two countries."))
    if not {part for _who, part in wanted if part is not None} <= parts.keys():
        raise Refused(_("The initiative has no such part any more."))
    leaving = []
    for row in initiative.participations.select_related("institution", "part"):
        role = wanted.pop((row.institution.code, row.part.number if row.part else None), None)
        if role is None:
            leaving.append(row.institution)
            row.delete()
        elif role != row.role.code:
            row.role = _term(PARTS, role)
            row.save()
    for (who, part), role in wanted.items():
        initiative.participations.create(
            institution=institutions[who], part=parts.get(part) if part else None, role=_term(PARTS, role)
        )
    refuse_leaving(initiative, leaving)
    # What was read of the sides before is no longer so.
    getattr(initiative, "_prefetched_objects_cache", {}).pop("participations", None)


def _term(scheme: str, code: Any) -> Concept:
    """The term, of the newest version of its vocabulary that has it."""
    found = Concept.objects.filter(scheme__code=scheme, code=code or "").order_by("-scheme__version").first()
    if found is None:
        raise Refused(_("There is no such choice."))
    return found
