from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from ayni.atlas.figures import picture
from ayni.atlas.queries.home import key_figures, open_rounds
from ayni.atlas.views.reading import about, latest
from ayni.common.published import published


@published()
def home(request: HttpRequest) -> HttpResponse:
    """What the network's members exchange, in a few numbers, and where to go from here."""
    edition, atlas = latest(request)
    context = {**about(edition), "rounds": SimpleLazyObject(open_rounds)}
    if atlas is not None:
        # The template asks for these once in a process: a frozen edition never changes.
        context["figures"] = SimpleLazyObject(lambda: key_figures(atlas))
        context["map"] = SimpleLazyObject(lambda: picture(atlas, "F4"))
    return render(request, "atlas/home.html", context)
