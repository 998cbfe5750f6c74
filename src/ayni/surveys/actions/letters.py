"""The e-mails of a round, each in its reader's language: sent when the transaction that asked for them is committed."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ayni.common.i18n import text_in
from ayni.surveys.models import Round
from ayni.surveys.queries.recipients import Recipient

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of letter: its template under surveys/letters/, and its subject with %(round)s."""

    template: str
    subject: Promise


INVITATION = Kind("invitation", _("Questionnaire: %(round)s"))
REMINDER = Kind("reminder", _("Reminder: %(round)s"))
RETURNED = Kind("returned", _("Your answers were returned: %(round)s"))
PROPOSED = Kind("proposed", _("Please validate what will be published: %(round)s"))


@dataclass(frozen=True, slots=True)
class Letter:
    invitation_id: int
    message: EmailMessage


def post(round_: Round, kind: Kind, to: Iterable[Recipient], **context: Any) -> list[Letter]:
    """Write to each recipient once the transaction is committed. Returns the letters."""
    letters = [Letter(recipient.invitation_id, _write(round_, kind, recipient, context)) for recipient in to]
    if letters:
        transaction.on_commit(lambda: _deliver([letter.message for letter in letters]))
    return letters


def _write(round_: Round, kind: Kind, recipient: Recipient, context: dict[str, Any]) -> EmailMessage:
    with override(recipient.language):
        title = text_in(round_.title)
        path = f"{reverse('round', args=[round_.code])}responses/{recipient.institution}/"
        body = render_to_string(
            f"surveys/letters/{kind.template}.txt",
            {"round": round_, "title": title, "to": recipient, "link": f"{settings.SITE_URL}{path}", **context},
        )
        # A line break in a subject would start another header.
        subject = " ".join((str(kind.subject) % {"round": title}).split())
        return EmailMessage(subject, body, to=[recipient.email])


def _deliver(messages: list[EmailMessage]) -> None:
    """One connection for all. What was written stays written when the mail server is away; the log says so."""
    try:
        with get_connection() as connection:
            connection.send_messages(messages)
    except (SMTPException, OSError):
        logger.exception(
            "%d e-mails could not be sent: check AYNI_EMAIL_HOST and remind the institutions", len(messages)
        )
