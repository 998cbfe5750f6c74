"""Who signs for a party: the rule of its country, whatever it signs."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record_part, snapshot
from ayni.common.errors import Refused
from ayni.common.permissions import REVIEW_AGREEMENTS
from ayni.directory.models import Concept
from ayni.registry.models import (
    Agreement,
    AgreementParty,
    AgreementState,
    Amendment,
    AmendmentSignature,
    AmendmentState,
)
from ayni.registry.queries.agreements import rule_for
from ayni.registry.queries.sides import Side, countries_with_coordination, signs_as


@transaction.atomic
def record_signature(
    *, by: Any, party: AgreementParty, signatory: str, rank: Concept, signed_on: date
) -> AgreementParty:
    """Who signed an agreement for a party, with which rank, on which day.

    The party's own coordination records it; that of the institution that keeps the record does so for a country without one.
    Raises Refused unless the agreement is in legal review, for a day to come, and for a rank that the party's country does not
    accept for the form.
    """
    agreement, party = _held(party)
    side = _side(by, agreement, party)
    if agreement.state != AgreementState.REVIEW:
        raise Refused(_("Signatures are recorded while the agreement is in legal review."))
    _check(agreement, party, rank, signed_on)
    before = snapshot(party)
    party.signatory, party.rank, party.signed_on = signatory.strip(), rank, signed_on
    party.by_other_side = side is Side.OTHER
    party.save()
    record_part(by=by, verb="signature recorded", on=agreement, before=before, after=snapshot(party), public=False)
    return party


@transaction.atomic
def record_amendment_signature(
    *, by: Any, amendment: Amendment, party: AgreementParty, signatory: str, rank: Concept, signed_on: date
) -> AmendmentSignature:
    """Who signed an amendment for a party; by whom, and what is refused, as for the agreement itself."""
    agreement, party = _held(party)
    amendment = agreement.amendments.select_for_update().get(pk=amendment.pk)
    side = _side(by, agreement, party)
    if amendment.state != AmendmentState.REVIEW:
        raise Refused(_("Signatures are recorded while the amendment is in legal review."))
    _check(agreement, party, rank, signed_on)
    told = {"signatory": signatory.strip(), "rank": rank, "signed_on": signed_on, "by_other_side": side is Side.OTHER}
    given, _new = AmendmentSignature.objects.update_or_create(amendment=amendment, party=party, defaults=told)
    record_part(by=by, verb="amendment signature recorded", on=agreement, after=snapshot(given), public=False)
    return given


def _side(by: Any, agreement: Agreement, party: AgreementParty) -> Side:
    side = signs_as(by, agreement, party, countries_with_coordination())
    if side is None:
        raise PermissionDenied(REVIEW_AGREEMENTS)
    return side


def _check(agreement: Agreement, party: AgreementParty, rank: Concept, signed_on: date) -> None:
    if signed_on > timezone.localdate():
        raise Refused(_("The day of the signature has not come yet."))
    rule = rule_for(party.institution.country_id, agreement.form)
    accepted = list(rule.ranks.all()) if rule else []
    if accepted and rank.code not in {one.code for one in accepted}:
        raise Refused(
            _("In %(country)s this form is signed by: %(ranks)s.")
            % {"country": party.institution.country, "ranks": ", ".join(str(one) for one in accepted)}
        )


def _held(party: AgreementParty) -> tuple[Agreement, AgreementParty]:
    """The agreement, held for this transaction, and the party as it stands then."""
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("institution__country", "form")
    agreement = rows.get(pk=party.agreement_id)
    return agreement, AgreementParty.objects.select_related("institution__country").get(pk=party.pk)
