"""What an XLSForm workbook would make here: the dry run of its import."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ayni.common.workbooks.findings import Finding, errors, in_reading_order
from ayni.surveys.formats.spec import InstrumentSpec
from ayni.surveys.formats.spec_checks import SpecError
from ayni.surveys.formats.spec_diff import DiffRow, counts, differences
from ayni.surveys.formats.xlsform_read import read_xlsform
from ayni.surveys.models import Instrument, InstrumentVersion, VersionStatus
from ayni.surveys.queries.instruments import settled, spec_of


@dataclass(frozen=True)
class Proposal:
    """`spec` is None when the workbook is refused; the findings say why. `latest` is the version it would follow, if any."""

    spec: InstrumentSpec | None
    findings: tuple[Finding, ...]
    latest: InstrumentVersion | None = None
    number: int = 1
    rows: tuple[DiffRow, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many parts are new, changed, unchanged or removed."""
        return counts(list(self.rows))


def proposal(data: bytes, *, name: str, language: str) -> Proposal:
    """Read a workbook and compare it with what stands. Never raises for what is in the file."""
    reading = read_xlsform(data, name=name, language=language)
    if reading.instrument is None:
        return Proposal(None, reading.findings)
    try:
        spec, more = settled(reading.instrument)
    except SpecError as error:
        return Proposal(None, (Finding(str(error)), *reading.findings))
    latest = _latest(spec.code)
    if latest is not None and latest.status == VersionStatus.DRAFT:
        message = _("“%(code)s” has a draft already, version %(number)d. Publish or delete it, then import again.")
        more.append(Finding(message % {"code": spec.code, "number": latest.number}))
    findings = in_reading_order([*reading.findings, *more])
    if errors(findings):
        return Proposal(None, findings)
    before = spec_of(latest) if latest else None
    number = latest.number + 1 if latest else 1
    return Proposal(spec, findings, latest, number, tuple(differences(before, spec)))


def _latest(code: str) -> InstrumentVersion | None:
    instrument = Instrument.objects.filter(code=code).first()
    return instrument.versions.select_related("instrument").order_by("-number").first() if instrument else None
