"""Meetings in calendars: names that stay, numbers that rise with each move, the round's own time zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from ayni.exchange.actions.rounds.timetable import cancel_meeting, move_meeting
from ayni.exchange.formats.meeting_calendar import Entry, calendar
from ayni.exchange.models import RoundState
from tests.unit.exchange.rounds import DAY, free_slot, in_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    return in_state(RoundState.RUNNING)


def events(client, path: str) -> dict[str, dict]:
    """{UID: event} of a calendar."""
    response = client.get(path)
    assert response["Content-Type"].startswith("text/calendar")
    return {str(event["UID"]): event for event in Calendar.from_ical(response.content).walk("VEVENT")}


def test_a_delegation_takes_its_meetings_into_a_calendar(client, round_):
    path = f"/en/exchange/rounds/{round_.code}/schedules/delegations/CHL/calendar.ics"
    before = events(client, path)
    assert len(before) == 2
    first = round_.meetings.filter(other__code="CHL").first() or round_.meetings.filter(one__code="CHL").first()
    uid = f"{first.uid}@ayni"
    event = before[uid]
    slot = first.slot
    begins = event["DTSTART"].dt
    assert begins == datetime.combine(DAY, slot.starts_at, ZoneInfo("America/Bogota"))
    assert begins.utcoffset().total_seconds() == -5 * 3600
    assert (event["SEQUENCE"], event["STATUS"]) == (0, "CONFIRMED")
    moved = move_meeting(by=None, meeting=first, slot=free_slot(round_), room=first.room)
    after = events(client, path)[uid]
    assert (after["SEQUENCE"], after["DTSTART"].dt.time()) == (1, moved.slot.starts_at)
    cancel_meeting(by=None, meeting=moved, reason="Illness")
    gone = events(client, path)[uid]
    assert (gone["SEQUENCE"], gone["STATUS"]) == (2, "CANCELLED")


def test_a_room_and_the_whole_round_have_theirs(client, round_):
    whole = events(client, f"/en/exchange/rounds/{round_.code}/schedules/calendar.ics")
    assert len(whole) == 3
    rooms = [
        events(client, f"/en/exchange/rounds/{round_.code}/schedules/rooms/{room.number}/calendar.ics")
        for room in round_.rooms.all()
    ]
    assert {uid for room in rooms for uid in room} == set(whole)


def test_the_file_says_its_time_zone_and_folds_hostile_text():
    zone = ZoneInfo("America/Santiago")
    entry = Entry(
        uid="1@ayni",
        sequence=3,
        begins=datetime(2027, 3, 10, 9, tzinfo=zone),
        ends=datetime(2027, 3, 10, 9, 40, tzinfo=zone),
        changed=datetime(2027, 1, 1, tzinfo=UTC),
        summary="Chile – Perú\r\nATTENDEE:mailto:x@example.org",
        place="Sala; 1, piso 2",
        description="Inglés – español",
        url="https://example.org/",
    )
    text = calendar("Rueda", "es", [entry]).decode()
    assert "BEGIN:VTIMEZONE" in text and "TZID:America/Santiago" in text
    assert "\nATTENDEE" not in text
    [event] = Calendar.from_ical(text).walk("VEVENT")
    assert str(event["LOCATION"]) == "Sala; 1, piso 2"


def test_an_empty_calendar_is_one():
    assert not Calendar.from_ical(calendar("Rueda", "es", [])).walk("VEVENT")


def test_before_the_meetings_a_calendar_is_for_those_inside(client, as_role):
    round_ = in_state(RoundState.PLANNING, "other")
    path = f"/en/exchange/rounds/{round_.code}/schedules/calendar.ics"
    assert client.get(path).status_code == 302
    assert as_role("expert").get(path).status_code == 403
    assert len(events(as_role("national-coordinator"), path)) == 3
