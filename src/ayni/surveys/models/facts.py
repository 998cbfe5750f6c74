"""What a diagnosis is computed from: facts taken from answers, each with the source it can be checked against."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayni.common.i18n import TranslatedField
from ayni.directory.models import Concept, Country, Institution
from ayni.surveys.models.instruments import Question
from ayni.surveys.models.rounds import Response, Round


class PartnerMention(models.Model):
    """An institution says that it cooperates with a country. Without a stated role the direction is unknown."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="partners")
    # The respondent's own country, kept here so that the database itself can refuse cooperation with oneself.
    reporter = models.ForeignKey(Country, models.PROTECT, null=True, related_name="+")
    country = models.ForeignKey(Country, models.PROTECT, related_name="mentions")
    role = models.CharField(max_length=20, default="unknown")
    since = models.PositiveSmallIntegerField(null=True, blank=True)
    until = models.PositiveSmallIntegerField(null=True, blank=True)
    printed_name = models.CharField(max_length=100, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("partner country")
        constraints = [
            models.UniqueConstraint(fields=["response", "country"], name="partner_once_a_response"),
            models.CheckConstraint(condition=~Q(country=F("reporter")), name="partner_is_another_country"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(since__lte=F("until")),
                name="partner_period_in_order",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["first-offerer", "second-offerer", "recipient", "both", "unknown"]),
                name="partner_role_known_or_unknown",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response.institution} – {self.country}"


class Attributed(models.Model):
    """A fact of one response, of one country's institutions together, or of all that reported (neither given)."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="%(class)ss")
    response = models.ForeignKey(Response, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    question = models.ForeignKey(Question, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(response__isnull=True) | Q(country__isnull=True),
                name="%(class)s_of_a_response_or_a_country",
            )
        ]


class AgencyMention(Attributed):
    """Another institution takes part in the cooperation (R4, Table 4)."""

    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="mentions")
    name = TranslatedField(blank=True)
    role = models.ForeignKey(Concept, models.PROTECT, null=True, blank=True, related_name="+")
    scope = models.CharField(
        max_length=15, choices=[("national", _("national")), ("international", _("international"))]
    )

    class Meta(Attributed.Meta):
        verbose_name = _("agency involved")

    def __str__(self) -> str:
        return str(self.institution or self.name)


class Coding(Attributed):
    """An answer, or a passage of it, was given a category; the coder and the passage are kept. Two coders may differ."""

    concept = models.ForeignKey(Concept, models.PROTECT, related_name="codings")
    passage = models.TextField(blank=True)
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    coder_name = models.CharField(max_length=200)
    coded_at = models.DateTimeField(auto_now_add=True)

    class Meta(Attributed.Meta):
        verbose_name = _("coding")
        constraints = [
            *Attributed.Meta.constraints,
            models.UniqueConstraint(
                fields=["response", "question", "concept", "coder_name"],
                condition=Q(response__isnull=False),
                name="coding_once_a_coder",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.concept} ({self.source})"


class Statement(Attributed):
    """Something a document says for several institutions together, which no single response may claim."""

    text = TranslatedField()

    class Meta(Attributed.Meta):
        verbose_name = _("joint statement")

    def __str__(self) -> str:
        return self.source
