"""What a CSV file of exchange rates would make of those that stand, row by row."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.delimited import titled_rows, unguarded
from ayni.common.sheets.lines import FieldChange, FileLine
from ayni.registry.models import CURRENCY, ExchangeRate

COLUMNS = ("currency", "date", "per_dollar", "source")
# A point or a comma before the decimals; no separator of thousands.
NUMBER = re.compile(r"[0-9]{1,12}([.,][0-9]{1,6})?")
# 1,234 may be one and a bit, or more than a thousand.
EITHER = re.compile(r"[0-9]{1,3},[0-9]{3}")
LONGEST_SOURCE = 300
MOST_ROWS = 5_000
Day = tuple[str, date]


@dataclass(frozen=True)
class PlannedRate:
    """A rate as the file gives it."""

    number: int
    currency: str
    on: date
    per_dollar: Decimal
    source: str


@dataclass(frozen=True)
class RatePlan:
    """What a file would change: `lines` for readers, `rates` to write."""

    lines: tuple[FileLine, ...]
    rates: tuple[PlannedRate, ...]

    @property
    def refused(self) -> list[FileLine]:
        return [line for line in self.lines if line.state == "refused"]

    @cached_property
    def digest(self) -> str:
        """Names what would change: two plans that differ have different ones."""
        told = [
            [line.state, *map(str, asdict(rate).values())] for line, rate in zip(self._news, self.rates, strict=True)
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    @property
    def _news(self) -> list[FileLine]:
        return [line for line in self.lines if line.state in ("new", "changed")]


def plan_rates(data: bytes) -> RatePlan:
    """What the file would change. Raises Refused when it cannot be read. One query."""
    _header, rows = titled_rows(data, columns=COLUMNS, required=[[name] for name in COLUMNS], most=MOST_ROWS)
    standing = {
        (one.currency, one.on): one
        for one in ExchangeRate.objects.filter(currency__in={row.values["currency"].upper() for row in rows})
    }
    lines: list[FileLine] = []
    rates: list[PlannedRate] = []
    named: dict[Day, int] = {}
    for row in rows:
        reasons = list(_faults(row.values, surplus=row.surplus))
        what = f"{row.values['currency'].upper()[:12]} {row.values['date'][:12]}"
        if not reasons:
            rate = _rate(row.number, row.values)
            before = named.setdefault((rate.currency, rate.on), rate.number)
            if before != rate.number:
                reasons.append(_("Row %(row)d holds a rate of the same day already.") % {"row": before})
        if reasons:
            lines += [FileLine(row.number, "refused", what, (), reason) for reason in reasons]
            continue
        line = _line(rate, standing.get((rate.currency, rate.on)))
        lines.append(line)
        rates += [rate] if line.state != "unchanged" else []
    return RatePlan(tuple(lines), tuple(rates))


def _faults(values: Mapping[str, str], *, surplus: bool) -> Iterator[str]:
    currency, day, number = values["currency"].upper(), values["date"], values["per_dollar"]
    if surplus:
        yield _("There is something beyond the last column.")
    if not re.fullmatch(CURRENCY, currency) or currency == "USD":
        yield _("“%(text)s” is no currency here: write its three letters, such as BRL; not USD.") % {
            "text": currency[:20]
        }
    if _day(day) is None:
        yield _("“%(text)s” is no day: write it as 2026-03-31.") % {"text": day[:20]}
    elif (_day(day) or date.min) > timezone.localdate():
        yield _("The day of the rate has not come yet.")
    if EITHER.fullmatch(number):
        yield _("“%(text)s” can be read in two ways: write a point before the decimals.") % {"text": number[:20]}
    elif not NUMBER.fullmatch(number) or not Decimal(number.replace(",", ".")):
        yield _("“%(text)s” is no rate: write how much a dollar bought, such as 5.4321.") % {"text": number[:20]}
    if not values["source"]:
        yield _("Say where it is published, so that it can be checked.")
    elif len(values["source"]) > LONGEST_SOURCE:
        yield _("The source is longer than %(most)d characters.") % {"most": LONGEST_SOURCE}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None


def _rate(number: int, values: Mapping[str, str]) -> PlannedRate:
    per_dollar = Decimal(values["per_dollar"].replace(",", "."))
    return PlannedRate(
        number,
        values["currency"].upper(),
        date.fromisoformat(values["date"]),
        per_dollar.quantize(Decimal("0.000001")),
        unguarded(values["source"]),
    )


def _line(rate: PlannedRate, standing: ExchangeRate | None) -> FileLine:
    pairs = (
        ("per_dollar", f"{standing.per_dollar.normalize():f}" if standing else "", f"{rate.per_dollar.normalize():f}"),
        ("source", standing.source if standing else "", rate.source),
    )
    changes = tuple(FieldChange(name, before, after) for name, before, after in pairs if before != after)
    state = ("changed" if changes else "unchanged") if standing else "new"
    return FileLine(rate.number, state, f"{rate.currency} {rate.on.isoformat()}", changes)
