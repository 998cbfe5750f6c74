"""Fields for content in several languages: one for each, at least one of them filled."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from ayni.common.i18n import LANGUAGES

NAMES = dict(settings.LANGUAGES)


class TextsForm(forms.Form):
    """A form with the fields `<stem>_es`, `<stem>_pt`, … for each of `texts` ({stem: label}), before the others."""

    texts: Mapping[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {
            f"{stem}_{code}": forms.CharField(
                label=f"{label} ({NAMES[code]})",
                required=code == "es",
                max_length=250,
                widget=forms.TextInput(attrs={"lang": code}),
            )
            for stem, label in self.texts.items()
            for code in LANGUAGES
        }
        self.fields = {**self.before(), **own, **self.fields}

    def before(self) -> dict[str, forms.Field]:
        """Fields that come before the texts."""
        return {}

    def text(self, stem: str) -> dict[str, str]:
        """`{language: text}` as given; languages left empty are left out."""
        given = {code: self.cleaned_data.get(f"{stem}_{code}", "") for code in LANGUAGES}
        return {code: text for code, text in given.items() if text}

    @staticmethod
    def spread(stem: str, value: Mapping[str, str]) -> dict[str, str]:
        """The initial values of the fields of a text."""
        return {f"{stem}_{code}": text for code, text in value.items()}


def code_field() -> forms.SlugField:
    return forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("Part of the address: small letters, numbers and hyphens, for example red-2026."),
    )
