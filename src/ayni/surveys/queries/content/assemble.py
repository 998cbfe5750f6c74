"""An edition of the diagnosis as one JSON value, in every language at once (R29; domain, section 9).

The same facts give the same bytes: every list has an order, nothing depends on the clock or on the reader's language.
"""

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ayni.common.reference import document
from ayni.surveys.models import DiagnosisEdition
from ayni.surveys.queries.content import labels, notes, partners, tables
from ayni.surveys.queries.content.change import change
from ayni.surveys.queries.content.coverage import coverage
from ayni.surveys.queries.content.figures import learning, topic_heat
from ayni.surveys.queries.content.frozen import Content, kept_content, reference, reworded
from ayni.surveys.queries.facts import RoundFacts, round_facts

SCHEMA = "ayni-diagnosis/1"


def edition_content(edition: DiagnosisEdition) -> Content:
    """The edition's content: what was frozen, or (a draft) what its round gives today."""
    return kept_content(edition) or computed_content(edition)


def computed_content(edition: DiagnosisEdition) -> Content:
    """Compute the content from the round's facts: of a frozen edition again, with the reference data of its day."""
    with _without_collecting():
        return _computed(edition)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A large round makes a million values and no ring of them: looking for rings again and again takes a third of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _computed(edition: DiagnosisEdition) -> Content:
    facts = round_facts(edition.round)
    kept = kept_content(edition)
    known = reference(edition, facts, kept)
    concepts = known.concepts
    found = partners.matrix(facts, known.countries, known.regions)
    declared = partners.declared(facts)
    content = {
        "schema": SCHEMA,
        "edition": _edition(edition),
        "round": _round(edition),
        "institutions": labels.institutions(facts),
        "reporters": facts.reporters,
        "countries": known.countries,
        "regions": known.regions,
        "m49": known.m49,
        "concepts": concepts,
        "sections": _sections(edition),
        "tables": _tables(edition, facts, concepts, partners.table(facts, found)),
        "figures": {
            "F1": learning(facts, concepts),
            **partners.figures(facts, found, declared),
            "F10": topic_heat(facts, concepts),
        },
        "quality": notes.quality(facts, declared),
        "method": notes.method(),
        "change": None,
    }
    if kept and "live" in kept:
        content["live"] = kept["live"]
    if not edition.round.source:
        _leave_the_document(content)
    if edition.previous is not None:
        content["change"] = change(edition_content(edition.previous), content)
    return reworded(content, kept) if kept else content


def _leave_the_document(content: Content) -> None:
    """A round of one's own rests on its responses, not on the document's sections: each fact says which."""
    for part in (*content["tables"].values(), *content["figures"].values(), *content["quality"]["notes"]):
        part["source"] = ""


def canonical(content: Content) -> str:
    """The bytes that are frozen, as text: sorted keys, no white space, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sections(edition: DiagnosisEdition) -> list[dict[str, Any]]:
    """The document's sections, with what each holds; `text` is a list of paragraphs, only where the round has some."""
    texts = document("oas2010/texts.json") if edition.round.code == "oas-2010" else {}
    return [{**section, "text": texts.get(section["code"], [])} for section in document("diagnosis/sections.json")]


def _tables(
    edition: DiagnosisEdition, facts: RoundFacts, concepts: tables.Concepts, matrix: dict[str, Any]
) -> dict[str, Any]:
    return {
        "T1": tables.outcomes(facts, concepts),
        "T2": tables.obstacles(facts, concepts),
        "T3": matrix,
        "T4": tables.agencies(facts),
        "T5": tables.agreements(facts, concepts),
        "T6": tables.modalities(facts, concepts),
        "T7": tables.topics(facts, concepts),
        "T10": tables.evaluation(facts, concepts),
        "T13": coverage(edition.round, facts),
    }


def _edition(edition: DiagnosisEdition) -> dict[str, Any]:
    previous = edition.previous.code if edition.previous else None
    return {"code": edition.code, "title": edition.title, "previous": previous}


def _round(edition: DiagnosisEdition) -> dict[str, Any]:
    round_ = edition.round
    version = round_.version
    return {
        "code": round_.code,
        "title": round_.title,
        "period": [round_.period_from, round_.period_to],
        "fictional": round_.fictional,
        "source": round_.source,
        "instrument": {
            "code": version.instrument.code,
            "version": version.number,
            "title": version.instrument.title,
        },
    }
