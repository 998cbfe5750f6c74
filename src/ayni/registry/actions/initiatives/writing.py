"""Writing the record of an initiative: its frame, who takes part, its components, what was decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Conflict, Refused
from ayni.common.i18n import folded
from ayni.common.permissions import KEEP_INITIATIVES, require
from ayni.directory.models import Component, Concept, Country, Institution
from ayni.registry.actions.validation.changes import ask_sides_again, said_of
from ayni.registry.models import (
    PUBLIC_RECORDS,
    Agreement,
    Initiative,
    InitiativeComponent,
    InitiativeState,
    JointDecision,
    Participation,
)
from ayni.registry.queries.contributions import writes_for
from ayni.registry.queries.initiatives.leaving import bound
from ayni.registry.queries.initiatives.lifecycle import WRITABLE
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


@dataclass(frozen=True)
class Part:
    """How an institution takes part: its role, who answers for it there, and with how many hours a month."""

    institution: Institution
    role: Concept
    counterpart: str = ""
    hours_a_month: int | None = None
    tasks: dict[str, str] | None = None
    component: InitiativeComponent | None = None


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
    if initiative.state != InitiativeState.APPROVED or _frame(before) != _frame(told(initiative)):
        approve_again(by=by, initiative=initiative)
    return initiative


@transaction.atomic
def approve_again(*, by: Any, initiative: Initiative) -> None:
    """A country approves what it has read: approvals that were given before the frame changed are given anew.

    An initiative that was approved goes back to its formulation for that.
    """
    approved = initiative.state == InitiativeState.APPROVED
    if approved or initiative.state == InitiativeState.FORMULATION and initiative.approvals.exists():
        given = sorted(initiative.approvals.values_list("country", flat=True))
        row = snapshot(initiative)
        if approved:
            initiative.state, initiative.approved_on = InitiativeState.FORMULATION, None
            initiative.save()
        initiative.approvals.all().delete()
        record(
            by=by,
            verb="approvals asked again",
            on=initiative,
            before={**row, "countries": given},
            after={**snapshot(initiative), "countries": []},
            public=is_public(initiative),
        )


@transaction.atomic
def add_participation(*, by: Any, initiative: Initiative, part: Part) -> Participation:
    """Another institution, or another role of one in a component. Raises Refused when it is there already.

    Who answers for it, with which hours and tasks, its own side says: raises Refused for another one.
    """
    initiative = writable(by=by, initiative=initiative)
    _refuse_for_others(by, initiative, part, ("", None, {}))
    return enter_participation(by=by, initiative=initiative, part=part)


@transaction.atomic
def enter_participation(*, by: Any, initiative: Initiative, part: Part, since: date | None = None) -> Participation:
    """The same for other actions that have asked who may; its counterpart is there `since` (today)."""
    if initiative.participations.filter(institution=part.institution, part=part.component).exists():
        raise Refused(_("%(institution)s takes part already.") % {"institution": part.institution})
    said = said_of(initiative)
    added = initiative.participations.create(
        institution=part.institution,
        part=part.component,
        role=part.role,
        counterpart=part.counterpart.strip(),
        hours_a_month=part.hours_a_month,
        tasks=part.tasks or {},
    )
    if added.counterpart:
        added.changes.create(since=since or timezone.localdate(), name=added.counterpart)
    touch(by=by, initiative=initiative, verb="participation added", before=None, after=snapshot(added))
    ask_sides_again(by=by, initiative=initiative, said=said)
    approve_again(by=by, initiative=initiative)
    return added


@transaction.atomic
def edit_participation(*, by: Any, participation: Participation, base: int, part: Part) -> Participation:
    """Another role, counterpart or task. A new counterpart is kept with its day. Raises Conflict as `edit_initiative` does.

    Its counterpart, hours and tasks are said by its own side: raises Refused for another one.
    """
    initiative = writable(by=by, initiative=participation.initiative)
    if base != initiative.revision:
        raise Conflict(
            _("Somebody else has changed this record meanwhile. Compare it with what stands, then save again.")
        )
    participation = _standing(participation)
    stands = (participation.counterpart, participation.hours_a_month, participation.tasks or {})
    _refuse_for_others(by, initiative, replace(part, institution=participation.institution), stands)
    said, before = said_of(initiative), snapshot(participation)
    name, was = part.counterpart.strip(), participation.role_id
    if name and name != participation.counterpart:
        participation.changes.update_or_create(since=timezone.localdate(), defaults={"name": name})
    participation.role, participation.counterpart = part.role, name
    participation.hours_a_month, participation.tasks = part.hours_a_month, part.tasks or {}
    participation.save()
    touch(by=by, initiative=initiative, verb="participation changed", before=before, after=snapshot(participation))
    ask_sides_again(by=by, initiative=initiative, said=said)
    # Another person answers there: of what was approved that changes nothing; another role does.
    if initiative.state != InitiativeState.APPROVED or was != participation.role_id:
        approve_again(by=by, initiative=initiative)
    return participation


@transaction.atomic
def remove_participation(*, by: Any, participation: Participation) -> None:
    """Take a role out. Raises Refused for the whole role of the institution that keeps the record, and where something of it stands."""
    initiative = writable(by=by, initiative=participation.initiative)
    participation = _standing(participation)
    if participation.institution_id == initiative.institution_id and participation.part_id is None:
        raise Refused(_("The institution that keeps the record takes part; it cannot be taken out."))
    said, before = said_of(initiative), snapshot(participation)
    leaving = participation.institution
    participation.delete()
    refuse_leaving(initiative, [leaving])
    touch(by=by, initiative=initiative, verb="participation removed", before=before, after=None)
    ask_sides_again(by=by, initiative=initiative, said=said)
    approve_again(by=by, initiative=initiative)


@transaction.atomic
def add_component(
    *, by: Any, initiative: Initiative, title: dict[str, str], component: Component | None
) -> InitiativeComponent:
    """A part in which roles may differ, with the component of a programme that it transfers where the catalogue has it."""
    return enter_component(by=by, initiative=writable(by=by, initiative=initiative), title=title, component=component)


@transaction.atomic
def enter_component(
    *, by: Any, initiative: Initiative, title: dict[str, str], component: Component | None
) -> InitiativeComponent:
    """The same for other actions that have asked who may."""
    if not title:
        raise Refused(_("Give the component a title."))
    last = initiative.components.order_by("-number").values_list("number", flat=True).first() or 0
    added = initiative.components.create(number=last + 1, title=title, component=component)
    touch(by=by, initiative=initiative, verb="initiative component added", before=None, after=snapshot(added))
    approve_again(by=by, initiative=initiative)
    return added


@transaction.atomic
def remove_component(*, by: Any, component: InitiativeComponent) -> None:
    """Take a part out, with the roles in it. Raises Refused while activities belong to it."""
    initiative = writable(by=by, initiative=component.initiative)
    if component.activities.exists():
        raise Refused(_("Activities belong to this component: move them first."))
    said, before = said_of(initiative), snapshot(component)
    leaving = [one.institution for one in component.participations.select_related("institution")]
    component.delete()
    refuse_leaving(initiative, leaving)
    touch(by=by, initiative=initiative, verb="initiative component removed", before=before, after=None)
    ask_sides_again(by=by, initiative=initiative, said=said)
    approve_again(by=by, initiative=initiative)


@transaction.atomic
def add_decision(
    *, by: Any, initiative: Initiative, text: dict[str, str], decided_on: date, joint: bool
) -> JointDecision:
    """What was decided, by all sides together or by one alone. Raises Refused for a day to come, or without a text."""
    initiative = writable(by=by, initiative=initiative)
    if not text:
        raise Refused(_("Write down what was decided."))
    if decided_on > timezone.localdate():
        raise Refused(_("The day of the decision has not come yet."))
    added = initiative.decisions.create(text=text, decided_on=decided_on, joint=joint)
    touch(by=by, initiative=initiative, verb="decision recorded", before=None, after=snapshot(added))
    return added


@transaction.atomic
def writable(*, by: Any, initiative: Initiative) -> Initiative:
    """The initiative, held for this transaction. Raises PermissionDenied, or Refused once its record is over."""
    initiative = locked(initiative)
    require(by, KEEP_INITIATIVES, initiative)
    if initiative.merged_into_id is not None:
        raise Refused(_("This record was merged into another: change that one."))
    if initiative.state not in WRITABLE:
        raise Refused(
            _("The initiative is “%(state)s”: its record is no longer changed.")
            % {"state": initiative.get_state_display()}
        )
    return initiative


def locked(initiative: Initiative) -> Initiative:
    """The initiative as it stands, held for this transaction, with its sides."""
    rows = Initiative.objects.select_for_update(of=("self",)).select_related("institution__country", "cooperation_type")
    return rows.prefetch_related("participations__institution__country", "participations__institution__names").get(
        pk=initiative.pk
    )


@transaction.atomic
def touch(*, by: Any, initiative: Initiative, verb: str, before: Any, after: Any) -> None:
    """Count a change of a part of the record, and write it down: the part's columns as "part", the record's own beside them."""
    row = snapshot(initiative)
    initiative.revision += 1
    initiative.save(update_fields=["revision", "changed_at"])
    old, new = before or {}, after or {}
    same = {key for key in old.keys() & new.keys() if old[key] == new[key]}
    parts = [{key: value for key, value in values.items() if key not in same} for values in (old, new)]
    record(
        by=by,
        verb=verb,
        on=initiative,
        before={**row, "part": parts[0]},
        after={**snapshot(initiative), "part": parts[1]},
        public=is_public(initiative),
    )


def is_public(initiative: Initiative) -> bool:
    """Whether a change of it shows on a page that anybody can read."""
    return initiative.validation in PUBLIC_RECORDS


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


def words_of(*texts: Mapping[str, str]) -> str:
    """The texts in every language, folded: what the search looks in."""
    return folded(" ".join(text for every in texts for text in every.values()))


def _standing(participation: Participation) -> Participation:
    """The participation as it stands. Raises Refused when somebody has taken it out meanwhile."""
    found = Participation.objects.filter(pk=participation.pk).first()
    if found is None:
        raise Refused(_("Somebody has taken this institution out meanwhile. Look at the page again."))
    return found


def refuse_leaving(initiative: Initiative, institutions: Iterable[Institution]) -> None:
    """Raises Refused when one of them takes part no longer while something of it stands in the initiative."""
    found = bound(initiative, institutions)
    if found is not None:
        raise Refused(
            _(
                "Contributions, activities, results or experts of %(institution)s stand in the initiative: "
                "its side removes them before it leaves."
            )
            % {"institution": found}
        )


def _refuse_for_others(
    by: Any, initiative: Initiative, part: Part, stands: tuple[str, int | None, dict[str, str]]
) -> None:
    """What `part` says of who answers for an institution is as it stands, or said by its own side (the keeper's where nobody is)."""
    told = (part.counterpart.strip(), part.hours_a_month, part.tasks or {})
    if told != stands and not writes_for(by, initiative, part.institution):
        raise Refused(
            _("The counterpart, the hours and the tasks of %(institution)s are written by its own side.")
            % {"institution": part.institution}
        )


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
    above = facts.parent
    while above is not None:
        if initiative is not None and above.pk == initiative.pk:
            raise Refused(_("The initiative would stand below itself."))
        above = above.parent
