import pytest

from ayni.directory.models import Concept, Institution
from ayni.surveys.formats.answer_values import clean, display
from ayni.surveys.models import Answer, InstrumentVersion
from ayni.surveys.queries.questions import asked_questions

pytestmark = pytest.mark.django_db


def test_the_questions_as_put_to_an_institution(django_assert_num_queries):
    version = InstrumentVersion.objects.get(instrument__code="oas13")
    institution = Institution.objects.get(code="BR-MDS")
    with django_assert_num_queries(6):
        asked = asked_questions(version, institution)
    assert list(asked)[:3] == ["q01", "q02", "q02a"]
    assert asked["q08"].own_country == "BRA"
    assert "both" in asked["q08"].roles
    assert clean(asked["q09a"], "yes") == "yes"


def test_a_retired_term_is_still_understood():
    term = Concept.objects.get(scheme__code="yes-no", code="yes")
    Concept.objects.filter(pk=term.pk).update(retired_on="2020-01-01")
    asked = asked_questions(InstrumentVersion.objects.get(instrument__code="oas13"))["q09a"]
    assert asked.retired == {"yes"}
    assert display("yes", asked, "en") == "Yes"


def test_every_answer_of_2010_is_a_value_that_may_be_kept():
    version = InstrumentVersion.objects.get(instrument__code="oas13")
    given = Answer.objects.filter(question__version=version)
    for answer in given.select_related("question", "response__institution"):
        question = asked_questions(version, answer.response.institution)[answer.question.code]
        kept = clean(question, answer.value)
        assert kept == (
            sorted(answer.value, key=lambda item: item["country"]) if question.code == "q08" else answer.value
        )
        assert display(answer.value, question, "pt")
