"""What the pages of an evaluation have in common: finding it, and the form about one part of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.common.access import take_base, tried
from ayni.common.errors import Conflict
from ayni.common.permissions import EVALUATE, may
from ayni.learning.models import Evaluation, EvaluationState
from ayni.learning.queries.evaluations.authors import of_evaluator, writes_report
from ayni.learning.queries.evaluations.reading import reads_drafts
from ayni.registry.models import Initiative
from ayni.registry.queries.initiatives.linked import seen_initiatives
from ayni.registry.queries.initiatives.page import with_all
from ayni.registry.views.initiatives.door import find as find_initiative
from ayni.registry.views.initiatives.door import frame as initiative_frame

Told = list[dict[str, Any]]


def find(request: HttpRequest, pk: int) -> Evaluation:
    """The evaluation, when the reader may see it. Raises Http404."""
    rows = Evaluation.objects.select_related(
        "initiative", "instrument", "evaluator_institution__country", "entered_by__country"
    )
    found = get_object_or_404(rows.prefetch_related("scores", "responses__institution__names"), pk=pk)
    if of_evaluator(request.user, found):
        # Who carries it out reads it, and what it is about, also while the initiative is not public.
        found.initiative = with_all(Initiative.objects.all()).get(pk=found.initiative_id)
        return found
    found.initiative = find_initiative(request, found.initiative.code)
    if found.state != EvaluationState.PUBLISHED and not reads_drafts(request.user, found.initiative):
        raise Http404
    return found


def allowed(request: HttpRequest, pk: int, permission: str) -> Evaluation:
    """The evaluation, for whom a role gives `permission` on it."""
    found = find(request, pk)
    if not may(request.user, permission, found):
        raise PermissionDenied(permission)
    return found


def reported(request: HttpRequest, pk: int) -> Evaluation:
    """The evaluation, for whom its report is written by."""
    found = find(request, pk)
    if not writes_report(request.user, found):
        raise PermissionDenied(EVALUATE)
    return found


def frame(request: HttpRequest, evaluation: Evaluation) -> dict[str, Any]:
    """What every page of an evaluation shows: the frame of its initiative, and the way back."""
    context = initiative_frame(request, evaluation.initiative, "evaluations")
    seen = bool(seen_initiatives(request.user, [evaluation.initiative]))
    if seen:
        context["crumbs"] += [
            {"label": str(evaluation.initiative), "url": reverse("initiative", args=[evaluation.initiative.code])},
            {"label": _("Evaluation"), "url": reverse("evaluations", args=[evaluation.initiative.code])},
        ]
    return context | {"evaluation": evaluation, "sees_initiative": seen}


def part_page(
    request: HttpRequest,
    evaluation: Evaluation,
    form: Form,
    title: str,
    act: Callable[[], object],
    *,
    standing: Callable[[], tuple[int, Told]] | None = None,
    **more: Any,
) -> HttpResponse:
    """A form about one part of an evaluation; of two who save at once the later is shown what the other has saved.

    `standing` gives the revision that stands and what it says.
    """
    differing: Told = []
    if request.method == "POST" and form.is_valid() and _done(request, form, act, standing, differing):
        messages.success(request, _("Saved."))
        return redirect("evaluation", evaluation.pk)
    context = frame(request, evaluation) | {
        "form": form,
        "title": title,
        "differing": differing,
        "back_url": reverse("evaluation", args=[evaluation.pk]),
        **more,
    }
    return render(request, "learning/evaluations/part.html", context)


def _done(
    request: HttpRequest,
    form: Form,
    act: Callable[[], object],
    standing: Callable[[], tuple[int, Told]] | None,
    differing: Told,
) -> bool:
    def kept() -> object:
        try:
            return act()
        except Conflict:
            if standing is not None:
                base, told = standing()
                differing.extend(told)
                take_base(request, form, base)
            raise

    return tried(form, kept)
