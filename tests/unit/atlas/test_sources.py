"""Every source that the data name has an address."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from ayni.common.sources import anchor, reference, source_label, source_url

DATA = Path(__file__).parents[3] / "data"
FILES = sorted(
    path
    for folder in ("oas2010", "vocabularies", "instruments")
    for path in (DATA / folder).glob("*.*")
    if path.suffix in (".csv", ".json") and path.name != "source.json"
)


def _named(path: Path) -> set[str]:
    if path.suffix == ".json":
        return set(_walk(json.loads(path.read_text())))
    with path.open(newline="", encoding="utf-8") as file:
        return {
            text
            for row in csv.DictReader(file)
            for name, text in row.items()
            if name and name.endswith("source") and text
        }


def _walk(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "source" and isinstance(inner, str) and inner:
                yield inner
            yield from _walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner)


def _anchors() -> set[str]:
    return {anchor(place["locator"]) for place in reference()["places"]} | {
        other["anchor"] for other in reference()["others"]
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_source_in_the_data_has_an_anchor(path):
    for locator in _named(path):
        with override("es"):
            url = source_url(locator)
        assert url.startswith("/es/source/#"), locator
        assert url.partition("#")[2] in _anchors(), locator


def test_anchors_are_told_apart():
    every = [anchor(place["locator"]) for place in reference()["places"]]
    assert len(every) == len(set(every))


def test_places_are_written_in_every_language():
    for place in (*reference()["places"], *reference()["others"]):
        assert all(place[part].get(code) for part in ("label", "text") for code in ("es", "pt", "en", "fr")), place


@pytest.mark.parametrize(
    ("locator", "language", "label"),
    [
        ("Section IV, Table 3", "es", "Sección IV, Tabla 3"),
        ("Section III; Section IV; note 3", "pt", "Seção III"),
        ("IATI, organisation role 1", "en", "IATI standard 2.03"),
        ("Law 20.530 of Chile", "fr", "Law 20.530 of Chile"),
        ("something else", "en", "something else"),
    ],
)
def test_a_source_is_named_in_the_language_of_the_page(locator, language, label):
    with override(language):
        assert source_label(locator) == label


def test_the_texts_of_the_sections_are_whole():
    sections = json.loads((DATA / "diagnosis/sections.json").read_text())
    texts = json.loads((DATA / "oas2010/texts.json").read_text())
    assert set(texts) == {section["code"] for section in sections}
    for paragraphs in texts.values():
        assert 2 <= len(paragraphs) <= 3
        assert all(set(paragraph) == {"es", "pt", "en", "fr"} for paragraph in paragraphs)
