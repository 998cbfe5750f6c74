"""T1, T2, T5, T6, T7 and T10: categories, and who said them."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.atlas.queries.facts import Atlas
from ayni.atlas.queries.links import concept, country_link, evidence_url, label_of, source_of, whose
from ayni.common.i18n import text_in

Row = dict[str, Any]


def outcomes(atlas: Atlas) -> Row:
    rows = _rows(atlas, "T1", "outcomes")
    for row in rows:
        row["texts"] = [text_in(text) for text in row["raw"]["texts"]]
    return {"rows": rows}


def obstacles(atlas: Atlas) -> Row:
    """Rows in groups. A column for each country only where an obstacle is told of single countries."""
    by_country = atlas.tables["T2"]["by_country"]
    countries = atlas.by_name({code for cell in by_country.values() for code in cell})
    groups: dict[str | None, list[Row]] = {}
    for row in _rows(atlas, "T2", "obstacles"):
        counts = by_country.get(row["code"], {})
        row["cells"] = [counts.get(country, 0) for country in countries]
        groups.setdefault(row["raw"]["broader"], []).append(row)
    return {
        "countries": [country_link(atlas, code) for code in countries],
        "columns": 2 + len(countries),
        "groups": [
            {"label": label_of(atlas, "obstacles", code) if code else "", "rows": rows} for code, rows in groups.items()
        ],
    }


def agreements(atlas: Atlas) -> Row:
    return {
        "forms": [row for row in _rows(atlas, "T5", "agreement-forms") if row["raw"]["form"]],
        "ranks": [row for row in _rows(atlas, "T5", "agreement-ranks") if row["raw"]["rank"]],
        "statements": [_statement(atlas, statement) for statement in atlas.tables["T5"]["statements"]],
    }


def modalities(atlas: Atlas) -> Row:
    quadrants = atlas.content["concepts"]["quadrants"]
    rows = _rows(atlas, "T6", "modalities")
    for row in rows:
        row["cells"] = [code in row["raw"]["quadrants"] for code in quadrants]
    return {
        "rows": rows,
        "quadrants": [{"code": code, "label": text_in(quadrant["label"])} for code, quadrant in quadrants.items()],
    }


def topics(atlas: Atlas) -> Row:
    rows = _rows(atlas, "T7", "topics")
    for row in rows:
        row["supply"], row["demand"] = row["raw"]["supply"], row["raw"]["demand"]
    return {"rows": rows, "sided": any(not row["raw"]["together"] for row in rows)}


def evaluation(atlas: Atlas) -> Row:
    return {
        "rows": _rows(atlas, "T10", "me-instruments"),
        "systems": [
            {
                "label": label_of(atlas, "information-systems", system["concept"]),
                "country": country_link(atlas, system["country"]) if system["country"] else None,
                "source": source_of(atlas, system["source"]),
            }
            for system in atlas.tables["T10"]["systems"]
        ],
    }


def said_by(atlas: Atlas, row: Row) -> str:
    """Who stands behind a row, in words: so many institutions, named countries, or all together."""
    who = row["who"]
    if who["kind"] == "country":
        return ", ".join(atlas.name(code) for code in who["codes"])
    if who["kind"] == "together":
        return _("All together")
    number = row["count"] or 0
    return ngettext("%(number)d institution", "%(number)d institutions", number) % {"number": number}


def _rows(atlas: Atlas, code: str, scheme: str) -> list[Row]:
    return [
        {
            "code": row["concept"],
            "label": text_in(concept(atlas, scheme, row["concept"])["label"]),
            "definition": text_in(concept(atlas, scheme, row["concept"])["definition"]),
            "said_by": said_by(atlas, row),
            "together": row["who"]["kind"] == "together",
            "url": evidence_url(atlas, code, row["concept"]),
            "raw": row,
        }
        for row in atlas.tables[code]["rows"]
        if row["concept"] in atlas.content["concepts"].get(scheme, {})
    ]


def _statement(atlas: Atlas, statement: dict[str, Any]) -> Row:
    codes = [statement["code"]] if statement["code"] else list(atlas.reporters)
    return {
        "who": whose(atlas, statement["kind"], codes),
        "together": statement["kind"] == "together",
        "text": text_in(statement["text"]),
        "source": source_of(atlas, statement["source"]),
    }
