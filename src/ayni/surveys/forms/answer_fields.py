"""A question as a control on the page: what its template shows (templates/surveys/answers/fields)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from babel.numbers import get_currency_name, get_territory_currencies
from django.conf import settings

from ayni.common.i18n import language, text_in
from ayni.surveys.formats.answer_values import currencies, entry, is_empty
from ayni.surveys.formats.spec import Kind
from ayni.surveys.models import Attachment
from ayni.surveys.queries.country_groups import Group, sorted_by_name
from ayni.surveys.queries.questions import AskedQuestion
from ayni.surveys.queries.responses import Item

SPARE_ROWS = 2
# Countries of the Americas whose currencies come first in the list.
AMERICAS = "AR BB BO BR BS BZ CA CL CO CR CU DO GT GY HN HT JM MX NI PA PE PY SR TT UY VE".split()
SINGLE_CONTROL = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.NUMBER, Kind.DATE, Kind.FILE})


@dataclass(frozen=True)
class Choice:
    code: str
    label: str
    note: str
    chosen: bool


@dataclass(frozen=True)
class Country:
    code: str
    name: str
    chosen: bool
    role: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True)
class Row:
    """A row of institutions."""

    number: int
    code: str
    name: str
    role: str


@dataclass(frozen=True)
class AnswerField:
    """A question with what is shown in its controls: `raw` is what the person sent, or the standing value."""

    item: Item
    raw: Any
    error: str = ""
    groups: Sequence[Group] = ()
    settles: int | None = None

    @property
    def question(self) -> AskedQuestion:
        return self.item.question

    @property
    def name(self) -> str:
        return self.item.code

    @property
    def id(self) -> str:
        return f"q-{self.item.code}"

    @property
    def template(self) -> str:
        return f"surveys/answers/fields/{self.question.kind.value}.html"

    @property
    def is_single_control(self) -> bool:
        return self.question.kind in SINGLE_CONTROL

    @property
    def described_by(self) -> str:
        parts = [f"{self.id}-help"] if text_in(self.question.row.help) else []
        return " ".join([*parts, f"{self.id}-error"] if self.error else parts)

    @property
    def text(self) -> str:
        if is_empty(self.raw):
            return ""
        return entry(self.raw) if self.question.kind is Kind.NUMBER and not self.error else str(self.raw)

    @property
    def amount(self) -> str:
        amount = self._part("amount")
        return amount if self.error else entry(amount)

    @property
    def currency(self) -> str:
        return self._part("currency") or self.question.options.get("currency", "")

    @property
    def first(self) -> str:
        return self._part("from")

    @property
    def last(self) -> str:
        return self._part("to")

    @property
    def currencies(self) -> tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]]]:
        return currency_names(language())

    @cached_property
    def choices(self) -> list[Choice]:
        """The terms on offer, and those chosen before they were retired."""
        chosen = {self.raw} if isinstance(self.raw, str) else set(self.raw or ())
        return [
            Choice(code, text_in(term.label), text_in(term.definition), code in chosen)
            for code, term in self.question.terms.items()
            if code not in self.question.retired or code in chosen
        ]

    @property
    def roles(self) -> list[tuple[str, str]]:
        """Roles to choose from; "unknown" is what stays when nothing is said."""
        return [(code, text_in(label)) for code, label in self.question.roles.items() if code != "unknown"]

    @cached_property
    def chosen_countries(self) -> list[Country]:
        names = self.question.directory.countries
        rows: Mapping[str, Mapping[str, Any]] = {item["country"]: item for item in self.raw or ()}
        return [
            Country(
                code,
                text_in(names[code]),
                True,
                *(str(rows[code].get(key) or "") for key in ("role", "since", "until")),
            )
            for code in sorted_by_name(names, (code for code in rows if code in names))
        ]

    @property
    def country_groups(self) -> list[tuple[str, list[Country], int]]:
        """[(region, its countries, how many are chosen)], without the respondent's own country."""
        names, own = self.question.directory.countries, self.question.own_country
        chosen = {country.code for country in self.chosen_countries}
        found = []
        for region, codes in self.groups:
            ordered = sorted_by_name(names, (code for code in codes if code != own))
            countries = [Country(code, text_in(names[code]), code in chosen) for code in ordered]
            found.append((text_in(region), countries, sum(country.chosen for country in countries)))
        return found

    @property
    def rows(self) -> list[Row]:
        """The institutions named, and spare rows."""
        names = self.question.directory.institutions
        named = [
            Row(
                number,
                item.get("institution") or "",
                item.get("name") or text_in(names.get(item.get("institution") or "")),
                item.get("role") or "",
            )
            for number, item in enumerate(self.raw or ())
        ]
        return named + [Row(number, "", "", "") for number in range(len(named), len(named) + SPARE_ROWS)]

    @property
    def limit(self) -> int:
        """The largest file, in megabytes."""
        return settings.UPLOAD_LIMIT // 2**20

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        return self.item.attachments

    def _part(self, name: str) -> str:
        value = self.raw.get(name) if isinstance(self.raw, Mapping) else None
        return "" if value is None else str(value)


@cache
def currency_names(lang: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """([(code, name)] of the Americas and the euro, [(code, name)] of the others) in a language."""
    near = dict.fromkeys(["USD", "EUR"])
    for country in AMERICAS:
        near |= dict.fromkeys(get_territory_currencies(country))
    names = {code: get_currency_name(code, locale=lang) for code in currencies()}
    others = [(code, names[code]) for code in currencies() if code not in near]
    return [(code, names[code]) for code in near if code in names], others
