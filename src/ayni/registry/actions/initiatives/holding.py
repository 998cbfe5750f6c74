"""Holding the record of an initiative while it changes: who may, whether it can, what the record of changes keeps."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.audit import record_part, snapshot
from ayni.common.errors import Refused
from ayni.common.permissions import KEEP_INITIATIVES, require
from ayni.registry.models import PUBLIC_RECORDS, Initiative
from ayni.registry.queries.initiatives.lifecycle import WRITABLE


@transaction.atomic
def writable(*, by: Any, initiative: Initiative) -> Initiative:
    """The initiative, held for this transaction. Raises PermissionDenied, or Refused once its record is over."""
    initiative = locked(initiative)
    require(by, KEEP_INITIATIVES, initiative)
    refuse_over(initiative, WRITABLE)
    return initiative


def refuse_merged(initiative: Initiative) -> None:
    """Raises Refused for a record that another counts instead of."""
    if initiative.merged_into_id is not None:
        raise Refused(_("This record was merged into another: change that one."))


def refuse_over(initiative: Initiative, states: Collection[str]) -> None:
    """Raises Refused for a merged record, and for one that is in none of the `states` in which this is written."""
    refuse_merged(initiative)
    if initiative.state not in states:
        raise Refused(
            _("The initiative is “%(state)s”: its record is no longer changed.")
            % {"state": initiative.get_state_display()}
        )


def locked(initiative: Initiative) -> Initiative:
    """The initiative as it stands, held for this transaction, with its sides."""
    rows = Initiative.objects.select_for_update(of=("self",)).select_related("institution__country", "cooperation_type")
    return rows.prefetch_related("participations__institution__country", "participations__institution__names").get(
        pk=initiative.pk
    )


@transaction.atomic
def touch(*, by: Any, initiative: Initiative, verb: str, before: Any, after: Any) -> None:
    """Count a change of a part of the record, and write it down: see `record_part`."""
    row = snapshot(initiative)
    initiative.revision += 1
    initiative.save(update_fields=["revision", "changed_at"])
    public = is_public(initiative)
    record_part(by=by, verb=verb, on=initiative, before=before, after=after, was=row, public=public)


def is_public(initiative: Initiative) -> bool:
    """Whether a change of it shows on a page that anybody can read."""
    return initiative.validation in PUBLIC_RECORDS
