"""What waits on a person's desk in the work plans (settings.DESK): dates to agree on, overdue activities, reports owed."""

from collections.abc import Callable, Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.accounts.models import User
from ayni.common.desk import Source, Task, url
from ayni.common.permissions import KEEP_INITIATIVES, may
from ayni.registry.models import Activity, ActivityState, ExpertDay, InitiativeState
from ayni.registry.queries.initiatives.lifecycle import WRITABLE
from ayni.registry.queries.plan.consents import AGREEING, waiting_for
from ayni.registry.queries.plan.lifecycle import OPEN
from ayni.registry.queries.plan.lists import overdue, turn_of, with_names
from ayni.registry.queries.reach import own

KINDS: dict[str, Promise] = {
    "activity-dates": gettext_lazy("Dates of activities to agree on"),
    "activity-overdue": gettext_lazy("Activities that are overdue"),
    "activity-report": gettext_lazy("Reports of activities that are owed"),
    "activity-expert": gettext_lazy("Experts to replace in activities"),
}
WAYS: tuple[tuple[str, str, Promise], ...] = (
    ("", "calendar", gettext_lazy("Calendar of activities")),
    ("", "calendar_feeds", gettext_lazy("Addresses for your calendar")),
)


def sources(user: User) -> Iterable[Source]:
    """Dates that wait for a side of the person; past activities that the person's institutions see to; experts who withdrew."""
    today = timezone.localdate()
    if any(may(user, permission) for permission in AGREEING):
        yield _source(Activity.objects.filter(waiting_for(user), ends_on__gte=today), _dates)
    if may(user, KEEP_INITIATIVES):
        mine = Activity.objects.filter(own(user, "institution", KEEP_INITIATIVES), _open(), overdue(today))
        yield _source(mine, _late)
        gone = ExpertDay.objects.filter(
            own(user, "expert__institution", KEEP_INITIATIVES),
            activity=OuterRef("pk"),
            expert__withdrawn_on__isnull=False,
        )
        coming = Activity.objects.filter(Exists(gone), _open(), state__in=OPEN, ends_on__gte=today)
        yield _source(coming, _replace)


def _open() -> Q:
    """Activities of initiatives whose plan is still written."""
    followed = Q(initiative__state=InitiativeState.EX_POST, follow_up=True)
    return Q(initiative__merged_into__isnull=True) & (Q(initiative__state__in=WRITABLE) | followed)


def _source(rows: QuerySet[Activity], task: Callable[[Activity], Task]) -> Source:
    return Source(with_names(rows).order_by("starts_on", "pk"), task)


def _dates(activity: Activity) -> Task:
    return _task(activity, "activity-dates", _("Say whether its dates suit your side."))


def _replace(activity: Activity) -> Task:
    return _task(
        activity, "activity-expert", _("An expert has withdrawn the consent: release the days and book another.")
    )


def _late(activity: Activity) -> Task:
    kind = "activity-report" if activity.state == ActivityState.AGREED else "activity-overdue"
    return _task(activity, kind, _("To do: %(what)s.") % {"what": turn_of(activity).what})


def _task(activity: Activity, kind: str, why: str) -> Task:
    what = _("%(activity)s, in %(initiative)s") % {"activity": activity, "initiative": activity.initiative}
    late = kind in ("activity-overdue", "activity-report")
    address = url("activity", activity.initiative.code, activity.number)
    return Task(kind, what, why, address, None, activity.ends_on if late else activity.starts_on)
