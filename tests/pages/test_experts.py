"""The roster of experts: who sees what, and that consent, once withdrawn, ends it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from ayni.common.audit import history
from ayni.common.errors import Conflict, Refused
from ayni.common.models import AuditEvent
from ayni.directory.actions import experts as actions
from ayni.directory.actions.demo_experts import load_demo_experts
from ayni.directory.actions.people import grant_role
from ayni.directory.forms.experts import ExpertForm
from ayni.directory.models import Expert, Institution
from ayni.directory.queries.experts import Available, available, months_ahead

PAGES: dict[str, dict[str, int | str]] = {
    "experts/": {"public": "302", "expert": 14, "*": 12},
    "experts/?quadrant=Q4&language=es&teaching=2&institution=CO-DPS": {"public": "302", "expert": 14, "*": 12},
    "experts/add/": {"public": "302", "focal-point": 7, "secretariat": 7, "*": "403"},
}
ROLES = ("focal-point", "national-coordinator", "secretariat", "expert", "observer", "administrator")
# Of an expert of BR-MDS: who sees the name, who keeps the profile.
SEEING = {"focal-point", "secretariat"}

pytestmark = pytest.mark.django_db


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


@pytest.fixture
def marcos(db) -> Expert:
    return Expert.objects.select_related("institution").get(email="marcos.tavares@demo.ayni")


@pytest.fixture
def lucia(db) -> Expert:
    """The expert with an account."""
    return Expert.objects.select_related("institution", "user").get(email="experta@demo.ayni")


def listed() -> list[Available]:
    """Whom missions find, in whatever institution."""
    return available(institutions=Institution.objects.values_list("pk", flat=True), since=date.today())


def proposed() -> set[int]:
    return {one.expert for one in listed()}


def personal(expert: Expert) -> list[str]:
    return [expert.name, expert.email, expert.position, expert.summary["en"], str(expert.daily_cost)]


@pytest.mark.parametrize("role", ROLES)
def test_only_the_institution_and_the_secretariat_see_a_person(as_role, marcos, role):
    client = as_role(role)
    for address in ("/en/experts/", f"/en/experts/{marcos.pk}/"):
        text = client.get(address).content.decode()
        assert (marcos.name in text) == (role in SEEING), address
        if role not in SEEING:
            assert f"Expert {marcos.pk}" in text
            assert not [value for value in personal(marcos) if value in text]
            assert "Days of each month" not in text and "LEAP" not in text


def test_the_expert_sees_the_own_profile_and_no_other_name(as_role, lucia, marcos):
    client = as_role("expert")
    own = client.get(f"/en/experts/{lucia.pk}/").content.decode()
    assert lucia.email in own and "Edit the profile" in own and "Withdraw the consent" in own
    text = client.get("/en/experts/").content.decode()
    assert lucia.name in text and marcos.name not in text


def test_the_public_sees_nothing(client, marcos):
    for address in ("experts/", "experts/add/", f"experts/{marcos.pk}/", f"experts/{marcos.pk}/edit/"):
        assert client.get(f"/en/{address}").status_code == 302
    for address in (
        "institutions/BR-MDS/",
        "countries/BRA/",
        "programmes/BR-PBF/",
        "programmes.csv",
        "institutions.csv",
    ):
        text = client.get(f"/en/{address}").content.decode()
        assert marcos.name not in text and marcos.email not in text


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", ["edit", "months", "services/add", "consent", "withdraw", "erase"])
def test_who_keeps_a_profile_without_an_account(as_role, marcos, role, page):
    expected = 200 if role in SEEING else 403
    assert as_role(role).get(f"/en/experts/{marcos.pk}/{page}/").status_code == expected


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", ["consent", "withdraw"])
def test_for_whom_has_an_account_nobody_else_speaks(as_role, lucia, role, page):
    expected = 200 if role == "expert" else 403
    assert as_role(role).get(f"/en/experts/{lucia.pk}/{page}/").status_code == expected


def test_an_expert_without_consent_is_known_to_those_who_keep_the_profile_alone(as_role):
    derlis = Expert.objects.get(email="derlis.ayala@demo.ayni")
    assert as_role("secretariat").get(f"/en/experts/{derlis.pk}/").status_code == 200
    for role in ("observer", "national-coordinator", "focal-point"):
        assert as_role(role).get(f"/en/experts/{derlis.pk}/").status_code == 404
        assert f"/experts/{derlis.pk}/" not in as_role(role).get("/en/experts/").content.decode()
    assert derlis.pk not in proposed()


def test_consent_withdrawn_ends_it_at_once(as_role, lucia):
    assert lucia.pk in proposed()
    assert as_role("expert").post(f"/en/experts/{lucia.pk}/withdraw/").status_code == 302
    assert lucia.pk not in proposed()
    assert as_role("observer").get(f"/en/experts/{lucia.pk}/").status_code == 404
    for address in (f"/en/experts/{lucia.pk}/", "/en/experts/"):
        text = as_role("secretariat").get(address).content.decode()
        assert not [value for value in personal(lucia) if value in text], address
    assert as_role("secretariat").get(f"/en/experts/{lucia.pk}/edit/").status_code == 403
    own = as_role("expert").get(f"/en/experts/{lucia.pk}/").content.decode()
    assert "Withdrawn on" in own and lucia.email in own
    assert as_role("expert").post(f"/en/experts/{lucia.pk}/consent/").status_code == 302
    lucia.refresh_from_db()
    assert lucia.may_be_proposed and "I can withdraw this consent at any time" in lucia.consent_text
    assert lucia.pk in proposed()


def test_a_consent_on_paper_says_so(as_role):
    derlis = Expert.objects.get(email="derlis.ayala@demo.ayni")
    client = as_role("secretariat")
    assert "signed on paper" in client.get(f"/en/experts/{derlis.pk}/consent/").content.decode().lower()
    client.post(f"/en/experts/{derlis.pk}/consent/")
    derlis.refresh_from_db()
    assert derlis.consented_on == date.today() and "on paper" in derlis.consent_text


def test_what_is_erased_is_gone_and_services_stay_under_a_number(as_role, marcos):
    client = as_role("focal-point")
    client.post(f"/en/experts/{marcos.pk}/erase/")
    marcos.refresh_from_db()
    assert marcos.name, "the consent still stands"
    client.post(f"/en/experts/{marcos.pk}/withdraw/")
    client.post(f"/en/experts/{marcos.pk}/erase/")
    marcos.refresh_from_db()
    assert (marcos.name, marcos.email, marcos.position, marcos.summary, marcos.daily_cost) == ("", "", "", {}, None)
    assert marcos.services.count() == 1 and not marcos.months.exists()
    assert f"Expert {marcos.pk}" in client.get(f"/en/experts/{marcos.pk}/").content.decode()


def test_the_record_keeps_no_personal_value(as_role, marcos, person):
    client = as_role("focal-point")
    form = ExpertForm.initial_of(marcos) | {"name": "Outro Nome", "email": "outro@example.org", "user": ""}
    assert client.post(f"/en/experts/{marcos.pk}/edit/", form).status_code == 302
    client.post(
        f"/en/experts/{marcos.pk}/services/add/", {"country": "GHA", "year": "2020", "what_pt": "Visita secreta"}
    )
    client.post(f"/en/experts/{marcos.pk}/withdraw/")
    client.post(f"/en/experts/{marcos.pk}/erase/")
    verbs = [event.verb for event in history(marcos)]
    assert verbs[:4] == ["expert erased", "consent withdrawn", "service added", "expert edited"]
    events = AuditEvent.objects.filter(object_type="directory.Expert")
    assert not events.filter(public=True).exists()
    words = [*personal(marcos), "Outro Nome", "outro@example.org", "Visita secreta"]
    told = "\n".join(f"{event.object_name} {event.before} {event.after}" for event in events)
    assert not [word for word in words if word in told]
    others = [
        word for expert in Expert.objects.exclude(Q(name="") | Q(pk=marcos.pk)) for word in (expert.name, expert.email)
    ]
    assert not [word for word in others if word in told]
    page = as_role("administrator").get(f"/en/record/directory.Expert/{marcos.pk}/").content.decode()
    assert "•••" in page and "Marcos" not in page


def test_a_focal_point_enters_an_expert_and_only_for_the_own_institution(as_role, person):
    client = as_role("focal-point")
    form = {
        "institution": "BR-MDS",
        "name": "Nova Pessoa",
        "teaching": "1",
        "profiles": ["Q1"],
        "languages": ["pt"],
        "daily_cost": "100",
    }
    answer = client.post("/en/experts/add/", form)
    added = Expert.objects.get(name="Nova Pessoa")
    assert answer["Location"] == f"/en/experts/{added.pk}/" and added.institution.code == "BR-MDS"
    assert not added.may_be_proposed and added.languages == "pt"
    assert client.post("/en/experts/add/", form | {"institution": "CL-FOSIS"}).status_code == 200
    assert Expert.objects.filter(name="Nova Pessoa").count() == 1
    facts = actions.ExpertFacts(name="X")
    for role in ("focal-point", "national-coordinator", "expert", "observer", "administrator"):
        with pytest.raises(PermissionDenied):
            actions.add_expert(by=person(role), institution=Institution.objects.get(code="CL-FOSIS"), facts=facts)


def test_an_expert_writes_the_own_profile_once(as_role, person):
    user = person("expert")
    Expert.objects.filter(user=user).update(user=None)
    client = as_role("expert")
    assert "Write your profile" in client.get("/en/experts/").content.decode()
    page = client.get("/en/experts/add/")
    assert page.status_code == 200 and user.email in page.content.decode()
    form = {"institution": "MX-SEDESOL", "name": "Lucía T.", "email": "lucia@example.org", "teaching": "2"}
    assert client.post("/en/experts/add/", form).status_code == 302
    own = Expert.objects.get(user=user)
    assert own.name == "Lucía T."
    assert client.get("/en/experts/add/").status_code == 403, "there is one already"
    client.post(
        f"/en/experts/{own.pk}/edit/",
        ExpertForm.initial_of(own) | {"position": "Asesora", "daily_cost": "", "user": ""},
    )
    own.refresh_from_db()
    assert own.position == "Asesora" and own.user == user


def test_an_expert_of_another_institution_does_not_enter_a_profile_there(person):
    facts = actions.ExpertFacts(name="X", user=person("expert"))
    with pytest.raises(PermissionDenied):
        actions.add_expert(by=person("expert"), institution=Institution.objects.get(code="CL-FOSIS"), facts=facts)


def test_twelve_months_are_set_at_once(as_role, marcos):
    months = months_ahead()
    page = as_role("focal-point").get(f"/en/experts/{marcos.pk}/months/")
    assert len(page.context["form"].fields) == 12
    form = {f"{month:%Y-%m}": str(number) for number, month in enumerate(months)} | {f"{months[3]:%Y-%m}": ""}
    assert as_role("focal-point").post(f"/en/experts/{marcos.pk}/months/", form).status_code == 302
    free = next(one for one in listed() if one.expert == marcos.pk).free
    assert [free[f"{month:%Y-%m}"] for month in months[:3]] == [0, 1, 2]
    assert free[f"{months[3]:%Y-%m}"] == 8, "an empty field says nothing"
    page = as_role("focal-point").post(f"/en/experts/{marcos.pk}/months/", form | {f"{months[0]:%Y-%m}": "32"})
    assert page.status_code == 200
    with pytest.raises(Refused, match="31 days"):
        actions.set_months(by=None, expert=marcos, days={months[0]: 32})


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 11, 25), date(2026, 12, 1), date(2027, 11, 1)),
        (date(2026, 12, 31), date(2027, 1, 1), date(2027, 12, 1)),
    ],
)
def test_the_coming_twelve_months(today, first, last):
    months = months_ahead(today)
    assert (months[0], months[-1], len(set(months))) == (first, last, 12)


def test_services_come_and_go(as_role, marcos):
    client = as_role("focal-point")
    service = {"country": "PRY", "year": "2020", "days": "4", "quadrant": "Q4", "what_en": "A visit"}
    client.post(f"/en/experts/{marcos.pk}/services/add/", service)
    added = marcos.services.get(country="PRY")
    assert (added.days, added.quadrant.code, added.what) == (4, "Q4", {"en": "A visit"})
    client.post(f"/en/experts/{marcos.pk}/services/{added.pk}/remove/")
    assert not marcos.services.filter(country="PRY").exists()
    page = client.post(f"/en/experts/{marcos.pk}/services/add/", service | {"year": "2099"})
    assert "still to come" in page.content.decode()
    assert (
        "at least one language"
        in client.post(f"/en/experts/{marcos.pk}/services/add/", service | {"what_en": ""}).content.decode()
    )


def test_of_two_who_edit_a_profile_the_later_is_told(as_role, marcos):
    form = ExpertForm.initial_of(marcos) | {"position": "Minha", "user": ""}
    theirs = actions.ExpertFacts(name=marcos.name, email=marcos.email, position="Deles")
    actions.edit_expert(by=None, expert=marcos, facts=theirs)
    page = as_role("focal-point").post(f"/en/experts/{marcos.pk}/edit/", form).content.decode()
    assert "Somebody else has changed this" in page and "Deles" in page and 'value="Minha"' in page
    with pytest.raises(Conflict):
        actions.edit_expert(by=None, expert=marcos, facts=theirs, seen=1)


def test_the_same_person_twice_is_refused(marcos, person):
    facts = actions.ExpertFacts(name="Again", email=marcos.email)
    with pytest.raises(Refused, match="already"):
        actions.add_expert(by=person("secretariat"), institution=marcos.institution, facts=facts)
    with pytest.raises(Refused, match="name"):
        actions.add_expert(by=None, institution=marcos.institution, facts=actions.ExpertFacts(name=" "))


def test_the_account_is_one_of_the_institutions_experts(as_role, marcos, person):
    assert "user" not in as_role("focal-point").get(f"/en/experts/{marcos.pk}/edit/").context["form"].fields
    colleague = person("observer")
    grant_role(by=None, user=colleague, role="expert", institution=marcos.institution)
    client = as_role("focal-point")
    form = ExpertForm.initial_of(marcos) | {"user": str(colleague.pk)}
    client.post(f"/en/experts/{marcos.pk}/edit/", form)
    marcos.refresh_from_db()
    assert marcos.user == colleague
    assert client.get(f"/en/experts/{marcos.pk}/withdraw/").status_code == 403, "from now on the expert speaks"


def test_missions_get_plain_values_without_names(marcos, django_assert_num_queries):
    with django_assert_num_queries(3):
        found = available(institutions=[marcos.institution_id], since=date.today())
    one = next(one for one in found if one.expert == marcos.pk)
    assert (one.institution, one.country) == (marcos.institution_id, "BRA")
    assert (one.quadrants, one.languages) == ({"Q3", "Q4"}, ("en", "es", "pt"))
    assert one.teaching == 2 and one.daily_cost == 340 and len(one.free) == 12
    assert marcos.name not in repr(found) and marcos.email not in repr(found)


def test_no_account_and_no_consent_refuse_what_they_must(marcos, lucia, person):
    with pytest.raises(PermissionDenied):
        actions.give_consent(by=person("secretariat"), expert=lucia, text="yes")
    with pytest.raises(PermissionDenied):
        actions.set_months(by=person("expert"), expert=marcos, days={})
    with pytest.raises(Refused, match="nothing to agree"):
        actions.give_consent(by=None, expert=marcos, text=" ")
    actions.withdraw_consent(by=None, expert=lucia)
    with pytest.raises(Refused, match="no consent"):
        actions.withdraw_consent(by=None, expert=lucia)
    with pytest.raises(Refused, match="only the person"):
        actions.edit_expert(by=person("secretariat"), expert=lucia, facts=actions.ExpertFacts(name="X"))


def test_a_profile_that_waits_for_its_consent_stands_on_the_experts_desk(as_role, lucia):
    actions.withdraw_consent(by=None, expert=lucia)
    assert "your profile as an expert" not in as_role("expert").get("/en/desk/").content.decode(), (
        "withdrawn on purpose"
    )
    Expert.objects.filter(pk=lucia.pk).update(consented_on=None, withdrawn_on=None)
    text = as_role("expert").get("/en/desk/").content.decode()
    assert "your profile as an expert" in text and f"/en/experts/{lucia.pk}/consent/" in text


def test_who_was_erased_does_not_come_back_with_the_demonstration(marcos):
    actions.withdraw_consent(by=None, expert=marcos)
    actions.erase_expert(by=None, expert=marcos)
    assert load_demo_experts(by=None) == 0
    assert not Expert.objects.filter(email="marcos.tavares@demo.ayni").exists()


def test_nobody_but_the_expert_ends_the_link_to_the_own_account(as_role, person, lucia):
    client, address = as_role("secretariat"), f"/en/experts/{lucia.pk}/edit/"
    lucia.user.memberships.filter(role="expert").delete()
    form = client.get(address).context["form"]
    assert [code for code, _name in form.fields["user"].choices] == [str(lucia.user_id)]
    for taken in (None, person("observer")):
        facts = actions.ExpertFacts(name=lucia.name, languages="es", user=taken)
        with pytest.raises(Refused, match="own account"):
            actions.edit_expert(by=person("secretariat"), expert=lucia, facts=facts)
    lucia.refresh_from_db()
    assert lucia.user is not None and as_role("secretariat").get(f"/en/experts/{lucia.pk}/consent/").status_code == 403


def test_a_month_has_no_more_days_than_it_has(person, marcos):
    february = date(date.today().year + 1, 2, 1)
    with pytest.raises(Refused, match="from 0 to 2[89] days"):
        actions.set_months(by=person("secretariat"), expert=marcos, days={february: 30})
    actions.set_months(by=person("secretariat"), expert=marcos, days={february: 28})


def test_what_another_has_done_meanwhile_counts(person, marcos):
    meanwhile = Expert.objects.get(pk=marcos.pk)
    actions.withdraw_consent(by=person("secretariat"), expert=meanwhile)
    with pytest.raises(Refused, match="withdrawn"):
        actions.set_months(by=person("secretariat"), expert=marcos, days={months_ahead()[0]: 3})
    with pytest.raises(Refused, match="no consent"):
        actions.withdraw_consent(by=person("secretariat"), expert=marcos)
