"""The demonstration's initiatives (data/demo/initiatives.json): exchanges of 2005-2012 as far as they are known, and fictional ones.

Each is entered by the coordination of the country that keeps it. A life of earlier years cannot be lived again: its state, days and
approvals are entered as they stand, with one event of the record each. What the sides declare comes afterwards.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from ayni.accounts.models import User
from ayni.common.audit import record, snapshot
from ayni.common.reference import document
from ayni.directory.models import Component, Concept, Institution, Membership
from ayni.registry.actions.demonstration import day
from ayni.registry.actions.initiatives.components import enter_component
from ayni.registry.actions.initiatives.frame import InitiativeFacts, enter_initiative
from ayni.registry.actions.initiatives.holding import is_public, touch
from ayni.registry.actions.initiatives.participations import Part, enter_participation
from ayni.registry.actions.initiatives.steps import take_step
from ayni.registry.models import (
    SCHEMES,
    Agreement,
    Initiative,
    InitiativeComponent,
    JointDecision,
)
from ayni.registry.queries.initiatives.sides import countries_of

DAYS = ("requested_on", "answered_on", "starts_on", "ends_on")


@transaction.atomic
def load_initiatives(*, by: Any) -> bool:
    """Enter the initiatives unless there are any. Returns whether it did."""
    if Initiative.objects.exists():
        return False
    held = Membership.objects.in_force().filter(role="national-coordinator", user__is_demo=True).select_related("user")
    loading = _Loading({one.country_id: one.user for one in held})
    for row in document("demo/initiatives.json"):
        loading.enter(row)
    return True


class _Loading:
    """What all rows share: who acts for a country, the terms, institutions and agreements by their codes."""

    def __init__(self, coordinators: dict[str | None, User]) -> None:
        self._coordinators = coordinators
        names = (*SCHEMES.values(), "cooperation-types", "cooperation-roles")
        self._terms = {name: {one.code: one for one in Concept.objects.current(name)} for name in names}
        self._institutions = {one.code: one for one in Institution.objects.select_related("country")}
        told = {row["title"]["es"]: row["code"] for row in document("demo/agreements.json")}
        self._agreements = {told.get(one.title.get("es", ""), ""): one for one in Agreement.objects.all()}

    def enter(self, row: Mapping[str, Any]) -> None:
        institution = self._institutions[row["institution"]]
        keeper = self._coordinators[institution.country_id]
        own, *others = row["parties"]
        initiative = enter_initiative(
            by=keeper,
            institution=institution,
            facts=self._facts(row),
            role=self._terms["cooperation-roles"][own["role"]],
            code=row["code"],
            fictional=row["fictional"],
        )
        began = day_of(row.get("life", {}).get("began_on")) or timezone.localdate()
        self._complete_own(keeper, initiative, own, began)
        for one in others:
            enter_participation(by=keeper, initiative=initiative, part=self._part(one, None), since=began)
        for part in row.get("parts", ()):
            component = enter_component(
                by=keeper, initiative=initiative, title=part["title"], component=_component(part.get("component"))
            )
            for one in part.get("parties", ()):
                enter_participation(by=keeper, initiative=initiative, part=self._part(one, component))
        for one in row.get("decisions", ()):
            decided = JointDecision(
                initiative=initiative,
                decided_on=day_of(one["on"]) or timezone.localdate(),
                text=one["text"],
                joint=one.get("joint", True),
            )
            decided.save()
            touch(by=keeper, initiative=initiative, verb="decision recorded", before=None, after=snapshot(decided))
        for step in row.get("steps", ()):
            initiative = take_step(by=keeper, initiative=initiative, step=step)
        if "life" in row:
            self._live(keeper, initiative, row)

    def _facts(self, row: Mapping[str, Any]) -> InitiativeFacts:
        lists: dict[str, Any] = {
            name: tuple(self._terms[scheme][code] for code in row[name]) for name, scheme in SCHEMES.items()
        }
        days: dict[str, Any] = {name: day_of(row.get(name)) for name in DAYS}
        above = Initiative.objects.get(code=row["parent"]) if "parent" in row else None
        return InitiativeFacts(
            cooperation_type=self._terms["cooperation-types"][row["type"]],
            parent=above,
            agreements=tuple(self._agreements[code] for code in row.get("agreements", ())),
            **{
                name: row[name]
                for name in ("title", "objective", "summary", "size", "formality", "continuity", "source")
            },
            **days,
            **lists,
        )

    def _complete_own(self, keeper: User, initiative: Initiative, told: Mapping[str, Any], since: date) -> None:
        """The counterpart and tasks of the institution that keeps the record, which takes part already."""
        part = self._part(told, None)
        if not (part.counterpart or part.tasks):
            return
        one = initiative.participations.get()
        before = snapshot(one)
        one.counterpart, one.hours_a_month, one.tasks = part.counterpart, part.hours_a_month, part.tasks or {}
        one.save()
        if part.counterpart:
            one.changes.create(since=since, name=part.counterpart)
        touch(by=keeper, initiative=initiative, verb="participation changed", before=before, after=snapshot(one))

    def _part(self, told: Mapping[str, Any], component: InitiativeComponent | None) -> Part:
        return Part(
            institution=self._institutions[told["institution"]],
            role=self._terms["cooperation-roles"][told["role"]],
            counterpart=told.get("counterpart", ""),
            hours_a_month=told.get("hours_a_month"),
            tasks=told.get("tasks"),
            component=component,
        )

    def _live(self, keeper: User, initiative: Initiative, row: Mapping[str, Any]) -> None:
        """What has become of it until today."""
        life = row["life"]
        before = snapshot(initiative)
        days = {name: day_of(life.get(name)) for name in ("approved_on", "began_on", "closed_on")}
        initiative.state, initiative.reason = life["state"], life.get("reason", "")
        for name, value in days.items():
            setattr(initiative, name, value)
        initiative.save()
        # Of a record that is not fictional nobody says what its countries did not say.
        for country in countries_of(initiative) if initiative.fictional else ():
            acting = self._coordinators.get(country.pk, keeper)
            initiative.approvals.create(country=country, approved_at=_noon(days["approved_on"]), approved_by=acting)
        record(
            by=keeper,
            verb="initiative entered",
            on=initiative,
            before=before,
            after=snapshot(initiative),
            public=is_public(initiative),
        )


def day_of(told: int | str | None) -> date | None:
    """A day as a row tells it: ISO 8601, or so many months from today."""
    return date.fromisoformat(told) if isinstance(told, str) else day(told)


def _component(told: str | None) -> Component | None:
    """The component of the catalogue "PROGRAMME/component"."""
    if told is None:
        return None
    programme, _slash, code = told.partition("/")
    return Component.objects.filter(programme__code=programme, code=code).first()


def _noon(on: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(on, time(12))) if on else None
