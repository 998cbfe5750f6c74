"""Each step of an evaluation's life in each state, as every person; and what guards it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ayni.accounts.models import User
from ayni.common.audit import history
from ayni.common.errors import Conflict, Refused
from ayni.common.record.verbs import VERBS
from ayni.directory.models import Membership
from ayni.learning.actions.evaluations import responses, writing
from ayni.learning.actions.evaluations.steps import take_step
from ayni.learning.models import Criterion, Evaluation, EvaluationState
from ayni.learning.queries.evaluations.lifecycle import STEPS, open_steps
from ayni.learning.queries.evaluations.missing import missing
from ayni.learning.queries.evaluations.parties import excepted, still_to_respond
from ayni.learning.queries.evaluations.reading import turn_of
from tests.factories.evaluations import TEXT, TODAY, answer, concept, evaluation, initiative, institution
from tests.spec.lifecycles import ANY_COORDINATION, EVALUATION

pytestmark = pytest.mark.django_db
EVALUATORS = {"focal-point", "coordination", "national-coordinator", "observer"}
COORDINATIONS = {"coordination", "national-coordinator"}
EVERYBODY = (
    "focal-point",
    "coordination",
    "national-coordinator",
    "secretariat",
    "expert",
    "observer",
    "administrator",
)
TABLE = EVALUATION.steps({ANY_COORDINATION: COORDINATIONS, "who may evaluate": EVALUATORS})


@pytest.fixture
def who(person):
    def found(name: str) -> User:
        return User.objects.get(email="coordinacion.br@demo.ayni") if name == "coordination" else person(name)

    return found


def step_on(made: Evaluation, by: User, step: str) -> Evaluation:
    if step == "commission":
        told = {"evaluator": "A university", "institution": None, "independent": True}
        return writing.commission_evaluation(by=by, evaluation=made, **told)
    return take_step(by=by, evaluation=made, step=step, reason="Because.")


@pytest.mark.parametrize("state", EvaluationState.values)
@pytest.mark.parametrize("step", TABLE)
def test_a_step(who, step, state):
    before, after, people, _explained = TABLE[step]
    for name in EVERYBODY:
        point = transaction.savepoint()
        made, person = evaluation(state=state, answered=state == "response"), who(name)
        possible, allowed = state in before, name in people
        assert (step in {one.code for one in open_steps(person, made)}) == (possible and allowed)
        if not allowed:
            with pytest.raises(PermissionDenied):
                step_on(made, person, step)
        elif not possible:
            with pytest.raises(Refused, match="not possible now"):
                step_on(made, person, step)
        else:
            step_on(made, person, step)
            assert history(made).first().verb == next(one.verb for one in STEPS if one.code == step)
        assert Evaluation.objects.get(pk=made.pk).state == (after if possible and allowed else state)
        transaction.savepoint_rollback(point)


def test_every_step_is_told_in_the_record_and_in_the_table():
    assert {step.verb for step in STEPS} <= set(VERBS) and {step.code for step in STEPS} == set(TABLE)


@pytest.mark.parametrize("name", ["focal-point", "coordination", "national-coordinator"])
def test_who_takes_no_part_evaluates_nothing(who, name):
    made = evaluation(initiative("CO-DPS", "PE-MIDIS"), state="commissioned")
    with pytest.raises(PermissionDenied):
        take_step(by=who(name), evaluation=made, step="begin")
    with pytest.raises(PermissionDenied):
        writing.design_evaluation(by=who(name), initiative=made.initiative, design=design())


# Of an independent evaluation: who writes the report when its evaluator has people here, and when it has not.
INDEPENDENT = {
    "evaluator": (True, True),
    "observer": (True, True),
    "focal-point": (False, True),
    "coordination": (False, True),
    "national-coordinator": (False, True),
    "coordination of the evaluator's country": (False, False),
    "secretariat": (False, False),
    "expert": (False, False),
    "administrator": (False, False),
}


@pytest.fixture
def evaluator():
    """Somebody at an institution of Peru, and the coordination of Peru."""
    found = User.objects.create(email="evaluator@example.org", name="Eva Luadora")
    Membership.objects.create(user=found, role="focal-point", institution=institution("PE-MIDIS"))
    return found


@pytest.fixture
def of_the_country():
    found = User.objects.create(email="coordination@example.org", name="Coordination")
    Membership.objects.create(user=found, role="national-coordinator", country_id="PER")
    return found


def independent(**values) -> Evaluation:
    given = {"state": "draft", "independent": True, "evaluator_institution": institution("PE-MIDIS")}
    return evaluation(**(given | values))


def attempts(by: User, **values) -> list:
    """What only who writes the report does, with the state that it is done in."""
    report, scored = writing.Report(TEXT, TEXT, TEXT, "https://example.org/report"), {"score": 3, "finding": TEXT}
    return [
        lambda: take_step(by=by, evaluation=independent(state="commissioned", **values), step="begin"),
        lambda: writing.write_report(by=by, evaluation=independent(**values), base=1, report=report),
        lambda: writing.judge_criterion(by=by, evaluation=independent(**values), base=1, criterion="impact", **scored),
        lambda: take_step(by=by, evaluation=independent(**values), step="send"),
    ]


@pytest.mark.parametrize("here", [True, False], ids=["evaluator here", "evaluator without account"])
@pytest.mark.parametrize("name", INDEPENDENT)
def test_who_writes_the_report_of_an_independent_evaluation(who, evaluator, of_the_country, name, here):
    others = {"evaluator": evaluator, "coordination of the evaluator's country": of_the_country}
    by = others.get(name) or who(name)
    if not here and name != "evaluator":
        evaluator.is_active = False
        evaluator.save()
        Membership.objects.filter(institution=institution("PE-MIDIS")).exclude(user=evaluator).delete()
    for attempt in attempts(by):
        if INDEPENDENT[name][not here]:
            attempt()
        else:
            with pytest.raises(PermissionDenied):
                attempt()


def test_a_party_that_enters_the_report_of_an_evaluator_without_account_is_named(who):
    made = independent(evaluator_institution=None)
    report = writing.Report(TEXT, TEXT, TEXT)
    made = writing.write_report(by=who("focal-point"), evaluation=made, base=1, report=report)
    assert made.entered_by == institution("BR-MDS") and history(made).first().after["entered_by_id"]
    with pytest.raises(Refused, match="where the whole report can be read"):
        take_step(by=who("focal-point"), evaluation=made, step="send")
    told = writing.Report(TEXT, TEXT, TEXT, "https://example.org/report")
    made = writing.write_report(by=who("observer"), evaluation=made, base=2, report=told)
    assert made.entered_by == institution("BR-MDS")
    assert take_step(by=who("focal-point"), evaluation=made, step="send").state == "response"
    # With another evaluator it begins anew.
    take_step(by=who("coordination"), evaluation=made, step="return", reason="Another one.")
    take_step(by=who("coordination"), evaluation=made, step="redesign", reason="Another one.")
    again = {"evaluator": "Another", "institution": None, "independent": False}
    assert writing.commission_evaluation(by=who("coordination"), evaluation=made, **again).entered_by is None


def test_who_takes_part_by_now_is_not_independent(who):
    made = independent(state="response", answered=True)
    made.initiative.participations.create(
        institution=institution("PE-MIDIS"), role=concept("cooperation-roles", "both")
    )
    answer(made, "PE-MIDIS")
    with pytest.raises(Refused, match="takes part in the initiative by now"):
        step_on(made, who("coordination"), "publish")


@pytest.mark.parametrize("step", ["return", "redesign"])
def test_who_sends_it_back_says_why(who, step):
    made = evaluation(state="response" if step == "return" else "draft")
    with pytest.raises(Refused, match="Give the reason"):
        take_step(by=who("coordination"), evaluation=made, step=step)


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ("process_questions", "asked of the process"),
        ("result_questions", "asked of the results"),
        ("planned_on", "which day"),
        ("process_findings", "found about the process"),
        ("findings", "found about the results"),
        *((criterion, criterion) for criterion in Criterion.values),
    ],
)
@pytest.mark.parametrize("step", ["commission", "send", "publish"])
def test_what_is_missing_keeps_it_where_it_is(who, step, lacking, said):
    state = {"commission": "designed", "send": "draft", "publish": "response"}[step]
    made = evaluation(state=state, answered=True)
    if lacking in Criterion.values:
        made.scores.filter(criterion=lacking).delete()
    else:
        Evaluation.objects.filter(pk=made.pk).update(**{lacking: None if lacking == "planned_on" else {}})
    if step == "commission" and lacking not in ("process_questions", "result_questions", "planned_on"):
        step_on(made, who("coordination"), step)
        return
    with pytest.raises(Refused, match=said):
        step_on(made, who("coordination"), step)
    made = Evaluation.objects.get(pk=made.pk)
    assert [gap.url for gap in missing(made, step)] and made.state == state


def test_a_criterion_is_scored_or_said_not_judged_with_why(who):
    made = evaluation(state="draft")
    told = {"by": who("observer"), "evaluation": made, "criterion": "impact"}
    with pytest.raises(Refused, match="say why"):
        writing.judge_criterion(**told, base=1, score=None, finding={})
    with pytest.raises(Refused, match="from 1 to 4"):
        writing.judge_criterion(**told, base=1, score=5, finding=TEXT)
    with pytest.raises(Refused, match="no such criterion"):
        writing.judge_criterion(**(told | {"criterion": "beauty"}), base=1, score=2, finding=TEXT)
    writing.judge_criterion(**told, base=1, score=None, finding={"en": "Too early to say."})
    assert made.scores.get(criterion="impact").score is None
    assert not missing(Evaluation.objects.get(pk=made.pk), "send")
    with pytest.raises(Conflict):
        writing.judge_criterion(**told, base=1, score=3, finding=TEXT)


def test_it_waits_for_every_party_that_has_somebody_here(who):
    Membership.objects.filter(country="CHL").delete()
    Membership.objects.filter(institution__country="CHL").delete()
    made = evaluation(state="response")
    assert [one.code for one in still_to_respond(made)] == ["BR-MDS"]
    assert [one.code for one in excepted(made)] == ["CL-FOSIS"]
    with pytest.raises(Refused, match="has not responded yet"):
        step_on(made, who("coordination"), "publish")
    answer(made, "BR-MDS")
    assert step_on(made, who("coordination"), "publish").state == "published"


def test_a_party_with_people_keeps_it_from_being_published(who):
    made = evaluation(state="response")
    answer(made, "BR-MDS")
    with pytest.raises(Refused, match="FOSIS .Chile. has not responded"):
        step_on(made, who("coordination"), "publish")
    assert "FOSIS" in turn_of(made).who


def test_each_party_responds_for_itself(who):
    made = evaluation(state="response")
    own, other = institution("BR-MDS"), institution("CL-FOSIS")
    told = {"evaluation": made, "base": 0, "reply": reply()}
    for name, party in (("focal-point", other), ("national-coordinator", own), ("observer", own), ("secretariat", own)):
        with pytest.raises(PermissionDenied):
            responses.respond(by=who(name), institution=party, **told)
    given = responses.respond(by=who("focal-point"), institution=own, **told)
    with pytest.raises(Conflict):
        responses.respond(by=who("coordination"), institution=own, **told)
    changed = responses.respond(
        by=who("coordination"), institution=own, evaluation=made, base=1, reply=reply(answer="partly")
    )
    assert (given.pk, changed.revision, changed.answer) == (changed.pk, 2, "partly")
    assert [event.verb for event in history(made)] == ["management response changed", "management response given"]
    elsewhere = evaluation(initiative("CO-DPS", "PE-MIDIS"), state="response")
    with pytest.raises(Refused, match="takes no part"):
        responses.respond(by=who("focal-point"), institution=own, **(told | {"evaluation": elsewhere}))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"text": {}}, "Write down what"),
        ({"measures": {}}, "until when"),
        ({"due_on": None}, "until when"),
        ({"answer": "rejected", "measures": {}}, "without a measure"),
    ],
)
def test_a_response_that_says_too_little_is_refused(who, values, said):
    made = evaluation(state="response")
    told = {"by": who("focal-point"), "evaluation": made, "institution": institution("BR-MDS"), "base": 0}
    with pytest.raises(Refused, match=said):
        responses.respond(**told, reply=reply(**values))
    rejected = reply(answer="rejected", measures={}, due_on=None)
    assert responses.respond(**told, reply=rejected).answer == "rejected"


def test_responses_wait_for_the_report(who):
    made = evaluation(state="draft")
    with pytest.raises(Refused, match="waits for them"):
        responses.respond(
            by=who("focal-point"), evaluation=made, institution=institution("BR-MDS"), base=0, reply=reply()
        )


def test_a_measure_is_done_by_its_party_on_a_day_that_has_come(who):
    made = evaluation(state="published", answered=True)
    own = made.responses.get(institution__code="BR-MDS")
    with pytest.raises(PermissionDenied):
        responses.measure_done(by=who("national-coordinator"), response=own, done_on=TODAY)
    with pytest.raises(Refused, match="not come yet"):
        responses.measure_done(by=who("focal-point"), response=own, done_on=TODAY + timedelta(days=1))
    assert responses.measure_done(by=who("focal-point"), response=own, done_on=TODAY).done_on == TODAY
    made.responses.update(measures={})
    with pytest.raises(Refused, match="no measure"):
        responses.measure_done(by=who("focal-point"), response=own, done_on=TODAY)


def test_a_returned_report_asks_for_the_responses_again_and_the_record_keeps_them(who):
    made = evaluation(state="response", answered=True)
    take_step(by=who("coordination"), evaluation=made, step="return", reason="The sample is too small.")
    made.refresh_from_db()
    assert (made.state, made.reason, made.responses.count()) == ("draft", "The sample is too small.", 0)
    kept = [event for event in history(made) if event.verb == "management response taken back"]
    assert len(kept) == 2 and kept[0].before["text"] == TEXT


def design(**values) -> writing.Design:
    given = {
        "instrument": concept("me-instruments", "final-report"),
        "when": "closure",
        "title": {"en": "The report"},
        "process_questions": TEXT,
        "result_questions": TEXT,
        "method": {},
        "planned_on": TODAY,
    }
    return writing.Design(**(given | values))


def reply(**values) -> responses.Reply:
    given = {"answer": "accepted", "text": TEXT, "measures": TEXT, "due_on": TODAY}
    return responses.Reply(**(given | values))


def test_two_who_write_at_once_lose_nothing(who):
    made = writing.design_evaluation(by=who("focal-point"), initiative=initiative(), design=design())
    writing.edit_design(by=who("focal-point"), evaluation=made, base=1, design=design(title={"en": "First"}))
    with pytest.raises(Conflict):
        writing.edit_design(by=who("observer"), evaluation=made, base=1, design=design(title={"en": "Second"}))
    assert Evaluation.objects.get(pk=made.pk).title == {"en": "First"}
    draft = evaluation(state="draft")
    report = writing.Report(TEXT, TEXT, TEXT)
    assert writing.write_report(by=who("observer"), evaluation=draft, base=1, report=report).revision == 2
    with pytest.raises(Conflict):
        writing.write_report(by=who("focal-point"), evaluation=draft, base=1, report=report)


@pytest.mark.parametrize(
    "case", ["no title", "commissioned", "not a draft", "nobody", "a party", "by a step", "cancelled"]
)
def test_what_cannot_be_is_refused(who, case):
    keeper, made = who("coordination"), evaluation(state="commissioned")
    told = {"by": keeper, "evaluation": evaluation(), "institution": None, "independent": False}
    party = {"evaluator": "x", "institution": institution("CL-FOSIS"), "independent": True}
    attempts = {
        "no title": lambda: writing.design_evaluation(by=keeper, initiative=initiative(), design=design(title={})),
        "commissioned": lambda: writing.edit_design(by=keeper, evaluation=made, base=1, design=design()),
        "not a draft": lambda: writing.write_report(
            by=keeper, evaluation=made, base=1, report=writing.Report(TEXT, TEXT, TEXT)
        ),
        "nobody": lambda: writing.commission_evaluation(**told, evaluator=" "),
        "a party": lambda: writing.commission_evaluation(**(told | party)),
        "by a step": lambda: take_step(by=keeper, evaluation=evaluation(), step="commission"),
        "cancelled": lambda: writing.design_evaluation(
            by=keeper, initiative=initiative(state="cancelled"), design=design()
        ),
    }
    with pytest.raises(Refused):
        attempts[case]()


def test_a_design_is_removed_and_the_record_keeps_it(who):
    made = evaluation()
    writing.remove_design(by=who("focal-point"), evaluation=made)
    assert not Evaluation.objects.filter(pk=made.pk).exists()
    assert history(made).count() == 0 or history(made).first().verb == "evaluation design removed"


def test_nothing_of_a_cancelled_initiative_is_evaluated(who):
    made = evaluation(initiative(state="cancelled"), state="commissioned")
    assert not list(open_steps(who("coordination"), made))
    with pytest.raises(Refused, match="cancelled or merged"):
        take_step(by=who("coordination"), evaluation=made, step="begin")


def test_whose_turn_it_is():
    turns = {state: turn_of(evaluation(state=state)) for state in EvaluationState.values}
    assert turns["designed"].who == "national coordinations of the parties"
    assert turns["commissioned"].who == turns["draft"].who == "A university"
    assert turns["response"].what == "respond to the evaluation"
    assert turns["published"].who == ""
    assert turn_of(evaluation(state="response", answered=True)).what == "publish the evaluation"


def test_the_document_shows_the_steps_of_the_code():
    lines = ["| step | from | to | who | reason |", "| --- | --- | --- | --- | --- |"]
    for step in STEPS:
        before = ", ".join(str(state.value) for state in step.before)
        lines.append(
            f"| {step.code} | {before} | {step.after.value} | who may {step.permission} | {'yes' if step.reason else ''} |"
        )
    text = (Path(__file__).resolve().parents[3] / "docs/howto/evaluations.md").read_text()
    assert "<!-- steps -->\n" + "\n".join(lines) + "\n<!-- /steps -->" in text


def test_the_record_names_the_party_that_judges_a_criterion_first(who):
    made = independent(evaluator_institution=None)
    judged = {"criterion": "relevance", "score": 3, "finding": TEXT}
    writing.judge_criterion(by=who("focal-point"), evaluation=made, base=1, **judged)
    told = history(made).first().after
    assert told["entered_by_id"] == institution("BR-MDS").pk and told["revision"] == 2
    assert told["part"]["score"] == 3 and "score" not in told
