"""Records of other systems, for everybody: the list, one of them, and the files that they came in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import ngettext

from ayni.common.i18n import FALLBACKS, language
from ayni.common.permissions import IMPORT_RECORDS, may
from ayni.common.published import published
from ayni.interop.forms.reported import ReportedFilter
from ayni.interop.models import ReportedActivity, SourceFile, SourceKind
from ayni.interop.queries import page as shown
from ayni.interop.queries.findings import findings_by_sentence
from ayni.interop.queries.kept import imported_so_far
from ayni.interop.queries.linkage_fields import fields_of, link_of
from ayni.interop.queries.lists import counted_once, countries_there, page_of, sources
from ayni.interop.queries.organisations.lists import OF_A_FILE, of_file
from ayni.interop.queries.standing import behind, root_of
from ayni.interop.queries.words import STATUS, said
from ayni.registry.models import Initiative
from ayni.registry.queries.initiatives.sides import visible

# Files of one page, the latest first.
FILES = 100


@published("text", "publisher", "country", "sector", "status", "year", "page")
def reported(request: HttpRequest) -> HttpResponse:
    """The activities that others report, filtered and searched."""
    stamp = imported_so_far()
    form = ReportedFilter(request.GET, stamp=stamp)
    asked = form.asked()
    page = page_of(asked, request.GET.get("page"), stamp)
    count = page.paginator.count
    once = counted_once(asked, stamp)
    names = {country.iso2: str(country) for country in countries_there(stamp)}
    rows = [
        (
            one,
            ", ".join(names.get(place.code, place.code) for place in one.places.all()),
            said(STATUS, one.status) if one.status else "",
        )
        for one in page.object_list
    ]
    context = {
        "filter": form,
        "filtering": bool(asked),
        "page_obj": page,
        "rows": rows,
        "result": ngettext("%(number)d record", "%(number)d records", count) % {"number": count},
        "once": once if once != count else None,
        "may_load": may(request.user, IMPORT_RECORDS),
    }
    return render(request, "interop/reported.html", context)


@published()
def reported_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """What one publisher says of one activity, in every language in which it does, and where that comes from."""
    rows = ReportedActivity.objects.select_related("first_file", "last_file").prefetch_related(
        "places", "parties", "codes"
    )
    one = get_object_or_404(rows, pk=pk)
    activity = shown.content_of(one)
    money = shown.money_shown(one)
    languages = (language(), *FALLBACKS[language()])
    context = {
        "activity": one,
        "spoken": shown.spoken(activity),
        "facts": shown.facts_shown(one, activity),
        "places": shown.places_shown(one),
        "sectors": shown.sectors_shown(activity),
        "parties": shown.parties_shown(one),
        "coded": shown.coded_shown(one, activity),
        "sums": shown.sums_shown(one),
        "money": money[: shown.MONEY],
        "more_money": len(money) > shown.MONEY,
        "transactions": len(activity.transactions),
        "results": shown.results_shown(activity, languages),
        "result_count": len(activity.results),
        **_together(request, one),
    }
    return render(request, "interop/activity.html", context)


@published()
def source_files(request: HttpRequest) -> HttpResponse:
    """The files that were loaded, whose they are, and how fresh."""
    files = list(sources()[:FILES])
    return render(request, "interop/sources.html", {"files": files, "may_load": may(request.user, IMPORT_RECORDS)})


@published()
def source_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of one file: its counts, and what was found wrong in it, severity by severity."""
    file = get_object_or_404(SourceFile, pk=pk)
    findings = findings_by_sentence(file)
    more = file.findings_in_all > sum(len(group.rows) for group in findings)
    of_organisations = file.kind == SourceKind.IATI_ORGANISATIONS
    named = of_file(file) if of_organisations else []
    context = {
        "file": file,
        "of_organisations": of_organisations,
        "organisations": named[:OF_A_FILE],
        "more_organisations": len(named) > OF_A_FILE,
        "findings": findings,
        "more_findings": more,
        "profile": file.profile.partition("@")[0],
        "version": file.profile.partition("@")[2],
    }
    return render(request, "interop/source.html", context)


def _together(request: HttpRequest, one: ReportedActivity) -> dict[str, Any]:
    """The initiative that keeps the record, where the reader may see it, and what else is reported of the same, side by side."""
    root = root_of(one)
    kept = None
    if isinstance(root, Initiative):
        rows = Initiative.objects.filter(visible(request.user), pk=root.pk).select_related(
            "institution__country", "cooperation_type"
        )
        kept = rows.prefetch_related(
            "topics", "institution__names", "participations__institution__country", "participations__institution__names"
        ).first()
    others = [other for other in behind(root) if other.pk != one.pk]
    first = kept or (root if isinstance(root, ReportedActivity) and root != one else None)
    records = [one, *([first] if first else []), *others]
    return {
        "kept_in": kept,
        "heads": [link_of(each) for each in records],
        "fields": fields_of(records) if len(records) > 1 else [],
    }
