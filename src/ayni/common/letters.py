"""E-mails that are kept until they are sent: what the mail server did not take is not lost."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)
# How long a letter that somebody has begun to send is left to them.
BUSY = timedelta(minutes=5)


class KeptLetter(models.Model):
    """A message to one address. `error` is what the last attempt to send it met."""

    email = models.EmailField(_("e-mail"))
    subject = models.CharField(max_length=400)
    body = models.TextField()
    written_at = models.DateTimeField(auto_now_add=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.email}: {self.subject}"


def when_sent(table: str) -> list[models.BaseConstraint]:
    """What holds of every table of letters."""
    return [
        models.CheckConstraint(
            condition=Q(sent_at__isnull=True) | Q(tried_at__isnull=False, error=""),
            name=f"{table}_sent_without_error",
        ),
        models.CheckConstraint(condition=Q(error="") | Q(tried_at__isnull=False), name=f"{table}_error_when_tried"),
    ]


def deliver(letters: QuerySet[Any]) -> tuple[int, int]:
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
            type(letter)._default_manager.filter(pk=letter.pk).update(**done)
            sent, failed = (sent, failed + 1) if error else (sent + 1, failed)
    if failed:
        logger.warning("%d e-mails could not be sent: check AYNI_EMAIL_HOST, then ./ayni send_mail", failed)
    return sent, failed


def _taken(letter: KeptLetter) -> bool:
    """Whether this process may send the letter now: nobody else has begun to in the last minutes."""
    now = timezone.now()
    free = Q(tried_at=None) | Q(tried_at__lt=now - BUSY) | ~Q(error="")
    return type(letter)._default_manager.filter(free, pk=letter.pk, sent_at=None).update(tried_at=now, error="") == 1


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


def _send(connection: Any, letter: KeptLetter) -> str:
    """Why it could not be sent, or nothing."""
    try:
        connection.send_messages([EmailMessage(letter.subject, letter.body, to=[letter.email])])
    # An address or a subject that no mail can bear is the fault of this letter alone.
    except (SMTPException, OSError, ValueError) as error:
        return _told(error)
    return ""


def _told(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:300]
