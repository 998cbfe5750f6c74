"""The demonstration of the registry: fictional agreements of real institutions, in several states, taken there by its people."""

import calendar
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from ayni.accounts.models import User
from ayni.common.reference import document
from ayni.directory.models import Concept, Institution, Membership
from ayni.registry.actions.agreements import (
    AgreementFacts,
    add_party,
    begin_agreement,
    edit_party,
    expire_overdue,
    take_step,
)
from ayni.registry.actions.amendments import AmendmentFacts, begin_amendment, take_amendment_step
from ayni.registry.actions.signatures import record_amendment_signature, record_signature
from ayni.registry.models import Agreement
from ayni.registry.queries.amendments import copy_of


@transaction.atomic
def load_agreements(*, by: Any) -> bool:
    """Enter the agreements unless there are any. Returns whether it did."""
    if Agreement.objects.exists():
        return False
    held = list(Membership.objects.in_force().select_related("user"))
    coordinators = {one.country_id: one.user for one in held if one.role == "national-coordinator"}
    found: dict[str, Agreement] = {}
    for row in document("demo/agreements.json"):
        institution = Institution.objects.get(code=row["institution"])
        found[row["code"]] = _agreement(row, institution, coordinators, found)
    return True


def _agreement(
    row: dict[str, Any], institution: Institution, coordinators: dict[str | None, User], found: dict[str, Agreement]
) -> Agreement:
    keeper = coordinators[institution.country_id]
    facts = AgreementFacts(
        form=Concept.objects.current("agreement-forms").get(code=row["form"]),
        parent=found.get(row.get("parent", "")),
        valid_from=day(row["from_months"]),
        valid_to=day(row["to_months"]),
        renews=row["renews"],
        source="",
        **{name: row.get(name, {}) for name in ("title", "purpose", "roles", "responsibilities", "limits")},
    )
    agreement = begin_agreement(by=keeper, institution=institution, facts=facts)
    # Nobody says of their own agreement that it is fictional: the demonstration does.
    Agreement.objects.filter(pk=agreement.pk).update(fictional=True)
    commitments = [*row["commitments"], {}, {}]
    edit_party(by=keeper, party=agreement.parties.get(), base=1, commitments=commitments[0])
    other = Institution.objects.get(code=row["party"])
    add_party(by=keeper, agreement=agreement, institution=other, commitments=commitments[1])
    for step in row["steps"]:
        if step == "signatures":
            _sign(row, agreement, coordinators)
        elif step == "expire":
            expire_overdue(by=None, today=timezone.localdate())
        else:
            take_step(by=keeper, agreement=agreement, step=step)
    for amended in row.get("amendments", []):
        _amend(amended, row["ranks"], agreement, coordinators)
    return Agreement.objects.get(pk=agreement.pk)


def _amend(row: dict[str, Any], ranks: list[str], agreement: Agreement, coordinators: dict[str | None, User]) -> None:
    keeper = coordinators[agreement.institution.country_id]
    agreement = Agreement.objects.prefetch_related("parties__institution").get(pk=agreement.pk)
    texts = copy_of(agreement) | row["texts"]
    texts["commitments"] |= row.get("commitments", {})
    facts = AmendmentFacts(row["changes"], texts, day(row["from_months"]), day(row["to_months"]))
    amendment = begin_amendment(by=keeper, agreement=agreement, kind=row["kind"], facts=facts)
    for step in row["steps"]:
        if "signature" not in step:
            take_amendment_step(by=keeper, amendment=amendment, step=step)
            continue
        signing = list(zip(agreement.parties.order_by("pk"), ranks, strict=False))
        for party, rank in signing[: 1 if step == "first signature" else None]:
            record_amendment_signature(
                by=coordinators.get(party.institution.country_id, keeper),
                amendment=amendment,
                party=party,
                signatory="",
                rank=Concept.objects.current("agreement-ranks").get(code=rank),
                signed_on=min(facts.agreed_on or timezone.localdate(), timezone.localdate()),
            )


def _sign(row: dict[str, Any], agreement: Agreement, coordinators: dict[str | None, User]) -> None:
    keeper = coordinators[agreement.institution.country_id]
    signed_on = min(day(row["from_months"]) or timezone.localdate(), timezone.localdate())
    for party, rank in zip(agreement.parties.order_by("pk"), row["ranks"], strict=False):
        record_signature(
            by=coordinators.get(party.institution.country_id, keeper),
            party=party,
            # Nobody is named: the persons would be invented.
            signatory="",
            rank=Concept.objects.current("agreement-ranks").get(code=rank),
            signed_on=signed_on,
        )


def day(months: int | None) -> date | None:
    """So many months from today, on the same day as far as the month has it."""
    if months is None:
        return None
    today = timezone.localdate()
    number = today.year * 12 + today.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
