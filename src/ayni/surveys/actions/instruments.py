"""Instruments: a version is made from a spec, edited while it is a draft, and published for rounds to use."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record
from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import EDIT_INSTRUMENTS, require
from ayni.common.reference import document
from ayni.surveys.actions.instrument_rows import write_questions
from ayni.surveys.formats.spec import InstrumentSpec
from ayni.surveys.formats.spec_checks import SpecError
from ayni.surveys.formats.spec_edit import digest
from ayni.surveys.formats.spec_json import instrument_from_json, instrument_to_json, question_to_json
from ayni.surveys.models import Instrument, InstrumentVersion, VersionStatus
from ayni.surveys.queries.instruments import settled, spec_of

SHIPPED = ("instruments/oas13.json", "instruments/opinion.json")


@transaction.atomic
def load_instruments(*, by: Any) -> int:
    """Add and publish the instruments that ship with Ayni, unless they are there. Returns how many were added."""
    specs = [instrument_from_json(document(name)) for name in SHIPPED]
    missing = [spec for spec in specs if not Instrument.objects.filter(code=spec.code).exists()]
    for spec in missing:
        publish_version(by=by, version=add_version(by=by, spec=spec))
    return len(missing)


@transaction.atomic
def add_version(*, by: Any, spec: InstrumentSpec) -> InstrumentVersion:
    """A new draft version of the instrument `spec.code`, which is made when there is none.

    Lists of choices that `spec` keeps itself become vocabularies where none in force has their options. Raises Refused when a
    question names a list that is neither kept nor a vocabulary in force, or while another version is still a draft.
    """
    _require(by)
    try:
        spec, _findings = settled(spec)
    except SpecError as error:
        raise Refused(str(error)) from error
    instrument, _new = Instrument.objects.get_or_create(code=spec.code, defaults={"title": dict(spec.title)})
    if instrument.versions.filter(status=VersionStatus.DRAFT).exists():
        raise Refused(_("%(instrument)s has a draft already: publish or delete it first.") % {"instrument": instrument})
    latest = instrument.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = InstrumentVersion.objects.create(
        instrument=instrument,
        number=latest + 1,
        introduction=dict(spec.introduction),
        default_language=spec.default_language,
        source=spec.source,
    )
    write_questions(version, spec)
    record(
        by=by,
        verb="instrument version added",
        on=version,
        after={"instrument": spec.code, "number": version.number, "questions": [q.code for q in spec.questions()]},
    )
    return version


@transaction.atomic
def publish_version(*, by: Any, version: InstrumentVersion) -> InstrumentVersion:
    """Let rounds use a draft version; the version published before is retired. Raises Refused unless it is a draft."""
    _require(by)
    version = InstrumentVersion.objects.select_for_update().get(pk=version.pk)
    if version.status != VersionStatus.DRAFT:
        raise Refused(_("%(version)s is already published.") % {"version": version})
    if not version.questions.exists():
        raise Refused(_("%(version)s has no questions yet: add some before publishing it.") % {"version": version})
    InstrumentVersion.objects.filter(instrument=version.instrument, status=VersionStatus.PUBLISHED).update(
        status=VersionStatus.RETIRED
    )
    version.status = VersionStatus.PUBLISHED
    version.published_on = timezone.localdate()
    version.save(update_fields=["status", "published_on"])
    record(by=by, verb="instrument version published", on=version, after={"status": version.status})
    return version


@transaction.atomic
def change_version(*, by: Any, version: InstrumentVersion, spec: InstrumentSpec, seen: str) -> InstrumentVersion:
    """A draft becomes what `spec` says. Its code and number stay, and its title where other versions bear it.

    `seen` is the `digest` of the draft that the person had before them. Raises Conflict when it has changed since, Refused when it
    is no draft or a list is missing.
    """
    version = _locked_draft(by, version)
    before = spec_of(version)
    if digest(before) != seen:
        raise Conflict(
            _("Somebody else changed the draft in the meantime. Look at it as it is now and change it again.")
        )
    try:
        after, _findings = settled(spec)
    except SpecError as error:
        raise Refused(str(error)) from error
    version.sections.all().delete()
    write_questions(version, after)
    version.introduction, version.source = dict(after.introduction), after.source
    version.default_language = after.default_language
    version.save(update_fields=["introduction", "source", "default_language"])
    if version.instrument.versions.count() == 1:
        version.instrument.title = dict(after.title)
        version.instrument.save(update_fields=["title"])
    record(by=by, verb="instrument changed", on=version, before=_parts(before), after=_parts(after), public=False)
    return version


@transaction.atomic
def retire_version(*, by: Any, version: InstrumentVersion) -> InstrumentVersion:
    """Let no new round use a published version. Raises Refused unless it is published."""
    _require(by)
    version = InstrumentVersion.objects.select_for_update().get(pk=version.pk)
    if version.status != VersionStatus.PUBLISHED:
        raise Refused(_("Only a published version can be retired."))
    version.status = VersionStatus.RETIRED
    version.save(update_fields=["status"])
    record(by=by, verb="instrument version retired", on=version, after={"status": version.status})
    return version


@transaction.atomic
def delete_version(*, by: Any, version: InstrumentVersion) -> None:
    """Throw a draft away, and its instrument when it was the only version. Raises Refused when a round is being prepared with it."""
    version = _locked_draft(by, version)
    if version.rounds.exists():
        raise Refused(_("A round uses this draft: give that round another version first."))
    instrument = version.instrument
    before = {"instrument": instrument.code, "number": version.number}
    record(by=by, verb="instrument draft deleted", on=version, before=before, public=False)
    version.delete()
    if not instrument.versions.exists():
        instrument.delete()


def _locked_draft(by: Any, version: InstrumentVersion) -> InstrumentVersion:
    _require(by)
    version = InstrumentVersion.objects.select_for_update(of=("self",)).select_related("instrument").get(pk=version.pk)
    if version.status != VersionStatus.DRAFT:
        raise Refused(_("This version is published and no longer changes. Make a new version and change that."))
    return version


def _parts(spec: InstrumentSpec) -> dict[str, Any]:
    """The instrument part by part, so that the record keeps only those that changed."""
    whole = {
        key: value for key, value in instrument_to_json(spec).items() if key not in ("sections", "lists", "version")
    }
    sections = {
        f"section {section.code}": {
            "title": dict(section.title),
            "questions": [asked.code for asked in section.questions],
        }
        for section in spec.sections
    }
    return whole | sections | {f"question {asked.code}": question_to_json(asked) for asked in spec.questions()}


def _require(by: Any) -> None:
    if by is not None:
        require(by, EDIT_INSTRUMENTS)
