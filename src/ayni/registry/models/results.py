"""Monitoring (R9, R10; domain.md section 8): results, indicators, periods, and measurements that a second person approves."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ayni.common.columns import moment, person, when_and_who
from ayni.common.i18n import TranslatedField, text_in
from ayni.common.permissions import Scope
from ayni.directory.models import Country, Institution
from ayni.registry.models.initiatives import Initiative


class ResultFrame(models.Model):
    """The results of an initiative; or (`initiative` None) those of a pair of countries, tied to national targets.

    Frames of initiatives stand below a parent frame, into which their indicators roll up.
    """

    initiative = models.OneToOneField(Initiative, models.CASCADE, null=True, blank=True, related_name="frame")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="frames")
    first = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    second = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    title = TranslatedField(blank=True)
    fictional = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("result frame")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="frame_not_below_itself"),
            models.CheckConstraint(
                condition=Q(initiative__isnull=False, first__isnull=True, second__isnull=True, institution__isnull=True)
                | Q(initiative__isnull=True, first__isnull=False, second__isnull=False, institution__isnull=False),
                name="frame_of_an_initiative_or_of_a_pair",
            ),
            # A pair has one frame, whichever is named first.
            models.CheckConstraint(
                condition=Q(first__isnull=True) | Q(first__lt=F("second")), name="frame_of_a_pair_in_order"
            ),
            models.UniqueConstraint(fields=["first", "second"], name="frame_once_a_pair"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="frame_revision_from_1"),
        ]

    def __str__(self) -> str:
        if self.initiative is not None:
            return str(self.initiative)
        return text_in(self.title) or f"{self.first} – {self.second}"

    @property
    def permission_scope(self) -> Scope:
        if self.initiative is not None:
            return self.initiative.permission_scope
        places = frozenset(code for code in (self.first_id, self.second_id) if code)
        institutions = frozenset({self.institution_id}) if self.institution_id else frozenset()
        return Scope(institutions=institutions, countries=places)


class Level(models.TextChoices):
    IMPACT = "impact", pgettext_lazy("result", "impact")
    OUTCOME = "outcome", pgettext_lazy("result", "outcome")
    OUTPUT = "output", pgettext_lazy("result", "output")


class Result(models.Model):
    """What is to change, at one level."""

    frame = models.ForeignKey(ResultFrame, models.CASCADE, related_name="results")
    level = models.CharField(max_length=8, choices=Level.choices)
    number = models.PositiveSmallIntegerField()
    title = TranslatedField()
    description = TranslatedField(blank=True)

    class Meta:
        verbose_name = _("result")
        ordering = ["frame", "number"]
        constraints = [
            models.UniqueConstraint(fields=["frame", "number"], name="result_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="result_from_1"),
        ]

    def __str__(self) -> str:
        return text_in(self.title)


class Measure(models.TextChoices):
    UNIT = "unit", pgettext_lazy("measure", "a number of units")
    PERCENTAGE = "percentage", pgettext_lazy("measure", "a percentage, with numerator and denominator")
    SCORE = "score", pgettext_lazy("measure", "a qualitative score")


class Indicator(models.Model):
    """How a result is measured.

    `ascending`: more is better. `cumulative`: each period's value holds those before it. `rolls_into` is the indicator of the parent
    frame into which this one's approved values go; one that was added by hand to a frame rolls up like any other.
    A score lies between 0 and `best`. Baselines of percentages give numerator and denominator; without either, the baseline is unknown.
    """

    result = models.ForeignKey(Result, models.CASCADE, related_name="indicators")
    number = models.PositiveSmallIntegerField()
    title = TranslatedField()
    measure = models.CharField(max_length=10, choices=Measure.choices)
    unit = TranslatedField(blank=True)
    best = models.PositiveSmallIntegerField(null=True, blank=True)
    ascending = models.BooleanField(default=True)
    cumulative = models.BooleanField(default=False)
    rolls_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="sources")
    baseline_on = models.DateField(null=True, blank=True)
    baseline = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_numerator = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_denominator = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    # Names of dimensions by which it is split: "sex age disability indigenous".
    dimensions = models.CharField(max_length=100, blank=True)
    verification = TranslatedField(blank=True)
    # Of a frame of a pair: the national target that the outcome serves (R9).
    national_target = TranslatedField(blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("indicator")
        ordering = ["result", "number"]
        constraints = [
            models.UniqueConstraint(fields=["result", "number"], name="indicator_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="indicator_from_1"),
            models.CheckConstraint(condition=~Q(rolls_into=F("id")), name="indicator_not_into_itself"),
            models.CheckConstraint(
                condition=Q(measure="score", best__isnull=False, best__gte=1)
                | ~Q(measure="score") & Q(best__isnull=True),
                name="indicator_best_of_a_score",
            ),
            models.CheckConstraint(
                condition=Q(baseline_numerator__isnull=True, baseline_denominator__isnull=True)
                | Q(
                    measure="percentage",
                    baseline__isnull=True,
                    baseline_numerator__isnull=False,
                    baseline_denominator__isnull=False,
                    baseline_denominator__gt=0,
                ),
                name="indicator_baseline_of_two_numbers",
            ),
            models.CheckConstraint(
                condition=~Q(measure="percentage") | Q(baseline__isnull=True), name="indicator_baseline_by_its_measure"
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="indicator_revision_from_1"),
        ]

    def __str__(self) -> str:
        return text_in(self.title)


class Period(models.Model):
    """A stretch of time with its target. Locked, it takes no measurement: the coordination opens it when it is due."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="periods")
    starts_on = models.DateField()
    ends_on = models.DateField()
    target = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    target_numerator = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    target_denominator = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    target_note = TranslatedField(blank=True)
    locked = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("period")
        ordering = ["indicator", "starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "starts_on"], name="period_once"),
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="period_dates_in_order"),
            models.CheckConstraint(
                condition=Q(target_numerator__isnull=True, target_denominator__isnull=True)
                | Q(
                    target__isnull=True,
                    target_numerator__isnull=False,
                    target_denominator__isnull=False,
                    target_denominator__gt=0,
                ),
                name="period_target_of_two_numbers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"


class MeasurementState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("measurement", "draft")
    SUBMITTED = "submitted", pgettext_lazy("measurement", "submitted")
    RETURNED = "returned", pgettext_lazy("measurement", "returned")
    APPROVED = "approved", pgettext_lazy("measurement", "approved")


class Measurement(models.Model):
    """What an institution measured for a period. `not_applicable` is not a number, and not zero.

    Units give `value`; percentages `numerator` and `denominator`; scores `value`. Only approved ones count.
    """

    period = models.ForeignKey(Period, models.CASCADE, related_name="measurements")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="measurements")
    state = models.CharField(max_length=10, choices=MeasurementState.choices, default=MeasurementState.DRAFT)
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    numerator = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    note = TranslatedField(blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    reason = models.TextField(blank=True)
    submitted_at = moment()
    submitted_by = person()
    reviewed_at = moment()
    reviewed_by = person()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("measurement")
        ordering = ["period", "institution", "id"]
        constraints = [
            models.UniqueConstraint(fields=["period", "institution"], name="measurement_once_an_institution"),
            models.CheckConstraint(
                condition=Q(not_applicable=True, value__isnull=True, numerator__isnull=True, denominator__isnull=True)
                | Q(not_applicable=False, value__isnull=False, numerator__isnull=True, denominator__isnull=True)
                | Q(
                    not_applicable=False,
                    value__isnull=True,
                    numerator__isnull=False,
                    denominator__isnull=False,
                    denominator__gt=0,
                ),
                name="measurement_of_one_form",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(reason=""), name="measurement_returned_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False), name="measurement_submitted_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "approved"]) | Q(reviewed_at__isnull=False),
                name="measurement_reviewed_at_a_time",
            ),
            # Nobody approves what is one's own.
            models.CheckConstraint(
                condition=~Q(state="approved") | ~Q(submitted_by=F("reviewed_by")),
                name="measurement_approved_by_another",
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="measurement_revision_from_1"),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True) | Q(numerator__gte=0), name="measurement_numerator_from_0"
            ),
            *when_and_who("measurement", "submitted", "reviewed"),
        ]
        indexes = [
            # Roll-ups add millions of approved rows by period: everything they add lies in the index. Not a partial one: a
            # query whose state is a parameter would not use it.
            models.Index(
                fields=["state", "period", "not_applicable", "value", "numerator", "denominator"],
                name="measurement_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.institution}"


class Dimension(models.TextChoices):
    SEX = "sex", pgettext_lazy("dimension", "sex")
    AGE = "age", pgettext_lazy("dimension", "age")
    DISABILITY = "disability", pgettext_lazy("dimension", "disability")
    INDIGENOUS = "indigenous", pgettext_lazy("dimension", "indigenous people")


class Disaggregation(models.Model):
    """A share of a measurement: of women, of people under 18 …"""

    measurement = models.ForeignKey(Measurement, models.CASCADE, related_name="shares")
    dimension = models.CharField(max_length=10, choices=Dimension.choices)
    category = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=18, decimal_places=4)

    class Meta:
        verbose_name = _("disaggregation")
        ordering = ["measurement", "dimension", "category"]
        constraints = [
            models.UniqueConstraint(fields=["measurement", "dimension", "category"], name="disaggregation_once"),
            models.CheckConstraint(condition=~Q(category=""), name="disaggregation_named"),
            models.CheckConstraint(condition=Q(value__gte=0), name="disaggregation_from_0"),
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.value}"
