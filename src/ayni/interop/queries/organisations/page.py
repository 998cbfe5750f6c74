"""One reported organisation as its page shows it: names by language, budgets by period and recipient, documents, who else tells of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Count, F, QuerySet, Value, Window
from django.db.models.functions import RowNumber, Upper
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ayni.common.i18n import text_in
from ayni.directory.models import Country, Institution
from ayni.interop.models import BudgetKind, ReportedActivity, ReportedBudget, ReportedDocument, ReportedOrganisation
from ayni.interop.queries.organisations.fields import period
from ayni.interop.queries.page import language_named, money_written
from ayni.interop.queries.words import BUDGET_STATUS, DOCUMENTS, said

# Documents, budgets of a kind and lines of a budget on a page, and bars of a picture; open data has all.
ROWS, BARS = 100, 12
ALL = 1000
# A budget without a period is the latest of none; databases differ in where they put it.
LATEST = (F("starts_on").desc(nulls_last=True), "-value", "number")


@dataclass(frozen=True, slots=True)
class Named:
    """A name, with the page of what bears it ("" where there is none). `fictional`: an invented file names it so."""

    name: str
    url: str = ""
    fictional: bool = False

    def __str__(self) -> str:
        return f"{self.name} ({_('Fictional')})" if self.fictional else self.name


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A row of the table. `lines` are (name, amount) of what it is made up of; `more`: how many of them are not shown."""

    period: str
    recipient: Named
    status: str
    value: str
    value_on: date | None
    lines: tuple[tuple[str, str], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Bar:
    """`length` from 0 to 1000, of the longest bar."""

    label: str
    value: str
    length: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Amounts of one currency side by side, of the rows that are shown: periods, or the recipients of one period."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Budgets:
    """All that is told of one kind. `stated`: each has a status; `more`: how many rows are not shown."""

    kind: str
    title: str
    to_others: bool
    stated: bool
    rows: tuple[BudgetLine, ...]
    charts: tuple[Chart, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Document:
    """`url` is "" where the address is none that a browser should follow."""

    title: str
    text: str
    address: str
    url: str
    kinds: str
    languages: str
    countries: str
    format: str
    dated: str


@dataclass(frozen=True, slots=True)
class Documents:
    """`number`: how many there are; `more`: how many of them are not shown."""

    rows: tuple[Document, ...]
    number: int

    @property
    def more(self) -> int:
        return self.number - len(self.rows)


def names_shown(one: ReportedOrganisation) -> list[tuple[str, str, str]]:
    """(code, language, name) in the order in which the publisher tells them."""
    return [(code, language_named(code), text) for code, text in one.names.items()]


def budgets_shown(one: ReportedOrganisation) -> list[Budgets]:
    """Kind by kind, the latest period first, at most ROWS of a kind. Three queries at most."""
    numbered = one.budgets.annotate(
        place=Window(RowNumber(), partition_by=F("kind"), order_by=LATEST),
        of_kind=Window(Count("pk"), partition_by=F("kind")),
    )
    every = list(numbered.filter(place__lte=ROWS).order_by("place"))
    names = _names_of(every)
    return [
        _of_kind(BudgetKind(kind), rows, names)
        for kind in BudgetKind.values
        if (rows := [row for row in every if row.kind == kind])
    ]


def documents_shown(one: ReportedOrganisation) -> Documents:
    """Its documents in the order of the file, at most ROWS. Two queries."""
    rows = list(one.documents.annotate(in_all=Window(Count("pk")))[:ROWS])
    countries = _countries(code for row in rows for code in row.countries)
    return Documents(tuple(_document(row, countries) for row in rows), rows[0].in_all if rows else 0)


def institutions_of(identifier: str) -> list[Institution]:
    """The institution of the directory that bears this code, if one does."""
    return list(Institution.objects.filter(code__iexact=identifier).prefetch_related("names"))


def reported_as(code: str) -> list[ReportedOrganisation]:
    """What is reported of an institution of the directory: its code is the identifier. One query."""
    return list(_bearing([code]).order_by("publisher_name", "id"))


def others_of(one: ReportedOrganisation) -> list[ReportedOrganisation]:
    """What others report of the same organisation."""
    return [other for other in reported_as(one.identifier) if other.pk != one.pk]


def reports_activities(one: ReportedOrganisation) -> bool:
    """Whether activities are there that the organisation publishes."""
    return ReportedActivity.objects.filter(publisher=one.identifier).exists()


def _bearing(codes: Iterable[str]) -> "QuerySet[ReportedOrganisation]":
    """Those that bear one of these identifiers, in capitals or not, as far as a link to them needs."""
    rows = ReportedOrganisation.objects.alias(upper=Upper("identifier"))
    rows = rows.filter(upper__in=[Upper(Value(code)) for code in codes]).select_related("last_file")
    return rows.only("publisher", "publisher_name", "identifier", "names", "last_file__fictional")


def _of_kind(kind: BudgetKind, rows: list[Any], names: Mapping[tuple[str, str], Named]) -> Budgets:
    to_others = kind in (BudgetKind.ORGANISATION, BudgetKind.REGION, BudgetKind.COUNTRY)
    named = {row.pk: names.get((row.kind, row.recipient.upper()), _own_name(row)) for row in rows}
    lines = tuple(_line(row, named[row.pk]) for row in rows)
    charts = tuple(_charts(rows, {pk: str(one) for pk, one in named.items()}, to_others))
    return Budgets(
        kind.value,
        str(kind.label),
        to_others,
        kind != BudgetKind.EXPENDITURE,
        lines,
        charts,
        rows[0].of_kind - len(rows),
    )


def _line(row: ReportedBudget, recipient: Named) -> BudgetLine:
    parts = tuple(
        (text_in(line["names"]) or line["ref"], money_of(line["value"], line["currency"])) for line in row.lines[:ROWS]
    )
    more = len(row.lines) - len(parts)
    status = said(BUDGET_STATUS, row.status) if row.status else ""
    return BudgetLine(_period(row), recipient, status, money_of(row.value, row.currency), row.value_on, parts, more)


def money_of(value: Decimal | str | None, currency: str) -> str:
    """An amount with its currency, "" where none is told."""
    return "" if value is None else f"{money_written(Decimal(value))} {currency}".strip()


def _charts(rows: list[ReportedBudget], names: Mapping[int, str], to_others: bool) -> Iterable[Chart]:
    """By period for what is whole; for recipients those of the latest period. One picture for each currency, none of a single bar."""
    for currency in dict.fromkeys(row.currency for row in rows):
        told = [row for row in rows if row.currency == currency]
        last = _period(told[0])
        if to_others:
            told = [row for row in told if _period(row) == last]
        told = told[:BARS]
        longest = max(row.value for row in told)
        if len(told) < 2 or longest <= 0:
            continue
        if not to_others:
            told.reverse()
        bars = tuple(
            Bar(
                names[row.pk] if to_others else _period(row),
                money_of(row.value, currency),
                max(round(ALL * row.value / longest), 0),
            )
            for row in told
        )
        yield Chart(", ".join(filter(None, (last if to_others else "", currency))), bars)


def _period(row: ReportedBudget) -> str:
    return period({"starts_on": row.starts_on, "ends_on": row.ends_on})


def _own_name(row: ReportedBudget) -> Named:
    return Named(text_in(row.recipient_names) or row.recipient)


def _names_of(rows: Sequence[ReportedBudget]) -> dict[tuple[str, str], Named]:
    """{(kind, code): what the directory and the other reports call it}."""
    found: dict[tuple[str, str], Named] = {}
    for code, country in _countries(row.recipient for row in rows if row.kind == BudgetKind.COUNTRY).items():
        found[BudgetKind.COUNTRY, code] = Named(str(country), reverse("country", args=[country.iso3]))
    refs = {row.recipient for row in rows if row.kind == BudgetKind.ORGANISATION}
    if refs:
        # Where an invented file names it too, the other has the last word.
        for one in _bearing(refs).order_by("-last_file__fictional", "id"):
            page = reverse("reported_organisation", args=[one.pk])
            named = Named(str(one), page, one.last_file.fictional)
            found[BudgetKind.ORGANISATION, one.identifier.upper()] = named
    return found


def _countries(codes: Iterable[str]) -> dict[str, Country]:
    wanted = set(codes)
    return {one.iso2: one for one in Country.objects.filter(iso2__in=wanted)} if wanted else {}


def _document(row: ReportedDocument, countries: Mapping[str, Country]) -> Document:
    return Document(
        title=text_in(row.titles) or row.url,
        text=text_in(row.descriptions),
        address=row.url,
        url=row.url if _is_of_the_web(row.url) else "",
        kinds=", ".join(said(DOCUMENTS, code) for code in row.categories),
        languages=", ".join(language_named(code.lower()) for code in row.languages if code),
        countries=", ".join(str(countries.get(code, code)) for code in row.countries),
        format=row.format,
        dated=date_format(row.dated) if row.dated else "",
    )


def _is_of_the_web(address: str) -> bool:
    """Whether a browser should follow it; what is no address at all is followed by none."""
    try:
        return urlsplit(address).scheme.lower() in ("http", "https")
    except ValueError:
        return False
