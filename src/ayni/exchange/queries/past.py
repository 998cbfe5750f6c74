"""What happened to an offer, a demand or a match, for those whom it concerns; the network's whole record stays with the secretariat."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ayni.common.audit import history
from ayni.common.permissions import READ_DRAFTS, SCREEN, WRITE_EXCHANGE, may
from ayni.common.record.verbs import sentence
from ayni.exchange.queries.lifecycle import CYCLES, Thing

# As many steps as a page shows.
SHOWN = 50


@dataclass(frozen=True)
class Past:
    """One step: when, by whom, what, and the reason given."""

    when: datetime
    who: str
    what: str
    note: str


def concerns(user: Any, thing: Thing) -> bool:
    """Whether the person is of one of its sides, or sees what everybody writes."""
    return may(user, WRITE_EXCHANGE, thing) or may(user, SCREEN) or may(user, READ_DRAFTS)


def past_of(user: Any, thing: Thing) -> list[Past]:
    """The steps of its life, the latest first; nothing for others. What was written in between is not told."""
    if not concerns(user, thing):
        return []
    verbs = {step.verb for step in CYCLES[type(thing)]} | {"offer begun", "demand begun", "match suggested"}
    events = history(thing).filter(verb__in=verbs)[:SHOWN]
    return [
        Past(event.at, event.actor_name, sentence(event.verb), str((event.after or {}).get("reason", "")))
        for event in events
    ]
