"""What the tables rest on, line by line: for spreadsheets, where a reader checks and counts again."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from ayni.atlas.queries.facts import Atlas
from ayni.atlas.reports.document import Column, Row, Table
from ayni.atlas.reports.wording import place, years
from ayni.common.i18n import text_in

SCHEMES = {
    "T1": "outcomes",
    "T2": "obstacles",
    "T5": "",
    "T6": "modalities",
    "T7": "topics",
    "T10": "me-instruments",
}


def marks(atlas: Atlas) -> Table:
    """Every mark of the partner matrix on a line of its own."""
    roles = _roles()
    rows = (
        Row(
            (
                mark.institution,
                atlas.acronym(mark.institution),
                atlas.name(mark.reporter),
                mark.partner,
                atlas.name(mark.partner),
                text_in(atlas.regions.get(atlas.countries.get(mark.partner, {}).get("region", ""), "")),
                roles.get(mark.role, mark.role),
                years(mark.period),
                place(atlas, mark.source),
            )
        )
        for mark in atlas.marks
    )
    labels = (
        _("Code"),
        _("Institution"),
        _("Reporting country"),
        "ISO 3166",
        _("Partner country"),
        _("Region"),
        _("Role"),
        _("Period"),
        _("Source"),
    )
    return _table("D1", _("The marks of the partner matrix, one by one"), labels, rows)


def passages(atlas: Atlas) -> Table:
    """Every category that an answer was given, with the passage it rests on, in the words of the source."""
    rows = [
        Row(
            (
                code,
                _label(atlas, scheme or _scheme_of(line), line["concept"]),
                _whose(atlas, proof),
                proof["question"],
                proof["passage"],
                proof["coder"],
                place(atlas, proof["source"]),
            )
        )
        for code, scheme in SCHEMES.items()
        for line in atlas.tables[code]["rows"]
        for proof in line["evidence"]
    ]
    labels = (
        _("Table"),
        _("Category"),
        _("Said by"),
        _("Question"),
        _("Passage, in the words of the source"),
        _("Coded by"),
        _("Source"),
    )
    return _table("D2", _("What each category rests on"), labels, rows)


def _table(code: str, title: str, labels: Iterable[str], rows: Iterable[Row]) -> Table:
    return Table(code, title, tuple(Column(label, weight=1) for label in labels), tuple(rows), source="")


def _scheme_of(line: dict[str, Any]) -> str:
    return "agreement-forms" if line["form"] else "agreement-ranks"


def _label(atlas: Atlas, scheme: str, concept: str) -> str:
    return text_in(atlas.content["concepts"][scheme].get(concept, {}).get("label", concept))


def _whose(atlas: Atlas, proof: dict[str, Any]) -> str:
    if proof["kind"] == "response":
        return atlas.acronym(proof["code"])
    return atlas.name(proof["code"]) if proof["kind"] == "country" else _("All together")


def _roles() -> dict[str, str]:
    return {
        "unknown": _("not stated"),
        "first-offerer": _("first offerer"),
        "second-offerer": _("second offerer"),
        "recipient": _("recipient"),
        "both": _("offerer and recipient"),
    }
