"""Instruments as the plain values of `formats.spec`, with the vocabularies their questions name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext as _

from ayni.common.i18n import text_in
from ayni.common.workbooks.findings import Finding, Severity
from ayni.directory.models import Concept, ConceptScheme, SchemeStatus
from ayni.surveys.formats import conditions
from ayni.surveys.formats.spec import ChoiceListSpec, ChoiceSpec, InstrumentSpec, Kind, QuestionSpec, SectionSpec
from ayni.surveys.formats.spec_json import options_from_json
from ayni.surveys.models import Instrument, InstrumentVersion, Question, Section, VersionStatus


def spec_of(version: InstrumentVersion) -> InstrumentSpec:
    """The version with its lists of choices: those of the vocabulary versions that its questions name.

    Retired concepts are offered no longer and so are left out. Reads the tables three times, once more for an instrument not
    yet loaded. Raises SpecError for a draft that has no questions yet.
    """
    language = version.default_language
    asked: dict[int, list[Question]] = defaultdict(list)
    for question in version.questions.select_related("scheme").order_by("position"):
        asked[question.section_id].append(question)
    schemes = {
        question.scheme.pk: question.scheme for questions in asked.values() for question in questions if question.scheme
    }
    return InstrumentSpec(
        code=version.instrument.code,
        version=str(version.number),
        title=_spoken(version.instrument.title, language),
        sections=tuple(_section(section, asked[section.pk], language) for section in version.sections.all()),
        introduction=version.introduction,
        default_language=language,
        choice_lists=tuple(lists_of(schemes.values(), language)),
        source=version.source,
    )


def lists_of(schemes: Iterable[ConceptScheme], language: str) -> list[ChoiceListSpec]:
    """The concepts that each scheme offers, as a list of choices; schemes that offer none are left out."""
    wanted = {scheme.pk: scheme for scheme in schemes}
    offered: dict[int, list[ChoiceSpec]] = defaultdict(list)
    for concept in Concept.objects.filter(scheme__in=wanted, retired_on__isnull=True).order_by("position", "code"):
        offered[concept.scheme_id].append(ChoiceSpec(concept.code, _spoken(concept.label, language, concept.code)))
    return [ChoiceListSpec(wanted[pk].code, tuple(offered[pk])) for pk in wanted if offered[pk]]


def lists_in_force(codes: Iterable[str], language: str) -> dict[str, ChoiceListSpec]:
    """The vocabularies in force among `codes`, by code."""
    standing = ConceptScheme.objects.filter(code__in=list(codes), status=SchemeStatus.CURRENT)
    return {choices.code: choices for choices in lists_of(standing, language)}


def vocabularies_in_force() -> list[tuple[str, str]]:
    """Code and title of each vocabulary that a question can offer, by title."""
    schemes = ConceptScheme.objects.filter(status=SchemeStatus.CURRENT)
    return sorted(((scheme.code, text_in(scheme.title)) for scheme in schemes), key=lambda one: one[1].casefold())


def settled(spec: InstrumentSpec) -> tuple[InstrumentSpec, list[Finding]]:
    """`spec` as it would stand here, and what becomes of its lists.

    A list whose options are all in the vocabulary in force of its code is that vocabulary; one that has others is kept beside
    it under a code of the instrument's own. Raises SpecError when a condition names an option that is gone.
    """
    standing = lists_in_force(spec.lists_named(), spec.default_language)
    findings: list[Finding] = []
    renamed: dict[str, str] = {}
    kept: list[ChoiceListSpec] = []
    for choices in spec.choice_lists:
        there = standing.get(choices.code)
        if there is None or choices.code not in spec.lists_named():
            kept.append(choices)
        elif set(choices.codes) <= set(there.codes):
            kept.append(there)
            findings += _taken(choices, there)
        else:
            renamed[choices.code] = _own_code(spec, choices.code)
            kept.append(replace(choices, code=renamed[choices.code]))
            findings.append(_beside(choices, there, renamed[choices.code]))
    missing = [standing[code] for code in spec.lists_named() if code in standing and spec.choice_list(code) is None]
    sections = tuple(_with_lists(section, renamed) for section in spec.sections)
    return replace(spec, sections=sections, choice_lists=(*kept, *missing)), findings


def instruments_with_versions(*, drafts: bool) -> QuerySet[Instrument]:
    """Every instrument with its `versions` that may be shown, the newest first, each with its number of `asked` questions."""
    versions = InstrumentVersion.objects.annotate(asked=Count("questions")).order_by("-number")
    instruments = Instrument.objects.order_by("code")
    if not drafts:
        versions = versions.exclude(status=VersionStatus.DRAFT)
        instruments = instruments.filter(versions__published_on__isnull=False).distinct()
    return instruments.prefetch_related(Prefetch("versions", versions))


def _section(section: Section, questions: Iterable[Question], language: str) -> SectionSpec:
    return SectionSpec(
        code=section.code,
        title=_spoken(section.title, language, section.code),
        questions=tuple(_question(question, language) for question in questions),
        condition=conditions.from_json(section.condition),
    )


def _question(question: Question, language: str) -> QuestionSpec:
    options: dict[str, Any] = options_from_json(question.options, question.kind, question.code)
    return QuestionSpec(
        code=question.code,
        kind=Kind(question.kind),
        label=_spoken(question.label, language, question.code),
        number=question.number,
        help=question.help,
        required=question.required,
        choices=question.scheme.code if question.scheme else None,
        condition=conditions.from_json(question.condition),
        **options,
    )


def _spoken(texts: Mapping[str, str], language: str, otherwise: str = "") -> dict[str, str]:
    """`texts` with words in the instrument's default language, borrowed where there are none."""
    return dict(texts) if texts.get(language) else {**texts, language: text_in(texts, language) or otherwise}


def _taken(choices: ChoiceListSpec, there: ChoiceListSpec) -> list[Finding]:
    more = [code for code in there.codes if code not in choices.codes]
    if not more and choices == there:
        return []
    message = _("The list “%(code)s” is the vocabulary in force here, with its %(count)d options and their texts.")
    names = {"code": choices.code, "count": len(there.codes)}
    return [Finding(message % names, Severity.WARNING if more else Severity.NOTE)]


def _beside(choices: ChoiceListSpec, there: ChoiceListSpec, code: str) -> Finding:
    message = _(
        "The list “%(code)s” has options that the vocabulary in force here does not have (%(options)s); it is kept as a "
        "vocabulary of its own, “%(own)s”."
    )
    others = ", ".join([option for option in choices.codes if option not in there.codes][:5])
    return Finding(message % {"code": choices.code, "options": others, "own": code}, Severity.WARNING)


def _own_code(spec: InstrumentSpec, code: str) -> str:
    taken = set(ConceptScheme.objects.values_list("code", flat=True)) | {choices.code for choices in spec.choice_lists}
    wanted = f"{spec.code[:15]}_{code[:21]}"
    return next(own for own in (wanted, *(f"{wanted}{n}" for n in range(2, 1000))) if own not in taken)


def _with_lists(section: SectionSpec, renamed: Mapping[str, str]) -> SectionSpec:
    questions = tuple(
        replace(question, choices=renamed.get(question.choices, question.choices)) if question.choices else question
        for question in section.questions
    )
    return replace(section, questions=questions)
