"""Writing a work plan: what is done when, where, how, and which institution sees to it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.audit import snapshot
from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import KEEP_INITIATIVES, require
from ayni.directory.models import Concept, Country, Institution
from ayni.registry.actions.initiatives.holding import locked, refuse_merged, touch
from ayni.registry.models import Activity, ActivityState, Initiative, InitiativeComponent
from ayni.registry.queries.plan.lifecycle import OPEN, plan_is_open
from ayni.registry.queries.plan.lists import LONGEST


@dataclass(frozen=True)
class ActivityFacts:
    """What a plan says of an activity. `interpretation` is a pair of languages such as "es-en", "" for none."""

    title: dict[str, str]
    modality: Concept
    institution: Institution
    starts_on: date
    ends_on: date
    description: dict[str, str]
    part: InitiativeComponent | None = None
    country: Country | None = None
    place: str = ""
    online: bool = False
    follow_up: bool = False
    interpretation: str = ""


@transaction.atomic
def add_activity(*, by: Any, initiative: Initiative, facts: ActivityFacts) -> Activity:
    """Another activity, planned: no side has agreed on its dates yet.

    Raises PermissionDenied; Refused once the plan is closed (follow-up is still possible in ex-post), or where facts do not fit.
    """
    initiative = plannable(by=by, initiative=initiative, follow_up=facts.follow_up)
    _check(initiative, facts)
    last = initiative.activities.order_by("-number").values_list("number", flat=True).first() or 0
    added = initiative.activities.create(number=last + 1, **_columns(facts))
    touch(by=by, initiative=initiative, verb="activity added", before=None, after=told(added))
    return added


@transaction.atomic
def edit_activity(*, by: Any, activity: Activity, base: int, facts: ActivityFacts) -> Activity:
    """Change an activity that is planned or agreed. Other dates ask every side again, and free experts on days left out.

    Raises Conflict when somebody else has changed it since revision `base`, Refused as `add_activity` does.
    """
    activity = held(by=by, activity=activity)
    initiative = activity.initiative
    if not plan_is_open(initiative, follow_up=facts.follow_up):
        raise Refused(_("After the closure a plan takes follow-up alone: leave it marked as such."))
    if activity.state not in OPEN:
        raise Refused(
            _("The activity is “%(state)s”: take it up again first.") % {"state": activity.get_state_display()}
        )
    unchanged(activity, base)
    _check(initiative, facts)
    before = told(activity)
    moved = (activity.starts_on, activity.ends_on) != (facts.starts_on, facts.ends_on)
    for name, value in _columns(facts).items():
        setattr(activity, name, value)
    if not activity.interpretation:
        activity.interpretation_hours = 0
    if moved:
        activity.state = ActivityState.PLANNED
        activity.consents.all().delete()
        activity.expert_days.exclude(day__range=(facts.starts_on, facts.ends_on)).delete()
    activity.revision += 1
    activity.save()
    verb = "activity moved" if moved else "activity changed"
    touch(by=by, initiative=initiative, verb=verb, before=before, after=told(activity))
    return activity


@transaction.atomic
def plannable(*, by: Any, initiative: Initiative, follow_up: bool) -> Initiative:
    """The initiative, held for this transaction, when `by` may write its plan. Raises PermissionDenied or Refused."""
    initiative = locked(initiative)
    require(by, KEEP_INITIATIVES, initiative)
    refuse_closed(initiative, follow_up=follow_up)
    return initiative


@transaction.atomic
def held(*, by: Any, activity: Activity, permitted: bool = False) -> Activity:
    """The activity with its initiative, both held for this transaction. `permitted`: who may was asked already.

    Raises PermissionDenied, or Refused once the plan is closed.
    """
    initiative = locked(activity.initiative)
    if not permitted:
        require(by, KEEP_INITIATIVES, initiative)
    refuse_closed(initiative, follow_up=activity.follow_up)
    found = Activity.objects.select_for_update(of=("self",)).select_related("institution__country")
    activity = found.prefetch_related("consents", "institution__names").get(pk=activity.pk)
    activity.initiative = initiative
    return activity


def refuse_closed(initiative: Initiative, *, follow_up: bool) -> None:
    """Raises Refused where the plan can no longer be written."""
    if plan_is_open(initiative, follow_up=follow_up):
        return
    refuse_merged(initiative)
    if plan_is_open(initiative, follow_up=True):
        raise Refused(
            _("The initiative is “%(state)s”: only follow-up can still be planned. Mark the activity as follow-up.")
            % {"state": initiative.get_state_display()}
        )
    raise Refused(
        _("The initiative is “%(state)s”: its plan is no longer changed.") % {"state": initiative.get_state_display()}
    )


def unchanged(activity: Activity, base: int) -> None:
    """Raises Conflict when somebody else has changed the activity since revision `base`."""
    if base != activity.revision:
        raise Conflict(
            _("Somebody else has changed this activity meanwhile. Compare it with what stands, then save again.")
        )


def told(activity: Activity) -> dict[str, Any]:
    """The activity as the record of changes keeps it."""
    values = snapshot(activity)
    # The record names columns alike in all tables; a demand's column of this name says something else.
    values["hours_of_counterparts"] = values.pop("counterpart_hours")
    return values


def _columns(facts: ActivityFacts) -> dict[str, Any]:
    values = dict(vars(facts))
    values["place"] = "" if facts.online else facts.place.strip()
    values["country"] = None if facts.online else facts.country
    return values


def _check(initiative: Initiative, facts: ActivityFacts) -> None:
    if not facts.title:
        raise Refused(_("Give the activity a title."))
    if facts.starts_on > facts.ends_on:
        raise Refused(_("The last day comes before the first."))
    if facts.ends_on - facts.starts_on >= LONGEST:
        raise Refused(_("An activity lasts three years at most: divide it."))
    if facts.online and facts.place.strip():
        raise Refused(_("What is held online has no place: leave one of the two empty."))
    if facts.part is not None and facts.part.initiative_id != initiative.pk:
        raise PermissionDenied("part of another initiative")
    sides = {one.institution_id for one in initiative.participations.all()} | {initiative.institution_id}
    if facts.institution.pk not in sides:
        raise Refused(
            _("%(institution)s does not take part in the initiative: add it there first, or choose another.")
            % {"institution": facts.institution}
        )
