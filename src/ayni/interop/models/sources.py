"""Files of other systems: whose they are, when they came, how far they were read, and what was found in them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ayni.common.columns import person

CHECKSUM = r"^[0-9a-f]{64}$"


class SourceKind(models.TextChoices):
    IATI_ACTIVITIES = "iati-activities", _("IATI activities")
    IATI_ORGANISATIONS = "iati-organisations", _("IATI organisation")
    SPREADSHEET = "spreadsheet", _("national records")


class ImportState(models.TextChoices):
    READING = "reading", pgettext_lazy("import", "being read")
    WHOLE = "whole", pgettext_lazy("import", "read to its end")
    BROKEN = "broken", pgettext_lazy("import", "read up to a break")


class SourceFile(models.Model):
    """A file by its checksum. `position` counts the records of it that are dealt with: a killed import goes on from there.

    The counts are of the last time it was read: `seen` are those that were wanted, each of which is one of added, changed,
    unchanged and failed. `sector` is the beginning of the sector codes that were wanted of activities, "" for all.
    """

    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    publisher = models.CharField(max_length=120, blank=True, db_index=True)
    publisher_name = models.CharField(max_length=250, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    address = models.URLField(max_length=500, blank=True)
    version = models.CharField(max_length=10, blank=True)
    profile = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    # Invented, for a demonstration.
    fictional = models.BooleanField(default=False)
    sector = models.CharField(max_length=5, blank=True)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.READING)
    position = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    transactions = models.PositiveIntegerField(default=0)
    results = models.PositiveIntegerField(default=0)
    schema_findings = models.PositiveIntegerField(default=0)
    codelist_findings = models.PositiveIntegerField(default=0)
    ruleset_findings = models.PositiveIntegerField(default=0)
    read_findings = models.PositiveIntegerField(default=0)
    loaded_by = person()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("file of another system")
        ordering = ["-started_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=CHECKSUM), name="source_file_checksum"),
            models.CheckConstraint(condition=~Q(name=""), name="source_file_named"),
            models.CheckConstraint(
                condition=Q(seen=F("added") + F("changed") + F("unchanged") + F("failed")),
                name="source_file_counts_add_up",
            ),
            models.CheckConstraint(condition=Q(position__gte=F("seen")), name="source_file_position_covers_seen"),
            models.CheckConstraint(
                condition=Q(state="reading", finished_at__isnull=True)
                | ~Q(state="reading") & Q(finished_at__isnull=False),
                name="source_file_finished_once_read",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("started_at")),
                name="source_file_finished_after_its_start",
            ),
            models.CheckConstraint(
                condition=Q(kind="spreadsheet") & ~Q(profile="") | ~Q(kind="spreadsheet") & Q(profile=""),
                name="source_file_profile_of_a_spreadsheet",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def findings_in_all(self) -> int:
        return self.schema_findings + self.codelist_findings + self.ruleset_findings + self.read_findings


class Severity(models.TextChoices):
    """The three ways in which a file may be wrong, which are never mixed; and what could not be read at all."""

    READ = "read", pgettext_lazy("finding", "cannot be read")
    SCHEMA = "schema", pgettext_lazy("finding", "not as the schema asks")
    CODELIST = "codelist", pgettext_lazy("finding", "not a code of its list")
    RULESET = "ruleset", pgettext_lazy("finding", "breaks a rule")


class ImportFinding(models.Model):
    """Something wrong in a file: where it stands and what to do. The first of each severity are kept, all are counted.

    `template` and `advice` are English sentences with places for `parameters`: a page says them in its reader's language.
    """

    file = models.ForeignKey(SourceFile, models.CASCADE, related_name="findings")
    severity = models.CharField(max_length=8, choices=Severity.choices)
    identifier = models.CharField(max_length=250, blank=True)
    path = models.CharField(max_length=300, blank=True)
    line = models.PositiveIntegerField(null=True, blank=True)
    template = models.CharField(max_length=500)
    parameters = models.JSONField(default=dict, blank=True)
    advice = models.CharField(max_length=500, blank=True)
    rule = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("finding of an import")
        ordering = ["file", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(template=""), name="import_finding_says_something"),
            models.CheckConstraint(condition=Q(severity__in=Severity.values), name="import_finding_severity"),
            models.CheckConstraint(condition=Q(line__isnull=True) | Q(line__gte=1), name="import_finding_line_from_1"),
        ]
        indexes = [models.Index(fields=["file", "severity", "id"], name="import_finding_severity")]

    def __str__(self) -> str:
        return self._said(self.template)

    @property
    def remedy(self) -> str:
        """What to do, in the language of the page."""
        return self._said(self.advice)

    def _said(self, sentence: str) -> str:
        return gettext(sentence) % self.parameters if sentence else ""
