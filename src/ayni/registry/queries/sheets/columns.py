"""Columns and lists of codes that the registry's sheets share."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ayni.common.i18n import LANGUAGES, folded, in_every_language
from ayni.common.sheets.rules import Rule, day, decimal, text, tidy
from ayni.common.sheets.sheet import Cells, Choices, Column, Key, Kind, Use
from ayni.directory.models import Concept, Institution
from ayni.registry.models import Initiative

NAMES: Mapping[str, Promise] = {"es": _("Spanish"), "pt": _("Portuguese"), "en": _("English"), "fr": _("French")}


def texts(stem: str, label: Promise, *, longest: int = 4_000, use: Use = Use.WRITE, width: int = 40) -> list[Column]:
    """A column of each language."""
    return [Column(f"{stem}_{code}", f"{label} ({NAMES[code]})", text(longest), use, width=width) for code in LANGUAGES]


def days(name: str, label: Promise, use: Use = Use.WRITE) -> Column:
    """A column of days."""
    return Column(name, label, day, use, Kind.DAY, width=14)


def initiative_column() -> Column:
    """Of which initiative a row is, by its code."""
    return Column("initiative", _("Initiative"), text(20), Use.BEGIN, required=True, width=16)


def number_column() -> Column:
    """The number that the site gives to a row."""
    return Column("number", _("Number"), use=Use.READ, kind=Kind.NUMBER, width=10)


def figure(whole: int, places: int, *, signed: bool = False) -> Rule:
    """A number with at most so many digits before the point and behind it, or nothing; below 0 only when `signed`."""
    as_number = decimal(places)

    def rule(given: str) -> tuple[str, str]:
        kept, reason = as_number(given)
        if not reason and kept.startswith("-") and not signed:
            return kept, gettext("Write a number that is 0 or more.")
        if not reason and len(kept.lstrip("-").partition(".")[0]) > whole:
            told = gettext("Write a number with at most %(whole)d digits before the decimals.")
            return kept, told % {"whole": whole}
        return kept, reason

    return rule


def figures(name: str, label: Promise, rule: Rule, *, required: bool = False) -> Column:
    """A column of numbers."""
    return Column(name, label, rule, kind=Kind.NUMBER, required=required, width=14)


def counted(value: Decimal | None, places: int = 2) -> str:
    """A number as a cell."""
    return "" if value is None else decimal(places)(f"{value:f}")[0]


def spoken(stem: str, value: Mapping[str, str]) -> dict[str, str]:
    """The cells of a text in several languages."""
    return {f"{stem}_{code}": tidy(value.get(code, "")) for code in LANGUAGES}


def told(value: date | int | None) -> str:
    """A day or a number as a cell."""
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def terms(scheme: str) -> Choices:
    """The terms of a vocabulary: those that ever were are understood, those in force offered."""
    ever = {term.code: term.label for term in Concept.objects.filter(scheme__code=scheme).order_by("scheme__version")}
    now = {term.code: term.label for term in Concept.objects.current(scheme)}
    return Choices(ever | now, tuple(now))


def kinds(choices: Iterable[tuple[str, Any]]) -> Choices:
    """The values of a column that knows few."""
    return Choices({code: in_every_language(label) for code, label in choices})


def institutions() -> Choices:
    """Every institution: its code, its short name with its country."""
    rows = Institution.objects.select_related("country").prefetch_related("names")
    return Choices({one.code: f"{one} · {one.country}" if one.country else str(one) for one in rows})


def term(scheme: str, code: str, standing: Iterable[Concept] = ()) -> Concept:
    """The term of a code: the one that stands already, else the one in force, else the latest that ever was."""
    for one in standing:
        if one.code == code:
            return one
    rows = Concept.objects.filter(scheme__code=scheme, code=code).order_by("scheme__version")
    current = Concept.objects.current(scheme).filter(code=code).first()
    return current or rows.reverse()[0]


def of_initiatives(rows: QuerySet[Initiative]) -> QuerySet[Any]:
    """The keys of these initiatives, whatever their order, to choose what belongs to them."""
    return rows.order_by().values("pk")


def whole_numbers(keys: Collection[Key]) -> list[int]:
    """What can be the number of a row among these keys of one column."""
    return [int(number) for (number,) in keys if number.isascii() and number.isdigit() and len(number) < 15]


def says_the_same(cells: Cells, stem: str, standing: Mapping[str, str]) -> bool:
    """Whether the cells of a text say in some language what stands, whatever the case and accents."""
    said = {folded(cells[f"{stem}_{code}"]) for code in LANGUAGES if cells.get(f"{stem}_{code}")}
    return bool(said & {folded(value) for value in standing.values()})
