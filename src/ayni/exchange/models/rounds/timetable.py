"""When and where a round's delegations meet: slots, rooms, interpreters, meetings, and each timetable that was made."""

import uuid
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayni.exchange.models.rounds.event import Delegation, ExchangeRound, tongues

PAIR = Q(one_language__lt=F("other_language"))
LANGUAGE = r"^(es|pt|en|fr)$"


class TimeSlot(models.Model):
    """A time in which meetings are held, or a break, in the round's own time zone."""

    round = models.ForeignKey(ExchangeRound, models.CASCADE, related_name="slots")
    day = models.DateField(_("day"))
    starts_at = models.TimeField(_("begins at"))
    ends_at = models.TimeField(_("ends at"))
    is_break = models.BooleanField(_("break"), default=False)
    # The instant at which it begins, by the round's time zone.
    begins = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("slot")
        ordering = ["round", "day", "starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="slot_ends_after_it_begins"),
            models.UniqueConstraint(fields=["round", "day", "starts_at"], name="slot_once_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.starts_at:%H:%M}–{self.ends_at:%H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.begins = datetime.combine(self.day, self.starts_at, ZoneInfo(self.round.time_zone))
        super().save(*args, **kwargs)


class Room(models.Model):
    round = models.ForeignKey(ExchangeRound, models.CASCADE, related_name="rooms")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("room")
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="room_number_once_a_round"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(name=""), name="room_has_a_number_and_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class RoomLoss(models.Model):
    """A room that cannot be used in a slot."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="losses")
    slot = models.ForeignKey(TimeSlot, models.CASCADE, related_name="room_losses")

    class Meta:
        verbose_name = _("room that is not free")
        constraints = [models.UniqueConstraint(fields=["room", "slot"], name="room_lost_once_a_slot")]

    def __str__(self) -> str:
        return f"{self.room}: {self.slot}"


class Absence(models.Model):
    """A slot in which a delegation is not there."""

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="absences")
    slot = models.ForeignKey(TimeSlot, models.CASCADE, related_name="absences")

    class Meta:
        verbose_name = _("absence")
        constraints = [models.UniqueConstraint(fields=["delegation", "slot"], name="absence_once_a_slot")]

    def __str__(self) -> str:
        return f"{self.delegation}: {self.slot}"


class Interpreters(models.Model):
    """How many interpreters of a pair of languages work at the same time."""

    round = models.ForeignKey(ExchangeRound, models.CASCADE, related_name="interpreters")
    one_language = models.CharField(max_length=2)
    other_language = models.CharField(max_length=2)
    count = models.PositiveSmallIntegerField(_("number"), default=1)

    class Meta:
        verbose_name = _("interpreters")
        ordering = ["round", "one_language", "other_language"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "one_language", "other_language"], name="interpreters_once_a_pair"
            ),
            models.CheckConstraint(
                condition=PAIR & Q(one_language__regex=LANGUAGE, other_language__regex=LANGUAGE),
                name="interpreters_between_two_languages",
            ),
            models.CheckConstraint(condition=Q(count__gte=1), name="interpreters_at_least_one"),
        ]

    def __str__(self) -> str:
        return " – ".join(tongues(f"{self.one_language} {self.other_language}"))


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("planned")
    # A repair gave it up: it gets a place again when there is one.
    DISPLACED = "displaced", _("without a place")
    # By hand: no timetable plans it again until it is taken up.
    CANCELLED = "cancelled", _("cancelled")


class Meeting(models.Model):
    """Two delegations in a slot and a room. `one` is the delegation with the smaller key, so that a pair meets once."""

    round = models.ForeignKey(ExchangeRound, models.CASCADE, related_name="meetings")
    number = models.PositiveSmallIntegerField(_("number"))
    one = models.ForeignKey(Delegation, models.PROTECT, related_name="meetings_as_one")
    other = models.ForeignKey(Delegation, models.PROTECT, related_name="meetings_as_other")
    slot = models.ForeignKey(TimeSlot, models.PROTECT, related_name="meetings")
    room = models.ForeignKey(Room, models.PROTECT, related_name="meetings")
    # The pair of languages interpreted, "en-es"; empty where the two share one.
    interpreted = models.CharField(max_length=5, blank=True)
    state = models.CharField(max_length=9, choices=MeetingState.choices, default=MeetingState.PLANNED)
    pinned = models.BooleanField(default=False)
    # Its name in every calendar, and how often it has changed there (iCalendar UID and SEQUENCE).
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)
    # Whether it was changed after everybody had read the timetable: both sides are told.
    changed_late = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("meeting")
        ordering = ["round", "slot__day", "slot__starts_at", "room__number", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="meeting_number_once_a_round"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="meeting_of_two_in_order"),
            *(
                models.UniqueConstraint(fields=fields, condition=Q(state="planned"), name=name)
                for fields, name in (
                    (["one", "other"], "meeting_once_a_pair"),
                    (["slot", "one"], "meeting_one_once_a_slot"),
                    (["slot", "other"], "meeting_other_once_a_slot"),
                    (["slot", "room"], "meeting_room_once_a_slot"),
                )
            ),
            models.CheckConstraint(condition=Q(state="planned") | Q(pinned=False), name="meeting_pinned_is_planned"),
        ]

    def __str__(self) -> str:
        return f"{self.one} – {self.other}"

    @property
    def between(self) -> str:
        """The two languages interpreted, in the language of the page; "" where none is needed."""
        return " – ".join(tongues(self.interpreted, "-"))

    @property
    def stands(self) -> bool:
        return self.state == MeetingState.PLANNED


class MeetingSeat(models.Model):
    """A delegation in a slot, for each side of a planned meeting: no delegation is in two places, whichever side it is."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="seats")
    slot = models.ForeignKey(TimeSlot, models.CASCADE, related_name="seats")
    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="seats")

    class Meta:
        verbose_name = _("seat in a meeting")
        ordering = ["slot", "delegation"]
        constraints = [
            models.UniqueConstraint(fields=["slot", "delegation"], name="seat_once_a_slot"),
            models.UniqueConstraint(fields=["meeting", "delegation"], name="seat_once_a_meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.slot}: {self.delegation}"


class HowMade(models.TextChoices):
    SOLVED = "solved", _("planned")
    REPAIRED = "repaired", _("repaired")


class TimetableVersion(models.Model):
    """What a planning or a repair found: its worth, the proof, what moved, and which wishes found no place and why."""

    round = models.ForeignKey(ExchangeRound, models.CASCADE, related_name="timetables")
    number = models.PositiveSmallIntegerField(_("number"))
    how = models.CharField(max_length=8, choices=HowMade.choices)
    objective = models.FloatField()
    bound = models.FloatField()
    wished = models.FloatField()
    unmet = models.JSONField(default=list, blank=True)
    moves = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("version of a timetable")
        ordering = ["round", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="timetable_number_once_a_round"),
            models.CheckConstraint(condition=Q(bound__gte=F("objective")), name="timetable_within_its_bound"),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.number}"

    @property
    def gap(self) -> float:
        return (self.bound - self.objective) / self.bound if self.bound > 0 else 0.0

    @property
    def is_best(self) -> bool:
        """Whether it is proved that no timetable is worth more."""
        return self.bound - self.objective <= 1e-6 * max(abs(self.bound), 1.0)
