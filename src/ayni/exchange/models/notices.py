"""News for an institution or a country about what happened to something that concerns it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ayni.directory.models import Institution
from ayni.exchange.models.matches import Match
from ayni.exchange.models.missions import Mission
from ayni.exchange.models.supply import Demand, Offer


class Notice(models.Model):
    """`what` is a verb of the record; the page says it in the reader's language, and links to the thing."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="notices")
    what = models.CharField(max_length=60)
    reason = models.TextField(blank=True)
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, blank=True, related_name="notices")
    demand = models.ForeignKey(Demand, models.PROTECT, null=True, blank=True, related_name="notices")
    match = models.ForeignKey(Match, models.PROTECT, null=True, blank=True, related_name="notices")
    mission = models.ForeignKey(Mission, models.PROTECT, null=True, blank=True, related_name="notices")
    at = models.DateTimeField(auto_now_add=True)
    seen_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)

    class Meta:
        verbose_name = _("notice")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(offer__isnull=False, demand__isnull=True, match__isnull=True, mission__isnull=True)
                | Q(offer__isnull=True, demand__isnull=False, match__isnull=True, mission__isnull=True)
                | Q(offer__isnull=True, demand__isnull=True, match__isnull=False, mission__isnull=True)
                | Q(offer__isnull=True, demand__isnull=True, match__isnull=True, mission__isnull=False),
                name="notice_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.institution}: {self.what}"

    @property
    def about(self) -> models.Model | None:
        """The thing that the notice is about."""
        return self.offer or self.demand or self.match or self.mission
