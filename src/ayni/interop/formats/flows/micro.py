"""Files with a line for each flow: CRS (as the OECD publishes it today and as it did before) and TOSSD.

Columns are known by any of their names; what the file says of currency, prices and units goes before what the format usually has.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from ayni.analytics.schema import CURRENT, UNSTATED, Flow
from ayni.common.country_names import folded
from ayni.common.errors import Refused
from ayni.common.reference import document, table
from ayni.interop.formats.flows import values
from ayni.interop.formats.flows.options import Options
from ayni.interop.formats.flows.outcome import (
    MEASURE,
    Apart,
    Counted,
    Outcome,
    Problem,
    gives,
    odd_provider,
    provider_of,
    unknown_recipient,
    why_apart,
)
from ayni.interop.formats.flows.parties import UNKNOWN, Party, party
from ayni.interop.formats.flows.reading import Record

COMMITMENT, DISBURSEMENT = "commitment", "disbursement"
# What a file calls the two; any other measure of the same money is kept apart.
MEASURES = {
    "": DISBURSEMENT,
    "c": COMMITMENT,
    "commitment": COMMITMENT,
    "commitments": COMMITMENT,
    "d": DISBURSEMENT,
    "disbursement": DISBURSEMENT,
    "disbursements": DISBURSEMENT,
    "gross disbursement": DISBURSEMENT,
    "gross disbursements": DISBURSEMENT,
}


@dataclass(frozen=True, slots=True)
class Amount:
    """A column of money: what it says, in which prices ("" where a column of the file says it) and currency."""

    columns: tuple[str, ...]
    status: str
    prices: str
    currency: str


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns` {what: names, folded}; `amounts` the columns of money, each that stands is read; `multiplier` the usual power of ten."""

    source: str
    columns: Mapping[str, tuple[str, ...]]
    amounts: tuple[Amount, ...]
    multiplier: int


@cache
def layout(name: str) -> Layout:
    """The layout of a format, from data/flows/layouts.json."""
    value = document("flows/layouts.json")[name]
    return Layout(
        source=name,
        columns={what: tuple(folded(one) for one in names) for what, names in value["columns"].items()},
        amounts=tuple(
            Amount(
                tuple(folded(one) for one in amount["columns"]), amount["status"], amount["prices"], amount["currency"]
            )
            for amount in value["amounts"]
        ),
        multiplier=value["multiplier"],
    )


@cache
def topics() -> dict[str, str]:
    """{purpose code of the CRS: the network's topic}, where exactly one topic names it."""
    found: dict[str, list[str]] = {}
    for row in table("flows/topics.csv"):
        found.setdefault(row["crs"], []).append(row["topic"])
    return {crs: codes[0] for crs, codes in found.items() if len(codes) == 1}


def flows(records: Iterable[tuple[int, Record]], name: str, options: Options) -> Iterator[Outcome]:
    """Read a file of one line a flow. Raises Refused when it lacks a column that no flow can do without.

    Records of JSON need not all have the same keys: each is read by its own.
    """
    reader: _Reader | None = None
    for line, record in records:
        if reader is None:
            reader = _Reader(layout(name), record, options)
            if reader.missing:
                advice = _("The first row names the columns.")
                raise Refused(f"{reader.missing} {advice}")
        elif reader.header != record.keys() and not _too_wide(record):
            reader = _Reader(layout(name), record, options)
        yield from reader.read(line, record)
    if reader is None:
        raise Refused(_("The file holds no records."))


def _too_wide(record: Record) -> bool:
    """Whether a line has more cells than the file has columns."""
    return isinstance(record.get(""), list)


class _Reader:
    def __init__(self, layout: Layout, record: Record, options: Options) -> None:
        self.layout, self.options, self.header = layout, options, frozenset(record)
        known = {folded(str(name)): str(name) for name in record}
        self.at = {
            what: next((known[one] for one in names if one in known), "") for what, names in layout.columns.items()
        }
        self.amounts = [
            (column, amount)
            for amount in layout.amounts
            if (column := next((known[one] for one in amount.columns if one in known), ""))
        ]
        missing = [layout.columns[what][0] for what in ("provider", "recipient", "year") if not self.at[what]]
        missing += [layout.amounts[0].columns[0]] if not self.amounts else []
        self.missing = _("Columns are missing: %(names)s.") % {"names": ", ".join(missing)} if missing else ""

    def read(self, line: int, record: Record) -> Iterator[Outcome]:
        if self.missing:
            yield Problem(line, "", self.missing)
            return
        if _too_wide(record):
            yield Problem(
                line, "", _("The line has more cells than there are columns. Check its separators and quotation marks.")
            )
            return
        column = self.at["provider"]
        try:
            provider = provider_of(party(values.text(record.get(column))))
            column = self.at["recipient"]
            recipient = party(values.text(record.get(column)))
            column = self.at["year"]
            year = values.year(record.get(column))
        except values.Unclear as unclear:
            yield Problem(line, column, str(unclear))
            return
        apart = why_apart(provider, recipient)
        if not apart and not gives(provider):
            yield odd_provider(line, self.at["provider"], provider)
        elif not apart and recipient.kind == UNKNOWN:
            yield unknown_recipient(line, self.at["recipient"], recipient)
        else:
            yield from self._amounts(line, record, provider, recipient, year)

    def _amounts(self, line: int, record: Record, provider: Party, recipient: Party, year: int) -> Iterator[Outcome]:
        double = why_apart(provider, recipient)
        for column, amount in self.amounts:
            try:
                value = values.number(record.get(column))
                if value is None:
                    continue
                whole = value * 10 ** self._multiplier(record)
                currency = self._currency(record, amount)
                prices = self._prices(record, amount)
                status = self._status(record, amount)
            except values.Unclear as unclear:
                yield Problem(line, column, str(unclear))
                continue
            apart = double or ("" if status else MEASURE)
            if apart:
                yield Apart(apart, provider.label, recipient.label, status, year, whole, currency, prices)
            else:
                flow = self._flow(record, provider, recipient, status, currency, prices, year, whole)
                yield Counted(flow, provider, recipient)

    def _flow(
        self,
        record: Record,
        provider: Party,
        recipient: Party,
        status: str,
        currency: str,
        prices: str,
        year: int,
        whole: float,
    ) -> Flow:
        sector = self._code(record, "sector")
        return Flow(
            provider=provider.code,
            recipient=recipient.code,
            region=recipient.region,
            sector=sector,
            topic=topics().get(sector, ""),
            modality=self._code(record, "modality").upper(),
            source=self.layout.source,
            status=status,
            currency=currency,
            price_base=prices,
            year=year,
            value=whole,
            count=1.0,
        )

    def _cell(self, record: Record, what: str) -> str:
        column = self.at.get(what, "")
        return values.text(record.get(column)) if column else ""

    def _code(self, record: Record, what: str) -> str:
        column = self.at.get(what, "")
        return values.code(record.get(column)) if column else ""

    def _multiplier(self, record: Record) -> int:
        if self.options.multiplier is not None:
            return self.options.multiplier
        written = self._cell(record, "multiplier")
        if not written:
            return self.layout.multiplier
        if written not in {str(power) for power in range(10)}:
            raise values.Unclear(_("The unit multiplier is a power of ten from 0 to 9, such as 6 for millions."))
        return int(written)

    def _currency(self, record: Record, amount: Amount) -> str:
        written = (self.options.currency or self._cell(record, "currency") or amount.currency).upper()
        if len(written) != 3 or not written.isascii() or not written.isalpha():
            raise values.Unclear(
                _("“%(text)s” is not a currency of three letters, such as USD.") % {"text": values.shown(written)}
            )
        return written

    def _prices(self, record: Record, amount: Amount) -> str:
        """What was said when the file was loaded holds for what is not in the prices of its own year."""
        if amount.prices == CURRENT or self._cell(record, "prices").casefold().startswith("current"):
            return CURRENT
        if self.options.prices:
            return self.options.prices
        if amount.prices:
            return amount.prices
        base = self._cell(record, "base_year")
        if base:
            return str(values.year(base))
        return UNSTATED

    def _status(self, record: Record, amount: Amount) -> str:
        """Commitment or disbursement; "" for another measure."""
        return amount.status or MEASURES.get(self._cell(record, "status").casefold(), "")
