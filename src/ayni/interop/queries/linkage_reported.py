"""What others report as the plain records that the linkage compares."""

from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from ayni.directory.models import Country
from ayni.interop.models import ReportedActivity
from ayni.interop.queries.lists import OECD_LISTS
from ayni.interop.queries.reporters import Known, known
from ayni.interop.queries.standing import attached_now
from ayni.methods.contributions import DOLLAR, Rates
from ayni.methods.linkage.record import Record
from ayni.registry.queries.rates import rates_of


def reported_records() -> list[Record]:
    """Every report that is attached to nothing yet. A number of queries that does not grow with theirs."""
    rows = with_facts(attached_now(False)).order_by("pk")
    directory, iso3 = known(), dict(Country.objects.values_list("iso2", "iso3"))
    rates = rates_of({code for amounts in rows.values_list("amounts", flat=True) for code in amounts})
    return [record_of_report(one, directory, iso3, rates) for one in rows.iterator(chunk_size=2_000)]


def with_facts(rows: "QuerySet[ReportedActivity]") -> "QuerySet[ReportedActivity]":
    """With what is compared."""
    return rows.defer("content", "words").prefetch_related("places", "parties", "sectors")


def record_of_report(one: ReportedActivity, directory: Known, iso3: dict[str, str], rates: Rates) -> Record:
    """What is reported, as it is compared. Its countries are where it takes place and those of its publisher and its parties."""
    told = [(one.publisher, one.publisher_name), *((row.ref, row.name) for row in one.parties.all())]
    sides = {country.pk for ref, name in told if (country := directory.country_of(ref, name))}
    places = {iso3[row.code] for row in one.places.all() if not row.region and row.code in iso3}
    first, last = (day.year if day else None for day in (one.starts_on, one.ends_on))
    return Record(
        key=f"r{one.pk}",
        source="reported",
        reporter=f"reported {one.publisher}",
        countries=frozenset(places | sides),
        first=first,
        last=None if first and last and last < first else last,
        sectors=frozenset(row.code for row in one.sectors.all() if row.vocabulary in OECD_LISTS),
        usd=_dollars(one, rates),
        title={code: text for code, text in one.titles.items() if text},
        text={code: text for code, text in one.descriptions.items() if text},
    )


def _dollars(one: ReportedActivity, rates: Rates) -> float | None:
    """What is committed, or where that is not told what is spent, in dollars; None with an amount that has no rate."""
    total = Decimal(0)
    for currency, amounts in one.amounts.items():
        told = amounts.get("committed") or amounts.get("spent")
        if not told:
            continue
        on = one.starts_on or one.ends_on
        dollars = rates.dollars(Decimal(told), currency, on or date.min) if on or currency == DOLLAR else None
        if dollars is None:
            return None
        total += dollars
    return float(total) if total > 0 else None
