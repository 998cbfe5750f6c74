"""Result frames as their pages find them: who sees them, who works in them, with what they hold."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from ayni.common.permissions import KEEP_INITIATIVES, READ_DRAFTS, REVIEW_RESULTS, may
from ayni.directory.models import Institution
from ayni.registry.models import Indicator, Initiative, Measurement, Period, Result, ResultFrame
from ayni.registry.queries.initiatives.linked import with_side
from ayni.registry.queries.initiatives.sides import countries_of, visible
from ayni.registry.queries.reach import institutions_kept

SIDES = ("participations__institution__country", "participations__institution__names")


def frames_for(user: Any) -> QuerySet[ResultFrame]:
    """The frames that `user` may read: those of pairs, and those of the initiatives that `user` may read."""
    there = Initiative.objects.filter(visible(user)).order_by().values("pk")
    rows = ResultFrame.objects.filter(Q(initiative__isnull=True) | Q(initiative__in=there))
    return rows.select_related(
        "initiative__institution__country",
        "initiative__cooperation_type",
        "initiative__parent__frame",
        "institution__country",
        "first",
        "second",
        "parent__initiative",
    ).prefetch_related(*(f"initiative__{side}" for side in SIDES))


def works_in(user: Any, frame: ResultFrame) -> bool:
    """Whether `user` sees measurements before they are approved: the sides, and who reads drafts."""
    return may(user, KEEP_INITIATIVES, frame) or may(user, REVIEW_RESULTS, frame) or may(user, READ_DRAFTS)


def results_of(frame: ResultFrame) -> list[Result]:
    """The results of a frame with their indicators and periods, in three queries."""
    indicators = Indicator.objects.prefetch_related("periods").order_by("number")
    return list(frame.results.prefetch_related(Prefetch("indicators", indicators)))


def indicators_for(user: Any) -> QuerySet[Indicator]:
    """The indicators of the frames that `user` may read."""
    frames = frames_for(user).order_by().values("pk")
    return Indicator.objects.filter(result__frame__in=frames).select_related("result", "rolls_into__result__frame")


def measurements_of(indicator: Indicator) -> QuerySet[Measurement]:
    """What the institutions measured of an indicator."""
    rows = Measurement.objects.filter(period__indicator=indicator)
    return rows.select_related("institution__country", "submitted_by", "reviewed_by").prefetch_related(
        "institution__names", "shares"
    )


def measuring(user: Any, frame: ResultFrame) -> list[Institution]:
    """The institutions for which `user` can write a measurement in the frame."""
    rows = institutions_kept(user, KEEP_INITIATIVES).filter(pk__in=parties(frame))
    return list(rows.select_related("country").order_by("code"))


def due_periods(frame: ResultFrame, today: date) -> QuerySet[Period]:
    """Locked periods that have ended and of which nothing is measured yet."""
    rows = Period.objects.filter(indicator__result__frame=frame, locked=True, ends_on__lte=today, measurements=None)
    return rows.select_related("indicator__result__frame")


def parties(frame: ResultFrame) -> QuerySet[Institution, int]:
    """The institutions that measure: those that take part in the initiative; for a pair, those of the two countries."""
    if frame.initiative_id is not None:
        there = Q(participations__initiative=frame.initiative_id) | Q(initiatives=frame.initiative_id)
    else:
        there = Q(country__in=[frame.first_id, frame.second_id])
    return Institution.objects.filter(there).order_by().values_list("pk", flat=True).distinct()


def may_take_as_parent(user: Any, frame: ResultFrame) -> QuerySet[ResultFrame]:
    """The frames under which `user` can put a frame: that of the programme it belongs to, and those that `user` keeps."""
    rows = frames_for(user).filter(initiative__isnull=False).exclude(pk=frame.pk)
    programme = frame.initiative.parent_id if frame.initiative else None
    kept = [one.pk for one in institutions_kept(user, KEEP_INITIATIVES)]
    mine = Q(initiative__institution__in=kept) | Q(initiative__participations__institution__in=kept)
    there = rows.filter(Q(initiative=programme) | mine if programme else mine)
    if frame.initiative is None:
        return there.distinct()
    sides = [country.pk for country in countries_of(frame.initiative)]
    return there.filter(initiative__in=with_side(Initiative.objects.order_by(), sides).values("pk")).distinct()


def pair_frames() -> QuerySet[ResultFrame]:
    """The frames of pairs of countries."""
    rows = ResultFrame.objects.filter(initiative__isnull=True)
    return rows.select_related("first", "second", "institution__country").prefetch_related("institution__names")
