"""The frame of an initiative: what it is, what for, when, in which programme and under which agreements."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Conflict, Refused
from ayni.common.i18n import words_of
from ayni.common.permissions import KEEP_INITIATIVES, require
from ayni.common.queries.trees import below_itself, wait_to_place
from ayni.directory.models import Concept, Country, Institution
from ayni.registry.actions.initiatives.approvals import approve_again
from ayni.registry.actions.initiatives.holding import is_public, writable
from ayni.registry.actions.validation.changes import ask_sides_again, said_of
from ayni.registry.models import Agreement, Initiative
from ayni.registry.queries.initiatives.linked import sees_parent, share_a_side, unseen_agreements
from ayni.registry.queries.initiatives.sides import countries_of

LISTS = ("topics", "modalities", "quadrants", "goals", "agreements")


@dataclass(frozen=True)
class InitiativeFacts:
    """What the record of an initiative says, as it was filled in."""

    title: dict[str, str]
    objective: dict[str, str]
    summary: dict[str, str]
    cooperation_type: Concept
    size: str
    formality: str
    continuity: str
    parent: Initiative | None
    requested_on: date | None
    answered_on: date | None
    starts_on: date | None
    ends_on: date | None
    source: str
    topics: tuple[Concept, ...] = ()
    modalities: tuple[Concept, ...] = ()
    quadrants: tuple[Concept, ...] = ()
    goals: tuple[Concept, ...] = ()
    agreements: tuple[Agreement, ...] = ()


@transaction.atomic
def begin_initiative(*, by: Any, institution: Institution, facts: InitiativeFacts, role: Concept) -> Initiative:
    """A record that `institution` keeps and in which it takes part with `role`.

    Raises Refused when dates are not in order, or for an international institution: no coordination would declare it.
    """
    require(by, KEEP_INITIATIVES, institution)
    _check_side(facts.parent, [institution.country] if institution.country else [])
    return enter_initiative(by=by, institution=institution, facts=facts, role=role)


@transaction.atomic
def enter_initiative(
    *,
    by: Any,
    institution: Institution,
    facts: InitiativeFacts,
    role: Concept,
    code: str = "",
    fictional: bool = False,
) -> Initiative:
    """The same for other actions that have asked who may: a mission that becomes an initiative, a record of earlier years.

    Without a `code` the record gets the next one of this year.
    """
    if institution.country is None:
        raise Refused(
            _("An institution of a country keeps the record: begin it there, then add the international one.")
        )
    _check(facts, None)
    plain = {name: value for name, value in vars(facts).items() if name not in LISTS}
    initiative = Initiative.objects.create(
        code=code or _next_code(institution),
        institution=institution,
        words=words_of(facts.title, facts.objective, facts.summary),
        fictional=fictional,
        **plain,
    )
    for name in LISTS:
        getattr(initiative, name).set(getattr(facts, name))
    initiative.participations.create(institution=institution, role=role)
    record(by=by, verb="initiative recorded", on=initiative, after=told(initiative), public=False)
    return initiative


@transaction.atomic
def edit_initiative(*, by: Any, initiative: Initiative, base: int, facts: InitiativeFacts) -> Initiative:
    """Change the frame. Raises Conflict when somebody else has changed it since revision `base`, Refused once it is over."""
    if facts.parent is not None and facts.parent.pk != initiative.parent_id:
        wait_to_place()
    initiative = writable(by=by, initiative=initiative)
    if base != initiative.revision:
        raise Conflict(
            _("Somebody else has changed this record meanwhile. Compare it with what stands, then save again.")
        )
    facts = _with_unseen(by, initiative, facts)
    if facts.parent != initiative.parent:
        _check_side(facts.parent, countries_of(initiative))
    _check(facts, initiative)
    said, before = said_of(initiative), told(initiative)
    for name, value in vars(facts).items():
        if name in LISTS:
            getattr(initiative, name).set(value)
        else:
            setattr(initiative, name, value)
    initiative.words = words_of(facts.title, facts.objective, facts.summary)
    initiative.revision += 1
    initiative.save()
    record(
        by=by,
        verb="initiative changed",
        on=initiative,
        before=before,
        after=told(initiative),
        public=is_public(initiative),
    )
    ask_sides_again(by=by, initiative=initiative, said=said)
    if _frame(before) != _frame(told(initiative)):
        approve_again(by=by, initiative=initiative)
    return initiative


def told(initiative: Initiative) -> dict[str, Any]:
    """What the record of changes keeps of an initiative: its columns and the codes of its lists."""
    lists = {
        name: sorted(getattr(initiative, name).values_list("code", flat=True)) for name in LISTS if name != "agreements"
    }
    agreements = sorted(initiative.agreements.values_list("pk", flat=True))
    return {**snapshot(initiative), **lists, "agreements": agreements}


def _frame(row: Mapping[str, Any]) -> dict[str, Any]:
    """Of an initiative's row what its countries approve."""
    return {
        name: value for name, value in row.items() if name not in ("revision", "source", "validation", "changed_at")
    }


def _next_code(institution: Institution) -> str:
    """The country, the year and the next number: codes are given once, in the order of the records."""
    country = institution.country
    if country is None:
        raise Refused(_("An institution of a country keeps the record."))
    # Whoever else begins a record of this country waits for this one.
    Country.objects.select_for_update().get(pk=country.pk)
    stem = f"{country.iso2}-{timezone.localdate():%Y}-"
    taken = Initiative.objects.filter(code__startswith=stem).values_list("code", flat=True)
    number = max((int(code.removeprefix(stem)) for code in taken), default=0) + 1
    return f"{stem}{number:04d}"


def _with_unseen(by: Any, initiative: Initiative, facts: InitiativeFacts) -> InitiativeFacts:
    """What another side has linked and `by` may not see stays. Raises Refused for another programme in place of an unseen one."""
    facts = replace(facts, agreements=(*facts.agreements, *unseen_agreements(by, initiative)))
    if facts.parent == initiative.parent or sees_parent(by, initiative):
        return facts
    if facts.parent is not None:
        raise Refused(_("Another side has put the initiative into a programme that you may not see: ask it to choose."))
    return replace(facts, parent=initiative.parent)


def _check_side(parent: Initiative | None, countries: list[Country]) -> None:
    """Nobody writes into a programme of others: one of the countries takes part in it."""
    if parent is not None and not share_a_side(parent, countries):
        raise Refused(_("None of its countries takes part in that programme: choose one of their own programmes."))


def _check(facts: InitiativeFacts, initiative: Initiative | None) -> None:
    if not facts.title:
        raise Refused(_("Give the initiative a title."))
    if facts.starts_on and facts.ends_on and facts.starts_on > facts.ends_on:
        raise Refused(_("The last day comes before the first."))
    if facts.requested_on and facts.answered_on and facts.requested_on > facts.answered_on:
        raise Refused(_("The answer comes before the request."))
    if initiative is not None and facts.parent is not None and below_itself(initiative, facts.parent):
        raise Refused(_("The initiative would stand below itself."))
