"""Activities as lists and calendars ask for them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from ayni.common.lifecycle import Turn
from ayni.directory.models import Country
from ayni.methods.schedule import Span, overlaps
from ayni.registry.models import Activity, ActivityState, Initiative, Participation
from ayni.registry.queries.initiatives.sides import visible
from ayni.registry.queries.plan.consents import given, missing
from ayni.registry.queries.plan.lifecycle import OPEN

# No activity lasts longer (actions/plan/writing.py): calendars need not look further back than that.
LONGEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Row:
    """An activity as the plan shows it: who has agreed, whom it waits for, whose turn it is when it is overdue."""

    activity: Activity
    span: Span
    agreed: list[Country]
    waiting: list[Country]
    overdue: bool
    turn: Turn | None
    at_once: list[int]

    @property
    def look(self) -> str:
        """How it is drawn: its state, or "overdue"."""
        return "overdue" if self.overdue else self.activity.state


def activities_for(user: Any) -> QuerySet[Activity]:
    """Those of the initiatives that `user` may read."""
    return Activity.objects.filter(visible(user, "initiative__"), initiative__merged_into__isnull=True)


def during(rows: QuerySet[Activity], span: Span) -> QuerySet[Activity]:
    """Those that have a day in common with the span."""
    return rows.filter(starts_on__gte=span.first - LONGEST, starts_on__lte=span.last, ends_on__gte=span.first)


def filtered(rows: QuerySet[Activity], *, country: str = "", initiative: str = "") -> QuerySet[Activity]:
    """Those of initiatives in which the country takes part; those of one initiative."""
    if country:
        there = Participation.objects.filter(initiative=OuterRef("initiative"), institution__country=country)
        rows = rows.filter(Exists(there))
    if initiative:
        rows = rows.filter(initiative__code=initiative)
    return rows


def with_heading(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Initiatives with what the heading of their pages shows, and their sides."""
    return rows.select_related("institution__country", "cooperation_type").prefetch_related(
        "institution__names", "participations__institution__names", "participations__institution__country"
    )


def with_names(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """With what lists show, in a few queries for all."""
    return rows.select_related("modality", "institution__country", "country", "part", "initiative").prefetch_related(
        "institution__names"
    )


def with_sides(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """With the sides of their initiatives and who has agreed."""
    return with_names(rows).prefetch_related(
        "consents", "initiative__institution__country", "initiative__participations__institution__country"
    )


def plan_of(initiative: Initiative, today: date) -> list[Row]:
    """The activities of an initiative in the order of their days. Three queries, however many they are."""
    found = (
        initiative.activities.select_related("modality", "institution__country", "country", "part")
        .prefetch_related("institution__names", "consents")
        .annotate(experts=Count("expert_days__expert", distinct=True), expert_days_count=Count("expert_days"))
        .order_by("starts_on", "number")
    )
    rows = list(found)
    for row in rows:
        row.initiative = initiative
    stand = [row for row in rows if row.state in OPEN]
    pairs = overlaps([Span(row.starts_on, row.ends_on) for row in stand])
    at_once: dict[int, list[int]] = {}
    for one, other in pairs:
        at_once.setdefault(stand[one].pk, []).append(stand[other].number)
        at_once.setdefault(stand[other].pk, []).append(stand[one].number)
    return [row_of(row, today, sorted(at_once.get(row.pk, []))) for row in rows]


def row_of(activity: Activity, today: date, at_once: list[int] | None = None) -> Row:
    """One activity with what it waits for."""
    planned = activity.state == ActivityState.PLANNED
    late = is_overdue(activity, today)
    return Row(
        activity=activity,
        span=Span(activity.starts_on, activity.ends_on),
        agreed=given(activity),
        waiting=missing(activity) if planned else [],
        overdue=late,
        turn=turn_of(activity) if late else None,
        at_once=at_once or [],
    )


def is_overdue(activity: Activity, today: date) -> bool:
    """Whether its last day is past, and nobody has said that it was done or that it is not."""
    return activity.state in OPEN and activity.ends_on < today


def turn_of(activity: Activity) -> Turn:
    """What the institution that sees to it has to do, once the last day is past."""
    who = who_sees_to(activity)
    if activity.state == ActivityState.AGREED:
        return Turn(who, _("report that it was done, or cancel it"))
    return Turn(who, _("propose other dates, report that it was done, or cancel it"))


def who_sees_to(activity: Activity) -> str:
    """The institution that sees to it, with its country: ministries of several countries bear the same letters."""
    return activity.institution.with_country


def overdue(today: date) -> Q:
    """The same, as the database asks it."""
    return Q(state__in=OPEN, ends_on__lt=today)
