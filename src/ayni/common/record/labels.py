"""How the record names the columns of the tables, in the language of the page."""

from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Promise] = {
    "accepted_at": _("Accepted on"),
    "accepted_by": _("Accepted by"),
    "acronym": _("Acronym"),
    "answers": _("Answers"),
    "body": _("Network"),
    "checksum": _("Checksum"),
    "code": _("Code"),
    "codes": _("Codes"),
    "codings": _("Codings"),
    "concept": _("Category"),
    "concepts": _("Terms"),
    "country": _("Country"),
    "deadline": _("Deadline"),
    "definition": _("Definition"),
    "email": _("E-mail"),
    "institution": _("Institution"),
    "international": _("International"),
    "introduction": _("Introduction"),
    "invited_at": _("Invited on"),
    "is_active": _("Active"),
    "is_demo": _("Demonstration account"),
    "iso2": _("Two-letter code"),
    "iso3": _("Three-letter code"),
    "kind": _("Type"),
    "label": _("Label"),
    "language": _("Language"),
    "m49": _("United Nations code"),
    "member": _("Member"),
    "name": _("Name"),
    "note": _("Note"),
    "number": _("Number"),
    "on": _("Date"),
    "parent": _("Parent"),
    "passage": _("Passage"),
    "period_from": _("First year"),
    "period_to": _("Last year"),
    "position": _("Position"),
    "predecessor": _("Predecessor"),
    "previous": _("Previous"),
    "published_at": _("Published on"),
    "published_on": _("Published on"),
    "questions": _("Questions"),
    "reason": _("Reason"),
    "region": _("Region"),
    "reminded_at": _("Reminded on"),
    "reminders": _("Reminders"),
    "retired_on": _("Retired on"),
    "role": _("Role"),
    "round": _("Round"),
    "scheme": _("Vocabulary"),
    "since": _("Since"),
    "source": _("Source"),
    "status": _("Status"),
    "submitted_at": _("Submitted on"),
    "submitted_by": _("Submitted by"),
    "successor": _("Successor"),
    "title": _("Title"),
    "until": _("Until"),
    "user": _("Person"),
    "valid_from": _("In use from"),
    "valid_to": _("In use until"),
    "validated_at": _("Validated on"),
    "validated_by": _("Validated by"),
    "validation_source": _("Source of the validation"),
    "value": _("Answer"),
    "version": _("Version"),
    "website": _("Website"),
}


def label(key: str, field: "models.Field[Any, Any] | None" = None) -> str:
    """The name of a column or of a plain value of an event."""
    known = LABELS.get(key.removesuffix("_id"))
    if known is not None:
        return str(known)
    return str(capfirst(field.verbose_name if field is not None else key.replace("_", " ")))
