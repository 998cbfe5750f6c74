"""How a dispute is settled: the claim goes into the record, another value does, or the record stays as it is."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Conflict, Refused
from ayni.common.lifecycle import Step
from ayni.registry.actions.declarations.values import set_declared
from ayni.registry.actions.initiatives.approvals import approve_again
from ayni.registry.actions.initiatives.holding import locked, refuse_merged
from ayni.registry.actions.validation.letters import tell
from ayni.registry.actions.validation.standing import notify, write_standing
from ayni.registry.models import About, Declaration, Dispute, Initiative, Outcome, Stance
from ayni.registry.queries.declarations.lifecycle import is_possible, may_take, step_of, voices
from ayni.registry.queries.declared import FIELDS, declared_values, fingerprint


@transaction.atomic
def propose(*, by: Any, dispute: Dispute, value: Any) -> Dispute:
    """A side puts a third value forward; it takes the place of an earlier proposal. Raises Refused for the claim itself."""
    dispute, initiative = _open(by, dispute, "propose")
    if value == dispute.claimed:
        raise Refused(_("That is what is claimed already: accept the claim instead."))
    before = snapshot(dispute)
    mine, own = voices(by, initiative), dispute.declaration.country_id
    dispute.proposed = value
    dispute.proposed_by_id = own if own in mine else sorted(mine)[0]
    dispute.save()
    _write_down(by, initiative, dispute, "value proposed", before)
    return dispute


@transaction.atomic
def accept_claim(*, by: Any, dispute: Dispute) -> Initiative:
    """Another side accepts what the disputing one says: it goes into the record."""
    dispute, initiative = _open(by, dispute, "accept-claim")
    return _settle(by, initiative, dispute, step_of("accept-claim"), dispute.claimed)


@transaction.atomic
def accept_proposal(*, by: Any, dispute: Dispute, seen: str | None = None) -> Initiative:
    """The side to which a value was proposed accepts it: it goes into the record. Raises Refused while there is none.

    `seen` is the fingerprint of the proposal that was read: raises Conflict when another one stands by now.
    """
    dispute, initiative = _open(by, dispute, "accept-proposal")
    if seen is not None and seen != fingerprint(dispute.proposed):
        raise Conflict(_("Another value was proposed while you read: look at it first."))
    return _settle(by, initiative, dispute, step_of("accept-proposal"), dispute.proposed)


@transaction.atomic
def withdraw_claim(*, by: Any, dispute: Dispute) -> Initiative:
    """The disputing side takes its claim back: the record stays as it is."""
    dispute, initiative = _open(by, dispute, "withdraw")
    return _settle(by, initiative, dispute, step_of("withdraw"), declared_values(initiative)[dispute.field])


@transaction.atomic
def ask_secretariat(*, by: Any, dispute: Dispute) -> Dispute:
    """A side asks the secretariat to settle it. Raises Refused when that was asked already."""
    dispute, initiative = _open(by, dispute, "ask")
    before = snapshot(dispute)
    dispute.asked_secretariat = True
    dispute.save()
    _write_down(by, initiative, dispute, "mediation asked", before)
    return dispute


@transaction.atomic
def mediate(*, by: Any, dispute: Dispute, value: Any, reason: str) -> Initiative:
    """The secretariat says which value holds, and why. Raises Refused unless a side has asked, and without a reason."""
    dispute, initiative = _open(by, dispute, "mediate")
    if not reason.strip():
        raise Refused(_("Give the reason: both sides read it."))
    dispute.reason = reason.strip()
    settled = _settle(by, initiative, dispute, step_of("mediate"), value)
    told = {"field": FIELDS[dispute.field], "reason": dispute.reason}
    tell(settled.declarations.all(), About.MEDIATED, f"dispute {dispute.pk}", **told)
    return settled


def _open(by: Any, dispute: Dispute, step: str) -> tuple[Dispute, Initiative]:
    """The dispute and its record, held for this transaction."""
    initiative = locked(dispute.declaration.initiative)
    dispute = Dispute.objects.select_related("declaration__country").get(pk=dispute.pk)
    asked = step_of(step)
    if not may_take(by, asked, dispute, initiative):
        raise PermissionDenied(asked.permission)
    refuse_merged(initiative)
    if not is_possible(asked, dispute):
        raise Refused(
            _("“%(step)s” is not possible for “%(field)s” now: look at the page again.")
            % {"step": asked.label, "field": FIELDS[dispute.field]}
        )
    return dispute, initiative


def _settle(by: Any, initiative: Initiative, dispute: Dispute, step: Step, value: Any) -> Initiative:
    said = dispute.declaration
    before, was = snapshot(initiative), declared_values(initiative)[dispute.field]
    mine = voices(by, initiative)
    dispute.outcome, dispute.value = step.after, value
    dispute.settled_at, dispute.settled_by = timezone.now(), by
    dispute.save()
    if value != was:
        set_declared(by=by, initiative=initiative, field=dispute.field, value=value)
        _bind(by, initiative, _agreed(step, dispute, mine))
        approve_again(by=by, initiative=initiative)
    if not said.disputes.filter(outcome=Outcome.OPEN).exists():
        Declaration.objects.filter(pk=said.pk).update(stance=Stance.RECONCILED, revision=initiative.revision)
    also = {"side": said.country_id, "field": dispute.field, "outcome": step.after, dispute.field: value}
    write_standing(
        by=by,
        initiative=initiative,
        verb=step.verb,
        before={**before, dispute.field: was},
        also=also | ({"mediation": dispute.reason} if dispute.reason else {}),
        today=timezone.localdate(),
    )
    return initiative


def _agreed(step: Step, dispute: Dispute, mine: set[str]) -> set[str] | None:
    """Who made the agreement: who accepts, and whose claim or proposal it was; None for a mediation, which binds everybody."""
    if step.after == Outcome.MEDIATED:
        return None
    proposer = {dispute.proposed_by_id} if step.after == Outcome.AGREED and dispute.proposed_by_id else set()
    return mine | proposer | {dispute.declaration.country_id}


def _bind(by: Any, initiative: Initiative, agreed: set[str] | None) -> None:
    """The record has another value: those who agreed speak of it as it is now, the other sides are asked again.

    A mediation (None) binds every side that was there; a country that it brings in is asked for the first time.
    """
    known = set(initiative.declarations.values_list("country", flat=True))
    bound = known if agreed is None else known & agreed
    spoken = initiative.declarations.filter(country__in=bound).exclude(stance=Stance.NOTIFIED)
    spoken.update(revision=initiative.revision)
    notify(by=by, initiative=initiative, but=bound, today=timezone.localdate())


def _write_down(by: Any, initiative: Initiative, dispute: Dispute, verb: str, before: Mapping[str, Any]) -> None:
    """Nothing of the record itself changes; its history tells it all the same."""
    after = snapshot(dispute)
    changed = {key for key in after if after[key] != before[key]} | {"field"}
    parts = [{key: values[key] for key in sorted(changed)} for values in (before, after)]
    record(by=by, verb=verb, on=initiative, before={"part": parts[0]}, after={"part": parts[1]}, public=False)
