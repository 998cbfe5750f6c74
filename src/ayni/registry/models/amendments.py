"""Amendments and renewals of an agreement: a copy of what it says, drafted, reviewed, signed by each party, then in its place."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ayni.common.columns import moment, person, when_and_who
from ayni.common.i18n import TranslatedField
from ayni.common.permissions import Scope
from ayni.directory.models import Concept
from ayni.registry.models.agreements import Agreement, AgreementParty


class AmendmentKind(models.TextChoices):
    AMENDMENT = "amendment", _("amendment")
    RENEWAL = "renewal", _("renewal")


class AmendmentState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("amendment", "draft")
    REVIEW = "review", pgettext_lazy("amendment", "in legal review")
    SIGNED = "signed", pgettext_lazy("amendment", "signed")
    IN_EFFECT = "in-effect", pgettext_lazy("amendment", "in effect")
    WITHDRAWN = "withdrawn", pgettext_lazy("amendment", "withdrawn")


# Of those that are still on their way an agreement has one at most: what it copies does not change under it.
OPEN_AMENDMENTS = (AmendmentState.DRAFT, AmendmentState.REVIEW, AmendmentState.SIGNED)


class Amendment(models.Model):
    """`texts` is the agreement as it is to become, `former` as it was until then (empty before it takes effect).

    Both hold {"title": {language: text}, …, "commitments": {code of the party: {language: text}}}. A renewal also moves the last
    day.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=AmendmentKind.choices)
    changes = TranslatedField(blank=True)
    texts = models.JSONField(default=dict, blank=True)
    former = models.JSONField(default=dict, blank=True)
    # From this day on it is in effect.
    agreed_on = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=AmendmentState.choices, default=AmendmentState.DRAFT)
    reason = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    reviewed_at = moment()
    reviewed_by = person()

    class Meta:
        verbose_name = _("amendment")
        ordering = ["agreement", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="amendment_once"),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(state__in=OPEN_AMENDMENTS), name="amendment_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="amendment_from_1"),
            models.CheckConstraint(
                condition=~Q(kind="renewal") | Q(valid_to__isnull=False), name="renewal_until_a_day"
            ),
            models.CheckConstraint(
                condition=Q(kind="renewal") | Q(valid_to__isnull=True), name="amendment_moves_no_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(agreed_on__isnull=True) | Q(valid_to__gte=F("agreed_on")),
                name="amendment_dates_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state="in-effect") | Q(agreed_on__isnull=False), name="amendment_in_effect_from_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(reason=""), name="amendment_withdrawn_with_a_reason"
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="amendment_revision_from_1"),
            *when_and_who("amendment", "reviewed"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def permission_scope(self) -> Scope:
        """That of the agreement."""
        return self.agreement.permission_scope


class AmendmentSignature(models.Model):
    """A party has signed an amendment: who did, with which rank, on which day."""

    amendment = models.ForeignKey(Amendment, models.CASCADE, related_name="signatures")
    party = models.ForeignKey(AgreementParty, models.RESTRICT, related_name="amendment_signatures")
    signatory = models.CharField(max_length=150, blank=True)
    rank = models.ForeignKey(Concept, models.PROTECT, related_name="+")
    signed_on = models.DateField()
    # The coordination of the institution that keeps the record wrote it down: this party's country has none.
    by_other_side = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("signature of an amendment")
        ordering = ["amendment", "party"]
        constraints = [models.UniqueConstraint(fields=["amendment", "party"], name="amendment_signed_once")]

    def __str__(self) -> str:
        return str(self.party)
