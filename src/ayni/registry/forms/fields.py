"""What the registry's forms have in common: days, terms of vocabularies, choices of institutions."""

from collections.abc import Iterable
from typing import Any

from django import forms

from ayni.directory.models import Concept, Institution

# Many choices stand side by side where there is room.
COLUMNS = {"class": "choices--columns"}


def day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day, in the browser's own picker."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


def terms(scheme: str, standing: Iterable[Concept] = ()) -> dict[str, Concept]:
    """The terms in force by code, and those that stand already whatever has become of them."""
    current = {one.code: one for one in Concept.objects.current(scheme)}
    return current | {one.code: one for one in standing if one.code not in current}


def offer(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]], none: Any) -> None:
    """The choices of a field, with one for nothing unless `none` is None."""
    first = [] if none is None else [("", none or "—")]
    form.fields[name].choices = [*first, *choices]  # type: ignore[attr-defined]  # of a choice field


def named(found: dict[str, Any]) -> list[tuple[str, str]]:
    """The choices of things by code, by what they are called."""
    return sorted(((code, str(one)) for code, one in found.items()), key=lambda pair: pair[1])


def in_order(found: dict[str, Any]) -> list[tuple[str, str]]:
    """The choices of terms, in the order of their vocabulary."""
    return [(code, str(one)) for code, one in found.items()]


def every_institution() -> dict[str, Institution]:
    """All institutions by code, those of countries and the international ones."""
    rows = Institution.objects.select_related("country").prefetch_related("names")
    return {one.code: one for one in rows}


def with_country(found: dict[str, Institution]) -> list[tuple[str, str]]:
    """The choices of institutions, each with its country."""
    rows = ((code, f"{one} · {one.country}" if one.country else str(one)) for code, one in found.items())
    return sorted(rows, key=lambda pair: pair[1])
