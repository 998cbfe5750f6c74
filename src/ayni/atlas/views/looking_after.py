"""What those who look after the directory find on its reading pages: to edit, and the record of changes."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.common.permissions import EDIT_DIRECTORY, SEE_RECORD, may


def tools(request: HttpRequest, on: Model | None, edit: str, *args: Any, label: str = "") -> list[dict[str, str]]:
    """Links for the head of a page; empty for a reader who may neither edit nor see the record."""
    found = []
    if may(request.user, EDIT_DIRECTORY):
        found.append({"label": label or _("Edit"), "url": reverse(edit, args=args)})
    if on is not None and may(request.user, SEE_RECORD):
        found.append(
            {"label": _("Record of changes"), "url": reverse("record", args=[on._meta.label, on.pk]), "kind": "quiet"}
        )
    return found
