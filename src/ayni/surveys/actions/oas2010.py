"""The 2010 diagnosis entered as what it was: five institutions' responses to the 13 questions.

What the document says of one institution is a fact of its response; of the institutions of one country, a fact of
the country; of the four countries together, a fact of neither. Every fact keeps its place in the document.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from ayni.common.audit import record
from ayni.common.reference import Row, table, texts
from ayni.directory.models import Concept, Institution
from ayni.surveys.models import (
    AgencyMention,
    Answer,
    Coding,
    InstrumentVersion,
    Invitation,
    Kind,
    PartnerMention,
    Question,
    Response,
    ResponseStatus,
    Round,
    RoundStatus,
    Statement,
)

CODE = "oas-2010"
TITLE = {
    "es": "Diagnóstico de la cooperación internacional en protección social, 2010",
    "pt": "Diagnóstico da cooperação internacional em proteção social, 2010",
    "en": "Diagnosis of international cooperation on social protection, 2010",
    "fr": "Diagnostic de la coopération internationale en protection sociale, 2010",
}
# The workshop for which the questionnaire was sent (Introduction).
DEADLINE = date(2010, 7, 15)
CODER = "OAS 2010"


@dataclass(frozen=True)
class Loading:
    """What the rows of the files refer to."""

    round: Round
    responses: dict[str, Response]
    institutions: dict[str, Institution]
    questions: dict[str, Question]
    concepts: dict[tuple[str, str], Concept]

    def whom(self, scope: str, who: str) -> dict[str, Any]:
        """The columns that say whose fact it is: of a response, of a country, or (neither) of all together."""
        return {
            "round": self.round,
            "response": self.responses[who] if scope == "response" else None,
            "country_id": who if scope == "country" else None,
        }

    def question(self, kind: str = "", scheme: str = "") -> Question:
        """The first question of this kind, or with this vocabulary."""
        return next(
            question
            for question in self.questions.values()
            if question.kind == kind or (question.scheme is not None and question.scheme.code == scheme)
        )


@transaction.atomic
def load_oas2010(*, by: Any) -> bool:
    """Enter the round of 2010, unless it is there. Returns whether it was entered."""
    if Round.objects.filter(code=CODE).exists():
        return False
    version = InstrumentVersion.objects.get(instrument__code="oas13", number=1)
    round_ = Round.objects.create(
        code=CODE,
        title=TITLE,
        version=version,
        period_from=2005,
        period_to=2010,
        deadline=DEADLINE,
        status=RoundStatus.CLOSED,
        source="Introduction",
    )
    institutions = {institution.code: institution for institution in Institution.objects.all()}
    loading = Loading(
        round=round_,
        responses=_respond(round_, institutions),
        institutions=institutions,
        questions={question.code: question for question in version.questions.select_related("scheme")},
        concepts={
            (concept.scheme.code, concept.code): concept
            for concept in Concept.objects.filter(scheme__version=1).select_related("scheme")
        },
    )
    counts = {
        "responses": len(loading.responses),
        "partners": _partners(loading),
        "answers": _answers(loading),
        "agencies": _agencies(loading),
        "codings": _codings(loading) + _agreements(loading),
        "statements": _statements(loading),
    }
    record(by=by, verb="round of 2010 entered", on=round_, after=counts)
    return True


def _respond(round_: Round, institutions: dict[str, Institution]) -> dict[str, Response]:
    rows = table("oas2010/responses.csv")
    Invitation.objects.bulk_create(
        Invitation(round=round_, institution=institutions[row["institution"]]) for row in rows
    )
    return {
        row["institution"]: Response.objects.create(
            round=round_,
            institution=institutions[row["institution"]],
            status=ResponseStatus.VALIDATED,
            period_from=int(row["period_from"]),
            period_to=int(row["period_to"]),
            note=texts(row, "note"),
            validation_source=row["validation_source"],
        )
        for row in rows
    }


def _partners(loading: Loading) -> int:
    rows = table("oas2010/partners.csv")
    question = loading.question(kind=Kind.COUNTRIES)
    answers: dict[str, list[Row]] = {}
    for row in rows:
        answers.setdefault(row["institution"], []).append(row)
    Answer.objects.bulk_create(
        Answer(
            response=loading.responses[code],
            question=question,
            revision=1,
            value=[{"country": row["country"], "role": "unknown"} for row in marks],
            source=marks[0]["source"],
        )
        for code, marks in answers.items()
    )
    PartnerMention.objects.bulk_create(
        PartnerMention(
            response=loading.responses[row["institution"]],
            reporter_id=loading.institutions[row["institution"]].country_id,
            country_id=row["country"],
            printed_name=row["printed_name"],
            source=row["source"],
        )
        for row in rows
    )
    return len(rows)


def _answers(loading: Loading) -> int:
    return len(
        Answer.objects.bulk_create(
            Answer(
                response=loading.responses[row["institution"]],
                question=loading.questions[row["question"]],
                revision=1,
                value=json.loads(row["value"]),
                source=row["source"],
            )
            for row in table("oas2010/answers.csv")
        )
    )


def _agencies(loading: Loading) -> int:
    question = loading.question(kind=Kind.INSTITUTIONS)
    mentions = []
    for row in table("oas2010/agencies.csv"):
        respondents = row["respondents"].split(";")
        scope, who = ("response", respondents[0]) if len(respondents) == 1 else ("country", row["country"])
        mentions.append(
            AgencyMention(
                **loading.whom(scope, who),
                question=question,
                institution=loading.institutions.get(row["institution"]),
                name=texts(row, "name"),
                role=loading.concepts.get(("agency-roles", row["role"])),
                scope=row["scope"],
                source=row["source"],
            )
        )
    return len(AgencyMention.objects.bulk_create(mentions))


def _codings(loading: Loading) -> int:
    return len(
        Coding.objects.bulk_create(
            Coding(
                **loading.whom(row["scope"], row["who"]),
                question=loading.questions.get(row["question"]),
                concept=loading.concepts[row["scheme"], row["concept"]],
                passage=row["passage"],
                coder_name=CODER,
                source=row["source"],
            )
            for row in table("oas2010/codings.csv")
        )
    )


def _agreements(loading: Loading) -> int:
    """Agreements by form and rank, which Section III gives country by country, with what it says of them."""
    count = 0
    for row in table("oas2010/agreements.csv"):
        for scheme, code in (("agreement-forms", row["form"]), ("agreement-ranks", row["rank"])):
            _, new = (
                Coding.objects.get_or_create(
                    round=loading.round,
                    country_id=row["country"],
                    concept=loading.concepts[scheme, code],
                    defaults={
                        "question": loading.question(scheme=scheme),
                        "coder_name": CODER,
                        "source": row["source"],
                    },
                )
                if code
                else (None, False)
            )
            count += new
        Statement.objects.get_or_create(
            round=loading.round,
            country_id=row["country"],
            text=texts(row, "text"),
            defaults={"question": loading.question(scheme="agreement-forms"), "source": row["source"]},
        )
    return count


def _statements(loading: Loading) -> int:
    return len(
        Statement.objects.bulk_create(
            Statement(
                **loading.whom(row["scope"], row["who"]),
                question=loading.questions.get(row["question"]),
                text=texts(row, "text"),
                source=row["source"],
            )
            for row in table("oas2010/statements.csv")
        )
    )
