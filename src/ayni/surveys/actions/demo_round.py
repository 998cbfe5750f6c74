"""The demonstration's open round: fictional answers of real institutions, one in each state that a response can have."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from ayni.accounts.models import User
from ayni.common.reference import Row, document, table
from ayni.directory.actions.institutions import load_institutions
from ayni.directory.actions.people import add_person, grant_role
from ayni.directory.models import Concept, Institution
from ayni.surveys.actions.coding import code_passage
from ayni.surveys.actions.editions import create_edition
from ayni.surveys.actions.invitations import Invitee, invite
from ayni.surveys.actions.responses import contest_response, submit_response, validate_response
from ayni.surveys.actions.review import accept_response, propose_response, return_response
from ayni.surveys.actions.rounds import RoundPlan, create_round, open_round
from ayni.surveys.models import (
    Answer,
    AnswerRevision,
    DiagnosisEdition,
    InstrumentVersion,
    Question,
    Response,
    Round,
)

CODE = "red-2026"
TITLE = {
    "es": "Diagnóstico de la red, 2026 (ficticio)",
    "pt": "Diagnóstico da rede, 2026 (fictício)",
    "en": "Diagnosis of the network, 2026 (fictional)",
    "fr": "Diagnostic du réseau, 2026 (fictif)",
}
DAYS = 45
CLIENT = "demonstration"
# What a colleague of the same institution wrote at the same time: two versions wait for a choice.
KEPT_ASIDE = ("BR-MDS", "q02", "[Ficticio] O ministério coordena a assistência social e responde pelo Cadastro Único.")
# How far a response goes before it stops, in order.
STEPS = ("submitted", "returned", "accepted", "proposed", "contested", "validated")


@transaction.atomic
def load_demo_round(*, by: Any, password: str, secretariat: User) -> bool:
    """Enter the round, its people, answers and codings, and a draft edition, unless it is there. Returns whether it was."""
    if Round.objects.filter(code=CODE).exists():
        return False
    load_institutions(by=by, folder="demo")
    institutions = {one.code: one for one in Institution.objects.all()}
    people = _people(by, password, institutions) | {secretariat.email: secretariat}
    rows = table("demo/states.csv")
    round_ = _opened(by, rows, institutions)
    responses = {one.institution.code: one for one in round_.responses.select_related("institution", "round__version")}
    respondents = {
        row["institution"]: people[row["email"]] for row in reversed(table("demo/people.csv")) if row["institution"]
    }
    _answer(round_, responses, respondents)
    for row in rows:
        _move(row, responses[row["institution"]], respondents.get(row["institution"]), secretariat)
    _code(responses, people)
    for row in rows:
        _settle(row, responses[row["institution"]], respondents.get(row["institution"]), secretariat)
    create_edition(by=by, round=round_, code=CODE, title=TITLE, previous=DiagnosisEdition.objects.get(code="oas-2010"))
    return True


def _people(by: Any, password: str, institutions: dict[str, Institution]) -> dict[str, User]:
    """Those who answer and code; only some have a password and can sign in."""
    people = {}
    for row in table("demo/people.csv"):
        user = add_person(
            by=by,
            email=row["email"],
            name=row["name"],
            language=row["language"],
            password=password if row["signs_in"] else None,
            demo=True,
        )
        grant_role(by=by, user=user, role=row["role"], institution=institutions.get(row["institution"]))
        people[row["email"]] = user
    return people


def _opened(by: Any, rows: list[Row], institutions: dict[str, Institution]) -> Round:
    plan = RoundPlan(
        title=TITLE,
        version=InstrumentVersion.objects.get(instrument__code="oas13", number=1),
        period_from=2011,
        period_to=2026,
        deadline=timezone.localdate() + timedelta(days=DAYS),
        previous=Round.objects.get(code="oas-2010"),
        fictional=True,
    )
    round_ = create_round(by=by, code=CODE, plan=plan)
    invitees = [Invitee(institutions[row["institution"]], language=row["language"]) for row in rows]
    invite(by=by, round=round_, invitees=invitees, notify=False)
    open_round(by=by, round=round_, notify=False)
    return round_


def _answer(round_: Round, responses: dict[str, Response], respondents: dict[str, User]) -> None:
    questions = {question.code: question for question in Question.objects.filter(version=round_.version_id)}
    answers = Answer.objects.bulk_create(
        Answer(
            response=responses[institution],
            question=questions[code],
            value=value,
            revision=1,
            updated_by=respondents.get(institution),
        )
        for institution, given in document("demo/answers.json").items()
        for code, value in given.items()
    )
    revisions = [
        AnswerRevision(
            answer=answer, base=0, revision=1, value=answer.value, author=answer.updated_by, client=CLIENT, sequence=1
        )
        for answer in answers
    ]
    institution, code, text = KEPT_ASIDE
    aside = next(one for one in answers if one.response_id == responses[institution].pk and one.question.code == code)
    colleague = User.objects.filter(memberships__institution=responses[institution].institution_id).first()
    revisions.append(
        AnswerRevision(
            answer=aside, base=0, revision=None, value=text, author=colleague, client=f"{CLIENT}-2", sequence=1
        )
    )
    AnswerRevision.objects.bulk_create(revisions)


def _move(row: Row, response: Response, respondent: User | None, secretariat: User) -> None:
    """Up to where it can be coded."""
    if row["state"] not in STEPS:
        return
    submit_response(by=respondent, response=response)
    if row["state"] == "returned":
        return_response(by=secretariat, response=response, reason=row["reason"], notify=False)
    elif STEPS.index(row["state"]) >= STEPS.index("accepted"):
        accept_response(by=secretariat, response=response)


def _settle(row: Row, response: Response, respondent: User | None, secretariat: User) -> None:
    """From the coding to the institution, and its answer."""
    if row["state"] not in ("proposed", "contested", "validated"):
        return
    propose_response(by=secretariat, response=response, notify=False)
    if row["state"] == "contested":
        contest_response(by=respondent, response=response, reason=row["reason"])
    elif row["state"] == "validated":
        validate_response(by=respondent, response=response)


def _code(responses: dict[str, Response], people: dict[str, User]) -> None:
    rows = table("demo/codings.csv")
    concepts = {
        (concept.scheme.code, concept.code): concept
        for concept in Concept.objects.filter(scheme__code__in={row["scheme"] for row in rows}).select_related("scheme")
    }
    version = next(iter(responses.values())).round.version
    questions = {question.code: question for question in version.questions.all()}
    for row in rows:
        code_passage(
            by=people[row["coder"]],
            response=responses[row["institution"]],
            question=questions[row["question"]],
            concept=concepts[row["scheme"], row["concept"]],
            passage=row["passage"],
        )
