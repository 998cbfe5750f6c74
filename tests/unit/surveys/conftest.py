"""A round with one institution of the directory, moved through its life by the demonstration's people."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from ayni.accounts.models import User
from ayni.common.reference import table
from ayni.directory.models import Institution
from ayni.surveys.actions.demo_round import CODE
from ayni.surveys.actions.invitations import Invitee, invite
from ayni.surveys.actions.rounds import RoundPlan, create_round, open_round
from ayni.surveys.models import Answer, DiagnosisEdition, InstrumentVersion, Response, ResponseStatus, Round
from tests.factories.exchange import without_exchange

TITLE = {"es": "Ronda de prueba", "pt": "Rodada de teste", "en": "Trial round", "fr": "Cycle d'essai"}


def day(number: int):
    """So many days from today."""
    return timezone.localdate() + timedelta(days=number)


def institution(code: str = "CL-SENCE") -> Institution:
    return Institution.objects.get(code=code)


def plan(**changes) -> RoundPlan:
    version = InstrumentVersion.objects.get(instrument__code="oas13", number=1)
    values = {"title": TITLE, "version": version, "period_from": 2011, "period_to": 2026, "deadline": day(30)}
    return RoundPlan(**(values | changes))


@pytest.fixture
def secretariat(person):
    return person("secretariat")


@pytest.fixture
def draft(secretariat) -> Round:
    return create_round(by=secretariat, code="trial", plan=plan())


@pytest.fixture
def opened(draft, secretariat) -> Round:
    """An open round with three institutions: in Spanish by address, in Portuguese by its focal point, and without anybody."""
    invitees = [
        Invitee(institution("CL-SENCE"), "fosis@example.org", "fr"),
        Invitee(institution("BR-MDS"), language="pt"),
        Invitee(institution("CO-MPS")),
    ]
    invite(by=secretariat, round=draft, invitees=invitees)
    open_round(by=secretariat, round=draft)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def answer(opened):
    """`answer(code, {question: value}, status=…)`: what an institution answered, without the respondent's pages."""

    def answered(code: str, values: dict, status: str = ResponseStatus.DRAFT, by=None) -> Response:
        response = Response.objects.get(round=opened, institution__code=code)
        for question in opened.version.questions.filter(code__in=values):
            Answer.objects.update_or_create(
                response=response, question=question, defaults={"value": values[question.code], "revision": 1}
            )
        response.status = status
        if status != ResponseStatus.DRAFT:
            response.submitted_at, response.submitted_by = timezone.now(), by
        response.save()
        return response

    return answered


@pytest.fixture
def without_the_open_round(db):
    """The demonstration as it is after the round of 2010: nobody answers, codes or follows anything."""
    DiagnosisEdition.objects.filter(round__code=CODE).delete()
    Response.objects.filter(round__code=CODE).delete()
    Round.objects.filter(code=CODE).delete()
    without_exchange()
    User.objects.filter(email__in=[row["email"] for row in table("demo/people.csv")]).delete()


@pytest.fixture
def in_english():
    """Refusals as they are written, whatever language a test before left."""
    with override("en"):
        yield
