"""T13: which questions each respondent answered, and how the edition knows."""

from typing import Any

from ayni.surveys.models import Kind, Round
from ayni.surveys.queries.facts import RoundFacts, Who


def coverage(round_: Round, facts: RoundFacts) -> dict[str, Any]:
    """T13. For each respondent and question: answered | coded | together | missing, and the share not missing.

    "coded" means that a category was recorded but not the answer's wording; "together" that the source gives it only
    for the country's institutions or for all respondents.
    """
    questions = list(round_.version.questions.exclude(kind=Kind.NOTE).order_by("position"))
    covered = _covered(facts)
    rows = []
    for respondent in facts.respondents:
        alone = Who("response", respondent.institution)
        shared = (Who("country", respondent.country), Who("together", ""))
        answered = {}
        for question in questions:
            state = "missing"
            if any((who, question.code) in covered for who in shared):
                state = "together"
            if (alone, question.code) in covered:
                state = "coded"
            if (respondent.institution, question.code) in facts.answered:
                state = "answered"
            answered[question.code] = state
        present = sum(state != "missing" for state in answered.values())
        rows.append(
            {
                "institution": respondent.institution,
                "answered": answered,
                "share": round(present / len(questions), 4) if questions else 0,
            }
        )
    return {
        "source": "Section VI, Annex",
        "questions": [
            {"code": question.code, "number": question.number, "label": question.label} for question in questions
        ],
        "rows": rows,
    }


def _covered(facts: RoundFacts) -> set[tuple[Who, str]]:
    coded = {(fact.who, fact.question) for fact in facts.codings}
    return coded | {(fact.who, fact.question) for fact in facts.statements}
