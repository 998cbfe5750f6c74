"""A form about one lesson, obstacle or product, on a page of its own."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ayni.common.access import tried


def form_page(
    request: HttpRequest,
    form: Form,
    title: object,
    act: Callable[[], object],
    *,
    eyebrow: object,
    back_url: str,
    **more: Any,
) -> HttpResponse:
    """Shows the form; does `act` with what was filled in and goes to `back_url`."""
    if request.method == "POST" and form.is_valid() and tried(form, act):
        messages.success(request, _("Saved."))
        return redirect(back_url)
    context = {"form": form, "title": title, "initiative": eyebrow, "back_url": back_url, **more}
    return render(request, "registry/initiatives/part.html", context)
