from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.atlas.forms.lists import InstitutionFilters
from ayni.atlas.queries import institutions as facts
from ayni.atlas.queries import lists
from ayni.atlas.views.looking_after import tools
from ayni.atlas.views.reading import about, latest
from ayni.common.published import published
from ayni.common.sources import source_label, source_url
from ayni.directory.queries.programmes.page import of_institution
from ayni.registry.queries.initiatives.lists import public_of


@published("country", "kind", "role", "part")
def institutions(request: HttpRequest) -> HttpResponse:
    """Every institution by letter, filtered by country, type, role and part in the diagnosis."""
    edition, atlas = latest(request)
    every = lists.every_institution()
    form = InstitutionFilters(request.GET, choices=lists.institution_choices(every))
    asked = form.chosen()
    found = lists.institutions(every, atlas, asked)
    actions = tools(request, None, "institution_add", label=_("Add an institution"))
    actions += tools(request, None, "institutions_load", label=_("Load institutions from a CSV file"))
    return render(
        request,
        "atlas/institutions.html",
        {
            **about(edition),
            "form": form,
            "actions": actions,
            "any": bool(every),
            "groups": lists.by_letter(found),
            "result": ngettext("%(number)d institution", "%(number)d institutions", len(found))
            % {"number": len(found)},
            "clear_url": reverse("institutions") if asked else "",
        },
    )


@published()
def institution(request: HttpRequest, code: str) -> HttpResponse:
    """One institution: its names, what it came from and became, its answers and partners."""
    found = get_object_or_404(facts.described(), code=code)
    edition, atlas = latest(request)
    return render(
        request,
        "atlas/institution.html",
        {
            **about(edition),
            "institution": found,
            "actions": tools(request, found, "institution_edit", found.code),
            "parent": facts.link(found.parent) if found.parent else None,
            "bodies": [facts.link(body) for body in found.bodies.all()],
            "names": facts.names(found),
            "changes": facts.changes(found),
            "memberships": facts.memberships(found),
            "responses": facts.responses(found),
            "mentions": facts.mentions(found),
            "programmes": of_institution(found.pk),
            "initiatives": public_of(institution=found.pk),
            "partners": facts.partners(atlas, found.code) if atlas else [],
            "source": {"label": source_label(found.source), "url": source_url(found.source)},
            "crumbs": [{"label": _("Institutions"), "url": reverse("institutions")}],
        },
    )
