"""The reports behind an initiative: side by side, a side's answer with its own, an initiative opened of two reports."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, requires, signed_in
from ayni.common.permissions import LINK_RECORDS
from ayni.common.published import published
from ayni.directory.models import Institution
from ayni.interop.actions import reports as actions
from ayni.interop.models import ReportedActivity
from ayni.interop.queries.linkage_fields import fields_of, link_of
from ayni.interop.queries.linkage_pairs import pairs_for
from ayni.interop.queries.reports import shown_behind
from ayni.interop.queries.standing import behind
from ayni.registry.models import Initiative
from ayni.registry.views.initiatives.door import find, frame


@published()
def behind_initiative(request: HttpRequest, code: str) -> HttpResponse:
    """What others report of this initiative, beside what its record says."""
    found = find(request, code)
    reports = behind(found)
    records: list[Initiative | ReportedActivity] = [found, *reports]
    context = frame(request, found, "initiative_reports") | {
        "rows": shown_behind(found, reports, request.user),
        "heads": [link_of(one) for one in records],
        "fields": fields_of(records) if reports else [],
    }
    return render(request, "interop/linkage/reports.html", context)


@signed_in
@require_POST
def answer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A side answers with what its own institution has reported."""
    found, report = find(request, code), get_object_or_404(ReportedActivity, pk=pk)
    country = next((row.side for row in shown_behind(found, [report], request.user) if row.answers), None)
    if country is None:
        return redirect("initiative_reports", code)
    done = attempt(
        request,
        lambda: actions.answer_with_report(by=current_user(request), initiative=found, report=report, country=country),
        _("Done."),
    )
    return redirect("declarations" if done else "initiative_reports", code)


@requires(LINK_RECORDS)
@require_POST
def open_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Open one initiative of two reports of the same."""
    pair = get_object_or_404(pairs_for(request.user), pk=pk)
    keeper = get_object_or_404(Institution, code=request.POST.get("keeper", ""))
    opened: list[Initiative] = []
    attempt(
        request,
        lambda: opened.append(actions.open_initiative_of_reports(by=current_user(request), pair=pair, keeper=keeper)),
        _("The initiative is open: its sides complete and declare it."),
    )
    return redirect("initiative_reports", opened[0].code) if opened else redirect("linkage_pair", pk)
