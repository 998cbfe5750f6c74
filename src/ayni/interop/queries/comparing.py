"""What becomes of the activities of a file beside what stands: new, changed, unchanged or failed. The import and its dry run
ask the same."""

from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ayni.iati.findings import Finding, Severity
from ayni.iati.model import Activity
from ayni.iati.read import Read
from ayni.interop.formats.facts import LONGEST_IDENTIFIER, LONGEST_REFERENCE, is_of_sector, publisher_of
from ayni.interop.formats.ready import Ready, ready_of
from ayni.interop.models import ReportedActivity

Key = tuple[str, str]


class Fate(StrEnum):
    """What becomes of an activity of a file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    # Not of the sectors that were asked for, or no activity at all.
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Compared:
    """An activity of a file, and what stands under its name (None: nothing). `key` is its publisher and its identifier.

    `ready` are its rows, `activity` the value they were read from, where that is still wanted.
    """

    fate: Fate
    position: int
    line: int
    findings: tuple[Finding, ...] = ()
    activity: Activity | None = None
    key: Key = ("", "")
    publisher_name: str = ""
    ready: Ready | None = None
    stands: ReportedActivity | None = None


def compare(reads: Sequence[Read], *, sector: str = "", met: MutableMapping[Key, int] | None = None) -> list[Compared]:
    """What becomes of each of `reads`, in their order. One query. `met` remembers {key: position} from one call to the next."""
    return fates([named(read, sector) for read in reads], met=met)


def fates(
    known: Sequence[Compared], *, file: int | None = None, met: MutableMapping[Key, int] | None = None
) -> list[Compared]:
    """What becomes of what has been named, in its order. One query.

    `file` is the number of the file that they are of, when it is kept: an activity that it has named before is known by that.
    Without, `met` remembers {key: position} from one call to the next.
    """
    met = {} if met is None else met
    standing = _standing(one.key for one in known if one.ready is not None)
    return [_fate(one, standing.get(one.key), file, met) if one.ready is not None else one for one in known]


def named(read: Read, sector: str = "") -> Compared:
    """Whose it is and what it is called, with its rows; failed where either is missing. Needs no database."""
    activity = read.record if isinstance(read.record, Activity) else None
    if activity is None:
        fate = Fate.FAILED if read.record is None and read.position else Fate.PASSED
        return Compared(fate, read.position, read.line, read.findings)
    if sector and not is_of_sector(activity, sector):
        return Compared(Fate.PASSED, read.position, read.line)
    publisher, name = publisher_of(activity)
    identifier = activity.identifier.strip()
    fault = _fault(publisher, identifier)
    if fault:
        found = _finding(read, identifier[:LONGEST_IDENTIFIER], fault)
        return Compared(Fate.FAILED, read.position, read.line, (*read.findings, found))
    key = (publisher, identifier)
    return Compared(Fate.NEW, read.position, read.line, read.findings, activity, key, name, ready_of(activity))


def _fault(publisher: str, identifier: str) -> str:
    """The key of what is wrong with a name, "" for nothing."""
    if not identifier:
        return "no-identifier"
    if not publisher:
        return "no-reporter"
    return "long-name" if len(identifier) > LONGEST_IDENTIFIER or len(publisher) > LONGEST_REFERENCE else ""


def _fate(one: Compared, stands: ReportedActivity | None, file: int | None, met: MutableMapping[Key, int]) -> Compared:
    first = met.setdefault(one.key, one.position)
    if file is not None and stands is not None and stands.last_file_id == file:
        first = min(first, stands.number)
    if first < one.position:
        found = _finding(Read(None, one.position, one.line), one.key[1], "twice")
        return Compared(Fate.FAILED, one.position, one.line, (*one.findings, found), None, one.key)
    if stands is None or one.ready is None:
        return replace(one, fate=Fate.NEW)
    if stands.digest == one.ready.digest:
        return replace(one, fate=Fate.UNCHANGED, stands=stands)
    touched = one.ready.facts.columns["updated_at"]
    if touched and stands.updated_at and touched < stands.updated_at:
        found = _finding(Read(None, one.position, one.line), one.key[1], "older")
        return Compared(Fate.FAILED, one.position, one.line, (*one.findings, found), None, one.key)
    return replace(one, fate=Fate.CHANGED, stands=stands)


def _standing(keys: Iterable[Key]) -> dict[Key, ReportedActivity]:
    wanted = set(keys)
    rows = ReportedActivity.objects.filter(
        publisher__in={publisher for publisher, _identifier in wanted},
        identifier__in={identifier for _publisher, identifier in wanted},
    ).defer("content", "words", "titles", "descriptions")
    return {(one.publisher, one.identifier): one for one in rows} if wanted else {}


def _finding(read: Read, identifier: str, key: str) -> Finding:
    path = f"/iati-activities/iati-activity[{read.position}]"
    return Finding(Severity.READ, identifier, path, read.line, key)
