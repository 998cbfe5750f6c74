"""The secretariat makes the next version of a questionnaire: every change is checked as a whole, nobody's work is overwritten."""

import pytest

from ayni.common.models import AuditEvent
from ayni.surveys.models import Instrument, InstrumentVersion
from ayni.surveys.queries.instruments import spec_of

pytestmark = pytest.mark.django_db
OLD = "/en/instruments/oas13/1/"
NEW = "/en/instruments/oas13/2/"


@pytest.fixture
def client(as_role):
    return as_role("secretariat")


@pytest.fixture
def draft(client):
    assert client.post(f"{OLD}draft/")["Location"] == f"{NEW}edit/"
    return InstrumentVersion.objects.get(instrument__code="oas13", number=2)


def codes(version) -> list[str]:
    return [question.code for question in spec_of(version).questions()]


def filled(page, **more) -> dict:
    """What the form would send as it stands, with changes."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in values.items() if value not in (None, False)}
    return sent | {"seen": page.context["seen"]} | more


def test_a_draft_begins_as_a_copy(client, draft):
    old = InstrumentVersion.objects.get(instrument__code="oas13", number=1)
    assert spec_of(draft).sections == spec_of(old).sections
    assert "Every question, text, choice and condition is equal" in client.get(f"{NEW}since/1/").content.decode()
    assert client.post(f"{OLD}draft/")["Location"] == OLD, "one draft at a time"


def test_every_page_of_the_draft_opens_and_saves_without_changing_anything(client, draft):
    before = spec_of(draft)
    assert client.get(f"{NEW}edit/").status_code == 200
    assert client.get(f"{NEW}edit/sections/").status_code == 200
    addresses = [f"{NEW}edit/description/"]
    for section in before.sections:
        here = f"{NEW}edit/sections/{section.code}/"
        addresses += [here, *(f"{here}questions/{question.code}/" for question in section.questions)]
        assert client.get(f"{here}questions/").status_code == 200
    for address in addresses:
        page = client.get(address)
        assert page.status_code == 200, address
        saved = client.post(address, filled(page))
        assert saved.status_code == 302, (address, saved.context["form"].errors)
    assert spec_of(draft) == before


def test_a_question_is_added_with_its_condition_and_changed(client, draft):
    section = spec_of(draft).sections[1].code
    address = f"{NEW}edit/sections/{section}/questions/"
    page = client.get(address)
    given = {
        "code": "q99", "kind": "number", "label_es": "¿Cuántos?", "label_en": "How many?", "minimum": "0", "integer": "on",
        "joined_by": "all", "question_1": "q05", "operator_1": "any_of", "value_1": "policy-design", "required": "on",
    }  # fmt: skip
    seen = {"seen": page.context["seen"]}
    assert client.post(address, given | seen | {"value_1": "nowhere"}).status_code == 200, "no such choice"
    assert client.post(address, given | seen).status_code == 302
    question = next(asked for asked in spec_of(draft).questions() if asked.code == "q99")
    assert question.integer and question.required and question.minimum == 0
    assert question.condition is not None and question.condition.value == ("policy-design",)
    assert "How many?" in client.get(NEW).content.decode()
    assert "Question q99: How many?" in client.get(f"{NEW}since/1/").content.decode()
    taken = client.post(address, given | {"seen": client.get(address).context["seen"]})
    assert taken.status_code == 200 and "already" in str(taken.context["form"].errors)
    event = AuditEvent.objects.filter(verb="instrument changed").latest("id")
    assert set(event.after) == {f"section {section}", "question q99"}


WRONG = {
    "a label missing": {"label_es": ""},
    "a choice without a vocabulary": {"kind": "single", "choices": ""},
    "limits that do not go with the kind": {"minimum": "3"},
    "a limit that is none": {"kind": "number", "minimum": "many"},
    "an unknown currency": {"kind": "money", "currency": "QQQ"},
    "half a condition": {"question_1": "q01"},
    "a condition without a value": {"question_1": "q01", "operator_1": "equals", "value_1": ""},
    "a comparison that cannot be": {"question_1": "q01", "operator_1": "at_least", "value_1": "5"},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_said_in_the_form(client, draft, wrong):
    before = spec_of(draft)
    address = f"{NEW}edit/sections/institution/questions/q02/"
    page = client.post(address, filled(client.get(address), **wrong))
    assert page.status_code == 200
    assert page.context["form"].errors
    assert spec_of(draft) == before


def test_two_editors_never_overwrite_each_other(client, draft):
    address = f"{NEW}edit/sections/institution/questions/q02/"
    first, second = client.get(address), client.get(address)
    assert client.post(address, filled(first, label_en="First")).status_code == 302
    met = client.post(address, filled(second, label_en="Second"))
    assert met.status_code == 200 and "Somebody else" in str(met.context["form"].errors)
    assert next(asked for asked in spec_of(draft).questions() if asked.code == "q02").label["en"] == "First"


def change(client, **what):
    seen = client.get(f"{NEW}edit/").context["seen"]
    return client.post(f"{NEW}edit/change/", what | {"seen": seen}, follow=True)


def test_questions_and_sections_move_and_go(client, draft):
    before = codes(draft)
    change(client, do="down", question=before[0])
    assert codes(draft)[:2] == [before[1], before[0]]
    change(client, do="up", question=before[0])
    assert codes(draft) == before
    change(client, do="up", question=before[0])
    assert codes(draft) == before, "nothing above the first"
    assert "depends on" in change(client, do="remove", question="q09").content.decode() or "q09" not in codes(draft)
    sections = [section.code for section in spec_of(draft).sections]
    change(client, do="remove", section=sections[-1])
    assert [section.code for section in spec_of(draft).sections] == sections[:-1]
    change(client, do="up", section=sections[1])
    assert [section.code for section in spec_of(draft).sections][:2] in ([sections[1], sections[0]], sections[:2])


def test_a_question_crosses_into_the_next_section(client, draft):
    first = spec_of(draft).sections[0]
    last = first.questions[-1].code
    change(client, do="down", question=last)
    one, two = spec_of(draft).sections[:2]
    assert len(one.questions) == len(first.questions) - 1
    assert two.questions[0].code == last


def test_published_retired_and_deleted(client, draft, as_role):
    assert as_role("public").get(NEW).status_code == 404
    client.post(f"{NEW}publish/")
    assert as_role("public").get(NEW).status_code == 200
    statuses = dict(InstrumentVersion.objects.filter(instrument__code="oas13").values_list("number", "status"))
    assert statuses == {1: "retired", 2: "published"}
    assert client.get(f"{NEW}edit/").status_code == 404
    client.post(f"{NEW}retire/")
    assert InstrumentVersion.objects.get(instrument__code="oas13", number=2).status == "retired"
    client.post(f"{NEW}delete/")
    assert InstrumentVersion.objects.filter(instrument__code="oas13").count() == 2, "published versions stay"


def test_a_questionnaire_of_its_own(client):
    given = {"code": "follow-up", "title_es": "Seguimiento", "section_es": "General", "question_es": "¿Cómo va?"}
    assert client.post("/en/instruments/new/", given)["Location"] == "/en/instruments/follow-up/1/edit/"
    assert client.post("/en/instruments/new/", given).status_code == 200, "the code is taken"
    address = "/en/instruments/follow-up/1/edit/sections/"
    seen = client.get(address).context["seen"]
    assert client.post(address, {"title_es": "Costos", "question_es": "¿Cuánto?", "seen": seen}).status_code == 302
    version = InstrumentVersion.objects.get(instrument__code="follow-up")
    assert [section.code for section in spec_of(version).sections] == ["section1", "section2"]
    address = "/en/instruments/follow-up/1/edit/description/"
    client.post(address, filled(client.get(address), title_es="Otro título", introduction_en="Hello"))
    version = InstrumentVersion.objects.get(instrument__code="follow-up")
    assert (version.instrument.title["es"], version.introduction["en"]) == ("Otro título", "Hello")
    client.post("/en/instruments/follow-up/1/delete/")
    assert not Instrument.objects.filter(code="follow-up").exists()
