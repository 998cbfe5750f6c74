"""The committee: versioned criteria, the people who score, and each one's review of each potential action."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from ayni.common.columns import VersionStatus
from ayni.common.i18n import TranslatedField, text_in
from ayni.exchange.models.rounds.event import ExchangeRound
from ayni.exchange.models.rounds.results import PotentialAction


class CommitteeCriteria(models.Model):
    """A version of the criteria. They are Ayni's own judgement, for the secretariat to change."""

    number = models.PositiveSmallIntegerField(_("version"), unique=True)
    note = TranslatedField(blank=True)
    status = models.CharField(max_length=10, choices=VersionStatus.choices, default=VersionStatus.DRAFT)

    class Meta:
        verbose_name = _("criteria of the committee")
        ordering = ["-number"]
        constraints = [
            *(
                models.UniqueConstraint(fields=["status"], condition=Q(status=status), name=f"criteria_one_{status}")
                for status in ("draft", "current")
            ),
        ]

    def __str__(self) -> str:
        return str(_("Criteria, version %(number)d") % {"number": self.number})


class CommitteeCriterion(models.Model):
    criteria = models.ForeignKey(CommitteeCriteria, models.CASCADE, related_name="parts")
    code = models.SlugField(max_length=40)
    name = TranslatedField()
    question = TranslatedField()
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("criterion of the committee")
        ordering = ["criteria", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["criteria", "code"], name="criterion_once_a_version"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=100), name="criterion_weight_1_to_100"),
        ]

    def __str__(self) -> str:
        return text_in(self.name)

    @property
    def asked(self) -> str:
        """The question as a form's help shows it, where texts are taken for markup."""
        return escape(text_in(self.question))


class Reviewer(models.Model):
    round = models.ForeignKey(ExchangeRound, models.CASCADE, related_name="reviewers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("reviewer")
        ordering = ["round", "id"]
        constraints = [models.UniqueConstraint(fields=["round", "user"], name="reviewer_once_a_round")]

    def __str__(self) -> str:
        return str(self.user)


class Review(models.Model):
    """What a reviewer says of an action: scores with a comment, or that a conflict of interest forbids it."""

    reviewer = models.ForeignKey(Reviewer, models.PROTECT, related_name="reviews")
    action = models.ForeignKey(PotentialAction, models.PROTECT, related_name="reviews")
    comment = models.TextField(_("comment"), blank=True)
    # A reason here means that the reviewer abstains.
    conflict = models.TextField(_("conflict of interest"), blank=True)
    given_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("review")
        ordering = ["action", "reviewer"]
        constraints = [
            models.UniqueConstraint(fields=["reviewer", "action"], name="review_once_a_reviewer"),
            models.CheckConstraint(condition=Q(conflict="") | Q(comment=""), name="review_abstains_or_comments"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.action}"


class ReviewScore(models.Model):
    review = models.ForeignKey(Review, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(CommitteeCriterion, models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField(_("score"))

    class Meta:
        verbose_name = _("score")
        ordering = ["review", "criterion"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="score_once_a_criterion"),
            models.CheckConstraint(condition=Q(value__lte=3), name="score_0_to_3"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"
