"""The pages that draw an edition: the map, the network, the regions, the concentration."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ayni.atlas.figures import picture
from ayni.atlas.figures.geometry import VIEWS
from ayni.atlas.figures.maptable import partner_rows
from ayni.atlas.figures.measures import measures
from ayni.atlas.figures.question import PARTS, Question
from ayni.atlas.figures.subtotals import subtotals
from ayni.atlas.forms.pictures import MapForm
from ayni.atlas.queries.editions import Edition, atlas_of, choose
from ayni.atlas.queries.facts import Atlas
from ayni.atlas.queries.links import address
from ayni.atlas.views.reading import about, editions_for
from ayni.common.published import published

WORLD = "world"


@require_safe
@published("edition", *PARTS)
def map_page(request: HttpRequest) -> HttpResponse:
    """Who cooperates with whom, on the map and as a table."""
    editions = editions_for(request)
    edition = choose(editions, request.GET.get("edition", ""))
    if edition is None:
        return nothing_yet(request, _("Map"))
    atlas = atlas_of(edition)
    asked = request.GET
    form = SimpleLazyObject(lambda: MapForm(asked or None, atlas=atlas, edition=edition, editions=editions))
    whole = whole_map(asked)
    question = form.question() if asked and not whole else {"view": whole}
    if question.get("view", WORLD) not in VIEWS or question.get("view") == WORLD:
        question.pop("view", None)
    read = Question.read(question)
    # Of a whole map the template asks for these once in a process.
    rows = SimpleLazyObject(lambda: partner_rows(atlas, read))
    return render(
        request,
        "atlas/map.html",
        {
            **about(edition),
            "atlas": atlas,
            "whole": whole,
            "choices": " ".join(found.code for found in editions),
            "form": form,
            "picture": SimpleLazyObject(lambda: picture(atlas, "F4", **question)),
            "rows": rows,
            "result": SimpleLazyObject(lambda: partners(len(rows))),
            "clear_url": reverse("map") if read.narrows() else "",
            "views": SimpleLazyObject(lambda: views(request, read.view or WORLD)),
        },
    )


def whole_map(asked: Mapping[str, str]) -> str:
    """The view of a map that shows all partners of the edition that is current; "" of any other map."""
    view = asked.get("view", WORLD)
    return view if view in VIEWS and not set(asked) - {"view"} else ""


def partners(number: int) -> str:
    return ngettext("%(number)d partner country", "%(number)d partner countries", number) % {"number": number}


@require_safe
@published("edition")
def network(request: HttpRequest) -> HttpResponse:
    """Who is tied to whom, and what can be said of the network from the reports that there are."""
    edition, atlas = chosen(request)
    if edition is None or atlas is None:
        return nothing_yet(request, _("Network"))
    drawn = picture(atlas, "F7")
    context = {"atlas": atlas, "picture": drawn, "measures": measures(atlas), "links": country_links(atlas)}
    return render(request, "atlas/network.html", {**about(edition), **context})


@require_safe
@published("edition", "scheme")
def regions(request: HttpRequest) -> HttpResponse:
    """Partners by region, in the print's regions or those of M49."""
    edition, atlas = chosen(request)
    if edition is None or atlas is None:
        return nothing_yet(request, _("Regions"))
    scheme = "m49" if request.GET.get("scheme") == "m49" else ""
    asked = {"scheme": scheme} if scheme else {}
    here = reverse("regions")
    context = {
        "atlas": atlas,
        "bars": picture(atlas, "F5", **asked),
        "flows": picture(atlas, "F6", **asked),
        "subtotals": subtotals(atlas, scheme),
        "schemes": [
            {"label": _("As printed in 2010"), "url": edition_query(request, here), "current": not scheme},
            {
                "label": _("United Nations (M49)"),
                "url": edition_query(request, here, scheme="m49"),
                "current": bool(scheme),
            },
        ],
    }
    return render(request, "atlas/regions.html", {**about(edition), **context})


@require_safe
@published("edition")
def concentration(request: HttpRequest) -> HttpResponse:
    """In how few regions each reporting country's partners lie."""
    edition, atlas = chosen(request)
    if edition is None or atlas is None:
        return nothing_yet(request, _("Concentration"))
    drawn = picture(atlas, "F9")
    even = 1 / len(atlas.regions) if atlas.regions else None
    context = {"atlas": atlas, "picture": drawn, "even": even, "regions": len(atlas.regions)}
    return render(request, "atlas/concentration.html", {**about(edition), **context, "worked": worked(atlas)})


def chosen(request: HttpRequest) -> tuple[Edition, Atlas] | tuple[None, None]:
    """The edition of the address, or the latest published one; nothing where there is none."""
    edition = choose(editions_for(request), request.GET.get("edition", ""))
    return (edition, atlas_of(edition)) if edition else (None, None)


def edition_query(request: HttpRequest, path: str, **parts: str) -> str:
    """`path` with these parts, and with the edition where the reader chose one."""
    asked = {name: value for name, value in request.GET.items() if name == "edition"} | parts
    return f"{path}?{urlencode(asked)}" if asked else path


def country_links(atlas: Atlas) -> list[dict[str, Any]]:
    """The nodes of the network by name, each with its page."""
    nodes = {node["id"]: node for node in atlas.figures["F7"]["nodes"]}
    return [
        {"country": {"label": atlas.name(code), "url": address("country", code)}, **nodes[code]}
        for code in atlas.by_name(nodes)
    ]


def worked(atlas: Atlas) -> dict[str, Any] | None:
    """The index of the most concentrated country, written out."""
    indices = atlas.figures["F9"]["hhi"]
    if not indices:
        return None
    code = max(sorted(indices), key=lambda reporter: indices[reporter])
    shares = [share for share in atlas.figures["F9"]["shares"][code].values() if share]
    return {
        "country": atlas.name(code),
        "sum": " + ".join(f"{number_format(share, decimal_pos=4)}²" for share in shares),
        "index": number_format(indices[code], decimal_pos=4),
    }


def views(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """The views of the map as tabs; the filters stay."""
    names = {"world": _("World"), "americas": _("The Americas"), "caribbean": _("Caribbean and Central America")}
    asked = {name: value for name, value in request.GET.items() if value and name != "view"}
    found = []
    for code in VIEWS:
        parts = asked if code == WORLD else asked | {"view": code}
        address = f"{reverse('map')}?{urlencode(parts)}" if parts else reverse("map")
        found.append({"label": names[code], "url": address, "current": code == current})
    return found


def nothing_yet(request: HttpRequest, title: str) -> HttpResponse:
    """The page of a picture while no edition is published; 404 for one that does not exist."""
    if request.GET.get("edition"):
        raise Http404(request.GET["edition"])
    return render(request, "atlas/nothing_yet.html", {"title": title})
