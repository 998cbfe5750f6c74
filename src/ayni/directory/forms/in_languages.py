"""What the forms of the catalogue and the roster share: texts grouped by language, and what two people wrote at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField

from ayni.common.i18n import LANGUAGES, language
from ayni.common.text_fields import TextsForm


@dataclass(frozen=True)
class LanguageFields:
    """The texts of a form in one language; `open` where the reader writes, or has written."""

    code: str
    name: str
    fields: list[BoundField]
    open: bool


@dataclass(frozen=True)
class Difference:
    """A field that somebody else has changed: what stands now, and what this person wrote."""

    label: str
    stands: str
    written: str


class GroupedForm(TextsForm):
    """A form with many texts: those in the language of the page come first, the others are folded away."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def plain(self) -> list[BoundField]:
        """The fields that are no text in a language."""
        stems = {text.stem for text in self.texts}
        return [field for field in self.visible_fields() if field.name.rpartition("_")[0] not in stems]

    @property
    def by_language(self) -> list[LanguageFields]:
        """The texts, the language of the page first."""
        own = language()
        names = dict(settings.LANGUAGES)
        return [
            LanguageFields(code, str(names[code]), fields, code == own or any(field.errors for field in fields))
            for code in sorted(LANGUAGES, key=lambda code: code != own)
            if (fields := [self[f"{text.stem}_{code}"] for text in self.texts])
        ]

    def overtaken(self, standing: Mapping[str, Any]) -> list[Difference]:
        """Where what stands now differs from what was written, when somebody else has saved since; the form is then made
        ready to be saved over it. `standing` are the initial values of a fresh form."""
        if self.cleaned_data.get("revision") == standing["revision"]:
            return []
        sent: Any = self.data
        sent = sent.copy()
        sent["revision"] = standing["revision"]
        self.data = sent
        return list(self._differences(standing))

    def _differences(self, standing: Mapping[str, Any]) -> Iterator[Difference]:
        for field in self.visible_fields():
            stands = shown(field.field, standing.get(field.name))
            written = shown(field.field, self.cleaned_data.get(field.name))
            if stands != written:
                yield Difference(str(field.label), stands, written)


def shown(field: forms.Field, value: Any) -> str:
    """A value as a reader sees it: the names of what was chosen."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(field, forms.ChoiceField):
        names = dict(named_choices(field))
        values = value if isinstance(value, list | tuple) else [value]
        return ", ".join(names.get(str(one), str(one)) for one in values)
    return str(value)


def named_choices(field: forms.ChoiceField) -> list[tuple[str, str]]:
    """The choices of a field without groups."""
    choices: Any = field.choices
    return [(str(code), str(name)) for code, name in choices]


def offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    """Let `field` choose among these."""
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
