"""Keeping the record of an initiative: codes, who takes part, parts, counterparts, decisions; two at once lose nothing."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ayni.common.audit import history
from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import KEEP_INITIATIVES, may
from ayni.common.reference import document
from ayni.directory.models import Component, Institution, Membership
from ayni.registry.actions.demo_initiatives import load_initiatives
from ayni.registry.actions.initiatives import components, decisions, frame, participations
from ayni.registry.actions.initiatives.participations import Part
from ayni.registry.models import CounterpartChange, Initiative
from ayni.registry.queries.initiatives.lists import filtered, initiatives_for, public_of
from tests.factories.agreements import agreement
from tests.factories.initiatives import TODAY, bare, facts, initiative, role

pytestmark = pytest.mark.django_db


def institution(code: str) -> Institution:
    return Institution.objects.get(code=code)


def part(code: str, **values) -> Part:
    return Part(**({"institution": institution(code), "role": role("recipient")} | values))


def test_codes_are_given_in_order_by_country_and_year(person):
    focal = person("focal-point")
    begun = frame.begin_initiative(
        by=focal, institution=institution("BR-MDS"), facts=facts(), role=role("first-offerer")
    )
    again = frame.begin_initiative(
        by=focal, institution=institution("BR-MDS"), facts=facts(), role=role("first-offerer")
    )
    stem, number = begun.code.rsplit("-", 1)
    assert stem == f"BR-{TODAY:%Y}" and again.code == f"{stem}-{int(number) + 1:04d}"
    assert (
        frame.enter_initiative(
            by=None, institution=institution("BR-MDS"), facts=facts(), role=role("both"), code="BR-1999-0007"
        ).code
        == "BR-1999-0007"
    )
    (own,) = begun.participations.all()
    assert (own.institution.code, own.role.code) == ("BR-MDS", "first-offerer")
    assert (begun.state, begun.validation, begun.fictional) == ("identification", "private", False)
    (event,) = history(begun)
    assert event.verb == "initiative recorded" and event.after["topics"] == ["single-registry"] and not event.public


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": {}}, "a title"),
        ({"starts_on": TODAY, "ends_on": TODAY - timedelta(days=1)}, "before the first"),
        ({"requested_on": TODAY, "answered_on": TODAY - timedelta(days=1)}, "before the request"),
    ],
)
def test_what_cannot_be_is_refused(person, values, said):
    told = {"by": person("focal-point"), "institution": institution("BR-MDS"), "role": role("both")}
    with pytest.raises(Refused, match=said):
        frame.begin_initiative(**told, facts=facts(**values))
    made = bare("BR-MDS", "CL-FOSIS")
    with pytest.raises(Refused, match=said):
        frame.edit_initiative(by=person("focal-point"), initiative=made, base=1, facts=facts(**values))


def test_a_record_belongs_to_who_keeps_it(person):
    told = {"facts": facts(), "role": role("both")}
    for name in ("national-coordinator", "secretariat", "expert", "observer", "administrator"):
        with pytest.raises(PermissionDenied):
            frame.begin_initiative(by=person(name), institution=institution("BR-MDS"), **told)
    world = institution("XX-WB")
    Membership.objects.create(user=person("observer"), role="focal-point", institution=world)
    with pytest.raises(Refused, match="institution of a country"):
        frame.begin_initiative(by=person("observer"), institution=world, **told)


def test_it_does_not_stand_below_itself(person):
    above = bare("BR-MDS", size="programme")
    below = bare("BR-MDS", size="programme", parent=above)
    for parent in (above, below):
        with pytest.raises(Refused, match="below itself"):
            frame.edit_initiative(by=person("focal-point"), initiative=above, base=1, facts=facts(parent=parent))


@pytest.mark.parametrize("state", ["ex-post", "archived", "cancelled"])
def test_what_is_over_is_no_longer_changed(person, state):
    made = initiative("BR-MDS", "CL-FOSIS", state=state if state != "cancelled" else "identification")
    if state == "cancelled":
        Initiative.objects.filter(pk=made.pk).update(state="cancelled", reason="Because.")
    own = made.participations.first()
    attempts = (
        lambda by: frame.edit_initiative(by=by, initiative=made, base=1, facts=facts()),
        lambda by: participations.add_participation(by=by, initiative=made, part=part("PE-MIDIS")),
        lambda by: participations.edit_participation(by=by, participation=own, base=1, part=part("BR-MDS")),
        lambda by: participations.remove_participation(by=by, participation=made.participations.last()),
        lambda by: components.add_component(by=by, initiative=made, title={"en": "A part"}, component=None),
        lambda by: decisions.add_decision(by=by, initiative=made, text={"en": "So."}, decided_on=TODAY, joint=True),
    )
    for attempt in attempts:
        with pytest.raises(Refused, match="no longer changed"):
            attempt(person("focal-point"))
        with pytest.raises(PermissionDenied):
            attempt(person("secretariat"))


def test_a_record_that_was_merged_is_changed_in_the_other(person):
    made, other = bare("BR-MDS", "CL-FOSIS"), bare("BR-MDS", "CL-FOSIS")
    Initiative.objects.filter(pk=made.pk).update(merged_into=other)
    with pytest.raises(Refused, match="merged into another"):
        frame.edit_initiative(by=person("focal-point"), initiative=made, base=1, facts=facts())


def test_two_coordinators_who_change_the_frame_at_once_lose_nothing(person):
    made = bare("BR-MDS", "CL-FOSIS")
    brazil, chile = person("coordinacion.br@demo.ayni"), person("national-coordinator")
    frame.edit_initiative(by=brazil, initiative=made, base=1, facts=facts(title={"en": "First"}))
    with pytest.raises(Conflict):
        frame.edit_initiative(by=chile, initiative=made, base=1, facts=facts(title={"en": "Second"}))
    made.refresh_from_db()
    assert (made.title, made.revision) == ({"en": "First"}, 2)
    # Having seen it, the other saves again.
    frame.edit_initiative(by=chile, initiative=made, base=2, facts=facts(title={"en": "Both"}, topics=()))
    made.refresh_from_db()
    assert made.title == {"en": "Both"} and not made.topics.exists() and made.words == "both an objective."
    changed = history(made).first()
    assert changed.before["topics"] == ["single-registry"] and changed.after["topics"] == []


def test_a_part_that_another_has_changed_meanwhile_is_a_conflict(person):
    made = bare("BR-MDS", "CL-FOSIS")
    row = made.participations.get(institution__code="CL-FOSIS")
    told = {"participation": row, "base": 1}
    participations.edit_participation(by=person("fosis@demo.ayni"), **told, part=part("CL-FOSIS", counterpart="Ana"))
    with pytest.raises(Conflict):
        participations.edit_participation(by=person("focal-point"), **told, part=part("CL-FOSIS", counterpart="Eva"))
    # A change of the frame meanwhile is one too: both stand in one record.
    with pytest.raises(Conflict):
        frame.edit_initiative(by=person("focal-point"), initiative=made, base=1, facts=facts())
    row.refresh_from_db()
    assert row.counterpart == "Ana"


def test_an_institution_takes_part_once_in_the_whole_and_once_in_each_part(person):
    made, by = bare("BR-MDS", "CL-FOSIS"), person("focal-point")
    first = components.add_component(by=by, initiative=made, title={"en": "One"}, component=None)
    second = components.add_component(by=by, initiative=made, title={"en": "Two"}, component=None)
    assert [one.number for one in made.components.all()] == [1, 2] == [first.number, second.number]
    with pytest.raises(Refused, match="takes part already"):
        participations.add_participation(by=by, initiative=made, part=part("CL-FOSIS"))
    # Roles swap: who receives in the whole offers in a part.
    swapped = part("CL-FOSIS", component=second, role=role("first-offerer"))
    participations.add_participation(by=by, initiative=made, part=swapped)
    with pytest.raises(Refused, match="takes part already"):
        participations.add_participation(by=by, initiative=made, part=swapped)
    components.remove_component(by=by, component=second)
    assert not made.participations.filter(institution__code="CL-FOSIS", role__code="first-offerer").exists()
    added = components.add_component(by=by, initiative=made, title={"en": "Three"}, component=None)
    assert added.number == 2
    with pytest.raises(Refused, match="a title"):
        components.add_component(by=by, initiative=made, title={}, component=None)


def test_a_component_with_activities_stays(person):
    made, by = bare("BR-MDS", "CL-FOSIS"), person("focal-point")
    chosen = Component.objects.filter(programme__institution__code="BR-MDS").first()
    component = components.add_component(by=by, initiative=made, title={"en": "One"}, component=chosen)
    made.activities.create(
        number=1,
        part=component,
        title={"en": "A visit"},
        modality=facts().topics[0],
        institution=made.institution,
        starts_on=TODAY,
        ends_on=TODAY,
    )
    with pytest.raises(Refused, match="move them first"):
        components.remove_component(by=by, component=component)


def test_every_counterpart_is_kept_with_its_day(person):
    made, by = bare("BR-MDS", "CL-FOSIS"), person("coordinacion.pe@demo.ayni")
    # Who answers there is said by its own side, not by the one that adds it.
    named = part("PE-MIDIS", counterpart=" Ana Reyes ", hours_a_month=8)
    with pytest.raises(Refused, match="by its own side"):
        participations.add_participation(by=person("focal-point"), initiative=made, part=named)
    added = participations.add_participation(by=person("focal-point"), initiative=made, part=part("PE-MIDIS"))
    participations.edit_participation(by=by, participation=added, base=2, part=named)
    assert [(one.name, one.since) for one in added.changes.all()] == [("Ana Reyes", TODAY)]
    CounterpartChange.objects.update(since=TODAY - timedelta(days=90))
    for base, name in ((3, "Ana Reyes"), (4, "Eva Luna"), (5, "Luz Mar")):
        told = part("PE-MIDIS", counterpart=name, hours_a_month=8, tasks={"en": "Hosts."})
        participations.edit_participation(by=by, participation=added, base=base, part=told)
    # Two on one day are one change: the last.
    assert [one.name for one in added.changes.all()] == ["Ana Reyes", "Luz Mar"]
    added.refresh_from_db()
    assert (added.counterpart, added.tasks, added.initiative.revision) == ("Luz Mar", {"en": "Hosts."}, 6)
    assert history(made).filter(verb="participation changed").first().after["part"]["counterpart"] == "Luz Mar"


def test_who_keeps_the_record_stays_and_others_leave(person):
    made, by = bare("BR-MDS", "CL-FOSIS"), person("focal-point")
    with pytest.raises(Refused, match="cannot be taken out"):
        participations.remove_participation(by=by, participation=made.participations.get(institution__code="BR-MDS"))
    other = made.participations.get(institution__code="CL-FOSIS")
    assert may(person("fosis@demo.ayni"), KEEP_INITIATIVES, made)
    participations.remove_participation(by=by, participation=other)
    assert not may(person("fosis@demo.ayni"), KEEP_INITIATIVES, Initiative.objects.get(pk=made.pk))
    for attempt in (
        lambda: participations.remove_participation(by=by, participation=other),
        lambda: participations.edit_participation(by=by, participation=other, base=2, part=part("CL-FOSIS")),
    ):
        with pytest.raises(Refused, match="meanwhile"):
            attempt()


def test_a_side_writes_who_answers_for_its_own_institutions_alone(person):
    made = bare("BR-MDS", "CL-FOSIS", "XX-OAS")
    chile, oas = (made.participations.get(institution__code=code) for code in ("CL-FOSIS", "XX-OAS"))
    invented = part("CL-FOSIS", counterpart="Invented", hours_a_month=5)
    with pytest.raises(Refused, match="by its own side"):
        participations.edit_participation(by=person("focal-point"), participation=chile, base=1, part=invented)
    participations.edit_participation(
        by=person("focal-point"), participation=chile, base=1, part=part("CL-FOSIS", role=role("both"))
    )
    # Where nobody is, whoever keeps the record writes it.
    named = part("XX-OAS", counterpart="Ana", hours_a_month=5)
    with pytest.raises(Refused, match="by its own side"):
        participations.edit_participation(by=person("fosis@demo.ayni"), participation=oas, base=2, part=named)
    participations.edit_participation(by=person("focal-point"), participation=oas, base=2, part=named)


def test_an_institution_of_which_something_stands_does_not_leave(person):
    made, by = bare("BR-MDS", "CL-FOSIS"), person("focal-point")
    row = made.participations.get(institution__code="CL-FOSIS")
    told = {"title": {"en": "A visit"}, "modality": facts().topics[0], "starts_on": TODAY, "ends_on": TODAY}
    activity = made.activities.create(number=1, institution=row.institution, **told)
    with pytest.raises(Refused, match="FOSIS.* stand in the initiative"), transaction.atomic():
        participations.remove_participation(by=by, participation=row)
    assert made.participations.filter(pk=row.pk).exists()
    activity.delete()
    participations.remove_participation(by=by, participation=row)


def test_decisions_are_of_days_that_have_come(person):
    made, by = bare("BR-MDS", "CL-FOSIS"), person("fosis@demo.ayni")
    told = {"by": by, "initiative": made}
    with pytest.raises(Refused, match="not come yet"):
        decisions.add_decision(**told, text={"en": "So."}, decided_on=TODAY + timedelta(days=1), joint=True)
    with pytest.raises(Refused, match="Write down"):
        decisions.add_decision(**told, text={}, decided_on=TODAY, joint=True)
    decisions.add_decision(**told, text={"en": "So."}, decided_on=TODAY, joint=False)
    assert made.decisions.get().joint is False and history(made).first().verb == "decision recorded"


def test_only_changes_of_a_public_record_are_public(person):
    made, by = bare("BR-MDS", "CL-FOSIS"), person("focal-point")
    for validation, public in (("private", False), ("validated", False), ("published", True), ("unilateral", True)):
        Initiative.objects.filter(pk=made.pk).update(validation=validation)
        decisions.add_decision(by=by, initiative=made, text={"en": "So."}, decided_on=TODAY, joint=True)
        assert history(made).first().public == public


def test_who_reads_which_records(person):
    made = bare("BR-MDS", "CL-FOSIS")
    reads = {"focal-point", "national-coordinator", "fosis@demo.ayni", "secretariat", "observer"}
    everybody = reads | {"expert", "administrator", "coordinacion.pe@demo.ayni", "bienestar@demo.ayni"}
    assert {name for name in everybody if made in initiatives_for(person(name))} == reads
    for validation in ("published", "unilateral"):
        Initiative.objects.filter(pk=made.pk).update(validation=validation)
        assert all(made in initiatives_for(person(name)) for name in everybody)
    other = bare("BR-MDS", "CL-FOSIS")
    Initiative.objects.filter(pk=made.pk).update(merged_into=other)
    assert not any(made in initiatives_for(person(name)) for name in everybody)


def test_the_filters(person):
    Initiative.objects.update(title={"en": "x"}, words="x", validation="private")
    made = initiative("BR-MDS", "CL-FOSIS", title={"es": "Educación", "en": "Education"}, state="execution")
    other = initiative("PE-MIDIS", "MX-BIENESTAR", topics=(), quadrants=(), starts_on=None, ends_on=None)
    Initiative.objects.filter(pk=other.pk).update(validation="unilateral")

    def answers(**asked: str) -> bool:
        found = set(filtered(Initiative.objects.filter(pk__in=[made.pk, other.pk]), **asked))
        assert found <= {made}, asked
        return bool(found)

    year = f"{TODAY:%Y}"
    for asked in (
        {"text": "educacion"},
        {"text": "EDUCATION objective"},
        {"text": made.code.lower()},
        {"country": "CHL"},
        {"institution": "CL-FOSIS"},
        {"topic": "single-registry"},
        {"quadrant": "Q3"},
        {"state": "execution"},
        {"record": "waiting"},
        {"year": year},
        {"country": "BRA", "state": "execution", "topic": "single-registry"},
    ):
        assert answers(**asked), asked
    for asked in (
        {"text": "educacion physics"},
        {"country": "COL"},
        {"modality": "field-visits"},
        {"type": "vertical"},
        {"year": "1999"},
        {"country": "CHL", "state": "approved"},
    ):
        assert not answers(**asked), asked
    assert list(filtered(Initiative.objects.filter(pk__in=[made.pk, other.pk]), record="unilateral")) == [other]


def test_a_countrys_public_initiatives_are_counted_and_the_latest_shown():
    Initiative.objects.update(validation="private")
    for _number in range(7):
        made = bare("BR-MDS", "CL-FOSIS")
        Initiative.objects.filter(pk=made.pk).update(validation="published")
    alone, cancelled, _private = (bare("BR-MDS", "CL-FOSIS") for _each in range(3))
    Initiative.objects.filter(pk=alone.pk).update(validation="unilateral", starts_on="2001-01-01")
    Initiative.objects.filter(pk=cancelled.pk).update(validation="published", state="cancelled", reason="So.")
    for found in (public_of(country="CHL"), public_of(institution=institution("BR-MDS").pk)):
        assert (found.validated, found.unilateral) == (7, 1)
        assert (len(found.latest), found.latest[0].pk) == (5, made.pk)
    few = bare("BR-MDS", "PE-MIDIS")
    Initiative.objects.filter(pk=few.pk).update(validation="unilateral")
    found = public_of(country="PER")
    assert (found.validated, found.unilateral, found.latest) == (0, 1, [few])


def test_the_demonstration_is_whole_and_enters_once(person):
    assert load_initiatives(by=None) is False
    rows = document("demo/initiatives.json")
    # What came of a match is entered with the exchange.
    found = {one.code: one for one in Initiative.objects.filter(match=None)}
    assert found.keys() == {row["code"] for row in rows}
    assert {one.state for one in found.values()} == {
        "identification",
        "formulation",
        "approved",
        "execution",
        "suspended",
        "closure",
        "ex-post",
        "archived",
    }
    for one in found.values():
        assert set(one.title) == {"es", "pt", "en", "fr"} == set(one.summary), one.code
        assert one.fictional == ("emonstra" in one.summary["en"]), one.code
        assert history(one).filter(verb="initiative recorded").count() == 1
    declared = found["MX-2010-0001"]
    assert not declared.fictional and not declared.approvals.exists(), "Brazil has said nothing of it"
    assert {one.institution.country_id for one in declared.participations.all()} == {"MEX", "BRA"}
    caribbean = found["CL-2008-0001"].participations.filter(role__code="recipient")
    assert caribbean.values("institution__country").distinct().count() == 7


def test_saving_the_frame_keeps_what_the_other_side_has_linked_out_of_sight(person):
    made, above = bare("BR-MDS", "CL-FOSIS"), bare("CL-FOSIS", size="programme")
    draft, concluded = agreement("CL-FOSIS"), agreement("CL-FOSIS", signed=True, state="in-force")
    made.agreements.add(draft, concluded)
    Initiative.objects.filter(pk=made.pk).update(parent=above)
    focal = person("focal-point")
    saved = frame.edit_initiative(by=focal, initiative=made, base=1, facts=facts(title={"en": "A better title"}))
    assert saved.parent == above and list(saved.agreements.all()) == [draft]
    other = bare("BR-MDS", size="programme")
    with pytest.raises(Refused, match="may not see"):
        frame.edit_initiative(by=focal, initiative=made, base=2, facts=facts(parent=other))
    saved = frame.edit_initiative(by=person("national-coordinator"), initiative=made, base=2, facts=facts())
    assert saved.parent is None and not saved.agreements.exists()


def test_a_programme_is_chosen_among_those_with_a_common_side(person):
    above = bare("PY-MDS", size="programme")
    focal, told = person("focal-point"), facts(parent=above)
    with pytest.raises(Refused, match="None of its countries"):
        frame.begin_initiative(by=focal, institution=institution("BR-MDS"), facts=told, role=role("both"))
    made = bare("BR-MDS", "CL-FOSIS")
    with pytest.raises(Refused, match="None of its countries"):
        frame.edit_initiative(by=focal, initiative=made, base=1, facts=told)
    made.participations.create(institution=above.institution, role=role("recipient"))
    assert frame.edit_initiative(by=focal, initiative=made, base=1, facts=told).parent == above
