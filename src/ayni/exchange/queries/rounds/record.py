"""The record of a round: every change of it and of what belongs to it."""

from collections.abc import Iterator

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from ayni.common.models import AuditEvent
from ayni.exchange.models import (
    Delegation,
    ExchangeRound,
    Interest,
    Meeting,
    MeetingReport,
    PotentialAction,
    Review,
    Reviewer,
    Room,
    RoundProgramme,
    TimeSlot,
)


def events(round_: ExchangeRound) -> QuerySet[AuditEvent]:
    """The latest first. What was taken away again stands in the record of the whole site."""
    own = Q(object_type=ExchangeRound._meta.label, object_id=str(round_.pk))
    for rows in _parts(round_):
        keys = rows.order_by().annotate(key=Cast("pk", CharField())).values("key")
        own |= Q(object_type=rows.model._meta.label, object_id__in=keys)
    return AuditEvent.objects.filter(own).order_by("-id")


def _parts(round_: ExchangeRound) -> Iterator["QuerySet"]:
    for model in (Delegation, TimeSlot, Room, Meeting, PotentialAction, Reviewer):
        yield model._default_manager.filter(round=round_)
    for owned in (Interest, RoundProgramme):
        yield owned._default_manager.filter(delegation__round=round_)
    yield MeetingReport.objects.filter(meeting__round=round_)
    yield Review.objects.filter(action__round=round_)
