"""The tables of the diagnosis that count categories: who said what, together or alone."""

from collections.abc import Iterable
from typing import Any

from ayni.surveys.queries.facts import AgencyFact, CodingFact, RoundFacts, StatementFact, Who

Table = dict[str, Any]
Concepts = dict[str, dict[str, dict[str, Any]]]


def who_said(facts: RoundFacts, whose: Iterable[Who]) -> dict[str, Any]:
    """Whose facts these are: single respondents where there are any, else countries, else all that reported together."""
    named = list(whose)
    for kind in ("response", "country"):
        codes = sorted({who.code for who in named if who.kind == kind})
        if codes:
            return {"kind": kind, "codes": codes}
    return {"kind": "together", "codes": facts.reporters}


def evidence(codings: Iterable[CodingFact]) -> list[dict[str, str]]:
    """What each category rests on: whose answer, its passage, the coder and the source."""
    return [
        {
            "kind": fact.who.kind,
            "code": fact.who.code,
            "question": fact.question,
            "passage": fact.passage,
            "coder": fact.coder,
            "source": fact.source,
        }
        for fact in codings
    ]


def counted(facts: RoundFacts, concepts: Concepts, scheme: str) -> list[dict[str, Any]]:
    """A row for each concept of `scheme` that was coded, in the vocabulary's order.

    `count` is the number of respondents, null where only all together said it.
    """
    coded: dict[str, list[CodingFact]] = {}
    for fact in facts.coded(scheme):
        coded.setdefault(fact.concept, []).append(fact)
    return [
        {
            "concept": code,
            "broader": concept["broader"],
            "who": who_said(facts, (fact.who for fact in coded[code])),
            "count": respondents(coded[code]),
            "evidence": evidence(coded[code]),
            "source": coded[code][0].source,
        }
        for code, concept in concepts[scheme].items()
        if code in coded
    ]


def respondents(codings: Iterable[CodingFact]) -> int | None:
    """How many respondents a category has; None when nobody said it alone."""
    return len({fact.who.code for fact in codings if fact.who.kind == "response"}) or None


def outcomes(facts: RoundFacts, concepts: Concepts) -> Table:
    """T1. Outcomes in the eight categories of Table 1, with what the document or the statements say of each."""
    rows = counted(facts, concepts, "outcomes")
    for row in rows:
        definition = concepts["outcomes"][row["concept"]]["definition"]
        row["texts"] = [definition] if definition else []
    return {"source": "Section I, Table 1", "rows": rows}


def obstacles(facts: RoundFacts, concepts: Concepts) -> Table:
    """T2. Obstacles by group of Table 2, and by country where a country can be told."""
    rows = counted(facts, concepts, "obstacles")
    said: dict[str, dict[str, set[Who]]] = {}
    for fact in facts.coded("obstacles"):
        country = facts.home.get(fact.who.code, fact.who.code if fact.who.kind == "country" else "")
        if country:
            said.setdefault(fact.concept, {}).setdefault(country, set()).add(fact.who)
    by_country = {concept: {country: len(who) for country, who in cells.items()} for concept, cells in said.items()}
    return {"source": "Section II, Table 2", "rows": rows, "by_country": by_country}


def agencies(facts: RoundFacts) -> Table:
    """T4. Agencies involved, national and international, by respondent or (where the source merges them) by country."""
    members: dict[str, list[str]] = {}
    for code in facts.institutions:
        members.setdefault(facts.home[code], []).append(code)
    rows: dict[Who, dict[str, Any]] = {}
    for fact in facts.agencies:
        country = facts.home.get(fact.who.code, fact.who.code)
        row = rows.get(fact.who)
        if row is None:
            alone = fact.who.kind == "response"
            row = rows[fact.who] = {
                "respondents": [fact.who.code] if alone else members.get(country, []),
                "country": country,
                "national": [],
                "international": [],
            }
        row[fact.scope].append(_agency(fact))
    ordered = sorted(rows.values(), key=lambda row: (row["country"], row["respondents"]))
    return {"source": "Section IV, Table 4", "rows": ordered}


def _agency(fact: AgencyFact) -> dict[str, Any]:
    return {
        "institution": fact.institution or None,
        "name": fact.name,
        "acronym": fact.acronym,
        "role": fact.role or None,
        "source": fact.source,
    }


def agreements(facts: RoundFacts, concepts: Concepts) -> Table:
    """T5. Agreements by form and by the rank that signs, with what is said of each country's practice."""
    rows = [
        {
            **row,
            "form": row["concept"] if scheme == "agreement-forms" else None,
            "rank": row["concept"] if scheme == "agreement-ranks" else None,
        }
        for scheme in ("agreement-forms", "agreement-ranks")
        for row in counted(facts, concepts, scheme)
    ]
    return {"source": "Section III", "rows": rows, "statements": statements(facts, "q07")}


def modalities(facts: RoundFacts, concepts: Concepts) -> Table:
    """T6. Modalities by quadrant of the cooperation matrix (Ayni's reconstruction of Figure 3)."""
    rows = counted(facts, concepts, "modalities")
    for row in rows:
        row["quadrants"] = concepts["modalities"][row["concept"]]["extra"].get("quadrants", [])
    return {"source": "Section III", "rows": rows}


def topics(facts: RoundFacts, concepts: Concepts) -> Table:
    """T7. Topics: how many respondents offer and how many seek each; unknown where only all together named it."""
    sides = {"supply": _sided(facts, "offer"), "demand": _sided(facts, "seek")}
    rows = counted(facts, concepts, "topics")
    for row in rows:
        together = row["count"] is None
        row["together"] = together
        for side, counts in sides.items():
            row[side] = None if together else counts.get(row["concept"], 0)
    return {"source": "Section III", "rows": rows}


def _sided(facts: RoundFacts, side: str) -> dict[str, int]:
    """{topic: respondents} of the question that asks for topics offered ("offer") or sought ("seek")."""
    question = {"offer": "q05a", "seek": "q05b"}[side]
    named: dict[str, set[str]] = {}
    for fact in facts.coded("topics"):
        if fact.who.kind == "response" and fact.question == question:
            named.setdefault(fact.concept, set()).add(fact.who.code)
    return {concept: len(codes) for concept, codes in named.items()}


def evaluation(facts: RoundFacts, concepts: Concepts) -> Table:
    """T10. Instruments of monitoring and evaluation in use, and the information systems named (R9, R11)."""
    systems = [
        {
            "concept": fact.concept,
            "country": fact.who.code if fact.who.kind == "country" else None,
            "source": fact.source,
        }
        for fact in facts.coded("information-systems")
    ]
    return {"source": "Section I", "rows": counted(facts, concepts, "me-instruments"), "systems": systems}


def statements(facts: RoundFacts, question: str) -> list[dict[str, Any]]:
    """What was said in words on the questions whose code starts with `question`."""
    return [_statement(fact) for fact in facts.statements if fact.question.startswith(question)]


def _statement(fact: StatementFact) -> dict[str, Any]:
    return {"kind": fact.who.kind, "code": fact.who.code, "text": fact.text, "source": fact.source}
