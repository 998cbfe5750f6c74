"""What waits on a person's desk of the results (settings.DESK)."""

from collections.abc import Iterable

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ayni.accounts.models import User
from ayni.common.desk import Source, Task, url
from ayni.common.permissions import KEEP_INITIATIVES, REVIEW_RESULTS, may
from ayni.registry.models import (
    OPEN_STATES,
    Initiative,
    Measurement,
    MeasurementState,
    Participation,
    Period,
    ResultFrame,
)
from ayni.registry.queries.initiatives.sides import taking_part
from ayni.registry.queries.reach import own

KINDS: dict[str, Promise] = {"results": gettext_lazy("Results and measurements")}
WAYS: tuple[tuple[str, str, Promise], ...] = (
    (REVIEW_RESULTS, "pair_frames", gettext_lazy("Results by pair of countries")),
)


def sources(user: User) -> Iterable[Source]:
    """Open periods to measure and returned values, for the institutions; values to approve, for the coordinations."""
    if may(user, KEEP_INITIATIVES):
        yield Source(_to_measure(user), _measure_task)
        yield Source(_returned(user), _returned_task)
    if may(user, REVIEW_RESULTS):
        yield Source(_to_review(user), _review_task)


def _to_measure(user: User) -> QuerySet[Participation]:
    done = Measurement.objects.filter(
        institution=OuterRef(OuterRef("institution")), state__in=[MeasurementState.SUBMITTED, MeasurementState.APPROVED]
    )
    waiting = (
        Period.objects.filter(
            indicator__result__frame__initiative=OuterRef("initiative"),
            locked=False,
            ends_on__lte=timezone.localdate(),
        )
        .exclude(pk__in=done.values("period"))
        .order_by()
        .values("indicator__result__frame")
        .annotate(found=Count("pk"))
        .values("found")
    )
    rows = Participation.objects.filter(
        own(user, "institution", KEEP_INITIATIVES),
        part__isnull=True,
        initiative__merged_into__isnull=True,
        initiative__state__in=OPEN_STATES,
    ).annotate(waiting=Coalesce(Subquery(waiting, output_field=IntegerField()), 0))
    rows = rows.filter(waiting__gt=0).select_related("initiative", "institution__country")
    return rows.prefetch_related("institution__names")


def _measure_task(row: Participation) -> Task:
    count = getattr(row, "waiting", 0)
    what = _("%(institution)s: %(title)s") % {"institution": row.institution, "title": row.initiative}
    why = ngettext("%(number)d open period to measure.", "%(number)d open periods to measure.", count)
    return Task("results", what, why % {"number": count}, url("results", row.initiative.code))


def _returned(user: User) -> QuerySet[Measurement]:
    rows = Measurement.objects.filter(own(user, "institution", KEEP_INITIATIVES), state=MeasurementState.RETURNED)
    return rows.select_related("period__indicator", "institution__country").prefetch_related("institution__names")


def _returned_task(row: Measurement) -> Task:
    what = _("%(institution)s: %(title)s") % {"institution": row.institution, "title": row.period.indicator}
    why = _("Returned: %(reason)s") % {"reason": row.reason}
    return Task("results", what, why, url("measurement", row.pk), row.reviewed_at)


def _to_review(user: User) -> QuerySet[ResultFrame]:
    mine = Initiative.objects.filter(taking_part(user)).order_by().values("pk")
    waiting = (
        Measurement.objects.filter(period__indicator__result__frame=OuterRef("pk"), state=MeasurementState.SUBMITTED)
        .exclude(submitted_by=user)
        .order_by()
        .values("period__indicator__result__frame")
        .annotate(found=Count("pk"))
        .values("found")
    )
    places = [one.country_id for one in user.grants if one.country_id]
    pair = Q(initiative__isnull=True) & (Q(first__in=places) | Q(second__in=places))
    rows = ResultFrame.objects.filter(Q(initiative__in=mine) | pair)
    rows = rows.annotate(waiting=Coalesce(Subquery(waiting, output_field=IntegerField()), 0)).filter(waiting__gt=0)
    return rows.select_related("initiative", "first", "second")


def _review_task(row: ResultFrame) -> Task:
    count = getattr(row, "waiting", 0)
    why = ngettext(
        "%(number)d measurement to approve or return.", "%(number)d measurements to approve or return.", count
    )
    if row.initiative is not None:
        address = url("results", row.initiative.code)
    else:
        address = url("pair_frame", row.first_id, row.second_id)
    return Task("results", str(row), why % {"number": count}, address)
