"""Who may do what to programmes and profiles of experts: every action, as every person in turn."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ayni.accounts.models import User
from ayni.common.audit import history
from ayni.directory.actions import components, experts, programmes
from ayni.directory.actions.components import ComponentFacts
from ayni.directory.actions.experts import ExpertFacts, ServiceFacts
from ayni.directory.actions.programme_file import load_programmes
from ayni.directory.actions.programmes import DocumentFacts, ProgrammeFacts
from ayni.directory.models import Component, Country, Expert, Institution, Programme
from ayni.directory.queries.programmes.plan import plan_load

ROLES = ("focal-point", "national-coordinator", "secretariat", "expert", "observer", "administrator")
# The focal point's institution is BR-MDS, the coordinator's country Chile, the expert's institution MX-SEDESOL.
PROGRAMMES = {
    "BR-PBF": {"focal-point", "secretariat"},
    "CL-PUENTE": {"national-coordinator", "secretariat"},
    "JM-PATH": {"secretariat"},
}
EXPERTS = {"marcos.tavares@demo.ayni": {"focal-point", "secretariat"}, "paula.rivas@demo.ayni": {"secretariat"}}
LUCIA = "experta@demo.ayni"

pytestmark = pytest.mark.django_db


def facts(programme: Programme) -> ProgrammeFacts:
    return ProgrammeFacts(programme.country, programme.institution, programme.name)


def add(by: User, programme: Programme) -> object:
    return programmes.add_programme(by=by, code=f"{programme.code}-2", facts=facts(programme))


def load(by: User, programme: Programme) -> object:
    data = f"code,acronym\n{programme.code},Other\n".encode()
    plan = plan_load(data, by=by)
    if plan.refused:
        assert "another institution or country" in plan.refused[0][1].reason
        raise PermissionDenied
    return load_programmes(by=by, data=data, seen=plan.digest)


def first(programme: Programme) -> Component:
    return programme.components.select_related("programme").order_by("position").first()


def document(programme: Programme):
    return programmes.add_document(by=None, programme=programme, facts=DocumentFacts({"es": "x"}, "https://x.example"))


DONE_TO_PROGRAMMES: dict[str, Callable[[User, Programme], object]] = {
    "add_programme": add,
    "edit_programme": lambda by, it: programmes.edit_programme(by=by, programme=it, facts=facts(it)),
    "add_version": lambda by, it: programmes.add_version(
        by=by, programme=it, number=9, since="", changes={"es": "x"}, source=""
    ),
    "edit_version": lambda by, it: programmes.edit_version(
        by=by, version=it.versions.select_related("programme").first(), since="", changes={"es": "x"}, source=""
    ),
    "remove_version": lambda by, it: programmes.remove_version(
        by=by, version=it.versions.select_related("programme").first()
    ),
    "add_document": lambda by, it: programmes.add_document(
        by=by, programme=it, facts=DocumentFacts({"es": "x"}, "https://y.example")
    ),
    "edit_document": lambda by, it: programmes.edit_document(
        by=by, document=document(it), facts=DocumentFacts({"es": "y"}, "https://x.example")
    ),
    "remove_document": lambda by, it: programmes.remove_document(by=by, document=document(it)),
    "add_component": lambda by, it: components.add_component(
        by=by, programme=it, code="new", facts=ComponentFacts({"es": "x"})
    ),
    "edit_component": lambda by, it: components.edit_component(
        by=by, component=first(it), facts=ComponentFacts({"es": "x"})
    ),
    "set_needs": lambda by, it: components.set_needs(by=by, component=first(it), needed=[]),
    "load_programmes": load,
}
DONE_TO_EXPERTS: dict[str, Callable[[User, Expert], object]] = {
    "add_expert": lambda by, it: experts.add_expert(by=by, institution=it.institution, facts=ExpertFacts("X")),
    "edit_expert": lambda by, it: experts.edit_expert(by=by, expert=it, facts=ExpertFacts("X", user=it.user)),
    "set_months": lambda by, it: experts.set_months(by=by, expert=it, days={date(2040, 1, 1): 3}),
    "add_service": lambda by, it: experts.add_service(by=by, expert=it, facts=service()),
    "remove_service": lambda by, it: experts.remove_service(
        by=by, service=experts.add_service(by=None, expert=it, facts=service())
    ),
    "give_consent": lambda by, it: experts.give_consent(by=by, expert=it, text="yes"),
    "withdraw_consent": lambda by, it: experts.withdraw_consent(by=by, expert=it),
    "erase_expert": lambda by, it: erased(by, it),
}
# What nobody else does for an expert with an account; the institution's own people are not told apart here.
SPOKEN = {"give_consent", "withdraw_consent"}


def service() -> ServiceFacts:
    return ServiceFacts(Country.objects.get(pk="CHL"), 2020, {"es": "x"})


def erased(by: User, expert: Expert) -> None:
    experts.withdraw_consent(by=None, expert=expert)
    experts.erase_expert(by=by, expert=expert)


def may(act: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            act()
    except PermissionDenied:
        return False
    return True


@pytest.mark.parametrize("action", DONE_TO_PROGRAMMES)
@pytest.mark.parametrize("code", PROGRAMMES)
def test_each_action_on_programmes(person, action, code):
    allowed = set()
    for role in ROLES:
        programme = Programme.objects.select_related("country", "institution").get(code=code)
        point = transaction.savepoint()
        if may(lambda role=role, it=programme: DONE_TO_PROGRAMMES[action](person(role), it)):
            allowed.add(role)
        transaction.savepoint_rollback(point)
    assert allowed == PROGRAMMES[code]


@pytest.mark.parametrize("action", DONE_TO_EXPERTS)
@pytest.mark.parametrize("email", [*EXPERTS, LUCIA])
def test_each_action_on_profiles(person, action, email):
    allowed = set()
    for role in ROLES:
        expert = Expert.objects.select_related("institution", "user").get(email=email)
        point = transaction.savepoint()
        if may(lambda role=role, it=expert: DONE_TO_EXPERTS[action](person(role), it)):
            allowed.add(role)
        transaction.savepoint_rollback(point)
    expected = EXPERTS.get(email, {"secretariat", "expert"})
    if email == LUCIA:
        expected = {"expert"} if action in SPOKEN else expected
        expected = {"secretariat"} if action == "add_expert" else expected
    assert allowed == expected


@pytest.mark.parametrize("action", DONE_TO_PROGRAMMES)
def test_the_system_may_and_each_action_is_on_the_record(action):
    programme = Programme.objects.select_related("country", "institution").get(code="CL-PUENTE")
    before = set(history(programme)) | set(history(first(programme)))
    DONE_TO_PROGRAMMES[action](None, programme)
    if action in ("add_programme", "add_component"):
        added = Programme.objects.filter(code="CL-PUENTE-2").first() or programme.components.get(code="new")
        assert history(added).exists()
    elif action != "set_needs":
        assert (set(history(programme)) | set(history(first(programme)))) - before


def test_nobody_enters_a_profile_elsewhere(person):
    for role in ("focal-point", "expert", "national-coordinator"):
        with pytest.raises(PermissionDenied):
            experts.add_expert(
                by=person(role), institution=Institution.objects.get(code="PE-MIDIS"), facts=ExpertFacts("X")
            )
