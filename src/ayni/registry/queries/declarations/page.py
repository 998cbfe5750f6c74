"""The record of the sides as its page shows it: who has said what, what is open, what changed since, whose turn it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.common.audit import history
from ayni.common.lifecycle import Step, Turn
from ayni.common.models import AuditEvent
from ayni.directory.models import Country
from ayni.registry.models import Declaration, Dispute, Initiative, Outcome, Stance, Validation
from ayni.registry.queries.declarations.lifecycle import speaks_for, steps_of_dispute, steps_of_side
from ayni.registry.queries.declared import FIELDS, Wording, fingerprint, values_of
from ayni.registry.queries.initiatives.sides import countries_of

V = Validation


@dataclass(frozen=True)
class Change:
    """A field that another side has changed since a side last spoke, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Side:
    """A country of the record: what it has said (None: it was not asked yet), what the reader can say for it."""

    country: Country
    said: Declaration | None
    days_left: int | None
    steps: list[Step]
    changes: list[Change]


@dataclass(frozen=True)
class Open:
    """A dispute in words: what the record says, what the side says, what is proposed (`seen` stands for it); what the reader can do."""

    dispute: Dispute
    label: str
    stands: str
    claimed: str
    proposed: str
    settled: str
    seen: str
    steps: list[Step]


@dataclass(frozen=True)
class Told:
    """Everything that the page of a record's sides shows. `facts` are the declared fields in words, `seen` stands for them."""

    sides: list[Side]
    open: list[Open]
    settled: list[Open]
    facts: list[dict[str, str]]
    seen: str
    line: str
    turn: Turn


def told_of(initiative: Initiative, user: Any, today: date) -> Told:
    """The sides of a record as `user` sees them on this day. The number of queries does not grow with sides and disputes."""
    said = {one.country_id: one for one in _declarations(initiative)}
    disputes = list(_disputes(initiative))
    events = list(history(initiative).filter(verb="sides asked again")) if said else []
    values = values_of(initiative)
    wording = Wording([*values.items(), *_mentioned(disputes, events)])
    sides = [
        _side(initiative, country, said.get(country.pk), user, today, _changes(said.get(country.pk), events, wording))
        for country in countries_of(initiative)
    ]
    shown = [_open(one, user, initiative, wording, values) for one in disputes]
    return Told(
        sides,
        [one for one in shown if one.dispute.outcome == Outcome.OPEN],
        [one for one in shown if one.dispute.outcome != Outcome.OPEN],
        [{"term": str(FIELDS[name]), "value": wording(name, value)} for name, value in values.items()],
        fingerprint(values),
        line_of([side.said for side in sides if side.said], today),
        turn_of_record(initiative, [side.said for side in sides if side.said], disputes),
    )


def line_of(said: Iterable[Declaration], today: date) -> str:
    """Who has declared the record, who disputes it, for whom it waits, and how long."""
    rows = list(said)
    spoken = [one for one in rows if one.stance not in (Stance.NOTIFIED, Stance.DISPUTED)]
    silent = [one for one in rows if one.stance == Stance.NOTIFIED]
    disputing = [one for one in rows if one.stance == Stance.DISPUTED]
    names = {"spoken": _named(spoken), "silent": _named(silent), "disputing": _named(disputing)}
    sentences = [_("Declared by %(spoken)s.") % names] if spoken else []
    sentences += [_("Disputed by %(disputing)s.") % names] if disputing else []
    sentences += [_waits(silent, today)] if silent else []
    return " ".join(sentences) or _("No side has declared the record yet.")


def _waits(silent: list[Declaration], today: date) -> str:
    left = min((one.due_on - today).days for one in silent if one.due_on)
    names = {"silent": _named(silent), "days": left}
    if left < 0:
        return _("No answer from %(silent)s in 60 days; a late one still counts.") % names
    text = ngettext("Waits for %(silent)s, %(days)d day left.", "Waits for %(silent)s, %(days)d days left.", left)
    return text % names


def _named(sides: Iterable[Declaration]) -> str:
    return ", ".join(str(one.country) for one in sides)


def turn_of_record(initiative: Initiative, said: Iterable[Declaration], disputes: Iterable[Dispute]) -> Turn:
    """Who has to act for the record to be validated, and what has to be done."""
    if initiative.merged_into_id is not None:
        return Turn("", _("This record was merged into another, which counts instead."))
    open_ = [one for one in disputes if one.outcome == Outcome.OPEN]
    if open_:
        return _turn_of_dispute(initiative, open_)
    silent = ", ".join(str(one.country) for one in said if one.stance == Stance.NOTIFIED)
    everybody = ", ".join(str(country) for country in countries_of(initiative))
    turns = {
        V.PRIVATE: Turn(everybody, _("one of the sides declares the record")),
        V.VALIDATED: Turn(everybody, _("publish the record")),
        V.PUBLISHED: Turn("", _("The record is validated and published.")),
    }
    return turns.get(V(initiative.validation)) or Turn(silent, _("confirm or dispute the record"))


def _turn_of_dispute(initiative: Initiative, open_: list[Dispute]) -> Turn:
    if all(one.asked_secretariat for one in open_):
        return Turn(_("the secretariat"), _("mediate between the sides"))
    countries = {country.pk: country for country in countries_of(initiative)}
    turn: set[str] = set()
    for one in open_:
        own = one.declaration.country_id
        answering = {own} if one.proposed_by_id not in (None, own) else countries.keys() - {own}
        turn |= set() if one.asked_secretariat else answering
    who = ", ".join(str(countries[code]) for code in countries if code in turn)
    return Turn(who, _("answer the open disputes"))


def _declarations(initiative: Initiative) -> Iterable[Declaration]:
    return initiative.declarations.select_related("country", "answered_by").order_by("pk")


def _disputes(initiative: Initiative) -> Iterable[Dispute]:
    rows = Dispute.objects.filter(declaration__initiative=initiative)
    return rows.select_related("declaration__country", "declaration__initiative", "proposed_by", "settled_by")


def _mentioned(disputes: Iterable[Dispute], events: Iterable[AuditEvent]) -> Iterable[tuple[str, Any]]:
    for one in disputes:
        yield from ((one.field, value) for value in (one.stands, one.claimed, one.proposed, one.value))
    for event in events:
        for values in (event.before or {}, event.after or {}):
            yield from ((name, value) for name, value in values.items() if name in FIELDS)


def _side(
    initiative: Initiative,
    country: Country,
    said: Declaration | None,
    user: Any,
    today: date,
    changes: list[Change],
) -> Side:
    steps = list(steps_of_side(initiative, said)) if speaks_for(user, initiative, country.pk) else []
    waits = said is not None and said.stance == Stance.NOTIFIED and said.due_on is not None
    return Side(country, said, (said.due_on - today).days if said and said.due_on and waits else None, steps, changes)


def _changes(said: Declaration | None, events: list[AuditEvent], wording: Wording) -> list[Change]:
    """What the record said when the side last spoke, against what it says now; the first change of a field tells the former."""
    if said is None:
        return []
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    # The latest comes first.
    for event in events:
        if event.after and event.before is not None and event.after.get("revision", 0) > said.revision:
            before |= {name: value for name, value in event.before.items() if name in FIELDS}
            after = {name: value for name, value in event.after.items() if name in FIELDS} | after
    return [
        Change(str(FIELDS[name]), wording(name, before.get(name)), wording(name, after[name]))
        for name in FIELDS
        if name in after and before.get(name) != after[name]
    ]


def _open(one: Dispute, user: Any, initiative: Initiative, wording: Wording, values: dict[str, Any]) -> Open:
    is_open = one.outcome == Outcome.OPEN
    return Open(
        one,
        str(FIELDS.get(one.field, one.field)),
        wording(one.field, values[one.field] if is_open else one.stands),
        wording(one.field, one.claimed),
        wording(one.field, one.proposed),
        "" if is_open else wording(one.field, one.value),
        fingerprint(one.proposed),
        steps_of_dispute(user, one, initiative),
    )
