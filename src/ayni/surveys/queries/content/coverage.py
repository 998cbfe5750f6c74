"""T13: which questions each respondent answered, and how the edition knows."""

from typing import Any

from ayni.surveys.models import Kind, Round
from ayni.surveys.queries.facts import TOGETHER, RoundFacts, Who


def coverage(round_: Round, facts: RoundFacts) -> dict[str, Any]:
    """T13. For each respondent and question: answered | coded | together | missing, and the share not missing.

    "coded" means that a category was recorded but not the answer's wording; "together" that the source gives it only
    for the country's institutions or for all respondents.
    """
    questions = list(round_.version.questions.exclude(kind=Kind.NOTE).order_by("position"))
    codes = [question.code for question in questions]
    known = set(codes)
    covered = _covered(facts)
    answers: dict[str, set[str]] = {}
    for institution, code in facts.answered:
        answers.setdefault(institution, set()).add(code)
    together = covered.get(TOGETHER, set())
    rows = []
    for respondent in facts.respondents:
        answered = answers.get(respondent.institution, set())
        coded = covered.get(Who("response", respondent.institution), set())
        shared = together | covered.get(Who("country", respondent.country), set())
        states = dict.fromkeys(codes, "missing")
        for state, given in (("together", shared), ("coded", coded), ("answered", answered)):
            states.update(dict.fromkeys(given & known, state))
        present = len(codes) - list(states.values()).count("missing")
        rows.append(
            {
                "institution": respondent.institution,
                "answered": states,
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


def _covered(facts: RoundFacts) -> dict[Who, set[str]]:
    """{whose: the questions of which a category or a statement is recorded}."""
    found: dict[Who, set[str]] = {}
    for coding in facts.codings:
        found.setdefault(coding.who, set()).add(coding.question)
    for statement in facts.statements:
        found.setdefault(statement.who, set()).add(statement.question)
    return found
