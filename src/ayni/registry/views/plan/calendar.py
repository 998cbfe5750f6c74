"""The month view over all initiatives that the reader sees, and the month as a file for calendars."""

from datetime import date

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.common.published import published
from ayni.common.views.sheets import too_long
from ayni.registry.forms.plan import CalendarFilter
from ayni.registry.models import Activity, Initiative
from ayni.registry.queries.initiatives.lists import countries_there, initiatives_for
from ayni.registry.queries.plan.days import month_beside
from ayni.registry.queries.plan.days import span as span_of_days
from ayni.registry.queries.plan.lists import activities_for, during, filtered, row_of, with_names, with_sides
from ayni.registry.queries.plan.month import grid, month_of, span_of, whole_weeks
from ayni.registry.views.plan.reading import calendar_file

PAGE = 25
# Initiatives to choose among: beyond that many, the page of an initiative leads to its own plan.
CHOICES = 200
# Activities of a file that is made for somebody without an account.
MOST_WITHOUT_ACCOUNT = 2_000


@published("month", "country", "initiative", "day", "page")
def calendar(request: HttpRequest) -> HttpResponse:
    """The activities of a month: as weeks where there is room, and as a list."""
    today = timezone.localdate()
    month = month_of(request.GET.get("month", ""), today)
    form, asked = _filter(request, month)
    rows = filtered(activities_for(request.user), **asked)
    day = _day(request.GET.get("day", ""), month)
    span = span_of_days(day, day) if day else span_of(month)
    listed = with_sides(during(rows, span)).order_by("starts_on", "ends_on", "pk")
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    context = {
        "month": month,
        "title": date_format(month, "YEAR_MONTH_FORMAT"),
        "day": day,
        "filter": form,
        "filtering": bool(asked),
        "weeks": grid(during(rows, whole_weeks(month)), month, today),
        "page_obj": page,
        "rows": [row_of(one, today) for one in page.object_list],
        "result": ngettext("%(number)d activity", "%(number)d activities", count) % {"number": count},
        "unfiltered": f"?month={month:%Y-%m}",
        "here": _query(request.GET, month),
        "before": _query(request.GET, month_beside(month, -1)),
        "after": _query(request.GET, month_beside(month, 1)),
        "present": _query(request.GET, today.replace(day=1)),
        "is_present": month == today.replace(day=1),
        "demo": True,
        "fictional": any(one.initiative.fictional for one in page.object_list),
    }
    return render(request, "registry/plan/calendar.html", context)


def calendar_month(request: HttpRequest) -> HttpResponse:
    """The same month as a file for calendars."""
    month = month_of(request.GET.get("month", ""), timezone.localdate())
    _form, asked = _filter(request, month)
    rows = with_names(during(filtered(activities_for(request.user), **asked), span_of(month)))
    rows = rows.order_by("starts_on", "pk")
    if not request.user.is_authenticated and rows.count() > MOST_WITHOUT_ACCOUNT:
        return too_long(request, MOST_WITHOUT_ACCOUNT)
    name = _("Activities of %(month)s") % {"month": date_format(month, "YEAR_MONTH_FORMAT")}
    return calendar_file(name, f"{month:%Y-%m}", rows)


def _filter(request: HttpRequest, month: date) -> tuple[CalendarFilter, dict[str, str]]:
    rows = during(activities_for(request.user), span_of(month))
    choices = list(_initiatives(request, rows))
    data = request.GET.copy()
    data["month"] = f"{month:%Y-%m}"
    form = CalendarFilter(data, countries=countries_there(), initiatives=choices, month=month)
    return form, form.asked()


def _initiatives(request: HttpRequest, rows: QuerySet[Activity]) -> QuerySet[Initiative]:
    """Those that have an activity in the month, and the one that is asked for."""
    seen = initiatives_for(request.user)
    there = seen.filter(pk__in=rows.order_by().values("initiative"))
    chosen = seen.filter(code=request.GET.get("initiative", ""))
    return (there | chosen).order_by("code").only("code", "title")[:CHOICES]


def _day(text: str, month: date) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    span = whole_weeks(month)
    return found if span.first <= found <= span.last else None


def _query(asked: QueryDict, month: date) -> str:
    """The same question about another month."""
    query = QueryDict(mutable=True)
    query["month"] = f"{month:%Y-%m}"
    for name in ("country", "initiative"):
        if value := asked.get(name):
            query[name] = str(value)
    return query.urlencode()
