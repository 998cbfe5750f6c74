"""The criteria of the committees: the version in force for everybody, the draft for the secretariat."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.common.access import attempt, posted, requires
from ayni.common.permissions import RUN_EXCHANGE_ROUNDS, may
from ayni.common.published import published
from ayni.exchange.actions.rounds import criteria as actions
from ayni.exchange.forms.rounds.criteria import criterion_forms, parts_of
from ayni.exchange.models import CommitteeCriteria, VersionStatus


@published()
def criteria(request: HttpRequest) -> HttpResponse:
    """Every version in force or before, the latest first."""
    runs = may(request.user, RUN_EXCHANGE_ROUNDS)
    versions = CommitteeCriteria.objects.prefetch_related("parts")
    context: dict[str, Any] = {
        "versions": versions.exclude(status=VersionStatus.DRAFT),
        "draft": versions.filter(status=VersionStatus.DRAFT).first() if runs else None,
        "runs": runs,
        "crumbs": _crumbs(),
    }
    return render(request, "exchange/rounds/criteria.html", context)


@requires(RUN_EXCHANGE_ROUNDS)
def edit(request: HttpRequest) -> HttpResponse:
    """The draft, criterion by criterion."""
    draft = get_object_or_404(CommitteeCriteria, status=VersionStatus.DRAFT)
    forms = criterion_forms(posted(request), draft)
    if request.method == "POST" and forms.is_valid():
        parts = parts_of(forms)
        if attempt(
            request,
            lambda: actions.change_criteria(by=request.user, criteria=draft, parts=parts),
            _("The draft is saved."),
        ):
            return redirect("committee_criteria")
    context: dict[str, Any] = {
        "forms": forms,
        "draft": draft,
        "crumbs": [*_crumbs(), {"label": _("Criteria of the committee"), "url": reverse("committee_criteria")}],
    }
    return render(request, "exchange/rounds/criteria_edit.html", context)


@require_POST
@requires(RUN_EXCHANGE_ROUNDS)
def step(request: HttpRequest) -> HttpResponse:
    """Begin a draft, put it in force, or throw it away."""
    by, does = request.user, request.POST.get("do", "")
    if does == "draft":
        made = attempt(
            request,
            lambda: actions.draft_criteria(by=by),
            _("The draft begins as a copy. Change it, then put it in force."),
        )
        return redirect("criteria_edit" if made else "committee_criteria")
    draft = get_object_or_404(CommitteeCriteria, status=VersionStatus.DRAFT)
    acts: dict[str, tuple[Callable[[], None], str]] = {
        "put-in-force": (
            lambda: actions.put_criteria_in_force(by=by, criteria=draft),
            _("The criteria are in force for the committees that begin from now on."),
        ),
        "delete": (lambda: actions.delete_criteria_draft(by=by, criteria=draft), _("The draft is deleted.")),
    }
    if does in acts:
        act, told = acts[does]
        attempt(request, act, told)
    return redirect("committee_criteria")


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Exchange rounds"), "url": reverse("exchange_rounds")}]
