"""Screening a demand together with its author, and the draft of a project."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, requires, signed_in, take_base
from ayni.common.errors import Conflict
from ayni.common.i18n import text_in
from ayni.common.permissions import READ_DRAFTS, SCREEN, WRITE_EXCHANGE, may
from ayni.exchange.actions.screening import AUTHOR, SECRETARIAT, decide_screening, edit_project, score_items
from ayni.exchange.forms.screening import TEXTS, DecisionForm, ProjectForm, ScoresForm
from ayni.exchange.models import Demand, DemandState, ProjectDraft, Screening
from ayni.exchange.queries.screenings import allowed_results, items_of, latest, outcome_of, possible_results
from ayni.exchange.views import writing


@signed_in
def screening(request: HttpRequest, pk: int) -> HttpResponse:
    """The screening as it stands: each side scores its own column and reads the other's."""
    demand = _demand(request, pk)
    standing = latest(demand)
    if standing is None:
        return render(request, "exchange/screening/none.html", _context(request, demand))
    side = _side(request, demand) if not standing.result and demand.state == DemandState.ENDORSED else ""
    form = ScoresForm(posted(request), screening=standing, side=side) if side else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            scored = form.scored()
            done = attempt(
                request,
                lambda: score_items(by=current_user(request), screening=standing, side=side, scored=scored),
                _("Saved."),
            )
            if done:
                return redirect("screening", pk)
    return render(
        request, "exchange/screening/screening.html", _context(request, demand) | _shown(standing, form, side)
    )


@signed_in
def screening_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An earlier version, as it was decided."""
    demand = _demand(request, pk)
    version = get_object_or_404(Screening.objects.prefetch_related("items"), demand=demand, number=number)
    return render(request, "exchange/screening/screening.html", _context(request, demand) | _shown(version, None, ""))


@requires(SCREEN)
def screening_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide what the scores allow, with reasons."""
    demand = _demand(request, pk)
    standing = latest(demand)
    if standing is None or standing.result:
        raise Http404
    outcome = outcome_of(standing)
    form = DecisionForm(posted(request), results=allowed_results(outcome))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            lambda: decide_screening(
                by=current_user(request),
                screening=standing,
                result=given["result"],
                reason=given["reason"],
                referred_to=given.get("referred_to", ""),
            ),
            _("Decided. The institution is told, with the reasons."),
        )
        if done:
            return redirect("demand", pk)
    context = _context(request, demand) | _shown(standing, None, "") | {"form": form}
    return render(request, "exchange/screening/decide.html", context)


@signed_in
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """The first draft of the project's objectives; its author and the secretariat change it."""
    demand = _demand(request, pk)
    draft = get_object_or_404(ProjectDraft.objects.select_related("screening"), demand=demand)
    may_edit = may(request.user, SCREEN) or may(request.user, WRITE_EXCHANGE, demand)
    form = ProjectForm.of(draft, posted(request))
    differing: list[dict[str, Any]] = []
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied(WRITE_EXCHANGE)
        if form.is_valid():
            texts = {name: form.text(name) for name in TEXTS}
            try:
                edit_project(by=current_user(request), project=draft, base=form.cleaned_data["base"], texts=texts)
            except Conflict as conflict:
                draft = ProjectDraft.objects.get(pk=draft.pk)
                labels = {text.stem: text.label for text in form.texts}
                differing = [
                    {"label": labels[name], "value": text_in(getattr(draft, name))}
                    for name in TEXTS
                    if getattr(draft, name) != texts[name]
                ]
                take_base(request, form, draft.revision)
                form.add_error(None, str(conflict))
            else:
                messages.success(request, _("Saved."))
                return redirect("project", pk)
    told = [{"term": text.label, "value": text_in(getattr(draft, text.stem))} for text in form.texts]
    context = _context(request, demand) | {
        "project": draft,
        "form": form if may_edit else None,
        "told": told,
        "differing": differing,
    }
    return render(request, "exchange/screening/project.html", context)


def _demand(request: HttpRequest, pk: int) -> Any:
    """The demand, for its own side and those who see everything: a screening is not public."""
    demand = writing.find(request, writing.DEMAND, pk)
    if not (may(request.user, SCREEN) or may(request.user, READ_DRAFTS) or may(request.user, WRITE_EXCHANGE, demand)):
        raise PermissionDenied(SCREEN)
    return demand


def _side(request: HttpRequest, demand: Demand) -> str:
    if may(request.user, SCREEN):
        return SECRETARIAT
    return AUTHOR if may(request.user, WRITE_EXCHANGE, demand) else ""


def _context(request: HttpRequest, demand: Demand) -> dict[str, Any]:
    context = writing.page_context(request, writing.DEMAND, demand)
    context["crumbs"] = [*context["crumbs"], {"label": str(demand), "url": reverse("demand", args=[demand.pk])}]
    return context


def _shown(standing: Screening, form: ScoresForm | None, side: str) -> dict[str, Any]:
    outcome = outcome_of(standing)
    items = items_of(standing)
    return {
        "screening": standing,
        "rows": [(item, form.pair(item.code) if form else None) for item in items],
        "form": form,
        "side": side,
        "outcome": outcome,
        "possible": possible_results(outcome),
        "held_back": [item.label for code in outcome.holds_back for item in items if item.code == code],
        "rise": [(item.label, outcome.rise[item.code]) for item in items if item.code in outcome.rise],
        "versions": list(standing.demand.screenings.exclude(pk=standing.pk).order_by("-number")),
        "may_decide": side == SECRETARIAT,
    }
