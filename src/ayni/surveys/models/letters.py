"""The e-mails of a round, kept until they are sent: what the mail server did not take is not lost."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ayni.common.letters import KeptLetter, when_sent
from ayni.surveys.models.rounds import Invitation


class Letter(KeptLetter):
    """A message to one address about one invitation."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="letters")

    class Meta:
        verbose_name = _("letter")
        ordering = ["id"]
        indexes = [models.Index(fields=["id"], condition=Q(sent_at__isnull=True), name="letter_not_sent")]
        constraints = when_sent("letter")
