"""The numbers of an account in long form, for open data (`settings.ACCOUNT_FIGURES`): a row for each number."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from ayni.atlas.queries.cooperation import learned, tables
from ayni.atlas.queries.cooperation.fiction import shows_fictional
from ayni.atlas.queries.cooperation.scope import Scope, first_year, years
from ayni.directory.models import Country

Number = tuple[str, str, str, float | None, str]  # table, row, measure, value, unit


def account_figures(year: int | None = None, country: str = "") -> list[dict[str, Any]]:
    """The account of `year` (None: this one), of a country (ISO 3166-1 alpha-3) or of the network.

    Each row: year, scope, table, row, measure, value (None: not known), unit, fictional. Empty where there is no such account.
    """
    chosen = year if year is not None else timezone.localdate().year
    place = Country.objects.filter(pk=country).first() if country else None
    if chosen not in years() or (country and place is None):
        return []
    scope = Scope(chosen, place)
    names = ("table", "row", "measure", "value", "unit")
    told = {"year": chosen, "scope": country or "network", "fictional": shows_fictional(scope)}
    return [told | dict(zip(names, number, strict=True)) for number in _numbers(scope)]


def _numbers(scope: Scope) -> Iterator[Number]:
    yield from _roles(scope)
    yield "T8", "reciprocity", "share", tables.returned(scope), "share"
    yield from _quality(scope)
    yield from _costs(scope)
    yield from _evaluated(scope)
    yield from _records("F13", tables.goals(scope), "code")
    yield from _records("topics", tables.topics(scope), "code")
    yield from _records("partners", tables.partners(scope), "institution__country")
    yield from _timeline(scope)


def _roles(scope: Scope) -> Iterator[Number]:
    for row in tables.roles(scope):
        for measure in ("offered", "received", "both", "unknown"):
            yield "T8", row.country.pk, measure, getattr(row.balance, measure), "records"
        yield "T8", row.country.pk, "unilateral", row.unilateral, "records"
        yield "T8", row.country.pk, "dual-role", row.balance.dual, "share"


def _quality(scope: Scope) -> Iterator[Number]:
    for row in tables.quality(scope):
        for measure in ("published", "unilateral", "waiting", "disputed"):
            yield "T12", row.country.pk, measure, getattr(row, measure), "records"
        for what, number in row.lacking.items():
            yield "T12", row.country.pk, f"without-{what}", number, "records"
        yield "T12", row.country.pk, "validated-share", row.validated_share, "share"


def _costs(scope: Scope) -> Iterator[Number]:
    """T9: A and B in dollars, each with how many contributions could not be converted; C in its own units, never as money."""
    for group in learned.spent(scope).groups:
        for measure, total in (("planned", group.sum.planned), ("executed", group.sum.executed)):
            if total.money is not None:
                yield "T9", group.group, measure, float(total.money.dollars), "USD"
                yield "T9", group.group, f"{measure}-not-converted", sum(total.money.missing.values()), "contributions"
            else:
                for unit, number in total.quantities.items():
                    yield "T9", group.group, measure, float(number), unit


def _evaluated(scope: Scope) -> Iterator[Number]:
    for row in learned.evaluated(scope):
        for measure in ("all", "published", "initiatives"):
            yield "T10", row["instrument__code"], measure, row[measure], "records"


def _records(table: str, rows: Iterable[dict[str, Any]], key: str) -> Iterator[Number]:
    for row in rows:
        for measure in ("validated", "unilateral"):
            yield table, row[key], measure, row[measure], "records"


def _timeline(scope: Scope) -> Iterator[Number]:
    for row in tables.timeline(scope, first_year()):
        for measure in ("validated", "unilateral"):
            yield "F11", f"{row['year']}/{row['type']}", measure, row[measure], "records"
