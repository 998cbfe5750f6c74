"""What was coded, read again: marked in the answer, where coders differ, how far they agree."""

import pytest

from ayni.surveys.models import Answer, Coding, Response, Round
from ayni.surveys.queries import codings as queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def demo() -> Round:
    return Round.objects.get(code="red-2026")


def response(code: str) -> Response:
    return Response.objects.get(round__code="red-2026", institution__code=code)


def test_the_answer_is_cut_where_passages_begin_and_end():
    fosis = response("CL-FOSIS")
    answer = Answer.objects.get(response=fosis, question__code="q12b")
    made = queries.by_hand(queries.response_codings(fosis)[answer.question_id])
    parts = queries.stretches(answer.value, made)
    assert "".join(part.text for part in parts) == answer.value
    assert [len(part.concepts) for part in parts if "Programas" in part.text or "disposición" in part.text] == [1, 1]
    # "una" is in the one coder's passage and not in the other's.
    assert any(part.text == "una " and part.concepts for part in parts)


def test_nothing_coded_is_one_stretch():
    assert [part.text for part in queries.stretches("abc", [])] == ["abc"]
    assert queries.stretches("", []) == []


def test_coders_differ_where_only_some_gave_a_category():
    fosis = response("CL-FOSIS")
    question = fosis.round.version.questions.get(code="q11b")
    differing = queries.disagreements(queries.response_codings(fosis)[question.pk])
    assert [coders for _label, coders in differing] == [["Marcela Ibáñez"]]


def test_one_coder_does_not_differ(demo):
    midis = response("PE-MIDIS")
    assert all(queries.disagreements(made) == [] for made in queries.response_codings(midis).values())


def test_a_passage_that_left_the_answer_is_stale():
    (coding,) = queries.by_hand(response("MX-BIENESTAR").codings.filter(question__code="q10a"))
    assert queries.stale([coding], "otra cosa") == [coding]
    assert queries.stale([coding], f"antes {coding.passage} después") == []


def test_agreement_counts_only_answers_that_both_coded(demo):
    pairs = {pair.scheme: pair for pair in queries.coder_agreement(demo)}
    assert len(pairs) == 2  # obstacles and outcomes; learning types were coded by one alone
    sizes = sorted((pair.answers, pair.result.units) for pair in pairs.values())
    # One answer over 8 outcomes, three over 23 obstacles.
    assert sizes == [(1, 8), (3, 69)]
    assert all(pair.result.kappa is not None for pair in pairs.values())


def test_agreement_takes_two_queries_however_many_codings(demo, django_assert_num_queries):
    with django_assert_num_queries(2):
        queries.coder_agreement(demo)


def test_neighbouring_vocabularies_are_offered_first(demo):
    questions = list(demo.version.questions.select_related("scheme"))
    question = next(one for one in questions if one.code == "q11b")
    known = queries.vocabularies()
    first, *_rest = queries.offered(question, questions, known)
    obstacles = next(one.scheme for one in questions if one.code == "q11a")
    assert first[1] == next(terms for number, _title, terms in known if number == obstacles.pk)


def test_every_coding_of_the_demonstration_is_a_quote():
    for coding in Coding.objects.filter(round__code="red-2026", coder__isnull=False):
        answer = Answer.objects.get(response=coding.response, question=coding.question)
        assert coding.passage in answer.value
