"""Pages that belong to no subject: the choice of light or dark, and the style guide."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ayni.common import styleguide as samples

THEMES = ("light", "dark")
A_YEAR = 60 * 60 * 24 * 365


@csrf_exempt  # a preference of the device, kept in its own cookie; published pages carry no token
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark (anything else: as on the device) in the cookie `theme`, and go back to the page."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = f"/{get_language()}/"
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie(
            "theme", chosen, max_age=A_YEAR, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE)
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with sample content (docs/design.md)."""
    return render(request, "common/styleguide.html", samples.context(request.GET))
