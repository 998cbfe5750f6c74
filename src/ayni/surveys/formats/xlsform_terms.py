"""Words and names that our XLSForm workbooks use: columns, part labels, the lists of countries and currencies."""

import re
import unicodedata
from functools import cache

import pycountry
from babel import Locale

from ayni.common.i18n import LANGUAGES
from ayni.surveys.formats.spec import ChoiceSpec
from ayni.surveys.formats.spec_checks import Text

NAMESPACE = 'ayni="urn:ayni:xlsform"'
KIND = "bind::ayni:kind"
CODE = "bind::ayni:code"
NUMBER = "bind::ayni:number"
PART = "bind::ayni:part"
ROLES = "bind::ayni:roles"
FORMAT = "attribute::ayni:format"
SOURCE = "attribute::ayni:source"
TITLE = "attribute::ayni:title-"
FORMAT_VERSION = "1"

SECTION = "section"
INTRODUCTION = "introduction"

COUNTRIES_LIST = "ayni_countries"
CURRENCIES_LIST = "ayni_currencies"
INSTITUTION_ROWS = 8

LANGUAGE_NAMES = {"es": "Español (es)", "pt": "Português (pt)", "en": "English (en)", "fr": "Français (fr)"}
# What people write in a column such as `label::Spanish` where no code stands in brackets.
SPOKEN_NAMES = {
    "es": ("es", "esp", "spa", "espanol", "spanish", "castellano", "espagnol", "espanhol"),
    "pt": (
        "pt",
        "por",
        "portugues",
        "portuguese",
        "portugais",
        "portugues do brasil",
        "brazilian portuguese",
    ),
    "en": ("en", "eng", "english", "ingles", "anglais"),
    "fr": ("fr", "fra", "fre", "francais", "french", "frances"),
}
CODE_IN_BRACKETS = re.compile(r"\(([A-Za-z]{2,3})(?:[-_][A-Za-z0-9-]+)?\)\s*$")

AMOUNT: Text = {"es": "Monto", "pt": "Valor", "en": "Amount", "fr": "Montant"}
CURRENCY: Text = {"es": "Moneda", "pt": "Moeda", "en": "Currency", "fr": "Devise"}
SINCE: Text = {"es": "Desde", "pt": "De", "en": "From", "fr": "Du"}
UNTIL: Text = {"es": "Hasta", "pt": "Até", "en": "Until", "fr": "Au"}
COUNTRIES: Text = {"es": "Países", "pt": "Países", "en": "Countries", "fr": "Pays"}
COUNTRY_DETAILS: Text = {
    "es": "Papel y período con cada país",
    "pt": "Papel e período com cada país",
    "en": "Role and period with each country",
    "fr": "Rôle et période avec chaque pays",
}
INSTITUTION: Text = {"es": "Institución", "pt": "Instituição", "en": "Institution", "fr": "Institution"}
ROLE: Text = {"es": "Papel", "pt": "Papel", "en": "Role", "fr": "Rôle"}
OTHER: Text = {"es": "Otro", "pt": "Outro", "en": "Other", "fr": "Autre"}
SPECIFY_OTHER: Text = {
    "es": "Especifique cuál.",
    "pt": "Especifique qual.",
    "en": "Specify other.",
    "fr": "Veuillez préciser.",
}
UNTITLED: Text = {"es": "Cuestionario", "pt": "Questionário", "en": "Questionnaire", "fr": "Questionnaire"}
QUESTIONS: Text = {"es": "Preguntas", "pt": "Perguntas", "en": "Questions", "fr": "Questions"}


def language_of(name: str) -> str | None:
    """One of LANGUAGES for a language as XLSForm names it ("Português (pt-BR)", "english"); None for any other."""
    code = CODE_IN_BRACKETS.search(name)
    key = code.group(1).lower() if code else _folded(name)
    return next((language for language in LANGUAGES if key in SPOKEN_NAMES[language]), None)


def _folded(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@cache
def country_choices() -> tuple[ChoiceSpec, ...]:
    """Every country of ISO 3166-1 by alpha-3 code, with CLDR's names in the four languages."""
    locales = {language: Locale(language) for language in LANGUAGES}
    return tuple(
        ChoiceSpec(
            country.alpha_3,
            {code: locale.territories.get(country.alpha_2, country.name) for code, locale in locales.items()},
        )
        for country in sorted(pycountry.countries, key=lambda country: country.alpha_3)
    )


@cache
def currency_codes() -> frozenset[str]:
    """The codes of ISO 4217 in use."""
    return frozenset(currency.alpha_3 for currency in pycountry.currencies)


@cache
def currency_choices() -> tuple[ChoiceSpec, ...]:
    """Every currency of ISO 4217 with CLDR's names in the four languages."""
    locales = {language: Locale(language) for language in LANGUAGES}
    return tuple(
        ChoiceSpec(
            code,
            {language: f"{code} · {locale.currencies.get(code, code)}" for language, locale in locales.items()},
        )
        for code in sorted(currency_codes())
    )
