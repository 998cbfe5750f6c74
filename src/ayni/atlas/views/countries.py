from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.atlas.queries import countries as facts
from ayni.atlas.views.reading import about, latest
from ayni.common.published import published
from ayni.directory.models import Country, RegionScheme


@published
def countries(request: HttpRequest) -> HttpResponse:
    """Every country, by its name in the language of the page."""
    return render(request, "atlas/countries.html", {"countries": sorted(Country.objects.all(), key=str)})


@published
def country(request: HttpRequest, iso3: str) -> HttpResponse:
    """What is known of a country: whom it names, who names it, its institutions and agreements."""
    found = get_object_or_404(Country, pk=iso3.upper())
    edition, atlas = latest(request)
    lies = facts.regions(found)
    context = {
        "country": found,
        "region_print": lies.get(RegionScheme.OAS2010, "") or facts.printed_region(found, atlas),
        "region_m49": lies.get(RegionScheme.M49, ""),
        "institutions": facts.institutions(found),
        "crumbs": [{"label": _("Countries"), "url": reverse("countries")}],
    }
    if atlas is not None:
        context |= {
            "reported": found.pk in atlas.reporters,
            "names": facts.names(atlas, found.pk),
            "named_by": facts.named_by(atlas, found.pk),
            "not_reported": facts.not_reported(atlas, found.pk),
            "agreements": facts.agreements(atlas, found.pk),
            "agencies": facts.agencies(atlas, found.pk),
            "obstacles": facts.obstacles(atlas, found.pk),
            "systems": facts.systems(atlas, found.pk),
        }
    return render(request, "atlas/country.html", {**about(edition), **context})
