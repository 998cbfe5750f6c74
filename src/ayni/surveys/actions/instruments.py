"""Instruments: a version is made from a spec, edited while it is a draft, and published for rounds to use."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record
from ayni.common.errors import Refused
from ayni.common.permissions import EDIT_INSTRUMENTS, require
from ayni.common.reference import document
from ayni.directory.models import Concept, ConceptScheme, SchemeStatus
from ayni.surveys.formats.conditions import to_json
from ayni.surveys.formats.spec import ChoiceListSpec, InstrumentSpec, QuestionSpec, SectionSpec
from ayni.surveys.formats.spec_checks import SpecError
from ayni.surveys.formats.spec_json import instrument_from_json, options_to_json
from ayni.surveys.models import Instrument, InstrumentVersion, Question, Section, VersionStatus
from ayni.surveys.queries.instruments import settled

SHIPPED = ("instruments/oas13.json",)


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
    _write_questions(version, spec)
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


def _write_questions(version: InstrumentVersion, spec: InstrumentSpec) -> None:
    schemes = {code: _scheme(spec, code) for code in spec.lists_named()}
    position = 0
    for place, section in enumerate(spec.sections):
        standing = _section(version, section, place)
        for question in section.questions:
            _question(version, standing, question, schemes, position)
            position += 1


def _section(version: InstrumentVersion, section: SectionSpec, position: int) -> Section:
    return Section.objects.create(
        version=version,
        code=section.code,
        title=dict(section.title),
        condition=to_json(section.condition),
        position=position,
    )


def _question(
    version: InstrumentVersion,
    section: Section,
    question: QuestionSpec,
    schemes: Mapping[str, ConceptScheme],
    position: int,
) -> None:
    Question.objects.create(
        version=version,
        section=section,
        code=question.code,
        number=question.number,
        kind=question.kind.value,
        label=dict(question.label),
        help=dict(question.help),
        required=question.required,
        scheme=schemes[question.choices] if question.choices else None,
        condition=to_json(question.condition),
        options=options_to_json(question),
        position=position,
    )


def _scheme(spec: InstrumentSpec, code: str) -> ConceptScheme:
    """The vocabulary in force of this code; made from the instrument's own list where there is none."""
    standing = ConceptScheme.objects.filter(code=code, status=SchemeStatus.CURRENT).first()
    if standing is not None:
        return standing
    choices = spec.choice_list(code)
    if choices is None:
        raise Refused(
            _("The list “%(code)s” is neither in the instrument nor a vocabulary in force: add it.") % {"code": code}
        )
    return _vocabulary(spec, choices)


def _vocabulary(spec: InstrumentSpec, choices: ChoiceListSpec) -> ConceptScheme:
    scheme = ConceptScheme.objects.create(
        code=choices.code, title=dict(spec.title), source=spec.source, status=SchemeStatus.CURRENT
    )
    Concept.objects.bulk_create(
        Concept(scheme=scheme, code=choice.code, label=dict(choice.label), position=position)
        for position, choice in enumerate(choices.choices)
    )
    return scheme


def _require(by: Any) -> None:
    if by is not None:
        require(by, EDIT_INSTRUMENTS)
