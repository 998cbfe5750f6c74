"""Forms that change the draft of a questionnaire. Each gives plain values of `formats.spec`, which are checked as they are made."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ayni.common.text_fields import Texts, TextsForm, spread
from ayni.surveys.formats.spec import (
    DATE_KINDS,
    InstrumentSpec,
    Kind,
    Limit,
    QuestionSpec,
    SectionSpec,
)
from ayni.surveys.formats.spec_checks import SpecError
from ayni.surveys.forms.conditions import ConditionForm
from ayni.surveys.models import Kind as KindChoices

CODE_HELP = _("Letters without accents, digits, hyphens and underscores. It stays, so that answers can be compared.")


class NewInstrumentForm(TextsForm):
    """A questionnaire with its first section and question."""

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=CODE_HELP)
    texts = (
        Texts("title", _("Title"), required_in=("es",)),
        Texts("section", _("First section"), required_in=("es",)),
        Texts("question", _("First question"), required_in=("es",)),
    )
    first = ("code",)

    def spec(self) -> InstrumentSpec:
        """The instrument. Raises SpecError."""
        question = QuestionSpec("q1", Kind.LONG_TEXT, self.text("question"), number="1")
        section = SectionSpec("section1", self.text("section"), (question,))
        return InstrumentSpec(self.cleaned_data["code"], "1", self.text("title"), (section,))


class DescriptionForm(TextsForm):
    """What the questionnaire says before its questions."""

    texts = (Texts("title", _("Title")), Texts("introduction", _("Introduction"), long=True))
    default_language = forms.ChoiceField(label=_("Main language"), choices=settings.LANGUAGES)
    source = forms.CharField(label=_("Source"), max_length=200, required=False)

    def __init__(self, *args: Any, spec: InstrumentSpec, titled: bool, **kwargs: Any) -> None:
        given = {"default_language": spec.default_language, "source": spec.source}
        kwargs["initial"] = given | spread("title", spec.title) | spread("introduction", spec.introduction)
        super().__init__(*args, **kwargs)
        self.titled = titled
        if not titled:
            self.fields = {name: field for name, field in self.fields.items() if not name.startswith("title_")}


class SectionForm(TextsForm, ConditionForm):
    """A section; a new one with its first question."""

    texts: Sequence[Texts] = (Texts("title", _("Title")),)

    def __init__(
        self, *args: Any, instrument: InstrumentSpec, section: SectionSpec | None = None, **kwargs: Any
    ) -> None:
        self.section = section
        if section is None:
            self.texts = (*self.texts, Texts("question", _("First question")))
        else:
            kwargs["initial"] = spread("title", section.title)
        super().__init__(
            *args,
            instrument=instrument,
            before=section.code if section else None,
            condition=section.condition if section else None,
            **kwargs,
        )
        self.instrument = instrument

    def spec(self) -> SectionSpec:
        """The section. Raises SpecError or ConditionError."""
        if self.section is not None:
            return SectionSpec(self.section.code, self.text("title"), self.section.questions, self.condition())
        code = _free("section", {section.code for section in self.instrument.sections})
        asked = _free("q", {question.code for question in self.instrument.questions()})
        first = QuestionSpec(asked, Kind.LONG_TEXT, self.text("question"))
        return SectionSpec(code, self.text("title"), (first,), self.condition())


class QuestionForm(TextsForm, ConditionForm):
    """A question. The code is asked once, when it is new."""

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=CODE_HELP)
    number = forms.CharField(label=_("Printed number"), max_length=10, required=False)
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=KindChoices.choices)
    texts = (Texts("label", _("Question"), long=True), Texts("help", _("Help"), long=True))
    required = forms.BooleanField(label=_("An answer is required"), required=False)
    choices = forms.ChoiceField(
        label=_("Vocabulary"), required=False, help_text=_("The choices, or the roles of countries and institutions.")
    )
    integer = forms.BooleanField(label=_("Whole numbers only"), required=False)
    minimum = forms.CharField(label=_("Smallest number, or first date"), max_length=30, required=False)
    maximum = forms.CharField(label=_("Largest number, or last date"), max_length=30, required=False)
    currency = forms.CharField(label=_("Proposed currency"), max_length=3, required=False)
    first = ("code", "number", "kind")

    def __init__(
        self,
        *args: Any,
        instrument: InstrumentSpec,
        section: str,
        vocabularies: Iterable[tuple[str, str]],
        question: QuestionSpec | None = None,
        **kwargs: Any,
    ) -> None:
        self.question = question
        if question is not None:
            kwargs["initial"] = _question_initial(question)
        following = _section_after(instrument, section)
        super().__init__(
            *args,
            instrument=instrument,
            before=question.code if question else following,
            condition=question.condition if question else None,
            **kwargs,
        )
        choices = forms.ChoiceField(
            label=self.fields["choices"].label,
            help_text=self.fields["choices"].help_text,
            choices=[("", "–"), *vocabularies],
            required=False,
        )
        self.fields = {name: choices if name == "choices" else field for name, field in self.fields.items()}
        if question is not None:
            del self.fields["code"]

    def spec(self) -> QuestionSpec:
        """The question. Raises SpecError or ConditionError."""
        given = self.cleaned_data
        code = self.question.code if self.question else given["code"]
        kind = Kind(given["kind"])
        return QuestionSpec(
            code=code,
            kind=kind,
            label=self.text("label"),
            number=given["number"],
            help=self.text("help"),
            required=given["required"],
            choices=given["choices"] or None,
            condition=self.condition(),
            integer=given["integer"],
            minimum=_limit(given["minimum"], kind, code),
            maximum=_limit(given["maximum"], kind, code),
            currency=given["currency"].upper() or None,
        )


def _question_initial(question: QuestionSpec) -> dict[str, Any]:
    given = {
        "number": question.number,
        "kind": question.kind.value,
        "required": question.required,
        "choices": question.choices or "",
        "integer": question.integer,
        "minimum": "" if question.minimum is None else str(question.minimum),
        "maximum": "" if question.maximum is None else str(question.maximum),
        "currency": question.currency or "",
    }
    return given | spread("label", question.label) | spread("help", question.help)


def _section_after(instrument: InstrumentSpec, section: str) -> str | None:
    codes = [each.code for each in instrument.sections]
    at = codes.index(section) + 1 if section in codes else len(codes)
    return codes[at] if at < len(codes) else None


def _limit(text: str, kind: Kind, code: str) -> Limit | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text) if kind in DATE_KINDS else Decimal(text)
    except (InvalidOperation, ValueError):
        message = _now("“%(value)s” cannot be a limit of question “%(code)s”.")
        raise SpecError(message % {"value": text, "code": code}, code) from None


def _free(stem: str, taken: set[str]) -> str:
    return next(code for code in (f"{stem}{number}" for number in range(len(taken) + 1, 10_000)) if code not in taken)
