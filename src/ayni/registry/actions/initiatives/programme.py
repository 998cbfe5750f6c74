"""The programme above an initiative: one with a common side; who keeps it can let an initiative go."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.audit import record
from ayni.common.errors import Refused
from ayni.common.permissions import KEEP_INITIATIVES, require
from ayni.registry.actions.initiatives.frame import told
from ayni.registry.actions.initiatives.holding import is_public, locked
from ayni.registry.models import Initiative


@transaction.atomic
def let_go(*, by: Any, initiative: Initiative) -> Initiative:
    """Take an initiative out of the programme that `by` keeps. Raises PermissionDenied, or Refused when it is in none any more."""
    initiative = locked(initiative)
    if initiative.parent is None:
        raise Refused(_("The initiative is in no programme any more. Look at the page again."))
    require(by, KEEP_INITIATIVES, initiative.parent)
    before = told(initiative)
    initiative.parent = None
    initiative.revision += 1
    initiative.save(update_fields=["parent", "revision", "changed_at"])
    public = is_public(initiative)
    record(by=by, verb="initiative changed", on=initiative, before=before, after=told(initiative), public=public)
    return initiative
