"""The record of two sides (R3; domain.md section 6): each side declares, confirms or disputes, and one record counts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ayni.common.columns import moment, person, when_and_who
from ayni.directory.models import Country
from ayni.registry.models.initiatives import Initiative


class Stance(models.TextChoices):
    """What a side says of the record."""

    NOTIFIED = "notified", pgettext_lazy("side", "asked, has not answered")
    DECLARED = "declared", pgettext_lazy("side", "declares it")
    CONFIRMED = "confirmed", pgettext_lazy("side", "confirms it")
    DISPUTED = "disputed", pgettext_lazy("side", "disputes it")
    RECONCILED = "reconciled", pgettext_lazy("side", "reconciled")


class Declaration(models.Model):
    """One country's side of the record: `revision` is the record's that it last spoke of."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="declarations")
    country = models.ForeignKey(Country, models.PROTECT, related_name="declarations")
    stance = models.CharField(max_length=10, choices=Stance.choices)
    notified_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    answered_at = moment()
    answered_by = person()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("declaration")
        ordering = ["initiative", "id"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "country"], name="declaration_one_a_side"),
            models.CheckConstraint(
                condition=Q(notified_on__isnull=True, due_on__isnull=True)
                | Q(notified_on__isnull=False, due_on__isnull=False, due_on__gt=F("notified_on")),
                name="declaration_due_after_notice",
            ),
            models.CheckConstraint(
                condition=Q(stance="notified", notified_on__isnull=False, answered_at__isnull=True)
                | ~Q(stance="notified") & Q(answered_at__isnull=False),
                name="declaration_answered_or_notified",
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="declaration_revision_from_1"),
            *when_and_who("declaration", "answered"),
        ]
        indexes = [models.Index(fields=["stance", "due_on"], name="declaration_waiting")]

    def __str__(self) -> str:
        return str(self.country)


class Outcome(models.TextChoices):
    OPEN = "open", pgettext_lazy("dispute", "open")
    TAKEN = "taken", pgettext_lazy("dispute", "the claim went into the record")
    KEPT = "kept", pgettext_lazy("dispute", "the record stays as it was")
    AGREED = "agreed", pgettext_lazy("dispute", "the sides agreed on another value")
    MEDIATED = "mediated", pgettext_lazy("dispute", "settled by the secretariat")


class Dispute(models.Model):
    """One field of the record on which a side says something else.

    `field` is the name of a declared field; `stands` what the record said then, `claimed` what the side says; `proposed` a third
    value that one side (`proposed_by`) has put forward; `value` what was settled. All four are JSON as `declared_values` gives them.
    """

    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="disputes")
    field = models.CharField(max_length=40)
    stands = models.JSONField(null=True)
    claimed = models.JSONField(null=True)
    note = models.TextField(blank=True)
    proposed = models.JSONField(null=True)
    proposed_by = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    value = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    asked_secretariat = models.BooleanField(default=False)
    settled_at = moment()
    settled_by = person()

    class Meta:
        verbose_name = _("dispute")
        ordering = ["declaration", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["declaration", "field"], condition=Q(outcome="open"), name="dispute_one_open_a_field"
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", settled_at__isnull=True) | ~Q(outcome="open") & Q(settled_at__isnull=False),
                name="dispute_settled_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="mediated") | ~Q(reason=""), name="dispute_mediated_with_a_reason"
            ),
            *when_and_who("dispute", "settled"),
        ]

    def __str__(self) -> str:
        return f"{self.declaration}: {self.field}"
