"""Whom a delegation wants to meet, and about what: given, changed and withdrawn while interests are open."""

from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.directory.models import Concept
from ayni.exchange.actions.rounds.guards import TIMETABLE, act_for, held, runs, stands_in, timetable_shown
from ayni.exchange.models import Aim, Delegation, Interest, RoundProgramme, RoundState
from ayni.exchange.queries.rounds.reader import past_interests


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """`weight` 1 to 3; `programme` is one that the partner brings (to seek) or one's own (to offer)."""

    partner: Delegation
    aim: str
    topic: Concept
    weight: int
    quadrant: Concept | None = None
    programme: RoundProgramme | None = None
    note: str = ""


@transaction.atomic
def add_interest(*, by: Any, delegation: Delegation, wanted: Wanted) -> Interest:
    """An interest. The secretariat may add one later as well, until the meetings end.

    Raises Refused for a partner of the same country or another round, and for what is said already.
    """
    public = _open(by, delegation)
    _check(delegation, wanted)
    interest = Interest.objects.create(delegation=delegation, **_columns(wanted))
    record(by=by, verb="interest given", on=interest, after=snapshot(interest), public=public)
    return interest


@transaction.atomic
def change_interest(*, by: Any, interest: Interest, wanted: Wanted) -> Interest:
    """Say it otherwise. Raises Refused as `add_interest` does, and for what was withdrawn."""
    public = _open(by, interest.delegation)
    if interest.withdrawn:
        raise Refused(_("The interest was withdrawn: give a new one."))
    _check(interest.delegation, wanted, interest)
    before = snapshot(interest)
    for name, value in _columns(wanted).items():
        setattr(interest, name, value)
    interest.save()
    record(by=by, verb="interest changed", on=interest, before=before, after=snapshot(interest), public=public)
    return interest


@transaction.atomic
def withdraw_interest(*, by: Any, interest: Interest) -> None:
    """The interest counts no longer; the record keeps it."""
    public = _open(by, interest.delegation)
    if interest.withdrawn:
        raise Refused(_("The interest was withdrawn already."))
    interest.withdrawn = True
    interest.save(update_fields=["withdrawn"])
    change = {"before": {"withdrawn": False}, "after": {"withdrawn": True}}
    record(by=by, verb="interest withdrawn", on=interest, public=public, **change)


def _open(by: Any, delegation: Delegation) -> bool:
    """Raises Refused unless interests are open, for delegations until their last day; whether the round shows its matrix to the public."""
    act_for(by, delegation)
    round_ = held(delegation.round)
    stands_in(round_, RoundState.INTERESTS, *(TIMETABLE if runs(by) else ()))
    if past_interests(round_) and not runs(by):
        raise Refused(_("The last day for interests has passed: ask the secretariat to add yours."))
    return timetable_shown(round_)


def _check(delegation: Delegation, wanted: Wanted, interest: Interest | None = None) -> None:
    if wanted.partner.round_id != delegation.round_id:
        raise Refused(_("That delegation comes to another round."))
    if wanted.partner.country_id == delegation.country_id:
        raise Refused(_("An exchange is between countries: choose a delegation of another country."))
    if wanted.weight not in (1, 2, 3):
        raise Refused(_("The weight is 1, 2 or 3."))
    brings = wanted.partner if wanted.aim == Aim.SEEK else delegation
    if wanted.programme is not None and wanted.programme.delegation_id != brings.pk:
        raise Refused(_("That programme is not %(name)s's: choose one that it brings, or none.") % {"name": brings})
    same = delegation.interests.filter(
        partner=wanted.partner, topic=wanted.topic, aim=wanted.aim, withdrawn=False
    ).exclude(pk=interest.pk if interest else 0)
    if same.exists():
        raise Refused(_("This interest is given already: change its weight or its note instead."))


def _columns(wanted: Wanted) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in (field.name for field in fields(wanted))}
