"""The rows of a version: its sections and questions as a spec says them, and the vocabularies its lists become."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from ayni.common.errors import Refused
from ayni.directory.models import Concept, ConceptScheme, SchemeStatus
from ayni.surveys.formats.conditions import to_json
from ayni.surveys.formats.spec import ChoiceListSpec, InstrumentSpec, QuestionSpec, SectionSpec
from ayni.surveys.formats.spec_json import options_to_json
from ayni.surveys.models import InstrumentVersion, Question, Section


def write_questions(version: InstrumentVersion, spec: InstrumentSpec) -> None:
    """Write the sections and questions of a version that has none. Raises Refused when a list is nowhere to be found."""
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
