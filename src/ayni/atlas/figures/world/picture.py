"""The figures of an answer, each drawn once for a snapshot, a question, a language and a theme; and their files."""

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from threading import Lock
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.atlas.figures.drawing import Drawing
from ayni.atlas.figures.files import TYPES, File
from ayni.atlas.figures.render import png
from ayni.atlas.figures.world import bars, grid, line, sankey, web, world
from ayni.atlas.figures.world.compared import METHOD, table_of
from ayni.atlas.queries.flows import labels
from ayni.atlas.queries.flows.asked import Answer, Asked
from ayni.common.delimited import csv_file
from ayni.common.i18n import language

FIGURES: Mapping[str, Callable[[Answer, str], Drawing]] = {
    "map": world.draw,
    "matrix": grid.draw,
    "years": line.draw,
    "sankey": sankey.draw,
    "network": web.draw,
    "concentration": bars.concentration,
    "roles": bars.roles,
}
# Pictures of pages that a process keeps, and the rows of each that a page shows: files have them all.
KEEP, SHOWN = 512, 30
# So many values of a filter are named in the sentence of the question.
NAMED = 6
_kept: OrderedDict[tuple[Any, ...], "WorldPicture"] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True, eq=False)
class WorldPicture:
    """A drawing with its question: `said` it in words, `asked` itself, `made` the snapshot's day; of `total` rows a page's drawing has the
    first."""

    code: str
    drawing: Drawing
    said: str
    asked: Asked
    made: str
    checksum: str
    total: int
    lang: str = field(default="es")


def drawn(answer: Answer, code: str) -> WorldPicture:
    """Figure `code` (one of FIGURES; KeyError for any other) of an answer as a page shows it."""
    key = (*answer.key, code, language())
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
            return found
    made = whole(answer, code, "page")
    made = replace(made, drawing=replace(made.drawing, rows=made.drawing.rows[:SHOWN]))
    with _lock:
        _kept[key] = made
        while len(_kept) > KEEP:
            _kept.popitem(last=False)
    return made


def whole(answer: Answer, code: str, theme: str) -> WorldPicture:
    """The same with every row, for a file."""
    manifest = answer.held.manifest
    drawing = FIGURES[code](answer, theme)
    about = in_words(answer), answer.asked, manifest.made, manifest.checksum
    return WorldPicture(code, drawing, *about, len(drawing.rows), language())


def in_words(answer: Answer) -> str:
    """The question in words: what it rests on, and each filter."""
    asked = answer.asked
    parts = [labels.of_basis(answer.basis)] if answer.basis else []
    told = {
        "provider": (_("Provider"), answer.party),
        "recipient": (_("Recipient"), answer.party),
        "region": (_("Region"), labels.region),
        "sector": (_("Sector"), labels.sector),
        "topic": (_("Topic"), labels.topic),
        "modality": (_("Modality"), labels.modality),
    }
    for name, (label, word) in told.items():
        codes = getattr(asked, name)
        if codes:
            parts.append(f"{label}: {_listed([word(code) for code in codes])}")
    if asked.since or asked.until:
        parts.append(f"{asked.since or '…'}–{asked.until or '…'}")
    return " · ".join(parts)


def _listed(words: list[str]) -> str:
    """Names one after another; of many the first and how many more."""
    shown = ", ".join(words[:NAMED])
    more = len(words) - NAMED
    if more <= 0:
        return shown
    return ngettext("%(names)s and %(number)d more", "%(names)s and %(number)d more", more) % {
        "names": shown,
        "number": more,
    }


def file_of(picture: WorldPicture, file_format: str) -> File:
    """The picture as one of TYPES (KeyError for any other); the table's file says the question, the method and the day of the snapshot."""
    write = {
        "svg": lambda: picture.drawing.svg.encode(),
        "png": lambda: png(picture.drawing.svg),
        "csv": lambda: _csv(picture),
        "json": lambda: _json(picture),
    }[file_format]
    name = f"ayni-flows-{picture.code}-{picture.made[:10]}-{picture.lang}.{file_format}"
    return File(name, TYPES[file_format], write())


def comparison_file(one: Answer, other: Answer, file_format: str) -> File:
    """Two answers side by side as "csv" or "json" (KeyError for any other)."""
    said = in_words(one), in_words(other)
    columns, rows = table_of(one, other, said)
    manifest = one.held.manifest
    value = {
        "questions": [one.asked.said(), other.asked.said()],
        "said": said,
        "method": METHOD,
        "snapshot": {"made": manifest.made, "checksum": manifest.checksum},
        "columns": columns[:-4],
        "rows": [row[:-4] for row in rows],
    }
    write = {"csv": lambda: csv_file([columns, *rows]), "json": lambda: json.dumps(value, ensure_ascii=False).encode()}
    name = f"ayni-flows-compared-{manifest.made[:10]}-{language()}.{file_format}"
    return File(name, TYPES[file_format], write[file_format]())


def _csv(picture: WorldPicture) -> bytes:
    drawing = picture.drawing
    about = [picture.said, drawing.method, f"{picture.made} {picture.checksum[:12]}"]
    columns = [*drawing.columns, _("Question"), _("Method"), _("Snapshot")]
    return csv_file(chain([columns], ([*row, *about] for row in drawing.rows)))


def _json(picture: WorldPicture) -> bytes:
    drawing = picture.drawing
    value = {
        "figure": picture.code,
        "language": picture.lang,
        "question": picture.asked.said(),
        "said": picture.said,
        "title": drawing.title,
        "description": drawing.description,
        "notes": drawing.notes,
        "method": drawing.method,
        "snapshot": {"made": picture.made, "checksum": picture.checksum},
        "columns": drawing.columns,
        "rows": drawing.rows,
    }
    return json.dumps(value, ensure_ascii=False).encode()
