"""Columns and lists of codes that the registry's sheets share."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ayni.common.i18n import LANGUAGES, in_every_language
from ayni.common.sheets.rules import day, text, tidy
from ayni.common.sheets.sheet import Choices, Column, Kind, Use
from ayni.directory.models import Concept, Institution

NAMES: Mapping[str, Promise] = {"es": _("Spanish"), "pt": _("Portuguese"), "en": _("English"), "fr": _("French")}


def texts(stem: str, label: Promise, *, longest: int = 4_000, use: Use = Use.WRITE, width: int = 40) -> list[Column]:
    """A column of each language."""
    return [Column(f"{stem}_{code}", f"{label} ({NAMES[code]})", text(longest), use, width=width) for code in LANGUAGES]


def days(name: str, label: Promise, use: Use = Use.WRITE) -> Column:
    """A column of days."""
    return Column(name, label, day, use, Kind.DAY, width=14)


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
