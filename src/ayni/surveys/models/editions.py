from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayni.common.i18n import TranslatedField, text_in
from ayni.surveys.models.rounds import Round


class EditionStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    FROZEN = "frozen", _("frozen")
    PUBLISHED = "published", _("published")


class DiagnosisEdition(models.Model):
    """A diagnosis (R29): computed from a round, frozen with a checksum, never changed afterwards.

    `content` is canonical JSON (sorted keys, UTF-8, no white space), in all languages at once.
    """

    code = models.SlugField(max_length=40, unique=True)
    title = TranslatedField()
    round = models.ForeignKey(Round, models.PROTECT, related_name="editions")
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="next_editions")
    status = models.CharField(max_length=10, choices=EditionStatus.choices, default=EditionStatus.DRAFT)
    content = models.TextField(blank=True)
    checksum = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("edition of the diagnosis")
        ordering = ["-round__period_to", "code"]
        constraints = [
            # editions/new/ is the page that makes one.
            models.CheckConstraint(condition=~Q(code="new"), name="edition_code_is_no_address"),
            models.CheckConstraint(
                condition=Q(status="draft", content="", checksum="", frozen_at__isnull=True)
                | (
                    ~Q(status="draft")
                    & ~Q(content="")
                    & Q(checksum__regex=r"^[0-9a-f]{64}$")
                    & Q(frozen_at__isnull=False)
                ),
                name="edition_frozen_whole",
            ),
            models.CheckConstraint(
                condition=Q(status="published", published_at__isnull=False)
                | (~Q(status="published") & Q(published_at__isnull=True)),
                name="edition_published_with_a_date",
            ),
            models.CheckConstraint(
                condition=Q(previous__isnull=True) | ~Q(previous=F("id")), name="edition_not_after_itself"
            ),
        ]

    def __str__(self) -> str:
        return text_in(self.title)
