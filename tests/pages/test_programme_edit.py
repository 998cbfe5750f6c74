"""Programmes are edited by their institution, their country and the secretariat; of two at once the later one is told."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from ayni.common.audit import history
from ayni.common.errors import Conflict, Refused
from ayni.directory.actions import components, programmes
from ayni.directory.actions.components import ComponentFacts
from ayni.directory.actions.programmes import DocumentFacts, ProgrammeFacts
from ayni.directory.forms.programme_edit import ComponentForm, ProgrammeForm
from ayni.directory.models import Component, Country, Institution, Programme, ProgrammeDocument, ProgrammeVersion

OWN = "programmes/BR-PBF"
EDITORS: dict[str, int | str] = {"public": "302", "expert": "403", "observer": "403", "administrator": "403"}
PAGES: dict[str, dict[str, int | str]] = {
    "programmes/add/": EDITORS | {"*": 9},
    f"{OWN}/edit/": EDITORS | {"national-coordinator": "403", "*": 19},
    "programmes/CL-PUENTE/edit/": EDITORS | {"focal-point": "403", "*": 19},
    f"{OWN}/components/add/": EDITORS | {"national-coordinator": "403", "*": 9},
    f"{OWN}/components/conditionalities/edit/": EDITORS | {"national-coordinator": "403", "*": 17},
    f"{OWN}/components/none/edit/": EDITORS | {"national-coordinator": "403", "*": "404"},
    f"{OWN}/versions/add/": EDITORS | {"national-coordinator": "403", "*": 5},
    f"{OWN}/versions/1/edit/": EDITORS | {"national-coordinator": "403", "*": 5},
    f"{OWN}/documents/add/": EDITORS | {"national-coordinator": "403", "*": 5},
}

pytestmark = pytest.mark.django_db


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


@pytest.fixture
def bolsa(db) -> Programme:
    return Programme.objects.select_related("country", "institution").get(code="BR-PBF")


def sent(initial: dict[str, object], **changes: object) -> dict[str, object]:
    """A form as a browser sends it: empty fields are empty, boxes not ticked are not there."""
    told = {name: "" if value is None else value for name, value in initial.items() if value is not False}
    return told | changes


def facts(programme: Programme, **changes: object) -> ProgrammeFacts:
    given = {"country": programme.country, "institution": programme.institution, "name": programme.name} | changes
    return ProgrammeFacts(**given)


def test_a_focal_point_adds_a_programme_with_a_component(as_role):
    client = as_role("focal-point")
    form = {
        "code": "BR-NOVO",
        "institution": "BR-MDS",
        "country": "BRA",
        "name_pt": "Novo",
        "quadrants": ["Q4"],
        "languages": ["pt"],
    }
    answer = client.post("/pt/programmes/add/", form)
    assert answer["Location"] == "/pt/programmes/BR-NOVO/edit/"
    added = Programme.objects.get(code="BR-NOVO")
    assert (added.name, added.languages, [term.code for term in added.quadrants.all()]) == (
        {"pt": "Novo"},
        "pt",
        ["Q4"],
    )
    assert history(added).get().after["quadrants"] == ["Q4"]
    part = {
        "code": "visits",
        "position": 1,
        "version": 1,
        "name_pt": "Visitas",
        "legal_base_pt": "Lei 1",
        "evidence": "2",
    }
    assert client.post("/pt/programmes/BR-NOVO/components/add/", part).status_code == 302
    component = added.components.get()
    assert (component.legal_base, component.evidence) == ({"pt": "Lei 1"}, 2)
    page = client.post("/pt/programmes/BR-NOVO/components/add/", part)
    assert "já tem um componente visits" in page.content.decode()
    assert "Já existe um programa BR-NOVO" in client.post("/pt/programmes/add/", form).content.decode()


def test_the_choices_are_those_of_the_person(as_role):
    form = as_role("focal-point").get("/en/programmes/add/").context["forms"][1]
    assert [code for code, _name in form.fields["institution"].choices] == ["", "BR-MDS"]
    assert [code for code, _name in form.fields["country"].choices] == ["BRA"]
    form = as_role("national-coordinator").get("/en/programmes/add/").context["forms"][1]
    assert all(code.startswith("CL-") for code, _name in form.fields["institution"].choices if code)


def test_nobody_enters_programmes_for_others(person, bolsa):
    abroad = facts(bolsa, country=Country.objects.get(pk="CHL"), institution=Institution.objects.get(code="CL-FOSIS"))
    for role in ("focal-point", "expert", "observer", "administrator"):
        with pytest.raises(PermissionDenied):
            programmes.add_programme(by=person(role), code="CL-NEW", facts=abroad)
    with pytest.raises(PermissionDenied):
        programmes.edit_programme(by=person("focal-point"), programme=bolsa, facts=abroad)
    with pytest.raises(PermissionDenied):
        programmes.edit_programme(by=person("national-coordinator"), programme=bolsa, facts=facts(bolsa))


def test_of_two_who_edit_at_once_the_later_is_told_and_loses_nothing(as_role, bolsa):
    client = as_role("focal-point")
    mine = sent(ProgrammeForm.initial_of(bolsa), acronym="Mine")
    programmes.edit_programme(by=None, programme=bolsa, facts=facts(bolsa, acronym="Theirs"))
    page = client.post(f"/en/{OWN}/edit/", mine)
    text = page.content.decode()
    assert page.status_code == 200 and "Somebody else has changed this" in text
    assert "Theirs" in text and 'value="Mine"' in text
    bolsa.refresh_from_db()
    assert bolsa.acronym == "Theirs"
    again = sent(page.context["form"].data.dict() | {"topics": [], "quadrants": [], "modalities": [], "languages": []})
    assert client.post(f"/en/{OWN}/edit/", again).status_code == 302
    bolsa.refresh_from_db()
    assert bolsa.acronym == "Mine"
    with pytest.raises(Conflict):
        programmes.edit_programme(by=None, programme=bolsa, facts=facts(bolsa), seen=1)


def test_a_component_saved_over_another_says_so_too(as_role):
    one = Component.objects.get(programme__code="BR-PBF", code="payment-card")
    mine = sent(ComponentForm.initial_of(one), name_en="Mine")
    components.edit_component(by=None, component=one, facts=ComponentFacts(name={"en": "Theirs"}))
    page = as_role("focal-point").post(f"/en/{OWN}/components/payment-card/edit/", mine).content.decode()
    assert "Theirs" in page and 'value="Mine"' in page
    one.refresh_from_db()
    assert one.name == {"en": "Theirs"}


def test_a_ring_of_needs_is_refused_and_named(as_role):
    first = Component.objects.get(programme__code="BR-PBF", code="conditionalities")
    form = sent(ComponentForm.initial_of(first), needs=["BR-PBF/decentralised-management"])
    page = as_role("focal-point").post(f"/en/{OWN}/components/conditionalities/edit/", form).content.decode()
    assert (
        "Follow-up of conditions needs Index of decentralised management, Index of decentralised management needs Follow-up of conditions"
        in page
    )
    assert not first.needs.exists()
    with pytest.raises(Refused, match="needs"):
        components.set_needs(by=None, component=first, needed=[first])


def test_needs_are_set_and_taken_away(as_role):
    card = Component.objects.get(programme__code="BR-PBF", code="payment-card")
    client = as_role("secretariat")
    address = f"/en/{OWN}/components/payment-card/edit/"
    client.post(address, sent(ComponentForm.initial_of(card), needs=["BR-PBF/conditionalities"]))
    assert [one.code for one in card.needs.all()] == ["conditionalities"]
    assert history(card).first().after == {"needs": ["BR-PBF/conditionalities"]}
    card.refresh_from_db()
    client.post(address, sent(ComponentForm.initial_of(card), needs=[]))
    assert not card.needs.exists()


def test_a_component_goes_on_to_a_next_version_and_not_back(person):
    one = Component.objects.get(programme__code="BR-PBF", code="payment-card")
    one = components.edit_component(
        by=person("focal-point"), component=one, facts=ComponentFacts(name=one.name, version=2)
    )
    assert one.version == 2
    with pytest.raises(Refused, match="does not go back"):
        components.edit_component(
            by=person("focal-point"), component=one, facts=ComponentFacts(name=one.name, version=1)
        )


def test_versions_and_documents_come_and_go(as_role, bolsa):
    client = as_role("focal-point")
    client.post(f"/en/{OWN}/versions/add/", {"since": "2023-03", "changes_pt": "Nova lei", "source": "Lei 14.601"})
    version = ProgrammeVersion.objects.get(programme=bolsa, number=3)
    assert version.changes == {"pt": "Nova lei"}
    client.post(f"/en/{OWN}/versions/3/edit/", {"since": "2023-06", "changes_pt": "Nova lei"})
    version.refresh_from_db()
    assert version.since == "2023-06"
    client.post(f"/en/{OWN}/versions/3/remove/")
    assert not ProgrammeVersion.objects.filter(pk=version.pk).exists()
    paper = {"url": "https://example.org/manual.pdf", "title_pt": "Manual", "component": "payment-card", "year": "2020"}
    client.post(f"/en/{OWN}/documents/add/", paper)
    document = ProgrammeDocument.objects.get(url=paper["url"])
    assert document.component.code == "payment-card"
    assert "has this document already" in client.post(f"/en/{OWN}/documents/add/", paper).content.decode()
    address = reverse("document_edit", args=["BR-PBF", document.pk])
    assert client.get(address).status_code == 200
    client.post(address, paper | {"year": "2021"})
    document.refresh_from_db()
    assert document.year == 2021
    client.post(reverse("document_remove", args=["BR-PBF", document.pk]))
    assert [event.verb for event in history(bolsa)[:6]] == [
        "document removed",
        "document edited",
        "document added",
        "version removed",
        "version edited",
        "version added",
    ]


WRONG = {
    "no name": ({"name": {}}, "at least one language"),
    "dates": ({"began": "2020", "ended": "2010"}, "ends before it begins"),
    "country": ({"country": "CHL"}, "belongs to another country"),
}


@pytest.mark.parametrize(("change", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_a_programme_is_said(bolsa, change, said):
    if "country" in change:
        change = {"country": Country.objects.get(pk=change["country"])}
    with pytest.raises(Refused, match=said):
        programmes.edit_programme(by=None, programme=bolsa, facts=facts(bolsa, **change))


def test_a_document_of_another_programmes_component_is_refused(bolsa):
    other = Component.objects.get(programme__code="CL-PUENTE", code="family-support")
    with pytest.raises(Refused, match="another programme"):
        programmes.add_document(
            by=None, programme=bolsa, facts=DocumentFacts({"es": "x"}, "https://example.org", component=other)
        )
