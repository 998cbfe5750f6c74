"""What a line of a file of flows comes to: rows that count, rows kept apart, or what is wrong with it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ayni.analytics.schema import Flow
from ayni.interop.formats.flows.parties import AGGREGATE, ORGANISATION, REGION, UNKNOWN, Party, organisation

# Why a row is kept apart and not counted.
SUM, CONTRIBUTION, MEASURE = "aggregate", "contribution", "measure"


@dataclass(frozen=True, slots=True)
class Counted:
    """A row that counts, with its two parties (their names are shown)."""

    flow: Flow
    provider: Party
    recipient: Party


@dataclass(frozen=True, slots=True)
class Apart:
    """A row that would be counted twice: a sum of others, a core contribution to an organisation that itself reports what it gives, or
    the same money by another measure (`status` ""), such as its grant equivalent."""

    why: str
    provider: str
    recipient: str
    status: str
    year: int
    value: float
    currency: str
    price_base: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that is left out: where, and a translated sentence with what to do."""

    line: int
    column: str
    message: str


Outcome = Counted | Apart | Problem


def provider_of(party: Party) -> Party:
    """Whoever is no country, region or aggregate gives as an organisation."""
    return organisation(party.label) if party.kind == UNKNOWN and party.label else party


def why_apart(provider: Party, recipient: Party) -> str:
    """Why a row of these two does not count; "" where it does."""
    if AGGREGATE in (provider.kind, recipient.kind):
        return SUM
    return CONTRIBUTION if recipient.kind == ORGANISATION else ""


def unknown_recipient(line: int, column: str, party: Party) -> Problem:
    """The recipient's name is known to no list."""
    if not party.label:
        return Problem(line, column, _("The recipient is missing."))
    message = _(
        "“%(name)s” is no country or region that is known. Correct the name, or add it to data/flows/parties.csv."
    )
    return Problem(line, column, message % {"name": party.label[:80]})


def odd_provider(line: int, column: str, party: Party) -> Problem:
    """Nobody gives, or a region does."""
    if not party.label:
        return Problem(line, column, _("The provider is missing."))
    return Problem(line, column, _("“%(name)s” is a region and gives nothing itself.") % {"name": party.label[:80]})


def gives(party: Party) -> bool:
    """Whether a party can be a provider."""
    return bool(party.label) and party.kind not in (REGION, UNKNOWN)
