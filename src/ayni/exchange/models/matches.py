"""Matches, never automatic: suggested, accepted by both sides, negotiated."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayni.common.columns import moment, person, when_and_who
from ayni.common.permissions import Scope
from ayni.directory.models import Country
from ayni.exchange.models.matrix import MatchingRules
from ayni.exchange.models.supply import Demand, Offer
from ayni.registry.models import Initiative


class MatchState(models.TextChoices):
    SUGGESTED = "suggested", _("suggested")
    NEGOTIATING = "negotiating", _("being negotiated")
    CONVERTED = "converted", _("converted")
    REJECTED = "rejected", _("rejected")
    LAPSED = "lapsed", _("lapsed")


class Match(models.Model):
    """An offer put beside a demand. The score lies between `least` and `most` (0 to 100) and keeps what it was made of."""

    demand = models.ForeignKey(Demand, models.PROTECT, related_name="matches")
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="matches")
    recipient = models.ForeignKey(Country, models.PROTECT, related_name="+")
    provider = models.ForeignKey(Country, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=MatchState.choices, default=MatchState.SUGGESTED)
    rules = models.ForeignKey(MatchingRules, models.PROTECT, related_name="matches")
    least = models.FloatField()
    most = models.FloatField()
    explanation = models.JSONField(default=list)
    # What became of it once it was converted.
    initiative = models.OneToOneField(Initiative, models.PROTECT, null=True, blank=True, related_name="match")
    reason = models.TextField(blank=True)
    suggested_at = models.DateTimeField(auto_now_add=True)
    suggested_by = person()
    demand_accepted_at = moment()
    demand_accepted_by = person()
    offer_accepted_at = moment()
    offer_accepted_by = person()
    ended_at = moment()
    ended_by = person()

    class Meta:
        verbose_name = _("match")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["demand", "offer"],
                condition=Q(state__in=["suggested", "negotiating", "converted"]),
                name="match_once_while_it_lives",
            ),
            models.CheckConstraint(condition=~Q(recipient=F("provider")), name="match_not_with_oneself"),
            models.CheckConstraint(
                condition=Q(least__gte=0) & Q(most__lte=100.000001) & Q(least__lte=F("most")),
                name="match_score_0_to_100",
            ),
            *when_and_who("match", "demand_accepted", "offer_accepted"),
            models.CheckConstraint(
                condition=~Q(state__in=["negotiating", "converted"])
                | Q(demand_accepted_at__isnull=False, offer_accepted_at__isnull=False),
                name="match_negotiated_when_both_accept",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["rejected", "lapsed"]) | ~Q(reason="") & Q(ended_at__isnull=False),
                name="match_ended_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(initiative__isnull=True) | Q(state="converted"), name="match_becomes_once_converted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer} → {self.demand}"

    @property
    def permission_scope(self) -> Scope:
        """Both sides'."""
        sides = (self.demand.permission_scope, self.offer.permission_scope)
        return Scope(
            institutions=frozenset().union(*(side.institutions for side in sides)),
            countries=frozenset().union(*(side.countries for side in sides)),
        )
