"""What the pages of an agreement have in common: finding it, who may keep it, a form about one of its parts."""

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
from ayni.common.permissions import KEEP_AGREEMENTS, may
from ayni.registry.models import Agreement, AgreementParty
from ayni.registry.queries import agreements as queries


def part_page(
    request: HttpRequest, found: Agreement, form: Form, title: str, act: Callable[[], object], **more: Any
) -> HttpResponse:
    """A form about one part of an agreement; back to its page when it is done."""
    if request.method == "POST" and form.is_valid() and tried(form, act):
        messages.success(request, _("Saved."))
        return redirect("agreement", found.pk)
    return render(request, "registry/agreements/part.html", context_of(found) | {"form": form, "title": title, **more})


def find(request: HttpRequest, pk: int) -> Agreement:
    """The agreement, when the reader may see it."""
    return get_object_or_404(queries.with_all(queries.agreements_for(request.user)), pk=pk)


def kept(request: HttpRequest, pk: int) -> Agreement:
    """The agreement, for whom a role lets keep it."""
    found = find(request, pk)
    if not may(request.user, KEEP_AGREEMENTS, found):
        raise PermissionDenied(KEEP_AGREEMENTS)
    return found


def party_of(found: Agreement, code: str) -> AgreementParty:
    """A party of it, by its institution's code."""
    rows = AgreementParty.objects.select_related("institution__country", "agreement__form")
    return get_object_or_404(rows, agreement=found, institution__code=code)


def context_of(found: Agreement) -> dict[str, Any]:
    """What every page of an agreement shows."""
    return {
        "agreement": found,
        "demo": found.fictional,
        "fictional": found.fictional,
        "crumbs": [{"label": _("Agreements"), "url": reverse("agreements")}],
    }
