"""The pages that draw an edition: the map, the network, the regions, the concentration."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ayni.atlas.figures import picture
from ayni.atlas.figures.geometry import VIEWS
from ayni.atlas.figures.maptable import partner_rows
from ayni.atlas.figures.question import Question
from ayni.atlas.forms.pictures import MapForm
from ayni.atlas.queries.editions import atlas_of, choose
from ayni.atlas.views.reading import about, editions_for
from ayni.common.published import published


@require_safe
@published
def map_page(request: HttpRequest) -> HttpResponse:
    """Who cooperates with whom, on the map and as a table."""
    editions = editions_for(request)
    edition = choose(editions, request.GET.get("edition", ""))
    if edition is None:
        return nothing_yet(request, _("Map"))
    atlas = atlas_of(edition)
    form = MapForm(request.GET or None, atlas=atlas, edition=edition, editions=editions)
    if request.GET and not form.is_valid():
        form.data = request.GET
    question = form.question() if request.GET else {}
    if question.get("view") not in VIEWS:
        question.pop("view", None)
    drawn = picture(atlas, "F4", **question)
    rows = partner_rows(atlas, Question.read(question))
    return render(
        request,
        "atlas/map.html",
        {
            **about(edition),
            "atlas": atlas,
            "form": form,
            "picture": drawn,
            "rows": rows,
            "result": ngettext("%(number)d partner country", "%(number)d partner countries", len(rows))
            % {"number": len(rows)},
            "clear_url": reverse("map") if drawn.question.narrows() else "",
            "views": views(request, drawn.question.view or "world"),
        },
    )


def views(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """The views of the map as tabs; the filters stay."""
    names = {"world": _("World"), "americas": _("The Americas"), "caribbean": _("Caribbean and Central America")}
    asked = {name: value for name, value in request.GET.items() if value and name != "view"}
    found = []
    for code in VIEWS:
        parts = asked if code == "world" else asked | {"view": code}
        address = f"{reverse('map')}?{urlencode(parts)}" if parts else reverse("map")
        found.append({"label": names[code], "url": address, "current": code == current})
    return found


def nothing_yet(request: HttpRequest, title: str) -> HttpResponse:
    """The page of a picture while no edition is published; 404 for one that does not exist."""
    if request.GET.get("edition"):
        raise Http404(request.GET["edition"])
    return render(request, "atlas/nothing_yet.html", {"title": title})
