"""A mission that was handed over, or a match that was converted, becomes an initiative, once."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from ayni.common.audit import history
from ayni.common.desk import tasks_of
from ayni.common.errors import Refused
from ayni.exchange.actions.initiatives import open_initiative, open_initiative_of_match
from ayni.exchange.actions.missions import accept_mission, hand_over_mission
from ayni.exchange.models import Match, MatrixQuadrant, Mission, Notice, ProjectDraft
from ayni.exchange.queries.initiative_gaps import gaps
from ayni.exchange.queries.initiative_origins import openable, origins
from ayni.registry.models import Initiative
from tests.factories.agreements import agreement, form
from tests.factories.exchange import match
from tests.factories.initiatives import bare, initiative
from tests.factories.missions import World, world
from tests.factories.supply import concepts

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db) -> World:
    return world()


def agreed(here: World) -> Mission:
    mission = here.propose()
    for who, side in (("writer", "recipient"), ("BRA", "BRA"), ("CHL", "CHL")):
        mission = accept_mission(by=here.people[who], mission=mission, side=side)
    return mission


def handed_over(here: World) -> Mission:
    return hand_over_mission(by=here.people["secretariat"], mission=agreed(here))


@pytest.mark.parametrize("name", ["secretariat", "GTM", "BRA", "CHL"])
def test_the_secretariat_and_the_coordinations_of_its_sides_open_it(here, name):
    mission, person = handed_over(here), here.people[name]
    assert openable(person, mission)
    opened = open_initiative(by=person, mission=mission)
    mission.refresh_from_db()
    assert mission.initiative == opened and not openable(person, mission)
    with pytest.raises(Refused, match="already"):
        open_initiative(by=person, mission=mission)


def test_until_it_is_opened_it_waits_on_their_desks(here):
    mission = handed_over(here)

    def waits(name: str) -> bool:
        return any("Open the initiative" in task.why for task in tasks_of(here.people[name]))

    sides = {"secretariat", "GTM", "BRA", "CHL"}
    assert {name for name in here.people if waits(name)} == sides
    open_initiative(by=here.people["GTM"], mission=mission)
    assert not any(waits(name) for name in here.people)


@pytest.mark.parametrize("name", ["writer", "provider-writer", "PER", "observer"])
def test_others_do_not(here, name):
    mission, person = handed_over(here), here.people[name]
    assert not openable(person, mission)
    with pytest.raises(PermissionDenied):
        open_initiative(by=person, mission=mission)


def test_not_before_the_hand_over(here):
    mission, person = agreed(here), here.people["secretariat"]
    assert not openable(person, mission)
    with pytest.raises(Refused, match="handed over"):
        open_initiative(by=person, mission=mission)
    assert Mission.objects.get(pk=mission.pk).initiative is None


def test_it_says_what_the_mission_said(here):
    here.demand.objective = {"es": "Un registro."}
    here.demand.fictional = True
    here.demand.save()
    mission = handed_over(here)
    opened = open_initiative(by=here.people["secretariat"], mission=mission)
    assert (opened.title, opened.objective) == (here.demand.title, {"es": "Un registro."})
    assert (opened.institution, opened.cooperation_type.code) == (here.demand.institution, "triangular")
    assert (opened.state, opened.validation, opened.fictional) == ("identification", "private", True)
    roles = {one.institution.country_id: one.role.code for one in opened.participations.filter(part__isnull=True)}
    lead, second = mission.lead_id, ({"BRA", "CHL"} - {mission.lead_id}).pop()
    assert roles == {"GTM": "recipient", lead: "first-offerer", second: "second-offerer"}
    assert [one.code for one in opened.quadrants.all()] == ["Q1", "Q4"]
    assert [one.code for one in opened.topics.all()] == ["single-registry"]
    components = list(opened.components.all())
    parts = list(mission.parts.all())
    assert [one.title for one in components] == [one.offer.title for one in parts]
    for component, part in zip(components, parts, strict=True):
        told = {one.institution.pk: one.role.code for one in component.participations.all()}
        assert told == {part.offer.institution_id: "first-offerer", here.demand.institution_id: "recipient"}
    today = timezone.localdate()
    assert (opened.requested_on, opened.answered_on) == (today, today)
    assert opened.starts_on == min(part.first_month for part in parts)
    last = max(part.last_month for part in parts)
    assert (opened.ends_on.year, opened.ends_on.month) == (last.year, last.month) and opened.ends_on.day >= 28
    assert [event.verb for event in history(opened)].count("participation added") == 6
    assert history(mission).first().verb == "initiative opened"
    assert Notice.objects.filter(mission=mission, what="initiative opened").count() == 3


def test_the_draft_of_the_project_says_its_objective(here):
    mission = handed_over(here)
    screening = here.demand.screenings.create(number=1)
    ProjectDraft.objects.create(demand=here.demand, screening=screening, purpose={"es": "Propósito."})
    assert open_initiative(by=here.people["secretariat"], mission=mission).objective == {"es": "Propósito."}


def converted() -> Match:
    made = match()
    now, by = timezone.now(), made.demand.submitted_by
    Match.objects.filter(pk=made.pk).update(
        state="converted",
        demand_accepted_at=now,
        demand_accepted_by=by,
        offer_accepted_at=now,
        offer_accepted_by=by,
    )
    made.offer.modalities.set(concepts("modalities", ["field-visits"]))
    return Match.objects.get(pk=made.pk)


def test_a_match_becomes_one_too(person):
    made = converted()
    with pytest.raises(PermissionDenied):
        open_initiative_of_match(by=person("focal-point"), match=made)
    opened = open_initiative_of_match(by=person("national-coordinator"), match=made)
    made.refresh_from_db()
    assert made.initiative == opened and opened.cooperation_type.code == "horizontal"
    roles = {one.institution.code: one.role.code for one in opened.participations.all()}
    assert roles == {"CL-FOSIS": "recipient", "BR-MDS": "first-offerer"}
    assert [one.code for one in opened.quadrants.all()] == ["Q1"]
    assert [one.code for one in opened.modalities.all()] == ["field-visits"], "nothing was asked for: what is offered"
    with pytest.raises(Refused, match="already"):
        open_initiative_of_match(by=person("secretariat"), match=made)
    (origin,) = origins(person("national-coordinator"), opened)
    assert origin.url.endswith(f"/matches/{made.pk}/")
    assert not list(origins(person("expert"), opened))


def test_a_match_that_is_negotiated_does_not(person):
    made = match()
    with pytest.raises(Refused, match="converted"):
        open_initiative_of_match(by=person("secretariat"), match=made)


def test_what_cannot_be_written_leaves_the_mission_as_it_was(here):
    mission = handed_over(here)
    type(here.demand).objects.filter(pk=here.demand.pk).update(title={})
    number = Initiative.objects.count()
    with pytest.raises(Refused, match="a title"):
        open_initiative(by=here.people["secretariat"], mission=mission)
    mission.refresh_from_db()
    assert mission.initiative is None and Initiative.objects.count() == number


# The quadrant's prior agreement.


def test_each_quadrant_asks_for_its_agreement():
    made = bare("BR-MDS", "CL-FOSIS", quadrants=tuple(concepts("quadrants", ["Q1", "Q3"])))
    first, third = gaps(made, "approve")
    assert "Quadrant Q1" in first.text and "Framework agreement / Government-to-government agreement" in first.text
    assert "Quadrant Q3" in third.text and third.url.endswith(f"/initiatives/{made.code}/edit/")
    for step in ("formulate", "begin", "close", "archive"):
        assert not list(gaps(made, step))


def test_an_agreement_in_force_between_two_of_its_countries_fills_the_gap():
    made = initiative("BR-MDS", "CL-FOSIS")
    assert not list(gaps(made, "approve"))
    (standing,) = made.agreements.all()
    for change in ({"state": "signed"}, {"state": "draft"}, {"form": form("memorandum-of-understanding")}):
        type(standing).objects.filter(pk=standing.pk).update(
            **({"state": "in-force", "form": form("specific")} | change)
        )
        assert len(list(gaps(made, "approve"))) == 1, change
    type(standing).objects.filter(pk=standing.pk).update(state="in-force", form=form("specific"))
    assert not list(gaps(made, "approve"))
    standing.parties.filter(institution__code="CL-FOSIS").delete()
    assert len(list(gaps(made, "approve"))) == 1, "it binds one country alone"


def test_an_agreement_with_others_does_not_count():
    made = bare("BR-MDS", "CL-FOSIS")
    made.agreements.add(agreement("BR-MDS", "PE-MIDIS", signed=True, state="in-force", form=form("specific")))
    agreement("BR-MDS", "CL-FOSIS", signed=True, state="in-force", form=form("specific"))
    assert len(list(gaps(made, "approve"))) == 1, "the one between them does not cover it"


def test_a_quadrant_without_forms_asks_for_nothing():
    made = bare("BR-MDS", "CL-FOSIS")
    MatrixQuadrant.objects.get(scheme__status="current", quadrant__code="Q3").agreement_forms.clear()
    assert not list(gaps(made, "approve"))
