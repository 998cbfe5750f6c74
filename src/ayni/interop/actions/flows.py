"""A file of flows goes in whole, or not at all; loading it again replaces its own rows and no others."""

import hashlib
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.analytics.schema import SCHEMA, Flow, table_of
from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.common.permissions import LOAD_FLOWS, require
from ayni.interop.formats.flows.formats import FORMATS
from ayni.interop.formats.flows.options import Options
from ayni.interop.formats.flows.outcome import Apart, Counted, Outcome, Problem
from ayni.interop.formats.flows.parties import ORGANISATION, REGION
from ayni.interop.models import FlowFile
from ayni.interop.queries.flows import FOLDER, path_of

BATCH = 100_000
MOST_PROBLEMS = 1_000
ABANDONED = 86_400
# The sum of a DAC table that all its parts together make.
WORLD = "all developing countries, total"
Progress = Callable[[int], None]
# Provider, year, status, currency, prices: only sums of one kind can be held against one another.
Sum = tuple[str, int, str, str, str]


@dataclass
class Report:
    """What a load came to. `sums` {basis: {rows, value}}; `apart` {why: rows}; `gaps` {provider, year, basis: what its own sum
    holds beyond its parts}; `organisations` the names taken as those of organisations; `names` {code: name} of what no list
    of countries names."""

    rows: int = 0
    sums: dict[str, dict[str, float]] = field(default_factory=dict)
    apart: Counter[str] = field(default_factory=Counter)
    problems: int = 0
    shown: list[dict[str, Any]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    organisations: set[str] = field(default_factory=set)
    given: dict[Sum, float] = field(default_factory=dict)
    told: dict[Sum, float] = field(default_factory=dict)

    def take(self, outcome: Outcome) -> Flow | None:
        """Count an outcome; the row where it is one that counts."""
        if isinstance(outcome, Counted):
            return self._counted(outcome)
        if isinstance(outcome, Apart):
            self._apart(outcome)
        else:
            self.problems += 1
            if len(self.shown) < MOST_PROBLEMS:
                self.shown.append(asdict(outcome))
        return None

    def _counted(self, outcome: Counted) -> Flow:
        flow = outcome.flow
        self.rows += 1
        basis = "/".join(part for part in (flow.status, flow.currency, flow.price_base) if part)
        sums = self.sums.setdefault(basis, {"rows": 0, "value": 0.0})
        sums["rows"] += 1
        sums["value"] += flow.value
        key = (outcome.provider.label, flow.year, flow.status, flow.currency, flow.price_base)
        self.given[key] = self.given.get(key, 0.0) + flow.value
        for party in (outcome.provider, outcome.recipient):
            if party.kind in (ORGANISATION, REGION) and party.label:
                self.names.setdefault(party.code, party.label)
        if outcome.provider.kind == ORGANISATION:
            self.organisations.add(outcome.provider.label)
        return flow

    def _apart(self, outcome: Apart) -> None:
        self.apart[outcome.why] += 1
        if outcome.recipient.casefold() == WORLD:
            key = (outcome.provider, outcome.year, outcome.status, outcome.currency, outcome.price_base)
            self.told[key] = self.told.get(key, 0.0) + outcome.value

    def gaps(self) -> dict[str, float]:
        """By more than a tenth of a percent, and more than rounding explains (0.01 in a million, a country)."""
        found = {key: self.told[key] - self.given[key] for key in self.told if key in self.given}
        wide = {key: gap for key, gap in sorted(found.items()) if abs(gap) > max(0.001 * abs(self.told[key]), 1e6)}
        return {", ".join(str(part) for part in key if part): gap for key, gap in wide.items()}

    def kept(self) -> dict[str, Any]:
        """As the table keeps it."""
        return {
            "sums": self.sums,
            "apart": dict(self.apart),
            "problems": self.shown,
            "gaps": self.gaps(),
            "organisations": sorted(self.organisations),
            "names": self.names,
        }


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was read through. `rows_file` lies under the uploads ("" where what is loaded stands as it is)."""

    name: str
    format: str
    checksum: str
    rows_file: str
    report: Report


@dataclass(frozen=True, slots=True)
class Loaded:
    """The file, and what the load did: new, changed or unchanged."""

    file: FlowFile
    state: str


def prepare_flows(
    *, path: Path, format: str, options: Options | None = None, progress: Progress = lambda _rows: None
) -> Prepared:
    """Read a file of flows and lay its rows down beside the others, where nobody sees them yet: `load_flows` puts them in force.

    Minutes for millions of rows, so no transaction is open meanwhile. Raises Refused for a format that is not known, a file that cannot
    be read through, and one in which no row counts. Lines that cannot be understood are left out and reported.
    """
    if format not in FORMATS:
        raise Refused(
            _("There is no format “%(format)s”. Choose one of %(known)s.")
            % {"format": format, "known": ", ".join(FORMATS)}
        )
    options = options or Options(file_name=path.name)
    checksum = _checksum(path, format, options)
    standing = FlowFile.objects.filter(format=format, name=path.name, checksum=checksum).first()
    if standing is not None and path_of(standing).exists():
        return Prepared(path.name, format, checksum, "", Report())
    report = Report()
    rows_file = f"{FOLDER}/{uuid.uuid4().hex}.parquet"
    _write(Path(settings.MEDIA_ROOT) / rows_file, FORMATS[format](path, options), report, progress)
    return Prepared(path.name, format, checksum, rows_file, report)


@transaction.atomic
def load_flows(*, by: Any, prepared: Prepared, fictional: bool = False) -> Loaded:
    """Put the rows of a prepared file in force, in the place of those of the same file. `by` None is the system (the command line).

    Raises Refused when the same file stands under another name, and when it was removed or replaced while it was read.
    """
    if by is not None:
        require(by, LOAD_FLOWS)
    standing = FlowFile.objects.select_for_update().filter(format=prepared.format, name=prepared.name).first()
    if not prepared.rows_file:
        if standing is None or standing.checksum != prepared.checksum:
            raise Refused(_("The file was removed or replaced meanwhile. Load it again."))
        return Loaded(standing, "unchanged")
    double = FlowFile.objects.filter(format=prepared.format, checksum=prepared.checksum).exclude(name=prepared.name)
    if (other := double.first()) is not None:
        raise Refused(
            _("The same file stands already, as “%(name)s”: its rows would count twice. Remove that one first.")
            % {"name": other.name}
        )
    report = prepared.report
    before, old = (snapshot(standing), path_of(standing)) if standing is not None else (None, None)
    file = standing or FlowFile(format=prepared.format, name=prepared.name)
    file.checksum, file.rows_file, file.fictional = prepared.checksum, prepared.rows_file, fictional
    file.rows, file.apart, file.problems = report.rows, sum(report.apart.values()), report.problems
    file.report, file.loaded_at, file.loaded_by = report.kept(), timezone.now(), by
    file.save()
    record(by=by, verb="flows loaded", on=file, before=_short(before), after=_short(snapshot(file)))
    if old is not None:
        transaction.on_commit(lambda: old.unlink(missing_ok=True))
    transaction.on_commit(_sweep)
    return Loaded(file, "changed" if standing is not None else "new")


@transaction.atomic
def remove_flows(*, by: Any, file: FlowFile) -> None:
    """Take a file and its rows out; the next snapshot is without them."""
    if by is not None:
        require(by, LOAD_FLOWS)
    path = path_of(file)
    record(by=by, verb="flows removed", on=file, before=_short(snapshot(file)))
    file.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def _checksum(path: Path, format: str, options: Options) -> str:
    """Of the file's bytes, and of what was said of it: the same file with another year is another load."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256")
    except OSError as error:
        raise Refused(
            _("%(file)s cannot be read: %(reason)s.") % {"file": path.name, "reason": error.strerror}
        ) from error
    said = (options.year, options.currency, options.prices, options.multiplier)
    if any(one is not None for one in said):
        found.update(repr((format, said)).encode())
    return found.hexdigest()


def _write(target: Path, outcomes: Iterable[Outcome], report: Report, progress: Progress) -> None:
    """The rows that count, batch after batch. Nothing is left of a file that is refused."""
    target.parent.mkdir(parents=True, exist_ok=True)
    batch: list[Flow] = []
    try:
        with pq.ParquetWriter(target, SCHEMA, compression="zstd") as writer:
            for outcome in outcomes:
                flow = report.take(outcome)
                if flow is not None:
                    batch.append(flow)
                if len(batch) == BATCH:
                    writer.write_table(table_of(batch))
                    batch.clear()
                    progress(report.rows)
            writer.write_table(table_of(batch))
        progress(report.rows)
        if not report.rows:
            raise Refused(_none_counts(report))
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _sweep() -> None:
    """Remove rows that a load laid down and never put in force, a day after."""
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    used = {Path(name).name for name in FlowFile.objects.values_list("rows_file", flat=True)}
    for path in folder.glob("*.parquet"):
        if path.name not in used and time.time() - path.stat().st_mtime > ABANDONED:
            path.unlink(missing_ok=True)


def _none_counts(report: Report) -> str:
    if not report.shown:
        return _("No row of the file counts. Nothing was loaded.")
    first = Problem(**report.shown[0])
    message = _("No row of the file counts. Line %(line)d: %(reason)s Nothing was loaded.")
    return message % {"line": first.line, "reason": first.message}


def _short(values: dict[str, Any] | None) -> dict[str, Any] | None:
    """The record keeps the counts; the lines are kept with the file."""
    return None if values is None else {name: value for name, value in values.items() if name != "report"}
