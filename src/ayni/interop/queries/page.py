"""One reported activity as its page shows it: narratives by language, money, results, and where all this comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from ayni.directory.models import Country
from ayni.iati.model import Activity
from ayni.iati.results import Indicator, Measurement, Result
from ayni.interop.formats.content import from_content
from ayni.interop.formats.facts import by_language
from ayni.interop.formats.national.sides import LEGACY
from ayni.interop.models import ReportedActivity
from ayni.interop.queries.words import DATES, PARTY_ROLES, RESULTS, STATUS, TRANSACTIONS, coded, said

QUANTITY = f"{LEGACY}quantity "
# Transactions of a page; all of them are in the file and in the tables.
MONEY = 50


@dataclass(frozen=True, slots=True)
class Spoken:
    """What an activity says in one language. `code` is the publisher's, "" where none was told."""

    code: str
    language: str
    title: str
    descriptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """A period of an indicator: its target and what was measured, as published."""

    indicator: str
    period: str
    target: str
    actual: str


@dataclass(frozen=True, slots=True)
class ResultShown:
    """The results of one kind that bear one title: how many, what is said of them, and their indicators' periods."""

    kind: str
    title: str
    number: int
    texts: tuple[str, ...]
    periods: tuple[Measured, ...]


def content_of(one: ReportedActivity) -> Activity:
    """The whole of what was reported."""
    return from_content(one.content)


def spoken(activity: Activity) -> list[Spoken]:
    """The narratives, language by language, in the order in which the title tells them."""
    titles = by_language(activity.titles)
    told = [by_language(one.texts) for one in activity.descriptions]
    codes = list(dict.fromkeys([*titles, *(code for texts in told for code in texts)]))
    return [
        Spoken(code, language_named(code), titles.get(code, ""), tuple(texts[code] for texts in told if code in texts))
        for code in codes
    ]


def facts_shown(one: ReportedActivity, activity: Activity) -> list[dict[str, str]]:
    """{term, value} of what is told in a line each."""
    dates = {said(DATES, each.type): date_format(each.on) for each in activity.dates if each.on}
    return [
        {"term": _("State"), "value": capfirst(said(STATUS, one.status)) if one.status else ""},
        *({"term": term, "value": value} for term, value in dates.items()),
        {"term": _("Type of cooperation"), "value": capfirst(_collaboration(activity.collaboration_type))},
        {"term": _("Identifier"), "value": one.identifier},
    ]


def places_shown(one: ReportedActivity) -> list[dict[str, str]]:
    """{name, url of the country's page, share} of each place. One query."""
    rows = list(one.places.all())
    known = {country.iso2: country for country in Country.objects.filter(iso2__in=[row.code for row in rows])}
    return [
        {
            "name": str(known[row.code]) if row.code in known and not row.region else row.code,
            "iso3": known[row.code].iso3 if row.code in known and not row.region else "",
            "share": _share(row.share),
        }
        for row in rows
    ]


def sectors_shown(activity: Activity) -> list[dict[str, str]]:
    """{code, name, share} of each sector, with the name that the publisher gives it."""
    return [
        {"code": one.code, "name": one.names[0][1] if one.names else "", "share": _share(one.percentage)}
        for one in activity.sectors
    ]


def parties_shown(one: ReportedActivity) -> list[dict[str, str]]:
    """{name, ref, role} of each organisation."""
    return [
        {"name": row.name or row.ref, "ref": row.ref, "role": said(PARTY_ROLES, row.role)} for row in one.parties.all()
    ]


def coded_shown(one: ReportedActivity, activity: Activity) -> list[tuple[str, str]]:
    """Countries by role, the reporter's own codes and quantities, as it writes them; nothing for what comes in the standard."""
    rows = coded({"field": row.field, "key": row.key, "label": row.label} for row in one.codes.all())
    quantities = {
        legacy.name.removeprefix(QUANTITY): number_format(Decimal(legacy.value).normalize(), force_grouping=True)
        for legacy in activity.legacy
        if legacy.name.startswith(QUANTITY)
    }
    return [*rows.items(), *quantities.items()]


def sums_shown(one: ReportedActivity) -> list[dict[str, str]]:
    """{currency, committed, spent} for each currency; currencies are never added to one another."""
    return [
        {"currency": currency or "?", **{kind: money_written(Decimal(amount)) for kind, amount in amounts.items()}}
        for currency, amounts in one.amounts.items()
    ]


def money_shown(one: ReportedActivity) -> list[dict[str, Any]]:
    """The latest transactions, at most MONEY and one more, which tells that there are more."""
    rows = one.transactions.order_by(F("on").desc(nulls_last=True), "number")[: MONEY + 1]
    return [
        {
            "kind": said(TRANSACTIONS, row.kind),
            "on": date_format(row.on) if row.on else "",
            "value": f"{money_written(row.value)} {row.currency}".strip(),
            "from": row.provider or row.provider_ref,
            "to": row.receiver or row.receiver_ref,
        }
        for row in rows
    ]


def results_shown(activity: Activity, languages: tuple[str, ...]) -> list[ResultShown]:
    """Results with their indicators' periods, in the first of `languages` that is told; those of one title together."""
    groups: dict[tuple[str, str], list[Result]] = {}
    for one in activity.results:
        groups.setdefault((said(RESULTS, one.type), _text(one.titles, languages)), []).append(one)
    return [
        ResultShown(
            kind,
            title,
            len(ones),
            tuple(filter(None, dict.fromkeys(_text(one.descriptions, languages) for one in ones))),
            tuple(row for one in ones for indicator in one.indicators for row in _periods(indicator, languages)),
        )
        for (kind, title), ones in groups.items()
    ]


def _periods(indicator: Indicator, languages: tuple[str, ...]) -> Iterable[Measured]:
    title = _text(indicator.titles, languages)
    if not indicator.periods:
        yield Measured(title, "", "", "")
    for period in indicator.periods:
        yield Measured(title, _span(period.start, period.end), _values(period.targets), _values(period.actuals))


def _values(measured: Iterable[Measurement]) -> str:
    return "; ".join(
        one.value + (f" ({', '.join(each.value for each in one.dimensions)})" if one.dimensions else "")
        for one in measured
        if one.value
    )


def _span(start: date | None, end: date | None) -> str:
    return " – ".join(date_format(day, "SHORT_DATE_FORMAT") for day in (start, end) if day)


def _text(texts: tuple[tuple[str, str], ...], languages: tuple[str, ...]) -> str:
    told = by_language(texts)
    return next((told[code] for code in languages if code in told), next(iter(told.values()), ""))


def language_named(code: str) -> str:
    """A language of the publisher's by its name, where it is known."""
    if not code:
        return _("language not told")
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _collaboration(code: str) -> str:
    names = {"1": _("bilateral"), "2": _("multilateral, inflows"), "4": _("multilateral, outflows")}
    return {**names, "8": _("triangular")}.get(code, code)


def _share(share: Decimal | None) -> str:
    return f"{number_format(share.normalize() if share else share)} %" if share is not None else ""


def money_written(value: Decimal) -> str:
    """An amount with its cents, where it has any."""
    return number_format(value, 2 if value % 1 else 0, force_grouping=True)
