"""Lessons, joint products, obstacles and the circuit: each page, and how they are kept."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ayni.directory.models import Component, ProgrammeVersion
from ayni.exchange.models import Offer
from ayni.learning.models import Lesson, LessonUse, Obstacle, Product
from tests.factories import lessons as made
from tests.factories import supply

SEEN = (made.TODAY - timedelta(days=200)).year
IN = "initiatives/BR-2026-9001/"
KEPT = {"public": "302", "secretariat": "403", "expert": "403", "observer": "403", "administrator": "403"}
PAGES: dict[str, dict[str, int | str]] = {
    "lessons/": {"public": 12, "*": 14},
    "lessons/?text=lesson&topic=single-registry&kind=internal&state=disseminated&country=BRA": {"public": 11, "*": 13},
    "lessons/9001/": {"public": "404", "expert": "404", "administrator": "404", "national-coordinator": "404", "*": 7},
    "lessons/9002/": {"public": 6, "*": 8},
    "lessons/9003/": {"public": 8, "*": 10},
    f"{IN}lessons/": {"public": 27, "*": 29},
    f"{IN}lessons/add/": {**KEPT, "*": 21},
    "lessons/9002/edit/": {**KEPT, "national-coordinator": "403", "*": 24},
    "lessons/9001/step/review/": {
        "public": "302",
        "focal-point": 7,
        "expert": "404",
        "administrator": "404",
        "national-coordinator": "404",
        "*": "403",
    },
    "lessons/9002/decline/": {**KEPT, "focal-point": "403", "*": 8},
    "lessons/9003/uses/add/": {**KEPT, "national-coordinator": "403", "*": 12},
    "lessons/9003/offer/": {**KEPT, "national-coordinator": "403", "*": 11},
    f"{IN}products/add/": {**KEPT, "*": 17},
    "products/": {"public": 6, "*": 8},
    "products/9001/edit/": {**KEPT, "*": 24},
    "obstacles/": {"public": 11, "*": 13},
    f"obstacles/?text=lessons&kind=human-resources&country=BRA&standing=met&year={SEEN}": {"public": 11, "*": 13},
    "obstacles/9001/": {"public": 5, "*": 7},
    "obstacles/add/": {**KEPT, "*": 7},
    "obstacles/9001/edit/": {**KEPT, "national-coordinator": "403", "*": 7},
    "obstacles/9001/measure/": {**KEPT, "national-coordinator": "403", "*": 5},
    f"{IN}obstacles/": {"public": 17, "*": 19},
    f"{IN}obstacles/add/": {**KEPT, "*": 20},
    f"{IN}circuit/": {"public": 34, "*": 36},
    "circuit/": {"public": 25, "*": 27},
    "circuit/BRA/": {"public": 24, "*": 26},
    "circuit/BRA/CHL/": {"public": 22, "*": 24},
    "circuit/CHL/BRA/": {"*": "404"},
    "offers/9001/": {"administrator": 16, "expert": 16, "national-coordinator": 17, "public": 14, "*": 18},
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def learned():
    """Only what is made here: an initiative of Chile and Brazil with a lesson captured, one reviewed, one that came back."""
    Offer.objects.filter(lesson__isnull=False).update(lesson=None)
    for model in (LessonUse, Lesson, Product, Obstacle):
        model.objects.all().delete()
    of = made.initiative()
    visit = made.activity(of)
    made.lesson(of, id=9001, activity=visit)
    made.lesson(of, id=9002, state="reviewed", joint_with=made.institution("CL-FOSIS"))
    back = made.lesson(of, id=9003, state="disseminated")
    supply.offer("BRA", at=made.institution("BR-MDS"), id=9001, lesson=back)
    made.product(of, "BR-MDS", "CL-FOSIS", id=9001)
    taken = {"taken_on": made.TODAY, "counter_measure": {"en": "Language lessons."}}
    made.obstacle(of, id=9001, worked="yes", **taken)
    made.obstacle(id=9002, **taken)
    return of


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


def test_more_rows_need_no_more_queries(as_role, learned):
    def numbers() -> list[int]:
        found = []
        for path in (
            "lessons/",
            f"{IN}lessons/",
            "products/",
            "obstacles/",
            f"{IN}circuit/",
            "circuit/",
            "circuit/BRA/",
        ):
            with CaptureQueriesContext(connection) as queries:
                assert as_role("public").get(f"/en/{path}").status_code == 200
            found.append(len(queries))
        return found

    before = numbers()
    for _each in range(3):
        one = made.lesson(learned, state="verified", activity=made.activity(learned))
        supply.offer("BRA", at=made.institution("BR-MDS"), lesson=one)
        made.product(learned, "BR-MDS", "CL-FOSIS")
        made.obstacle(learned, taken_on=made.TODAY, counter_measure={"en": "x"})
    assert numbers() == before


def fields(page) -> dict[str, object]:
    return {bound.html_name: bound.value() for bound in page.context["form"] if bound.value() not in (None, "", False)}


def test_a_lesson_is_captured_agreed_used_verified_disseminated_and_offered(as_role):
    focal, chile, observer = as_role("focal-point"), as_role("national-coordinator"), as_role("observer")
    add = f"/en/{IN}lessons/add/"
    told = fields(focal.get(add)) | {
        "institution": "BR-MDS",
        "activity": "1",
        "joint_with": "CL-FOSIS",
        "topics": ["single-registry"],
        "title_en": "Visits in pairs",
    }
    assert "say what was learned" in focal.post(add, told).content.decode()
    focal.post(add, told | {"text_en": "Two see more than one."})
    one = Lesson.objects.get(title__en="Visits in pairs")
    here = f"/en/lessons/{one.pk}/"
    focal.post(f"{here}step/review/")
    assert "We learned it too" in chile.get(here).content.decode()
    chile.post(f"{here}agree/")
    page = focal.get(here).content.decode()
    assert "record the version of an own programme" in page
    version = ProgrammeVersion.objects.filter(programme__code="BR-PBF").first()
    use = {
        "what": f"version-{version.pk}",
        "used_on": f"{made.TODAY}",
        "changed_en": "Visits in pairs.",
        "evidence_note_en": "The resolution.",
    }
    focal.post(f"{here}uses/add/", use)
    for step in ("type", "incorporate"):
        focal.post(f"{here}step/{step}/")
    row = one.uses.get()
    assert "Offer what was learned" not in focal.get(here).content.decode()
    observer.post(f"{here}uses/{row.pk}/verify/")
    as_role("secretariat").post(f"{here}step/disseminate/")
    one.refresh_from_db()
    assert (one.state, one.kind) == ("disseminated", "internal")
    assert f"{here}offer/" in focal.get(here).content.decode()
    component = Component.objects.get(code="conditionalities", programme__code="BR-PBF")
    focal.post(f"{here}offer/", {"component": component.pk})
    offer = Offer.objects.get(lesson=one)
    assert offer.component == component
    text = focal.get(f"/en/offers/{offer.pk}/").content.decode()
    assert "The roles have changed: Brazil received from Chile" in text and here in text
    assert "came of this lesson already" in focal.post(f"{here}offer/", {"component": component.pk}).content.decode()
    ring = focal.get(f"/en/{IN}circuit/").content.decode()
    assert "Roles swapped: who received offers" in ring and f"/en/offers/{offer.pk}/" in ring


def test_a_use_is_taken_out_and_the_evidence_returned(as_role):
    one = made.lesson(Lesson.objects.get(pk=9001).initiative, state="incorporated")
    here = f"/en/lessons/{one.pk}/"
    as_role("observer").post(f"{here}step/doubt/", {"reason": "The address does not open."})
    assert "The address does not open." in as_role("focal-point").get(here).content.decode()
    extra = made.use(one, component="payment-card")
    as_role("focal-point").post(f"{here}uses/{extra.pk}/remove/")
    assert one.uses.count() == 1


def test_the_other_institution_declines_and_says_why(as_role):
    as_role("national-coordinator").post("/en/lessons/9002/decline/", {"reason": "We saw it otherwise."})
    assert "We saw it otherwise." in as_role("focal-point").get("/en/lessons/9002/").content.decode()


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("lessons/9002/edit/", "text_en"),
        ("products/9001/edit/", "title_en"),
        ("obstacles/9001/edit/", "text_en"),
        ("obstacles/9001/measure/", "counter_measure_en"),
    ],
)
def test_the_later_of_two_sees_what_the_other_has_saved(as_role, path, field):
    client, here = as_role("focal-point"), f"/en/{path}"
    data = fields(client.get(here))
    assert client.post(here, data | {field: "First words."}).status_code == 302
    page = client.post(here, data | {field: "Second words."})
    text = page.content.decode()
    assert "First words." in text and "Second words." in text
    assert client.post(here, fields(page)).status_code == 302


def test_a_product_is_added_and_removed(as_role):
    client, add = as_role("focal-point"), f"/en/{IN}products/add/"
    told = fields(client.get(add)) | {"title_en": "Course", "institutions": ["BR-MDS", "CL-FOSIS"]}
    client.post(add, told)
    one = Product.objects.get(title__en="Course")
    assert "Course" in client.get(f"/en/{IN}lessons/").content.decode()
    client.post(f"/en/products/{one.pk}/remove/")
    assert not Product.objects.filter(pk=one.pk).exists()
    assert as_role("observer").post("/en/products/9001/remove/").status_code == 403


def test_an_obstacle_is_registered_met_and_removed(as_role):
    client = as_role("focal-point")
    told = fields(client.get("/en/obstacles/add/")) | {
        "institution": "BR-MDS",
        "kind": "political-change",
        "text_en": "A new government.",
    }
    client.post("/en/obstacles/add/", told)
    one = Obstacle.objects.get(kind__code="political-change", country="BRA")
    assert (one.initiative, one.country_id) == (None, "BRA")
    within = told | {"kind": "weak-commitment", "text_en": "Nobody came."}
    client.post(f"/en/{IN}obstacles/add/", within)
    assert Obstacle.objects.get(kind__code="weak-commitment").initiative.code == "BR-2026-9001"
    here = f"/en/obstacles/{one.pk}/"
    measure = {"counter_measure_en": "Two counterparts.", "taken_on": f"{one.seen_on}", "worked": "yes", "base": "1"}
    client.post(f"{here}measure/", measure)
    assert "Two counterparts." in as_role("public").get(here).content.decode()
    assert "Two counterparts." in as_role("public").get("/en/obstacles/?kind=political-change").content.decode()
    client.post(f"{here}remove/")
    assert not Obstacle.objects.filter(pk=one.pk).exists()


def test_an_empty_answer_says_what_to_do(as_role):
    client = as_role("public")
    assert "Clear the filters" in client.get("/en/obstacles/?year=1999").content.decode()
    assert "Clear the filters" in client.get("/en/lessons/?text=unheardof").content.decode()
    Obstacle.objects.all().delete()
    assert "No obstacle registered yet" in client.get("/en/obstacles/").content.decode()


def test_what_waits_for_whom_is_on_the_desk(as_role):
    of = Lesson.objects.get(pk=9001).initiative
    made.lesson(of, state="incorporated", title={"en": "Waits to be verified"})
    made.lesson(of, state="verified", title={"en": "Waits to be spread"})
    made.lesson(of, state="typed", title={"en": "Waits for its evidence"})
    made.obstacle(of, text={"en": "Nobody has done anything."})
    Lesson.objects.filter(pk=9001).update(title={"en": "Waits for review"})
    Lesson.objects.filter(pk=9002).update(title={"en": "Waits for agreement"})
    seen = {
        "focal-point": {"Waits for review", "Waits for its evidence", "Nobody has done anything."},
        "national-coordinator": {"Waits for agreement"},
        "observer": {"Waits to be verified"},
        "secretariat": {"Waits to be spread"},
        "expert": set(),
    }
    every = set().union(*seen.values())
    for role, told in seen.items():
        text = as_role(role).get("/en/desk/").content.decode()
        assert {one for one in every if one in text} == told, role


def test_an_unknown_step_and_an_unknown_use(as_role):
    assert as_role("focal-point").get("/en/lessons/9001/step/fly/").status_code == 404
    assert as_role("observer").post("/en/lessons/9003/uses/999999/verify/").status_code == 404
    assert as_role("national-coordinator").post("/en/lessons/9003/agree/").status_code == 403
