"""Changes of a draft: nothing is lost on the way, and what can be undone is undone exactly."""

from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ayni.surveys.formats.spec_checks import SpecError
from ayni.surveys.formats.spec_edit import digest, moved_question, moved_section, with_question, without_question
from tests.property.specs import instruments

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example, HealthCheck.filter_too_much]


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(instruments(), st.data(), st.booleans())
def test_moving_keeps_every_question(instrument, data, up):
    code = data.draw(st.sampled_from([question.code for question in instrument.questions()]))
    try:
        moved = moved_question(instrument, code, up=up)
    except SpecError:
        return  # a condition would come before what it depends on
    by_code = {question.code: question for question in instrument.questions()}
    assert {question.code: question for question in moved.questions()} == by_code


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(instruments(), st.data(), st.booleans())
def test_a_section_moved_there_and_back_stands_where_it_stood(instrument, data, up):
    code = data.draw(st.sampled_from([section.code for section in instrument.sections]))
    try:
        there = moved_section(instrument, code, up=up)
    except SpecError:
        return
    assume(there != instrument)
    assert moved_section(there, code, up=not up) == instrument


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(instruments(), st.data())
def test_a_question_replaced_by_itself_changes_nothing_and_another_changes_the_digest(instrument, data):
    section = data.draw(st.sampled_from(instrument.sections))
    question = section.questions[0]
    assert with_question(instrument, section.code, question) == instrument
    other = with_question(instrument, section.code, replace(question, number=question.number + "'"))
    assert digest(other) != digest(instrument)
    try:
        left = without_question(instrument, question.code)
    except SpecError:
        return
    assert [asked.code for asked in left.questions()] == [
        asked.code for asked in instrument.questions() if asked.code != question.code
    ]
