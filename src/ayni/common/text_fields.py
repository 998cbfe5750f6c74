"""Forms for content in several languages: a field for each language of each text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ayni.common.i18n import LANGUAGES, language


@dataclass(frozen=True)
class Texts:
    """A text asked in each language; `required_in` cannot do without it, none has more than `longest` characters."""

    stem: str
    label: str | Promise
    required_in: tuple[str, ...] = ()
    long: bool = False
    longest: int = 4_000


@dataclass(frozen=True)
class Part:
    """What a form shows at one place: fields, and those of a text in further languages, which may be folded away."""

    fields: list[BoundField]
    further: list[BoundField]
    open: bool = False

    @property
    def languages(self) -> str:
        """The languages of the further fields: "Português, English"."""
        names = dict(settings.LANGUAGES)
        return ", ".join(str(names[field.name.rpartition("_")[2]]) for field in self.further)


class TextsForm(forms.Form):
    """A form with the fields `<stem>_es`, `<stem>_pt`, … for each of `texts`, after the fields named in `first`.

    Each text is asked in the language of the page, and in those that it cannot do without; the others are folded away unless
    the form `shows_all`, because its texts are of no use in one language alone.
    """

    template_name = "django/forms/texts.html"
    texts: Sequence[Texts] = ()
    first: tuple[str, ...] = ()
    shows_all = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = {f"{text.stem}_{code}": _field(text, code) for text in self.texts for code in LANGUAGES}
        before = {name: self.fields.pop(name) for name in self.first if name in self.fields}
        self.fields = before | fields | self.fields

    @property
    def laid_out(self) -> Iterator[Part]:
        """The visible fields in their order, the languages of each text together."""
        stems = {} if self.shows_all else {f"{text.stem}_{code}": text for text in self.texts for code in LANGUAGES}
        told: set[str] = set()
        for field in self.visible_fields():
            text = stems.get(field.name)
            if text is None:
                yield Part([field], [])
            elif text.stem not in told:
                told.add(text.stem)
                yield self._shown(text)

    def _shown(self, text: Texts) -> Part:
        asked = {language(), *text.required_in}
        fields = {code: self[f"{text.stem}_{code}"] for code in sorted(LANGUAGES, key=lambda code: code != language())}
        shown = [field for code, field in fields.items() if code in asked]
        further = [field for code, field in fields.items() if code not in asked]
        # What was written in another language alone is in sight, and so is what was refused.
        written_elsewhere = not any(field.value() for field in shown) and any(field.value() for field in further)
        return Part(shown, further, open=written_elsewhere or any(field.errors for field in further))

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
