from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ayni.atlas.forms.compare import CompareForm
from ayni.atlas.queries.compare import comparison
from ayni.atlas.views.pictures import nothing_yet
from ayni.atlas.views.reading import about, latest
from ayni.common.published import published


@published("left", "right")
def compare(request: HttpRequest) -> HttpResponse:
    """Two countries that reported, side by side; the address holds the question."""
    edition, atlas = latest(request)
    if atlas is None:
        return nothing_yet(request, _("Compare two countries"))
    whole = bool(request.GET.get("left") and request.GET.get("right"))
    asked = {name: request.GET.get(name, "") for name in ("left", "right")}
    form = CompareForm(request.GET, atlas=atlas) if whole else CompareForm(initial=asked, atlas=atlas)
    found = None
    if whole and form.is_valid():
        found = comparison(atlas, form.cleaned_data["left"], form.cleaned_data["right"])
    return render(request, "atlas/compare.html", {**about(edition), "form": form, "found": found})
