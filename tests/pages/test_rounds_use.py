"""What the secretariat does on the pages of a round: each form, its refusals, and what it leaves behind."""

import pytest
from django.core import mail

from ayni.directory.models import Membership
from ayni.surveys.models import Coding, DiagnosisEdition, Invitation, Response, Round
from tests.unit.surveys.conftest import day

pytestmark = pytest.mark.django_db
HERE = "/en/rounds/"


@pytest.fixture
def client(as_role):
    return as_role("secretariat")


def said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def plan(**changes) -> dict:
    version = Round.objects.get(code="red-2026").version_id
    values = {"code": "r-2030", "title_es": "Ronda", "version": version, "period_from": 2027, "period_to": 2030}
    return values | {"deadline": day(20).isoformat()} | changes


def test_a_round_is_prepared_invited_and_opened(client, django_capture_on_commit_callbacks):
    page = client.post(f"{HERE}new/", plan(), follow=True)
    assert page.redirect_chain[-1][0] == f"{HERE}r-2030/invite/"
    lines = "CL-SENCE; sence@example.org; es\n\nco-mps, mps@example.org, en\nMX-DIF"
    page = client.post(f"{HERE}r-2030/invite/list/", {"lines": lines}, follow=True)
    assert "3 institutions are invited." in said(page)
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(f"{HERE}r-2030/open/", follow=True)
    assert "2 institutions were written to." in said(page)
    assert {message.to[0] for message in mail.outbox} == {"sence@example.org", "mps@example.org"}
    assert Round.objects.get(code="r-2030").responses.count() == 3


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"code": "red-2026"}, "There is already a round red-2026"),
        ({"period_from": 2040}, "before the first"),
        ({"title_es": ""}, "required"),
        ({"code": "Not a code"}, "slug"),
        ({"deadline": "tomorrow"}, "valid date"),
    ],
)
def test_a_round_that_does_not_hold_is_refused_on_its_form(client, changes, sentence):
    page = client.post(f"{HERE}new/", plan(**changes))
    assert page.status_code == 200 and sentence in page.content.decode()
    assert not Round.objects.filter(code="r-2030").exists()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("XX-NOBODY", "Line 2: there is no institution with the code “XX-NOBODY”"),
        ("CL-SENCE; nobody", "Line 2: “nobody” is not an e-mail address"),
        ("CL-SENCE; a@example.org; de", "Line 2: “de” is not a language"),
        ("CL-SENCE; a@example.org; es; more", "Line 2: there are more than three parts"),
        ("CL-FOSIS", "CL-FOSIS is already invited"),
        ("MX-DIF", "Given more than once: MX-DIF"),
    ],
)
def test_a_wrong_line_invites_nobody(client, line, sentence):
    page = client.post(f"{HERE}red-2026/invite/list/", {"lines": f"MX-DIF\n{line}"})
    assert sentence in page.content.decode().replace("&quot;", '"')
    assert not Invitation.objects.filter(round__code="red-2026", institution__code="MX-DIF").exists()


def test_institutions_are_chosen_from_the_directory(client):
    page = client.get(f"{HERE}red-2026/invite/?q=sence")
    (found,) = page.context["choose"].institutions
    data = {f"choose-{found.pk}": "on", f"email-{found.pk}": "s@example.org", f"language-{found.pk}": "fr"}
    page = client.post(f"{HERE}red-2026/invite/?q=sence", data, follow=True)
    assert "1 institution is invited." in said(page)
    invitation = Invitation.objects.get(round__code="red-2026", institution=found)
    assert (invitation.email, invitation.language) == ("s@example.org", "fr")
    page = client.post(f"{HERE}red-2026/invite/?q=chile", {})
    assert "Choose at least one institution" in page.content.decode()


def test_an_invitation_changes_and_is_withdrawn(client):
    here = f"{HERE}red-2026/invite/BB-MPEA/"
    client.post(here, {"email": "m@example.org", "language": "fr"})
    assert Invitation.objects.get(round__code="red-2026", institution__code="BB-MPEA").language == "fr"
    assert "is withdrawn" in said(client.post(f"{here}withdraw/", follow=True))
    assert not Response.objects.filter(round__code="red-2026", institution__code="BB-MPEA").exists()
    assert "cannot be withdrawn" in said(client.post(f"{HERE}red-2026/invite/BR-MDS/withdraw/", follow=True))


def test_reminders_are_sent_once_a_day_unless_asked(client, django_capture_on_commit_callbacks):
    address = f"{HERE}red-2026/remind/?state=owing"
    assert "Tick the institutions" in said(client.post(address, follow=True))
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(address, {"institution": ["BR-MDS", "CL-FOSIS"]}, follow=True)
    assert page.redirect_chain[-1][0] == f"{HERE}red-2026/?state=owing"
    assert "1 institution was reminded." in said(page)
    assert len(mail.outbox) == 2  # both focal points of the one that owes
    assert "less than 24 hours ago" in said(client.post(address, {"all": "1"}, follow=True))
    page = client.post(address, {"all": "1", "again": "1"}, follow=True)
    assert "4 institutions were reminded." in said(page)
    Membership.objects.filter(institution__code__in=["PY-MDS", "BB-MPEA"]).delete()
    page = client.post(address, {"all": "1", "again": "1"}, follow=True)
    assert "2 institutions were reminded." in said(page) and "2 institutions have no address" in said(page)


def test_a_round_is_edited_extended_closed_and_opened_again(client):
    here = f"{HERE}red-2026/"
    round_ = Round.objects.get(code="red-2026")
    same = plan(period_from=2011, period_to=2026, deadline=round_.deadline.isoformat(), title_es="Otro título")
    assert "is changed" in said(client.post(f"{here}edit/", same, follow=True))
    assert "deadline stand" in client.post(f"{here}edit/", same | {"period_from": 2000}).content.decode()
    assert "must be later" in client.post(f"{here}extend/", {"deadline": day(1).isoformat()}).content.decode()
    assert "is extended" in said(client.post(f"{here}extend/", {"deadline": day(90).isoformat()}, follow=True))
    assert "is closed" in said(client.post(f"{here}close/", follow=True))
    assert "Only an open round" in said(client.post(f"{here}close/", follow=True))
    reopening = {"deadline": day(95).isoformat(), "reason": "Falta Barbados"}
    assert "is open again" in said(client.post(f"{here}reopen/", reopening, follow=True))


def test_a_response_is_returned_with_a_reason_or_accepted(client):
    here = f"{HERE}red-2026/responses/CL-MDSF/review/"
    assert "required" in client.post(here, {"do": "return", "reason": " "}).content.decode()
    page = client.post(here, {"do": "accept"}, follow=True)
    assert "is accepted" in said(page) and page.redirect_chain[-1][0].endswith("/code/")
    assert "Only a submitted" in said(client.post(here, {"do": "accept"}, follow=True))
    page = client.post(here, {"do": "return", "reason": "Falta una pregunta"}, follow=True)
    assert "is returned" in said(page)
    page = client.post(here, {"do": "return", "reason": "Otra vez"})
    assert "Only a submitted response can be returned" in page.content.decode()


def test_a_passage_is_coded_refused_undone_and_sent(client):
    here = f"{HERE}red-2026/responses/MX-BIENESTAR/code/"
    page = client.get(here)
    concept = page.context["answers"][-1]["form"].fields["concept"].queryset.get(code="willingness-to-cooperate")
    wrong = {"question": "q12b", "q12b-passage": "Nadie dijo esto", "q12b-concept": concept.pk}
    page = client.post(here, wrong)
    assert "word for word" in page.content.decode() and "Nadie dijo esto" in page.content.decode()
    assert (
        "required" in client.post(here, {"question": "q12b", "q12b-passage": "", "q12b-concept": ""}).content.decode()
    )
    client.post(here, wrong | {"q12b-passage": "voluntad de cooperar"})
    coding = Coding.objects.get(response__institution__code="MX-BIENESTAR", passage="voluntad de cooperar")
    assert "is undone" in said(client.post(f"{here}{coding.pk}/undo/", follow=True))
    assert client.post(f"{here}{coding.pk}/undo/").status_code == 404
    assert "asked to validate" in said(client.post(f"{here}send/", follow=True))
    assert "has it already" in said(client.post(f"{here}send/", follow=True))


def test_a_coding_of_another_response_is_not_undone_here(client):
    other = Coding.objects.filter(response__institution__code="CR-IMAS", coder__isnull=False).first()
    assert client.post(f"{HERE}red-2026/responses/MX-BIENESTAR/code/{other.pk}/undo/").status_code == 404


def test_an_edition_is_drafted_frozen_and_published(client, as_role):
    editions = f"{HERE}red-2026/editions/"
    assert (
        "already an edition" in client.post(f"{editions}new/", {"code": "red-2026", "title_es": "x"}).content.decode()
    )
    page = client.post(f"{editions}new/", {"code": "second", "title_es": "Segunda"}, follow=True)
    assert page.redirect_chain[-1][0] == f"{editions}second/"
    assert "close it before" in said(client.post(f"{editions}second/step/", {"do": "freeze"}, follow=True)).lower()
    assert "is discarded" in said(client.post(f"{editions}second/step/", {"do": "discard"}, follow=True))
    client.post(f"{HERE}red-2026/close/")
    here = f"{editions}red-2026/"
    assert "is frozen" in said(client.post(f"{here}step/", {"do": "freeze"}, follow=True))
    assert "byte for byte" in client.get(f"{here}?verify=1").content.decode()
    assert "Nothing was done" in said(client.post(f"{here}step/", {"do": "dance"}, follow=True))
    assert "is published" in said(client.post(f"{here}step/", {"do": "publish"}, follow=True))
    assert DiagnosisEdition.objects.get(code="red-2026").status == "published"
    public = as_role("public").get(f"{HERE}red-2026/").content.decode()
    assert "Diagnosis of the network, 2026" in public and "Solidarity and Social Investment Fund" in public


@pytest.mark.parametrize("role", ["public", "focal-point", "observer"])
@pytest.mark.parametrize(
    "path",
    [
        "red-2026/remind/",
        "red-2026/close/",
        "red-2026/invite/",
        "red-2026/responses/CL-MDSF/review/",
        "red-2026/responses/MX-BIENESTAR/code/send/",
        "red-2026/editions/red-2026/step/",
    ],
)
def test_nobody_else_posts(as_role, role, path):
    assert as_role(role).post(f"{HERE}{path}", {"do": "accept"}).status_code == (302 if role == "public" else 403)
    assert Round.objects.get(code="red-2026").status == "open"
    assert Response.objects.get(round__code="red-2026", institution__code="CL-MDSF").status == "submitted"


def test_a_draft_round_does_not_exist_for_others(as_role):
    Round.objects.filter(code="red-2026").update(status="draft")
    assert as_role("public").get(f"{HERE}red-2026/").status_code == 404
    assert as_role("focal-point").get(f"{HERE}red-2026/").status_code == 404
    assert as_role("observer").get(f"{HERE}red-2026/").status_code == 200
