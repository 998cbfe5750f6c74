"""Passages are quoted word for word; each coding keeps its coder and can be undone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from ayni.common.audit import history
from ayni.common.errors import Refused
from ayni.directory.models import Concept
from ayni.surveys.actions.coding import code_passage, undo_coding
from ayni.surveys.actions.review import accept_response, propose_response
from ayni.surveys.models import Coding, Response

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TEXT = "Faltan técnicos para la cooperación.\n\nEl idioma   es una barrera."


def concept(code: str = "language-barriers") -> Concept:
    return Concept.objects.get(code=code, scheme__version=1)


@pytest.fixture
def submitted(answer, secretariat) -> Response:
    return answer("CL-SENCE", {"q11b": TEXT, "q05": ["disability"]}, "submitted", by=secretariat)


@pytest.fixture
def question(submitted):
    return submitted.round.version.questions.get(code="q11b")


@pytest.fixture
def coded(submitted, question, secretariat) -> Coding:
    return code_passage(
        by=secretariat, response=submitted, question=question, concept=concept(), passage="idioma es una barrera"
    )


def test_a_passage_is_kept_as_the_answer_writes_it(coded, secretariat):
    assert coded.passage == "idioma   es una barrera"
    assert (coded.coder, coded.coder_name, coded.source) == (secretariat, str(secretariat), "response, question 11b")
    assert coded.coded_at is not None


@pytest.mark.parametrize("passage", ["", "   ", "el idioma es una barrera", "Faltan técnicos. El idioma"])
def test_what_the_answer_does_not_say_is_refused(submitted, question, secretariat, passage):
    with pytest.raises(Refused, match="not in the answer word for word"):
        code_passage(by=secretariat, response=submitted, question=question, concept=concept(), passage=passage)


def test_a_choice_is_not_coded_by_passage(submitted, secretariat):
    question = submitted.round.version.questions.get(code="q05")
    with pytest.raises(Refused, match="Only answers in words"):
        code_passage(by=secretariat, response=submitted, question=question, concept=concept(), passage="disability")


def test_one_coder_gives_a_category_once_and_another_may_too(submitted, question, coded, secretariat):
    values = {"response": submitted, "question": question, "concept": concept(), "passage": "Faltan técnicos"}
    with pytest.raises(Refused, match="already"):
        code_passage(by=secretariat, **values)
    other = {"round": submitted.round, "coder_name": "Otra"}
    Coding.objects.create(**values, **other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Coding.objects.create(**values, **other)


def test_a_coding_is_undone_and_the_record_keeps_it(coded, secretariat):
    events = history(coded)
    undo_coding(by=secretariat, coding=coded)
    assert not Coding.objects.filter(response=coded.response, passage__contains="barrera").exists()
    assert events.first().verb == "coding undone"
    assert "barrera" in events.first().before["passage"]


def test_what_the_respondent_chose_is_not_undone(submitted, secretariat):
    accept_response(by=secretariat, response=submitted)
    with pytest.raises(Refused, match="chosen by the respondent"):
        undo_coding(by=secretariat, coding=submitted.codings.get())


def test_codings_stand_while_the_institution_validates_them(submitted, question, coded, secretariat):
    accept_response(by=secretariat, response=submitted)
    propose_response(by=secretariat, response=submitted)
    with pytest.raises(Refused, match="validating these codings"):
        undo_coding(by=secretariat, coding=coded)
    Response.objects.filter(pk=submitted.pk).update(status="contested", reason="No")
    undo_coding(by=secretariat, coding=coded)


def test_answers_being_written_are_not_coded(answer, question, secretariat):
    response = answer("CO-MPS", {"q11b": TEXT})
    with pytest.raises(Refused, match="between submission and validation"):
        code_passage(by=secretariat, response=response, question=question, concept=concept(), passage="idioma")


@pytest.mark.parametrize("role", ["focal-point", "national-coordinator", "observer"])
def test_only_the_secretariat_codes(person, submitted, question, coded, role):
    with pytest.raises(PermissionDenied):
        undo_coding(by=person(role), coding=coded)
    with pytest.raises(PermissionDenied):
        code_passage(by=person(role), response=submitted, question=question, concept=concept(), passage="idioma")
