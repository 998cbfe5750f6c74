"""What the pages of results have in common: finding frames and their parts, who may write, the frame around each page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.common.access import tried
from ayni.common.permissions import KEEP_INITIATIVES, REVIEW_RESULTS, may
from ayni.registry.models import OPEN_STATES, Indicator, Period, Result, ResultFrame
from ayni.registry.queries.results.frames import frames_for, works_in
from ayni.registry.views.initiatives.door import find
from ayni.registry.views.initiatives.door import frame as around_initiative


def find_frame(request: HttpRequest, pk: int, permission: str = "") -> ResultFrame:
    """The frame, when the reader may see it. Raises PermissionDenied where no role gives `permission` on it."""
    return _allowed(request, get_object_or_404(frames_for(request.user), pk=pk), permission)


def find_result(request: HttpRequest, pk: int, permission: str) -> Result:
    """A result of a frame that the reader may see."""
    result = get_object_or_404(Result, pk=pk)
    result.frame = find_frame(request, result.frame_id, permission)
    return result


def find_indicator(request: HttpRequest, pk: int, permission: str = "") -> Indicator:
    """An indicator of a frame that the reader may see."""
    rows = Indicator.objects.select_related("result", "rolls_into").prefetch_related("periods")
    indicator = get_object_or_404(rows, pk=pk)
    indicator.result.frame = find_frame(request, indicator.result.frame_id, permission)
    return indicator


def find_period(request: HttpRequest, pk: int, permission: str = "") -> Period:
    """A period of an indicator of a frame that the reader may see."""
    period = get_object_or_404(Period.objects.select_related("indicator__result"), pk=pk)
    period.indicator.result.frame = find_frame(request, period.indicator.result.frame_id, permission)
    return period


def home_of(frame: ResultFrame) -> str:
    """The address of the frame's page."""
    if frame.initiative is not None:
        return reverse("results", args=[frame.initiative.code])
    return reverse("pair_frame", args=[frame.first_id, frame.second_id])


def around(request: HttpRequest, frame: ResultFrame) -> dict[str, Any]:
    """What every page of a frame shows, and what the reader can do there."""
    initiative = frame.initiative
    open_ = initiative is None or initiative.state in OPEN_STATES
    fictional = frame.fictional or (initiative is not None and initiative.fictional)
    return {
        "result_frame": frame,
        "initiative": initiative,
        "home": home_of(frame),
        "may_write": open_ and may(request.user, KEEP_INITIATIVES, frame),
        "may_review": open_ and may(request.user, REVIEW_RESULTS, frame),
        "works": works_in(request.user, frame),
        "demo": fictional,
        "fictional": fictional,
        "crumbs": _crumbs(frame),
    }


def with_tabs(request: HttpRequest, frame: ResultFrame) -> dict[str, Any]:
    """The same, with heading and tabs of the initiative."""
    if frame.initiative is None:
        return around(request, frame)
    # The heading reads more of the initiative than its frame knows.
    frame.initiative = find(request, frame.initiative.code)
    return around_initiative(request, frame.initiative, "results") | around(request, frame)


def part_page(
    request: HttpRequest,
    frame: ResultFrame,
    form: Form,
    title: str,
    act: Callable[[], object],
    *,
    back: str = "",
    then: Callable[[], str] | None = None,
    **more: Any,
) -> HttpResponse:
    """A form about one part of a frame; to `then()` when it is done, else back to `back` (the frame's page unless told)."""
    back = back or home_of(frame)
    if request.method == "POST" and form.is_valid() and tried(form, act):
        messages.success(request, _("Saved."))
        return redirect(then() if then else back)
    context = around(request, frame) | {"form": form, "title": title, "back_url": back, "of": str(frame), **more}
    return render(request, "registry/results/part.html", context)


def _allowed(request: HttpRequest, frame: ResultFrame, permission: str) -> ResultFrame:
    if permission and not may(request.user, permission, frame):
        raise PermissionDenied(permission)
    return frame


def _crumbs(frame: ResultFrame) -> list[dict[str, Any]]:
    initiative = frame.initiative
    if initiative is None:
        return [{"label": _("Results by pair of countries"), "url": reverse("pair_frames")}]
    return [
        {"label": _("Initiatives"), "url": reverse("initiatives")},
        {"label": str(initiative), "url": reverse("initiative", args=[initiative.code])},
    ]
