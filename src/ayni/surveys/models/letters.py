"""The e-mails of a round, kept until they are sent: what the mail server did not take is not lost."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ayni.surveys.models.rounds import Invitation


class Letter(models.Model):
    """A message to one address about one invitation. `error` is what the last attempt to send it met."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="letters")
    email = models.EmailField(_("e-mail"))
    subject = models.CharField(max_length=400)
    body = models.TextField()
    written_at = models.DateTimeField(auto_now_add=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("letter")
        ordering = ["id"]
        indexes = [models.Index(fields=["id"], condition=Q(sent_at__isnull=True), name="letter_not_sent")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(tried_at__isnull=False, error=""),
                name="letter_sent_without_error",
            ),
            models.CheckConstraint(condition=Q(error="") | Q(tried_at__isnull=False), name="letter_error_when_tried"),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.subject}"
