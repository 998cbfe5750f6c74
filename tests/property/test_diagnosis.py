"""Table 3 of an edition, computed from what stands in the tables, against counting by hand; and the same bytes each time."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from ayni.directory.models import CountryRegion, Institution
from ayni.surveys.models import DiagnosisEdition, InstrumentVersion, PartnerMention, Response, Round
from ayni.surveys.queries.content.assemble import canonical, computed_content

pytestmark = pytest.mark.django_db

INSTITUTIONS = {"BR-MDS": "BRA", "CL-MIDEPLAN": "CHL", "CL-FOSIS": "CHL", "MX-SEDESOL": "MEX"}
PARTNERS = ("BRA", "CHL", "MEX", "BOL", "HTI", "AGO", "MAR", "CHN", "ESP")
marks = st.sets(
    st.tuples(st.sampled_from(sorted(INSTITUTIONS)), st.sampled_from(PARTNERS)).filter(
        lambda mark: INSTITUTIONS[mark[0]] != mark[1]
    )
)


def entered(named: set[tuple[str, str]], draft: str) -> DiagnosisEdition:
    """A round in which each institution validated its marks, but `draft`, which is still answering."""
    round_ = Round.objects.create(
        code="random",
        version=InstrumentVersion.objects.get(instrument__code="oas13"),
        period_from=2011,
        period_to=2015,
        deadline=date(2016, 1, 1),
    )
    for institution in Institution.objects.filter(code__in=INSTITUTIONS):
        state = {} if institution.code == draft else {"status": "validated", "validation_source": "test"}
        response = Response.objects.create(round=round_, institution=institution, **state)
        PartnerMention.objects.bulk_create(
            PartnerMention(response=response, reporter_id=institution.country_id, country_id=partner)
            for code, partner in sorted(named)
            if code == institution.code
        )
    return DiagnosisEdition.objects.create(code="random", round=round_)


@settings(max_examples=12)
@given(marks, st.sampled_from(sorted(INSTITUTIONS)))
def test_table_3(named, draft):
    with transaction.atomic():
        edition = entered(named, draft)
        content = computed_content(edition)
        assert canonical(content) == canonical(computed_content(edition))
        transaction.set_rollback(True)
    counted = {mark for mark in named if mark[0] != draft}
    regions = dict(
        CountryRegion.objects.filter(scheme="oas2010", country__in=PARTNERS).values_list("country", "region__code")
    )
    table = content["tables"]["T3"]
    for institution in set(INSTITUTIONS) - {draft}:
        own = {partner for code, partner in counted if code == institution}
        assert table["totals"][institution] == len(own)
        for region in set(regions.values()):
            assert table["subtotals"][region][institution] == sum(regions[partner] == region for partner in own)
    assert draft not in table["totals"]
    assert table["partners"] == len({partner for _code, partner in counted})
    assert table["pairs"] == len({(INSTITUTIONS[code], partner) for code, partner in counted})
    declared = {(INSTITUTIONS[code], partner) for code, partner in counted}
    reported = {INSTITUTIONS[code] for code in set(INSTITUTIONS) - {draft}}
    unilateral = {pair for pair in declared if pair[1] in reported and pair[::-1] not in declared}
    assert {tuple(pair) for pair in content["quality"]["unilateral"]} == unilateral
