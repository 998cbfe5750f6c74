"""An activity of the IATI standard as flows: who reports it gives, its countries receive, its outgoing amounts are what flows.

Money for several countries or sectors is split by their percentages, or evenly, where the transaction does not say its own; the record
is counted by the same parts, so that it counts once for what is committed and once for what is disbursed.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ayni.analytics.schema import CURRENT, Flow
from ayni.iati.model import Activity
from ayni.iati.parts import Region, Sector, Transaction
from ayni.interop.formats.facts import currency_of
from ayni.interop.formats.flows.micro import topics
from ayni.interop.formats.flows.parties import Party, country, organisation
from ayni.interop.formats.flows.splits import region, shares

SOURCE = "iati"
COMMITMENT, DISBURSEMENT = "commitment", "disbursement"
# IATI: 2 outgoing commitment; 3 disbursement, 4 expenditure. What comes in is what others report as going out.
STATUS = {"2": COMMITMENT, "3": DISBURSEMENT, "4": DISBURSEMENT}
GOVERNMENTS = ("10", "11", "15")
# The OECD's lists: purposes of five figures, groups of three. "" means the first.
PURPOSES, GROUPS, OECD = ("", "1"), ("2",), ("", "1")
# What of an activity is read here (see formats/content.py).
NEEDED = frozenset(
    ("currency", "identifier", "reporter", "countries", "regions", "sectors", "aid_types", "transactions")
)
PASSED_ON, UNTOLD, INCOMPLETE = "passed-on", "no-money", "incomplete"
Split = list[tuple[Party, float]]


@dataclass(frozen=True, slots=True)
class Told:
    """The rows of an activity with the names of its parties, and what of it does not count: {why: amounts}."""

    flows: tuple[Flow, ...]
    parties: tuple[Party, ...]
    apart: Counter[str]


@dataclass(frozen=True, slots=True)
class _Amount:
    status: str
    currency: str
    year: int
    value: float
    recipients: Split
    sectors: list[tuple[str, float]]


def told(activity: Activity, reported: Callable[[str], bool]) -> Told:
    """The flows of an activity. `reported` says whether an activity of an identifier is among those read: money that goes to it is counted
    there, when it is spent or passed on again."""
    apart: Counter[str] = Counter()
    provider = _provider(activity)
    amounts = [one for one in (_amount(activity, given, reported, apart) for given in activity.transactions) if one]
    if provider is None or not amounts:
        if not apart:
            apart[UNTOLD] = 1
        return Told((), (), apart)
    cells = _cells(amounts)
    records = Counter((status, currency) for status, currency, *_rest in cells)
    modality = next((one.code for one in activity.aid_types if one.vocabulary in OECD), "")
    flows = tuple(
        Flow(
            provider=provider.code,
            recipient=recipient.code,
            region=recipient.region,
            sector=sector,
            topic=topics().get(sector, ""),
            modality=modality,
            source=SOURCE,
            status=status,
            currency=currency,
            price_base=CURRENT,
            year=year,
            value=value,
            count=1.0 / records[status, currency],
        )
        for (status, currency, year, recipient, sector), value in cells.items()
    )
    return Told(flows, (provider, *{recipient for *_key, recipient, _sector in cells}), apart)


def _cells(amounts: Iterable[_Amount]) -> dict[tuple[str, str, int, Party, str], float]:
    """{(status, currency, year, recipient, sector): sum}."""
    found: dict[tuple[str, str, int, Party, str], float] = {}
    for one in amounts:
        for recipient, share in one.recipients:
            for sector, weight in one.sectors:
                key = one.status, one.currency, one.year, recipient, sector
                found[key] = found.get(key, 0.0) + one.value * share * weight
    return found


def _amount(
    activity: Activity, given: Transaction, reported: Callable[[str], bool], apart: Counter[str]
) -> _Amount | None:
    status = STATUS.get(given.type)
    if status is None:
        return None
    onward = given.receiver.activity if given.receiver else ""
    if onward and onward != activity.identifier and reported(onward):
        apart[PASSED_ON] += 1
        return None
    currency = currency_of(given.value, activity)
    if given.value is None or given.value.amount is None or given.on is None or not currency:
        apart[INCOMPLETE] += 1
        return None
    return _Amount(
        status,
        currency,
        given.on.year,
        float(given.value.amount),
        _recipients(activity, given),
        _sectors(activity, given),
    )


def _provider(activity: Activity) -> Party | None:
    """The country of a government that reports, else the organisation; None where nobody is named."""
    if activity.reporter is None:
        return None
    reference = activity.reporter.ref.strip()
    name = next((text for _language, text in activity.reporter.names if text.strip()), reference)
    found = country(reference.partition("-")[0]) if activity.reporter.type in GOVERNMENTS else None
    return found or (organisation(name, reference) if name else None)


def _recipients(activity: Activity, given: Transaction) -> Split:
    """[(country or region, part of the money)]; what percentages leave open goes to the activity's region, or to no country named."""
    if given.country is not None:
        return [(country(given.country.code) or region(()), 1.0)]
    if given.region is not None:
        return [(region(_codes([given.region])), 1.0)]
    parts = shares([_share(one.percentage) for one in activity.countries])
    found = [(country(one.code) or region(()), part) for one, part in zip(activity.countries, parts, strict=True)]
    missing = 1.0 - sum(parts)
    if missing > 1e-6 or not found:
        found.append((region(_codes(activity.regions)), missing if found else 1.0))
    return found


def _codes(regions: Iterable[Region]) -> list[str]:
    return [one.code for one in regions]


def _sectors(activity: Activity, given: Transaction) -> list[tuple[str, float]]:
    """[(purpose, or group of purposes, part of the money)] of the OECD's lists: the transaction's own, else the activity's."""
    for told_of in (given.sectors, activity.sectors):
        for vocabulary in (PURPOSES, GROUPS):
            found = [one for one in told_of if one.vocabulary in vocabulary and one.code.strip()]
            if found:
                return _weighed(found)
    return [("", 1.0)]


def _weighed(found: list[Sector]) -> list[tuple[str, float]]:
    parts = shares([_share(one.percentage) for one in found])
    whole = sum(parts)
    return [(one.code.strip()[:20], part / whole) for one, part in zip(found, parts, strict=True)]


def _share(percentage: object) -> float | None:
    return None if percentage is None else float(str(percentage))
