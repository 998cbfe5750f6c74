"""Initiatives: each page for each role, and how a record is kept through them."""

import csv
import io

import pytest

from ayni.registry.models import Initiative
from tests.factories.agreements import agreement, form
from tests.factories.initiatives import TODAY, bare, initiative

PAGES: dict[str, dict[str, int | str]] = {
    "initiatives/": {"public": 15, "*": 17},
    "initiatives/?text=caribe&country=CHL&institution=CL-FOSIS&type=regional&topic=programme-implementation"
    "&modality=materials&quadrant=Q3&state=ex-post&record=validated&year=2009": {
        "public": 15,
        "*": 17,
    },
    "initiatives/?state=cancelled": {"public": 9, "*": 11},
    "initiatives/CL-2008-0001/": {"public": 20, "national-coordinator": 28, "expert": 22, "administrator": 22, "*": 24},
    "initiatives/BR-2025-0001/": {"public": 23, "focal-point": 28, "expert": 25, "administrator": 25, "*": 27},
    "initiatives/MX-2010-0001/": {"focal-point": 25, "secretariat": 22, "expert": 20, "observer": 22, "*": "404"},
    "initiatives/UY-2026-0001/": {"secretariat": 24, "observer": 24, "*": "404"},
    "initiatives/BR-2026-0001/": {
        "focal-point": 31,
        "national-coordinator": 30,
        "secretariat": 24,
        "observer": 24,
        "*": "404",
    },
    "initiatives/new/": {"public": "302", "focal-point": 13, "national-coordinator": 13, "*": "403"},
    "initiatives/BR-2026-0001/edit/": {"public": "302", "focal-point": 25, "national-coordinator": 25, "*": "403"},
    "initiatives/BR-2026-0001/institutions/add/": {
        "public": "302",
        "focal-point": 20,
        "national-coordinator": 20,
        "*": "403",
    },
    "initiatives/BR-2026-0001/institutions/9999999/": {
        "public": "302",
        "focal-point": "404",
        "national-coordinator": "404",
        "*": "403",
    },
    "initiatives/BR-2026-0001/parts/add/": {"public": "302", "focal-point": 18, "national-coordinator": 18, "*": "403"},
    "initiatives/BR-2026-0001/decisions/add/": {
        "public": "302",
        "focal-point": 17,
        "national-coordinator": 17,
        "*": "403",
    },
    "initiatives/BR-2026-0001/step/revise/": {
        "public": "302",
        "national-coordinator": 17,
        "expert": "404",
        "administrator": "404",
        "*": "403",
    },
    "initiatives/BR-2025-0001/step/close/": {"public": "302", "focal-point": 21, "*": "403"},
    "initiatives/BR-2025-0001/step/dance/": {"public": "302", "*": "404"},
    "initiatives/BR-2026-0001/approve/CHL/": {"public": "302", "national-coordinator": "405", "*": "403"},
    "initiatives/BR-2026-0001/parts/1/remove/": {
        "public": "302",
        "focal-point": "405",
        "national-coordinator": "405",
        "*": "403",
    },
    "initiatives/BR-2026-0001/institutions/9999999/remove/": {
        "public": "302",
        "focal-point": "405",
        "national-coordinator": "405",
        "*": "403",
    },
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def what_the_sides_have_said(db):
    """Two of the demonstration's records are public here, the others are not, whatever the demonstration lets their sides say."""
    Initiative.objects.update(validation="private")
    Initiative.objects.filter(code__in=["CL-2008-0001", "BR-2025-0001"]).update(validation="published")


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


def fields(page) -> dict[str, object]:
    return {bound.html_name: bound.value() for bound in page.context["form"] if bound.value() not in (None, "", False)}


def test_a_record_is_begun_completed_approved_and_carried_out_on_its_pages(as_role, settings):
    settings.INITIATIVE_GUARDS = ("ayni.registry.queries.initiatives.guards", "ayni.exchange.queries.initiative_gaps")
    writer, keeper = as_role("focal-point"), as_role("coordinacion.br@demo.ayni")
    partner, other = as_role("fosis@demo.ayni"), as_role("national-coordinator")
    covering = agreement("BR-MDS", "CL-FOSIS", signed=True, state="in-force", form=form("specific"))
    begun = fields(writer.get("/en/initiatives/new/")) | {
        "institution": "BR-MDS",
        "role": "first-offerer",
        "cooperation_type": "horizontal",
        "title_en": "Forms together",
    }
    assert "a title" in writer.post("/en/initiatives/new/", begun | {"title_en": ""}).content.decode()
    answer = writer.post("/en/initiatives/new/", begun)
    made = Initiative.objects.latest("pk")
    here = f"/en/initiatives/{made.code}/"
    assert answer["Location"] == here
    # What is missing for the next step is told with the page where it is mended.
    text = writer.get(here).content.decode()
    assert "Name institutions of at least two countries." in text and f"{here}institutions/add/" in text
    assert partner.get(here).status_code == 404
    told = {"institution": "CL-FOSIS", "role": "recipient"}
    named = {"counterpart": "Ana Reyes", "hours_a_month": "12"}
    # Who answers there is said by its own side.
    assert "by its own side" in writer.post(f"{here}institutions/add/", told | named).content.decode()
    writer.post(f"{here}institutions/add/", told)
    theirs = f"{here}institutions/{made.participations.get(institution__code='CL-FOSIS').pk}/"
    writer.post(theirs, fields(writer.get(theirs)) | named)
    assert not made.participations.filter(counterpart="Ana Reyes").exists()
    partner.post(theirs, fields(partner.get(theirs)) | named)
    assert "takes part already" in writer.post(f"{here}institutions/add/", told).content.decode()
    writer.post(f"{here}step/formulate/")
    text = other.get(here).content.decode()
    for said in ("Say what the initiative is to achieve.", "MDS has not named its counterpart", "at least one topic"):
        assert said in text
    other.post(f"{here}approve/CHL/")
    assert not made.approvals.exists()
    own = made.participations.get(institution__code="BR-MDS")
    edit = f"{here}institutions/{own.pk}/"
    writer.post(
        edit, fields(writer.get(edit)) | {"counterpart": "Eva Luna", "hours_a_month": "8", "tasks_en": "Sends."}
    )
    whole = fields(writer.get(f"{here}edit/")) | {
        "objective_en": "One form.",
        "starts_on": f"{TODAY}",
        "ends_on": f"{TODAY.replace(year=TODAY.year + 1)}",
        "topics": ["single-registry"],
        "quadrants": ["Q3"],
    }
    writer.post(f"{here}edit/", whole)
    text = other.get(here).content.decode()
    assert "Quadrant Q3" in text and "Specific agreement" in text
    writer.post(f"{here}edit/", fields(writer.get(f"{here}edit/")) | {"agreements": [str(covering.pk)]})
    text = other.get(here).content.decode()
    assert "Before the next step" not in text and "Approve for Chile" in text and "Approve for Brazil" not in text
    partner.post(f"{here}parts/add/", {"title_en": "The form"})
    swapped = {"institution": "CL-FOSIS", "role": "first-offerer", "component": "1"}
    partner.post(f"{here}institutions/add/", swapped)
    partner.post(f"{here}decisions/add/", {"decided_on": f"{TODAY}", "joint": "on", "text_en": "We meet monthly."})
    assert other.post(f"{here}approve/BRA/").status_code == 403
    other.post(f"{here}approve/CHL/")
    assert "Still to approve: Brazil" in writer.get(here).content.decode()
    keeper.post(f"{here}approve/BRA/")
    assert writer.get(f"{here}step/begin/").status_code == 200
    writer.post(f"{here}step/begin/")
    refused = keeper.post(f"{here}step/suspend/", {"reason": ""})
    assert refused.status_code == 200
    keeper.post(f"{here}step/suspend/", {"reason": "An election."})
    made.refresh_from_db()
    assert (made.state, made.reason) == ("suspended", "An election.")
    text = writer.get(here).content.decode()
    assert "An election." in text and "We meet monthly." in text and "Ana Reyes" in text and "12 hours a month" in text
    partner.post(f"{here}parts/1/remove/")
    assert not made.components.exists() and made.participations.count() == 2
    row = made.participations.get(institution__code="CL-FOSIS")
    writer.post(f"{here}institutions/{row.pk}/remove/")
    assert made.participations.count() == 1 and partner.get(here).status_code == 404


def test_the_later_of_two_coordinators_sees_what_the_other_has_saved(as_role):
    made = bare("BR-MDS", "CL-FOSIS")
    here = f"/en/initiatives/{made.code}/edit/"
    brazil, chile = as_role("coordinacion.br@demo.ayni"), as_role("national-coordinator")
    first, second = fields(brazil.get(here)), fields(chile.get(here))
    brazil.post(here, first | {"objective_en": "Brazil's objective.", "topics": ["disability"]})
    page = chile.post(here, second | {"objective_en": "Chile's objective."})
    text = page.content.decode()
    assert "Brazil&#x27;s objective." in text and "Chile&#x27;s objective." in text and "Disability" in text
    made.refresh_from_db()
    assert made.objective == {"en": "Brazil's objective."}
    chile.post(here, fields(page) | {"objective_en": "Both objectives."})
    made.refresh_from_db()
    assert made.objective == {"en": "Both objectives."}


def test_the_later_of_two_sees_the_counterpart_that_the_other_has_saved(as_role):
    made = bare("BR-MDS", "CL-FOSIS")
    row = made.participations.get(institution__code="CL-FOSIS")
    here = f"/en/initiatives/{made.code}/institutions/{row.pk}/"
    one, two = as_role("fosis@demo.ayni"), as_role("national-coordinator")
    first, second = fields(one.get(here)), fields(two.get(here))
    one.post(here, first | {"counterpart": "Ana Reyes"})
    page = two.post(here, second | {"counterpart": "Eva Luna"})
    assert "Ana Reyes" in page.content.decode() and "Eva Luna" in page.content.decode()
    two.post(here, fields(page) | {"counterpart": "Eva Luna"})
    row.refresh_from_db()
    assert row.counterpart == "Eva Luna"


def test_what_is_over_is_told_not_changed(as_role):
    made = initiative("BR-MDS", "CL-FOSIS", state="archived")
    here = f"/en/initiatives/{made.code}/"
    writer = as_role("focal-point")
    assert f"{here}edit/" not in writer.get(here).content.decode()
    text = writer.post(f"{here}edit/", fields(writer.get(f"{here}edit/"))).content.decode()
    assert "its record is no longer changed" in text


def test_a_merged_record_leads_to_the_one_that_counts(as_role):
    other, made = bare("BR-MDS", "CL-FOSIS"), bare("BR-MDS", "CL-FOSIS")
    Initiative.objects.filter(pk=made.pk).update(merged_into=other)
    text = as_role("focal-point").get(f"/en/initiatives/{made.code}/").content.decode()
    assert f"/en/initiatives/{other.code}/" in text and "which counts instead" in text


def test_the_list_finds_and_pages(as_role, django_assert_num_queries):
    client = as_role("focal-point")
    text = client.get("/es/initiatives/?text=CARIBE+puente").content.decode()
    assert "CL-2008-0001" in text and "BR-2025-0001" not in text
    assert "UY-2026-0001" not in client.get("/es/initiatives/").content.decode()
    assert "No initiative answers to this" in client.get("/en/initiatives/?text=xyzzy").content.decode()
    assert client.get("/en/initiatives/?country=nowhere&year=never&page=99").status_code == 200
    before = len(client.get("/en/initiatives/").context["page_obj"].object_list)
    for _number in range(30):
        bare("BR-MDS", "CL-FOSIS")
    page = client.get("/en/initiatives/")
    assert len(page.context["page_obj"].object_list) == 25 and page.context["page_obj"].paginator.count == before + 30
    assert "page=2" in page.content.decode()


def test_countries_institutions_and_the_menu_lead_to_initiatives(as_role):
    client = as_role("public")
    for page in ("/en/countries/CHL/", "/en/institutions/CL-FOSIS/"):
        text = client.get(page).content.decode()
        assert "Its initiatives with others" in text and "/en/initiatives/CL-2008-0001/" in text
    assert "initiatives/?country=CHL" in client.get("/en/countries/CHL/").content.decode()
    assert "initiatives/?institution=CL-FOSIS" in client.get("/en/institutions/CL-FOSIS/").content.decode()
    assert "UY-2026-0001" not in client.get("/en/countries/URY/").content.decode()
    assert 'href="/en/initiatives/"' in client.get("/en/exchange/").content.decode()


def test_saving_the_form_keeps_the_programme_whatever_became_of_it(as_role):
    above, made = bare("BR-MDS", size="programme"), bare("BR-MDS", "CL-FOSIS")
    Initiative.objects.filter(pk=above.pk).update(size="project")
    Initiative.objects.filter(pk=made.pk).update(parent=above)
    client, address = as_role("focal-point"), f"/en/initiatives/{made.code}/edit/"
    form = client.get(address).context["form"]
    data = {bound.html_name: bound.value() for bound in form if bound.value() not in (None, "")}
    assert client.post(address, data | {"title_en": "A better title"}).status_code == 302
    made.refresh_from_db()
    assert (made.title["en"], made.parent) == ("A better title", above)


def test_public_pages_and_files_tell_nothing_of_what_is_linked_out_of_sight(as_role):
    above = bare("CL-FOSIS", size="programme", title={"en": "A programme out of sight"})
    made = bare("BR-MDS", "CL-FOSIS", title={"en": "An initiative that everybody reads"})
    draft = agreement("CL-FOSIS", title={"en": "A draft out of sight"})
    shown = agreement("CL-FOSIS", signed=True, state="in-force", title={"en": "An agreement in force"})
    made.agreements.add(draft, shown)
    Initiative.objects.filter(pk=made.pk).update(parent=above, validation="published")
    page, file = f"/en/initiatives/{made.code}/", f"/en/initiatives/export.csv?text={made.code}"
    for role in ("public", "focal-point", "national-coordinator"):
        client, sees = as_role(role), role == "national-coordinator"
        text = client.get(page).content.decode()
        assert "An agreement in force" in text
        assert ("A programme out of sight" in text) == ("A draft out of sight" in text) == sees, role
        rows = list(csv.DictReader(io.StringIO(client.get(file).getvalue().decode("utf-8-sig"))))
        (row,) = rows[-1:]
        told = ";".join(str(value) for value in row.values())
        assert (above.code in told) == sees and made.code in told, role


def test_who_keeps_a_programme_takes_an_initiative_out_of_it(as_role):
    above, made = bare("BR-MDS", size="programme"), bare("CL-FOSIS", "BR-MDS")
    Initiative.objects.filter(pk=made.pk).update(parent=above, validation="published")
    page, go = f"/en/initiatives/{above.code}/", f"/en/initiatives/{made.code}/let-go/"
    assert as_role("national-coordinator").post(go).status_code == 403
    keeper = as_role("focal-point")
    assert go in keeper.get(page).content.decode()
    keeper.post(go)
    made.refresh_from_db()
    assert made.parent is None and go not in keeper.get(page).content.decode()
