"""The live feedback circuit: of an initiative, a country, two countries, the network."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.common.desk import url
from ayni.common.published import published
from ayni.directory.models import Country
from ayni.exchange.queries import circuit as queries
from ayni.exchange.queries.circuit_places import pairs_there, places_there
from ayni.registry.views.initiatives.door import find, frame

PAGE = 20


@published("page")
def circuit(request: HttpRequest, code: str) -> HttpResponse:
    """How far what one initiative taught has come back."""
    found = find(request, code)
    scope = queries.of_initiative(request.user, found)
    links = {"activities": url("plan", code), "lessons": url("initiative_lessons", code)}
    context = _shown(request, scope, links) | frame(request, found, "circuit")
    return render(request, "exchange/circuit/initiative.html", context)


@published("page")
def circuits(request: HttpRequest) -> HttpResponse:
    """The whole network's circuit, and the way to each country's and each pair's."""
    links = {"activities": reverse("initiatives"), "lessons": reverse("lessons")}
    context = _shown(request, queries.whole(request.user), links) | {
        "title": _("Feedback circuit"),
        "lede": _(
            "What is given comes back: lessons that changed programmes at home and are offered again, with the roles swapped."
        ),
        "places": places_there(request.user),
        "pairs": pairs_there(request.user),
    }
    return render(request, "exchange/circuit/page.html", context)


@published("page")
def country_circuit(request: HttpRequest, iso3: str) -> HttpResponse:
    """What one country learned, and gave again."""
    country = get_object_or_404(Country, pk=iso3)
    links = _links(country)
    context = _shown(request, queries.of_country(request.user, country), links) | {
        "title": country,
        "lede": _("What the country learned by cooperating, changed at home, and offers again."),
        "pairs": [one for one in pairs_there(request.user) if country in (one.one, one.other)],
        "crumbs": [{"label": _("Feedback circuit"), "url": reverse("circuits")}],
    }
    return render(request, "exchange/circuit/page.html", context)


@published("page")
def pair_circuit(request: HttpRequest, iso3: str, other: str) -> HttpResponse:
    """What two countries learned from one another."""
    if iso3 >= other:
        raise Http404(other)
    one, two = get_object_or_404(Country, pk=iso3), get_object_or_404(Country, pk=other)
    context = _shown(request, queries.of_pair(request.user, one, two), {"lessons": reverse("lessons")}) | {
        "title": _("%(one)s and %(other)s") % {"one": one, "other": two},
        "lede": _("What the two learned in their common initiatives, and what came of it."),
        "crumbs": [
            {"label": _("Feedback circuit"), "url": reverse("circuits")},
            {"label": str(one), "url": reverse("country_circuit", args=[iso3])},
        ],
    }
    return render(request, "exchange/circuit/page.html", context)


def _links(country: Country) -> dict[str, str]:
    return {
        "activities": url("initiatives", country=country.pk),
        "lessons": url("lessons", country=country.pk),
    }


def _shown(request: HttpRequest, scope: queries.Scope, links: dict[str, str]) -> dict[str, Any]:
    found = queries.circuit_of(request.user, scope)
    page = Paginator(queries.ways(request.user, scope), PAGE).get_page(request.GET.get("page"))
    share = found.rate.share
    ways = queries.ways_of(request.user, page.object_list)
    return {
        "circuit": found,
        "stations": [
            {"code": code, "label": label, "number": found.numbers[code], "url": links.get(code) or "#ways"}
            for code, label in queries.STATIONS
        ],
        "percent": None if share is None else round(100 * share),
        "ways": ways,
        "page_obj": page,
        "method_url": url("method", "loop"),
        "demo": True,
        "fictional": any(way.lesson.fictional for way in ways),
    }
