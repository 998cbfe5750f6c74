"""The e-mails to a side of a record, each once: asked, disputed, settled by the secretariat, reminded."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ayni.common.letters import KeptLetter, when_sent
from ayni.registry.models.declarations import Declaration


class About(models.TextChoices):
    """Of what the letter tells."""

    ASKED = "asked", pgettext_lazy("letter", "its word is awaited")
    DISPUTED = "disputed", pgettext_lazy("letter", "another side disputes the record")
    MEDIATED = "mediated", pgettext_lazy("letter", "the secretariat has settled a dispute")
    REMINDED = "reminded", pgettext_lazy("letter", "its days are running out")


class RecordLetter(KeptLetter):
    """A message to one coordinator of a side. `occasion` tells two of the same sort apart: the last day to answer, or the dispute."""

    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="letters")
    about = models.CharField(max_length=10, choices=About.choices)
    occasion = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("letter about a record")
        ordering = ["id"]
        indexes = [models.Index(fields=["id"], condition=Q(sent_at__isnull=True), name="record_letter_not_sent")]
        constraints = [
            models.UniqueConstraint(fields=["declaration", "email", "about", "occasion"], name="record_letter_once"),
            models.CheckConstraint(condition=Q(about__in=About.values), name="record_letter_about_known"),
            *when_sent("record_letter"),
        ]
