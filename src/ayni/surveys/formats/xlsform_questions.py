"""One row of the survey sheet (or one group of ours) -> one question."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from ayni.common.workbooks.findings import Finding, Severity
from ayni.common.workbooks.workbook import Row
from ayni.surveys.formats import xlsform_terms as terms
from ayni.surveys.formats.conditions import Condition
from ayni.surveys.formats.spec import (
    CHOICE_KINDS,
    DATE_KINDS,
    NUMBER_KINDS,
    ROLE_KINDS,
    ChoiceListSpec,
    Kind,
    Limit,
    QuestionSpec,
)
from ayni.surveys.formats.xlsform_conditions import UnsupportedExpression, limits_from_xpath
from ayni.surveys.formats.xlsform_sheets import Table
from ayni.surveys.formats.xlsform_types import RowType

YES = ("yes", "true", "true()", "1")
NO = ("", "no", "false", "false()", "0")
HEADING = "label"
Limits = tuple[Limit | None, Limit | None]


class QuestionReader:
    """Makes questions of rows; what cannot be carried goes to `findings`."""

    def __init__(self, table: Table, lists: Mapping[str, ChoiceListSpec], findings: list[Finding]) -> None:
        self._table = table
        self._lists = lists
        self._findings = findings

    def is_heading(self, row: Row) -> bool:
        """Whether the row only heads a table of choices with the options' labels."""
        return HEADING in self._table.value(row, "appearance").lower().split()

    def question(
        self,
        row: Row,
        asked: RowType,
        parts: Sequence[Row],
        *,
        code: str,
        label: dict[str, str],
        help_: dict[str, str],
        condition: Condition | None,
        default_language: str,
    ) -> QuestionSpec | None:
        """The question, or None when it had to be left out. `parts` are the fields inside a group of ours.

        Raises SpecError.
        """
        main = parts[0] if parts else row
        kind = self._kind(row, asked)
        if self._refuses(row) or (kind is Kind.NOTE and not label and not help_):
            self._picture_only(row, kind, label)
            return None
        choices = self._choices(row, asked, kind)
        if kind in CHOICE_KINDS and choices is None:
            return None
        draft = QuestionSpec(
            code=code,
            kind=kind,
            label=label or self._stand_in(row, code, help_, default_language),
            number=row.text(self._table.column(terms.NUMBER)),
            help=help_ if label else {},
            required=kind is not Kind.NOTE and self._required(main),
            choices=choices,
            condition=condition,
            integer=asked.integer and self._whole(row),
            currency=self._currency(parts) if kind is Kind.MONEY else None,
        )
        low, high = self._limits(main, draft, asked)
        return QuestionSpec(**{**draft.__dict__, "minimum": low, "maximum": high})

    def _kind(self, row: Row, asked: RowType) -> Kind:
        kind = asked.kind or Kind.TEXT
        if self._table.value(row, "readonly").lower() in YES and kind is not Kind.NOTE:
            self._warn(row, "readonly", _("Nobody can answer this row; it is shown as a note."))
            return Kind.NOTE
        if kind is Kind.TEXT and self._is_long(row):
            return Kind.LONG_TEXT
        return kind

    def _is_long(self, row: Row) -> bool:
        rows = self._table.value(row, "rows") or self._parameters(row).get("rows", "")
        return "multiline" in self._table.value(row, "appearance").lower() or (rows.isdigit() and int(rows) > 1)

    def _refuses(self, row: Row) -> bool:
        """Whether the row depends on something that has no equal here; the findings say so."""
        refused = False
        if self._table.value(row, "choice_filter"):
            message = _(
                "Options that depend on another answer are not supported. Write one question with its own list for each case."
            )
            self._findings.append(self._table.finding(message, row, "choice_filter"))
            refused = True
        if self._table.value(row, "calculation"):
            message = _("Answers computed from other answers are not supported. Empty the cell.")
            self._findings.append(self._table.finding(message, row, "calculation"))
            refused = True
        return refused

    def _picture_only(self, row: Row, kind: Kind, label: Mapping[str, str]) -> None:
        if kind is Kind.NOTE and not label and self._table.value(row, "type"):
            self._warn(row, "label", _("The note has no text; it is left out."))

    def _choices(self, row: Row, asked: RowType, kind: Kind) -> str | None:
        if kind in ROLE_KINDS:
            return self._table.value(row, terms.ROLES) or None
        if kind not in CHOICE_KINDS:
            return None
        found = self._lists.get(asked.list_name)
        if found is None:
            message = _("The list of options “%(name)s” is not on the sheet “choices”. Check its name.")
            self._findings.append(self._table.finding(message % {"name": asked.list_name}, row, "type"))
            return None
        return found.code

    def _stand_in(self, row: Row, code: str, help_: dict[str, str], default_language: str) -> dict[str, str]:
        if help_:
            self._warn(row, "hint", _("The question has no label; its hint is shown as the label."))
            return help_
        self._warn(row, "label", _("The question has no label; its name is shown instead."))
        return {default_language: code}

    def _required(self, row: Row) -> bool:
        written = self._table.value(row, "required").lower()
        if written not in YES + NO:
            self._warn(row, "required", _("An answer is required only in certain cases; here it is never required."))
        return written in YES

    def _currency(self, parts: Sequence[Row]) -> str | None:
        part = next((part for part in parts if self._table.value(part, terms.PART) == "currency"), None)
        written = self._table.value(part, "default") if part else ""
        if written and written not in terms.currency_codes():
            message = _("“%(code)s” is not a currency of ISO 4217, such as USD or BRL.") % {"code": written}
            self._findings.append(self._table.finding(message, part, "default"))
            return None
        return written or None

    def _whole(self, row: Row) -> bool:
        return all(
            _number(value) == int(_number(value) or 0)
            for value in self._parameters(row).values()
            if _number(value) is not None
        )

    def _parameters(self, row: Row) -> dict[str, str]:
        pairs = (
            pair.partition("=")
            for pair in self._table.value(row, "parameters").replace(",", " ").replace(";", " ").split()
        )
        return {name.strip().lower(): value.strip() for name, _sign, value in pairs}

    def _limits(self, row: Row, draft: QuestionSpec, asked: RowType) -> Limits:
        low: Limit | None = asked.minimum
        high: Limit | None = asked.maximum
        if self._table.value(row, "type") == "range":
            parameters = self._parameters(row)
            return _number(parameters.get("start", "1")), _number(parameters.get("end", "10"))
        written = row.text(self._table.column("constraint"))
        if not written:
            return low, high
        try:
            if draft.kind not in NUMBER_KINDS | DATE_KINDS:
                raise UnsupportedExpression(_("only numbers and dates have limits"))
            low, high, exact = limits_from_xpath(written, draft)
        except UnsupportedExpression as error:
            message = _("The check “%(check)s” is left out: %(reason)s.") % {
                "check": written[:120],
                "reason": error,
            }
            self._warn(row, "constraint", message)
            return low, high
        if not exact:
            self._warn(row, "constraint", _("A limit that was excluded is now allowed itself."))
        return low, high

    def _warn(self, row: Row, key: str, message: str) -> None:
        self._findings.append(self._table.finding(message, row, key, severity=Severity.WARNING))


def _number(written: str) -> Decimal | None:
    try:
        number = Decimal(written)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
