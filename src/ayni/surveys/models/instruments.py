"""Instruments as data: a questionnaire has versions, a version has sections, a section has questions (R1)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ayni.common.i18n import TranslatedField, text_in
from ayni.directory.models import ConceptScheme


class Instrument(models.Model):
    code = models.SlugField(max_length=40, unique=True)
    title = TranslatedField()

    class Meta:
        verbose_name = _("instrument")
        ordering = ["code"]

    def __str__(self) -> str:
        return text_in(self.title)


class VersionStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    RETIRED = "retired", _("retired")


class InstrumentVersion(models.Model):
    """A version is edited only while it is a draft; a round uses a published one, which never changes again."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=10, choices=VersionStatus.choices, default=VersionStatus.DRAFT)
    introduction = TranslatedField(blank=True)
    default_language = models.CharField(max_length=2, default="es")
    source = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("version of an instrument")
        ordering = ["instrument", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="instrument_version_once"),
            models.CheckConstraint(
                condition=Q(status="draft", published_on__isnull=True)
                | (~Q(status="draft") & Q(published_on__isnull=False)),
                name="instrument_version_published_with_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} ({self.number})"


class Section(models.Model):
    version = models.ForeignKey(InstrumentVersion, models.CASCADE, related_name="sections")
    code = models.SlugField(max_length=40)
    title = TranslatedField()
    condition = models.JSONField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("section of an instrument")
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="section_code_once_a_version")]

    def __str__(self) -> str:
        return text_in(self.title)


class Kind(models.TextChoices):
    TEXT = "text", _("short text")
    LONG_TEXT = "long_text", _("text")
    NUMBER = "number", _("number")
    MONEY = "money", _("amount of money with its currency")
    DATE = "date", _("date")
    PERIOD = "period", _("period of years")
    SINGLE = "single", _("one choice")
    MULTIPLE = "multiple", _("several choices")
    COUNTRIES = "countries", _("countries")
    INSTITUTIONS = "institutions", _("institutions and their roles")
    FILE = "file", _("file")
    NOTE = "note", _("note without an answer")


class Question(models.Model):
    """A question of a version.

    `condition` is the JSON of `formats.conditions`, or null when it is always asked. `options` holds what goes with the
    kind: integer, minimum, maximum, currency (as in `formats.spec_json`). `scheme` are the choices, or the roles asked
    for each country or institution.
    """

    version = models.ForeignKey(InstrumentVersion, models.CASCADE, related_name="questions")
    section = models.ForeignKey(Section, models.CASCADE, related_name="questions")
    code = models.SlugField(max_length=40)
    number = models.CharField(max_length=10, blank=True)
    kind = models.CharField(max_length=15, choices=Kind.choices)
    label = TranslatedField()
    help = TranslatedField(blank=True)
    required = models.BooleanField(default=False)
    scheme = models.ForeignKey(ConceptScheme, models.PROTECT, null=True, blank=True, related_name="questions")
    condition = models.JSONField(null=True, blank=True)
    options = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("question")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="question_code_once_a_version"),
            models.CheckConstraint(
                condition=~Q(kind__in=["single", "multiple"]) | Q(scheme__isnull=False),
                name="question_of_choice_has_a_vocabulary",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or self.code}. {text_in(self.label)}"
