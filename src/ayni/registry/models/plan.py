"""The work plan (R28): activities with dates that both sides agree on, people, hours, travel, interpretation, experts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ayni.common.columns import moment, person, when_and_who
from ayni.common.i18n import TranslatedField, text_in
from ayni.directory.models import Concept, Country, Expert, Institution
from ayni.registry.models.initiatives import Initiative, InitiativeComponent


class ActivityState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("activity", "planned")
    AGREED = "agreed", pgettext_lazy("activity", "agreed by every side")
    DONE = "done", pgettext_lazy("activity", "done")
    CANCELLED = "cancelled", pgettext_lazy("activity", "cancelled")


class Activity(models.Model):
    """Something done at a time: a visit, a course, a videoconference; `institution` is the one that has to see to it."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="activities")
    part = models.ForeignKey(InitiativeComponent, models.PROTECT, null=True, blank=True, related_name="activities")
    number = models.PositiveSmallIntegerField()
    title = TranslatedField()
    description = TranslatedField(blank=True)
    modality = models.ForeignKey(Concept, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="activities")
    starts_on = models.DateField()
    ends_on = models.DateField()
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(max_length=150, blank=True)
    online = models.BooleanField(default=False)
    # After the initiative's end: does what was transferred still live?
    follow_up = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ActivityState.choices, default=ActivityState.PLANNED)
    reason = models.TextField(blank=True)
    women = models.PositiveIntegerField(null=True, blank=True)
    men = models.PositiveIntegerField(null=True, blank=True)
    # Of another sex, or not asked.
    others = models.PositiveIntegerField(null=True, blank=True)
    hours = models.PositiveIntegerField(null=True, blank=True)
    counterpart_hours = models.PositiveIntegerField(null=True, blank=True)
    journeys = models.PositiveSmallIntegerField(null=True, blank=True)
    interpretation_hours = models.PositiveSmallIntegerField(default=0)
    interpretation = models.CharField(max_length=5, blank=True)
    report = TranslatedField(blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("activity")
        ordering = ["initiative", "starts_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="activity_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="activity_from_1"),
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="activity_dates_in_order"),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(reason=""), name="activity_cancelled_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(interpretation="", interpretation_hours=0)
                | Q(interpretation__regex=r"^[a-z]{2}-[a-z]{2}$"),
                name="activity_interpretation_between_two",
            ),
            models.CheckConstraint(condition=Q(online=False) | Q(place=""), name="activity_online_or_at_a_place"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="activity_revision_from_1"),
        ]
        indexes = [models.Index(fields=["starts_on", "ends_on"], name="activity_time")]

    def __str__(self) -> str:
        return text_in(self.title) or str(_("Without a title"))


class ActivityConsent(models.Model):
    """A side agrees with the dates of an activity; other dates ask for it again."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="consents")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    agreed_at = moment()
    agreed_by = person()

    class Meta:
        verbose_name = _("agreement on dates")
        ordering = ["activity", "id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "country"], name="activity_consent_once"),
            models.CheckConstraint(condition=Q(agreed_at__isnull=False), name="activity_consent_at_a_time"),
            *when_and_who("activity_consent", "agreed"),
        ]

    def __str__(self) -> str:
        return str(self.country)


class ExpertDay(models.Model):
    """A day that an expert gives to an activity. An expert is at one place a day: the table refuses a second."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="expert_days")
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="activity_days")
    day = models.DateField()
    hours = models.PositiveSmallIntegerField(default=8)

    class Meta:
        verbose_name = _("day of an expert")
        ordering = ["activity", "expert", "day"]
        constraints = [
            models.UniqueConstraint(fields=["expert", "day"], name="expert_day_once"),
            models.CheckConstraint(condition=Q(hours__range=(1, 24)), name="expert_day_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.hours}"


class CalendarFeed(models.Model):
    """An address under which a person's calendar program reads activities: of an initiative, or of all that the person sees.

    The address holds a secret of which the table keeps only the checksum; revoked, it answers no more.
    """

    owner = person()
    initiative = models.ForeignKey(Initiative, models.CASCADE, null=True, blank=True, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=2)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("calendar address")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(owner__isnull=False), name="calendar_feed_owned"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("created_at")),
                name="calendar_feed_revoked_later",
            ),
        ]

    def __str__(self) -> str:
        return str(self.initiative or _("all activities"))
