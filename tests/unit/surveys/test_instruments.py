"""Versions of questionnaires through the actions: what goes in comes out."""

import pytest
from django.core.exceptions import PermissionDenied

from ayni.common.errors import Refused
from ayni.common.models import AuditEvent
from ayni.common.workbooks.findings import Severity
from ayni.directory.models import ConceptScheme
from ayni.surveys.actions.instruments import add_version, publish_version
from ayni.surveys.formats.spec import ChoiceListSpec, ChoiceSpec, InstrumentSpec, Kind, QuestionSpec, SectionSpec
from ayni.surveys.formats.xlsform_read import read_xlsform
from ayni.surveys.formats.xlsform_write import write_xlsform
from ayni.surveys.models import Instrument, InstrumentVersion
from ayni.surveys.queries.instruments import settled, spec_of

pytestmark = pytest.mark.django_db


def small(*choices: str, list_code: str = "colours") -> InstrumentSpec:
    return InstrumentSpec(
        code="small",
        version="1",
        title={"es": "Pequeño"},
        sections=(
            SectionSpec("one", {"es": "Una"}, (QuestionSpec("q1", Kind.SINGLE, {"es": "¿Cuál?"}, choices=list_code),)),
        ),
        choice_lists=(ChoiceListSpec(list_code, tuple(ChoiceSpec(code, {"es": code}) for code in choices)),),
    )


def shipped() -> InstrumentVersion:
    return InstrumentVersion.objects.get(instrument__code="oas13", number=1)


def test_the_shipped_questionnaire_survives_the_tables_and_a_workbook(person):
    spec = spec_of(shipped())
    assert [question.number for question in spec.questions()][:2] == ["1", "2"]
    assert len({question.number.rstrip("abcdefgh") for question in spec.questions() if question.number}) == 13
    assert spec.languages() == ("es", "pt", "en", "fr")
    reading = read_xlsform(write_xlsform(spec), name="oas13-1.xlsx")
    assert not reading.findings
    assert reading.instrument == spec
    version = add_version(by=person("secretariat"), spec=reading.instrument)
    assert version.number == 2
    after = spec_of(version)
    assert (after.sections, after.choice_lists, after.title) == (spec.sections, spec.choice_lists, spec.title)


def test_a_version_is_read_in_few_queries(django_assert_num_queries):
    version = InstrumentVersion.objects.select_related("instrument").get(instrument__code="oas13", number=1)
    with django_assert_num_queries(3):
        spec_of(version)


def test_a_list_of_its_own_becomes_a_vocabulary_once(person):
    by = person("secretariat")
    version = add_version(by=by, spec=small("red", "blue"))
    scheme = ConceptScheme.objects.get(code="colours")
    assert [concept.code for concept in scheme.concepts.all()] == ["red", "blue"]
    publish_version(by=by, version=version)
    assert spec_of(add_version(by=by, spec=small("blue"))).choice_list("colours").codes == ("red", "blue")


def test_a_list_with_other_options_stands_beside_the_vocabulary():
    spec, findings = settled(small("yes", "maybe", list_code="yes-no"))
    assert spec.lists_named() == ("small_yes-no",)
    assert [finding.severity for finding in findings] == [Severity.WARNING]
    assert "maybe" in findings[0].message


def test_only_one_draft_and_only_by_those_who_may(person):
    add_version(by=person("secretariat"), spec=small("red"))
    with pytest.raises(Refused, match="small|Pequeño"):
        add_version(by=person("secretariat"), spec=small("red"))
    with pytest.raises(PermissionDenied):
        add_version(by=person("focal-point"), spec=small("red"))


def test_nothing_is_half_written_when_a_list_is_missing(person):
    spec = small("red")
    lacking = InstrumentSpec(**{**spec.__dict__, "choice_lists": ()})
    before = AuditEvent.objects.count()
    with pytest.raises(Refused, match="colours"):
        add_version(by=person("secretariat"), spec=lacking)
    assert not Instrument.objects.filter(code="small").exists()
    assert AuditEvent.objects.count() == before
