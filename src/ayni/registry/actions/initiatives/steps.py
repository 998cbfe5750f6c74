"""The steps of an initiative's life, with what each asks for before."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, record_part, snapshot
from ayni.common.errors import Refused
from ayni.common.lifecycle import Step
from ayni.common.permissions import APPROVE_INITIATIVES
from ayni.directory.models import Country
from ayni.registry.actions.initiatives.holding import is_public, locked, refuse_merged
from ayni.registry.models import Initiative, InitiativeState
from ayni.registry.queries.initiatives.approvals import JOINED_IN, approves, missing_approvals, still_to_approve
from ayni.registry.queries.initiatives.guards import lacking
from ayni.registry.queries.initiatives.lifecycle import may_take, step_of


@transaction.atomic
def take_step(*, by: Any, initiative: Initiative, step: str, reason: str = "") -> Initiative:
    """Take a step of an initiative's life. Approving is `approve_initiative`, one country after the other.

    Raises PermissionDenied and Refused as the table and the guards say; the refusal names all that is missing.
    """
    initiative = locked(initiative)
    asked = step_of(step)
    if not may_take(by, initiative, asked):
        raise PermissionDenied(asked.permission)
    _refuse_unless_possible(initiative, asked, reason)
    if asked.code == "approve":
        raise Refused(_("Each country approves for itself: choose yours."))
    return _carry_out(by, initiative, asked, reason.strip())


@transaction.atomic
def approve_initiative(*, by: Any, initiative: Initiative, country: Country) -> Initiative:
    """A country's coordination approves; with the last one the initiative is approved. One that has joined since approves too.

    Raises Refused while something is missing, or when the country has approved already.
    """
    initiative = locked(initiative)
    step = step_of("approve")
    if not approves(by, initiative, country):
        raise PermissionDenied(APPROVE_INITIATIVES)
    joined = initiative.state in JOINED_IN and country in still_to_approve(initiative)
    if joined:
        _refuse_lacking(initiative, "join")
    else:
        _refuse_unless_possible(initiative, step, "")
    if initiative.approvals.filter(country=country).exists():
        raise Refused(_("%(country)s has approved already.") % {"country": country})
    given = initiative.approvals.create(country=country, approved_at=timezone.now(), approved_by=by)
    shown = is_public(initiative)
    record_part(by=by, verb="initiative approved for a country", on=initiative, after=snapshot(given), public=shown)
    if not joined and not missing_approvals(initiative):
        _carry_out(by, initiative, step, "")
    return initiative


def _refuse_unless_possible(initiative: Initiative, step: Step, reason: str) -> None:
    if initiative.state not in step.before:
        raise Refused(
            _("“%(step)s” is not possible now: the state is “%(state)s”. Look at the page again.")
            % {"step": step.label, "state": initiative.get_state_display()}
        )
    if step.reason and not reason.strip():
        raise Refused(_("Give the reason: the other side reads it."))
    _refuse_lacking(initiative, step.code)


def _refuse_lacking(initiative: Initiative, step: str) -> None:
    refuse_merged(initiative)
    missing = lacking(initiative, step)
    if missing:
        raise Refused(_("Something is missing: %(what)s") % {"what": " ".join(gap.text for gap in missing)})


def _carry_out(by: Any, initiative: Initiative, step: Step, reason: str) -> Initiative:
    before = snapshot(initiative)
    initiative.state, initiative.reason = step.after, reason
    _date(initiative, step.code, timezone.localdate())
    initiative.revision += 1
    initiative.save()
    if step.code == "revise":
        initiative.approvals.all().delete()
    record(
        by=by,
        verb=step.verb,
        on=initiative,
        before=before,
        after=snapshot(initiative),
        public=is_public(initiative),
    )
    return initiative


def _date(initiative: Initiative, step: str, today: date) -> None:
    if step == "approve":
        initiative.approved_on = today
    elif step == "revise":
        initiative.approved_on = None
    elif step == "begin":
        initiative.began_on = today
    elif step == "follow":
        initiative.closed_on = today
    elif step == "cancel" and initiative.state == InitiativeState.CANCELLED and initiative.began_on:
        initiative.closed_on = today
