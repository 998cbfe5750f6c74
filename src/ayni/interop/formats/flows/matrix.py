"""DAC2a as a matrix: a line for each recipient, a column for each provider, one number where they meet; sums among both.

The sums are kept apart and held against their parts, so that whoever loads the file sees that nothing was lost or counted twice.
"""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from ayni.analytics.schema import UNSTATED, Flow
from ayni.common.errors import Refused
from ayni.interop.formats.flows import values
from ayni.interop.formats.flows.options import Options
from ayni.interop.formats.flows.outcome import (
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

SOURCE, STATUS, MILLIONS = "dac2a", "disbursement", 6
RECIPIENT = "recipient"
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
# A column that some editions of the table have beside the names, and that never holds anything.
EMPTY = frozenset(("", "fakecolumn"))


def flows(lines: Iterable[tuple[int, list[str]]], options: Options) -> Iterator[Outcome]:
    """Read a matrix. Raises Refused for another table, and where neither the reader nor the file's name says the year."""
    iterator = iter(lines)
    _line, header = next(iterator, (0, []))
    if not header or header[0].strip().casefold() != RECIPIENT:
        raise Refused(_("The first column of a DAC2a table is “Recipient”, and the others are providers."))
    year = _year(options)
    providers = [(place, provider_of(party(name))) for place, name in enumerate(header) if _names(place, name)]
    for line, cells in iterator:
        yield from _row(line, cells, providers, len(header), year, options)


def _names(place: int, name: str) -> bool:
    return place > 0 and name.strip().casefold() not in EMPTY


def _year(options: Options) -> int:
    if options.year is not None:
        return options.year
    found = YEAR.findall(options.file_name)
    if len(set(found)) != 1:
        raise Refused(_("A DAC2a table does not say its year. Name it with --year."))
    return int(found[0])


def _row(
    line: int, cells: list[str], providers: list[tuple[int, Party]], width: int, year: int, options: Options
) -> Iterator[Outcome]:
    recipient = party(values.text(cells[0]))
    if len(cells) > width and any(cells[width:]):
        yield Problem(
            line, "", _("The line has more cells than there are columns. Check its separators and quotation marks.")
        )
    elif recipient.kind == UNKNOWN:
        yield unknown_recipient(line, RECIPIENT, recipient)
    else:
        for place, provider in providers:
            if place < len(cells) and cells[place].strip():
                outcome = _cell(line, cells[place], provider, recipient, year, options)
                if outcome is not None:
                    yield outcome


def _cell(line: int, cell: str, provider: Party, recipient: Party, year: int, options: Options) -> Outcome | None:
    try:
        value = values.number(cell)
    except values.Unclear as unclear:
        return Problem(line, provider.label, str(unclear))
    if value is None:
        return None
    whole = value * 10 ** (MILLIONS if options.multiplier is None else options.multiplier)
    currency, prices = options.currency or "USD", options.prices or UNSTATED
    apart = why_apart(provider, recipient)
    if apart:
        return Apart(apart, provider.label, recipient.label, STATUS, year, whole, currency, prices)
    if not gives(provider):
        return odd_provider(line, provider.label, provider)
    flow = Flow(
        provider.code, recipient.code, recipient.region, "", "", "", SOURCE, STATUS, currency, prices, year, whole, 1.0
    )
    return Counted(flow, provider, recipient)
