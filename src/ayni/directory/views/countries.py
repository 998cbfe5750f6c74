from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ayni.common.published import published
from ayni.directory.models import Country


@published
def countries(request: HttpRequest) -> HttpResponse:
    """Every country, by its name in the language of the page."""
    return render(request, "directory/countries.html", {"countries": sorted(Country.objects.all(), key=str)})
