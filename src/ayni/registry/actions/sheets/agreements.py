"""A row of the sheet of agreements goes in through the actions of its pages."""

from datetime import date
from typing import Any

from django.db import transaction

from ayni.common.sheets.sheet import Change
from ayni.directory.models import Institution
from ayni.registry.actions.agreements import AgreementFacts, begin_agreement, edit_agreement
from ayni.registry.models import Agreement
from ayni.registry.queries.sheets.agreements import DAYS, TEXTS
from ayni.registry.queries.sheets.columns import term


@transaction.atomic
def save_agreement_row(*, by: Any, change: Change) -> None:
    """Begin the record of a new row, or change a draft. Refuses what those actions refuse."""
    if change.standing is None:
        institution = Institution.objects.select_related("country").get(code=change.cells["institution"])
        begin_agreement(by=by, institution=institution, facts=_facts(change, None))
        return
    standing: Agreement = change.standing.row
    edit_agreement(by=by, agreement=standing, base=standing.revision, facts=_facts(change, standing))


def _facts(change: Change, standing: Agreement | None) -> AgreementFacts:
    changed = change.changed
    found: dict[str, Any] = {}
    for name in TEXTS:
        found[name] = change.texts(name, getattr(standing, name) if standing else None)
    for name in DAYS:
        found[name] = getattr(standing, name) if standing else None
        if name in changed:
            found[name] = date.fromisoformat(changed[name]) if changed[name] else None
    form = standing.form if standing else None
    if "form" in changed:
        form = term("agreement-forms", changed["form"], [form] if form else [])
    parent = standing.parent if standing else None
    if "parent" in changed:
        parent = Agreement.objects.get(pk=changed["parent"]) if changed["parent"] else None
    return AgreementFacts(
        form=form,  # type: ignore[arg-type]  # required of a new row
        parent=parent,
        renews=bool(changed["renews"]) if "renews" in changed else bool(standing and standing.renews),
        source=changed.get("source", standing.source if standing else ""),
        **found,
    )
