"""A version published, retired or thrown away, each after a question."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.common.errors import Refused
from ayni.common.permissions import EDIT_INSTRUMENTS, require
from ayni.surveys.actions.instruments import delete_version, publish_version, retire_version
from ayni.surveys.models import InstrumentVersion
from ayni.surveys.queries.instrument_page import version_for


@login_required
def instrument_publish(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Let rounds use the draft."""
    return _asked(
        request,
        _version(request, code, number),
        publish_version,
        said=_("The version is published."),
        title=_("Publish version %(number)d?") % {"number": number},
        text=_("Rounds can use it from now on. It can no longer be changed, only followed by a new version."),
        consequences=[_("The version published before is retired; rounds that use it keep it.")],
        confirm=_("Publish"),
    )


@login_required
def instrument_retire(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Let no new round use the version."""
    return _asked(
        request,
        _version(request, code, number),
        retire_version,
        said=_("The version is retired."),
        title=_("Retire version %(number)d?") % {"number": number},
        text=_("No new round can use it. Rounds that use it keep it, and it can still be read."),
        confirm=_("Retire"),
    )


@login_required
def instrument_delete(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Throw a draft away."""
    return _asked(
        request,
        _version(request, code, number),
        delete_version,
        said=_("The draft is deleted."),
        title=_("Delete the draft of version %(number)d?") % {"number": number},
        text=_("Its sections and questions are lost. Published versions stay."),
        confirm=_("Delete the draft"),
        danger=True,
    )


def _version(request: HttpRequest, code: str, number: int) -> InstrumentVersion:
    require(request.user, EDIT_INSTRUMENTS)
    return version_for(request.user, code, number)


def _asked(
    request: HttpRequest, version: InstrumentVersion, act: Callable[..., Any], *, said: str, **context: Any
) -> HttpResponse:
    here = reverse("instrument", args=[version.instrument.code, version.number])
    if request.method != "POST":
        return render(request, "common/confirm.html", context | {"cancel_url": here})
    try:
        act(by=request.user, version=version)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(here)
    messages.success(request, said)
    return redirect("instruments") if act is delete_version else redirect(here)
