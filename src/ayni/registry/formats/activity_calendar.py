"""Activities as iCalendar (RFC 5545): whole days, names that stay, a number that rises with each change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

STATUSES = {"planned": "TENTATIVE", "agreed": "CONFIRMED", "done": "CONFIRMED", "cancelled": "CANCELLED"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An activity from its first day to its last, both among them. `state` is one of STATUSES; `changed` is in UTC."""

    uid: str
    sequence: int
    first: date
    last: date
    changed: datetime
    summary: str
    state: str
    place: str = ""
    description: str = ""
    url: str = ""


def calendar(name: str, language: str, entries: Iterable[Entry]) -> bytes:
    """The file that calendars take or follow."""
    made = Calendar()
    made.add("prodid", "-//Ayni//work plans//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name, parameters={"LANGUAGE": language})
    # What programs that follow an address do with it: ask again after some hours (RFC 7986).
    made.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for entry in entries:
        made.add_component(_event(entry))
    return bytes(made.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed)
    event.add("last-modified", entry.changed)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.first)
    # Of a whole day, the end is the first day on which it is over.
    event.add("dtend", entry.last + timedelta(days=1))
    event.add("summary", entry.summary)
    if entry.place:
        event.add("location", entry.place)
    if entry.description:
        event.add("description", entry.description)
    if entry.url:
        event.add("url", entry.url)
    event.add("status", STATUSES[entry.state])
    # A visit of a week does not make the person who follows it unavailable.
    event.add("transp", "TRANSPARENT")
    return event
