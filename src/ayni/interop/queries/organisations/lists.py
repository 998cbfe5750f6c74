"""Reported organisations as their list shows them."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ayni.common.i18n import folded
from ayni.interop.models import BudgetKind, ReportedBudget, ReportedDocument, ReportedOrganisation, SourceFile
from ayni.interop.queries.kept import ANSWERS
from ayni.interop.queries.lists import PAGE, Counted, publishers_of
from ayni.interop.queries.organisations.fields import period
from ayni.interop.queries.organisations.page import LATEST, money_of

# Organisations that the page of their file names.
OF_A_FILE = 50


def filtered(asked: Mapping[str, str]) -> "QuerySet[ReportedOrganisation]":
    """The organisations that answer every question asked; every word has to be there, in any language, accents or not."""
    rows = ReportedOrganisation.objects.all()
    for word in folded(asked.get("text", "")).split():
        rows = rows.filter(words__contains=word)
    if "publisher" in asked:
        rows = rows.filter(publisher=asked["publisher"])
    return rows


def page_of(asked: Mapping[str, str], number: str | None, stamp: Hashable) -> "Page[ReportedOrganisation]":
    """A page of the list, the latest first. Two queries, and one more the first time that something is asked after an import."""
    rows = filtered(asked)
    pages = Counted(_shown(rows), PAGE)
    pages.count = ANSWERS.answer(stamp, ("organisations", *sorted(asked.items())), rows.count)
    return pages.get_page(number)


def of_file(file: SourceFile) -> list[ReportedOrganisation]:
    """The first organisations of which this is the last file, and one more, which tells that there are more. One query."""
    return list(
        ReportedOrganisation.objects.filter(last_file=file)
        .defer("content", "words")
        .order_by("number")[: OF_A_FILE + 1]
    )


def publishers_there(stamp: Hashable) -> list[tuple[str, str]]:
    """(reference, name) of everybody of whom there is an organisation, by name."""
    return ANSWERS.answer(
        stamp, "publishers of organisations", lambda: publishers_of(ReportedOrganisation.objects.all())
    )


def latest_budget(budgets: Iterable[ReportedBudget]) -> dict[str, Any]:
    """{value, period} of the latest of these whole budgets, {} where there is none."""
    one = next(iter(budgets), None)
    if one is None:
        return {}
    told = {"starts_on": one.starts_on, "ends_on": one.ends_on}
    return {"value": money_of(one.value, one.currency), "period": period(told)}


def _shown(rows: "QuerySet[ReportedOrganisation]") -> "QuerySet[ReportedOrganisation]":
    whole = ReportedBudget.objects.filter(kind=BudgetKind.TOTAL).defer("lines").order_by(*LATEST)[:1]
    found = rows.defer("content", "words").select_related("last_file").order_by("-id")
    counted = ReportedDocument.objects.filter(organisation=OuterRef("pk")).order_by().values("organisation")
    documents = Coalesce(Subquery(counted.annotate(found=Count("pk")).values("found")), 0)
    return found.annotate(document_count=documents).prefetch_related(
        Prefetch("budgets", whole, to_attr="whole_budgets")
    )
