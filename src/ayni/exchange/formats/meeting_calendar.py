"""Meetings as iCalendar (RFC 5545): names that stay, a number that rises with each move, cancelled ones told as such."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting. `begins` and `ends` bear the time zone of the round; `changed` is in UTC."""

    uid: str
    sequence: int
    begins: datetime
    ends: datetime
    changed: datetime
    summary: str
    place: str
    description: str = ""
    url: str = ""
    cancelled: bool = False


def calendar(name: str, language: str, entries: Iterable[Entry]) -> bytes:
    """The file that calendars take or follow."""
    made = Calendar()
    made.add("prodid", "-//Ayni//exchange rounds//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name, parameters={"LANGUAGE": language})
    days: list[date] = []
    for entry in entries:
        made.add_component(_event(entry))
        days.append(entry.begins.date())
    if days:
        year = timedelta(days=366)
        made.add_missing_timezones(first_date=min(days) - year, last_date=max(days) + year)
    return bytes(made.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed)
    event.add("last-modified", entry.changed)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.begins)
    event.add("dtend", entry.ends)
    event.add("summary", entry.summary)
    event.add("location", entry.place)
    if entry.description:
        event.add("description", entry.description)
    if entry.url:
        event.add("url", entry.url)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event
