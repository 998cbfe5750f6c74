"""Obstacles (R12-R16): what stood in the way, what was done about it, and whether that worked."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ayni.common.i18n import TranslatedField, text_in
from ayni.common.permissions import Scope
from ayni.directory.models import Concept, Country, Institution
from ayni.registry.models import Initiative


class Worked(models.TextChoices):
    UNKNOWN = "unknown", pgettext_lazy("counter-measure", "not known yet")
    YES = "yes", pgettext_lazy("counter-measure", "it worked")
    PARTLY = "partly", pgettext_lazy("counter-measure", "it worked in part")
    NO = "no", pgettext_lazy("counter-measure", "it did not work")


class Obstacle(models.Model):
    """An obstacle of a country, in an initiative or in its cooperation as a whole; `kind` is a term of Table 2's vocabulary."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="obstacles")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="obstacles")
    initiative = models.ForeignKey(Initiative, models.PROTECT, null=True, blank=True, related_name="obstacles")
    kind = models.ForeignKey(Concept, models.PROTECT, related_name="+")
    text = TranslatedField()
    seen_on = models.DateField()
    counter_measure = TranslatedField(blank=True)
    taken_on = models.DateField(null=True, blank=True)
    worked = models.CharField(max_length=8, choices=Worked.choices, default=Worked.UNKNOWN)
    ended_on = models.DateField(null=True, blank=True)
    # Its texts in every language, folded: what the search looks in.
    words = models.TextField(blank=True, default="")
    fictional = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("obstacle")
        ordering = ["-seen_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_on__isnull=True) | Q(taken_on__gte=F("seen_on")), name="obstacle_met_once_seen"
            ),
            models.CheckConstraint(
                condition=Q(worked="unknown") | Q(taken_on__isnull=False), name="obstacle_judged_once_met"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("seen_on")), name="obstacle_ended_once_seen"
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="obstacle_revision_from_1"),
        ]
        indexes = [models.Index(fields=["country", "seen_on"], name="obstacle_country")]

    def __str__(self) -> str:
        return text_in(self.text)[:120]

    @property
    def permission_scope(self) -> Scope:
        return self.institution.permission_scope
