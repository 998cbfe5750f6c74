"""What the pages of a plan have in common: finding an activity, and forms about one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import KEEP_INITIATIVES, may
from ayni.registry.models import Activity, Initiative
from ayni.registry.queries.initiatives.sides import visible
from ayni.registry.queries.plan.lists import with_heading, with_names
from ayni.registry.views.initiatives.door import frame


def find_initiative(request: HttpRequest, code: str) -> Initiative:
    """The initiative, when the reader may see it, with what pages of a plan show of it."""
    return get_object_or_404(with_heading(Initiative.objects.filter(visible(request.user))), code=code)


def kept_initiative(request: HttpRequest, code: str) -> Initiative:
    """The initiative, for who keeps its record."""
    found = find_initiative(request, code)
    if not may(request.user, KEEP_INITIATIVES, found):
        raise PermissionDenied(KEEP_INITIATIVES)
    return found


def find_activity(request: HttpRequest, code: str, number: int) -> Activity:
    """The activity, when the reader may see its initiative."""
    initiative = find_initiative(request, code)
    found = with_names(initiative.activities.filter(number=number)).prefetch_related("consents").first()
    if found is None:
        raise Http404
    found.initiative = initiative
    return found


def kept_activity(request: HttpRequest, code: str, number: int) -> Activity:
    """The activity, for who keeps the record of its initiative."""
    found = find_activity(request, code, number)
    if not may(request.user, KEEP_INITIATIVES, found.initiative):
        raise PermissionDenied(KEEP_INITIATIVES)
    return found


def plan_frame(request: HttpRequest, initiative: Initiative) -> dict[str, Any]:
    """What every page of a plan shows."""
    return frame(request, initiative, "plan")


def form_page(
    request: HttpRequest,
    initiative: Initiative,
    form: Form,
    title: str,
    act: Callable[[], Activity],
    *,
    back: str,
    on_conflict: Callable[[], list[dict[str, Any]]] | None = None,
) -> HttpResponse:
    """A form about an activity; to its page when it is done. Of two at once the later is shown what the other has saved."""
    differing: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        try:
            done = act()
        except Conflict as conflict:
            differing = on_conflict() if on_conflict else []
            form.add_error(None, str(conflict))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("activity", initiative.code, done.number)
    context = plan_frame(request, initiative) | {
        "form": form,
        "title": title,
        "differing": differing,
        "back_url": back,
    }
    return render(request, "registry/initiatives/part.html", context)


def address(activity: Activity) -> str:
    """The page of an activity."""
    return reverse("activity", args=[activity.initiative.code, activity.number])
