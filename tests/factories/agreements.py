"""Agreements for tests."""

from datetime import date, timedelta
from typing import Any

from ayni.directory.models import Concept, Institution
from ayni.registry.models import Agreement, Amendment
from ayni.registry.queries.amendments import copy_of

TODAY = date.today()


def rank(code: str) -> Concept:
    """A rank in force."""
    return Concept.objects.current("agreement-ranks").get(code=code)


def form(code: str) -> Concept:
    """A form in force."""
    return Concept.objects.current("agreement-forms").get(code=code)


def agreement(*codes: str, signed: bool = False, **values: Any) -> Agreement:
    """An agreement of these institutions, kept by the first; a draft unless told otherwise."""
    first, *_others = codes
    given: dict[str, Any] = {
        "institution": Institution.objects.get(code=first),
        "form": form("cooperation-agreement"),
        "title": {"en": "An agreement"},
        "purpose": {"en": "A purpose."},
        "responsibilities": {"en": "Each side its own."},
        "valid_from": TODAY - timedelta(days=30),
        "valid_to": TODAY + timedelta(days=400),
    }
    made = Agreement.objects.create(**(given | values))
    for code in codes:
        signature = {"signed_on": TODAY, "rank": rank("minister"), "signatory": "Somebody"} if signed else {}
        made.parties.create(institution=Institution.objects.get(code=code), commitments={"en": "Work."}, **signature)
    return made


def amendment(of: Agreement, *, signed: bool = False, texts: dict[str, Any] | None = None, **values: Any) -> Amendment:
    """An amendment of an agreement that changes its purpose; a draft unless told otherwise."""
    given: dict[str, Any] = {
        "number": of.amendments.count() + 1,
        "kind": "amendment",
        "changes": {"en": "A wider purpose."},
        "texts": copy_of(of) | {"purpose": {"en": "A wider purpose."}} | (texts or {}),
        "agreed_on": TODAY,
    }
    made = Amendment.objects.create(agreement=of, **(given | values))
    if signed:
        for party in of.parties.all():
            made.signatures.create(party=party, signatory="Somebody", rank=rank("minister"), signed_on=TODAY)
    return made
