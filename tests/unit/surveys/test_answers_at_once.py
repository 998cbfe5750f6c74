"""Edits that reach the database at the same moment, over connections of their own."""

from collections import Counter
from threading import Barrier, Thread

from django.db import connection

from ayni.surveys.actions.answers import Edit, Outcome, save_answer
from ayni.surveys.actions.responses import begin_response
from ayni.surveys.models import Answer, AnswerRevision, Response
from tests.factories.rounds import open_round

EDITORS = 4


def at_once(act) -> list:
    """What `act(number)` gives when EDITORS threads call it together."""
    start, results = Barrier(EDITORS), []

    def run(number: int) -> None:
        start.wait()
        try:
            results.append(act(number))
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in range(EDITORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_one_is_saved_and_the_others_are_kept_aside(demonstration):
    response = Response.objects.get(round=open_round())
    results = at_once(
        lambda number: save_answer(by=None, response=response, edit=Edit("q01", f"text {number}", 0, f"c{number}", 1))
    )
    assert Counter(saved.outcome for saved in results) == {Outcome.SAVED: 1, Outcome.CONFLICT: EDITORS - 1}
    kept = AnswerRevision.objects.filter(answer__response=response)
    assert set(kept.values_list("value", flat=True)) == {f"text {number}" for number in range(EDITORS)}
    assert Answer.objects.get(response=response).revision == 1


def test_different_questions_never_conflict(demonstration):
    response = Response.objects.get(round=open_round())
    codes = ("q01", "q02", "q09c", "q10a")
    results = at_once(lambda number: save_answer(by=None, response=response, edit=Edit(codes[number], "x", 0, "c", 1)))
    assert {saved.outcome for saved in results} == {Outcome.SAVED}


def test_the_same_edit_sent_twice_at_once_counts_once(demonstration):
    response = Response.objects.get(round=open_round())
    results = at_once(lambda number: save_answer(by=None, response=response, edit=Edit("q01", "x", 0, "c", 1)))
    assert {(saved.outcome, saved.revision) for saved in results} == {(Outcome.SAVED, 1)}
    assert AnswerRevision.objects.filter(answer__response=response).count() == 1


def test_a_response_begun_by_several_is_one(demonstration):
    round_ = open_round()
    response = Response.objects.get(round=round_)
    institution = response.institution
    response.delete()
    begun = at_once(lambda number: begin_response(by=None, round=round_, institution=institution).pk)
    assert len(set(begun)) == 1
