"""Reported activities as their list shows them, with exact counts that no page pays for twice."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ayni.common.i18n import folded
from ayni.directory.models import Country
from ayni.interop.models import ReportedActivity, ReportedCountry, ReportedSector, SourceFile
from ayni.interop.queries.kept import ANSWERS
from ayni.interop.queries.standing import counting

PAGE = 25
# The lists of the OECD's sectors: five digits, three digits.
OECD_LISTS = ("1", "2")


def filtered(asked: Mapping[str, str]) -> QuerySet[ReportedActivity]:
    """The activities that answer every question asked; every word has to be there, in any language, accents or not."""
    rows = ReportedActivity.objects.all()
    for word in folded(asked.get("text", "")).split():
        rows = rows.filter(words__contains=word)
    if "publisher" in asked:
        rows = rows.filter(publisher=asked["publisher"])
    if "status" in asked:
        rows = rows.filter(status=asked["status"])
    if "country" in asked:
        rows = rows.filter(Exists(ReportedCountry.objects.filter(activity=OuterRef("pk"), code=asked["country"])))
    if "sector" in asked:
        sectors = ReportedSector.objects.filter(
            activity=OuterRef("pk"), vocabulary__in=OECD_LISTS, code__startswith=asked["sector"]
        )
        rows = rows.filter(Exists(sectors))
    if "year" in asked:
        rows = rows.filter(_in_year(int(asked["year"])))
    return rows


def page_of(asked: Mapping[str, str], number: str | None, stamp: Hashable) -> "Page[ReportedActivity]":
    """A page of the list, the latest first. Three queries, and one more the first time that something is asked after an import.

    `stamp` is what `imported_so_far` gives: a page asks for it once.

    The numbers of the rows are found in an index alone; what a page shows is read for its own rows.
    """
    rows = filtered(asked)
    question = ("count", *sorted(asked.items()))
    pages = Counted(rows.order_by("-id").values_list("pk", flat=True), PAGE)
    pages.count = ANSWERS.answer(stamp, question, rows.count)
    page = pages.get_page(number)
    found = ReportedActivity.objects.defer("content", "words").select_related("last_file")
    page.object_list = list(found.filter(pk__in=list(page.object_list)).prefetch_related("places").order_by("-id"))
    return page


def counted_once(asked: Mapping[str, str], stamp: Hashable) -> int:
    """How many of them count: what stands behind another report or a public initiative does not. Asked once as the counts are."""
    return ANSWERS.answer(stamp, ("once", *sorted(asked.items())), counting(filtered(asked)).count)


class Counted(Paginator):  # type: ignore[type-arg]
    """Pages of what was counted before."""

    count: int


def publishers_there(stamp: Hashable) -> list[tuple[str, str]]:
    """(reference, name) of everybody of whom there is an activity, by name."""

    return ANSWERS.answer(stamp, "publishers", lambda: publishers_of(ReportedActivity.objects.all()))


def publishers_of(records: "QuerySet[Any]") -> list[tuple[str, str]]:
    """(reference, name) of everybody who reports some of `records`, by name. Two queries."""
    rows = records.order_by().values_list("publisher").annotate(Count("pk"))
    names = dict(records.order_by("pk").values_list("publisher", "publisher_name").distinct())
    return sorted(((ref, names.get(ref) or ref) for ref, _number in rows), key=lambda one: folded(one[1]))


def countries_there(stamp: Hashable) -> list[Country]:
    """The countries in which some activity takes place."""

    def ask() -> list[Country]:
        there = ReportedCountry.objects.filter(code=OuterRef("iso2"), region=False)
        return list(Country.objects.filter(Exists(there)))

    return ANSWERS.answer(stamp, "countries", ask)


def sources() -> QuerySet[SourceFile]:
    """The files, the last that was read first."""
    return SourceFile.objects.order_by("-started_at", "-pk")


def _in_year(year: int) -> Q:
    """Under way at some time of the year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Q(starts_on__lte=last) & (Q(ends_on__gte=first) | Q(ends_on__isnull=True, starts_on__gte=first))
