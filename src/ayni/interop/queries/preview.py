"""What a file would make of what stands, before anything is written: new, changed field by field, doubtful or wrong."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ayni.common.i18n import text_in
from ayni.common.sheets.lines import FieldChange
from ayni.iati.findings import Finding
from ayni.iati.model import Activity
from ayni.iati.organisation import Organisation
from ayni.iati.read import Read
from ayni.interop.formats.content import from_content, organisation_in
from ayni.interop.formats.facts import Facts, facts_of
from ayni.interop.formats.findings.telling import remedy, said
from ayni.interop.models import ReportedOrganisation
from ayni.interop.queries.comparing import Compared, Fate, Key, Record, Standing, compare
from ayni.interop.queries.organisations.fields import organisation_fields
from ayni.interop.queries.reading import Records, in_batches
from ayni.interop.queries.words import STATUS, coded
from ayni.interop.queries.words import said as worded

BATCH = 200
# Lines shown of each state; all are counted.
SHOWN = 100
FINDINGS_OF_A_LINE = 5


@dataclass(frozen=True, slots=True)
class Advice:
    """What is wrong, in which line of the file, and what to do."""

    severity: str
    text: str
    remedy: str
    line: int


@dataclass(frozen=True, slots=True)
class Line:
    """A record of the file. `state` is new, changed or refused; `doubtful` when it goes in though something is wrong."""

    line: int
    state: str
    identifier: str
    what: str
    changes: tuple[FieldChange, ...] = ()
    advice: tuple[Advice, ...] = ()
    more: int = 0

    @property
    def doubtful(self) -> bool:
        return self.state != "refused" and bool(self.advice)


@dataclass(frozen=True, slots=True)
class Preview:
    """`counts` of {new, changed, unchanged, refused, doubtful}; `digest` names what would be written."""

    lines: tuple[Line, ...]
    counts: Mapping[str, int]
    about_the_file: tuple[Advice, ...]
    digest: str

    @property
    def writes(self) -> int:
        """How many records would be added or changed."""
        return self.counts["new"] + self.counts["changed"]


STATES = {Fate.NEW: "new", Fate.CHANGED: "changed", Fate.UNCHANGED: "unchanged", Fate.FAILED: "refused"}


def preview(
    source: Path | bytes, *, sector: str = "", found: Mapping[int, tuple[Finding, ...]] | None = None
) -> Preview:
    """What the file would change. One query for each 200 records, and one for those of them that change.

    `found` are findings of other judges by the position of the record, 0 for the file.
    """
    return preview_reads(Records(source), sector=sector, found=found)


class Reading(Protocol):
    """The records of a file in their order; what is to be said of the file as a whole once they are read."""

    findings: list[Finding]

    def __iter__(self) -> Iterator[Read]: ...


def preview_reads(
    reads: Reading, *, sector: str = "", found: Mapping[int, tuple[Finding, ...]] | None = None
) -> Preview:
    """The same of records that come from any file."""
    others = found or {}
    looking = _Looking(others)
    met: dict[Key, int] = {}
    for batch in in_batches(reads, BATCH):
        compared = compare(batch, sector=sector, met=met)
        looking.take(compared, _stood(compared))
    looking.about += [advice(one) for one in (*reads.findings, *others.get(0, ()))]
    return looking.preview()


class _Looking:
    """Counts, and the first lines of each state, as the batches go by."""

    def __init__(self, others: Mapping[int, tuple[Finding, ...]]) -> None:
        self._others = others
        self._lines: dict[str, list[Line]] = {state: [] for state in ("refused", "doubtful", "changed", "new")}
        self._counts = {"new": 0, "changed": 0, "unchanged": 0, "refused": 0, "doubtful": 0}
        self._written = hashlib.sha256()
        self.about: list[Advice] = []

    def take(self, compared: Iterable[Compared], stood: Mapping[int, Record]) -> None:
        for one in compared:
            if one.fate == Fate.PASSED:
                continue
            findings = (*one.findings, *self._others.get(one.position, ()))
            self._count(one, findings, stood)

    def preview(self) -> Preview:
        lines = sorted((line for kept in self._lines.values() for line in kept), key=lambda line: line.line)
        return Preview(tuple(lines), self._counts, tuple(self.about), self._written.hexdigest())

    def _count(self, one: Compared, findings: tuple[Finding, ...], stood: Mapping[int, Record]) -> None:
        state = STATES[one.fate]
        self._counts[state] += 1
        if one.fate in (Fate.NEW, Fate.CHANGED):
            self._written.update(
                f"{one.key}{one.stands.digest if one.stands else ''}{one.ready.digest if one.ready else ''}".encode()
            )
        doubtful = bool(findings) and state != "refused"
        self._counts["doubtful"] += doubtful
        kept = self._lines["doubtful" if doubtful else state] if doubtful or state != "unchanged" else None
        if kept is not None and len(kept) < SHOWN:
            kept.append(_line(one, state, findings, stood))


def _line(one: Compared, state: str, findings: tuple[Finding, ...], stood: Mapping[int, Record]) -> Line:
    identifier = one.key[1] or next((each.identifier for each in findings if each.identifier), "")
    changes: tuple[FieldChange, ...] = ()
    if one.fate == Fate.CHANGED and one.stands is not None and one.record is not None:
        changes = tuple(differences(stood[one.stands.pk], one.record))
    told = tuple(advice(each) for each in findings[:FINDINGS_OF_A_LINE])
    return Line(one.line, state, identifier, _title(one.record), changes, told, len(findings) - len(told))


def _title(record: Record | None) -> str:
    if record is None:
        return ""
    return text_in(dict(record.names if isinstance(record, Organisation) else record.titles))


def advice(one: Finding) -> Advice:
    """A finding in the language of the page."""
    return Advice(str(one.severity), said(one), remedy(one), one.line)


def differences(before: Record, after: Record) -> Iterator[FieldChange]:
    """Field by field, what a reader sees change; what has no name of its own is told in one line."""
    stood, comes = shown_fields(before), shown_fields(after)
    changed = [name for name in comes if stood.get(name, "") != comes[name]]
    changed += [name for name in stood if name not in comes]
    for name in changed:
        yield FieldChange(name, stood.get(name, ""), comes.get(name, ""))
    if not changed:
        yield FieldChange(_("Other details"), "", _("changed"))


def shown_fields(record: Record) -> dict[str, str]:
    """{name of a field: its value as a reader reads it}, for those that hold something."""
    told = organisation_fields(record) if isinstance(record, Organisation) else _activity_fields(record)
    return {name: value for name, value in told.items() if value}


def _activity_fields(activity: Activity) -> dict[str, Any]:
    facts = facts_of(activity)
    columns = facts.columns
    return {
        **{f"{_('Title')} ({language or '?'})": text for language, text in columns["titles"].items()},
        **{
            f"{_('Description')} ({language or '?'})": _short(text)
            for language, text in columns["descriptions"].items()
        },
        _("State"): worded(STATUS, columns["status"]) if columns["status"] else "",
        _("Begins"): date_format(columns["starts_on"]) if columns["starts_on"] else "",
        _("Ends"): date_format(columns["ends_on"]) if columns["ends_on"] else "",
        _("Places"): _shares(facts.places),
        _("Sectors"): _shares(facts.sectors),
        **coded(facts.codes),
        _("Who takes part"): ", ".join(one["name"] or one["ref"] for one in facts.parties),
        **_money(facts),
        _("Transactions"): str(len(activity.transactions) or ""),
        _("Results"): str(len(activity.results) or ""),
    }


def _money(facts: Facts) -> dict[str, str]:
    names = {"committed": _("Committed"), "spent": _("Spent")}
    return {
        f"{names[kind]} ({currency or '?'})": amount
        for currency, amounts in facts.columns["amounts"].items()
        for kind, amount in amounts.items()
    }


def _shares(rows: Iterable[Mapping[str, Any]]) -> str:
    return ", ".join(
        row["code"] + (f" {row['share'].normalize():f} %" if row["share"] is not None else "") for row in rows
    )


def _short(text: str) -> str:
    return text if len(text) <= 300 else text[:299] + "…"


def _stood(compared: Iterable[Compared]) -> dict[int, Record]:
    """{number: record} of what stands and would change, all of one kind."""
    changing = [one.stands for one in compared if one.fate == Fate.CHANGED and one.stands is not None]
    if not changing:
        return {}
    kind: type[Standing] = type(changing[0])
    read: Callable[[str], Record] = organisation_in if kind is ReportedOrganisation else from_content
    rows = kind._default_manager.filter(pk__in=[one.pk for one in changing]).values_list("pk", "content")
    return {pk: read(content) for pk, content in rows}
