"""Figures that draw categories: learning types and the heat map of topics."""

from collections import Counter
from typing import Any

from ayni.surveys.queries.content.tables import Concepts, evidence, respondents
from ayni.surveys.queries.facts import RoundFacts


def learning(facts: RoundFacts, concepts: Concepts) -> dict[str, Any]:
    """F1. The three types of learning; each with its order (R6) and how many respondents described it."""
    coded = {
        code: [fact for fact in facts.coded("learning-types") if fact.concept == code]
        for code in concepts["learning-types"]
    }
    return {
        "source": "Section I, Figure 1",
        "types": [
            {
                "concept": code,
                "order": concept["extra"].get("order", ""),
                "text": concept["definition"],
                "count": respondents(coded[code]),
                "evidence": evidence(coded[code]),
                "source": concept["source"],
            }
            for code, concept in concepts["learning-types"].items()
        ],
    }


def topic_heat(facts: RoundFacts, concepts: Concepts) -> dict[str, Any]:
    """F10. Topics by respondent; where the source names them only for all together, one column says so."""
    coded = facts.coded("topics")
    named = {fact.who.code for fact in coded if fact.who.kind == "response"}
    named_topics = {fact.concept for fact in coded}
    columns = [code for code in facts.institutions if code in named]
    if any(fact.who.kind == "together" for fact in coded):
        columns.append("together")
    # Two coders of one answer count once.
    answers = {
        (fact.concept, fact.who.code or "together", fact.question) for fact in coded if fact.who.kind != "country"
    }
    cells = Counter((topic, who) for topic, who, _question in answers)
    return {
        "source": "Section III",
        "rows": [code for code in concepts["topics"] if code in named_topics],
        "columns": columns,
        "cells": [{"topic": topic, "who": who, "count": number} for (topic, who), number in sorted(cells.items())],
    }
