"""Evaluations, what remains, the recipient's opinion: each page, and how they are used."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ayni.accounts.models import User
from ayni.directory.models import Membership
from ayni.learning.models import Criterion, Evaluation, SustainabilityCheck
from ayni.surveys.actions.opinion_surveys import open_opinion_survey
from ayni.surveys.models import Response, Round
from tests.factories.evaluations import TODAY, answer, check, evaluation, initiative, institution
from tests.pages.conftest import check_page

PAGES: dict[str, dict[str, int | str]] = {
    "evaluations/": {"public": 6, "*": 8},
    "methods/sustainability/": {"public": 2, "*": 4},
    "evaluations/?country=BRA&instrument=final-report&when=closure&state=published&independent=on": {
        "public": 6,
        "*": 8,
    },
    "initiatives/BR-2026-9991/evaluations/": {"public": 18, "expert": 20, "administrator": 20, "*": 23},
    "initiatives/BR-2026-9991/evaluations/new/": {
        "public": "302",
        "focal-point": 18,
        "national-coordinator": 18,
        "observer": 18,
        "*": "403",
    },
    "initiatives/BR-2026-9991/checks/closure/BR-MDS/": {"public": "302", "focal-point": 21, "*": "403"},
    "initiatives/BR-2026-9991/checks/closure/CL-FOSIS/": {"public": "302", "national-coordinator": 21, "*": "403"},
    "evaluations/990001/": {"public": 21, "*": 23},
    "evaluations/990001/opinion/": {"public": 21, "*": 23},
    "evaluations/990001/measures/BR-MDS/": {"public": "302", "focal-point": 25, "*": "403"},
    "evaluations/990002/": {"public": "404", "expert": "404", "administrator": "404", "*": 20},
    "evaluations/990002/report/": {
        "public": "302",
        "focal-point": 20,
        "national-coordinator": 20,
        "observer": 20,
        "*": "403",
    },
    "evaluations/990002/criteria/impact/": {
        "public": "302",
        "secretariat": "403",
        "expert": "403",
        "administrator": "403",
        "*": 21,
    },
    "evaluations/990002/opinion/": {"public": "404", "expert": "404", "administrator": "404", "*": 21},
    "evaluations/990003/": {"public": "404", "expert": "404", "administrator": "404", "*": 20},
    "evaluations/990003/edit/": {
        "public": "302",
        "secretariat": "403",
        "expert": "403",
        "administrator": "403",
        "*": 21,
    },
    "evaluations/990003/commission/": {"public": "302", "national-coordinator": 22, "*": "403"},
    "evaluations/990004/": {
        "public": "404",
        "focal-point": 24,
        "national-coordinator": 25,
        "secretariat": 24,
        "observer": 24,
        "*": "404",
    },
    "evaluations/990004/respond/BR-MDS/": {"public": "302", "focal-point": 25, "*": "403"},
    "evaluations/990004/step/publish/": {
        "public": "302",
        "national-coordinator": 22,
        "expert": "404",
        "administrator": "404",
        "*": "403",
    },
    "evaluations/990004/step/return/": {
        "public": "302",
        "national-coordinator": 22,
        "expert": "404",
        "administrator": "404",
        "*": "403",
    },
    "evaluations/990004/opinion/": {"public": "404", "expert": "404", "administrator": "404", "*": 28},
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def an_evaluated_initiative(person):
    """One evaluation in each state that has pages of its own, with a survey, checks and responses."""
    of = initiative(state="ex-post", validation="published", code="BR-2026-9991", fictional=True)
    told = {"evaluator_institution": institution("UY-MIDES"), "independent": True}
    evaluation(of, pk=990001, state="published", answered=True, **told)
    evaluation(of, pk=990002, state="draft", when="after-12")
    evaluation(of, pk=990003, when="after-24")
    sent = evaluation(of, pk=990004, state="response", when="during")
    answer(sent, "CL-FOSIS")
    open_opinion_survey(by=person("observer"), evaluation=sent, deadline=TODAY, notify=False)
    check(of, "CL-FOSIS", government_changed=True, government=None, staff=None)
    check(of, "CL-FOSIS", "after-12", budget=0)


def test_each_page(visit, path, role, language, expect, an_evaluated_initiative):
    visit(path, role, language, expect)


def fields(page) -> dict[str, object]:
    return {bound.html_name: bound.value() for bound in page.context["form"] if bound.value() not in (None, "", False)}


COORDINATION = "coordinacion.br@demo.ayni"
ALL = ("public", "focal-point", "national-coordinator", "secretariat", "expert", "observer", "administrator")
READERS = {"focal-point", "national-coordinator", "secretariat", "observer"}


@pytest.mark.parametrize("state", ["designed", "commissioned", "draft", "response", "published"])
@pytest.mark.parametrize("validation", ["private", "published"])
def test_who_reads_an_evaluation(as_role, visit, state, validation):
    """A draft is the parties', the secretariat's and the observers'; what is published is everybody's, once the record is."""
    of = initiative(state="ex-post", validation=validation)
    made = evaluation(of, state=state, answered=True)
    check(of, "CL-FOSIS")
    shown = set(ALL) if state == "published" and validation == "published" else READERS
    for role in ALL:
        assert as_role(role).get(f"/es/evaluations/{made.pk}/").status_code == (200 if role in shown else 404), role
        of_all = as_role(role).get("/es/evaluations/").content.decode()
        assert (f"/evaluations/{made.pk}/" in of_all) == (role in shown), role
        there = as_role(role).get(f"/es/initiatives/{of.code}/evaluations/")
        assert there.status_code == (200 if validation == "published" or role in READERS else 404), role
        assert (f"/evaluations/{made.pk}/" in there.content.decode()) == (role in shown), role


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
@pytest.mark.parametrize("role", ["public", "focal-point", "national-coordinator", "secretariat", "observer"])
def test_pages_with_everything_on_them(as_role, role, language):
    of = initiative(state="ex-post", validation="published", others="CO-DPS", fictional=True)
    made = evaluation(of, state="published", answered=True, independent=True)
    evaluation(of, when="after-12")
    check(of, "CL-FOSIS", government_changed=True, government=None, staff=None)
    check(of, "CL-FOSIS", "after-12", budget=0, national=True, components_reused=2, third_countries=0)
    from_pages(as_role(role), language, f"evaluations/{made.pk}/", f"initiatives/{of.code}/evaluations/")


def from_pages(client, language: str, *paths: str) -> None:
    for path in paths:
        page = client.get(f"/{language}/{path}")
        assert page.status_code == 200
        check_page(page.content.decode(), path, language)


def test_the_number_of_queries_does_not_grow_with_the_rows(as_role):
    def count(address: str, role: str = "secretariat") -> int:
        client = as_role(role)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    of = initiative(state="ex-post", validation="published")
    made = evaluation(of, state="response", answered=True)
    here, one = f"/en/initiatives/{of.code}/evaluations/", f"/en/evaluations/{made.pk}/"
    check(of, "CL-FOSIS")
    check(of, "CL-FOSIS", "after-12")
    before = count("/en/evaluations/"), count(here), count(one)
    for _number in range(3):
        evaluation(of, state="published", answered=True)
        evaluation(state="draft")
    check(of, "CL-FOSIS", "after-24")
    check(of, "BR-MDS")
    assert (count("/en/evaluations/"), count(here), count(one)) == before
    # Of one request: the frame of a page, the session and the roles among them.
    assert max(before) <= 34


def test_an_evaluation_from_its_design_to_what_is_done_about_it(as_role):
    of = initiative(state="closure")
    writer, keeper, other = as_role("focal-point"), as_role(COORDINATION), as_role("national-coordinator")
    observer = as_role("observer")
    new = f"/en/initiatives/{of.code}/evaluations/new/"
    begun = fields(writer.get(new)) | {"instrument": "final-report", "when": "closure", "title_en": "The final report"}
    writer.post(new, begun)
    made = Evaluation.objects.latest("pk")
    here = f"/en/evaluations/{made.pk}/"
    assert "Say what is asked of the process." in keeper.get(here).content.decode()
    refused = keeper.post(f"{here}commission/", {"evaluator": "A university"}).content.decode()
    assert "Something is missing" in refused
    edit = fields(writer.get(f"{here}edit/"))
    questions = {"process_questions_en": "How?", "result_questions_en": "What?", "planned_on": f"{TODAY}"}
    writer.post(f"{here}edit/", edit | questions)
    assert "First" not in writer.post(f"{here}edit/", edit | {"title_en": "Second"}).content.decode()
    assert writer.get(f"{here}commission/").status_code == 403
    keeper.post(f"{here}commission/", {"evaluator": "A university", "institution": "", "independent": "on"})
    observer.post(f"{here}step/begin/")
    report = fields(observer.get(f"{here}report/"))
    found = {"process_findings_en": "Well.", "findings_en": "A registry.", "recommendations_en": "Train more."}
    observer.post(f"{here}report/", report | found)
    late = observer.post(f"{here}report/", report | {"findings_en": "Another."}).content.decode()
    assert "What the other person has saved" in late and "A registry." in late and "Another." in late
    for criterion in Criterion.values:
        there = f"{here}criteria/{criterion}/"
        judged = {"score": "" if criterion == "impact" else "3", "finding_en": f"About {criterion}."}
        observer.post(there, fields(observer.get(there)) | judged)
    observer.post(f"{here}step/send/")
    text = writer.get(here).content.decode()
    assert "About impact." in text and "Not judged" in text and f"{here}respond/BR-MDS/" in text
    assert f"{here}respond/CL-FOSIS/" not in text and writer.get(f"{here}respond/CL-FOSIS/").status_code == 403
    told = {"answer": "accepted", "text_en": "We agree.", "measures_en": "A course.", "due_on": f"{TODAY}", "base": "0"}
    writer.post(f"{here}respond/BR-MDS/", told)
    assert "Somebody else has written" in keeper.post(f"{here}respond/BR-MDS/", told).content.decode()
    assert "FOSIS (Chile) has not responded" in keeper.get(here).content.decode()
    other.post(f"{here}respond/CL-FOSIS/", told | {"answer": "rejected", "measures_en": "", "due_on": ""})
    keeper.post(f"{here}step/publish/")
    writer.post(f"{here}measures/BR-MDS/", {"done_on": f"{TODAY}"})
    made.refresh_from_db()
    assert (made.state, made.responses.get(institution__code="BR-MDS").done_on) == ("published", TODAY)
    assert "Done" in writer.get(here).content.decode()


def test_a_design_is_removed_and_a_report_returned(as_role):
    keeper = as_role(COORDINATION)
    made, sent = evaluation(), evaluation(state="response", answered=True)
    keeper.post(f"/en/evaluations/{made.pk}/remove/")
    assert not Evaluation.objects.filter(pk=made.pk).exists()
    step = f"/en/evaluations/{sent.pk}/step/return/"
    assert "asked again" in keeper.get(step).content.decode()
    assert "This field is required" in keeper.post(step, {"reason": ""}).content.decode()
    keeper.post(step, {"reason": "The sample is small."})
    assert "The sample is small." in keeper.get(f"/en/evaluations/{sent.pk}/").content.decode()
    assert keeper.get(f"/en/evaluations/{sent.pk}/step/dance/").status_code == 404
    assert as_role("secretariat").get(step).status_code == 403
    assert keeper.get(f"/en/evaluations/{sent.pk}/criteria/beauty/").status_code == 404


def test_a_side_says_what_remains(as_role):
    of = initiative(state="ex-post")
    side, others = as_role("fosis@demo.ayni"), as_role("focal-point")
    here, page = f"/en/initiatives/{of.code}/checks/closure/CL-FOSIS/", f"/en/initiatives/{of.code}/evaluations/"
    assert here in side.get(page).content.decode() and here not in others.get(page).content.decode()
    assert others.get(here).status_code == 403 and as_role("public").get(here).status_code == 302
    assert side.get(here.replace("closure", "someday")).status_code == 404
    assert "Overdue" in side.get(page).content.decode()
    told = {"checked_on": f"{TODAY}", "norm": "3", "budget": "0", "evidence_en": "Law 1.", "national": "yes"}
    assert "once there was one" in side.post(here, told | {"government": "2"}).content.decode()
    side.post(here, told)
    made = SustainabilityCheck.objects.latest("pk")
    assert (made.norm, made.budget, made.staff, made.national) == (3, 0, None, True)
    seen = fields(side.get(here))
    as_role("national-coordinator").post(here, seen | {"norm": "2"})
    late = side.post(here, seen | {"norm": "1"})
    assert "What the other person has saved" in late.content.decode()
    side.post(here, fields(late) | {"norm": "1"})
    made.refresh_from_db()
    assert made.norm == 1 and made.revision == 3
    text = side.get(page).content.decode()
    assert "Law 1." in text and "from 0.2 to 2.2" in text


def test_the_page_says_what_is_missing_for_the_next_step_of_the_initiative(as_role):
    of = initiative(state="closure", validation="published")
    here = f"/en/initiatives/{of.code}/evaluations/"
    assert "Chile has not said what remains" in as_role(COORDINATION).get(here).content.decode()
    assert "Chile has not said what remains" not in as_role("public").get(here).content.decode()


def test_the_list_is_filtered(as_role):
    made = evaluation(initiative("CO-DPS", "PE-MIDIS"), state="published", answered=True, independent=True)
    other = evaluation(state="draft", when="during")
    client = as_role("observer")

    def shown(query: str) -> set[int]:
        page = client.get(f"/en/evaluations/?{query}")
        return {one.pk for one in page.context["page_obj"]} & {made.pk, other.pk}

    assert shown("") == {made.pk, other.pk}
    assert shown("country=PER") == shown("state=published") == shown("independent=on") == {made.pk}
    assert shown("when=during") == shown("country=BRA") == {other.pk}
    assert shown("instrument=final-report&state=nonsense") == {made.pk, other.pk}
    assert "No evaluation answers to this" in client.get("/en/evaluations/?country=PER&when=during").content.decode()


def test_the_recipient_is_asked_answers_and_is_read(as_role, django_capture_on_commit_callbacks):
    of = initiative(state="closure", validation="published", others="CO-DPS")
    made = evaluation(of, state="draft")
    here = f"/en/evaluations/{made.pk}/opinion/"
    asks, answers = as_role("observer"), as_role("fosis@demo.ayni")
    assert here in asks.get(f"/en/evaluations/{made.pk}/").content.decode()
    assert answers.get(f"/en/evaluations/{made.pk}/opinion/").status_code == 200
    yesterday = {"deadline": f"{TODAY - timedelta(days=1)}"}
    assert "deadline is past" in asks.post(here, yesterday).content.decode()
    assert as_role("secretariat").post(here, {"deadline": f"{TODAY}"}).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        asks.post(here, {"deadline": f"{TODAY + timedelta(days=20)}"})
    round_ = Round.objects.get(evaluation=made)
    assert [one.institution.code for one in round_.responses.all()] == ["CL-FOSIS"]
    assert [letter.to for letter in mail.outbox] == [["fosis@demo.ayni"]] and round_.code in mail.outbox[0].body
    theirs = f"/en/rounds/{round_.code}/responses/CL-FOSIS/"
    assert (
        theirs in answers.get("/en/desk/").content.decode() or round_.code in answers.get("/en/desk/").content.decode()
    )
    assert as_role("public").get(here).status_code == 404
    assert as_role("public").get(f"/en/rounds/{round_.code}/").status_code == 302
    assert round_.code not in as_role("secretariat").get("/en/rounds/").content.decode()
    assert round_.code not in as_role("public").get("/en/").content.decode()
    response = Response.objects.get(round=round_)
    for question in round_.version.questions.all():
        value = "3" if question.kind == "number" else "Keep the visits."
        response.answers.create(question=question, value=value, revision=1)
    assert "Keep the visits." not in asks.get(here).content.decode()
    assert "Submit the answers" in answers.get(theirs).content.decode()
    answers.post(f"{theirs}submit/")
    response.refresh_from_db()
    assert response.status == "submitted"
    text = asks.get(here).content.decode()
    assert "Keep the visits." in text and "3.0" in text
    scored = response.answers.filter(question__kind="number")
    whole = scored.count()
    scored.filter(pk=scored.first().pk).update(value="3.7")
    assert [one.answered for one in asks.get(here).context["opinion"].scored].count(1) == whole - 1
    review = [task.kind for task in desk(as_role, "secretariat")]
    assert "review" not in review or round_.code not in as_role("secretariat").get("/en/desk/").content.decode()
    asks.post(f"{here}close/")
    round_.refresh_from_db()
    assert round_.status == "closed"
    Evaluation.objects.filter(pk=made.pk).update(
        state="published", published_at=response.submitted_at, published_by=response.submitted_by
    )
    public = as_role("public").get(here).content.decode()
    assert "Keep the visits." in public and theirs not in public


def desk(as_role, role: str):
    return as_role(role).get("/en/desk/").context.get("tasks", [])


def test_what_cannot_be_asked_is_not_asked(as_role):
    client = as_role(COORDINATION)
    made = evaluation(initiative(), state="draft")
    here = f"/en/evaluations/{made.pk}/opinion/"
    client.post(here, {"deadline": f"{TODAY}"})
    assert client.post(here, {"deadline": f"{TODAY}"}).status_code == 403
    assert client.post(f"{here}close/").status_code == 302 and client.post(f"{here}close/").status_code == 302
    done = evaluation(initiative(), state="response")
    answer(done)
    assert client.get(f"/en/evaluations/{done.pk}/opinion/").status_code == 200


def test_who_carries_it_out_reads_and_writes_it_and_the_parties_read_only(as_role, client):
    evaluator = User.objects.create(email="evaluator@example.org", name="Eva Luadora")
    Membership.objects.create(user=evaluator, role="focal-point", institution=institution("PE-MIDIS"))
    client.force_login(evaluator, backend="allauth.account.auth_backends.AuthenticationBackend")
    told = {"state": "draft", "independent": True, "evaluator_institution": institution("PE-MIDIS")}
    made, other = evaluation(initiative(validation="private"), **told), evaluation(initiative(validation="private"))
    here = f"/en/evaluations/{made.pk}/"
    page = client.get(here).content.decode()
    assert f"{here}report/" in page and f"/initiatives/{made.initiative.code}/" not in page.split("<main")[1]
    assert client.get(f"{here}report/").status_code == 200
    assert client.get(f"/en/evaluations/{other.pk}/").status_code == 404
    assert here in client.get("/en/evaluations/").content.decode() and here in client.get("/en/desk/").content.decode()
    party = as_role("focal-point")
    read = party.get(here).content.decode()
    assert "the parties read it and respond" in read and f"{here}report/" not in read
    assert party.get(f"{here}report/").status_code == 403
    assert here not in party.get("/en/desk/").content.decode()


def test_the_page_says_which_party_entered_the_report(as_role):
    party = institution("BR-MDS")
    made = evaluation(
        initiative(validation="published"), state="published", answered=True, independent=True, entered_by=party
    )
    page = as_role("public").get(f"/en/evaluations/{made.pk}/").content.decode()
    assert "MDS (Brazil), a party, entered here what A university reported" in page
