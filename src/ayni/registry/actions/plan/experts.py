"""Experts in a plan: booked day by day, at one place a day, and released."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ayni.common.errors import Refused
from ayni.common.permissions import KEEP_INITIATIVES
from ayni.directory.models import Expert
from ayni.directory.queries.experts import called
from ayni.registry.actions.initiatives.holding import touch
from ayni.registry.actions.plan.writing import held
from ayni.registry.models import Activity, ExpertDay
from ayni.registry.queries.plan.experts import clash, lends
from ayni.registry.queries.plan.lifecycle import OPEN


@transaction.atomic
def book_expert(*, by: Any, activity: Activity, expert: Expert, days: Collection[date], hours: int) -> Activity:
    """The expert gives these days, with so many hours each; days booked here already take the new hours.

    The side of the expert's institution books. Raises PermissionDenied for another; Refused for an expert who has not agreed
    to be proposed or whose institution does not take part, for days outside the activity, and for a day that is taken.
    """
    activity = held(by=by, activity=activity)
    # Two plans that want the same expert take their turns.
    rows = Expert.objects.select_for_update(of=("self",)).select_related("institution__country")
    expert = rows.prefetch_related("institution__names").get(pk=expert.pk)
    _refuse_unless_bookable(by, activity, expert)
    _check(activity, days, hours)
    why = clash(by, activity, expert, days)
    if why:
        raise Refused(why)
    before = activity.expert_days.filter(expert=expert).count()
    _enter(by, activity, expert, days, hours)
    after = {"expert_id": expert.pk, "days": activity.expert_days.filter(expert=expert).count(), "hours": hours}
    touch(
        by=by,
        initiative=activity.initiative,
        verb="expert booked",
        before={"days": before},
        after=after | {"activity_id": activity.pk},
    )
    return activity


@transaction.atomic
def release_expert(*, by: Any, activity: Activity, expert: Expert) -> Activity:
    """The expert no longer comes. Raises Refused when nothing was booked, PermissionDenied for another side's expert."""
    activity = held(by=by, activity=activity)
    if not lends(by, activity.initiative, expert.institution):
        raise PermissionDenied(KEEP_INITIATIVES)
    _refuse_unless_open(activity)
    freed, _tables = activity.expert_days.filter(expert=expert).delete()
    if not freed:
        raise Refused(_("%(expert)s is not booked here.") % {"expert": called(by, expert)})
    before = {"expert_id": expert.pk, "days": freed, "activity_id": activity.pk}
    touch(by=by, initiative=activity.initiative, verb="expert released", before=before, after=None)
    return activity


def _enter(by: Any, activity: Activity, expert: Expert, days: Collection[date], hours: int) -> None:
    try:
        with transaction.atomic():
            for day in sorted(days):
                ExpertDay.objects.update_or_create(expert=expert, day=day, activity=activity, defaults={"hours": hours})
    except IntegrityError:
        # The table has the last word: one expert, one place a day.
        raise Refused(clash(by, activity, expert, days) or _("The days were taken meanwhile.")) from None


def _refuse_unless_bookable(by: Any, activity: Activity, expert: Expert) -> None:
    initiative = activity.initiative
    _refuse_unless_open(activity)
    if expert.institution_id not in {one.institution_id for one in initiative.participations.all()}:
        raise Refused(
            _("%(institution)s, the expert's institution, does not take part in the initiative: add it there first.")
            % {"institution": expert.institution}
        )
    if not lends(by, initiative, expert.institution):
        raise PermissionDenied(KEEP_INITIATIVES)
    if not expert.may_be_proposed:
        raise Refused(_("The expert has not agreed to be proposed, or has withdrawn the consent: choose another."))


def _refuse_unless_open(activity: Activity) -> None:
    if activity.state not in OPEN:
        raise Refused(
            _("The activity is “%(state)s”: take it up again first.") % {"state": activity.get_state_display()}
        )


def _check(activity: Activity, days: Collection[date], hours: int) -> None:
    if not days:
        raise Refused(_("Choose at least one day."))
    if min(days) < activity.starts_on or max(days) > activity.ends_on:
        raise Refused(_("The days lie outside the activity: choose among its own."))
    if not 1 <= hours <= 24:
        raise Refused(_("A day has from 1 to 24 hours."))
