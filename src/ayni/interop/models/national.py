"""Profiles of national spreadsheets, and the crosswalks from a country's codes to our vocabularies (ADR 28)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ayni.common.columns import VersionStatus, person
from ayni.common.i18n import TranslatedField, text_in
from ayni.common.permissions import Scope
from ayni.directory.models import Concept, Country


class RecordProfile(models.Model):
    """A version of the shape of a spreadsheet. `declared` is the document of formats/national/profile.py.

    `sample` are the first rows of a file of that shape, [[number of the row, [cells]], …], for looking at what the profile makes of
    them. `reconstruction`: nobody had the real export at hand; `written_from` says what it was written from.
    """

    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=10, choices=VersionStatus.choices, default=VersionStatus.DRAFT)
    title = TranslatedField()
    written_from = TranslatedField(blank=True)
    reconstruction = models.BooleanField(default=True)
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    declared = models.JSONField()
    sample = models.JSONField(default=list, blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = person()

    class Meta:
        verbose_name = _("profile of national records")
        verbose_name_plural = _("profiles of national records")
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="record_profile_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(status=VersionStatus.CURRENT), name="record_profile_one_in_force"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=Q(status=VersionStatus.DRAFT), name="record_profile_one_draft"
            ),
            # reported/profiles/new/ is the page that makes one.
            models.CheckConstraint(condition=~Q(code__in=["", "new"]), name="record_profile_code_is_no_address"),
            models.CheckConstraint(condition=Q(version__gte=1), name="record_profile_version_from_1"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="record_profile_revision_from_1"),
            models.CheckConstraint(condition=Q(status__in=VersionStatus.values), name="record_profile_status"),
        ]

    def __str__(self) -> str:
        return text_in(self.title)

    @property
    def permission_scope(self) -> Scope:
        return Scope(countries=frozenset({self.country_id} if self.country_id else ()))

    @property
    def name(self) -> str:
        """The version, as a file names the profile that it was read by."""
        return f"{self.code}@{self.version}"


class Match(models.TextChoices):
    """SKOS's mapping properties (https://www.w3.org/TR/skos-reference/#mapping), from the country's code to our term."""

    EXACT = "exactMatch", pgettext_lazy("crosswalk", "the same")
    CLOSE = "closeMatch", pgettext_lazy("crosswalk", "nearly the same")
    BROAD = "broadMatch", pgettext_lazy("crosswalk", "ours is wider")
    NARROW = "narrowMatch", pgettext_lazy("crosswalk", "ours is narrower")
    RELATED = "relatedMatch", pgettext_lazy("crosswalk", "related")


# What bears such a code counts in the term: all that the code means lies in it.
COUNTING = (Match.EXACT, Match.CLOSE, Match.BROAD)


class CrossedField(models.TextChoices):
    TYPE = "cooperation-type", _("Type of cooperation")
    MODALITY = "modality", _("Modality")
    SECTOR = "sector", _("Sector or topic")


class CodeMapping(models.Model):
    """A country's code, and what it is to a term of ours. It counts in one term at most; other relations may be several."""

    profile = models.ForeignKey(RecordProfile, models.CASCADE, related_name="mappings")
    field = models.CharField(max_length=20, choices=CrossedField.choices)
    # As it is compared (formats/national/profile.py: key_of), and as the country writes it.
    key = models.CharField(max_length=120)
    label = models.CharField(max_length=250)
    relation = models.CharField(max_length=14, choices=Match.choices)
    concept = models.ForeignKey(Concept, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("mapping of a code")
        verbose_name_plural = _("mappings of codes")
        ordering = ["profile", "field", "key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "field", "key", "concept"], name="code_mapping_once_a_term"),
            models.UniqueConstraint(
                fields=["profile", "field", "key"],
                condition=Q(relation__in=[one.value for one in COUNTING]),
                name="code_mapping_counts_once",
            ),
            models.CheckConstraint(condition=~Q(key="") & ~Q(label=""), name="code_mapping_of_a_code"),
            models.CheckConstraint(condition=Q(relation__in=Match.values), name="code_mapping_relation"),
            models.CheckConstraint(condition=Q(field__in=CrossedField.values), name="code_mapping_field"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.relation} {self.concept_id}"
