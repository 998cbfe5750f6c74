"""What the forms of exchange rounds share: days, times, languages, slots, and terms to choose from."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext_lazy as _

from ayni.directory.models import Concept
from ayni.exchange.models import TimeSlot


class DayInput(forms.DateInput):
    """The browser's own choice of a day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own choice of a time."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class LanguagesField(forms.MultipleChoiceField):
    """Some of the site's languages."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple, **options)


class SlotsField(forms.ModelMultipleChoiceField):
    """Some of a round's slots for meetings."""

    def __init__(self, **options: Any) -> None:
        super().__init__(TimeSlot.objects.none(), required=False, widget=forms.CheckboxSelectMultiple, **options)

    def label_from_instance(self, obj: Any) -> str:
        return slot_text(obj)


class SlotField(forms.ModelChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(TimeSlot.objects.none(), **options)

    def label_from_instance(self, obj: Any) -> str:
        return slot_text(obj)


def slot_text(slot: TimeSlot) -> str:
    """A slot as the language of the page writes it."""
    day = date_format(slot.day, "SHORT_DATE_FORMAT")
    return f"{day} · {time_format(slot.starts_at, 'H:i')}–{time_format(slot.ends_at, 'H:i')}"


def terms(scheme: str, *, empty: Any = None) -> list[tuple[str, Any]]:
    """(code, label) of the vocabulary in force; `empty` stands first where none may be chosen."""
    listed = [(one.code, str(one)) for one in Concept.objects.current(scheme)]
    return [("", empty), *listed] if empty is not None else [("", _("Choose one")), *listed]


def term(scheme: str, code: str) -> Concept | None:
    return Concept.objects.current(scheme).filter(code=code).first() if code else None


def offer(field: forms.Field, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let a field choose from these."""
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
