"""What lists, pages and open data need of an organisation, read out of it: the rows of its tables as plain values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ayni.common.i18n import folded
from ayni.iati.organisation import Expenditure, Line, Organisation, RecipientBudget, TotalBudget
from ayni.iati.shape import Texts
from ayni.interop.formats.facts import LONGEST_REFERENCE, Row, amount_of, by_language, currency_of, moment_of

TOTAL, ORGANISATION, REGION, COUNTRY, EXPENDITURE = "total", "organisation", "region", "country", "expenditure"
Told = TotalBudget | RecipientBudget | Expenditure


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """The columns of an organisation and the rows of its parts, by the names of the tables' columns."""

    columns: Row
    budgets: tuple[Row, ...]
    documents: tuple[Row, ...]


def organisation_facts(one: Organisation, generated: str = "") -> OrganisationFacts:
    """The rows of an organisation. A budget without an amount and a document without an address stay in the content alone.

    Where it does not tell when it was last touched, that is `generated`, when its file was made.
    """
    names = by_language(one.names)
    columns = {
        "names": names,
        "updated_at": moment_of(one.updated) or moment_of(generated),
        "words": folded(" ".join([one.identifier, *names.values()])),
    }
    return OrganisationFacts(columns, tuple(_budgets(one)), tuple(_documents(one)))


def _budgets(one: Organisation) -> Iterator[Row]:
    """Each budget with its place among all, kind by kind in the order of the standard."""
    told: list[tuple[str, Told]] = [
        *((TOTAL, each) for each in one.total_budgets),
        *((ORGANISATION, each) for each in one.organisation_budgets),
        *((REGION, each) for each in one.region_budgets),
        *((COUNTRY, each) for each in one.country_budgets),
        *((EXPENDITURE, each) for each in one.expenditures),
    ]
    for number, (kind, each) in enumerate(told, 1):
        value = amount_of(each.value)
        if value is not None:
            yield {
                "number": number,
                "kind": kind,
                "status": "" if isinstance(each, Expenditure) else each.status[:4],
                **_recipient(kind, each),
                "starts_on": each.start,
                "ends_on": each.end,
                "value": round(value, 2),
                "currency": currency_of(each.value, one),
                "value_on": each.value.value_date if each.value else None,
                "lines": list(_lines(each.lines, one)),
            }


def _recipient(kind: str, each: Told) -> Row:
    """Whom a budget of its kind is for; what stands in the place of another kind stays in the content alone."""
    if isinstance(each, RecipientBudget):
        if kind == ORGANISATION and each.organisation is not None:
            return _named(each.organisation.ref, each.organisation.names)
        if kind == REGION and each.region is not None:
            return {**_named(each.region.code, each.region.names), "vocabulary": each.region.vocabulary[:6]}
        if kind == COUNTRY and each.country is not None:
            return _named(each.country.code.upper(), each.country.names)
    return _named("", ())


def _named(code: str, names: Texts) -> Row:
    return {"recipient": code.strip()[:LONGEST_REFERENCE], "recipient_names": by_language(names), "vocabulary": ""}


def _lines(lines: Iterable[Line], one: Organisation) -> Iterator[Row]:
    for each in lines:
        value = amount_of(each.value)
        yield {
            "ref": each.ref,
            "names": by_language(each.texts),
            "value": None if value is None else format(value, "f"),
            "currency": currency_of(each.value, one),
            "value_on": _written(each.value.value_date if each.value else None),
        }


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _documents(one: Organisation) -> Iterator[Row]:
    for number, each in enumerate(one.documents, 1):
        url = each.url.strip()
        if url:
            yield {
                "number": number,
                "url": url,
                "format": each.format[:120],
                "titles": by_language(each.titles),
                "descriptions": by_language(each.descriptions),
                "categories": list(each.categories),
                "languages": list(each.languages),
                "countries": [country.code.strip().upper() for country in each.countries],
                "dated": each.dated,
            }
