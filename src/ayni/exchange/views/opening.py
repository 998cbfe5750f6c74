"""Opening an initiative from a page of the exchange."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ayni.common.access import attempt
from ayni.registry.models import Initiative


def opened(request: HttpRequest, act: Callable[[], Initiative], back: str, pk: int) -> HttpResponse:
    """Open it and go there; where that is refused, back to the page `back` that says why."""
    made: list[Initiative] = []
    done = attempt(
        request,
        lambda: made.append(act()),
        _("The initiative is opened. Name the counterparts, then begin the formulation."),
    )
    return redirect("initiative", made[0].code) if done else redirect(back, pk)
