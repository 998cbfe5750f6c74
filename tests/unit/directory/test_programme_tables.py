"""What the database refuses of programmes and experts, whoever writes."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from ayni.directory.models import (
    Component,
    Expert,
    ExpertMonth,
    ExpertService,
    Institution,
    Prerequisite,
    Programme,
    ProgrammeDocument,
    ProgrammeVersion,
)

pytestmark = pytest.mark.django_db
TABLES = (Programme, ProgrammeVersion, Component, Prerequisite, ProgrammeDocument, Expert, ExpertMonth, ExpertService)


def programme(**told: object) -> None:
    Programme.objects.create(**{"code": "BR-T", "country_id": "BRA", "name": {"es": "x"}} | told)


def version(**told: object) -> None:
    ProgrammeVersion.objects.create(**{"programme": pbf(), "number": 9, "changes": {"es": "x"}} | told)


def component(**told: object) -> None:
    Component.objects.create(**{"programme": pbf(), "code": "t", "name": {"es": "x"}} | told)


def need(one: str, other: str) -> None:
    Prerequisite.objects.create(component=part(one), needed=part(other))


def document(**told: object) -> None:
    ProgrammeDocument.objects.create(**{"programme": pbf(), "url": "https://t.example", "title": {"es": "x"}} | told)


def expert(**told: object) -> None:
    Expert.objects.create(**{"institution": Institution.objects.get(code="BR-MDS"), "name": "x"} | told)


def month(**told: object) -> None:
    someone = Expert.objects.get(email="marcos.tavares@demo.ayni")
    ExpertMonth.objects.create(**{"expert": someone, "month": date(2040, 1, 1), "days": 5} | told)


def service(**told: object) -> None:
    someone = Expert.objects.get(email="marcos.tavares@demo.ayni")
    ExpertService.objects.create(**{"expert": someone, "country_id": "CHL", "year": 2020, "what": {"es": "x"}} | told)


def pbf() -> Programme:
    return Programme.objects.get(code="BR-PBF")


def part(code: str) -> Component:
    return Component.objects.get(programme__code="BR-PBF", code=code)


def account() -> object:
    return Expert.objects.get(email="experta@demo.ayni").user


# {constraint: what breaks it}.
BROKEN: dict[str, Callable[[], None]] = {
    "programme_code": lambda: programme(code="br-t"),
    "programme_began_is_a_date": lambda: programme(began="soon"),
    "programme_ended_is_a_date": lambda: programme(ended="soon"),
    "programme_dates_in_order": lambda: programme(began="2020", ended="2010"),
    "programme_evidence_0_to_4": lambda: programme(evidence=5),
    "programme_languages_are_codes": lambda: programme(languages="Spanish"),
    "programme_version_once": lambda: version(number=1),
    "programme_version_from_1": lambda: version(number=0),
    "programme_version_since_is_a_date": lambda: version(since="soon"),
    "component_code_once_a_programme": lambda: component(code="payment-card"),
    "component_version_from_1": lambda: component(version=0),
    "component_evidence_0_to_4": lambda: component(evidence=5),
    "component_languages_are_codes": lambda: component(languages="es,pt"),
    "prerequisite_once": lambda: need("decentralised-management", "conditionalities"),
    "prerequisite_of_another": lambda: need("payment-card", "payment-card"),
    "programme_document_once": lambda: document(url=pbf().documents.first().url),
    "programme_document_year": lambda: document(year=1492),
    "expert_once_an_institution": lambda: expert(email="marcos.tavares@demo.ayni"),
    "expert_account_once_an_institution": lambda: expert(
        user=account(), institution=Institution.objects.get(code="MX-SEDESOL")
    ),
    "expert_teaching_0_to_3": lambda: expert(teaching=4),
    "expert_daily_cost_not_below_0": lambda: expert(daily_cost=Decimal(-1)),
    "expert_consent_has_its_text": lambda: expert(consented_on=date(2026, 1, 1)),
    "expert_withdraws_what_was_given": lambda: expert(withdrawn_on=date(2026, 1, 1)),
    "expert_languages_are_codes": lambda: expert(languages="x"),
    "expert_month_once": lambda: month(month=Expert.objects.get(email="marcos.tavares@demo.ayni").months.first().month),
    "expert_month_begins_on_the_first": lambda: month(month=date(2040, 1, 2)),
    "expert_month_days": lambda: month(days=32),
    "expert_service_year": lambda: service(year=1492),
}


def test_every_constraint_is_tried():
    assert set(BROKEN) == {one.name for table in TABLES for one in table._meta.constraints}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BROKEN[name]()
    message = str(refused.value)
    assert name in message or "UNIQUE constraint failed" in message


@pytest.mark.parametrize("make", [programme, version, component, document, expert, month, service])
def test_the_database_takes_what_is_in_order(make):
    make()
