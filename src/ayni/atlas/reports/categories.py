"""Tables that list categories: outcomes, obstacles, agreements, modalities, topics, instruments of evaluation."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from ayni.atlas.queries.facts import Atlas
from ayni.atlas.queries.tables.titles import TABLES
from ayni.atlas.reports.document import Cell, Column, Entries, Entry, Row, Table
from ayni.atlas.reports.wording import DOT, listed, number, place
from ayni.common.i18n import text_in

Lines = list[dict[str, Any]]


def outcomes(atlas: Atlas) -> Table:
    """T1."""
    found = atlas.tables["T1"]
    return _described(atlas, "T1", str(TABLES["T1"]), _("Outcome"), found, "outcomes")


def obstacles(atlas: Atlas) -> Table:
    """T2: in the groups of the vocabulary; a column for each country that named one alone."""
    found = atlas.tables["T2"]
    concepts = atlas.content["concepts"]["obstacles"]
    countries = atlas.by_name({code for cell in found["by_country"].values() for code in cell})
    said = _Said(atlas, found["rows"])
    rows: list[Row] = []
    group = None
    for line in found["rows"]:
        concept = concepts[line["concept"]]
        if concept["broader"] and concept["broader"] != group:
            group = concept["broader"]
            rows.append(Row((_numbered(concepts[group]),), "group"))
        counts = found["by_country"].get(line["concept"], {})
        cells: list[Cell] = [number(counts[code]) if code in counts else "" for code in countries]
        rows.append(Row((_numbered(concept), text_in(concept["definition"]), *cells, *said.cell(line))))
    return Table(
        code="T2",
        title=str(TABLES["T2"]),
        columns=(
            Column(_("Obstacle"), weight=1.3),
            Column(_("What it consists of"), weight=2),
            *(Column(atlas.name(code), "number", 0.6) for code in countries),
            *said.column,
        ),
        rows=tuple(rows),
        source=place(atlas, found["source"]),
        notes=said.notes,
        wide=len(countries) > 5,
    )


def agreements(atlas: Atlas) -> Table:
    """T5: forms of agreement, then the ranks that sign."""
    found = atlas.tables["T5"]
    said = _Said(atlas, found["rows"])
    rows: list[Row] = []
    for key, scheme, heading in (
        ("form", "agreement-forms", _("Form of the agreement")),
        ("rank", "agreement-ranks", _("Rank that signs")),
    ):
        concepts = atlas.content["concepts"][scheme]
        lines = [line for line in found["rows"] if line[key]]
        if lines:
            rows.append(Row((heading,), "group"))
        for line in lines:
            concept = concepts[line[key]]
            rows.append(Row((text_in(concept["label"]), text_in(concept["definition"]), *said.cell(line))))
    return Table(
        code="T5",
        title=str(TABLES["T5"]),
        columns=(Column(_("Agreement"), weight=1.2), Column(_("What it is"), weight=1.8), *said.column),
        rows=tuple(rows),
        source=place(atlas, found["source"]),
        notes=said.notes,
    )


def practice(atlas: Atlas) -> Entries:
    """What is said of each country's agreements."""
    return Entries(
        tuple(
            Entry(_whose(atlas, line), text_in(line["text"]), place(atlas, line["source"]))
            for line in atlas.tables["T5"]["statements"]
        )
    )


def modalities(atlas: Atlas) -> Table:
    """T6: a mark for each quadrant of the cooperation matrix in which a modality serves."""
    found = atlas.tables["T6"]
    concepts = atlas.content["concepts"]
    quadrants = list(concepts["quadrants"])
    said = _Said(atlas, found["rows"])
    rows = []
    for line in found["rows"]:
        marks: list[Cell] = [DOT if code in line["quadrants"] else "" for code in quadrants]
        rows.append(Row((_numbered(concepts["modalities"][line["concept"]]), *marks, *said.cell(line))))
    return Table(
        code="T6",
        title=str(TABLES["T6"]),
        columns=(
            Column(_("Modality"), weight=2.6),
            *(Column(f"{code} {text_in(concepts['quadrants'][code]['label'])}", "mark", 1) for code in quadrants),
            *said.column,
        ),
        rows=tuple(rows),
        source=place(atlas, found["source"]),
        notes=(_("The quadrants are Ayni's reconstruction of a figure whose drawing is lost."), *said.notes),
    )


def topics(atlas: Atlas) -> Table:
    """T7: how many respondents offer and seek each topic, where respondents said so one by one."""
    found = atlas.tables["T7"]
    concepts = atlas.content["concepts"]["topics"]
    sided = any(not line["together"] for line in found["rows"])
    rows = []
    for line in found["rows"]:
        concept = concepts[line["concept"]]
        sides: list[Cell] = [_count(line[side]) for side in ("supply", "demand")] if sided else []
        rows.append(Row((_numbered(concept), text_in(concept["definition"]), *sides)))
    together = any(line["together"] for line in found["rows"])
    return Table(
        code="T7",
        title=str(TABLES["T7"]),
        columns=(
            Column(_("Topic"), weight=1.4),
            Column(_("What it covers"), weight=1.8),
            *((Column(_("Offer it"), "number", 0.6), Column(_("Seek it"), "number", 0.6)) if sided else ()),
        ),
        rows=tuple(rows),
        source=place(atlas, found["source"]),
        notes=(_together(),) if together else (),
    )


def evaluation(atlas: Atlas) -> Table:
    """T10: instruments of monitoring and evaluation, then the information systems that the source names."""
    found = atlas.tables["T10"]
    table = _described(atlas, "T10", str(TABLES["T10"]), _("Instrument"), found, "me-instruments")
    if not found["systems"]:
        return table
    concepts = atlas.content["concepts"]["information-systems"]
    width = len(table.columns)
    systems = [
        Row(
            (
                text_in(concepts[line["concept"]]["label"]),
                text_in(concepts[line["concept"]]["definition"]),
                *([atlas.name(line["country"]) if line["country"] else _("All together")] if width == 3 else []),
            )
        )
        for line in found["systems"]
    ]
    return Table(
        code=table.code,
        title=table.title,
        columns=table.columns,
        rows=(
            Row((_("Instruments in use"),), "group"),
            *table.rows,
            Row((_("Information systems named"),), "group"),
            *systems,
        ),
        source=table.source,
        notes=table.notes,
    )


def _described(atlas: Atlas, code: str, title: str, heading: str, found: dict[str, Any], scheme: str) -> Table:
    """Categories with what is said of each and who said it."""
    concepts = atlas.content["concepts"][scheme]
    said = _Said(atlas, found["rows"])
    rows = []
    for line in found["rows"]:
        concept = concepts[line["concept"]]
        texts = [text_in(text) for text in line.get("texts", [])] or [text_in(concept["definition"])]
        rows.append(Row((text_in(concept["label"]), " ".join(texts), *said.cell(line))))
    return Table(
        code=code,
        title=title,
        columns=(Column(heading, weight=1.1), Column(_("What it consists of"), weight=2), *said.column),
        rows=tuple(rows),
        source=place(atlas, found["source"]),
        notes=said.notes,
    )


class _Said:
    """The column that names who said it; a note instead where all together said everything."""

    def __init__(self, atlas: Atlas, lines: Lines) -> None:
        self._atlas = atlas
        kinds = {line["who"]["kind"] for line in lines}
        self._needed = bool(kinds - {"together"})
        self.column = (Column(_("Said by"), weight=0.8),) if self._needed else ()
        self.notes = (_together(),) if "together" in kinds else ()

    def cell(self, line: dict[str, Any]) -> tuple[Cell, ...]:
        if not self._needed:
            return ()
        who = line["who"]
        if who["kind"] == "response":
            return (listed(map(self._atlas.acronym, who["codes"])),)
        if who["kind"] == "country":
            return (listed(map(self._atlas.name, self._atlas.by_name(who["codes"]))),)
        return (_("All together"),)


def _together() -> str:
    return _("The source says this of the reporting countries together, not of any one of them.")


def _whose(atlas: Atlas, line: dict[str, Any]) -> str:
    if line["kind"] == "response":
        return atlas.acronym(line["code"])
    return atlas.name(line["code"]) if line["kind"] == "country" else _("All together")


def _count(value: int | None) -> Cell:
    return "" if value is None else number(value)


def _numbered(concept: dict[str, Any]) -> str:
    words: Iterable[str] = (str(concept["extra"].get("number", "")), text_in(concept["label"]))
    return " ".join(word for word in words if word)
