"""People: invited, given roles, deactivated; who sees what of whom."""

import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from ayni.accounts.models import User
from ayni.common.audit import history
from ayni.common.errors import Refused
from ayni.common.permissions import ANSWER, may
from ayni.directory.actions import people as actions
from ayni.directory.models import Country, Institution, Membership
from ayni.directory.queries.people import people_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def fosis() -> Institution:
    return Institution.objects.get(code="CL-FOSIS")


def fresh(user: User) -> User:
    """The person as the next request sees it."""
    return User.objects.get(pk=user.pk)


def test_a_person_is_added_invited_and_sets_the_password(as_role, django_capture_on_commit_callbacks):
    form = {
        "name": "Paula Rojas",
        "email": "Paula@Example.org",
        "language": "pt",
        "role": "focal-point",
        "institution": "CL-FOSIS",
    }
    with django_capture_on_commit_callbacks(execute=True):
        answer = as_role("administrator").post("/en/people/add/", form)
    user = User.objects.get(email="paula@example.org")
    assert answer["Location"] == f"/en/people/{user.pk}/"
    (letter,) = mail.outbox
    assert letter.to == ["paula@example.org"] and "/pt/accounts/password/reset/key/" in letter.body
    link = re.search(r"https?://[^/]+(/pt/\S+)", letter.body)[1]
    client = Client()
    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": "tres llamas y un rio", "password2": "tres llamas y un rio"})
    answer = client.post("/es/accounts/login/", {"login": "paula@example.org", "password": "tres llamas y un rio"})
    assert answer["Location"] == "/pt/desk/"
    assert may(fresh(user), ANSWER, Institution.objects.get(code="CL-FOSIS"))
    assert not may(fresh(user), ANSWER, Institution.objects.get(code="BR-MDS"))
    assert {"person added", "person invited"} <= set(history(user).values_list("verb", flat=True))


def test_nothing_stays_of_a_person_whose_role_was_refused(as_role, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = as_role("administrator").post(
            "/en/people/add/", {"name": "X", "email": "x@example.org", "language": "es", "role": "focal-point"}
        )
    assert "choose it" in page.content.decode()
    assert not mail.outbox and not User.objects.filter(email="x@example.org").exists()


def test_an_address_is_given_once_whatever_its_case(as_role):
    form = {"name": "X", "email": "SECRETARIA@demo.ayni", "language": "es", "role": "observer"}
    page = as_role("administrator").post("/en/people/add/", form).content.decode()
    assert "There is already an account" in page
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="SECRETARIA@DEMO.AYNI", name="X")


@pytest.mark.parametrize(
    ("role", "given"),
    [
        ("focal-point", {}),
        ("focal-point", {"country": "CHL"}),
        ("national-coordinator", {"institution": "CL-FOSIS"}),
        ("secretariat", {"institution": "CL-FOSIS"}),
        ("administrator", {"country": "CHL"}),
    ],
)
def test_a_role_needs_its_own_scope(person, role, given):
    institution = Institution.objects.filter(code=given.get("institution")).first()
    country = Country.objects.filter(pk=given.get("country")).first()
    with pytest.raises(Refused):
        actions.grant_role(by=None, user=person("observer"), role=role, institution=institution, country=country)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=person("observer"), role=role, institution=institution, country=country)


def test_a_role_is_given_once_and_ends_at_once(as_role, person, fosis):
    client, user = as_role("administrator"), person("observer")
    address = f"/en/people/{user.pk}/roles/"
    assert client.post(address, {"role": "focal-point", "institution": "CL-FOSIS"}).status_code == 302
    assert "already" in client.post(address, {"role": "focal-point", "institution": "CL-FOSIS"}).content.decode()
    membership = Membership.objects.get(user=user, role="focal-point")
    assert may(fresh(user), ANSWER, fosis)
    end = f"{address}{membership.pk}/end/"
    assert client.get(end).status_code == 200
    assert client.post(end).status_code == 302
    assert not may(fresh(user), ANSWER, fosis)
    with pytest.raises(Refused):
        actions.end_role(by=None, membership=Membership.objects.get(pk=membership.pk))


def test_somebody_must_be_able_to_give_roles(person):
    administrator = person("administrator")
    membership = Membership.objects.get(user=administrator)
    with pytest.raises(Refused):
        actions.end_role(by=administrator, membership=membership)
    with pytest.raises(Refused):
        actions.set_active(by=None, user=administrator, active=False)
    actions.grant_role(by=None, user=person("observer"), role="administrator")
    actions.end_role(by=administrator, membership=membership)


def test_a_deactivated_account_is_out_at_once_and_nobody_deactivates_the_own(as_role, person):
    other, user = as_role("observer"), person("observer")
    client = as_role("administrator")
    assert other.get("/en/desk/").status_code == 200
    assert client.post(f"/en/people/{user.pk}/deactivate/").status_code == 302
    assert other.get("/en/desk/").status_code == 302
    assert as_role("secretariat").get(f"/en/people/{user.pk}/").status_code == 404
    with pytest.raises(Refused):
        actions.invite_person(by=None, user=fresh(user))
    client.post(f"/en/people/{user.pk}/activate/")
    assert fresh(user).is_active
    own = person("administrator")
    client.post(f"/en/people/{own.pk}/deactivate/")
    assert fresh(own).is_active


def test_corrections(as_role, person):
    user = User.objects.create_user("old@example.org", name="Old")
    answer = as_role("administrator").post(
        f"/en/people/{user.pk}/edit/", {"name": "New", "email": "NEW@example.org", "language": "fr"}
    )
    assert answer.status_code == 302
    assert (fresh(user).name, fresh(user).email, fresh(user).language) == ("New", "new@example.org", "fr")
    with pytest.raises(Refused):
        actions.edit_person(by=None, user=person("observer"), name="X", email="elsewhere@example.org", language="es")


@pytest.mark.parametrize("role", ["focal-point", "national-coordinator", "secretariat", "expert", "observer"])
@pytest.mark.parametrize("act", ["add", "grant", "end", "deactivate", "edit", "invite"])
def test_only_administrators_do(person, role, act):
    by, user = person(role), person("expert")
    membership = Membership.objects.filter(user=user).first()
    calls = {
        "add": lambda: actions.add_person(by=by, email="a@example.org", name="A"),
        "grant": lambda: actions.grant_role(by=by, user=user, role="administrator"),
        "end": lambda: actions.end_role(by=by, membership=membership),
        "deactivate": lambda: actions.set_active(by=by, user=user, active=False),
        "edit": lambda: actions.edit_person(by=by, user=user, name="A", email="a@example.org", language="es"),
        "invite": lambda: actions.invite_person(by=by, user=user),
    }
    with pytest.raises(PermissionDenied):
        calls[act]()


@pytest.mark.parametrize("path", ["roles/", "invite/", "activate/", "deactivate/", "edit/"])
@pytest.mark.parametrize("role", ["secretariat", "focal-point"])
def test_pages_of_administrators_refuse_others(as_role, person, role, path):
    assert as_role(role).post(f"/en/people/{person('expert').pk}/{path}").status_code == 403


@pytest.mark.parametrize(
    ("role", "sees"),
    [("secretariat", True), ("administrator", True), ("expert", True), ("focal-point", False), ("observer", False)],
)
def test_an_address_is_for_the_person_the_secretariat_and_administrators(as_role, person, role, sees):
    page = as_role(role).get(f"/en/people/{person('expert').pk}/").content.decode()
    assert ("experta@demo.ayni" in page) == sees
    assert "Lucía Treviño" in page


def test_what_somebody_did_in_private_is_for_whom_sees_the_record(as_role, person):
    actions.grant_role(
        by=person("administrator"), user=person("observer"), role="expert", institution=Institution.objects.first()
    )
    page = f"/en/people/{person('administrator').pk}/"
    assert "Role given" in as_role("secretariat").get(page).content.decode()
    assert "Role given" not in as_role("expert").get(page).content.decode()


def test_people_of_a_place_by_role_without_ended_roles(person, fosis):
    reader = person("secretariat")

    def names(place: Institution | Country) -> list[str]:
        return [str(member.user) for _role, members in people_of(place, reader) for member in members]

    membership = actions.grant_role(by=None, user=person("observer"), role="focal-point", institution=fosis)
    assert "Winston Clarke" in names(fosis)
    assert {"Winston Clarke", "Rodrigo Fuentes"} <= set(names(Country.objects.get(pk="CHL")))
    Membership.objects.filter(pk=membership.pk).update(since=timezone.localdate(), until=timezone.localdate())
    assert "Winston Clarke" not in names(fosis)


def test_demonstration_accounts_are_not_made_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(Refused):
        actions.add_person(by=None, email="d@example.org", name="D", password="x", demo=True)


@pytest.mark.parametrize("path", ["institutions/BR-MDS/", "countries/BRA/"])
def test_the_pages_of_a_place_name_its_people_to_signed_in_readers_without_addresses(client, as_role, path):
    assert "Beatriz Nogueira" not in client.get(f"/en/{path}").content.decode()
    page = as_role("secretariat").get(f"/en/{path}").content.decode()
    assert "Beatriz Nogueira" in page and "punto.focal@demo.ayni" not in page


@pytest.mark.parametrize(
    "role", ["focal-point", "national-coordinator", "observer", "secretariat", "administrator", "expert"]
)
def test_who_is_an_expert_is_for_the_institution_the_secretariat_and_administrators(as_role, person, role):
    expert = person("expert")
    place = Membership.objects.get(user=expert, role="expert").institution
    client, sees = as_role(role), role in {"secretariat", "administrator", "expert"}
    for path in (f"institutions/{place.code}/", f"countries/{place.country_id}/"):
        assert (expert.name in client.get(f"/en/{path}").content.decode()) == sees, path
    page = client.get(f"/en/people/{expert.pk}/")
    assert bool(page.context["roles"]) == sees


def test_colleagues_know_who_is_an_expert(as_role, person):
    actions.grant_role(
        by=None, user=person("observer"), role="expert", institution=Institution.objects.get(code="BR-MDS")
    )
    assert "Winston Clarke" in as_role("focal-point").get("/en/institutions/BR-MDS/").content.decode()
    assert "Winston Clarke" not in as_role("coordinacion.br@demo.ayni").get("/en/countries/BRA/").content.decode()
