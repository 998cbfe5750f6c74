"""Forms for content in several languages: a field for each language of each text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ayni.common.i18n import LANGUAGES


@dataclass(frozen=True)
class Texts:
    """A text asked in each language; `required_in` cannot do without it, none has more than `longest` characters."""

    stem: str
    label: str | Promise
    required_in: tuple[str, ...] = ()
    long: bool = False
    longest: int = 4_000


class TextsForm(forms.Form):
    """A form with the fields `<stem>_es`, `<stem>_pt`, … for each of `texts`, after the fields named in `first`."""

    texts: Sequence[Texts] = ()
    first: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = {f"{text.stem}_{code}": _field(text, code) for text in self.texts for code in LANGUAGES}
        before = {name: self.fields.pop(name) for name in self.first if name in self.fields}
        self.fields = before | fields | self.fields

    def text(self, stem: str) -> dict[str, str]:
        """`{language: text}` as given; languages left empty are left out."""
        given = {code: self.cleaned_data.get(f"{stem}_{code}", "") for code in LANGUAGES}
        return {code: text for code, text in given.items() if text}


def spread(stem: str, value: Mapping[str, str]) -> dict[str, str]:
    """The initial values of the fields of a text."""
    return {f"{stem}_{code}": text for code, text in value.items()}


def _field(text: Texts, code: str) -> forms.CharField:
    widget = forms.Textarea if text.long else forms.TextInput
    attributes: dict[str, Any] = {"lang": code} | ({"rows": 3} if text.long else {})
    names = {"text": text.label, "language": dict(settings.LANGUAGES)[code]}
    return forms.CharField(
        label=_("%(text)s (%(language)s)") % names,
        required=code in text.required_in,
        max_length=text.longest,
        widget=widget(attrs=attributes),
    )
