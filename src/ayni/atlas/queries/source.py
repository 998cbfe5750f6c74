"""The places of the 2010 document, and the facts of an edition that rest on each."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from ayni.atlas.queries.facts import Atlas
from ayni.common.sources import anchor, reference


def places(atlas: Atlas | None) -> list[dict[str, Any]]:
    """The sections in order, each with its parts; every place with its anchor and what of `atlas` rests on it.

    `used` lists the tables and figures that name the place: code, number of facts, url.
    """
    found = used(atlas) if atlas is not None else {}
    home = reverse("edition", args=[atlas.edition["code"]]) if atlas is not None else ""
    every = [
        {
            **place,
            "anchor": anchor(place["locator"]),
            "used": [
                {"code": code, "number": number, "url": f"{home}#{code.lower()}"}
                for code, number in found.get(anchor(place["locator"]), {}).items()
            ],
        }
        for place in reference()["places"]
    ]
    sections: list[dict[str, Any]] = []
    for place in every:
        if place["level"] == 0:
            sections.append({**place, "parts": []})
        else:
            sections[-1]["parts"].append(place)
    return sections


def used(atlas: Atlas) -> dict[str, Counter[str]]:
    """{anchor: {table or figure: facts}} of an edition."""
    found: dict[str, Counter[str]] = {}
    for code, content in (*atlas.tables.items(), *atlas.figures.items()):
        for locator in _sources(content):
            for part in locator.split(";"):
                if part.strip():
                    found.setdefault(anchor(part.strip()), Counter())[code] += 1
    return found


def _sources(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "source" and isinstance(inner, str):
                yield inner
            else:
                yield from _sources(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _sources(inner)
