"""A merging is taken back: each of the two records stands as it stood, as long as nobody has spoken of the kept one since."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.common.permissions import DECLARE
from ayni.registry.actions.initiatives.holding import is_public, locked
from ayni.registry.models import Dispute, Initiative, InitiativeApproval, Outcome
from ayni.registry.queries.declarations.lifecycle import may_merge

# Of the kept record, what merging may change in its row.
COLUMNS = ("revision", "validation", "state", "approved_on")
Trace = dict[str, Any]


def trace_of(kept: Initiative, merged: Initiative) -> Trace:
    """What a merging touches of two records, as JSON: taken before and after it, it says how to take it back."""
    row = snapshot(Initiative.objects.get(pk=kept.pk))
    return {
        "row": {name: row[name] for name in COLUMNS},
        "participations": sorted(kept.participations.order_by().values_list("pk", flat=True)),
        "declarations": {str(one.pk): snapshot(one) for one in kept.declarations.all()},
        "disputes": {str(one.pk): snapshot(one) for one in Dispute.objects.filter(declaration__initiative=kept)},
        "approvals": {str(one.pk): snapshot(one) for one in kept.approvals.all()},
        "open": sorted(
            Dispute.objects.filter(declaration__initiative=merged, outcome=Outcome.OPEN)
            .order_by()
            .values_list("pk", flat=True)
        ),
    }


@transaction.atomic
def part_records(*, by: Any, kept: Initiative, merged: Initiative, before: Trace, after: Trace) -> Initiative:
    """Take a merging back: `merged` counts again, `kept` is what it was. By those who may merge it.

    `before` and `after` are `trace_of` at the merging. Raises Refused for records that are not merged, and when the kept record was
    changed or spoken of since: nobody's word is taken away.
    """
    first, second = sorted((kept, merged), key=lambda one: one.pk)
    held = {one.pk: one for one in (locked(first), locked(second))}
    kept, merged = held[kept.pk], held[merged.pk]
    if not may_merge(by, merged):
        raise PermissionDenied(DECLARE)
    if merged.merged_into_id != kept.pk:
        raise Refused(_("These two records are not merged."))
    now = trace_of(kept, merged)
    if {**now, "open": None} != {**after, "open": None}:
        raise Refused(
            _("The record that stayed was changed or answered since: nobody's word is taken away. Settle it there.")
        )
    row, other = snapshot(kept), snapshot(merged)
    _restore(kept, before)
    merged.merged_into = None
    merged.save()
    Dispute.objects.filter(pk__in=before["open"]).update(outcome=Outcome.OPEN, settled_at=None, settled_by=None)
    record(by=by, verb="record parted", on=merged, before=other, after=snapshot(merged), public=is_public(merged))
    told = {**snapshot(kept), "parted": merged.code}
    record(by=by, verb="another record parted", on=kept, before=row, after=told, public=is_public(kept))
    return merged


def _restore(kept: Initiative, before: Trace) -> None:
    Dispute.objects.filter(declaration__initiative=kept).exclude(pk__in=before["disputes"]).delete()
    kept.declarations.exclude(pk__in=before["declarations"]).delete()
    for pk, values in before["declarations"].items():
        kept.declarations.filter(pk=pk).update(**_columns(values))
    for pk, values in before["disputes"].items():
        Dispute.objects.filter(pk=pk).update(**_columns(values))
    kept.participations.exclude(pk__in=before["participations"]).delete()
    present = set(kept.approvals.values_list("country", flat=True))
    for values in before["approvals"].values():
        if values["country_id"] not in present:
            InitiativeApproval.objects.create(**_columns(values))
    for name in COLUMNS:
        setattr(kept, name, before["row"][name])
    kept.save()


def _columns(values: Trace) -> Trace:
    """A snapshot as columns are written: without the key, moments read from their text."""
    return {
        name: parse_datetime(value) if value and name.endswith("_at") else value
        for name, value in values.items()
        if name != "id"
    }
