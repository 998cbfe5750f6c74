"""Questionnaires: the list, a version as a respondent sees it, what differs between versions, the XLSForm workbook."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ayni.common.permissions import EDIT_INSTRUMENTS, READ_DRAFTS, may
from ayni.common.published import published
from ayni.surveys.formats.spec_diff import counts, differences
from ayni.surveys.formats.xlsform_write import write_xlsform
from ayni.surveys.queries.instrument_page import shown, version_for
from ayni.surveys.queries.instruments import instruments_with_versions, spec_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@published()
def instruments(request: HttpRequest) -> HttpResponse:
    """Every questionnaire with its versions; drafts for those who may read them."""
    edits = may(request.user, EDIT_INSTRUMENTS)
    found = instruments_with_versions(drafts=edits or may(request.user, READ_DRAFTS))
    return render(request, "surveys/instruments/list.html", {"instruments": found, "edits": edits})


@require_safe
@published()
def instrument(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version as a respondent sees it."""
    version = version_for(request.user, code, number)
    spec = spec_of(version)
    context = {
        "version": version,
        "spec": spec,
        "sections": shown(spec),
        "others": version.instrument.versions.exclude(pk=version.pk).exclude(status="draft"),
        "edits": may(request.user, EDIT_INSTRUMENTS),
    }
    return render(request, "surveys/instruments/version.html", context)


@require_safe
@published()
def instrument_xlsform(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The version as an XLSForm workbook, in its four languages at once."""
    version = version_for(request.user, code, number)
    response = HttpResponse(write_xlsform(spec_of(version)), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{code}-{number}.xlsx"'
    return response


@require_safe
@published()
def instrument_differences(request: HttpRequest, code: str, number: int, before: int) -> HttpResponse:
    """What `number` has that `before` had not, and the other way round."""
    versions = [version_for(request.user, code, each) for each in (before, number)]
    rows = differences(*(spec_of(version) for version in versions))
    context = {
        "version": versions[1],
        "before": versions[0],
        "rows": [row for row in rows if row.state != "unchanged"],
        "counts": counts(rows),
    }
    return render(request, "surveys/instruments/differences.html", context)
