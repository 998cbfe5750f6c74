"""Content in several languages: one JSON value `{language: text}`, so that a fifth language needs no migration."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("es", "pt", "en", "fr")
# Whom a reader is most likely to understand when a text is not there in the reader's own language.
FALLBACKS = {
    "es": ("pt", "en", "fr"),
    "pt": ("es", "en", "fr"),
    "en": ("es", "fr", "pt"),
    "fr": ("es", "en", "pt"),
}

_FEW = 80
"""Distinct accents up to which taking out one after the other is quicker than looking at each letter. A text of people has few."""


def language() -> str:
    """The language of the page being made: one of LANGUAGES."""
    code = (get_language() or "es")[:2]
    return code if code in LANGUAGES else "es"


def text_in(value: object, lang: str | None = None) -> str:
    """The text of `value` in `lang`, or in the nearest language that has one; plain strings pass unchanged."""
    if not isinstance(value, Mapping):
        return "" if value is None else str(value)
    lang = lang or language()
    for code in (lang, *FALLBACKS.get(lang, LANGUAGES)):
        text = value.get(code)
        if text:
            return str(text)
    return next((str(text) for text in value.values() if text), "")


def validate_texts(value: object) -> None:
    """Refuse anything that is not {language: text} with at least one text.

    Raises ValidationError.
    """
    if not isinstance(value, Mapping) or not all(isinstance(text, str) for text in value.values()):
        raise ValidationError(_('Give the text by language, for example {"es": "…"}.'))
    unknown = set(value) - set(LANGUAGES)
    if unknown:
        raise ValidationError(
            _("Unknown language: %(codes)s. Use es, pt, en or fr."), params={"codes": ", ".join(sorted(unknown))}
        )


class TranslatedField(models.JSONField):
    """A JSON column that holds `{language: text}`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, validate_texts]


def in_every_language(message: Any) -> dict[str, str]:
    """`{language: text}` of a lazy translation (gettext_lazy), for content that is kept in every language at once."""
    texts = {}
    for code in LANGUAGES:
        with override(code):
            texts[code] = str(message)
    return texts


def words_of(*texts: Mapping[str, str]) -> str:
    """The texts in every language, folded: what a search looks in."""
    return folded(" ".join(text for every in texts for text in every.values()))


def folded(text: str) -> str:
    """Small letters without accents, whatever the machine's locale: to compare, to search, to sort."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    accents = list(filter(unicodedata.combining, set(decomposed)))
    if len(accents) > _FEW:
        return decomposed.translate(dict.fromkeys(map(ord, accents)))
    for accent in accents:
        decomposed = decomposed.replace(accent, "")
    return decomposed
