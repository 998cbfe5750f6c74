"""Two countries side by side: what each reports about cooperation with the other."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ayni.common.delimited import csv_file
from ayni.common.published import published
from ayni.common.workbooks.cells import WorkbookWriter
from ayni.directory.models import Country
from ayni.interop.forms.national import SidesForm
from ayni.interop.queries.national.sides import countries_with_records, two_sides
from ayni.interop.queries.national.sides_page import as_rows, differing, tables

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}
# Rows of a table of the page; the files hold all.
SHOWN = 100


@require_safe
@published("one", "other")
def national_sides(request: HttpRequest) -> HttpResponse:
    """The figures of both, in one set of classes, and what does not match."""
    countries = countries_with_records()
    form = SidesForm(request.GET or None, countries=countries)
    context: dict[str, object] = {"form": form, "enough": len(countries) > 1}
    chosen = _chosen(form, countries)
    if chosen:
        one, other = chosen
        found = two_sides(one.iso3, other.iso3)
        pairs = differing(found)
        context |= {
            "one": one,
            "other": other,
            "found": found,
            "tables": tables(found),
            "pairs": pairs[:SHOWN],
            "differing": sum(bool(pair.lines) for pair in pairs),
            "alone": [
                (side, [(records[each.key], each) for each in only[:SHOWN]], len(only))
                for side, records, only in (
                    (one, found.one.records, found.only_one),
                    (other, found.other.records, found.only_other),
                )
            ],
            "unmapped": [(one, found.one.unmapped), (other, found.other.unmapped)],
            "fictional": any(
                record.last_file.fictional for side in (found.one, found.other) for record in side.records.values()
            ),
        }
    return render(request, "interop/national/sides.html", context)


@require_safe
@published("one", "other")
def national_sides_file(request: HttpRequest, ending: str) -> HttpResponse:
    """The same as a table, whole."""
    countries = countries_with_records()
    chosen = _chosen(SidesForm(request.GET, countries=countries), countries)
    if chosen is None or ending not in TYPES:
        raise Http404(ending)
    one, other = chosen
    rows = list(as_rows(two_sides(one.iso3, other.iso3), str(one), str(other)))
    if ending == "csv":
        body = csv_file(rows)
    else:
        book = WorkbookWriter()
        book.add_sheet(_("Side by side")[:31], rows[:1], [dict(enumerate(row)) for row in rows[1:]], [30, 50, 30, 30])
        body = book.written()
    response = HttpResponse(body, content_type=TYPES[ending])
    name = f"{one.iso3}-{other.iso3}.{ending}".lower()
    response["Content-Disposition"] = content_disposition_header(True, name) or "inline"
    return response


def _chosen(form: forms.Form, countries: list[Country]) -> tuple[Country, Country] | None:
    if not form.is_bound or not form.is_valid():
        return None
    known = {one.iso3: one for one in countries}
    return known[form.cleaned_data["one"]], known[form.cleaned_data["other"]]
