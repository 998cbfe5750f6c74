"""The sheets of a file of programmes and their columns (docs/howto/programmes.md): what each cell may hold."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from ayni.common.country_names import match
from ayni.common.i18n import LANGUAGES
from ayni.common.sheets.rules import codes_in
from ayni.directory.models import PROGRAMME_CODE
from ayni.directory.queries import cell_rules

# {column: text} of a row.
Cells = Mapping[str, str]
Rule = Callable[[str], tuple[str, str]]

LONG = 4_000
NAME = 300
SLUG = r"[a-zA-Z0-9_-]+"
# {column: its vocabulary}.
VOCABULARIES = {"topics": "topics", "quadrants": "quadrants", "modalities": "modalities"}


@dataclass(frozen=True)
class Column:
    """`identifies`: what is read letter by letter, so that a letter of another alphabet is refused."""

    name: str
    longest: int = LONG
    rule: Rule | None = None
    identifies: bool = False


@dataclass(frozen=True)
class Table:
    """A sheet: its columns, which of them tell its rows apart, and of which text at least one language is needed."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    needed: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def key_of(table: Table, cells: Cells) -> tuple[str, ...]:
    """What tells the row apart from the others of its sheet."""
    return tuple(cells.get(name, "") for name in table.key)


def in_languages(stem: str) -> tuple[str, ...]:
    """The columns of a text: `name_es`, `name_pt`, …"""
    return tuple(f"{stem}_{code}" for code in LANGUAGES)


def _texts(*stems: str, longest: int = LONG) -> tuple[Column, ...]:
    return tuple(Column(name, longest) for stem in stems for name in in_languages(stem))


def _programme(text: str) -> tuple[str, str]:
    usable = re.fullmatch(PROGRAMME_CODE, text) and len(text) <= 60
    return text, "" if usable else _("Write two capitals, a hyphen, and capitals or numbers: BR-BOLSA-FAMILIA.")


def _component(text: str) -> tuple[str, str]:
    usable = re.fullmatch(SLUG, text) and len(text) <= 60
    return text, "" if usable else _("Write letters without accents, numbers and hyphens: family-visits.")


def _country(text: str) -> tuple[str, str]:
    found = match(text)
    if found.iso3:
        return found.iso3, ""
    return text, found.reason if text else _("Write the country's three letters, such as PER.")


def _codes(text: str) -> tuple[str, str]:
    return " ".join(codes_in(text)), ""


def _required_address(text: str) -> tuple[str, str]:
    return cell_rules.website(text) if text else (text, _("Write the address at which the document can be read."))


def _version(text: str) -> tuple[str, str]:
    return cell_rules.number(text, least=1, most=999) if text else (text, _("Number the version: 1, 2, …"))


TERMS = tuple(Column(name, 400, _codes, identifies=True) for name in VOCABULARIES)
SPOKEN_COLUMN = Column("languages", 40, cell_rules.languages)
EVIDENCE = Column("evidence", 2, partial(cell_rules.number, least=0, most=4))
PROGRAMME = Column("programme", 60, _programme, identifies=True)

PROGRAMMES = Table(
    "programmes",
    ("code",),
    (
        Column("code", 60, _programme, identifies=True),
        Column("country", 80, _country, identifies=True),
        Column("institution", 40, identifies=True),
        *_texts("name", longest=NAME),
        Column("acronym", 60),
        *_texts("summary"),
        Column("began", 10, cell_rules.partial_date),
        Column("ended", 10, cell_rules.partial_date),
        *TERMS,
        SPOKEN_COLUMN,
        EVIDENCE,
        Column("website", 500, cell_rules.website),
        Column("contact", 200),
        Column("contact_email", 254, cell_rules.email),
        Column("source", 300),
        Column("fictional", 10, cell_rules.flag),
    ),
    ("name",),
)
VERSIONS = Table(
    "versions",
    ("programme", "number"),
    (
        PROGRAMME,
        Column("number", 3, _version),
        Column("since", 10, cell_rules.partial_date),
        *_texts("changes"),
        Column("source", 300),
    ),
    ("changes",),
)
COMPONENTS = Table(
    "components",
    ("programme", "code"),
    (
        PROGRAMME,
        Column("code", 60, _component, identifies=True),
        Column("position", 3, partial(cell_rules.number, least=0, most=999)),
        Column("version", 3, partial(cell_rules.number, least=1, most=999)),
        *_texts("name", longest=NAME),
        *_texts("description"),
        *TERMS,
        Column("needs", 600, _codes, identifies=True),
        *_texts("prerequisites"),
        EVIDENCE,
        *_texts("evidence_note", "materials", "legal_base", "cost_drivers"),
        SPOKEN_COLUMN,
        Column("retired", 10, cell_rules.flag),
    ),
    ("name",),
)
DOCUMENTS = Table(
    "documents",
    ("programme", "url"),
    (
        PROGRAMME,
        Column("url", 500, _required_address),
        Column("component", 60, identifies=True),
        *_texts("title", longest=NAME),
        Column("language", 2, cell_rules.languages),
        Column("year", 4, partial(cell_rules.number, least=1900, most=2100)),
    ),
    ("title",),
)
# In the order in which they go in.
TABLES = {table.name: table for table in (PROGRAMMES, VERSIONS, COMPONENTS, DOCUMENTS)}
