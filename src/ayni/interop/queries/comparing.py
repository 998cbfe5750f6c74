"""What becomes of the records of a file beside what stands: new, changed, unchanged or failed. The import and its dry run
ask the same."""

from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ayni.iati.findings import Finding, Severity
from ayni.iati.model import Activity
from ayni.iati.organisation import Organisation
from ayni.iati.read import Read
from ayni.interop.formats.facts import LONGEST_IDENTIFIER, LONGEST_REFERENCE, is_of_sector, publisher_of
from ayni.interop.formats.organisation_facts import OrganisationFacts
from ayni.interop.formats.ready import Ready, ready_of
from ayni.interop.models import ReportedActivity, ReportedOrganisation

Record = Activity | Organisation
Standing = ReportedActivity | ReportedOrganisation
Key = tuple[str, str]
# What is said of activities, and how it is said of organisations.
OF_ORGANISATIONS = {"no-identifier": "no-organisation-identifier", "no-reporter": "no-organisation-reporter"}


class Fate(StrEnum):
    """What becomes of a record of a file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    # An activity that is not of the sectors that were asked for.
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Compared:
    """A record of a file, and what stands under its name (None: nothing). `key` is its publisher and its identifier.

    `ready` are its rows, `record` the value they were read from, where that is still wanted.
    """

    fate: Fate
    position: int
    line: int
    findings: tuple[Finding, ...] = ()
    record: Record | None = None
    key: Key = ("", "")
    publisher_name: str = ""
    ready: Ready | None = None
    stands: Standing | None = None


def compare(reads: Sequence[Read], *, sector: str = "", met: MutableMapping[Key, int] | None = None) -> list[Compared]:
    """What becomes of each of `reads`, in their order. One query. `met` remembers {key: position} from one call to the next."""
    return fates([named(read, sector) for read in reads], met=met)


def fates(
    known: Sequence[Compared], *, file: int | None = None, met: MutableMapping[Key, int] | None = None
) -> list[Compared]:
    """What becomes of what has been named, in its order. One query.

    `file` is the number of the file that they are of, when it is kept: a record that it has named before is known by that.
    Without, `met` remembers {key: position} from one call to the next.
    """
    met = {} if met is None else met
    standing = _standing([one for one in known if one.ready is not None])
    return [_fate(one, standing.get(one.key), file, met) if one.ready is not None else one for one in known]


def named(read: Read, sector: str = "") -> Compared:
    """Whose it is and what it is called, with its rows; failed where either is missing. Needs no database."""
    record = read.record
    if record is None:
        return Compared(Fate.FAILED if read.position else Fate.PASSED, read.position, read.line, read.findings)
    if sector and isinstance(record, Activity) and not is_of_sector(record, sector):
        return Compared(Fate.PASSED, read.position, read.line)
    publisher, name = publisher_of(record)
    identifier = record.identifier.strip()
    fault = _fault(publisher, identifier)
    if fault:
        found = _finding(read, identifier[:LONGEST_IDENTIFIER], fault, isinstance(record, Organisation))
        return Compared(Fate.FAILED, read.position, read.line, (*read.findings, found))
    key = (publisher, identifier)
    return Compared(
        Fate.NEW, read.position, read.line, read.findings, record, key, name, ready_of(record, read.generated)
    )


def _fault(publisher: str, identifier: str) -> str:
    """The key of what is wrong with a name, "" for nothing."""
    if not identifier:
        return "no-identifier"
    if not publisher:
        return "no-reporter"
    return "long-name" if len(identifier) > LONGEST_IDENTIFIER or len(publisher) > LONGEST_REFERENCE else ""


def _fate(one: Compared, stands: Standing | None, file: int | None, met: MutableMapping[Key, int]) -> Compared:
    first = met.setdefault(one.key, one.position)
    if file is not None and stands is not None and stands.last_file_id == file:
        first = min(first, stands.number)
    if first < one.position:
        return _stays_out(one, "twice")
    if stands is None or one.ready is None:
        return replace(one, fate=Fate.NEW)
    if stands.digest == one.ready.digest:
        return replace(one, fate=Fate.UNCHANGED, stands=stands)
    touched = one.ready.facts.columns["updated_at"]
    if touched and stands.updated_at and touched < stands.updated_at:
        return _stays_out(one, "older")
    return replace(one, fate=Fate.CHANGED, stands=stands)


def _stays_out(one: Compared, fault: str) -> Compared:
    found = _finding(Read(None, one.position, one.line), one.key[1], fault, _of_organisation(one))
    return Compared(Fate.FAILED, one.position, one.line, (*one.findings, found), None, one.key)


def _of_organisation(one: Compared) -> bool:
    return one.ready is not None and isinstance(one.ready.facts, OrganisationFacts)


def _standing(known: Sequence[Compared]) -> dict[Key, Standing]:
    """What stands under the names of `known`, which are of one file and so of one kind."""
    if not known:
        return {}
    publishers, identifiers = {one.key[0] for one in known}, {one.key[1] for one in known}
    wanted = {"publisher__in": publishers, "identifier__in": identifiers}
    rows: Iterable[Standing] = (
        ReportedOrganisation.objects.filter(**wanted).defer("content", "words", "names")
        if _of_organisation(known[0])
        else ReportedActivity.objects.filter(**wanted).defer("content", "words", "titles", "descriptions")
    )
    return {(one.publisher, one.identifier): one for one in rows}


def _finding(read: Read, identifier: str, key: str, organisation: bool) -> Finding:
    record = "/iati-activities/iati-activity"
    if organisation:
        record, key = "/iati-organisations/iati-organisation", OF_ORGANISATIONS.get(key, key)
    return Finding(Severity.READ, identifier, f"{record}[{read.position}]", read.line, key)
