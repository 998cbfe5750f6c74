"""The world's flows: any question by its address, its figures and their files, two questions compared, and how we know."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ayni.atlas.figures.files import TYPES, File
from ayni.atlas.figures.world import FIGURES, drawn, file_of, whole
from ayni.atlas.figures.world.compared import side_by_side
from ayni.atlas.figures.world.picture import comparison_file as file_of_comparison
from ayni.atlas.figures.world.picture import in_words
from ayni.atlas.figures.world.summary import summary
from ayni.atlas.forms.flows import FlowForm
from ayni.atlas.queries.flows.asked import Answer, Asked, answer, beside, with_basis
from ayni.atlas.queries.flows.coverage import coverage
from ayni.atlas.queries.flows.held import Held, held
from ayni.atlas.queries.flows.labels import of_basis
from ayni.common.published import version_of

THEMES = ("light", "dark", "print")
SIDES = ("a-", "b-")
COMPARED = ("csv", "json")


@require_safe
def flows(request: HttpRequest) -> HttpResponse:
    """One question and its figures."""
    snapshot = held()
    if snapshot is None:
        return render(request, "atlas/flows/none.html")
    found = answer(snapshot, Asked.read(request.GET))
    empty = found.cut.empty
    return render(
        request,
        "atlas/flows/flows.html",
        {
            **about(request, snapshot, found),
            "question": found.asked.address(),
            "form": partial(FlowForm, found),
            "clear_url": reverse("flows") if found.asked.said() else "",
            "said": in_words(found),
            "empty": empty,
            "numbers": partial(summary, found),
            "pictures": [] if empty else [drawn(found, code) for code in FIGURES],
            "others": others(snapshot, found),
            "compare_url": f"{reverse('flows_compare')}?{found.asked.address(SIDES[0])}",
        },
    )


@require_safe
def flow_figure(request: HttpRequest, code: str, format: str) -> HttpResponse:
    """Figure `code` of the question in the address as SVG, PNG, CSV or JSON; `theme` is light (default), dark or print."""
    theme = request.GET.get("theme", "light")
    snapshot = held()
    if snapshot is None or code not in FIGURES or format not in TYPES or theme not in THEMES:
        raise Http404(f"{code}.{format}")
    found = answer(snapshot, Asked.read(request.GET))
    if found.cut.empty:
        raise Http404(code)
    return _sent(file_of(whole(found, code, theme), format), attached=format == "csv")


@require_safe
def compare_flows(request: HttpRequest) -> HttpResponse:
    """Two questions side by side."""
    snapshot = held()
    if snapshot is None:
        return render(request, "atlas/flows/none.html")
    one, other = (answer(snapshot, Asked.read(request.GET, prefix)) for prefix in SIDES)
    sides = (one, other if other.asked.said() else beside(one))
    context: dict[str, Any] = {
        **about(request, snapshot, *sides),
        "forms": [FlowForm(found, prefix=prefix) for found, prefix in zip(sides, SIDES, strict=True)],
        "said": [in_words(found) for found in sides],
        "urls": [f"{reverse('flows')}?{found.asked.address()}" for found in sides],
        "crumbs": [{"label": _("Flows"), "url": reverse("flows")}],
    }
    if not any(found.cut.empty for found in sides):
        context["compared"] = partial(side_by_side, *sides)
        query = "&".join(found.asked.address(prefix) for found, prefix in zip(sides, SIDES, strict=True))
        context["files"] = [
            {"label": name.upper(), "url": f"{reverse('flows_compare_file', args=[name])}?{query}"} for name in COMPARED
        ]
    return render(request, "atlas/flows/compare.html", context)


@require_safe
def comparison_file(request: HttpRequest, format: str) -> HttpResponse:
    """Two questions side by side as CSV or JSON."""
    snapshot = held()
    if snapshot is None or format not in COMPARED:
        raise Http404(format)
    one, other = (answer(snapshot, Asked.read(request.GET, prefix)) for prefix in SIDES)
    if one.cut.empty or other.cut.empty:
        raise Http404(format)
    return _sent(file_of_comparison(one, other, format), attached=format == "csv")


def _sent(file: File, *, attached: bool) -> HttpResponse:
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(attached, file.name) or "inline"
    return response


@require_safe
def how_we_know(request: HttpRequest) -> HttpResponse:
    """What the numbers rest on: sources, what is kept apart, what is missing."""
    snapshot = held()
    if snapshot is None:
        return render(request, "atlas/flows/none.html")
    context = {
        **about(request, snapshot),
        "coverage": coverage(snapshot),
        "crumbs": [{"label": _("Flows"), "url": reverse("flows")}],
    }
    return render(request, "atlas/flows/coverage.html", context)


def about(request: HttpRequest, snapshot: Held, *answers: Answer) -> dict[str, Any]:
    """How fresh the snapshot is, and whether what is shown rests on invented records."""
    bases = {found.basis.source for found in answers if found.basis}
    fictional = any(said.get("fictional") and said["source"] in bases for said in snapshot.manifest.sources)
    return {
        "made": parse_datetime(snapshot.manifest.made),
        "behind": snapshot.manifest.data_version < version_of(request),
        "demo": fictional,
        "fictional": fictional,
        "checksum": snapshot.manifest.checksum[:12],
        "manifest": snapshot.manifest,
    }


def others(snapshot: Held, found: Answer) -> list[dict[str, str]]:
    """The same question put to the other sources: what is not added to this answer."""
    return [
        {"label": of_basis(basis), "url": f"{reverse('flows')}?{with_basis(found.asked, basis).address()}"}
        for basis in snapshot.bases
        if basis != found.basis
    ]
