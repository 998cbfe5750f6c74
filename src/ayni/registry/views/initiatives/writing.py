"""Keeping the record of an initiative: its frame, who takes part, its parts, decisions, and the steps of its life."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, requires, signed_in, take_base
from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import APPROVE_INITIATIVES, KEEP_INITIATIVES
from ayni.common.views.steps import asked_step, step_page
from ayni.directory.models import Country
from ayni.registry.actions.initiatives import steps as step_actions
from ayni.registry.actions.initiatives.components import add_component, remove_component
from ayni.registry.actions.initiatives.decisions import add_decision
from ayni.registry.actions.initiatives.frame import begin_initiative, edit_initiative
from ayni.registry.actions.initiatives.participations import add_participation, edit_participation, remove_participation
from ayni.registry.actions.initiatives.programme import let_go
from ayni.registry.forms.initiatives import ComponentForm, DecisionForm, InitiativeForm, ParticipationForm
from ayni.registry.models import Agreement, AgreementParty, Initiative, InitiativeComponent, Participation, Size
from ayni.registry.queries.agreements import agreements_for
from ayni.registry.queries.contributions import writes_for
from ayni.registry.queries.initiatives.approvals import approves
from ayni.registry.queries.initiatives.lifecycle import may_take, step_of
from ayni.registry.queries.initiatives.linked import sees_parent, with_side
from ayni.registry.queries.initiatives.lists import initiatives_for
from ayni.registry.queries.initiatives.sides import countries_of
from ayni.registry.queries.reach import institutions_kept
from ayni.registry.views.initiatives.door import find, frame, kept, part_page


@requires(KEEP_INITIATIVES)
def initiative_new(request: HttpRequest) -> HttpResponse:
    """Begin a record."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        institution, role = form.keeper()
        try:
            begun = begin_initiative(by=current_user(request), institution=institution, facts=form.facts(), role=role)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("initiative", begun.code)
    return render(request, "registry/initiatives/new.html", {"form": form})


@requires(KEEP_INITIATIVES)
def initiative_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change the frame; of two at once the later is shown what the other has saved."""
    found = kept(request, code)
    form = _form(request, found)
    differing: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        base = form.cleaned_data["base"] or 0
        try:
            edit_initiative(by=current_user(request), initiative=found, base=base, facts=form.facts())
        except Conflict as conflict:
            found = kept(request, code)
            differing = _differing(form, found)
            take_base(request, form, found.revision)
            form.add_error(None, str(conflict))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("initiative", code)
    context = frame(request, found, "initiative") | {
        "form": form,
        "title": _("The record of %(initiative)s") % {"initiative": found},
        "differing": differing,
        "back_url": reverse("initiative", args=[code]),
    }
    return render(request, "registry/initiatives/part.html", context)


@requires(KEEP_INITIATIVES)
def participation_add(request: HttpRequest, code: str) -> HttpResponse:
    """Another institution, or another role of one."""
    found = kept(request, code)
    form = ParticipationForm(posted(request), initiative=found)

    def add() -> object:
        return add_participation(by=current_user(request), initiative=found, part=form.part())

    return part_page(request, found, form, _("Add an institution"), add)


@requires(KEEP_INITIATIVES)
def participation_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Another role, counterpart or task."""
    found = kept(request, code)
    row = _participation(found, pk)
    own = writes_for(request.user, found, row.institution)
    form = ParticipationForm(posted(request), initiative=found, participation=row, own=own)
    differing: list[dict[str, Any]] = []

    def change() -> object:
        base = form.cleaned_data["base"] or 0
        try:
            return edit_participation(by=current_user(request), participation=row, base=base, part=form.part())
        except Conflict:
            stands = _participation(kept(request, code), pk)
            differing.append({"label": _("Counterpart"), "value": stands.counterpart})
            differing.append({"label": _("Role"), "value": str(stands.role)})
            take_base(request, form, stands.initiative.revision)
            raise

    return part_page(request, found, form, str(row.institution), change, differing=differing)


@requires(KEEP_INITIATIVES)
@require_POST
def participation_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a role out."""
    row = _participation(kept(request, code), pk)
    attempt(request, lambda: remove_participation(by=current_user(request), participation=row), _("Removed."))
    return redirect("initiative", code)


@requires(KEEP_INITIATIVES)
@require_POST
def initiative_let_go(request: HttpRequest, code: str) -> HttpResponse:
    """Who keeps the programme takes an initiative out of it."""
    found = find(request, code)
    above = found.parent
    attempt(
        request,
        lambda: let_go(by=current_user(request), initiative=found),
        _("Taken out."),
    )
    return redirect("initiative", above.code if above else code)


@requires(KEEP_INITIATIVES)
def component_add(request: HttpRequest, code: str) -> HttpResponse:
    """A part in which roles may differ."""
    found = kept(request, code)
    form = ComponentForm(posted(request), initiative=found)

    def add() -> object:
        return add_component(
            by=current_user(request), initiative=found, title=form.text("title"), component=form.chosen()
        )

    return part_page(request, found, form, _("Add a part"), add)


@requires(KEEP_INITIATIVES)
@require_POST
def component_remove(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take a part out."""
    row = get_object_or_404(InitiativeComponent, initiative=kept(request, code), number=number)
    attempt(request, lambda: remove_component(by=current_user(request), component=row), _("Removed."))
    return redirect("initiative", code)


@requires(KEEP_INITIATIVES)
def decision_add(request: HttpRequest, code: str) -> HttpResponse:
    """What was decided."""
    found = kept(request, code)
    form = DecisionForm(posted(request))

    def add() -> object:
        given = form.cleaned_data
        return add_decision(
            by=current_user(request),
            initiative=found,
            text=form.text("text"),
            decided_on=given["decided_on"],
            joint=given["joint"],
        )

    return part_page(request, found, form, _("Record a decision"), add)


@requires(APPROVE_INITIATIVES)
@require_POST
def initiative_approve(request: HttpRequest, code: str, country: str) -> HttpResponse:
    """A country's coordination approves."""
    found, place = find(request, code), get_object_or_404(Country, pk=country)
    if not approves(request.user, found, place):
        raise PermissionDenied(APPROVE_INITIATIVES)
    attempt(
        request,
        lambda: step_actions.approve_initiative(by=current_user(request), initiative=found, country=place),
        _("Approved."),
    )
    return redirect("initiative", code)


@signed_in
def initiative_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Ask before a step, with its reason where it needs one; then take it."""
    found = find(request, code)
    asked = asked_step(step_of, step, lambda asked: may_take(request.user, found, asked))

    def take(reason: str) -> object:
        return step_actions.take_step(by=current_user(request), initiative=found, step=step, reason=reason)

    return step_page(request, asked, take, text=str(found), back=reverse("initiative", args=[code]))


def _form(request: HttpRequest, found: Initiative | None = None) -> InitiativeForm:
    return InitiativeForm(
        posted(request),
        institutions=[] if found else list(institutions_kept(request.user, KEEP_INITIATIVES)),
        agreements=_agreements(request, found),
        above=_above(request, found),
        initiative=found,
    )


def _above(request: HttpRequest, found: Initiative | None) -> list[Initiative]:
    """The programmes it may belong to, and the one that it does, whatever became of that."""
    rows = initiatives_for(request.user).filter(size=Size.PROGRAMME)
    if found is None:
        kept_there = institutions_kept(request.user, KEEP_INITIATIVES).order_by().values("country")
        return list(with_side(rows, kept_there))
    programmes = list(with_side(rows, [country.pk for country in countries_of(found)]))
    if found.parent is not None and found.parent not in programmes and sees_parent(request.user, found):
        programmes.append(found.parent)
    return [one for one in programmes if one.pk != found.pk]


def _agreements(request: HttpRequest, found: Initiative | None) -> list[Agreement]:
    """Those that may cover it: of its countries once it is known who they are, and those that do already."""
    rows = agreements_for(request.user)
    if found is not None:
        bound = AgreementParty.objects.filter(institution__country__in=[one.pk for one in countries_of(found)])
        rows = rows.filter(Q(pk__in=bound.values("agreement")) | Q(initiatives=found)).distinct()
    return list(rows.select_related("form").order_by("-id"))


def _differing(form: InitiativeForm, found: Initiative) -> list[dict[str, Any]]:
    """What the other person has saved otherwise than what was filled in here."""
    stands = InitiativeForm(
        None, institutions=[], agreements=form.known("agreements"), above=form.known("parent"), initiative=found
    )
    names = [name for name in form.fields if name != "base"]
    return [
        {"label": form.fields[name].label, "value": stands.shown(name)}
        for name in names
        if stands.shown(name) != form.shown(name)
    ]


def _participation(found: Initiative, pk: int) -> Participation:
    rows = Participation.objects.select_related("institution__country", "role", "part", "initiative")
    return get_object_or_404(rows.prefetch_related("institution__names"), initiative=found, pk=pk)
