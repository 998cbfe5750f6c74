from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.atlas.forms.lists import CountryFilters
from ayni.atlas.queries import countries as facts
from ayni.atlas.queries import lists
from ayni.atlas.queries.facts import Atlas
from ayni.atlas.views.looking_after import tools
from ayni.atlas.views.reading import about, latest
from ayni.common.published import published
from ayni.directory.models import Country
from ayni.directory.queries.programmes.page import of_country
from ayni.registry.queries.agreements import known_of
from ayni.registry.queries.initiatives.lists import public_of

FROZEN: dict[str, Callable[[Atlas, str], Any]] = {
    "names": facts.names,
    "one_role": facts.one_role,
    "named_by": facts.named_by,
    "not_reported": facts.not_reported,
    "agreements": facts.agreements,
    "agencies": facts.agencies,
    "obstacles": facts.obstacles,
    "systems": facts.systems,
}


@published("region", "part", "named_by")
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


@published()
def country(request: HttpRequest, iso3: str) -> HttpResponse:
    """What is known of a country: whom it names, who names it, its institutions and agreements."""
    found = get_object_or_404(Country, pk=iso3.upper())
    edition, atlas = latest(request)
    context = {
        "country": found,
        "actions": tools(request, found, "country_edit", found.pk),
        # The template asks for these once for a version of the data in a process.
        "regions": SimpleLazyObject(lambda: facts.regions(found, atlas)),
        "institutions": SimpleLazyObject(lambda: facts.institutions(found)),
        "programmes": SimpleLazyObject(lambda: of_country(found.pk)),
        "registry": known_of(found),
        "initiatives": SimpleLazyObject(lambda: public_of(country=found.pk)),
        "crumbs": [{"label": _("Countries"), "url": reverse("countries")}],
    }
    if atlas is not None:
        context |= {
            "reported": found.pk in atlas.reporters,
            "recorded": bool(atlas.partners.get(found.pk) or atlas.named_by.get(found.pk)),
            **{name: SimpleLazyObject(partial(fact, atlas, found.pk)) for name, fact in FROZEN.items()},
        }
    return render(request, "atlas/country.html", {**about(edition), **context})
