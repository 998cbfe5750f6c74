"""Programmes, and their components that can be transferred alone."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayni.common.i18n import TranslatedField, text_in
from ayni.common.permissions import Scope
from ayni.directory.models.network import Concept, Country, Institution, partial_date
from ayni.directory.models.spoken import SpokenField, spoken_constraint

# The country's two letters, a hyphen, and capitals: BR-BOLSA-FAMILIA.
PROGRAMME_CODE = r"^[A-Z]{2}-[A-Z0-9-]+$"


class Evidence(models.IntegerChoices):
    """How well a practice is known to work (Ayni's own scale)."""

    NONE = 0, _("no evidence yet")
    DESCRIBED = 1, _("described: how it works is written down")
    MONITORED = 2, _("monitored: its own figures are published")
    EVALUATED = 3, _("evaluated by somebody else")
    IMPACT = 4, _("impact shown by comparison with those who had no programme")


class Programme(models.Model):
    """A programme of social protection of one country."""

    code = models.CharField(max_length=60, unique=True)
    country = models.ForeignKey(Country, models.PROTECT, related_name="programmes")
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="programmes")
    name = TranslatedField()
    acronym = models.CharField(max_length=60, blank=True)
    summary = TranslatedField(blank=True)
    began = models.CharField(max_length=10, blank=True)
    ended = models.CharField(max_length=10, blank=True)
    topics = models.ManyToManyField(Concept, related_name="+", blank=True)
    quadrants = models.ManyToManyField(Concept, related_name="+", blank=True)
    modalities = models.ManyToManyField(Concept, related_name="+", blank=True)
    languages = SpokenField()
    evidence = models.PositiveSmallIntegerField(null=True, blank=True, choices=Evidence.choices)
    website = models.URLField(max_length=500, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    fictional = models.BooleanField(default=False)
    # Counts the changes, so that of two people who edit at once the later one is told.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("programme")
        ordering = ["country", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=PROGRAMME_CODE), name="programme_code"),
            partial_date("began", "programme"),
            partial_date("ended", "programme"),
            models.CheckConstraint(
                condition=Q(began="") | Q(ended="") | Q(began__lte=F("ended")), name="programme_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(evidence__isnull=True) | Q(evidence__range=(0, 4)), name="programme_evidence_0_to_4"
            ),
            spoken_constraint("programme"),
        ]

    def __str__(self) -> str:
        return self.acronym or text_in(self.name)

    @property
    def permission_scope(self) -> Scope:
        institutions = frozenset({self.institution_id}) if self.institution_id else frozenset()
        return Scope(institutions=institutions, countries=frozenset({self.country_id}))


class ProgrammeVersion(models.Model):
    """How a programme was from one date on: what changed, and why."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    since = models.CharField(max_length=10, blank=True)
    changes = TranslatedField()
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("version of a programme")
        ordering = ["programme", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="programme_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="programme_version_from_1"),
            partial_date("since", "programme_version"),
        ]

    def __str__(self) -> str:
        return f"{self.programme} · {self.number}"


class Component(models.Model):
    """A part of a programme that can be transferred alone."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="components")
    code = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveSmallIntegerField(default=1)
    name = TranslatedField()
    description = TranslatedField(blank=True)
    topics = models.ManyToManyField(Concept, related_name="+", blank=True)
    quadrants = models.ManyToManyField(Concept, related_name="+", blank=True)
    modalities = models.ManyToManyField(Concept, related_name="+", blank=True)
    needs = models.ManyToManyField("self", through="Prerequisite", symmetrical=False, related_name="needed_by")
    prerequisites = TranslatedField(blank=True)
    evidence = models.PositiveSmallIntegerField(null=True, blank=True, choices=Evidence.choices)
    evidence_note = TranslatedField(blank=True)
    materials = TranslatedField(blank=True)
    legal_base = TranslatedField(blank=True)
    cost_drivers = TranslatedField(blank=True)
    languages = SpokenField()
    retired = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("component")
        ordering = ["programme", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="component_code_once_a_programme"),
            models.CheckConstraint(condition=Q(version__gte=1), name="component_version_from_1"),
            models.CheckConstraint(
                condition=Q(evidence__isnull=True) | Q(evidence__range=(0, 4)), name="component_evidence_0_to_4"
            ),
            spoken_constraint("component"),
        ]

    def __str__(self) -> str:
        return text_in(self.name)

    @property
    def permission_scope(self) -> Scope:
        return self.programme.permission_scope


class Prerequisite(models.Model):
    """A component that another one needs before it can be transferred."""

    component = models.ForeignKey(Component, models.CASCADE, related_name="prerequisite_rows")
    needed = models.ForeignKey(Component, models.CASCADE, related_name="needed_rows")

    class Meta:
        verbose_name = _("prerequisite")
        constraints = [
            models.UniqueConstraint(fields=["component", "needed"], name="prerequisite_once"),
            models.CheckConstraint(condition=~Q(component=F("needed")), name="prerequisite_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.component} ← {self.needed}"


class ProgrammeDocument(models.Model):
    """A document about a programme or one of its components, where it can be read."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="documents")
    component = models.ForeignKey(Component, models.CASCADE, null=True, blank=True, related_name="documents")
    title = TranslatedField()
    url = models.URLField(max_length=500)
    language = models.CharField(max_length=2, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(2100)])

    class Meta:
        verbose_name = _("document of a programme")
        ordering = ["programme", "-year", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "url"], name="programme_document_once"),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__range=(1900, 2100)), name="programme_document_year"
            ),
        ]

    def __str__(self) -> str:
        return text_in(self.title)
