"""What institutions can share and what they need (domain.md section 6)."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayni.common.columns import first_of_month, moment, person, when_and_who
from ayni.common.i18n import TranslatedField, text_in
from ayni.common.permissions import Scope
from ayni.directory.models import Component, Concept, Country, Evidence, Institution, SpokenField
from ayni.directory.models.spoken import spoken_constraint
from ayni.learning.models import Lesson


class OfferState(models.TextChoices):
    DRAFT = "draft", _("draft")
    APPROVED = "approved", _("approved by the institution")
    PUBLISHED = "published", _("published")
    PAUSED = "paused", _("paused")
    LAPSED = "lapsed", _("lapsed")
    ARCHIVED = "archived", _("archived")


class DemandState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    ENDORSED = "endorsed", _("endorsed")
    COFORMULATION = "coformulation", _("being formulated together")
    ELIGIBLE = "eligible", _("eligible")
    RETURNED = "returned", _("returned")
    REFERRED = "referred", _("referred")
    DECLINED = "declined", _("declined")
    MATCHED = "matched", _("matched")
    FORMALISED = "formalised", _("formalised")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


# A state that needs a reason for its author.
EXPLAINED_OFFER = (OfferState.PAUSED, OfferState.ARCHIVED)
EXPLAINED_DEMAND = (DemandState.RETURNED, DemandState.REFERRED, DemandState.DECLINED, DemandState.WITHDRAWN)


class Written(models.Model):
    """What an offer and a demand have in common; `revision` tells two people who write at once apart."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="%(class)ss")
    title = TranslatedField()
    topics = models.ManyToManyField(Concept, related_name="+", blank=True)
    modalities = models.ManyToManyField(Concept, related_name="+", blank=True)
    languages = SpokenField()
    excluded = models.ManyToManyField(Country, related_name="+", blank=True)
    income = models.CharField(max_length=20, blank=True)
    population = models.CharField(max_length=20, blank=True)
    government = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = person()
    changed_at = models.DateTimeField(auto_now=True)
    confirmed_on = models.DateField(null=True, blank=True)
    fictional = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return text_in(self.title) or str(_("Without a title"))

    @property
    def country_id(self) -> str | None:
        return self.institution.country_id

    @property
    def permission_scope(self) -> Scope:
        return self.institution.permission_scope


class Offer(Written):
    """What an institution can share: whole, or one component of a programme."""

    component = models.ForeignKey(Component, models.PROTECT, null=True, blank=True, related_name="offers")
    # The lesson that came back as this offer (R7).
    lesson = models.ForeignKey(Lesson, models.PROTECT, null=True, blank=True, related_name="offers")
    text = TranslatedField(blank=True)
    quadrants = models.ManyToManyField(Concept, related_name="+", blank=True)
    prerequisites = TranslatedField(blank=True)
    expects = TranslatedField(blank=True)
    gains = TranslatedField(blank=True)
    evidence = models.PositiveSmallIntegerField(null=True, blank=True, choices=Evidence.choices)
    capacity_days = models.PositiveIntegerField(null=True, blank=True)
    cost = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    state = models.CharField(max_length=12, choices=OfferState.choices, default=OfferState.DRAFT)
    approved_at = moment()
    approved_by = person()
    published_at = moment()
    published_by = person()

    class Meta:
        verbose_name = _("offer")
        ordering = ["-id"]
        constraints = [
            *when_and_who("offer", "approved", "published"),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "paused", "lapsed"])
                | Q(published_at__isnull=False, confirmed_on__isnull=False),
                name="offer_published_with_its_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=list(EXPLAINED_OFFER)) | ~Q(reason=""), name="offer_stopped_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(evidence__isnull=True) | Q(evidence__range=(0, 4)), name="offer_evidence_0_to_4"
            ),
            models.CheckConstraint(condition=Q(cost__isnull=True) | Q(cost__gte=0), name="offer_cost_not_below_0"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="offer_revision_from_1"),
            spoken_constraint("offer"),
        ]
        indexes = [models.Index(fields=["state", "institution"], name="offer_state")]


class Demand(Written):
    """What an institution needs, with what both sides expect."""

    component = models.ForeignKey(Component, models.PROTECT, null=True, blank=True, related_name="demands")
    problem = TranslatedField(blank=True)
    objective = TranslatedField(blank=True)
    results = TranslatedField(blank=True)
    expects = TranslatedField(blank=True)
    gives = TranslatedField(blank=True)
    counterpart = TranslatedField(blank=True)
    counterpart_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    interpretation = models.BooleanField(default=False)
    budget = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    starts = models.DateField(null=True, blank=True)
    deadline = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=14, choices=DemandState.choices, default=DemandState.DRAFT)
    referred_to = models.CharField(max_length=200, blank=True)
    submitted_at = moment()
    submitted_by = person()
    endorsed_at = moment()
    endorsed_by = person()
    decided_at = moment()
    decided_by = person()

    class Meta:
        verbose_name = _("demand")
        ordering = ["-id"]
        constraints = [
            *when_and_who("demand", "submitted", "endorsed", "decided"),
            *first_of_month("demand", "starts", "deadline"),
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(deadline__isnull=True) | Q(starts__lte=F("deadline")),
                name="demand_months_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=list(EXPLAINED_DEMAND)) | ~Q(reason=""), name="demand_stopped_with_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="referred") | ~Q(referred_to=""), name="demand_referred_to_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "endorsed", "eligible", "matched", "formalised"])
                | Q(submitted_at__isnull=False),
                name="demand_submitted_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["endorsed", "eligible", "matched", "formalised"])
                | Q(endorsed_at__isnull=False),
                name="demand_endorsed_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["eligible", "matched", "formalised"])
                | Q(decided_at__isnull=False, confirmed_on__isnull=False),
                name="demand_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(budget__gte=0), name="demand_budget_not_below_0"
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="demand_revision_from_1"),
            spoken_constraint("demand"),
        ]
        indexes = [models.Index(fields=["state", "institution"], name="demand_state")]


class DemandNeed(models.Model):
    """Expert-days that a demand asks for in one quadrant."""

    demand = models.ForeignKey(Demand, models.CASCADE, related_name="needs")
    quadrant = models.ForeignKey(Concept, models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("need of a demand")
        ordering = ["demand", "quadrant__position"]
        constraints = [
            models.UniqueConstraint(fields=["demand", "quadrant"], name="demand_need_once"),
            models.CheckConstraint(condition=Q(days__range=(1, 1000)), name="demand_need_days"),
        ]

    def __str__(self) -> str:
        return f"{self.quadrant.code}: {self.days}"
