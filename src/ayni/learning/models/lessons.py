"""Lessons and their use (R6-R8): what an activity taught, what changed by it, and what was made together."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ayni.common.columns import moment, person, when_and_who
from ayni.common.i18n import TranslatedField, text_in
from ayni.common.permissions import Scope
from ayni.directory.models import Component, Concept, Institution, ProgrammeVersion
from ayni.registry.models import Activity, Initiative


class LessonState(models.TextChoices):
    CAPTURED = "captured", pgettext_lazy("lesson", "captured")
    REVIEWED = "reviewed", pgettext_lazy("lesson", "reviewed")
    TYPED = "typed", pgettext_lazy("lesson", "type known")
    INCORPORATED = "incorporated", pgettext_lazy("lesson", "incorporated")
    VERIFIED = "verified", pgettext_lazy("lesson", "use verified")
    DISSEMINATED = "disseminated", pgettext_lazy("lesson", "disseminated")


class Lesson(models.Model):
    """What `institution` learned in an activity. Its type is derived (domain.md section 8; Figure 1 of the document):

    an own programme changed: internal; recognition and no own change: external; recorded with another institution (`joint_with`)
    and a new proposal: projective. The first two are of the first order, the third of the second.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="lessons")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="lessons")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="lessons")
    joint_with = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="joint_lessons")
    title = TranslatedField()
    text = TranslatedField()
    topics = models.ManyToManyField(Concept, related_name="+", blank=True)
    recognition = TranslatedField(blank=True)
    proposal = TranslatedField(blank=True)
    joint_agreed_at = moment()
    joint_agreed_by = person()
    state = models.CharField(max_length=12, choices=LessonState.choices, default=LessonState.CAPTURED)
    # Written when the lesson is typed: a code of the vocabulary learning-types.
    kind = models.CharField(max_length=10, blank=True)
    reason = models.TextField(blank=True)
    captured_on = models.DateField()
    # Its texts in every language, folded: what the search looks in.
    words = models.TextField(blank=True, default="")
    reviewed_at = moment()
    reviewed_by = person()
    disseminated_at = moment()
    disseminated_by = person()
    revision = models.PositiveIntegerField(default=1)
    fictional = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("lesson")
        ordering = ["-captured_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["", "internal", "external", "projective"]), name="lesson_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["captured", "reviewed"], kind="")
                | ~Q(state__in=["captured", "reviewed"]) & ~Q(kind=""),
                name="lesson_kind_once_typed",
            ),
            models.CheckConstraint(
                condition=Q(state="captured") | Q(reviewed_at__isnull=False), name="lesson_reviewed_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="disseminated") | Q(disseminated_at__isnull=False),
                name="lesson_disseminated_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(joint_with=models.F("institution")), name="lesson_joint_with_another"),
            models.CheckConstraint(
                condition=~Q(kind="projective") | Q(joint_agreed_at__isnull=False), name="lesson_projective_by_two"
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="lesson_revision_from_1"),
            *when_and_who("lesson", "joint_agreed", "reviewed", "disseminated"),
        ]
        indexes = [models.Index(fields=["institution", "state"], name="lesson_institution")]

    def __str__(self) -> str:
        return text_in(self.title) or str(_("Without a title"))

    @property
    def permission_scope(self) -> Scope:
        return self.institution.permission_scope


class LessonUse(models.Model):
    """A programme's version, or a component's, that a lesson changed; verified by somebody who observes."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="uses")
    programme_version = models.ForeignKey(
        ProgrammeVersion, models.PROTECT, null=True, blank=True, related_name="lesson_uses"
    )
    component = models.ForeignKey(Component, models.PROTECT, null=True, blank=True, related_name="lesson_uses")
    component_version = models.PositiveSmallIntegerField(null=True, blank=True)
    changed = TranslatedField()
    evidence = models.URLField(max_length=500, blank=True)
    evidence_note = TranslatedField(blank=True)
    used_on = models.DateField()
    verified_at = moment()
    verified_by = person()

    class Meta:
        verbose_name = _("use of a lesson")
        ordering = ["lesson", "used_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(programme_version__isnull=False, component__isnull=True, component_version__isnull=True)
                | Q(
                    programme_version__isnull=True,
                    component__isnull=False,
                    component_version__isnull=False,
                    component_version__gte=1,
                ),
                name="lesson_use_of_one_version",
            ),
            models.UniqueConstraint(fields=["lesson", "programme_version"], name="lesson_use_once_a_programme_version"),
            models.UniqueConstraint(
                fields=["lesson", "component", "component_version"], name="lesson_use_once_a_component_version"
            ),
            models.CheckConstraint(condition=~Q(evidence="") | ~Q(evidence_note={}), name="lesson_use_with_evidence"),
            *when_and_who("lesson_use", "verified"),
        ]

    def __str__(self) -> str:
        return str(self.programme_version or self.component)


class Product(models.Model):
    """Something new that the parties made together (R8): a manual, a method, an adapted system."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="products")
    title = TranslatedField()
    description = TranslatedField(blank=True)
    institutions = models.ManyToManyField(Institution, related_name="products")
    made_on = models.DateField()
    url = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=100, blank=True)
    fictional = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("joint product")
        ordering = ["-made_on", "-id"]
        constraints = [models.CheckConstraint(condition=Q(revision__gte=1), name="product_revision_from_1")]

    def __str__(self) -> str:
        return text_in(self.title) or str(_("Without a title"))

    @property
    def permission_scope(self) -> Scope:
        return self.initiative.permission_scope
