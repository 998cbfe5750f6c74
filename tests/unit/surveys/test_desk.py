"""What waits on each person's desk, and that the menu counts the same."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from ayni.accounts.models import User
from ayni.common.desk import count_tasks, tasks_of
from ayni.directory.models import Institution, Membership
from ayni.surveys.models import (
    Answer,
    AnswerRevision,
    Coding,
    DiagnosisEdition,
    InstrumentVersion,
    Invitation,
    Question,
    Response,
    Round,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_the_open_round")]
ROLES = ("focal-point", "national-coordinator", "secretariat", "expert", "observer", "administrator")
TODAY = date.today()


@pytest.fixture
def next_round() -> Round:
    """An open round, its deadline in ten days."""
    return Round.objects.create(
        code="next",
        title={"en": "Next"},
        version=InstrumentVersion.objects.get(instrument__code="oas13"),
        period_from=2011,
        period_to=2015,
        deadline=TODAY + timedelta(days=10),
        status="open",
    )


def invite(round_: Round, code: str) -> Invitation:
    return Invitation.objects.create(round=round_, institution=Institution.objects.get(code=code))


def respond(round_: Round, code: str, status: str = "draft", **values: object) -> Response:
    return Response.objects.create(
        round=round_, institution=Institution.objects.get(code=code), status=status, **values
    )


def waiting(user: User) -> list[tuple[str, str]]:
    """(kind, what) of each task; the menu's count is checked on the way."""
    user = User.objects.get(pk=user.pk)
    with override("en"):
        tasks = tasks_of(user)
    assert count_tasks(user) == len(tasks)
    return [(task.kind, task.what) for task in tasks]


@pytest.mark.parametrize("role", ROLES)
def test_after_the_round_of_2010_nothing_waits(person, role):
    assert waiting(person(role)) == []


def test_an_invitation_waits_for_the_focal_point_until_it_is_submitted(person, next_round):
    invite(next_round, "BR-MDS")
    invite(next_round, "CL-FOSIS")
    assert waiting(person("focal-point")) == [("answer", "MDS: Next")]
    response = respond(next_round, "BR-MDS")
    assert waiting(person("focal-point")) == [("answer", "MDS: Next")]
    Response.objects.filter(pk=response.pk).update(
        status="submitted", submitted_at=timezone.now(), submitted_by=person("focal-point")
    )
    assert waiting(person("focal-point")) == []
    assert ("review", "MDS: Next") in waiting(person("secretariat"))


def test_a_returned_response_says_why(person, next_round):
    respond(next_round, "BR-MDS", "returned", reason="Question 8 lacks the countries.")
    (task,) = tasks_of(person("focal-point"))
    assert "Question 8 lacks the countries." in task.why
    assert task.deadline == next_round.deadline and not task.overdue


def test_two_versions_of_an_answer_wait_until_one_is_chosen(person, next_round):
    answer = Answer.objects.create(response=respond(next_round, "BR-MDS"), question=Question.objects.first())
    clash = AnswerRevision.objects.create(answer=answer, base=0, value="x", client="c", sequence=1)
    AnswerRevision.objects.create(answer=answer, base=0, value="y", client="d", sequence=1)
    assert waiting(person("focal-point")) == [("answer", "MDS: Next"), ("conflict", "MDS: Next")]
    AnswerRevision.objects.filter(answer=clash.answer).update(resolved=True)
    assert waiting(person("focal-point")) == [("answer", "MDS: Next")]


def test_an_accepted_response_waits_for_coding_and_for_validation(person, next_round):
    Membership.objects.create(
        user=person("observer"), role="focal-point", institution=Institution.objects.get(code="CL-FOSIS")
    )
    response = respond(
        next_round, "CL-FOSIS", "accepted", accepted_at=timezone.now(), accepted_by=person("secretariat")
    )
    assert waiting(person("observer")) == []
    assert ("code", "FOSIS: Next") in waiting(person("secretariat"))
    Coding.objects.create(round=next_round, response=response, concept=Coding.objects.first().concept, coder_name="x")
    with override("en"):
        assert "send it to its institution" in next(t.why for t in tasks_of(person("secretariat")) if t.kind == "code")
    Response.objects.filter(pk=response.pk).update(proposed_at=timezone.now(), proposed_by=person("secretariat"))
    assert waiting(person("observer")) == [("validate", "FOSIS: Next")]
    assert ("code", "FOSIS: Next") not in waiting(person("secretariat"))
    Response.objects.filter(pk=response.pk).update(status="contested", reason="Not ours.")
    assert ("contested", "FOSIS: Next") in waiting(person("secretariat"))


def test_the_coordinator_follows_the_country_and_nobody_elses(person, next_round):
    for code in ("CL-FOSIS", "CL-MIDEPLAN", "BR-MDS"):
        invite(next_round, code)
    respond(next_round, "CL-MIDEPLAN")
    assert waiting(person("national-coordinator")) == [("follow", "FOSIS: Next"), ("follow", "MIDEPLAN: Next")]
    assert waiting(person("expert")) == []


def test_a_round_past_its_deadline_tells_how_many_owe(person, next_round):
    for code in ("CL-FOSIS", "BR-MDS"):
        invite(next_round, code)
    respond(next_round, "CL-FOSIS")
    Round.objects.filter(pk=next_round.pk).update(deadline=TODAY - timedelta(days=1))
    with override("en"):
        (owed,) = (task for task in tasks_of(person("secretariat")) if task.kind == "owed")
    assert owed.why.startswith("2 institutions have not submitted") and owed.overdue


def test_invited_institutions_without_an_account(person, next_round):
    for code in ("CL-FOSIS", "BR-MDS"):
        invite(next_round, code)
    assert waiting(person("secretariat")) == [("invited", "FOSIS: Next")]
    assert waiting(person("administrator")) == [("invited", "FOSIS: Next")]
    Membership.objects.create(
        user=person("observer"), role="focal-point", institution=Institution.objects.get(code="CL-FOSIS")
    )
    assert waiting(person("administrator")) == []


def test_closed_rounds_and_editions_on_the_way(person, next_round):
    Round.objects.filter(pk=next_round.pk).update(status="closed")
    assert waiting(person("secretariat")) == [("edition", "Next")]
    DiagnosisEdition.objects.create(code="e", title={"en": "Edition"}, round=next_round)
    assert waiting(person("secretariat")) == [("edition", "Edition")]


def test_accounts_without_a_role_wait_for_the_administrator(person):
    User.objects.create_user("new@example.org", name="New Person")
    assert waiting(person("administrator")) == [("role", "New Person")]


def test_a_second_step_is_asked_of_whom_it_protects_but_not_of_shared_accounts(person):
    user = person("secretariat")
    assert waiting(user) == []
    User.objects.filter(pk=user.pk).update(is_demo=False)
    assert [kind for kind, _ in waiting(user)] == ["safety"]


def test_the_number_of_queries_does_not_grow(person, next_round, django_assert_num_queries, settings):
    settings.DESK = ("ayni.surveys.queries.desk",)
    for code in ("BR-MDS", "CL-FOSIS", "CL-MIDEPLAN", "MX-SEDESOL"):
        invite(next_round, code)
    secretariat = User.objects.get(pk=person("secretariat").pk)
    with django_assert_num_queries(10):
        tasks_of(secretariat)
    with django_assert_num_queries(1):
        count_tasks(secretariat)


def test_another_app_brings_its_own_tasks_and_ways(person, settings, client):
    settings.DESK = ("tests.unit.surveys.another_desk",)
    user = person("expert")
    assert waiting(user) == [("wave", "Lucía Treviño")]
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/en/desk/").content.decode()
    assert "To wave at" in page and "Everybody" in page
