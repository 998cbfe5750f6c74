"""Activities as the IATI Datastore answers them in JSON: one flat document an activity, lists for what stands several times.

Disbursements and expenditures become rows, commitments others. The lists of a document say nothing of which transaction a value belongs
to when one is shorter than the transactions, so such a value is taken from the activity instead. Money for several countries or sectors
is split by the percentages that the activity gives, or evenly, and the record is counted by the same parts.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from ayni.analytics.schema import CURRENT, Flow
from ayni.interop.formats.flows import values
from ayni.interop.formats.flows.micro import topics
from ayni.interop.formats.flows.options import Options
from ayni.interop.formats.flows.outcome import Counted, Outcome, Problem
from ayni.interop.formats.flows.parties import ORGANISATION, Party, country, organisation
from ayni.interop.formats.flows.reading import Record
from ayni.interop.formats.flows.splits import region, shares

SOURCE = "datastore"
# Commitments that come in (11) are those of others, who report them as their own.
STATUS = {"2": "commitment", "3": "disbursement", "4": "disbursement"}
PURPOSES = ("1",)
GOVERNMENTS = ("10", "11", "15")
Split = list[tuple[Any, float]]


def flows(records: Iterable[tuple[int, Record]], options: Options) -> Iterator[Outcome]:
    """Read activities; one that cannot be understood is reported and the others stand."""
    for line, record in records:
        try:
            yield from _activity(line, record, options)
        except values.Unclear as unclear:
            yield Problem(line, "", str(unclear))


def _activity(line: int, record: Record, options: Options) -> Iterator[Outcome]:
    if not values.text(record.get("iati_identifier")):
        yield Problem(line, "iati_identifier", _("The activity has no identifier."))
        return
    provider = _reporter(record)
    recipients, sectors = _recipients(record), _sectors(record)
    told = list(_transactions(line, record, options))
    yield from (one for one in told if isinstance(one, Problem))
    sums: dict[tuple[str, str, int], float] = {}
    for one in told:
        if not isinstance(one, Problem):
            status, currency, year, value = one
            sums[status, currency, year] = sums.get((status, currency, year), 0.0) + value
    records = {key[:2]: sum(other[:2] == key[:2] for other in sums) for key in sums}
    for (status, currency, year), value in sums.items():
        part = 1.0 / records[status, currency]
        for recipient, share in recipients:
            for sector, weight in sectors:
                parts = share * weight
                flow = Flow(
                    provider=provider.code,
                    recipient=recipient.code,
                    region=recipient.region,
                    sector=sector,
                    topic=topics().get(sector, ""),
                    modality=_first(record, "default_aid_type_code"),
                    source=SOURCE,
                    status=status,
                    currency=currency,
                    price_base=CURRENT,
                    year=year,
                    value=value * parts,
                    count=part * parts,
                )
                yield Counted(flow, provider, recipient)


def _transactions(line: int, record: Record, options: Options) -> Iterator[tuple[str, str, int, float] | Problem]:
    kinds, amounts = _list(record, "transaction_transaction_type_code"), _list(record, "transaction_value")
    dates = _list(record, "transaction_transaction_date_iso_date")
    if not len(kinds) == len(amounts) == len(dates):
        if kinds or amounts:
            yield Problem(
                line, "transaction_value", _("The transactions cannot be told apart: their lists differ in length.")
            )
        return
    currencies = _list(record, "transaction_value_currency")
    usual = values.text(record.get("default_currency"))
    for place, kind in enumerate(kinds):
        status = STATUS.get(values.text(kind))
        if status is None:
            continue
        try:
            value, year = values.number(amounts[place]), values.year(dates[place])
            currency = values.text(currencies[place]) if len(currencies) == len(kinds) else usual
            currency = (options.currency or currency or usual).upper()
            if len(currency) != 3 or not currency.isalpha():
                raise values.Unclear(_("A transaction has no currency, and the activity none for all of them."))
        except values.Unclear as unclear:
            yield Problem(line, "transaction_value", str(unclear))
            continue
        if value is not None:
            yield status, currency, year, value


def _reporter(record: Record) -> Party:
    """Who gives: the country of a government's agency, else the organisation that reports."""
    reference = values.text(record.get("reporting_org_ref"))
    name = _first(record, "reporting_org_narrative") or reference
    if values.text(record.get("reporting_org_type")) in GOVERNMENTS:
        found = country(reference.partition("-")[0])
        if found is not None:
            return found
    if not name:
        raise values.Unclear(_("The activity names nobody who reports it."))
    return Party(ORGANISATION, organisation(name, reference).code, "", name)


def _recipients(record: Record) -> Split:
    """[(country or region, part of the money)]."""
    codes = _list(record, "recipient_country_code")
    countries = [(country(values.text(code)) or region(())) for code in codes]
    parts = _parts(codes, _list(record, "recipient_country_percentage"))
    found = list(zip(countries, parts, strict=True))
    missing = 1.0 - sum(parts)
    if missing > 1e-6 or not found:
        regions = [values.text(code) for code in _list(record, "recipient_region_code")]
        found.append((region(regions), missing if found else 1.0))
    return found


def _sectors(record: Record) -> Split:
    """[(purpose code, part of the money)], of the OECD's list alone."""
    codes = [values.code(code) for code in _list(record, "sector_code")]
    kinds = [values.text(kind) for kind in _list(record, "sector_vocabulary")]
    percentages = _list(record, "sector_percentage")
    if len(kinds) == len(codes):
        mine = [place for place, kind in enumerate(kinds) if kind in PURPOSES]
        percentages = [percentages[place] for place in mine] if len(percentages) == len(codes) else []
        codes = [codes[place] for place in mine]
    elif kinds:
        codes = []
    if not codes:
        return [("", 1.0)]
    parts = _parts(codes, percentages)
    whole = sum(parts)
    return [(code, part / whole) for code, part in zip(codes, parts, strict=True)] if whole > 0 else [("", 1.0)]


def _parts(codes: list[Any], percentages: list[Any]) -> list[float]:
    """Parts of one, as the percentages say where there is one for each."""
    told = [values.number(one) for one in percentages] if len(percentages) == len(codes) else [None] * len(codes)
    return shares(told)


def _list(record: Record, name: str) -> list[Any]:
    value = record.get(name)
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(record: Record, name: str) -> str:
    found = _list(record, name)
    return values.text(found[0]) if found and not isinstance(found[0], (list, dict)) else ""
