"""The cooperation matrix (Figure 3, reconstructed) and the rules of matching, both in versions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ayni.common.columns import VersionStatus, moment, person
from ayni.common.i18n import TranslatedField, text_in
from ayni.directory.models import Concept

CRITERIA = ("topic", "quadrant", "context", "evidence", "readiness", "experts", "language", "modality", "cost")


class MatrixScheme(models.Model):
    """A version of the matrix: two axes, and what each quadrant asks for. The drawing of Figure 3 is lost: a reconstruction."""

    version = models.PositiveSmallIntegerField(unique=True)
    title = TranslatedField()
    note = TranslatedField(blank=True)
    columns_axis = TranslatedField()
    rows_axis = TranslatedField()
    status = models.CharField(max_length=10, choices=VersionStatus.choices, default=VersionStatus.DRAFT)
    in_force_at = moment()
    in_force_by = person()

    class Meta:
        verbose_name = _("version of the matrix")
        ordering = ["-version"]
        constraints = [
            models.CheckConstraint(condition=Q(version__gte=1), name="matrix_version_from_1"),
            models.UniqueConstraint(
                fields=["status"], condition=Q(status="current"), name="matrix_one_version_in_force"
            ),
            models.UniqueConstraint(fields=["status"], condition=Q(status="draft"), name="matrix_one_draft"),
            models.CheckConstraint(
                condition=Q(status="draft", in_force_at__isnull=True)
                | Q(in_force_at__isnull=False) & ~Q(status="draft"),
                name="matrix_in_force_with_its_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{text_in(self.title)} ({self.version})"


class MatrixQuadrant(models.Model):
    """What a quadrant of the matrix asks for: experts, prior agreements, mechanisms, monitoring and evaluation."""

    scheme = models.ForeignKey(MatrixScheme, models.CASCADE, related_name="quadrants")
    quadrant = models.ForeignKey(Concept, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    name = TranslatedField()
    column = TranslatedField(blank=True)
    row = TranslatedField(blank=True)
    experts = TranslatedField(blank=True)
    agreements = TranslatedField(blank=True)
    monitoring = TranslatedField(blank=True)
    mechanisms = models.ManyToManyField(Concept, related_name="+", blank=True)
    agreement_forms = models.ManyToManyField(Concept, related_name="+", blank=True)

    class Meta:
        verbose_name = _("quadrant of the matrix")
        ordering = ["scheme", "position"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "quadrant"], name="matrix_quadrant_once"),
            models.UniqueConstraint(fields=["scheme", "position"], name="matrix_quadrant_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.quadrant.code} {text_in(self.name)}"


class MatchingRules(models.Model):
    """A version of the nine weights; a match keeps the version that it was scored by."""

    version = models.PositiveSmallIntegerField(unique=True)
    note = TranslatedField(blank=True)
    status = models.CharField(max_length=10, choices=VersionStatus.choices, default=VersionStatus.DRAFT)
    in_force_at = moment()
    in_force_by = person()

    class Meta:
        verbose_name = _("rules of matching")
        ordering = ["-version"]
        constraints = [
            models.CheckConstraint(condition=Q(version__gte=1), name="rules_version_from_1"),
            models.UniqueConstraint(
                fields=["status"], condition=Q(status="current"), name="rules_one_version_in_force"
            ),
            models.UniqueConstraint(fields=["status"], condition=Q(status="draft"), name="rules_one_draft"),
            models.CheckConstraint(
                condition=Q(status="draft", in_force_at__isnull=True)
                | Q(in_force_at__isnull=False) & ~Q(status="draft"),
                name="rules_in_force_with_their_date",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Rules of matching %(version)d") % {"version": self.version})


class RuleWeight(models.Model):
    """The weight of one criterion, out of 100 for all nine."""

    rules = models.ForeignKey(MatchingRules, models.CASCADE, related_name="weights")
    criterion = models.CharField(max_length=12, choices=[(name, name) for name in CRITERIA])
    weight = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("weight of a criterion")
        constraints = [
            models.UniqueConstraint(fields=["rules", "criterion"], name="rule_weight_once"),
            models.CheckConstraint(condition=Q(weight__range=(0, 100)), name="rule_weight_0_to_100"),
            models.CheckConstraint(condition=Q(criterion__in=list(CRITERIA)), name="rule_weight_of_a_criterion"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.weight}"
