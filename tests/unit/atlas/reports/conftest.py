import pytest

from ayni.atlas.reports.files import edition_report
from ayni.surveys.models import DiagnosisEdition


@pytest.fixture
def edition(db):
    return DiagnosisEdition.objects.select_related("round__version__instrument", "previous").get(code="oas-2010")


@pytest.fixture
def report_in(edition):
    """`report_in("es")`: the document that the writers get."""
    return lambda lang: edition_report(edition, edition.content, lang)
