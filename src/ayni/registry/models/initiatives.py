"""Initiatives (R7, R23): what countries do together, from its identification to the years after it."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ayni.common.columns import moment, person, when_and_who
from ayni.common.i18n import TranslatedField, text_in
from ayni.common.permissions import Scope
from ayni.directory.models import Component, Concept, Country, Institution
from ayni.registry.models.agreements import Agreement

# What opens the record, the year, and a number: BR-2026-0007. It never changes, whatever the title becomes.
INITIATIVE_CODE = r"^[A-Z]{2}-[0-9]{4}-[0-9]{4,}$"


class InitiativeState(models.TextChoices):
    IDENTIFICATION = "identification", pgettext_lazy("initiative", "identification")
    FORMULATION = "formulation", pgettext_lazy("initiative", "formulation")
    APPROVED = "approved", pgettext_lazy("initiative", "approved")
    EXECUTION = "execution", pgettext_lazy("initiative", "execution")
    SUSPENDED = "suspended", pgettext_lazy("initiative", "suspended")
    CLOSURE = "closure", pgettext_lazy("initiative", "closure")
    EX_POST = "ex-post", pgettext_lazy("initiative", "ex-post")
    ARCHIVED = "archived", pgettext_lazy("initiative", "archived")
    CANCELLED = "cancelled", pgettext_lazy("initiative", "cancelled")


# From its approval on an initiative is public once its record is (see Validation).
APPROVED = (
    InitiativeState.APPROVED,
    InitiativeState.EXECUTION,
    InitiativeState.SUSPENDED,
    InitiativeState.CLOSURE,
    InitiativeState.EX_POST,
    InitiativeState.ARCHIVED,
)
# Its plan, costs and results can still be written.
OPEN_STATES = (
    InitiativeState.IDENTIFICATION,
    InitiativeState.FORMULATION,
    InitiativeState.APPROVED,
    InitiativeState.EXECUTION,
    InitiativeState.SUSPENDED,
    InitiativeState.CLOSURE,
    InitiativeState.EX_POST,
)


class Validation(models.TextChoices):
    """What the sides say of the record (domain.md section 6); kept beside the initiative, so that lists need no join."""

    PRIVATE = "private", pgettext_lazy("record", "not declared yet")
    NOTIFIED = "notified", pgettext_lazy("record", "declared, waiting for the other side")
    DISPUTED = "disputed", pgettext_lazy("record", "disputed")
    RECONCILED = "reconciled", pgettext_lazy("record", "reconciled")
    VALIDATED = "validated", pgettext_lazy("record", "validated by every side")
    PUBLISHED = "published", pgettext_lazy("record", "validated and published")
    UNILATERAL = "unilateral", pgettext_lazy("record", "declared by one side alone")


# Anyone may read the record; the two are counted apart and never together.
PUBLIC_RECORDS = (Validation.PUBLISHED, Validation.UNILATERAL)


class Size(models.TextChoices):
    ACTION = "action", pgettext_lazy("size", "action")
    PROJECT = "project", pgettext_lazy("size", "project")
    PROGRAMME = "programme", pgettext_lazy("size", "programme")


class Formality(models.TextChoices):
    """How a relation stands on paper (R23)."""

    FORMAL = "formal", pgettext_lazy("formality", "under an agreement")
    EXCHANGED = "exchanged", pgettext_lazy("formality", "by exchange of letters")
    INFORMAL = "informal", pgettext_lazy("formality", "without a document")


class Continuity(models.TextChoices):
    """How a relation goes on (R23)."""

    ONCE = "once", pgettext_lazy("continuity", "once")
    REPEATED = "repeated", pgettext_lazy("continuity", "repeated")
    CONTINUOUS = "continuous", pgettext_lazy("continuity", "continuous")


# The vocabulary of each list of terms that an initiative holds.
SCHEMES = {"topics": "topics", "modalities": "modalities", "quadrants": "quadrants", "goals": "sdgs"}


class Initiative(models.Model):
    """`institution` opened the record and keeps it; who takes part, that one among them, are `participations`."""

    code = models.CharField(max_length=20, unique=True, validators=[RegexValidator(INITIATIVE_CODE)])
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="initiatives")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")
    title = TranslatedField()
    objective = TranslatedField(blank=True)
    summary = TranslatedField(blank=True)
    cooperation_type = models.ForeignKey(Concept, models.PROTECT, related_name="+")
    size = models.CharField(max_length=10, choices=Size.choices, default=Size.PROJECT)
    formality = models.CharField(max_length=10, choices=Formality.choices, blank=True)
    continuity = models.CharField(max_length=10, choices=Continuity.choices, blank=True)
    topics = models.ManyToManyField(Concept, related_name="+", blank=True)
    modalities = models.ManyToManyField(Concept, related_name="+", blank=True)
    quadrants = models.ManyToManyField(Concept, related_name="+", blank=True)
    goals = models.ManyToManyField(Concept, related_name="+", blank=True)
    agreements = models.ManyToManyField(Agreement, related_name="initiatives", blank=True)
    requested_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    began_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        max_length=14, choices=InitiativeState.choices, default=InitiativeState.IDENTIFICATION, db_index=True
    )
    validation = models.CharField(max_length=10, choices=Validation.choices, default=Validation.PRIVATE)
    reason = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    # The record that says the same and counts instead of this one.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    # The texts in the reader's four languages, folded: what the search looks in.
    words = models.TextField(blank=True, default="")
    fictional = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("initiative")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=INITIATIVE_CODE), name="initiative_code"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="initiative_not_below_itself"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="initiative_not_merged_into_itself"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(starts_on__lte=F("ends_on")),
                name="initiative_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(requested_on__isnull=True)
                | Q(answered_on__isnull=True)
                | Q(requested_on__lte=F("answered_on")),
                name="initiative_answered_once_requested",
            ),
            models.CheckConstraint(
                condition=Q(began_on__isnull=True) | Q(closed_on__isnull=True) | Q(began_on__lte=F("closed_on")),
                name="initiative_closed_once_begun",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=APPROVED) | Q(approved_on__isnull=False), name="initiative_approved_on_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["execution", "suspended", "closure", "ex-post"]) | Q(began_on__isnull=False),
                name="initiative_begun_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ex-post", "archived"]) | Q(closed_on__isnull=False),
                name="initiative_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["suspended", "cancelled"]) | ~Q(reason=""),
                name="initiative_stopped_with_a_reason",
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="initiative_revision_from_1"),
        ]
        indexes = [
            # What a reader may see is counted from the index alone.
            models.Index(fields=["validation", "merged_into", "state", "-id"], name="initiative_record_state"),
            models.Index(fields=["starts_on", "ends_on"], name="initiative_time"),
        ]

    def __str__(self) -> str:
        return text_in(self.title) or str(_("Without a title"))

    @property
    def permission_scope(self) -> Scope:
        """Every institution that takes part, and their countries: each side writes its own part of one record."""
        sides = [one.institution for one in self.participations.all()] or [self.institution]
        return Scope(
            institutions=frozenset(one.pk for one in sides),
            countries=frozenset(one.country_id for one in sides if one.country_id),
        )


class InitiativeComponent(models.Model):
    """A part of an initiative in which roles may differ; `component` is what is transferred, where the catalogue has it."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="components")
    number = models.PositiveSmallIntegerField()
    title = TranslatedField()
    component = models.ForeignKey(
        Component, models.PROTECT, null=True, blank=True, related_name="initiative_components"
    )

    class Meta:
        verbose_name = _("component of an initiative")
        ordering = ["initiative", "number"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="initiative_component_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="initiative_component_from_1"),
        ]

    def __str__(self) -> str:
        return text_in(self.title)


class Participation(models.Model):
    """An institution in an initiative, with its role in the whole or (`part`) in one component; roles may swap between them.

    The counterpart is the person who answers for it there, with the hours a month that were promised.
    """

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="participations")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="participations")
    part = models.ForeignKey(InitiativeComponent, models.CASCADE, null=True, blank=True, related_name="participations")
    role = models.ForeignKey(Concept, models.PROTECT, related_name="+")
    counterpart = models.CharField(max_length=150, blank=True)
    hours_a_month = models.PositiveSmallIntegerField(null=True, blank=True)
    tasks = TranslatedField(blank=True)

    class Meta:
        verbose_name = _("participation")
        ordering = ["initiative", "part__number", "role__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "institution", "part"], name="participation_once_a_component"
            ),
            models.UniqueConstraint(
                fields=["initiative", "institution"], condition=Q(part__isnull=True), name="participation_once"
            ),
            models.CheckConstraint(
                condition=Q(hours_a_month__isnull=True) | Q(hours_a_month__range=(1, 744)), name="participation_hours"
            ),
        ]
        indexes = [models.Index(fields=["institution", "initiative"], name="participation_institution")]

    def __str__(self) -> str:
        return str(self.institution)


class CounterpartChange(models.Model):
    """When the person who answers for a participation changed: turnover is computed from these rows."""

    participation = models.ForeignKey(Participation, models.CASCADE, related_name="changes")
    since = models.DateField()
    name = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("change of counterpart")
        ordering = ["participation", "since"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "since"], name="counterpart_change_once_a_day"),
            models.CheckConstraint(condition=~Q(name=""), name="counterpart_change_named"),
        ]

    def __str__(self) -> str:
        return f"{self.since}: {self.name}"


class InitiativeApproval(models.Model):
    """The coordination of one of its countries has approved the initiative; it is approved when all have."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="approvals")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    approved_at = moment()
    approved_by = person()

    class Meta:
        verbose_name = _("approval of an initiative")
        ordering = ["initiative", "id"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "country"], name="initiative_approval_once"),
            models.CheckConstraint(condition=Q(approved_at__isnull=False), name="initiative_approval_at_a_time"),
            *when_and_who("initiative_approval", "approved"),
        ]

    def __str__(self) -> str:
        return str(self.country)


class JointDecision(models.Model):
    """What the sides decided together during an initiative, in which meeting or by which letter (process indicator)."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="decisions")
    decided_on = models.DateField()
    text = TranslatedField()
    # False: one side decided and told the others.
    joint = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("decision")
        ordering = ["initiative", "-decided_on", "-id"]

    def __str__(self) -> str:
        return text_in(self.text)
