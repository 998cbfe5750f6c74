"""What a meeting brought: the form of each side, and the potential action where both see one."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayni.directory.models import Concept
from ayni.exchange.models.rounds.event import Delegation, ExchangeRound
from ayni.exchange.models.rounds.timetable import Meeting


class Stance(models.TextChoices):
    """What a side would do in the action."""

    OFFER = "offer", _("would share its experience")
    RECEIVE = "receive", _("would receive the other's experience")
    BOTH = "both", _("would do both")


class MeetingReport(models.Model):
    """The form that one side fills after a meeting. The contact is personal data: both sides and the secretariat see it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="reports")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="reports")
    interest = models.PositiveSmallIntegerField(_("interest"))
    sees_action = models.BooleanField(_("sees a potential action"))
    stance = models.CharField(max_length=7, choices=Stance.choices, blank=True)
    modality = models.ForeignKey(Concept, models.PROTECT, null=True, blank=True, related_name="+")
    topic = models.ForeignKey(Concept, models.PROTECT, null=True, blank=True, related_name="+")
    what = models.TextField(_("what could be done"), blank=True)
    why_not = models.TextField(_("why there is none"), blank=True)
    next_step = models.TextField(_("next step"), blank=True)
    next_on = models.DateField(_("by"), null=True, blank=True)
    contact = models.CharField(_("contact person"), max_length=200, blank=True)
    filled_at = models.DateTimeField(auto_now=True)
    filled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("form of a meeting")
        ordering = ["meeting", "delegation"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "delegation"], name="report_once_a_side"),
            models.CheckConstraint(condition=Q(interest__lte=3), name="report_interest_0_to_3"),
            models.CheckConstraint(
                condition=(
                    Q(sees_action=True, why_not="", modality__isnull=False, topic__isnull=False)
                    & ~Q(what="")
                    & ~Q(stance="")
                )
                | (
                    Q(sees_action=False, what="", stance="", modality__isnull=True, topic__isnull=True) & ~Q(why_not="")
                ),
                name="report_says_what_or_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegation}: {self.meeting}"


class Decision(models.TextChoices):
    OPEN = "open", _("not decided yet")
    SELECTED = "selected", _("selected for follow-up")
    DECLINED = "declined", _("not selected")


class PotentialAction(models.Model):
    """Both sides of a meeting see it. Who offers and who receives is empty where each would do both, or they do not agree."""

    round = models.ForeignKey(ExchangeRound, models.CASCADE, related_name="actions")
    number = models.PositiveSmallIntegerField(_("number"))
    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="action")
    offerer = models.ForeignKey(Delegation, models.PROTECT, null=True, blank=True, related_name="+")
    recipient = models.ForeignKey(Delegation, models.PROTECT, null=True, blank=True, related_name="+")
    mutual = models.BooleanField(_("each gives and receives"), default=False)
    decision = models.CharField(max_length=8, choices=Decision.choices, default=Decision.OPEN)
    reason = models.TextField(_("reason"), blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("potential action")
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="action_number_once_a_round"),
            models.CheckConstraint(
                condition=Q(offerer__isnull=True, recipient__isnull=True)
                | (Q(offerer__isnull=False, recipient__isnull=False, mutual=False) & ~Q(offerer=F("recipient"))),
                name="action_between_two",
            ),
            models.CheckConstraint(
                condition=Q(decision="open", reason="", decided_at__isnull=True)
                | (~Q(decision="open") & ~Q(reason="") & Q(decided_at__isnull=False)),
                name="action_decided_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)
