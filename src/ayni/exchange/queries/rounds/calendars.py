"""The meetings of a round, a delegation or a room as entries of a calendar, in the language of the page."""

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.common.i18n import text_in
from ayni.exchange.formats.meeting_calendar import Entry
from ayni.exchange.models import ExchangeRound, Meeting

HOST = "ayni"


def entries(round_: ExchangeRound, meetings: Iterable[Meeting]) -> list[Entry]:
    """An entry for each meeting that has or had a place."""
    zone = ZoneInfo(round_.time_zone)
    return [_entry(round_, meeting, zone) for meeting in meetings]


def _entry(round_: ExchangeRound, meeting: Meeting, zone: ZoneInfo) -> Entry:
    slot = meeting.slot
    summary = str(meeting)
    if round_.fictional:
        summary = _("%(text)s (fictional)") % {"text": summary}
    return Entry(
        uid=f"{meeting.uid}@{HOST}",
        sequence=meeting.sequence,
        begins=datetime.combine(slot.day, slot.starts_at, zone),
        ends=datetime.combine(slot.day, slot.ends_at, zone),
        changed=meeting.changed_at.astimezone(UTC),
        summary=summary,
        place=f"{meeting.room}, {text_in(round_.place)}",
        description=_("Interpreted: %(languages)s") % {"languages": meeting.between} if meeting.interpreted else "",
        url=settings.SITE_URL + reverse("round_meeting", args=[round_.code, meeting.number]),
        cancelled=not meeting.stands,
    )
