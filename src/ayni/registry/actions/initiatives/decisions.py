"""What the sides of an initiative have decided."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import snapshot
from ayni.common.errors import Refused
from ayni.registry.actions.initiatives.holding import touch, writable
from ayni.registry.models import Initiative, JointDecision


@transaction.atomic
def add_decision(
    *, by: Any, initiative: Initiative, text: dict[str, str], decided_on: date, joint: bool
) -> JointDecision:
    """What was decided, by all sides together or by one alone. Raises Refused for a day to come, or without a text."""
    initiative = writable(by=by, initiative=initiative)
    if not text:
        raise Refused(_("Write down what was decided."))
    if decided_on > timezone.localdate():
        raise Refused(_("The day of the decision has not come yet."))
    added = initiative.decisions.create(text=text, decided_on=decided_on, joint=joint)
    touch(by=by, initiative=initiative, verb="decision recorded", before=None, after=snapshot(added))
    return added
