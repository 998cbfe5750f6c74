"""What lists, the search and the analytics need of an activity, read out of it: the rows of its tables as plain values."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from ayni.common.i18n import folded
from ayni.iati.model import Activity
from ayni.iati.organisation import Organisation
from ayni.iati.parts import Money, Sector
from ayni.iati.shape import Texts
from ayni.interop.formats.national.profile import CROSSED, Common, key_of
from ayni.interop.formats.national.sides import COUNTERPARTS, LEGACY, PARTNER, PROVIDER, RECIPIENT

CURRENCY = re.compile(r"^[A-Z]{3}$")
LONGEST_IDENTIFIER, LONGEST_REFERENCE, LONGEST_NAME = 250, 120, 250
# Of transactions, what counts as committed and as spent (IATI: 2 outgoing commitment; 3 disbursement, 4 expenditure).
COMMITTED, SPENT = {"2"}, {"3", "4"}
# The table holds less; a sum above this is a typing error, and stays in the content alone.
LARGEST = Decimal(10) ** 18
CODED = frozenset({PROVIDER, RECIPIENT, PARTNER, Common.STATUS, Common.COUNTERPART_IDENTIFIER, *CROSSED})
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """The columns of an activity and the rows of its parts, by the names of the tables' columns."""

    columns: Row
    parties: tuple[Row, ...]
    places: tuple[Row, ...]
    sectors: tuple[Row, ...]
    transactions: tuple[Row, ...]
    results: tuple[Row, ...]
    codes: tuple[Row, ...] = ()


def publisher_of(record: Activity | Organisation) -> tuple[str, str]:
    """(reference, name) of who reports; the name stands for a reference that was not given."""
    if record.reporter is None:
        return "", ""
    name = first_of(record.reporter.names)
    return record.reporter.ref.strip() or name[:LONGEST_REFERENCE], name[:LONGEST_NAME]


def facts_of(activity: Activity, generated: str = "") -> Facts:
    """The rows of an activity. Shares that are none (below 0, above 100) stay in the content alone.

    Where it does not tell when it was last touched, that is `generated`, when its file was made.
    """
    starts, ends = _day(activity, "2", "1"), _day(activity, "4", "3")
    titles = by_language(activity.titles)
    descriptions = by_language(activity.descriptions[0].texts) if activity.descriptions else {}
    columns = {
        "titles": titles,
        "descriptions": descriptions,
        "status": activity.status[:4],
        "starts_on": starts,
        "ends_on": ends,
        "updated_at": moment_of(activity.updated) or moment_of(generated),
        "amounts": amounts_of(activity),
        "words": folded(" ".join([activity.identifier, *titles.values(), *descriptions.values()])),
    }
    return Facts(
        columns,
        tuple(_parties(activity)),
        tuple(_places(activity)),
        tuple(_sectors(activity.sectors)),
        tuple(_transactions(activity)),
        tuple(_results(activity)),
        tuple(_codes(activity)),
    )


def moment_of(text: str) -> datetime | None:
    """A date and time as an activity writes them, in UTC (also where no zone is told); None for what lies in no calendar."""
    try:
        found = datetime.fromisoformat(text.strip())
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def by_language(texts: Texts) -> dict[str, str]:
    """{language: text} of narratives; several in one language stand below one another. "" where no language was told."""
    found: dict[str, list[str]] = {}
    for language, text in texts:
        if text.strip():
            found.setdefault(language.lower()[:20], []).append(text.strip())
    return {language: "\n".join(lines) for language, lines in found.items()}


def amounts_of(activity: Activity) -> dict[str, dict[str, str]]:
    """{currency: {"committed": …, "spent": …}}: outgoing commitments, and disbursements with expenditure; never added to others."""
    sums: dict[str, dict[str, Decimal]] = {}
    for one in activity.transactions:
        name = "committed" if one.type in COMMITTED else "spent" if one.type in SPENT else ""
        value = amount_of(one.value)
        if name and value is not None:
            of = sums.setdefault(currency_of(one.value, activity), {})
            of[name] = of.get(name, Decimal(0)) + value
    return {
        currency: {name: format(value, "f") for name, value in sorted(of.items())}
        for currency, of in sorted(sums.items())
    }


def currency_of(value: Money | None, record: Activity | Organisation) -> str:
    """The value's own currency, or the record's default; "" for what is no code of a currency."""
    code = ((value.currency if value else "") or record.currency).strip().upper()
    return code if CURRENCY.match(code) else ""


def is_of_sector(activity: Activity, beginning: str) -> bool:
    """Whether a sector of the OECD's lists, of the activity or of one of its transactions, begins so."""
    every = [*activity.sectors, *(sector for one in activity.transactions for sector in one.sectors)]
    return any(one.vocabulary in ("", "1", "2") and one.code.startswith(beginning) for one in every)


def _parties(activity: Activity) -> Iterator[Row]:
    for number, one in enumerate(activity.participants, 1):
        yield {
            "number": number,
            "role": one.role[:4],
            "ref": one.ref.strip()[:LONGEST_REFERENCE],
            "kind": one.type[:4],
            "name": first_of(one.names)[:LONGEST_NAME],
        }


def _places(activity: Activity) -> Iterator[Row]:
    """Countries and regions; where the activity tells none, the countries of its transactions."""
    places = [((False, one.code.strip().upper()[:20]), one.percentage) for one in activity.countries]
    places += [((True, one.code.strip()[:20]), one.percentage) for one in activity.regions]
    if not places:
        of_money = {one.country.code.strip().upper()[:20] for one in activity.transactions if one.country}
        places = [((False, code), None) for code in sorted(of_money)]
    for (region, code), share in _shares(places):
        yield {"code": code, "region": region, "share": share}


def _sectors(sectors: Iterable[Sector]) -> Iterator[Row]:
    keyed = (((one.vocabulary[:6] or "1", one.code.strip()[:60]), one.percentage) for one in sectors)
    for (vocabulary, code), share in _shares(keyed):
        yield {"vocabulary": vocabulary, "code": code, "share": share}


def _shares(told: Iterable[tuple[tuple[Any, str], Decimal | None]]) -> list[tuple[tuple[Any, str], Decimal | None]]:
    """Each place or sector once, in the order of the file; what was told twice is added up."""
    found: dict[tuple[Any, str], Decimal | None] = {}
    for key, share in told:
        if key[1]:
            before = found.get(key)
            found[key] = share if before is None else before + (share or 0)
    return [(key, _share(share)) for key, share in found.items()]


def _share(share: Decimal | None) -> Decimal | None:
    return round(share, 4) if share is not None and share.is_finite() and 0 <= share <= 100 else None


def _transactions(activity: Activity) -> Iterator[Row]:
    for number, one in enumerate(activity.transactions, 1):
        value = amount_of(one.value)
        if value is None:
            continue
        yield {
            "number": number,
            "kind": one.type[:4],
            "on": one.on,
            "value": round(value, 2),
            "currency": currency_of(one.value, activity),
            "value_on": one.value.value_date if one.value else None,
            "provider_ref": (one.provider.ref if one.provider else "")[:LONGEST_REFERENCE],
            "provider": first_of(one.provider.names if one.provider else ())[:LONGEST_NAME],
            "receiver_ref": (one.receiver.ref if one.receiver else "")[:LONGEST_REFERENCE],
            "receiver": first_of(one.receiver.names if one.receiver else ())[:LONGEST_NAME],
            "country": (one.country.code if one.country else "").strip().upper()[:2],
            "sector": (one.sectors[0].code if one.sectors else "")[:60],
        }


def _results(activity: Activity) -> Iterator[Row]:
    for number, one in enumerate(activity.results, 1):
        periods = [period for indicator in one.indicators for period in indicator.periods]
        yield {
            "number": number,
            "kind": one.type[:4],
            "titles": by_language(one.titles),
            "indicators": len(one.indicators),
            "periods": len(periods),
            "measured": sum(bool(period.actuals) for period in periods),
        }


def _codes(activity: Activity) -> Iterator[Row]:
    """Countries by role and the reporter's own codes, as formats/national/record.py keeps them."""
    told = [
        (one.name.removeprefix(LEGACY), one.equivalent[:120] or key_of(one.value), one.value)
        for one in activity.legacy
        if one.name.startswith(LEGACY)
    ]
    if told:
        told += [
            (Common.COUNTERPART_IDENTIFIER, key_of(one.ref), one.ref)
            for one in activity.other_identifiers
            if one.type == COUNTERPARTS
        ]
    met = set()
    for field, key, written in told:
        if field in CODED and key and (field, key) not in met:
            met.add((field, key))
            yield {"field": str(field), "key": key, "label": written[:250]}


def _day(activity: Activity, *types: str) -> date | None:
    """The date of the first of `types` that is told: an actual one before a planned one."""
    days = {one.type: one.on for one in activity.dates if one.on}
    return next((days[one] for one in types if one in days), None)


def amount_of(value: Money | None) -> Decimal | None:
    """The amount, where it is one that a table holds."""
    if value is None or value.amount is None or not value.amount.is_finite() or abs(value.amount) >= LARGEST:
        return None
    return value.amount


def first_of(texts: Texts) -> str:
    """The first narrative that says something."""
    return next((text.strip() for _language, text in texts if text.strip()), "")
