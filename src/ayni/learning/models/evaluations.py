"""Evaluations (R9, R10, R14, R21): designed at formulation, answered by every party, and what remains years later."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ayni.common.columns import moment, person, when_and_who
from ayni.common.i18n import TranslatedField, text_in
from ayni.common.permissions import Scope
from ayni.directory.models import Concept, Institution
from ayni.registry.models import Initiative


class EvaluationState(models.TextChoices):
    DESIGNED = "designed", pgettext_lazy("evaluation", "designed")
    COMMISSIONED = "commissioned", pgettext_lazy("evaluation", "commissioned")
    DRAFT = "draft", pgettext_lazy("evaluation", "draft")
    RESPONSE = "response", pgettext_lazy("evaluation", "waiting for the parties' response")
    PUBLISHED = "published", pgettext_lazy("evaluation", "published")


class When(models.TextChoices):
    """At which moment of an initiative: months after its closure for the ex-post ones."""

    DURING = "during", pgettext_lazy("moment", "during the initiative")
    CLOSURE = "closure", pgettext_lazy("moment", "at its closure")
    AFTER_12 = "after-12", pgettext_lazy("moment", "12 months after its closure")
    AFTER_24 = "after-24", pgettext_lazy("moment", "24 months after its closure")


class Evaluation(models.Model):
    """One evaluation of an initiative by one of the five instruments (`instrument`, of the vocabulary me-instruments)."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="evaluations")
    instrument = models.ForeignKey(Concept, models.PROTECT, related_name="+")
    when = models.CharField(max_length=10, choices=When.choices)
    state = models.CharField(max_length=14, choices=EvaluationState.choices, default=EvaluationState.DESIGNED)
    title = TranslatedField()
    # What is asked of the process, and of the results (R10: both).
    process_questions = TranslatedField(blank=True)
    result_questions = TranslatedField(blank=True)
    method = TranslatedField(blank=True)
    planned_on = models.DateField(null=True, blank=True)
    evaluator = models.CharField(max_length=200, blank=True)
    evaluator_institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="+")
    # Neither a party nor paid by one alone.
    independent = models.BooleanField(default=False)
    # The party that entered the report of an independent evaluator who has nobody here.
    entered_by = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="+")
    # What was found: about the process, and of the results (R10: both).
    process_findings = TranslatedField(blank=True)
    findings = TranslatedField(blank=True)
    recommendations = TranslatedField(blank=True)
    document = models.URLField(max_length=500, blank=True)
    reason = models.TextField(blank=True)
    published_at = moment()
    published_by = person()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("evaluation")
        ordering = ["initiative", "planned_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="designed") | ~Q(evaluator=""), name="evaluation_commissioned_to_somebody"
            ),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False)
                | ~Q(state="published") & Q(published_at__isnull=True),
                name="evaluation_published_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(entered_by__isnull=True) | Q(independent=True), name="evaluation_entered_for_independent"
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="evaluation_revision_from_1"),
            *when_and_who("evaluation", "published"),
        ]

    def __str__(self) -> str:
        return text_in(self.title) or str(_("Without a title"))

    @property
    def permission_scope(self) -> Scope:
        return self.initiative.permission_scope


class Criterion(models.TextChoices):
    """The six criteria of the OECD's Development Assistance Committee (2019)."""

    RELEVANCE = "relevance", _("relevance: does it do the right thing?")
    COHERENCE = "coherence", _("coherence: does it fit with the rest?")
    EFFECTIVENESS = "effectiveness", _("effectiveness: does it reach its objectives?")
    EFFICIENCY = "efficiency", _("efficiency: are resources well used?")
    IMPACT = "impact", _("impact: what difference does it make?")
    SUSTAINABILITY = "sustainability", _("sustainability: will the benefits last?")


class CriterionScore(models.Model):
    """What an evaluation says of one criterion: 1 (not met) to 4 (wholly met), with its finding; None: not judged, and why."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="scores")
    criterion = models.CharField(max_length=16, choices=Criterion.choices)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    finding = TranslatedField()

    class Meta:
        verbose_name = _("criterion of an evaluation")
        ordering = ["evaluation", "id"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "criterion"], name="criterion_score_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__range=(1, 4)), name="criterion_score_1_to_4"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_criterion_display()}: {self.score}"


class Answered(models.TextChoices):
    ACCEPTED = "accepted", pgettext_lazy("recommendations", "accepted")
    PARTLY = "partly", pgettext_lazy("recommendations", "accepted in part")
    REJECTED = "rejected", pgettext_lazy("recommendations", "not accepted")


class ManagementResponse(models.Model):
    """What a party says to an evaluation, and what it will do until when."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="responses")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answered.choices)
    text = TranslatedField()
    measures = TranslatedField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    given_at = moment()
    given_by = person()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("management response")
        ordering = ["evaluation", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(revision__gte=1), name="management_response_revision_from_1"),
            models.UniqueConstraint(fields=["evaluation", "institution"], name="management_response_once"),
            models.CheckConstraint(condition=Q(given_at__isnull=False), name="management_response_at_a_time"),
            *when_and_who("management_response", "given"),
        ]

    def __str__(self) -> str:
        return str(self.institution)


class CheckMoment(models.TextChoices):
    CLOSURE = "closure", pgettext_lazy("moment", "at closure")
    AFTER_12 = "after-12", pgettext_lazy("moment", "12 months later")
    AFTER_24 = "after-24", pgettext_lazy("moment", "24 months later")


# Domain.md section 8, in the order of the form.
LASTING = ("norm", "budget", "staff", "owner", "materials", "government", "local_funding")


class SustainabilityCheck(models.Model):
    """What remains of an initiative, 0 (nothing) to 3 (wholly); None: not known. `institution` says so of its own country.

    `government`: it survived a change of government; None while there was none. The last three are about replicability.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="checks")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    moment = models.CharField(max_length=10, choices=CheckMoment.choices)
    checked_on = models.DateField()
    norm = models.PositiveSmallIntegerField(null=True, blank=True)
    budget = models.PositiveSmallIntegerField(null=True, blank=True)
    staff = models.PositiveSmallIntegerField(null=True, blank=True)
    owner = models.PositiveSmallIntegerField(null=True, blank=True)
    materials = models.PositiveSmallIntegerField(null=True, blank=True)
    government = models.PositiveSmallIntegerField(null=True, blank=True)
    local_funding = models.PositiveSmallIntegerField(null=True, blank=True)
    government_changed = models.BooleanField(default=False)
    components_reused = models.PositiveSmallIntegerField(null=True, blank=True)
    national = models.BooleanField(null=True, blank=True)
    third_countries = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence = TranslatedField(blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("sustainability check")
        ordering = ["initiative", "checked_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(revision__gte=1), name="sustainability_check_revision_from_1"),
            models.UniqueConstraint(fields=["initiative", "institution", "moment"], name="sustainability_check_once"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": (0, 3)}),
                    name=f"sustainability_{name}_0_to_3",
                )
                for name in LASTING
            ),
            models.CheckConstraint(
                condition=Q(government_changed=True) | Q(government__isnull=True),
                name="sustainability_government_once_changed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.get_moment_display()}"
