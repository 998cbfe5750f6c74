"""What is not published stays out of sight: facts of a round without an edition, and rounds that are still drafts."""

from datetime import date, timedelta

import pytest

from ayni.directory.models import Institution
from ayni.surveys.models import AgencyMention, InstrumentVersion, Invitation, Response, Round

pytestmark = pytest.mark.django_db


def test_the_page_of_an_institution_waits_for_the_published_edition(client):
    """Validated in the round of 2026, whose edition is a draft."""
    validated = Response.objects.filter(round__code="red-2026", status="validated").select_related("institution")
    named = AgencyMention.objects.filter(response__in=validated, institution__isnull=False).first()
    assert validated and named
    for code in (validated[0].institution.code, named.institution.code):
        page = client.get(f"/en/institutions/{code}/")
        assert page.status_code == 200 and "/red-2026/" not in page.content.decode()
    assert "/oas-2010/" in client.get("/en/institutions/BR-MDS/").content.decode()


def test_a_draft_round_is_not_answered_by_its_address(as_role):
    version = InstrumentVersion.objects.get(instrument__code="oas13", number=1)
    deadline = date.today() + timedelta(days=9)
    secret = Round.objects.create(code="secret", version=version, period_from=2020, period_to=2026, deadline=deadline)
    Invitation.objects.create(round=secret, institution=Institution.objects.get(code="BR-MDS"))
    client, here = as_role("focal-point"), "/en/rounds/secret/responses/BR-MDS/"
    assert client.get(here).status_code == 404
    sent = {"client": "c", "sequence": "1", "question": "q01", "q01": "Text", "q01.base": "0"}
    assert client.post(f"{here}autosave/", sent).status_code == 404
    assert not Response.objects.filter(round=secret).exists()
