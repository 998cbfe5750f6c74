"""An instrument as a page shows it: every text in the reader's language, conditions in words."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from ayni.common.i18n import text_in
from ayni.common.permissions import EDIT_INSTRUMENTS, READ_DRAFTS, may
from ayni.surveys.formats.condition_words import condition_in_words
from ayni.surveys.formats.conditions import Condition
from ayni.surveys.formats.spec import CHOICE_KINDS, InstrumentSpec, Kind, QuestionSpec
from ayni.surveys.models import InstrumentVersion, VersionStatus
from ayni.surveys.models import Kind as KindChoices


@dataclass(frozen=True)
class ShownQuestion:
    """`control` tells the template what to draw: lines, line, one, several, table or nothing."""

    code: str
    number: str
    label: str
    help: str
    kind: str
    required: bool
    condition: str
    control: str
    options: tuple[str, ...]
    roles: tuple[str, ...]
    limits: str


@dataclass(frozen=True)
class ShownSection:
    code: str
    title: str
    condition: str
    questions: tuple[ShownQuestion, ...]


CONTROLS = {
    Kind.LONG_TEXT: "lines",
    Kind.SINGLE: "one",
    Kind.MULTIPLE: "several",
    Kind.COUNTRIES: "table",
    Kind.INSTITUTIONS: "table",
    Kind.NOTE: "nothing",
}


def version_for(user: Any, code: str, number: int) -> InstrumentVersion:
    """The version, if this person may see it: drafts are for those who read or edit them. Raises Http404."""
    seen = InstrumentVersion.objects.select_related("instrument").filter(instrument__code=code, number=number)
    if not (may(user, EDIT_INSTRUMENTS) or may(user, READ_DRAFTS)):
        seen = seen.filter(~Q(status=VersionStatus.DRAFT))
    version = seen.first()
    if version is None:
        raise Http404(_("There is no such version of a questionnaire."))
    return version


def shown(spec: InstrumentSpec) -> list[ShownSection]:
    """The sections and questions in the language of the page."""
    return [
        ShownSection(
            section.code,
            text_in(section.title),
            _words(section.condition, spec),
            tuple(_question(question, spec) for question in section.questions),
        )
        for section in spec.sections
    ]


def _question(question: QuestionSpec, spec: InstrumentSpec) -> ShownQuestion:
    choices = spec.choice_list(question.choices)
    labels = tuple(text_in(choice.label) for choice in choices.choices) if choices else ()
    return ShownQuestion(
        code=question.code,
        number=question.number,
        label=text_in(question.label),
        help=text_in(question.help),
        kind=str(KindChoices(question.kind.value).label),
        required=question.required,
        condition=_words(question.condition, spec),
        control=CONTROLS.get(question.kind, "line"),
        options=labels if question.kind in CHOICE_KINDS else (),
        roles=() if question.kind in CHOICE_KINDS else labels,
        limits=_limits(question),
    )


def _words(condition: Condition | None, spec: InstrumentSpec) -> str:
    return condition_in_words(condition, spec) if condition else ""


def _limits(question: QuestionSpec) -> str:
    names = {"low": question.minimum, "high": question.maximum}
    if question.minimum is not None and question.maximum is not None:
        return _("from %(low)s to %(high)s") % names
    if question.minimum is not None:
        return _("%(low)s or more") % names
    return _("%(high)s or less") % names if question.maximum is not None else ""
