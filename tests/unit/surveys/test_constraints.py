"""Each invariant is the database's own: a failing insert for each."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from ayni.directory.models import ConceptScheme, Institution, Membership
from ayni.surveys.models import DiagnosisEdition, InstrumentVersion, PartnerMention, Response, Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def response() -> Response:
    """A response of a round of its own, beside the demonstration."""
    round_ = Round.objects.create(
        code="r",
        version=InstrumentVersion.objects.get(instrument__code="oas13"),
        period_from=2005,
        period_to=2010,
        deadline=date(2010, 7, 15),
    )
    return Response.objects.create(round=round_, institution=Institution.objects.get(code="BR-MDS"))


def refused(model, **values) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**values)


def test_no_country_cooperates_with_itself(response):
    refused(PartnerMention, response=response, reporter_id="BRA", country_id="BRA")


def test_a_partner_stands_once_in_a_response(response):
    PartnerMention.objects.create(response=response, reporter_id="BRA", country_id="CHL")
    refused(PartnerMention, response=response, reporter_id="BRA", country_id="CHL")


@pytest.mark.parametrize(
    "values",
    [
        {"status": "validated"},
        {"status": "returned"},
        {"period_from": 2010, "period_to": 2005},
        {"period_from": 2010},
        {"proposed_at": datetime(2026, 1, 1, tzinfo=UTC)},
    ],
)
def test_a_response_is_whole(response, values):
    other = Institution.objects.get(code="CL-FOSIS")
    refused(Response, round=response.round, institution=other, **values)


def test_a_round_ends_after_it_began(response):
    refused(
        Round,
        code="x",
        version=response.round.version,
        period_from=2010,
        period_to=2005,
        deadline=date(2010, 7, 15),
    )


def test_a_code_is_not_the_address_of_the_page_that_makes_one(response):
    round_ = response.round
    refused(DiagnosisEdition, code="new", round=round_)
    refused(ConceptScheme, code="new", title={"es": "x"})
    whole = {"version": round_.version, "period_from": 2005, "period_to": 2010, "deadline": round_.deadline}
    refused(Round, code="new", **whole)
    Round.objects.create(code="newer", **whole)


def test_an_edition_is_frozen_whole(response):
    refused(DiagnosisEdition, code="e", round=response.round, status="frozen", content="{}")


def test_an_institution_has_a_country_or_is_international():
    refused(Institution, code="XX-OAS", international=False)


def test_a_role_fits_its_scope(django_user_model):
    person = django_user_model.objects.create_user("ana@example.org", name="Ana")
    refused(Membership, user=person, role="focal-point")
