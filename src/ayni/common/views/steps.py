"""The page that asks before a step of a life cycle, with its reason where it needs one; then the step is taken (ADR 20)."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ayni.common.access import attempt, posted
from ayni.common.lifecycle import Step
from ayni.common.reason import ReasonForm


def asked_step(step_of: Callable[[str], Step], code: str, allowed: Callable[[Step], bool]) -> Step:
    """The step of an address. A code that no step has is a page that is not there; who may not take it gets the page 403."""
    try:
        step = step_of(code)
    except KeyError:
        raise Http404 from None
    if not allowed(step):
        raise PermissionDenied(step.permission)
    return step


def step_page(
    request: HttpRequest,
    step: Step,
    take: Callable[[str], object],
    *,
    text: str,
    back: str,
    consequences: Sequence[str] = (),
) -> HttpResponse:
    """Ask; when it was answered, call `take` with the reason ("" where none is asked) and go to the address `back`."""
    context = {"title": step.label, "confirm": step.label, "consequences": consequences}
    return asked_page(
        request, context, take, text=text, back=back, form=ReasonForm(posted(request)) if step.reason else None
    )


def asked_page(
    request: HttpRequest,
    context: dict[str, Any],
    act: Callable[[str], object],
    *,
    text: str,
    back: str,
    form: ReasonForm | None,
) -> HttpResponse:
    """The same for what no step is: `context` says what is asked (common/confirm.html)."""
    if request.method == "POST" and (form is None or form.is_valid()):
        reason = form.cleaned_data["reason"] if form else ""
        attempt(request, lambda: act(reason), _("Done."))
        return redirect(back)
    return render(request, "common/confirm.html", context | {"text": text, "cancel_url": back, "form": form})
