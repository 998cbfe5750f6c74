"""Which report stands behind which initiative, or behind which other report (docs/adr/0026-linkage-by-weights-that-people-teach.md)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayni.common.columns import moment, person, when_and_who
from ayni.interop.models.activities import ReportedActivity
from ayni.interop.models.linkage import RecordPair
from ayni.registry.models import Initiative


class AttachedReport(models.Model):
    """Since then `activity` is what its publisher says of the `initiative`, or of what `lead` reports where no record of it is kept.

    `lead` may be attached in its turn: what is the same hangs together as a tree, and taking one attachment back parts it there again.
    `pair` is the decision that it rests on.
    """

    activity = models.ForeignKey(ReportedActivity, models.PROTECT, related_name="attachments")
    initiative = models.ForeignKey(Initiative, models.PROTECT, null=True, blank=True, related_name="attached_reports")
    lead = models.ForeignKey(ReportedActivity, models.PROTECT, null=True, blank=True, related_name="following")
    pair = models.ForeignKey(RecordPair, models.PROTECT, related_name="attachments")
    attached_at = moment()
    attached_by = person()
    undone_at = moment()
    undone_by = person()

    class Meta:
        verbose_name = _("attached report")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity"], condition=Q(undone_at__isnull=True), name="attached_report_to_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(initiative__isnull=True, lead__isnull=False)
                | Q(initiative__isnull=False, lead__isnull=True),
                name="attached_report_to_a_record_or_a_report",
            ),
            # The earlier one leads: so that nothing stands behind itself, however the tree is put together.
            models.CheckConstraint(condition=Q(lead__lt=F("activity")), name="attached_report_behind_an_earlier_one"),
            models.CheckConstraint(condition=Q(attached_at__isnull=False), name="attached_report_at_a_time"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("attached_at")),
                name="attached_report_undone_later",
            ),
            *when_and_who("attached_report", "attached", "undone"),
        ]

    def __str__(self) -> str:
        return f"{self.activity.identifier} → {self.initiative.code if self.initiative else self.lead}"
