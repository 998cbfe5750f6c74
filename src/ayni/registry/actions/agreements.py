"""Keeping agreements: their text, parties, signatures, documents, amendments, and the steps of their lives."""

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
from ayni.common.queries.trees import below_itself, wait_to_place
from ayni.directory.models import Concept, Institution
from ayni.registry.models import (
    CONCLUDED,
    Agreement,
    AgreementParty,
    AgreementState,
)
from ayni.registry.queries.agreements import gaps, overdue, unsigned
from ayni.registry.queries.lifecycle import WRITABLE, may_take, step_of


@dataclass(frozen=True)
class AgreementFacts:
    """What an agreement says, as it was filled in."""

    form: Concept
    parent: Agreement | None
    title: dict[str, str]
    purpose: dict[str, str]
    roles: dict[str, str]
    responsibilities: dict[str, str]
    limits: dict[str, str]
    valid_from: date | None
    valid_to: date | None
    renews: bool
    source: str


@transaction.atomic
def begin_agreement(*, by: Any, institution: Institution, facts: AgreementFacts) -> Agreement:
    """A draft whose first party is the institution that keeps it.

    Raises Refused when its dates are not in order, or for an international institution: no coordination would review it.
    """
    require(by, KEEP_AGREEMENTS, institution)
    if institution.country_id is None:
        raise Refused(
            _(
                "An institution of a country keeps the record: begin it there, then add the international one as a party."
            )
        )
    _check(facts, None)
    agreement = Agreement.objects.create(institution=institution, **vars(facts))
    agreement.parties.create(institution=institution)
    record(by=by, verb="agreement begun", on=agreement, after=snapshot(agreement), public=False)
    return agreement


@transaction.atomic
def edit_agreement(*, by: Any, agreement: Agreement, base: int, facts: AgreementFacts) -> Agreement:
    """Change a draft. Raises Conflict when somebody else has changed it since revision `base`, Refused for one that stands."""
    if facts.parent is not None and facts.parent.pk != agreement.parent_id:
        wait_to_place()
    agreement = _writable(by, agreement)
    if base != agreement.revision:
        raise Conflict(
            _("Somebody else has changed this agreement meanwhile. Compare it with what stands, then save again.")
        )
    _check(facts, agreement)
    before = snapshot(agreement)
    for name, value in vars(facts).items():
        setattr(agreement, name, value)
    agreement.revision += 1
    agreement.save()
    record(by=by, verb="agreement changed", on=agreement, before=before, after=snapshot(agreement), public=False)
    return agreement


@transaction.atomic
def add_party(
    *, by: Any, agreement: Agreement, institution: Institution, commitments: dict[str, str]
) -> AgreementParty:
    """Another institution bound by a draft. Raises Refused when it is one already."""
    agreement = _writable(by, agreement)
    if agreement.parties.filter(institution=institution).exists():
        raise Refused(_("%(institution)s is a party already.") % {"institution": institution})
    party = agreement.parties.create(institution=institution, commitments=commitments)
    record_part(by=by, verb="agreement party added", on=agreement, after=snapshot(party), public=False)
    return party


@transaction.atomic
def edit_party(*, by: Any, party: AgreementParty, base: int, commitments: dict[str, str]) -> AgreementParty:
    """What a party of a draft commits itself to. Raises Conflict when somebody else has changed it since revision `base`."""
    agreement = _writable(by, party.agreement)
    party = _party(party)
    if base != party.revision:
        raise Conflict(
            _("Somebody else has changed this agreement meanwhile. Compare it with what stands, then save again.")
        )
    before = snapshot(party)
    party.commitments = commitments
    party.revision += 1
    party.save()
    record_part(by=by, verb="agreement party changed", on=agreement, before=before, after=snapshot(party), public=False)
    return party


@transaction.atomic
def remove_party(*, by: Any, party: AgreementParty) -> None:
    """Take a party out of a draft. Raises Refused for the institution that keeps the record."""
    agreement = _writable(by, party.agreement)
    if party.institution_id == agreement.institution_id:
        raise Refused(_("The institution that keeps the record is a party; it cannot be taken out."))
    record_part(by=by, verb="agreement party removed", on=agreement, before=snapshot(party), public=False)
    party.delete()


@transaction.atomic
def take_step(*, by: Any, agreement: Agreement, step: str, reason: str = "") -> Agreement:
    """Take a step of an agreement's life. Raises PermissionDenied and Refused as the table and the guards say."""
    agreement = _locked(agreement)
    asked = step_of(step)
    if not may_take(by, agreement, asked):
        raise PermissionDenied(asked.permission)
    return _carry_out(by, agreement, asked, reason.strip())


@transaction.atomic
def expire_overdue(*, by: Any, today: date) -> int:
    """Let agreements expire whose last day is past and that do not renew by themselves. Returns how many did."""
    ended = 0
    for agreement in overdue(today):
        agreement = _locked(agreement)
        if agreement.state == AgreementState.IN_FORCE:
            _carry_out(by, agreement, step_of("expire"), "")
            ended += 1
    return ended


def _carry_out(by: Any, agreement: Agreement, step: Step, reason: str) -> Agreement:
    if agreement.state not in step.before:
        raise Refused(
            _("“%(step)s” is not possible now: the state is “%(state)s”. Look at the page again.")
            % {"step": step.label, "state": agreement.get_state_display()}
        )
    if step.reason and not reason:
        raise Refused(_("Give the reason: the other side reads it."))
    _guard(agreement, step)
    before = snapshot(agreement)
    agreement.state, agreement.reason = step.after, reason
    if step.code == "sign":
        agreement.reviewed_at, agreement.reviewed_by = timezone.now(), by
    elif step.code == "return":
        agreement.reviewed_at = agreement.reviewed_by = None
        agreement.parties.update(signatory="", rank=None, signed_on=None, by_other_side=False)
    agreement.save()
    shown = before["state"] in CONCLUDED or agreement.state in CONCLUDED
    record(by=by, verb=step.verb, on=agreement, before=before, after=snapshot(agreement), public=shown)
    return agreement


def _guard(agreement: Agreement, step: Step) -> None:
    if step.code == "review" and (lacking := gaps(agreement)):
        raise Refused(_("Something is missing: %(what)s") % {"what": " ".join(lacking)})
    if step.code == "sign" and (waiting := unsigned(agreement)):
        raise Refused(_("Not everybody has signed: %(who)s.") % {"who": ", ".join(str(party) for party in waiting)})
    if step.code in ("enter-force", "terminate") and agreement.valid_from is None:
        raise Refused(_("Say from which day the agreement holds: return it and give its first day."))
    if step.code == "enter-force" and agreement.valid_from and agreement.valid_from > timezone.localdate():
        raise Refused(_("The first day has not come yet."))


def _check(facts: AgreementFacts, agreement: Agreement | None) -> None:
    if not facts.title:
        raise Refused(_("Give the agreement a title."))
    if facts.valid_from and facts.valid_to and facts.valid_from > facts.valid_to:
        raise Refused(_("The last day comes before the first."))
    if agreement is not None and facts.parent is not None and below_itself(agreement, facts.parent):
        raise Refused(_("The agreement would stand below itself."))


def _writable(by: Any, agreement: Agreement) -> Agreement:
    agreement = _locked(agreement)
    require(by, KEEP_AGREEMENTS, agreement)
    if agreement.state not in WRITABLE:
        raise Refused(_("Only a draft is changed in place. What is in force is amended."))
    return agreement


def _party(party: AgreementParty) -> AgreementParty:
    """The row as it stands once its agreement is locked."""
    return AgreementParty.objects.select_related("institution__country").get(pk=party.pk)


def _locked(agreement: Agreement) -> Agreement:
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("institution__country", "form")
    return rows.get(pk=agreement.pk)
