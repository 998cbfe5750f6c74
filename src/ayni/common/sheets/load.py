"""A file of a list goes in as a whole, exactly as its dry run showed it."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.errors import Conflict, Refused
from ayni.common.queries.trees import wait_to_place
from ayni.common.sheets.plan import Planned, plan_sheet
from ayni.common.sheets.sheet import Source


@transaction.atomic
def load_sheet(
    *, by: Any, source: Source, data: bytes, name: str = "", seen: str, choices: Mapping[int, str] | None = None
) -> int:
    """Add and change the rows of a file; those it does not name stay. Returns how many rows went in.

    `seen` is the digest of the dry run that the person saw; `choices` say for each row in conflict whether the file's version
    goes in or the site's stays. Raises Conflict when the same file would now change something else, Refused when a row is wrong,
    a choice is missing, or nothing changes. Nothing is half written.
    """
    # The same person's two loads at once go in one after the other: the second finds what the first has added.
    get_user_model()._default_manager.select_for_update().filter(pk=by.pk).first()
    if source.places:
        # Before the rows are held, as whoever places one alone does.
        wait_to_place()
    plan = plan_sheet(source, data, by=by, name=name)
    if plan.refused:
        raise Refused(_row(plan.refused[0], " ".join(plan.refused[0].reasons)))
    if plan.digest != seen:
        raise Conflict(_("The list has changed since you looked at the file. Look at it again; nothing was written."))
    count = 0
    for row in plan.going_in:
        change = row.chosen((choices or {}).get(row.number))
        if change is not None:
            _save(source, by, row, change)
            count += 1
    if not plan.going_in:
        raise Refused(_("The file changes nothing."))
    return count


def _save(source: Source, by: Any, row: Planned, change: Any) -> None:
    try:
        source.save(by=by, change=change)
    except PermissionDenied:
        raise Refused(_row(row, _("You may read this, not change it."))) from None
    except Refused as refusal:
        raise Refused(_row(row, str(refusal))) from refusal


def _row(row: Planned, reason: str) -> str:
    return _("Row %(row)s, %(what)s: %(reason)s") % {"row": row.number, "what": row.what, "reason": reason}
