"""Missions of one to three provider countries that serve a demand whole [D: Section III]."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayni.common.columns import first_of_month, moment, person, when_and_who
from ayni.common.permissions import Scope
from ayni.directory.models import Concept, Country, Expert
from ayni.exchange.models.supply import Demand, Offer
from ayni.registry.models import Initiative

MOST_COUNTRIES = 3


class MissionState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    AGREED = "agreed", _("agreed")
    HANDED_OVER = "handed-over", _("handed over to the registry")
    REJECTED = "rejected", _("rejected")
    LAPSED = "lapsed", _("lapsed")


# Missions in these states hold the days that they take.
HOLDING = (MissionState.AGREED, MissionState.HANDED_OVER)


class Mission(models.Model):
    """A team proposed for a demand: its value, what no team can exceed (`bound`), its cost as far as it is known."""

    demand = models.ForeignKey(Demand, models.PROTECT, related_name="missions")
    recipient = models.ForeignKey(Country, models.PROTECT, related_name="+")
    lead = models.ForeignKey(Country, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=MissionState.choices, default=MissionState.PROPOSED)
    value = models.FloatField()
    bound = models.FloatField()
    cost_least = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    cost_most = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    interpretation = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    beside = models.JSONField(default=dict)
    # What became of it once it was handed over.
    initiative = models.OneToOneField(Initiative, models.PROTECT, null=True, blank=True, related_name="mission")
    reason = models.TextField(blank=True)
    proposed_at = models.DateTimeField(auto_now_add=True)
    proposed_by = person()
    recipient_accepted_at = moment()
    recipient_accepted_by = person()
    agreed_at = moment()
    agreed_by = person()
    ended_at = moment()
    ended_by = person()

    class Meta:
        verbose_name = _("mission")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["demand"],
                condition=Q(state__in=["proposed", "agreed", "handed-over"]),
                name="mission_one_that_lives_a_demand",
            ),
            models.CheckConstraint(condition=~Q(lead=F("recipient")), name="mission_not_led_by_its_recipient"),
            models.CheckConstraint(
                condition=Q(cost_least__isnull=True, cost_most__isnull=True)
                | Q(cost_least__isnull=False, cost_most__isnull=True, cost_least__gte=0)
                | Q(
                    cost_least__isnull=False, cost_most__isnull=False, cost_least__gte=0, cost_most__gte=F("cost_least")
                ),
                name="mission_cost_in_order",
            ),
            *when_and_who("mission", "recipient_accepted", "agreed"),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "handed-over"])
                | Q(agreed_at__isnull=False, recipient_accepted_at__isnull=False),
                name="mission_agreed_by_its_recipient",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["rejected", "lapsed"]) | ~Q(reason="") & Q(ended_at__isnull=False),
                name="mission_ended_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(initiative__isnull=True) | Q(state="handed-over"), name="mission_becomes_once_handed_over"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Mission for “%(demand)s”") % {"demand": self.demand})

    @property
    def permission_scope(self) -> Scope:
        """The recipient's and every provider's country, and the institutions of demand and offers."""
        offers = [part.offer for part in self.parts.all()]
        sides = [self.demand.permission_scope, *(offer.permission_scope for offer in offers)]
        return Scope(
            institutions=frozenset().union(*(side.institutions for side in sides)),
            countries=frozenset().union(*(side.countries for side in sides)),
        )


class MissionCountry(models.Model):
    """A provider country of a mission: the first, the second or the third, and no more."""

    mission = models.ForeignKey(Mission, models.CASCADE, related_name="providers")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    accepted_at = moment()
    accepted_by = person()

    class Meta:
        verbose_name = _("provider country of a mission")
        ordering = ["mission", "place"]
        constraints = [
            models.UniqueConstraint(fields=["mission", "country"], name="mission_country_once"),
            models.UniqueConstraint(fields=["mission", "place"], name="mission_place_once"),
            models.CheckConstraint(condition=Q(place__range=(1, MOST_COUNTRIES)), name="mission_at_most_three"),
            *when_and_who("mission_country", "accepted"),
        ]

    def __str__(self) -> str:
        return str(self.country)


class MissionPart(models.Model):
    """One quadrant of a mission: which offer serves it, with how many expert-days, from which month to which."""

    mission = models.ForeignKey(Mission, models.CASCADE, related_name="parts")
    provider = models.ForeignKey(MissionCountry, models.CASCADE, related_name="parts")
    quadrant = models.ForeignKey(Concept, models.PROTECT, related_name="+")
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="parts")
    days = models.PositiveSmallIntegerField()
    first_month = models.DateField(null=True, blank=True)
    last_month = models.DateField(null=True, blank=True)
    interpreted = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("part of a mission")
        ordering = ["mission", "quadrant__position"]
        constraints = [
            models.UniqueConstraint(fields=["mission", "quadrant"], name="mission_part_once"),
            models.CheckConstraint(condition=Q(days__gte=1), name="mission_part_days"),
            *first_of_month("mission_part", "first_month", "last_month"),
            models.CheckConstraint(
                condition=Q(first_month__isnull=True, last_month__isnull=True)
                | Q(first_month__isnull=False, last_month__isnull=False, last_month__gte=F("first_month")),
                name="mission_part_months_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quadrant.code}: {self.offer}"


class MissionMonth(models.Model):
    """Days of a part that one expert gives in one month."""

    part = models.ForeignKey(MissionPart, models.CASCADE, related_name="months")
    month = models.DateField()
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="mission_months")
    days = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("month of a mission")
        ordering = ["part", "month", "expert"]
        constraints = [
            models.UniqueConstraint(fields=["part", "month", "expert"], name="mission_month_once"),
            models.CheckConstraint(condition=Q(days__range=(1, 31)), name="mission_month_days"),
            *first_of_month("mission_month", "month"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.days}"
