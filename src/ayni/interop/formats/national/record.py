"""A row of a national file becomes an activity as the standard has it; what the standard has no place for is kept as legacy data.

Countries by role, the country's own codes and quantities stand in `legacy` under names that begin with "ayni:", each as the
reporter wrote it: nothing of a row that the profile maps is lost, and the crosswalk may change later without loading it again.
"""

from collections.abc import Iterator
from datetime import date

from ayni.iati.model import Activity, ActivityDate, Description, LegacyData
from ayni.iati.parts import Reporter, Sector
from ayni.iati.reporting import OtherIdentifier
from ayni.iati.shape import Texts
from ayni.interop.formats.national.cells import Cells
from ayni.interop.formats.national.money import number, transactions
from ayni.interop.formats.national.profile import CROSSED, REQUIRED, Common, key_of
from ayni.interop.formats.national.said import BACKWARDS, LONG, MISSING, NO_CLASS, NO_DAY, NO_STATUS
from ayni.interop.formats.national.sides import COUNTERPARTS, LEGACY, Sides, institutions
from ayni.interop.formats.national.values import parts_of, span_of, text_of

LONGEST = {Common.IDENTIFIER: 150, Common.COUNTERPART_IDENTIFIER: 150, Common.TITLE: 1_000, Common.DESCRIPTION: 20_000}
STATUSES = frozenset("123456")
# What IATI calls the ways in which two countries may work together, where it has a word.
COLLABORATION = {"horizontal": "1", "vertical": "1", "triangular": "8"}
# The vocabulary of the OECD's purpose codes, and that of codes which are the reporter's own.
OECD, OWN = "1", "99"


def record_of(cells: Cells) -> Activity | None:
    """The activity that a row gives, None when the row stays out; `cells.findings` say what is wrong."""
    cells.identifier = cells.text(Common.IDENTIFIER)[: LONGEST[Common.IDENTIFIER]]
    _check(cells)
    start, end = _day(cells, Common.START, 0), _day(cells, Common.END, 1)
    if start and end and end < start:
        cells.tell_of_row(BACKWARDS, start=start.isoformat(), end=end.isoformat())
    sides, status, codes = Sides(cells), _status(cells), tuple(_codes(cells))
    profile = cells.profile
    types, sectors = (
        tuple(one for one in codes if one.name == f"{LEGACY}{field}") for field in (Common.TYPE, Common.SECTOR)
    )
    activity = Activity(
        version="",
        language=profile.language,
        currency=profile.currency,
        identifier=f"{profile.reporter.ref}-{cells.identifier}",
        reporter=Reporter(profile.reporter.ref, profile.reporter.type, names=tuple(profile.reporter.name.items())),
        titles=_texts(cells, Common.TITLE),
        descriptions=tuple(Description("1", texts) for texts in [_texts(cells, Common.DESCRIPTION)] if texts),
        participants=tuple(institutions(cells, sides.own)),
        other_identifiers=_others(cells),
        status=status,
        dates=tuple(_dates(start, end, status)),
        countries=sides.recipients(),
        sectors=tuple(_sectors(cells, sectors)),
        collaboration_type=next((_collaboration(cells, one) for one in types), ""),
        transactions=tuple(transactions(cells, start)),
        legacy=(*sides.legacy(), *codes, *_quantities(cells)),
    )
    return None if cells.refused else activity


def _check(cells: Cells) -> None:
    for field, most in LONGEST.items():
        held = list(cells.held(field))
        if field in REQUIRED and not held:
            cells.tell(MISSING, cells.profile.of(field)[0])
        for source, value in held:
            if len(text_of(value)) > most:
                cells.tell(LONG, source, most=most)


def _texts(cells: Cells, field: Common) -> Texts:
    return tuple((source.language or cells.profile.language, text_of(value)) for source, value in cells.held(field))


def _others(cells: Cells) -> tuple[OtherIdentifier, ...]:
    """The reporter's own number, and the numbers that the record has with its counterparts."""
    own = OtherIdentifier(cells.identifier, "A1")
    theirs = (
        OtherIdentifier(part, COUNTERPARTS)
        for _source, value in cells.held(Common.COUNTERPART_IDENTIFIER)
        for part in parts_of(text_of(value), cells.profile.separator)
    )
    return (own, *theirs)


def _day(cells: Cells, field: Common, side: int) -> date | None:
    for source, value in cells.held(field):
        try:
            return span_of(value, cells.profile.dates)[side]
        except ValueError:
            cells.tell(NO_DAY, source, value=text_of(value), forms=", ".join(cells.profile.dates))
    return None


def _dates(start: date | None, end: date | None, status: str) -> Iterator[ActivityDate]:
    """What has not come yet is planned: a begin of what is being identified, an end of what is not over."""
    if start:
        yield ActivityDate("1" if status == "1" else "2", start)
    if end:
        yield ActivityDate("4" if status in ("3", "4") else "3", end)


def _status(cells: Cells) -> str:
    for source, value in cells.held(Common.STATUS):
        written = text_of(value)
        ours = cells.profile.code("status", written) or written
        if ours in STATUSES:
            return ours
        cells.tell(NO_STATUS, source, value=written)
    return ""


def _codes(cells: Cells) -> Iterator[LegacyData]:
    """The country's own codes, each once, and the state as it is written."""
    met = set()
    for field in (*CROSSED, Common.STATUS):
        for source, value in cells.held(field):
            separator = "" if field == Common.STATUS else cells.profile.separator
            for written in parts_of(text_of(value), separator):
                if (field, key_of(written)) in met:
                    continue
                met.add((field, key_of(written)))
                if field in CROSSED and (field, key_of(written)) not in cells.classes:
                    cells.tell(NO_CLASS, source, value=written)
                yield LegacyData(f"{LEGACY}{field}", written[:250])


def _sectors(cells: Cells, codes: tuple[LegacyData, ...]) -> Iterator[Sector]:
    """The purpose codes to which the crosswalk leads, then the country's own."""
    known = (cells.classes.get((Common.SECTOR, key_of(one.value))) for one in codes)
    for code in dict.fromkeys(one.crs for one in known if one is not None and one.crs):
        yield Sector(OECD, code=code)
    for one in codes:
        yield Sector(OWN, code=one.value[:60], names=((cells.profile.language, one.value),))


def _collaboration(cells: Cells, one: LegacyData) -> str:
    found = cells.classes.get((Common.TYPE, key_of(one.value)))
    return COLLABORATION.get(found.code, "") if found else ""


def _quantities(cells: Cells) -> Iterator[LegacyData]:
    for source, value in cells.held(Common.QUANTITY):
        amount = number(cells, source, value)
        if amount is not None:
            yield LegacyData(f"{LEGACY}quantity {source.option or source.column}".strip(), format(amount, "f"))
