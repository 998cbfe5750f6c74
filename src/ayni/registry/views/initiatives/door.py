"""What the pages of an initiative have in common: finding it, who may write, the frame around each of its parts."""

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
from ayni.common.permissions import KEEP_INITIATIVES, may
from ayni.registry.models import Initiative
from ayni.registry.queries.initiatives.page import tabs, who, with_all
from ayni.registry.queries.initiatives.sides import visible


def find(request: HttpRequest, code: str) -> Initiative:
    """The initiative, when the reader may see it."""
    return get_object_or_404(with_all(Initiative.objects.filter(visible(request.user))), code=code)


def merged_into(request: HttpRequest, code: str) -> str:
    """The code of the record that this one was merged into, when the reader may see that one; "" otherwise."""
    rows = Initiative.objects.filter(visible(request.user, "merged_into__"), code=code, merged_into__isnull=False)
    return rows.values_list("merged_into__code", flat=True).first() or ""


def kept(request: HttpRequest, code: str, permission: str = KEEP_INITIATIVES) -> Initiative:
    """The initiative, for whom a role gives `permission` on it."""
    found = find(request, code)
    if not may(request.user, permission, found):
        raise PermissionDenied(permission)
    return found


def frame(request: HttpRequest, initiative: Initiative, here: str) -> dict[str, Any]:
    """What every page of an initiative shows: heading, tabs, whether it is fictional."""
    return {
        "initiative": initiative,
        "tabs": tabs(initiative, here),
        "who": who(initiative),
        "may_keep": may(request.user, KEEP_INITIATIVES, initiative),
        "demo": initiative.fictional,
        "fictional": initiative.fictional,
        "crumbs": [{"label": _("Initiatives"), "url": reverse("initiatives")}],
    }


def part_page(
    request: HttpRequest,
    initiative: Initiative,
    form: Form,
    title: str,
    act: Callable[[], object],
    *,
    back: str = "initiative",
    **more: Any,
) -> HttpResponse:
    """A form about one part of an initiative; back to the page named `back` when it is done."""
    if request.method == "POST" and form.is_valid() and tried(form, act):
        messages.success(request, _("Saved."))
        return redirect(back, initiative.code)
    context = frame(request, initiative, back) | {
        "form": form,
        "title": title,
        "back_url": reverse(back, args=[initiative.code]),
        **more,
    }
    return render(request, "registry/initiatives/part.html", context)
