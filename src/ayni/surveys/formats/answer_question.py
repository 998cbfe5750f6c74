"""What must be known of a question to judge and to show an answer to it: plain values, no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ayni.common.i18n import text_in
from ayni.surveys.formats.spec import Kind

Texts = Mapping[str, str]
# The role of a partner country when the respondent does not say who gave and who received.
UNKNOWN_ROLE = "unknown"


class AnswerError(ValueError):
    """An answer that cannot be kept. The message is a translated sentence: what is wrong, and what to do."""


def is_empty(value: object) -> bool:
    """Whether nothing was answered: no text, no item, or a money or period without its parts."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Mapping):
        return all(is_empty(part) for name, part in value.items() if name != "currency")
    return value is None or value == [] or value == ()


@dataclass(frozen=True)
class Directory:
    """The names that answers refer to, in their order on the page.

    `countries` by ISO 3166 alpha-3, `institutions` by code ("Name (ACRONYM)" in each language), `roles` of
    cooperation by code (those of the vocabulary cooperation-roles).
    """

    countries: Mapping[str, Texts] = field(default_factory=dict)
    institutions: Mapping[str, Texts] = field(default_factory=dict)
    roles: Mapping[str, Texts] = field(default_factory=dict)

    def institution_called(self, name: str) -> str | None:
        """The code of the only institution of this name, with or without its acronym; None when none or several have it."""
        wanted = name.casefold()
        found = [
            code
            for code, names in self.institutions.items()
            if any(wanted in (text.casefold(), text.casefold().rpartition(" (")[0]) for text in names.values())
        ]
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class Asked:
    """A question as it is put to one institution.

    `concepts` are the choices, or the roles asked for each country or institution: code -> labels, in order. `options` is
    as in `spec_json.options_to_json` (integer, minimum, maximum, currency). `own_country` is the respondent's, or empty.
    Terms in `retired` are still understood, but no longer offered.
    """

    code: str
    kind: Kind
    label: Texts = field(default_factory=dict)
    number: str = ""
    required: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    concepts: Mapping[str, Texts] = field(default_factory=dict)
    retired: frozenset[str] = frozenset()
    directory: Directory = field(default_factory=Directory)
    own_country: str = ""

    @property
    def roles(self) -> Mapping[str, Texts]:
        """The roles a country or an institution may have in the answer."""
        if self.kind is Kind.COUNTRIES and not self.concepts:
            return self.directory.roles
        return self.concepts

    def label_of(self, code: str, lang: str | None = None) -> str:
        """The label of a choice or role; its code when the vocabulary does not hold it any more."""
        return text_in(self.roles.get(code), lang) or code
