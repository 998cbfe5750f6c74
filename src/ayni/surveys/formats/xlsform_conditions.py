"""Conditions and limits <-> the XPath of XLSForm's `relevant` and `constraint` columns.

Understood: `selected(${q}, 'a')`, `${q} = 'a'`, `!=`, `<`, `<=`, `>`, `>=` against texts, numbers and `date('2010-07-15')`,
`${q} != ''`, `string-length(${q}) > 0`, `count-selected(${q}) > 0`, `not(…)`, `and`, `or`, parentheses, `../q` for `${q}`.
Everything else raises UnsupportedExpression: a condition is never guessed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from ayni.surveys.formats.conditions import (
    LISTS,
    Comparison,
    Condition,
    ConditionError,
    Group,
    Operator,
    all_of,
    any_of,
)
from ayni.surveys.formats.spec import CHOICE_KINDS, DATE_KINDS, NUMBER_KINDS, Kind, Limit, QuestionSpec

SIGNS = {
    Operator.EQUALS: "=",
    Operator.ABOVE: ">",
    Operator.AT_LEAST: ">=",
    Operator.BELOW: "<",
    Operator.AT_MOST: "<=",
}
OPERATORS = {sign: operator for operator, sign in SIGNS.items()}
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
TOKEN = re.compile(
    r"""\s*(?:
        \$\{\s*(?P<reference>[^}\s]+)\s*\}
      | \.\./(?P<sibling>[\w.-]+)
      | '(?P<single>[^']*)' | "(?P<double>[^"]*)" | [‘](?P<curly>[^’']*)[’'] | [“](?P<curly2>[^”"]*)[”"]
      | (?P<number>-?\d+(?:\.\d*)?)
      | (?P<sign><=|>=|!=|=|<|>)
      | (?P<word>[A-Za-z_][\w-]*)
      | (?P<self>\.)(?!\.|/)
      | (?P<mark>[(),])
    )""",
    re.VERBOSE,
)
LITERALS = ("single", "double", "curly", "curly2")
LONGEST_EXPRESSION = 4_000
DEEPEST = 40


class UnsupportedExpression(ValueError):
    """An expression that has no equal among conditions; the message is a translated sentence."""


@dataclass(frozen=True)
class _Token:
    sort: str
    text: str


@dataclass(frozen=True)
class _Operand:
    """A side of a comparison: a question, or a literal. `counted` marks string-length() and count-selected()."""

    question: QuestionSpec | None = None
    literal: str | Decimal | date = ""
    counted: bool = False


Resolve = Callable[[str], QuestionSpec]


def to_xpath(condition: Condition, names: Mapping[str, str]) -> str:
    """The expression of `relevant`; `names` gives for each question code the XLSForm name that holds its answer."""
    if isinstance(condition, Group):
        joint = " and " if condition.joined_by == "all" else " or "
        return joint.join(
            f"({to_xpath(part, names)})" if _needs_brackets(part) else to_xpath(part, names) for part in condition.parts
        )
    reference = f"${{{names[condition.question]}}}"
    if condition.operator in LISTS and isinstance(condition.value, tuple):
        selected = " or ".join(f"selected({reference}, {_literal(code)})" for code in condition.value)
        return f"not({selected})" if condition.operator is Operator.NONE_OF else selected
    if condition.operator is Operator.ANSWERED:
        return f"{reference} {'!=' if condition.value else '='} ''"
    return f"{reference} {SIGNS[condition.operator]} {_literal(condition.value)}"


def _needs_brackets(part: Condition) -> bool:
    return isinstance(part, Group) or (
        part.operator is Operator.ANY_OF and isinstance(part.value, tuple) and len(part.value) > 1
    )


def _literal(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    quote = '"' if "'" in str(value) else "'"
    return f"{quote}{value}{quote}"


def limits_to_xpath(question: QuestionSpec) -> str:
    """The expression of `constraint` for the question's minimum and maximum; empty when it has none."""
    parts = [
        f". {sign} {_literal(limit)}"
        for sign, limit in ((">=", question.minimum), ("<=", question.maximum))
        if limit is not None
    ]
    return " and ".join(parts)


def from_xpath(expression: str, resolve: Resolve) -> Condition:
    """The condition that the expression says.

    `resolve` gives the question behind an XLSForm name and raises UnsupportedExpression for names that no question bears.
    """
    try:
        return _Parser(expression, resolve).parsed()
    except ConditionError as error:
        raise UnsupportedExpression(str(error)) from error


def limits_from_xpath(expression: str, question: QuestionSpec) -> tuple[Limit | None, Limit | None, bool]:
    """Minimum, maximum, and whether they say exactly what the expression says.

    An excluded limit of a whole number or a date moves by one; that of a decimal number becomes included, which is not exact.
    Raises UnsupportedExpression when the expression is not two limits on the answer itself.
    """
    condition = from_xpath(expression, lambda _name: question)
    parts = condition.parts if isinstance(condition, Group) and condition.joined_by == "all" else (condition,)
    low: Limit | None = None
    high: Limit | None = None
    exact = True
    for part in parts:
        if not isinstance(part, Comparison) or isinstance(part.value, tuple | str | bool):
            raise UnsupportedExpression(_("only a smallest and a largest value can be checked"))
        is_low = part.operator in (Operator.ABOVE, Operator.AT_LEAST)
        if part.operator is Operator.EQUALS or (low if is_low else high) is not None:
            raise UnsupportedExpression(_("only a smallest and a largest value can be checked"))
        limit, same = _included(part, question)
        low, high = (limit, high) if is_low else (low, limit)
        exact = exact and same
    return low, high, exact


def _included(part: Comparison, question: QuestionSpec) -> tuple[Limit, bool]:
    step = {Operator.ABOVE: 1, Operator.BELOW: -1}.get(part.operator, 0)
    if isinstance(part.value, date):
        try:
            return date.fromordinal(part.value.toordinal() + step), True
        except (ValueError, OverflowError):
            raise UnsupportedExpression(_("there is no date beyond that limit")) from None
    if not isinstance(part.value, Decimal):
        raise UnsupportedExpression(_("only a smallest and a largest value can be checked"))
    if not step or not question.integer:
        return part.value, not step
    whole = part.value.to_integral_value("ROUND_FLOOR" if step > 0 else "ROUND_CEILING")
    return whole + step, True


class _Parser:
    """Reads one expression by descending through or, and, not, comparison."""

    def __init__(self, expression: str, resolve: Resolve) -> None:
        self._tokens = _tokens(expression)
        self._next = 0
        self._depth = 0
        self._resolve = resolve

    def parsed(self) -> Condition:
        condition = self._either()
        if self._next < len(self._tokens):
            raise _cannot_read(self._tokens[self._next].text)
        return condition

    def _peek(self) -> _Token:
        return self._tokens[self._next] if self._next < len(self._tokens) else _Token("end", "")

    def _take(self, *texts: str) -> _Token:
        token = self._peek()
        if texts and token.text not in texts:
            raise _cannot_read(token.text)
        self._next += 1
        return token

    def _is(self, sort: str, *texts: str) -> bool:
        token = self._peek()
        return token.sort == sort and (not texts or token.text in texts)

    def _either(self) -> Condition:
        parts = [self._both()]
        while self._is("word", "or"):
            self._take()
            parts.append(self._both())
        return any_of(*parts)

    def _both(self) -> Condition:
        parts = [self._one()]
        while self._is("word", "and"):
            self._take()
            parts.append(self._one())
        return all_of(*parts)

    def _one(self) -> Condition:
        if self._is("word", "not"):
            self._take()
            return _negated(self._bracketed())
        if self._is("mark", "("):
            return self._bracketed()
        if self._is("word", "selected"):
            return self._selected()
        return self._comparison()

    def _open(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise UnsupportedExpression(_("too many brackets stand inside one another"))
        self._take("(")

    def _close(self) -> None:
        self._take(")")
        self._depth -= 1

    def _bracketed(self) -> Condition:
        self._open()
        condition = self._either()
        self._close()
        return condition

    def _selected(self) -> Condition:
        self._take()
        self._take("(")
        asked = self._operand()
        self._take(",")
        chosen = self._operand()
        self._take(")")
        if asked.question is None or chosen.question is not None:
            raise _cannot_read("selected")
        return Comparison(asked.question.code, Operator.ANY_OF, (str(chosen.literal),))

    def _comparison(self) -> Condition:
        left = self._operand()
        if not self._is("sign"):
            raise _cannot_read(self._peek().text)
        sign = self._take().text
        right = self._operand()
        if left.question is None:
            left, right, sign = right, left, MIRRORED[sign]
        if left.question is None or right.question is not None:
            raise UnsupportedExpression(_("one question can only be compared with a value, not with another question"))
        return _compared(left, sign, right.literal)

    def _operand(self) -> _Operand:
        token = self._take()
        if token.sort in ("reference", "sibling", "self"):
            return _Operand(question=self._resolve(token.text))
        if token.sort == "literal":
            return _Operand(literal=token.text)
        if token.sort == "number":
            return _Operand(literal=Decimal(token.text))
        if token.sort == "word" and token.text in ("date", "string-length", "count-selected"):
            self._open()
            inner = self._operand()
            self._close()
            if token.text == "date":
                return _Operand(literal=_date(str(inner.literal)))
            return _Operand(question=inner.question, counted=True)
        raise _cannot_read(token.text)


def _tokens(expression: str) -> list[_Token]:
    if len(expression) > LONGEST_EXPRESSION:
        raise UnsupportedExpression(_("it is too long"))
    tokens: list[_Token] = []
    position = 0
    text = expression.rstrip()
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            raise _cannot_read(text[position : position + 20].strip())
        sort = "literal" if match.lastgroup in LITERALS else match.lastgroup
        tokens.append(_Token(sort, match.group(match.lastgroup)))
        position = match.end()
    return tokens


def _compared(asked: _Operand, sign: str, value: str | Decimal | date) -> Condition:
    question = asked.question
    if question is None:
        raise _cannot_read(sign)
    if asked.counted:
        if (sign, value) in ((">", Decimal(0)), (">=", Decimal(1)), ("!=", Decimal(0))):
            return Comparison(question.code, Operator.ANSWERED, True)
        if (sign, value) in (("=", Decimal(0)), ("<", Decimal(1))):
            return Comparison(question.code, Operator.ANSWERED, False)
        raise UnsupportedExpression(_("the number of characters or of options chosen cannot be a condition"))
    if value == "" and sign in ("=", "!="):
        return Comparison(question.code, Operator.ANSWERED, sign == "!=")
    if question.kind in CHOICE_KINDS | {Kind.COUNTRIES} and sign in ("=", "!="):
        operator = Operator.ANY_OF if sign == "=" else Operator.NONE_OF
        return Comparison(question.code, operator, (_choice(value),))
    if sign == "!=":
        raise UnsupportedExpression(_("“different from” works with options only"))
    return Comparison(question.code, OPERATORS[sign], _typed(question, value))


def _choice(value: str | Decimal | date) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _typed(question: QuestionSpec, value: str | Decimal | date) -> str | Decimal | date:
    if question.kind in NUMBER_KINDS and isinstance(value, str):
        try:
            return Decimal(value)
        except InvalidOperation:
            raise UnsupportedExpression(_("a number is compared with “%(text)s”") % {"text": value}) from None
    if question.kind in DATE_KINDS and isinstance(value, str):
        return _date(value)
    return _choice(value) if isinstance(value, Decimal) and question.kind not in NUMBER_KINDS else value


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnsupportedExpression(_("“%(text)s” is not a date such as 2010-07-15") % {"text": text}) from None


def _negated(condition: Condition) -> Condition:
    if isinstance(condition, Comparison):
        if condition.operator is Operator.ANSWERED:
            return Comparison(condition.question, Operator.ANSWERED, not condition.value)
        if condition.operator in LISTS:
            other = Operator.NONE_OF if condition.operator is Operator.ANY_OF else Operator.ANY_OF
            return Comparison(condition.question, other, condition.value)
    raise UnsupportedExpression(_("“not” works with options of one question only"))


def _cannot_read(fragment: str) -> UnsupportedExpression:
    if not fragment:
        return UnsupportedExpression(_("it ends too early"))
    return UnsupportedExpression(_("“%(fragment)s” is not understood") % {"fragment": fragment})
