"""Institutions and regions are edited by the secretariat: names with dates, successors, memberships."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from ayni.common.audit import history
from ayni.common.errors import Refused
from ayni.directory.actions import editing as actions
from ayni.directory.models import (
    Affiliation,
    Country,
    CountryRegion,
    Institution,
    InstitutionName,
    Region,
    Succession,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def fosis() -> Institution:
    return Institution.objects.get(code="CL-FOSIS")


def named(es: str = "Nombre", **facts: str) -> actions.NameFacts:
    given = {"acronym": "", "valid_from": "", "valid_to": "", "source": ""} | facts
    return actions.NameFacts(name={"es": es} if es else {}, **given)


def told(**facts: object) -> actions.InstitutionFacts:
    given = {"country": None, "parent": None, "kind": None, "role": None, "website": "", "source": ""} | facts
    return actions.InstitutionFacts(**given)


def test_the_secretariat_adds_an_institution_by_its_form(as_role):
    form = {
        "code": "SR-MINOV",
        "name_es": "Ministerio de Asuntos Sociales y Vivienda",
        "acronym": "SOZAVO",
        "valid_from": "2011-10",
        "country": "SUR",
        "kind": "ministry",
    }
    answer = as_role("secretariat").post("/en/institutions/add/", form)
    assert answer["Location"] == "/en/institutions/SR-MINOV/edit/"
    added = Institution.objects.get(code="SR-MINOV")
    assert (added.short_name, added.country_id, added.international, added.kind.code) == (
        "SOZAVO",
        "SUR",
        False,
        "ministry",
    )
    assert history(added).first().verb == "institution added"
    page = as_role("secretariat").post("/en/institutions/add/", form).content.decode()
    assert "There is already an institution SR-MINOV" in page


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("code", "minov", "Write two capitals"),
        ("valid_from", "13/10/2011", "Write a year"),
        ("valid_to", "2001", "ends before it begins"),
        ("country", "XXX", "Select a valid choice"),
        ("website", "javascript:alert(1)", "Enter a valid URL"),
        ("name_es", "", "at least one language"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(as_role, field, value, told):
    form = {"code": "SR-MINOV", "name_es": "Ministerio", "valid_from": "2011", "country": "SUR"} | {field: value}
    assert told in as_role("secretariat").post("/en/institutions/add/", form).content.decode()
    assert not Institution.objects.filter(code="SR-MINOV").exists()


def test_names_are_added_corrected_and_removed_but_one_stays(as_role, fosis):
    client = as_role("secretariat")
    before = fosis.names.count()
    client.post("/en/institutions/CL-FOSIS/names/add/", {"name_es": "Nuevo FOSIS", "valid_from": "2030"})
    added = InstitutionName.objects.get(name__es="Nuevo FOSIS")
    client.post(f"/en/institutions/CL-FOSIS/names/{added.pk}/", {"name_es": "FOSIS nuevo", "valid_from": "2031"})
    added.refresh_from_db()
    assert (added.name["es"], added.valid_from) == ("FOSIS nuevo", "2031")
    client.post(f"/en/institutions/CL-FOSIS/names/{added.pk}/remove/")
    assert fosis.names.count() == before
    assert set(history(fosis).values_list("verb", flat=True)) >= {"name added", "name edited", "name removed"}
    for name in fosis.names.all()[1:]:
        actions.remove_name(by=None, name=name)
    with pytest.raises(Refused):
        actions.remove_name(by=None, name=fosis.names.get())


def test_another_institutions_name_is_not_reached_through_this_one(as_role):
    other = InstitutionName.objects.exclude(institution__code="CL-FOSIS").first()
    assert as_role("secretariat").get(f"/en/institutions/CL-FOSIS/names/{other.pk}/").status_code == 404
    assert as_role("secretariat").post(f"/en/institutions/CL-FOSIS/names/{other.pk}/remove/").status_code == 404


def test_successors_stand_once_and_in_no_circle(as_role, fosis):
    client = as_role("secretariat")
    client.post("/en/institutions/CL-FOSIS/successors/add/", {"other": "CL-MDSF", "on": "2026"})
    succession = Succession.objects.get(predecessor=fosis)
    heir = succession.successor
    page = client.post("/en/institutions/CL-FOSIS/successors/add/", {"other": "CL-MDSF"}).content.decode()
    assert "already stands" in page
    with pytest.raises(Refused):
        actions.add_successor(by=None, institution=heir, successor=fosis, note={})
    with pytest.raises(Refused):
        actions.add_successor(by=None, institution=fosis, successor=fosis, note={})
    client.post(f"/en/institutions/CL-FOSIS/successors/{succession.pk}/remove/")
    assert not Succession.objects.filter(predecessor=fosis).exists()


def test_memberships_have_dates_in_order(as_role, fosis):
    network = Institution.objects.get(code="XX-IASPN")
    Affiliation.objects.filter(member=fosis).delete()
    with pytest.raises(Refused):
        actions.add_affiliation(by=None, institution=fosis, body=network, since="2010", until="2009")
    with pytest.raises(Refused):
        actions.add_affiliation(by=None, institution=fosis, body=fosis)
    as_role("secretariat").post("/en/institutions/CL-FOSIS/memberships/add/", {"other": "XX-IASPN", "since": "2009"})
    affiliation = Affiliation.objects.get(member=fosis)
    with pytest.raises(Refused):
        actions.add_affiliation(by=None, institution=fosis, body=network)
    as_role("secretariat").post(f"/en/institutions/CL-FOSIS/memberships/{affiliation.pk}/remove/")
    assert not fosis.affiliations.exists()


def test_nothing_stands_below_itself(fosis):
    parent = Institution.objects.get(code="CL-MIDEPLAN")
    assert fosis.parent == parent
    with pytest.raises(Refused):
        actions.edit_institution(by=None, institution=parent, facts=told(country=parent.country, parent=fosis))
    with pytest.raises(IntegrityError), transaction.atomic():
        Institution.objects.filter(pk=fosis.pk).update(parent=fosis.pk)


def test_a_country_lies_in_one_region_of_each_scheme(as_role):
    africa = Region.objects.get(scheme="oas2010", code="Africa")
    egypt = Country.objects.get(pk="EGY")
    regions = {region.scheme: region.code for region in egypt.regions.all()}
    as_role("secretariat").post("/en/countries/EGY/edit/", regions | {"oas2010": "Africa"})
    assert CountryRegion.objects.get(country=egypt, scheme="oas2010").region == africa
    assert history(egypt).first().after == {"region": str(africa)}
    actions.place_country(by=None, country=egypt, region=africa)
    assert history(egypt).filter(verb="country placed").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        CountryRegion.objects.create(country=egypt, scheme="oas2010", region=africa)


@pytest.mark.parametrize("role", ["focal-point", "national-coordinator", "expert", "observer", "administrator"])
def test_only_the_secretariat_edits(as_role, person, fosis, role):
    for path in (
        "institutions/add/",
        "institutions/CL-FOSIS/edit/",
        "institutions/CL-FOSIS/names/add/",
        "countries/CHL/edit/",
    ):
        assert as_role(role).get(f"/en/{path}").status_code == 403
        assert as_role(role).post(f"/en/{path}").status_code == 403
    with pytest.raises(PermissionDenied):
        actions.edit_institution(by=person(role), institution=fosis, facts=told())
    with pytest.raises(PermissionDenied):
        actions.add_institution(by=person(role), code="PE-X", facts=told(), name=named())


def test_dates_and_scopes_are_the_databases_own(fosis):
    for wrong in ({"valid_from": "13/10/2011"}, {"valid_from": "2012", "valid_to": "2011"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            InstitutionName.objects.create(institution=fosis, name={"es": "X"}, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Institution.objects.create(code="XX-Y", international=True, country_id="CHL")
    with pytest.raises(IntegrityError), transaction.atomic():
        Succession.objects.create(predecessor=fosis, successor=fosis)
    with pytest.raises(IntegrityError), transaction.atomic():
        Affiliation.objects.create(member=fosis, body=fosis)
