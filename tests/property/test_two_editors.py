"""Any interleaving of two editors loses nothing: the action against a model of plain Python."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ayni.directory.models import Institution
from ayni.surveys.actions.answers import Edit, Outcome, save_answer
from ayni.surveys.models import Answer, AnswerRevision, Response
from tests.factories.rounds import focal_point, open_round

pytestmark = pytest.mark.django_db

WORDS = st.sampled_from(["", "uno", "dos", "tres"])


@dataclass
class Editor:
    """A browser: what it saw last, and what it has sent."""

    name: str
    seen: int = 0
    sequence: int = 0
    sent: list[Edit] = field(default_factory=list)


@dataclass
class Model:
    """One answer as it must be: values by revision, and those kept aside by client."""

    values: list[Any] = field(default_factory=lambda: [None])
    writers: list[str] = field(default_factory=lambda: [""])
    aside: dict[str, Any] = field(default_factory=dict)

    def apply(self, editor: str, value: Any, base: int) -> Outcome:
        self.aside.pop(editor, None)
        newest = len(self.values) - 1
        if value in (self.values[newest], self.values[base]) and (base != newest or value == self.values[newest]):
            return Outcome.UNCHANGED
        if base != newest and set(self.writers[base + 1 :]) != {editor}:
            self.aside[editor] = value
            return Outcome.CONFLICT
        self.values.append(value)
        self.writers.append(editor)
        self.aside = {who: kept for who, kept in self.aside.items() if kept != value}
        return Outcome.SAVED


STEP = st.one_of(
    st.tuples(st.just("write"), st.integers(0, 1), WORDS),
    st.tuples(st.just("write, answer lost"), st.integers(0, 1), WORDS),
    st.tuples(st.just("look"), st.integers(0, 1), st.just("")),
    st.tuples(st.just("send again"), st.integers(0, 1), st.integers(0, 5)),
)


@pytest.fixture
def round_():
    return open_round()


@pytest.fixture
def people(person):
    return {"a": person("focal-point"), "b": focal_point("BR-MDS", "segunda@example.org")}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=14))
def test_any_interleaving_of_two_editors_loses_nothing(round_, people, steps):
    Response.objects.filter(round=round_).delete()
    response = Response.objects.create(round=round_, institution=Institution.objects.get(code="BR-MDS"))
    editors, model, written = [Editor("a"), Editor("b")], Model(), set()
    for step, number, what in steps:
        editor = editors[number]
        if step == "look":
            editor.seen = len(model.values) - 1
        elif step == "send again":
            if editor.sent:
                edit = editor.sent[what % len(editor.sent)]
                before = _everything(response)
                save_answer(by=people[editor.name], response=response, edit=edit)
                assert _everything(response) == before, "sent twice, counted once"
        else:
            editor.sequence += 1
            edit = Edit("q02", what, editor.seen, editor.name, editor.sequence)
            # The first empty edit of an answer that is not there leaves no trace to find again.
            if what or len(model.values) > 1 or model.aside:
                editor.sent.append(edit)
            written.add(what or None)
            expected = model.apply(editor.name, what or None, editor.seen)
            saved = save_answer(by=people[editor.name], response=response, edit=edit)
            assert saved.outcome is expected
            if step == "write":
                editor.seen = saved.revision
        _agrees(response, model, written)


def _everything(response: Response) -> list[tuple[Any, ...]]:
    return list(
        AnswerRevision.objects.filter(answer__response=response)
        .order_by("id")
        .values_list("revision", "value", "client", "sequence", "resolved")
    )


def _agrees(response: Response, model: Model, written: set[Any]) -> None:
    answer = Answer.objects.filter(response=response).first()
    assert (answer.value if answer else None) == model.values[-1]
    assert (answer.revision if answer else 0) == len(model.values) - 1
    kept = AnswerRevision.objects.filter(answer__response=response)
    assert (
        list(kept.filter(revision__isnull=False).order_by("revision").values_list("value", flat=True))
        == model.values[1:]
    )
    waiting = dict(kept.filter(revision__isnull=True, resolved=False).values_list("client", "value"))
    assert waiting == model.aside
    assert written <= {None, *kept.values_list("value", flat=True)}, "every value that was written is kept"
