"""The e-mails of a round, each in its reader's language: kept with what asked for them, sent when that is committed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from ayni.common.audit import record
from ayni.common.errors import Refused
from ayni.common.i18n import text_in
from ayni.common.letters import deliver
from ayni.common.permissions import RUN_ROUNDS, require
from ayni.surveys.models import Letter, Round
from ayni.surveys.queries.recipients import Recipient, undelivered


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of letter: its template under surveys/letters/, and its subject with %(round)s."""

    template: str
    subject: Promise


INVITATION = Kind("invitation", _("Questionnaire: %(round)s"))
REMINDER = Kind("reminder", _("Reminder: %(round)s"))
RETURNED = Kind("returned", _("Your answers were returned: %(round)s"))
PROPOSED = Kind("proposed", _("Please validate what will be published: %(round)s"))


def post(round_: Round, kind: Kind, to: Iterable[Recipient], **context: Any) -> list[Letter]:
    """Write to each recipient: the letters are kept with what else the transaction writes, and sent once it is committed."""
    letters = Letter.objects.bulk_create([_write(round_, kind, recipient, context) for recipient in to])
    if letters:
        numbers = [letter.pk for letter in letters]
        transaction.on_commit(lambda: deliver(Letter.objects.filter(pk__in=numbers)))
    return letters


@transaction.atomic
def send_again(*, by: Any, round: Round) -> int:
    """Try the letters of a round once more that could not be sent. Returns how many. Raises Refused when there is none."""
    if by is not None:
        require(by, RUN_ROUNDS)
    waiting = undelivered(round)
    numbers = list(waiting.values_list("pk", flat=True))
    if not numbers:
        raise Refused(gettext("Every letter of this round has been sent."))
    record(by=by, verb="letters sent again", on=round, after={"letters": len(numbers)}, public=False)
    transaction.on_commit(lambda: deliver(Letter.objects.filter(pk__in=numbers)))
    return len(numbers)


def _write(round_: Round, kind: Kind, recipient: Recipient, context: dict[str, Any]) -> Letter:
    with override(recipient.language):
        title = text_in(round_.title)
        path = f"{reverse('round', args=[round_.code])}responses/{recipient.institution}/"
        body = render_to_string(
            f"surveys/letters/{kind.template}.txt",
            {"round": round_, "title": title, "to": recipient, "link": f"{settings.SITE_URL}{path}", **context},
        )
        # A line break in a subject would start another header.
        subject = " ".join((str(kind.subject) % {"round": title}).split())
        return Letter(invitation_id=recipient.invitation_id, email=recipient.email, subject=subject[:400], body=body)
