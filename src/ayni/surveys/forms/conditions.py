"""A condition as a small form: up to three comparisons, joined by "all" or by "any"."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ayni.surveys.formats.condition_words import condition_in_words
from ayni.surveys.formats.conditions import (
    LISTS,
    Comparison,
    Condition,
    ConditionError,
    Group,
    Operator,
    all_of,
    any_of,
    from_json,
)
from ayni.surveys.formats.spec import InstrumentSpec, Kind, QuestionSpec

ROWS = 3
OPERATORS = (
    ("", "–"),
    (Operator.ANY_OF.value, _("has one of")),
    (Operator.NONE_OF.value, _("has none of")),
    ("answered", _("is answered")),
    ("empty", _("is empty")),
    (Operator.EQUALS.value, _("is exactly")),
    (Operator.AT_LEAST.value, _("is at least")),
    (Operator.AT_MOST.value, _("is at most")),
    (Operator.ABOVE.value, _("is more than")),
    (Operator.BELOW.value, _("is less than")),
)
JOINTS = (("all", _("all of these hold")), ("any", _("any of these holds")))


class ConditionForm(forms.Form):
    """Mixed into the forms of sections and questions. `condition` is the one that stands, kept whole when it is too rich for rows."""

    def __init__(
        self,
        *args: Any,
        instrument: InstrumentSpec,
        before: str | None,
        condition: Condition | None = None,
        **kwargs: Any,
    ) -> None:
        self.standing = condition
        self.kinds = {question.code: question for question in _asked_before(instrument, before)}
        rows = _rows(condition)
        if rows is not None:
            kwargs["initial"] = kwargs.get("initial", {}) | _initial(condition, rows)
        super().__init__(*args, **kwargs)
        if rows is None and condition is not None:
            words = condition_in_words(condition, instrument)
            self.fields["keep_condition"] = forms.BooleanField(
                label=_("Keep the condition: asked only if %(condition)s") % {"condition": words},
                required=False,
                initial=True,
            )
        elif self.kinds:
            self._add_rows()

    def _add_rows(self) -> None:
        asked = [
            ("", "–"),
            *((code, f"{one.number or code}") for code, one in self.kinds.items() if one.kind is not Kind.NOTE),
        ]
        self.fields["joined_by"] = forms.ChoiceField(label=_("Asked only if"), choices=JOINTS, required=False)
        for row in range(1, ROWS + 1):
            names = {"number": row}
            self.fields[f"question_{row}"] = forms.ChoiceField(
                label=_("Condition %(number)d: question") % names, choices=asked, required=False
            )
            self.fields[f"operator_{row}"] = forms.ChoiceField(
                label=_("Condition %(number)d: comparison") % names, choices=OPERATORS, required=False
            )
            self.fields[f"value_{row}"] = forms.CharField(
                label=_("Condition %(number)d: value") % names,
                required=False,
                max_length=1_000,
                help_text=_("Codes of choices with commas between them, a number, or a date such as 2010-07-15.")
                if row == 1
                else "",
            )

    def condition(self) -> Condition | None:
        """The condition as it was filled in. Raises ConditionError."""
        if "keep_condition" in self.fields:
            return self.standing if self.cleaned_data["keep_condition"] else None
        parts = [part for row in range(1, ROWS + 1) if (part := self._part(row)) is not None]
        if not parts:
            return None
        return (any_of if self.cleaned_data.get("joined_by") == "any" else all_of)(*parts)

    def _part(self, row: int) -> Condition | None:
        asked, operator = self.cleaned_data.get(f"question_{row}"), self.cleaned_data.get(f"operator_{row}")
        if not asked and not operator:
            return None
        if not asked or not operator:
            raise ConditionError(str(_("A condition needs a question and a comparison.")))
        if operator in ("answered", "empty"):
            return Comparison(asked, Operator.ANSWERED, operator == "answered")
        value = self.cleaned_data.get(f"value_{row}", "").strip()
        if not value:
            raise ConditionError(str(_("A condition lacks the value to compare with.")))
        if operator in LISTS:
            return from_json({"question": asked, operator: [code.strip() for code in value.split(",") if code.strip()]})
        typed = operator == Operator.EQUALS.value and self.kinds[asked].kind in (Kind.NUMBER, Kind.DATE)
        return from_json({"question": asked, operator: {"number": value} if typed else value})


def _asked_before(instrument: InstrumentSpec, before: str | None) -> Iterable[QuestionSpec]:
    """The questions before a section or question; all of them for None."""
    for section in instrument.sections:
        if section.code == before:
            return
        for question in section.questions:
            if question.code == before:
                return
            yield question


def _rows(condition: Condition | None) -> list[Comparison] | None:
    """The comparisons, if the form can show them."""
    if condition is None:
        return []
    parts = condition.parts if isinstance(condition, Group) else (condition,)
    rows = [part for part in parts if isinstance(part, Comparison)]
    return rows if len(rows) == len(parts) <= ROWS else None


def _initial(condition: Condition | None, rows: list[Comparison]) -> dict[str, Any]:
    initial: dict[str, Any] = {"joined_by": condition.joined_by if isinstance(condition, Group) else "all"}
    for number, part in enumerate(rows, 1):
        operator = part.operator.value
        if part.operator is Operator.ANSWERED and not part.value:
            operator = "empty"
        value = ", ".join(part.value) if isinstance(part.value, tuple) else part.value
        initial |= {
            f"question_{number}": part.question,
            f"operator_{number}": operator,
            f"value_{number}": "" if part.operator is Operator.ANSWERED else value,
        }
    return initial
