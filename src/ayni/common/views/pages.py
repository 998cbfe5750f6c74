"""Pages that belong to no subject: the choice of light or dark, and the style guide."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ayni.common import styleguide as samples
from ayni.common.access import signed_in

THEMES = ("light", "dark")
NOT_FOR_ENGINES = ("accounts", "desk", "people", "record", "styleguide", "theme")
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
def root(request: HttpRequest) -> HttpResponse:
    """To the home page in the reader's language; Spanish when the reader's is none of the four."""
    return HttpResponseRedirect(f"/{get_language()}/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines keep to what is published."""
    closed = "".join(f"Disallow: /*/{part}/\n" for part in NOT_FOR_ENGINES)
    return HttpResponse(f"User-agent: *\n{closed}", content_type="text/plain; charset=utf-8")


@require_safe
@signed_in
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with sample content (docs/design.md); for those who build with them, not for the public."""
    return render(request, "common/styleguide.html", samples.context(request.GET))
