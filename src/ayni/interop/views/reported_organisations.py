"""Organisations as others report them, for everybody: the list, and one of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import ngettext

from ayni.common.permissions import IMPORT_RECORDS, may
from ayni.common.published import published
from ayni.interop.forms.reported import OrganisationFilter
from ayni.interop.models import ReportedOrganisation
from ayni.interop.queries.findings import findings_of_record
from ayni.interop.queries.kept import imported_so_far
from ayni.interop.queries.organisations import page as shown
from ayni.interop.queries.organisations.lists import latest_budget, page_of


@published("text", "publisher", "page")
def reported_organisations(request: HttpRequest) -> HttpResponse:
    """The organisations that others report, filtered and searched."""
    stamp = imported_so_far()
    form = OrganisationFilter(request.GET, stamp=stamp)
    asked = form.asked()
    page: Any = page_of(asked, request.GET.get("page"), stamp)
    count = page.paginator.count
    context = {
        "filter": form,
        "filtering": bool(asked),
        "page_obj": page,
        "rows": [(one, latest_budget(one.whole_budgets)) for one in page.object_list],
        "result": ngettext("%(number)d organisation", "%(number)d organisations", count) % {"number": count},
        "may_load": may(request.user, IMPORT_RECORDS),
    }
    return render(request, "interop/organisations.html", context)


@published()
def reported_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """What one publisher says of one organisation, in every language in which it does, and where that comes from."""
    rows = ReportedOrganisation.objects.defer("content", "words").select_related("first_file", "last_file")
    one = get_object_or_404(rows, pk=pk)
    context = {
        "organisation": one,
        "names": shown.names_shown(one),
        "budgets": shown.budgets_shown(one),
        "documents": shown.documents_shown(one),
        "institutions": shown.institutions_of(one.identifier),
        "others": shown.others_of(one),
        "reports_activities": shown.reports_activities(one),
        "findings": findings_of_record(one.last_file, one.identifier),
    }
    return render(request, "interop/organisation.html", context)
