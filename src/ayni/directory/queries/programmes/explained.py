"""What each column of a file of programmes holds, in the language of the page."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ayni.common.i18n import LANGUAGES
from ayni.directory.models import SPOKEN, Evidence
from ayni.directory.queries.programmes.columns import Table

TITLES: dict[str, Promise] = {
    "programmes": _("A row for each programme."),
    "versions": _("How a programme was from one date on: what changed, and why."),
    "components": _("A row for each part of a programme that can be transferred alone."),
    "documents": _("Documents about a programme or a component, and where they can be read."),
}
SEVERAL = _("Codes of the vocabulary in force, with a space between two.")
TEXT = _("The text, in as many of the four languages as there are.")
# {column, or stem of a text: what it holds}; a sheet's own column stands with the sheet before it.
MEANINGS: dict[str, Promise] = {
    "programmes.code": _("The country's two letters, a hyphen, and capitals or numbers: BR-BOLSA-FAMILIA. It stays."),
    "components.code": _("Letters without accents, numbers and hyphens; each once in a programme. It stays."),
    "programme": _("The code of the programme."),
    "country": _("The country's name, or its three letters."),
    "institution": _("The code of the institution in the directory."),
    "name": _("The name, in at least one language."),
    "acronym": _("The short name."),
    "began": _("As far as it is known: 2011, 2011-10 or 2011-10-13."),
    "ended": _("As far as it is known: 2011, 2011-10 or 2011-10-13."),
    "since": _("As far as it is known: 2011, 2011-10 or 2011-10-13."),
    "topics": SEVERAL,
    "quadrants": SEVERAL,
    "modalities": SEVERAL,
    "website": _("A whole address, with https:// before it."),
    "url": _("A whole address, with https:// before it."),
    "contact": _("Whom to ask: an office rather than a person, for everybody can read it."),
    "contact_email": _("The address of that office."),
    "source": _("Where it can be checked: a law, a page, a document."),
    "fictional": _("“yes” for invented content; the page says so."),
    "number": _("1, 2, … in the order of time."),
    "changes": _("What changed and why, in at least one language."),
    "component": _("The code of a component of the same programme; empty for the whole programme."),
    "title": _("The title, in at least one language."),
    "language": _("The language of the document: two letters."),
    "year": _("The year of the document."),
    "position": _("The place in the list, from 1."),
    "version": _("The version of the component; 1 when left out."),
    "needs": _("Codes of components that must be there first; PROGRAMME/code for another programme's."),
    "retired": _("“yes” when it is no longer offered."),
    "summary": TEXT,
    "description": TEXT,
    "prerequisites": _("What must be there first, in words: laws, registries, staff."),
    "evidence_note": _("The evaluations, and what they found."),
    "materials": _("Manuals, software, training that go with it, and their licence."),
    "legal_base": _("The law or decree that it rests on."),
    "cost_drivers": _("What makes it cost more or less."),
}


def explained(tables: Iterable[Table]) -> list[dict[str, object]]:
    """For each sheet its title and its columns; the languages of a text are told together."""
    return [{"name": table.name, "title": str(TITLES[table.name]), "columns": _columns(table)} for table in tables]


def _columns(table: Table) -> list[tuple[str, str]]:
    found: dict[str, list[str]] = {}
    for name in table.names:
        stem, _underscore, code = name.rpartition("_")
        found.setdefault(stem if code in LANGUAGES else name, []).append(name)
    return [(", ".join(names), _meaning(table, stem)) for stem, names in found.items()]


def _meaning(table: Table, stem: str) -> str:
    if stem == "languages":
        return ", ".join(f"{code} {name}" for code, name in SPOKEN.items())
    if stem == "evidence":
        return "; ".join(f"{value} {name}" for value, name in Evidence.choices)
    return str(MEANINGS.get(f"{table.name}.{stem}") or MEANINGS[stem])
