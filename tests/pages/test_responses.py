"""What is done with a response: submitted, withdrawn, validated, contested; and by whom."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ayni.directory.models import Institution
from ayni.surveys.actions.answers import Edit, save_answers
from ayni.surveys.models import AnswerRevision, Attachment, Response, Round
from tests.factories.rounds import every_kind, focal_point, open_round

pytestmark = pytest.mark.django_db

HERE = "/en/rounds/round-2026/responses/BR-MDS/"
REQUIRED = {
    "q01": "MDS",
    "q02": "Coordinates",
    "q04": {"from": "2004", "to": ""},
    "q05": ["health"],
    "q06": [],
    "q07a": [],
    "q08": ["PER"],
    "q09a": "no",
}


@pytest.fixture
def response():
    return Response.objects.get(round=open_round(institutions=("BR-MDS", "CL-FOSIS")), institution__code="BR-MDS")


def first_of(response: Response, code: str) -> str:
    question = response.round.version.questions.get(code=code)
    return question.scheme.concepts.order_by("position").values_list("code", flat=True)[0]


def complete(response: Response) -> None:
    values = REQUIRED | {code: [first_of(response, code)] for code in ("q05", "q06", "q07a")}
    save_answers(by=None, response=response, edits=[Edit(code, raw, 0, "test", 1) for code, raw in values.items()])


def put(response: Response, **values) -> None:
    Response.objects.filter(pk=response.pk).update(**values)


def response_asides(response: Response):
    return AnswerRevision.objects.filter(answer__response=response, revision__isnull=True, resolved=False)


def messages_of(page) -> str:
    text = page.content.decode()
    return text[text.index('id="messages"') :][:900]


def test_a_response_with_gaps_is_not_submitted_and_says_where(as_role, response):
    page = as_role("focal-point").post(f"{HERE}submit/", follow=True)
    assert "required answers are missing" in messages_of(page)
    assert f"{HERE}answer/cooperation/#q-q08" in page.content.decode()
    response.refresh_from_db()
    assert response.status == "draft"


def test_two_versions_that_wait_hold_the_submission(as_role, response):
    complete(response)
    save_answers(by=None, response=response, edits=[Edit("q01", "Other", 0, "second", 1)])
    page = as_role("focal-point").post(f"{HERE}submit/", follow=True)
    assert "need your attention" in messages_of(page)
    assert "two versions wait for a choice" in page.content.decode()


def test_submitted_withdrawn_and_submitted_again(as_role, response):
    complete(response)
    client = as_role("focal-point")
    assert "Submit to the secretariat" in client.get(HERE).content.decode()
    assert "Submitted" in messages_of(client.post(f"{HERE}submit/", follow=True))
    response.refresh_from_db()
    assert (response.status, response.period_from, response.period_to) == ("submitted", 2020, 2026)
    assert "cannot be done now" in messages_of(client.post(f"{HERE}validate/", follow=True))
    assert client.get(f"{HERE}answer/institution/")["Location"] == HERE
    refused = client.post(
        f"{HERE}autosave/", {"question": "q01", "q01": "x", "q01.base": "1", "client": "a", "sequence": "1"}
    )
    assert refused.status_code == 409
    assert "Withdrawn" in messages_of(client.post(f"{HERE}withdraw/", follow=True))
    assert "Submitted" in messages_of(client.post(f"{HERE}submit/", follow=True))


def test_after_the_deadline_the_round_still_takes_answers_while_it_is_open(as_role, response):
    complete(response)
    Round.objects.filter(pk=response.round_id).update(deadline="2020-01-01")
    client = as_role("focal-point")
    assert "The deadline was" in client.get(HERE).content.decode()
    assert "Submitted" in messages_of(client.post(f"{HERE}submit/", follow=True))


def test_a_closed_round_takes_nothing(as_role, response):
    Round.objects.filter(pk=response.round_id).update(status="closed")
    assert "round is not open" in messages_of(as_role("focal-point").post(f"{HERE}submit/", follow=True))


def test_a_returned_response_shows_the_reason(as_role, response):
    put(response, status="returned", reason="Name the countries.")
    client = as_role("focal-point")
    assert "Name the countries." in client.get(HERE).content.decode()
    assert "Name the countries." in client.get(f"{HERE}answer/institution/").content.decode()


def test_what_will_be_published_is_validated_only_once_it_was_proposed(as_role, person, response):
    put(response, status="accepted")
    client = as_role("focal-point")
    assert "still preparing" in messages_of(client.post(f"{HERE}validate/", follow=True))
    put(response, proposed_at=timezone.now(), proposed_by=person("secretariat"))
    assert "Is this right?" in client.get(HERE).content.decode()
    assert "Validated" in messages_of(client.post(f"{HERE}validate/", follow=True))
    response.refresh_from_db()
    assert (response.status, response.validated_by) == ("validated", person("focal-point"))


def test_contested_with_a_reason(as_role, person, response):
    put(response, status="accepted", proposed_at=timezone.now(), proposed_by=person("secretariat"))
    client = as_role("focal-point")
    assert client.post(f"{HERE}contest/", {"reason": " "}).status_code == 422
    assert "Sent." in messages_of(client.post(f"{HERE}contest/", {"reason": "We do not work with Peru."}, follow=True))
    response.refresh_from_db()
    assert (response.status, response.reason) == ("contested", "We do not work with Peru.")
    assert "We do not work with Peru." in as_role("secretariat").get(HERE).content.decode()


@pytest.mark.parametrize("verb", ["submit", "withdraw", "validate", "contest"])
def test_other_peoples_responses_are_out_of_reach(as_role, response, verb):
    theirs = "/en/rounds/round-2026/responses/CL-FOSIS/"
    client = as_role("focal-point")
    assert client.post(f"{theirs}{verb}/", {"reason": "x"}).status_code == 403
    assert client.get(f"{theirs}{verb}/").status_code == 405 if verb != "contest" else True
    assert as_role("public").post(f"{HERE}{verb}/").status_code == 302
    assert as_role("expert").post(f"{HERE}{verb}/").status_code == 403
    assert Response.objects.get(institution__code="CL-FOSIS", round=response.round).status == "draft"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("public", 302),
        ("focal-point", 200),
        ("national-coordinator", 403),
        ("secretariat", 200),
        ("observer", 200),
        ("expert", 403),
        ("administrator", 403),
    ],
)
def test_who_reads_a_response_that_is_not_published(as_role, response, role, status):
    assert as_role(role).get(HERE).status_code == status
    assert as_role(role).get(f"{HERE}answer/institution/").status_code == (
        200 if role == "focal-point" else 302 if status != 403 else 403
    )


def test_only_its_people_save_an_answer(as_role, response):
    sent = {"question": "q01", "q01": "x", "q01.base": "0", "client": "a", "sequence": "1"}
    for role, status in (
        ("public", 401),
        ("expert", 403),
        ("secretariat", 403),
        ("national-coordinator", 403),
        ("focal-point", 200),
    ):
        assert as_role(role).post(f"{HERE}autosave/", sent).status_code == status, role
    assert AnswerRevision.objects.filter(answer__response=response).count() == 1


def test_a_coordinator_answers_for_the_institutions_of_the_country(as_role, response):
    sent = {"question": "q01", "q01": "FOSIS", "q01.base": "0", "client": "a", "sequence": "1"}
    told = as_role("national-coordinator").post("/en/rounds/round-2026/responses/CL-FOSIS/autosave/", sent).json()
    assert (told["outcome"], told["revision"]) == ("saved", 1)


def test_the_number_of_queries_does_not_grow_with_the_questions(as_role, django_assert_max_num_queries):
    version = every_kind(questions=6)
    round_ = open_round("long", version=version)
    response = Response.objects.get(round=round_)
    edits = [Edit(f"text_{turn}", "x", 0, "test", turn) for turn in range(6)]
    save_answers(by=None, response=response, edits=edits)
    for turn in range(6):
        save_answers(by=None, response=response, edits=[Edit(f"text_{turn}", "y", 0, "other", turn)])
    client = as_role("focal-point")
    for path in ("", "answer/first/"):
        client.get(f"/en/rounds/long/responses/BR-MDS/{path}")
        with django_assert_max_num_queries(24):
            page = client.get(f"/en/rounds/long/responses/BR-MDS/{path}")
        assert page.status_code == 200


def test_a_form_sent_after_the_session_ended_is_there_after_signing_in(client, person, response):
    sent = {"q01": "Written before", "q01.base": "0", "client": "a", "sequence": "1"}
    assert "login" in client.post(f"{HERE}answer/institution/", sent)["Location"]
    client.force_login(person("focal-point"), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"{HERE}answer/institution/").content.decode()
    assert 'value="Written before"' in page


def test_a_document_is_judged_kept_and_only_for_those_who_follow(as_role, response, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = as_role("focal-point")
    wrong = SimpleUploadedFile("report.pdf", b"MZ not a document")
    page = client.post(f"{HERE}answer/balance/", {"q13b": wrong})
    assert page.status_code == 422 and "Accepted here" in page.content.decode()
    pdf = SimpleUploadedFile("../report.pdf", b"%PDF-1.4 a report")
    assert client.post(f"{HERE}answer/balance/", {"q13b": pdf}).status_code == 302
    kept = Attachment.objects.get(answer__response=response)
    assert (kept.name, kept.size, len(kept.sha256)) == ("report.pdf", 17, 64)
    download = client.get(f"{HERE}files/{kept.pk}/")
    assert b"".join(download.streaming_content) == b"%PDF-1.4 a report"
    assert "attachment" in download["Content-Disposition"]
    assert as_role("expert").get(f"{HERE}files/{kept.pk}/").status_code == 403
    assert client.get(f"/en/rounds/oas-2010/responses/BR-MDS/files/{kept.pk}/").status_code == 404
    client.post(f"{HERE}answer/balance/", {"q13b.remove": str(kept.pk)})
    assert not Attachment.objects.exists()


def test_without_a_script_an_untouched_answer_that_another_changed_is_no_conflict(as_role, response):
    save_answers(by=None, response=response, edits=[Edit("q01", "Before", 0, "x", 1)])
    save_answers(by=None, response=response, edits=[Edit("q01", "By another", 1, "y", 1)])
    sent = {"q01": "Before", "q01.base": "1", "q02": "Mine", "q02.base": "0", "client": "a", "sequence": "1"}
    as_role("focal-point").post(f"{HERE}answer/institution/", sent)
    values = dict(response.answers.values_list("question__code", "value"))
    assert values == {"q01": "By another", "q02": "Mine"}
    assert not response_asides(response).exists()


def test_what_is_wrong_is_shown_and_the_rest_is_saved(as_role, response):
    sent = {"q01": "MDS", "q01.base": "0", "q04.from": "2010", "q04.to": "2005", "q04.base": "0"}
    page = as_role("focal-point").post(f"{HERE}answer/institution/", sent)
    assert page.status_code == 422
    assert "last year comes before the first" in page.content.decode()
    assert list(response.answers.values_list("value", flat=True)) == ["MDS"]


def test_the_conflict_is_settled_without_a_script(as_role, response):
    other = focal_point("BR-MDS", "segunda@example.org")
    save_answers(by=other, response=response, edits=[Edit("q01", "Theirs", 0, "x", 1)])
    client = as_role("focal-point")
    sent = {"q01": "Mine", "q01.base": "0", "client": "a", "sequence": "1"}
    page = client.post(f"{HERE}answer/institution/", sent, follow=True).content.decode()
    assert "Two versions of this answer" in page
    aside = response_asides(response).get()
    keep = {f"keep.{aside.pk}": "aside", f"seen.{aside.pk}": "1", "client": "b", "sequence": "1"}
    client.post(f"{HERE}answer/institution/", keep)
    assert response.answers.get().value == "Mine"
    assert "settled in the meantime" in messages_of(client.post(f"{HERE}answer/institution/", keep, follow=True))


def test_an_institution_that_is_not_invited_has_no_response(as_role, response):
    assert Institution.objects.filter(code="MX-SEDESOL").exists()
    assert as_role("secretariat").get("/en/rounds/round-2026/responses/MX-SEDESOL/").status_code == 404


def test_an_invited_institution_without_a_response_begins_one(as_role, response):
    Response.objects.filter(pk=response.pk).delete()
    client = as_role("focal-point")
    assert client.get(HERE).status_code == client.get(f"{HERE}answer/institution/").status_code == 200
    sent = {"question": "q01", "q01": "x", "q01.base": "0", "client": "a", "sequence": "1"}
    assert client.post(f"{HERE}autosave/", sent).json()["outcome"] == "saved"
