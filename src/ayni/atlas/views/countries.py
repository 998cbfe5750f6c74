from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.atlas.forms.lists import CountryFilters
from ayni.atlas.queries import countries as facts
from ayni.atlas.queries import lists
from ayni.atlas.views.looking_after import tools
from ayni.atlas.views.reading import about, latest
from ayni.common.published import published
from ayni.directory.models import Country, RegionScheme


@published
def countries(request: HttpRequest) -> HttpResponse:
    """Every country by letter, filtered by region, by its part in the diagnosis, and by who names it."""
    edition, atlas = latest(request)
    reporters = [(code, atlas.name(code)) for code in atlas.by_name(atlas.reporters)] if atlas else []
    form = CountryFilters(
        request.GET, choices={"region": lists.regions(), "part": lists.parts(), "named_by": reporters}
    )
    asked = form.chosen()
    found = lists.countries(atlas, asked)
    return render(
        request,
        "atlas/countries.html",
        {
            **about(edition),
            "form": form,
            "groups": lists.by_letter(found),
            "result": ngettext("%(number)d country", "%(number)d countries", len(found)) % {"number": len(found)},
            "clear_url": reverse("countries") if asked else "",
        },
    )


@published
def country(request: HttpRequest, iso3: str) -> HttpResponse:
    """What is known of a country: whom it names, who names it, its institutions and agreements."""
    found = get_object_or_404(Country, pk=iso3.upper())
    edition, atlas = latest(request)
    lies = facts.regions(found)
    context = {
        "country": found,
        "actions": tools(request, found, "country_edit", found.pk),
        "region_print": lies.get(RegionScheme.OAS2010, "") or facts.printed_region(found, atlas),
        "region_m49": lies.get(RegionScheme.M49, ""),
        "institutions": facts.institutions(found),
        "crumbs": [{"label": _("Countries"), "url": reverse("countries")}],
    }
    if atlas is not None:
        context |= {
            "reported": found.pk in atlas.reporters,
            "names": (named := facts.names(atlas, found.pk)),
            "one_role": named[0]["role"] if len({row["role"] for row in named}) == 1 else "",
            "named_by": facts.named_by(atlas, found.pk),
            "not_reported": facts.not_reported(atlas, found.pk),
            "agreements": facts.agreements(atlas, found.pk),
            "agencies": facts.agencies(atlas, found.pk),
            "obstacles": facts.obstacles(atlas, found.pk),
            "systems": facts.systems(atlas, found.pk),
        }
    return render(request, "atlas/country.html", {**about(edition), **context})
