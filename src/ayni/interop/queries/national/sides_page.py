"""Two countries side by side as the page and its files show them: rows in the reader's words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from ayni.directory.models import Concept, SchemeStatus
from ayni.interop.formats.national.profile import CROSSED
from ayni.interop.models import CrossedField, ReportedActivity
from ayni.interop.queries.national.sides import DIMENSIONS, TwoSides
from ayni.interop.queries.words import STATUS, said
from ayni.methods.two_sides import Difference, Row


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table of two sides, in words; a side that says nothing is "–"."""

    name: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Table:
    """`note` says what is to be known when reading it."""

    code: str
    title: str
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Differing:
    """A pair of records held to be of the same, and what they tell differently."""

    one: ReportedActivity
    other: ReportedActivity
    why: str
    lines: tuple[Line, ...]


def tables(found: TwoSides) -> list[Table]:
    """By year, by type, modality and topic, and the amounts. One query."""
    words, names = terms(), dict(CrossedField.choices)
    note = _("A record of two classes counts in both; the lines do not add up to the records.")
    return [
        Table("years", _("By the year in which they begin"), _lines(found.years, {}, _("without a begin"))),
        *(
            Table(
                name,
                str(names[name]),
                _lines(found.classes[name], words[name], _("without a term of ours")),
                note if name != "cooperation-type" else "",
            )
            for name in DIMENSIONS
        ),
        Table(
            "amounts",
            _("Committed, by currency"),
            tuple(Line(code, _money(one), _money(other)) for code, one, other in found.amounts),
            _(
                "As each side reports it. Currencies are not converted, and the two sides never added up: they may speak of the same money."
            ),
        ),
    ]


def differing(found: TwoSides) -> list[Differing]:
    """The pairs that tell something differently, and then those that agree."""
    words = terms()
    shown = [
        Differing(
            found.one.records[pair.one.key],
            found.other.records[pair.other.key],
            _("one names the other")
            if pair.named
            else _("by likeness, %(chance)d %%") % {"chance": min(round(pair.chance * 100), 99)},
            tuple(_difference(one, words) for one in told),
        )
        for pair, told in found.pairs
    ]
    return sorted(shown, key=lambda one: (-len(one.lines), one.one.identifier))


def terms() -> Mapping[str, Mapping[str, str]]:
    """{dimension: {code of a term: its label}}. One query."""
    rows = Concept.objects.filter(scheme__code__in=CROSSED.values(), scheme__status=SchemeStatus.CURRENT)
    labels: dict[str, dict[str, str]] = {}
    for one in rows.select_related("scheme"):
        labels.setdefault(one.scheme.code, {})[one.code] = str(one)
    return {str(field): labels.get(scheme, {}) for field, scheme in CROSSED.items()}


def as_rows(found: TwoSides, one: str, other: str) -> Iterator[list[str]]:
    """Everything as the rows of one table: part, what, the one side, the other side."""
    yield [_("Part"), _("What"), one, other]
    yield [_("Records"), "", str(len(found.one.reports)), str(len(found.other.reports))]
    for table in tables(found):
        for line in table.lines:
            yield [table.title, line.name, line.one, line.other]
    for pair in differing(found):
        yield [_("Of the same cooperation"), pair.why, pair.one.identifier, pair.other.identifier]
        for line in pair.lines:
            yield [_("Told differently"), line.name, line.one, line.other]
    for report in found.only_one:
        yield [_("Reported by one side alone"), str(found.one.records[report.key]), report.own, ""]
    for report in found.only_other:
        yield [_("Reported by one side alone"), str(found.other.records[report.key]), "", report.own]
    for side, first in ((found.one, True), (found.other, False)):
        for code in side.unmapped:
            yield [
                _("Code without a term of ours"),
                code.label,
                *([str(code.uses), ""] if first else ["", str(code.uses)]),
            ]


def _lines(rows: Iterable[Row], words: Mapping[str, str], without: str) -> tuple[Line, ...]:
    return tuple(Line(words.get(row.code, row.code) or without, str(row.one), str(row.other)) for row in rows)


def _difference(one: Difference, words: Mapping[str, Mapping[str, str]]) -> Line:
    names = {"starts": _("Begins"), "ends": _("Ends"), "status": _("State"), "amount": _("Amount")}
    name = names.get(one.what) or str(dict(CrossedField.choices)[one.what])
    sides = (", ".join(_value(one.what, each, words) for each in side) for side in (one.one, one.other))
    return Line(name, *sides)


def _value(what: str, value: str, words: Mapping[str, Mapping[str, str]]) -> str:
    if what in ("starts", "ends"):
        return date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
    if what == "status":
        return said(STATUS, value)
    if what == "amount":
        amount, _blank, currency = value.partition(" ")
        return f"{_money(Decimal(amount))} {currency}".strip()
    return words[what].get(value, value)


def _money(amount: Decimal | None) -> str:
    return "–" if amount is None else number_format(amount, 2 if amount % 1 else 0, force_grouping=True)
