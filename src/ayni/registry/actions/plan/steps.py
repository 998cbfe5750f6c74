"""The steps of an activity: each side agrees on its dates; it is done, cancelled, taken up again."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.errors import Refused
from ayni.common.permissions import KEEP_INITIATIVES
from ayni.directory.models import Country
from ayni.registry.actions.initiatives.holding import locked, touch
from ayni.registry.actions.plan.writing import held, told, unchanged
from ayni.registry.models import Activity, ActivityState
from ayni.registry.queries.plan.consents import agrees, missing
from ayni.registry.queries.plan.lifecycle import step_of


@dataclass(frozen=True)
class Report:
    """What an activity came to. None: not told, which is not a zero. `interpretation` is a pair such as "es-en"."""

    text: dict[str, str]
    women: int | None = None
    men: int | None = None
    others: int | None = None
    hours: int | None = None
    counterpart_hours: int | None = None
    journeys: int | None = None
    interpretation_hours: int = 0
    interpretation: str = ""


@transaction.atomic
def agree_dates(*, by: Any, activity: Activity, country: Country, base: int | None = None) -> Activity:
    """A side agrees with the dates; with the last one they are agreed.

    `base` is the revision whose dates the person has seen (None: as they stand). Raises PermissionDenied for who does not
    speak for the country; Conflict when the dates have changed; Refused when the side has agreed already.
    """
    if not agrees(by, locked(activity.initiative), country):
        raise PermissionDenied(KEEP_INITIATIVES)
    activity = held(by=by, activity=activity, permitted=True)
    _refuse_unless(activity, "agree")
    if base is not None:
        unchanged(activity, base)
    waiting = missing(activity)
    before = told(activity)
    if waiting and country not in waiting:
        raise Refused(_("%(country)s has agreed already.") % {"country": country})
    if waiting:
        activity.consents.create(country=country, agreed_at=timezone.now(), agreed_by=by)
    settled = all(one == country for one in waiting)
    if settled:
        activity.state = ActivityState.AGREED
        activity.revision += 1
        activity.save()
    after = told(activity) | {"country": country.pk}
    verb = "activity agreed" if settled else "activity dates agreed for a country"
    touch(by=by, initiative=activity.initiative, verb=verb, before=before | {"country": None}, after=after)
    return activity


@transaction.atomic
def report_done(*, by: Any, activity: Activity, report: Report, base: int | None = None) -> Activity:
    """The activity is done: who took part, how long, what came of it. Again: what was reported is corrected.

    `base` is the revision that the person has seen (None: as it stands). Raises Refused before its last day is past,
    or for more hours interpreted than held; Conflict when somebody else has changed it.
    """
    activity = held(by=by, activity=activity)
    _refuse_unless(activity, "report")
    if base is not None:
        unchanged(activity, base)
    if activity.ends_on > timezone.localdate():
        raise Refused(_("The activity has not ended yet: report it from its last day on, or change its dates."))
    _check(report)
    before = told(activity)
    corrected = activity.state == ActivityState.DONE
    for name, value in vars(report).items():
        setattr(activity, "report" if name == "text" else name, value)
    verb = "activity report corrected" if corrected else "activity done"
    return _carry_out(by, activity, "report", verb, before)


@transaction.atomic
def cancel_activity(*, by: Any, activity: Activity, reason: str) -> Activity:
    """It will not be held; experts are free again. Raises Refused without a reason: the other side reads it."""
    activity = held(by=by, activity=activity)
    _refuse_unless(activity, "cancel")
    if not reason.strip():
        raise Refused(_("Give the reason: the other side reads it."))
    before = told(activity)
    activity.reason = reason.strip()
    activity.expert_days.all().delete()
    return _carry_out(by, activity, "cancel", "activity cancelled", before)


@transaction.atomic
def take_up_again(*, by: Any, activity: Activity) -> Activity:
    """Plan again what was cancelled, or what was reported by mistake: every side is asked again, the figures go."""
    activity = held(by=by, activity=activity)
    _refuse_unless(activity, "resume")
    before = told(activity)
    activity.reason = ""
    for name, value in vars(Report(text={})).items():
        setattr(activity, "report" if name == "text" else name, value)
    activity.interpretation = before["interpretation"]
    activity.consents.all().delete()
    return _carry_out(by, activity, "resume", "activity taken up again", before)


def _refuse_unless(activity: Activity, code: str) -> None:
    step = step_of(code)
    if activity.state not in step.before:
        raise Refused(
            _("“%(step)s” is not possible now: the state is “%(state)s”. Look at the page again.")
            % {"step": step.label, "state": activity.get_state_display()}
        )


def _carry_out(by: Any, activity: Activity, step: str, verb: str, before: dict[str, Any]) -> Activity:
    activity.state = step_of(step).after
    activity.revision += 1
    activity.save()
    touch(by=by, initiative=activity.initiative, verb=verb, before=before, after=told(activity))
    return activity


def _check(report: Report) -> None:
    if report.interpretation_hours and not report.interpretation:
        raise Refused(_("Say between which languages it was interpreted."))
    if report.hours is not None and report.interpretation_hours > report.hours:
        raise Refused(_("More hours were interpreted than the activity had: correct one of the two."))
