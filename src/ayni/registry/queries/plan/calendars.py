"""Activities as entries of a calendar, in the language of the page."""

from collections.abc import Iterable
from datetime import UTC, date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.common.i18n import text_in
from ayni.methods.schedule import Span
from ayni.registry.formats.activity_calendar import Entry
from ayni.registry.models import Activity, CalendarFeed
from ayni.registry.queries.plan.lists import activities_for, during, who_sees_to, with_names

HOST = "ayni"
# What an address of everything that a person sees holds: calendars need no archive.
BACK = timedelta(days=180)
AHEAD = timedelta(days=550)


def entries(activities: Iterable[Activity]) -> list[Entry]:
    """An entry for each activity; their initiatives, modalities and institutions have been read."""
    return [_entry(activity) for activity in activities]


def followed(feed: CalendarFeed, today: date) -> QuerySet[Activity]:
    """What an address gives now: what its owner may read at this moment."""
    rows = activities_for(feed.owner)
    if feed.initiative_id is not None:
        rows = rows.filter(initiative=feed.initiative_id)
    else:
        rows = during(rows, Span(today - BACK, today + AHEAD))
    return with_names(rows).order_by("starts_on", "pk")


def feeds_of(user: Any) -> QuerySet[CalendarFeed]:
    """The addresses of a person, those in use first."""
    return CalendarFeed.objects.filter(owner=user).select_related("initiative").order_by("revoked_at", "-id")


def _entry(activity: Activity) -> Entry:
    initiative = activity.initiative
    summary = str(activity)
    if initiative.fictional:
        summary = _("%(text)s (fictional)") % {"text": summary}
    about = [
        f"{initiative.code}: {initiative}",
        f"{activity.modality} · {who_sees_to(activity)}",
        _("State: %(state)s") % {"state": activity.get_state_display()},
        text_in(activity.description),
    ]
    return Entry(
        uid=f"{initiative.code}-{activity.number}@{HOST}",
        sequence=activity.revision,
        first=activity.starts_on,
        last=activity.ends_on,
        changed=initiative.changed_at.astimezone(UTC),
        summary=summary,
        state=activity.state,
        place=place_of(activity),
        description="\n".join(line for line in about if line),
        url=settings.SITE_URL + reverse("activity", args=[initiative.code, activity.number]),
    )


def place_of(activity: Activity) -> str:
    """Where it is held: online, or the place and its country."""
    if activity.online:
        return _("Online")
    return ", ".join(part for part in (activity.place, str(activity.country or "")) if part)
