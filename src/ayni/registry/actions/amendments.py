"""Amending and renewing what is in force: a copy is drafted, reviewed and signed by each party, then takes the text's place."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, record_part, snapshot
from ayni.common.errors import Conflict, Refused
from ayni.common.lifecycle import Step
from ayni.common.permissions import KEEP_AGREEMENTS, require
from ayni.registry.models import OPEN_AMENDMENTS, Agreement, AgreementState, Amendment, AmendmentKind, AmendmentState
from ayni.registry.queries.amendment_lifecycle import may_take, step_of
from ayni.registry.queries.amendments import COPIED, copy_of, gaps, signed_by
from ayni.registry.queries.lifecycle import AMENDABLE


@dataclass(frozen=True)
class AmendmentFacts:
    """What an amendment says, as it was filled in; `texts` as `copy_of` gives them."""

    changes: dict[str, str]
    texts: dict[str, Any]
    agreed_on: date | None
    valid_to: date | None = None


@transaction.atomic
def begin_amendment(*, by: Any, agreement: Agreement, kind: str, facts: AmendmentFacts) -> Amendment:
    """A draft of an amendment or a renewal.

    Raises Refused for an agreement that is not in force nor expired, while another amendment is on its way, or when the days of
    a renewal are not in order.
    """
    agreement = _locked(agreement)
    require(by, KEEP_AGREEMENTS, agreement)
    _amendable(agreement)
    if agreement.amendments.filter(state__in=OPEN_AMENDMENTS).exists():
        raise Refused(_("Another amendment is on its way: finish it or withdraw it first."))
    _check(agreement, kind, facts)
    last = agreement.amendments.order_by("-number").values_list("number", flat=True).first() or 0
    added = agreement.amendments.create(number=last + 1, kind=kind, **vars(facts))
    record_part(by=by, verb="amendment begun", on=agreement, after=snapshot(added), public=False)
    return added


@transaction.atomic
def edit_amendment(*, by: Any, amendment: Amendment, base: int, facts: AmendmentFacts) -> Amendment:
    """Change a draft. Raises Conflict when somebody else has changed it since revision `base`, Refused once it is reviewed."""
    amendment = _held(amendment)
    require(by, KEEP_AGREEMENTS, amendment.agreement)
    if amendment.state != AmendmentState.DRAFT:
        raise Refused(_("Only a draft is changed: ask for the amendment to be returned."))
    if base != amendment.revision:
        raise Conflict(
            _("Somebody else has changed this amendment meanwhile. Compare it with what stands, then save again.")
        )
    _check(amendment.agreement, amendment.kind, facts)
    before = snapshot(amendment)
    for name, value in vars(facts).items():
        setattr(amendment, name, value)
    amendment.revision += 1
    amendment.save()
    after = snapshot(amendment)
    record_part(by=by, verb="amendment changed", on=amendment.agreement, before=before, after=after, public=False)
    return amendment


@transaction.atomic
def take_amendment_step(*, by: Any, amendment: Amendment, step: str, reason: str = "") -> Amendment:
    """Take a step of an amendment's life. Raises PermissionDenied and Refused as the table and the guards say."""
    amendment = _held(amendment)
    asked = step_of(step)
    if not may_take(by, amendment, asked):
        raise PermissionDenied(asked.permission)
    reason = reason.strip()
    if amendment.state not in asked.before:
        raise Refused(
            _("“%(step)s” is not possible now: the state is “%(state)s”. Look at the page again.")
            % {"step": asked.label, "state": amendment.get_state_display()}
        )
    if asked.reason and not reason:
        raise Refused(_("Give the reason: the other side reads it."))
    _guard(amendment, asked)
    before = snapshot(amendment)
    amendment.state, amendment.reason = asked.after, reason
    if asked.code == "sign":
        amendment.reviewed_at, amendment.reviewed_by = timezone.now(), by
    elif asked.code == "return":
        amendment.reviewed_at = amendment.reviewed_by = None
        amendment.signatures.all().delete()
    elif asked.code == "effect":
        _put_in_place(by, amendment)
    amendment.revision += 1
    amendment.save()
    after = snapshot(amendment)
    record_part(
        by=by, verb=asked.verb, on=amendment.agreement, before=before, after=after, public=asked.code == "effect"
    )
    return amendment


def _put_in_place(by: Any, amendment: Amendment) -> None:
    """The agreement says what the copy says; what it said until now stays with the amendment."""
    agreement = amendment.agreement
    before = snapshot(agreement)
    amendment.former = copy_of(agreement) | {"valid_to": agreement.valid_to.isoformat() if agreement.valid_to else ""}
    for name in COPIED:
        setattr(agreement, name, amendment.texts[name])
    for party in agreement.parties.all():
        party.commitments = amendment.texts["commitments"][party.institution.code]
        party.revision += 1
        party.save(update_fields=["commitments", "revision"])
    renewal = amendment.kind == AmendmentKind.RENEWAL
    if renewal:
        agreement.valid_to, agreement.state = amendment.valid_to, AgreementState.IN_FORCE
    agreement.revision += 1
    agreement.save()
    after = snapshot(agreement) | {"changes": amendment.changes}
    if renewal:
        record(by=by, verb="agreement renewed", on=agreement, before=before, after=after)
    else:
        record(by=by, verb="agreement amended", on=agreement, before=before, after=after)


def _guard(amendment: Amendment, step: Step) -> None:
    if step.code == "withdraw":
        return
    _amendable(amendment.agreement)
    if step.code == "review" and (lacking := gaps(amendment)):
        raise Refused(_("Something is missing: %(what)s") % {"what": " ".join(lacking)})
    if step.code == "sign":
        waiting = [str(one.party) for one in signed_by(amendment) if one.signature is None]
        if waiting:
            raise Refused(_("Not everybody has signed: %(who)s.") % {"who": ", ".join(waiting)})
    if step.code == "effect" and amendment.agreed_on and amendment.agreed_on > timezone.localdate():
        raise Refused(_("The day from which it is in effect has not come yet."))
    if step.code in ("review", "effect") and amendment.valid_to and amendment.valid_to < timezone.localdate():
        raise Refused(_("The last day of a renewal is still to come: correct it."))


def _check(agreement: Agreement, kind: str, facts: AmendmentFacts) -> None:
    """The days of a renewal are in order; an amendment moves none."""
    last, first = facts.valid_to, agreement.valid_from
    if kind != AmendmentKind.RENEWAL:
        if last is not None:
            raise Refused(_("Only a renewal moves the last day."))
        return
    if last is None or (agreement.valid_to is not None and last <= agreement.valid_to):
        raise Refused(_("A renewal has a last day after the present one."))
    if last < timezone.localdate():
        raise Refused(_("The last day of a renewal is still to come: correct it."))
    if first is not None and last < first:
        raise Refused(_("The last day comes before the first."))
    if facts.agreed_on is not None and last < facts.agreed_on:
        raise Refused(_("The last day comes before the day from which it is in effect."))


def _amendable(agreement: Agreement) -> None:
    if agreement.state not in AMENDABLE:
        raise Refused(_("Only an agreement in force, or one that has expired, is amended or renewed."))


def _held(amendment: Amendment) -> Amendment:
    """The amendment as it stands, its agreement held for this transaction."""
    agreement = _locked(amendment.agreement)
    found = agreement.amendments.select_for_update().get(pk=amendment.pk)
    found.agreement = agreement
    return found


def _locked(agreement: Agreement) -> Agreement:
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("institution__country", "form")
    return rows.prefetch_related("parties__institution__names").get(pk=agreement.pk)
