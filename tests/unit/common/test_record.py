"""The record of changes as a reader sees it, and that every action keeps it."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.utils.translation import override

import ayni
from ayni.common.audit import record
from ayni.common.models import AuditEvent
from ayni.common.record.entries import entries
from ayni.common.record.labels import LABELS
from ayni.common.record.verbs import VERBS, sentence
from ayni.directory.actions.people import end_role, grant_role
from ayni.directory.models import Country, Institution, Membership

SOURCE = Path(ayni.__file__).parent


def verbs_in(path: Path) -> set[str]:
    """The texts that a module records as a verb: itself, or through a function of its own that takes the verb."""
    tree = ast.parse(path.read_text())
    takers = {"record": -1, "AuditEvent.objects.create": -1}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args]
            if "verb" in names or any(argument.arg == "verb" for argument in node.args.kwonlyargs):
                takers[node.name] = names.index("verb") if "verb" in names else -1
    found: set[str] = set()
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        place = takers.get(ast.unparse(call.func))
        if place is not None:
            given = [keyword.value for keyword in call.keywords if keyword.arg == "verb"]
            given += call.args[place : place + 1] if place >= 0 else []
            parts = (part for value in given for part in ast.walk(value))
            found |= {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}
    return found


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_verb_is_a_sentence(path):
    missing = verbs_in(path) - set(VERBS)
    assert not missing, f"describe {missing} in src/ayni/common/record/verbs.py"


def test_verbs_given_through_a_function_are_found(tmp_path):
    module = tmp_path / "m.py"
    module.write_text("def _turn(by, verb): record(verb=verb)\n_turn(1, 'a' if x else 'b')\nrecord(by=1, verb='c')")
    assert verbs_in(module) == {"a", "b", "c"}


MODELS = [model for model in apps.get_models() if model.__module__.startswith("ayni.") and model is not AuditEvent]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_column_has_a_name(model):
    columns = {column.attname.removesuffix("_id") for column in model._meta.concrete_fields}
    missing = columns - set(LABELS) - {"id", "password"}
    assert not missing, f"name {missing} in src/ayni/common/record/labels.py"


def test_an_unknown_verb_stands_as_it_is():
    assert sentence("made of cheese") == "made of cheese"


@pytest.mark.django_db
def test_an_entry_names_what_changed(person):
    institution = Institution.objects.get(code="CL-FOSIS")
    membership = grant_role(
        by=person("administrator"), user=person("observer"), role="focal-point", institution=institution
    )
    end_role(by=person("administrator"), membership=membership)
    events = AuditEvent.objects.filter(object_type="directory.Membership", object_id=str(membership.pk))
    with override("en"):
        ended, granted = entries(events.order_by("-id"))
    assert (granted.who, granted.what) == ("Claire Moreau", "Role given")
    changes = {change.field: change.after for change in granted.changes}
    assert changes["Person"] == "Winston Clarke"
    assert changes["Institution"] == "FOSIS"
    assert changes["Role"] == "Focal point"
    assert [change.field for change in ended.changes] == ["Until"]


@pytest.mark.django_db
def test_texts_show_their_languages_and_the_system_has_a_name():
    country = Country.objects.get(pk="BRA")
    event = record(
        by=None,
        verb="country loaded",
        on=country,
        before={"name": {"en": "Brasil"}},
        after={"name": {"en": "Brazil", "es": "Brasil"}},
    )
    with override("en"):
        (entry,) = entries([event])
    assert entry.who == "Ayni itself"
    assert (entry.changes[0].before, entry.changes[0].after) == ("en: Brasil", "es: Brasil\nen: Brazil")


@pytest.mark.django_db
def test_an_event_about_what_no_longer_exists_is_still_told():
    event = AuditEvent.objects.create(
        verb="restored", object_type="backup", object_id="x", object_name="file.zip", after={"rows": 3}
    )
    (entry,) = entries([event])
    assert (entry.url, entry.changes[0].after) == ("", "3")


@pytest.mark.django_db
def test_many_events_are_read_with_few_queries(person, django_assert_num_queries):
    for code in ("CL-FOSIS", "CL-MIDEPLAN", "BR-MDS", "MX-SEDESOL"):
        grant_role(by=None, user=person("observer"), role="expert", institution=Institution.objects.get(code=code))
    events = list(AuditEvent.objects.filter(object_type=Membership._meta.label).order_by("-id"))
    with django_assert_num_queries(4):
        entries(events)
