"""The e-mails of a round, each in its reader's language: kept with what asked for them, sent when that is committed."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from ayni.common.audit import record
from ayni.common.errors import Refused
from ayni.common.i18n import text_in
from ayni.common.permissions import RUN_ROUNDS, require
from ayni.surveys.models import Letter, Round
from ayni.surveys.queries.recipients import Recipient, undelivered

logger = logging.getLogger(__name__)
# How long a letter that somebody has begun to send is left to them.
BUSY = timedelta(minutes=5)


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


def deliver(letters: QuerySet[Letter]) -> tuple[int, int]:
    """(sent, not sent): send those that are not sent yet over one connection.

    A letter is marked as tried before it goes out, so that two processes do not send it at once. One that dies between
    the mail server's answer and the note of it sends that letter a second time: better twice than never.
    """
    sent = failed = 0
    with _connected() as (connection, problem):
        for letter in letters.filter(sent_at=None):
            if not _taken(letter):
                continue
            error = problem or _send(connection, letter)
            now = timezone.now()
            done = {"error": error} if error else {"sent_at": now, "error": ""}
            Letter.objects.filter(pk=letter.pk).update(**done)
            sent, failed = (sent, failed + 1) if error else (sent + 1, failed)
    if failed:
        logger.warning("%d e-mails could not be sent: check AYNI_EMAIL_HOST, then ./ayni send_mail", failed)
    return sent, failed


def _taken(letter: Letter) -> bool:
    """Whether this process may send the letter now: nobody else has begun to in the last minutes."""
    now = timezone.now()
    free = Q(tried_at=None) | Q(tried_at__lt=now - BUSY) | ~Q(error="")
    return Letter.objects.filter(free, pk=letter.pk, sent_at=None).update(tried_at=now, error="") == 1


@contextmanager
def _connected() -> Iterator[tuple[Any, str]]:
    """(connection, why there is none)."""
    connection = get_connection()
    problem = ""
    try:
        connection.open()
    except (SMTPException, OSError) as error:
        problem = _told(error)
    try:
        yield connection, problem
    finally:
        with suppress(SMTPException, OSError):
            connection.close()


def _send(connection: Any, letter: Letter) -> str:
    """Why it could not be sent, or nothing."""
    try:
        connection.send_messages([EmailMessage(letter.subject, letter.body, to=[letter.email])])
    except (SMTPException, OSError) as error:
        return _told(error)
    return ""


def _told(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:300]


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
