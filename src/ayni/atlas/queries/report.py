"""An edition as one page: the document's sections with their tables and figures, notes, change and contents."""

from collections.abc import Collection, Iterable
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from ayni.atlas.queries.facts import Atlas
from ayni.atlas.queries.links import country_link, coverage_url, label_of, source_of
from ayni.atlas.queries.tables import table
from ayni.atlas.queries.tables.titles import FIGURES, METHODS
from ayni.common.i18n import text_in
from ayni.common.sources import source_label, source_url

FORMATS = (("pdf", "PDF"), ("docx", "DOCX"), ("xlsx", "XLSX"), ("json", "JSON"))


def sections(atlas: Atlas, drawn: Collection[str], regions: str = "") -> list[dict[str, Any]]:
    """The document's sections, each with its paragraphs, its tables and those of its figures that are `drawn`."""
    return [
        {
            "code": section["code"],
            "number": section["number"],
            "title": text_in(section["title"]),
            "paragraphs": [text_in(text) for text in section["text"]],
            "figures": [figure(atlas, code) for code in section["figures"] if code == "F1" or code in drawn],
            "tables": [table(atlas, code, regions) for code in section["tables"]],
        }
        for section in atlas.content["sections"]
    ]


def contents(parts: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The contents list: each section with its tables and figures."""
    return [
        {
            "anchor": part["code"],
            "label": f"{part['number']}. {part['title']}" if part["number"] else part["title"],
            "items": [
                {"anchor": item["code"].lower(), "label": item["title"], "code": item["code"]}
                for item in (*part["figures"], *part["tables"])
            ],
        }
        for part in parts
    ]


def figure(atlas: Atlas, code: str) -> dict[str, Any]:
    return {
        "code": code,
        "anchor": code.lower(),
        "title": FIGURES.get(code, code),
        "source": source_of(atlas, atlas.figures[code].get("source", "")),
        "method": METHODS.get(code, "tallies"),
        "coverage_url": coverage_url(atlas),
        "learning": learning(atlas) if code == "F1" else [],
    }


def learning(atlas: Atlas) -> list[dict[str, Any]]:
    """F1 in words: each type of learning, its order and what it is."""
    return [
        {
            "label": label_of(atlas, "learning-types", kind["concept"]),
            "text": text_in(kind["text"]),
            "url": reverse("evidence", args=[atlas.edition["code"], "F1", kind["concept"]]),
        }
        for kind in atlas.figures["F1"]["types"]
    ]


def notes(atlas: Atlas) -> list[dict[str, str]]:
    """What a reader must know of the data's quality, each note with its source."""
    return [
        {
            "text": text_in(note["text"]),
            "source": source_label(note["source"]) if atlas.round["source"] else "",
            "url": source_url(note["source"]) if atlas.round["source"] else "",
        }
        for note in atlas.content["quality"]["notes"]
    ]


def downloads(atlas: Atlas) -> list[dict[str, str]]:
    """The edition as files; those formats only that this site can make."""
    code = atlas.edition["code"]
    found = []
    for ending, name in FORMATS:
        try:
            url = reverse("edition_file", args=[code, code, ending])
        except NoReverseMatch:
            continue
        found.append({"label": _("The diagnosis as %(format)s") % {"format": name}, "format": name, "url": url})
    return found


def change(atlas: Atlas) -> dict[str, Any] | None:
    """What differs from the edition before, over the countries that reported in both; None for a first edition."""
    found = atlas.content["change"]
    if found is None:
        return None
    return {
        "previous": {"label": found["previous"], "url": reverse("edition", args=[found["previous"]])},
        "totals": [
            {"label": _("Partner countries"), "before": found["total"][0], "after": found["total"][1]},
            {"label": _("Country pairs"), "before": found["pairs"][0], "after": found["pairs"][1]},
        ],
        "both": [country_link(atlas, code) for code in found["reporters"]["both"]],
        "only_before": [country_link(atlas, code) for code in found["reporters"]["only_before"]],
        "only_after": [country_link(atlas, code) for code in found["reporters"]["only_after"]],
        "partners": {
            side: [country_link(atlas, code) for code in atlas.by_name(found["partners"][side])]
            for side in ("added", "gone", "stayed")
        },
        "countries": [
            {
                **country_link(atlas, code),
                "before": found["by_country"][code][0],
                "after": found["by_country"][code][1],
                "hhi_before": found["hhi"][code][0],
                "hhi_after": found["hhi"][code][1],
            }
            for code in found["reporters"]["both"]
        ],
    }


def methods(atlas: Atlas) -> list[dict[str, str]]:
    return [
        {"code": method["code"], "title": text_in(method["title"]), "text": text_in(method["text"])}
        for method in atlas.content["method"]
    ]
