"""Accounts of cooperation: "our cooperation in 2026", of a country or of the network, as a page and as files.

They count what waits and what is disputed too, which no public change tells of: they are not among the pages that are kept.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ayni.atlas.queries.cooperation.scope import Scope, taking_part, years
from ayni.atlas.reports.account import account
from ayni.atlas.reports.files import FORMATS
from ayni.atlas.reports.html import blocks_of
from ayni.atlas.views.blocks import with_methods
from ayni.common.i18n import LANGUAGES, language
from ayni.directory.models import Country

FILES = ("pdf", "docx", "xlsx", "html")


@require_safe
def cooperation(request: HttpRequest) -> HttpResponse:
    """The latest account of the network."""
    return redirect("account", year=timezone.localdate().year)


@require_safe
def network_account(request: HttpRequest, year: int) -> HttpResponse:
    """The network's cooperation in a year."""
    return _page(request, _scope(year))


@require_safe
def country_account(request: HttpRequest, iso3: str, year: int) -> HttpResponse:
    """A country's cooperation in a year."""
    return _page(request, _scope(year, iso3))


@require_safe
def account_file(request: HttpRequest, code: str, year: int, lang: str, fmt: str) -> HttpResponse:
    """The account as a file in one of four languages; `code` is a country or "network"."""
    if fmt not in FILES or lang not in LANGUAGES:
        raise Http404(fmt)
    scope = _scope(year, "" if code == "network" else code)
    chosen = FORMATS[fmt]
    write = chosen.write
    if write is None:
        raise Http404(fmt)
    response = HttpResponse(write(account(scope, lang)), content_type=chosen.content_type)
    where = "inline" if chosen.opens_in_browser else "attachment"
    response["Content-Disposition"] = f'{where}; filename="ayni-{scope.code}-{lang}.{fmt}"'
    response["Content-Language"] = lang
    return response


def _page(request: HttpRequest, scope: Scope) -> HttpResponse:
    report = account(scope, language(), "page")
    code = scope.country.pk.lower() if scope.country else "network"
    files = [
        {
            "label": _("The report as %(format)s") % {"format": fmt.upper()},
            "format": fmt.upper(),
            "url": reverse("account_file", args=[code, scope.year, language(), fmt]),
        }
        for fmt in FILES
    ]
    context = {
        "report": report,
        "sections": [with_methods(section) for section in blocks_of(report.sections)],
        "files": files,
        "others": [{"label": str(year), "url": _url(scope, year), "current": year == scope.year} for year in years()],
        "country": scope.country,
        "countries": [
            {"label": str(one), "url": _url(Scope(scope.year, one), scope.year)} for one in taking_part(scope)
        ],
        "demo": bool(report.banner),
        "fictional": bool(report.banner),
    }
    return render(request, "atlas/account.html", context)


def _url(scope: Scope, year: int) -> str:
    if scope.country is None:
        return reverse("account", args=[year])
    return reverse("country_account", args=[scope.country.pk.lower(), year])


def _scope(year: int, iso3: str = "") -> Scope:
    """Raises Http404 for a country that is none, and for a year without any record and in the future."""
    if year not in years():
        raise Http404(str(year))
    return Scope(year, get_object_or_404(Country, pk=iso3.upper()) if iso3 else None)
