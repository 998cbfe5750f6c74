"""Where a fact comes from: its place in the 2010 document, or another source, has an address on the page `source`.

A locator is English text as the document numbers itself: "Section II, Table 2", "Introduction, note 1",
"Annex, question 7". Its anchor is its slug. Sources outside the document (a law, a standard, Ayni's own judgement) have
anchors too. `data/oas2010/source.json` lists them all.
"""

import functools
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.text import slugify

from ayni.common.i18n import text_in
from ayni.common.reference import document

PLACES = ("Section ", "Introduction", "Annex", "Cover", "Imprint")


def anchor(locator: str) -> str:
    """The anchor of a place in the document: `anchor("Section II, Table 2") == "section-ii-table-2"`."""
    return slugify(locator)


def source_url(locator: object) -> str:
    """The address of `locator`: of the document's place, or a web address as it is; "" where there is nothing to open.

    Of several places ("Section I; Section II") the first counts.
    """
    first = _first(locator)
    if first.startswith(("https://", "http://")):
        return first
    place = anchor(first) if first.startswith(PLACES) else _elsewhere(first)[0]
    if not place:
        return ""
    try:
        return f"{reverse('source')}#{place}"
    except NoReverseMatch:
        return ""


def locators(source: object) -> list[str]:
    """The places that a source names, apart: "Section IV, Table 3; Section IV, Table 4" names two."""
    return [place for one in str(source or "").split(";") if (place := one.strip())]


def source_label(locator: object) -> str:
    """The locator in the language of the page: "Sección II, Tabla 2"; as it is where nothing is known of it."""
    first = _first(locator)
    label = _labels().get(first)
    if label:
        return text_in(label)
    return first if first.startswith(("Law ", "Decree ")) else _elsewhere(first)[1] or first


@functools.cache
def reference() -> dict[str, Any]:
    """The document's bibliographic reference, its places and the other sources (data/oas2010/source.json)."""
    return document("oas2010/source.json")


def _first(locator: object) -> str:
    return str(locator or "").split(";")[0].strip()


@functools.cache
def _labels() -> dict[str, dict[str, str]]:
    return {place["locator"]: place["label"] for place in reference()["places"]}


def _elsewhere(locator: str) -> tuple[str, str]:
    """(anchor, label) of a source that is named by how it begins; empty where none is."""
    if locator:
        for entry in (*reference()["others"], *reference()["places"]):
            if locator.startswith(tuple(entry.get("prefixes", ()))):
                return entry.get("anchor") or anchor(entry["locator"]), text_in(entry["label"])
    return "", ""
