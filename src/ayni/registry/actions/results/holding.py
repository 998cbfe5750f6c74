"""What the writing of results has in common: the frame, held for the transaction by whom may, and its record."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from ayni.common.audit import record, record_part
from ayni.common.errors import Conflict
from ayni.common.permissions import KEEP_INITIATIVES, require
from ayni.registry.actions.initiatives.holding import is_public, locked, refuse_over
from ayni.registry.models import OPEN_STATES, ResultFrame

OF_THE_FRAME = ("result frame opened", "result frame placed")


@transaction.atomic
def held(*, by: Any, frame: ResultFrame, permission: str = KEEP_INITIATIVES) -> ResultFrame:
    """The frame as it stands, held for this transaction. Raises PermissionDenied, or Refused once its initiative is over.

    Results are also written after the execution: impact is measured 12 and 24 months later.
    """
    rows = ResultFrame.objects.select_for_update(of=("self",)).select_related("institution__country", "parent")
    frame = rows.get(pk=frame.pk)
    if frame.initiative is not None:
        frame.initiative = locked(frame.initiative)
    require(by, permission, frame)
    still_open(frame)
    return frame


def still_open(frame: ResultFrame) -> None:
    """Raises Refused once the initiative's results are no longer written."""
    initiative = frame.initiative
    if initiative is None:
        return
    refuse_over(initiative, OPEN_STATES)


def shown(frame: ResultFrame) -> bool:
    """Whether anyone can read the frame."""
    return frame.initiative is None or is_public(frame.initiative)


def meet(base: int, revision: int) -> None:
    """Raises Conflict when somebody else has changed it since revision `base`."""
    if base != revision:
        raise Conflict(
            _("Somebody else has changed this record meanwhile. Compare it with what stands, then save again.")
        )


@transaction.atomic
def write_down(*, by: Any, frame: ResultFrame, verb: str, before: Any, after: Any) -> None:
    """Keep what changed, in the record of the initiative or of the pair's frame: as a part of it, where it is not the frame itself."""
    on: models.Model = frame.initiative or frame
    keep = record if on is frame and verb in OF_THE_FRAME else record_part
    keep(by=by, verb=verb, on=on, before=before, after=after, public=shown(frame))


def count_change(frame: ResultFrame) -> None:
    """The frame has changed: who saves on what it was before meets a conflict."""
    frame.revision += 1
    frame.save(update_fields=["revision"])
