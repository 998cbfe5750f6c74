"""Experts in a plan: who sees whom, whom a person can book, and what an expert has to do on the days asked for.

Personal data stay with an expert's institution and the secretariat; the sides of an initiative see numbers, the public sums.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ayni.common.permissions import KEEP_INITIATIVES, READ_DRAFTS, may
from ayni.directory.models import Expert, Institution
from ayni.directory.queries.experts import called, is_own, proposable
from ayni.methods.schedule import Span, merged
from ayni.registry.models import Activity, ExpertDay, Initiative
from ayni.registry.queries.plan.lists import activities_for


@dataclass(frozen=True, slots=True)
class Booked:
    """An expert's days in an activity, as the reader may know of them."""

    expert: Expert
    name: str
    spans: tuple[Span, ...]
    days: int
    hours: int
    may_release: bool


def booked(user: Any, activity: Activity) -> list[Booked]:
    """The experts of an activity; none for who does not take part in it, but for an expert's own days."""
    rows = activity.expert_days.select_related("expert__institution__country").prefetch_related(
        "expert__institution__names"
    )
    found: dict[int, list[ExpertDay]] = {}
    for row in rows:
        found.setdefault(row.expert_id, []).append(row)
    inside = sees_experts(user, activity.initiative)
    shown = [days for days in found.values() if inside or is_own(user, days[0].expert)]
    return sorted((_booked(user, activity, days) for days in shown), key=lambda one: one.expert.pk)


def sees_experts(user: Any, initiative: Initiative) -> bool:
    """Whether the person sees which experts (by number) go where: the sides, and who reads drafts."""
    return may(user, KEEP_INITIATIVES, initiative) or may(user, READ_DRAFTS)


def lends(user: Any, initiative: Initiative, institution: Institution) -> bool:
    """Whether the person books the experts of an institution: its own side does; any side those of an international one."""
    asked = institution if institution.country_id else initiative
    return may(user, KEEP_INITIATIVES, asked) and may(user, KEEP_INITIATIVES, initiative)


def bookable(user: Any, initiative: Initiative) -> list[Expert]:
    """The experts whom the person can book: they have agreed to be proposed, and their institution takes part."""
    there = {one.institution_id: one.institution for one in initiative.participations.all()}
    lent = [pk for pk, institution in there.items() if lends(user, initiative, institution)]
    rows = proposable().filter(institution__in=lent).select_related("institution__country")
    return list(rows.prefetch_related("institution__names").order_by("institution__code", "pk"))


def clash(user: Any, activity: Activity, expert: Expert, days: Collection[date]) -> str:
    """Why the expert cannot come on one of the days, in a sentence; "" where nothing stands against it.

    The other activity is named only to who may read it.
    """
    taken = ExpertDay.objects.filter(expert=expert, day__in=days).exclude(activity=activity)
    first = taken.select_related("activity__initiative").order_by("day").first()
    if first is None:
        return ""
    told = {"expert": called(user, expert), "day": date_format(first.day)}
    if activities_for(user).filter(pk=first.activity_id).exists():
        told |= {"activity": str(first.activity), "code": first.activity.initiative.code}
        return _("%(expert)s is at “%(activity)s” (%(code)s) on %(day)s. Choose other days or another expert.") % told
    return _("%(expert)s is at another activity on %(day)s. Choose other days or another expert.") % told


def _booked(user: Any, activity: Activity, days: list[ExpertDay]) -> Booked:
    expert = days[0].expert
    return Booked(
        expert=expert,
        name=called(user, expert),
        spans=tuple(merged(Span(row.day, row.day) for row in days)),
        days=len(days),
        hours=sum(row.hours for row in days),
        may_release=lends(user, activity.initiative, expert.institution),
    )
