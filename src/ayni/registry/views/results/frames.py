"""Keeping a frame: beginning it, placing it below another, its results."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, requires, take_base
from ayni.common.errors import Conflict
from ayni.common.permissions import KEEP_INITIATIVES, REVIEW_RESULTS
from ayni.registry.actions.results import frames as actions
from ayni.registry.actions.results.periods import open_due_periods
from ayni.registry.forms.results import ParentForm, ResultForm
from ayni.registry.queries.results.frames import may_take_as_parent
from ayni.registry.views.initiatives.door import kept
from ayni.registry.views.results.door import find_frame, find_result, home_of, part_page
from ayni.registry.views.results.meeting import differing


@requires(KEEP_INITIATIVES)
@require_POST
def frame_open(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the results of an initiative."""
    found = kept(request, code)
    attempt(
        request,
        lambda: actions.open_frame(by=current_user(request), initiative=found),
        _("The result frame is open: add what is to change."),
    )
    return redirect("results", code)


@requires(KEEP_INITIATIVES)
def frame_parent(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a frame below another."""
    frame = find_frame(request, pk, KEEP_INITIATIVES)
    parents = list(may_take_as_parent(request.user, frame).order_by("pk"))
    form = ParentForm(posted(request), frame=frame, parents=parents)
    told: list[dict[str, Any]] = []

    def place() -> object:
        base = form.cleaned_data["base"] or 0
        try:
            return actions.set_parent_frame(by=current_user(request), frame=frame, base=base, parent=form.chosen())
        except Conflict:
            stands = find_frame(request, pk)
            told.append({"label": form.fields["parent"].label, "value": str(stands.parent or "")})
            take_base(request, form, stands.revision)
            raise

    return part_page(request, frame, form, _("Parent frame"), place, differing=told)


@requires(KEEP_INITIATIVES)
@require_POST
def frame_let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """Who keeps the parent frame takes a frame out from below it."""
    frame = find_frame(request, pk)
    above = frame.parent
    attempt(request, lambda: actions.let_frame_go(by=current_user(request), frame=frame), _("Taken out."))
    return redirect(home_of(above or frame))


@requires(REVIEW_RESULTS)
@require_POST
def frame_open_due(request: HttpRequest, pk: int) -> HttpResponse:
    """Open every period that has ended and was not measured yet."""
    frame = find_frame(request, pk, REVIEW_RESULTS)
    today = timezone.localdate()
    attempt(
        request,
        lambda: open_due_periods(by=current_user(request), frame=frame, today=today),
        _("The periods that have ended are open for measurements."),
    )
    return redirect(home_of(frame))


@requires(KEEP_INITIATIVES)
def result_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Another result."""
    frame = find_frame(request, pk, KEEP_INITIATIVES)
    form = ResultForm(posted(request), frame=frame)

    def add() -> object:
        return actions.add_result(by=current_user(request), frame=frame, facts=form.facts())

    return part_page(request, frame, form, _("Add a result"), add)


@requires(KEEP_INITIATIVES)
def result_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a result; of two at once the later is shown what the other has saved."""
    result = find_result(request, pk, KEEP_INITIATIVES)
    form = ResultForm(posted(request), frame=result.frame, result=result)
    told: list[dict[str, Any]] = []

    def change() -> object:
        base = form.cleaned_data["base"] or 0
        try:
            return actions.edit_result(by=current_user(request), result=result, base=base, facts=form.facts())
        except Conflict:
            stands = find_result(request, pk, KEEP_INITIATIVES)
            told.extend(differing(form, ResultForm(None, frame=stands.frame, result=stands)))
            take_base(request, form, stands.frame.revision)
            raise

    return part_page(request, result.frame, form, _("Change the result"), change, differing=told)


@requires(KEEP_INITIATIVES)
@require_POST
def result_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a result out."""
    result = find_result(request, pk, KEEP_INITIATIVES)
    attempt(request, lambda: actions.remove_result(by=current_user(request), result=result), _("Removed."))
    return redirect(home_of(result.frame))
