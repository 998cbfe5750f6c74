"""A row of the sheet of initiatives goes in through the actions of its pages."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from ayni.common.sheets.sheet import SEPARATOR, Change
from ayni.directory.models import Institution
from ayni.registry.actions.initiatives.frame import InitiativeFacts, begin_initiative, edit_initiative
from ayni.registry.models import SCHEMES, Agreement, Initiative
from ayni.registry.queries.sheets.columns import term
from ayni.registry.queries.sheets.initiatives import DAYS, TEXTS

PLAIN = ("size", "formality", "continuity", "source")


@transaction.atomic
def save_initiative_row(*, by: Any, change: Change) -> None:
    """Begin the record of a new row, or change the frame of one that stands. Refuses what those actions refuse."""
    if change.standing is None:
        institution = Institution.objects.select_related("country").get(code=change.cells["institution"])
        role = term("cooperation-roles", change.cells["role"])
        begin_initiative(by=by, institution=institution, facts=_facts(change, None), role=role)
        return
    standing: Initiative = change.standing.row
    edit_initiative(by=by, initiative=standing, base=standing.revision, facts=_facts(change, standing))


def _facts(change: Change, standing: Initiative | None) -> InitiativeFacts:
    changed = change.changed
    found: dict[str, Any] = {}
    for name in TEXTS:
        found[name] = change.texts(name, getattr(standing, name) if standing else None)
    for name in PLAIN:
        found[name] = changed.get(name, getattr(standing, name) if standing else "")
    for name in DAYS:
        found[name] = _day(changed[name]) if name in changed else getattr(standing, name) if standing else None
    for name, scheme in SCHEMES.items():
        stand = list(getattr(standing, name).all()) if standing else []
        codes = _codes(changed[name]) if name in changed else [one.code for one in stand]
        found[name] = tuple(term(scheme, code, stand) for code in codes)
    kind = standing.cooperation_type if standing else None
    if "type" in changed:
        kind = term("cooperation-types", changed["type"], [kind] if kind else [])
    parent = standing.parent if standing else None
    if "parent" in changed:
        parent = Initiative.objects.filter(code=changed["parent"]).first()
    agreements: Iterable[Agreement] = standing.agreements.all() if standing else []
    if "agreements" in changed:
        agreements = Agreement.objects.filter(pk__in=_codes(changed["agreements"])).order_by("pk")
    return InitiativeFacts(cooperation_type=kind, parent=parent, agreements=tuple(agreements), **found)  # type: ignore[arg-type]  # required of a new row


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None


def _codes(value: str) -> list[str]:
    return [code for code in value.split(SEPARATOR) if code]
