"""Keeping obstacles and joint products: who may, what is refused; how often which obstacle was met."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ayni.accounts.models import User
from ayni.common.errors import Conflict, Refused
from ayni.directory.models import Institution
from ayni.learning.actions import obstacles, products
from ayni.learning.actions.obstacles import Measure, ObstacleFacts
from ayni.learning.actions.products import ProductFacts
from ayni.learning.models import Obstacle, Product
from ayni.learning.queries.obstacle_counts import by_year, counts, live_table
from ayni.learning.queries.obstacles import filtered, measures, obstacles_for, others_did
from tests.factories import lessons as made

pytestmark = pytest.mark.django_db
YESTERDAY = made.TODAY - timedelta(days=1)


def facts(**values) -> ObstacleFacts:
    given = {
        "kind": made.term("obstacles", "language-barriers"),
        "text": {"en": "No interpreter."},
        "seen_on": YESTERDAY,
    }
    return ObstacleFacts(**(given | values))


def thing(**values) -> ProductFacts:
    given = {
        "title": {"en": "Manual"},
        "description": {},
        "made_on": YESTERDAY,
        "institutions": (made.institution("BR-MDS"), made.institution("CL-FOSIS")),
    }
    return ProductFacts(**(given | values))


def test_who_keeps_obstacles_and_products(person):
    of, before = made.initiative(), (Obstacle.objects.count(), Product.objects.count())
    keepers = {"punto.focal@demo.ayni", "coordinacion.br@demo.ayni"}
    chilean = {"coordinacion@demo.ayni", "fosis@demo.ayni"}
    for email in (*keepers, *chilean, "secretaria@demo.ayni", "experta@demo.ayni", "observador@demo.ayni"):
        by = User.objects.get(email=email)
        if email in keepers:
            kept = obstacles.register_obstacle(
                by=by, institution=made.institution("BR-MDS"), facts=facts(initiative=of)
            )
            obstacles.remove_obstacle(by=by, obstacle=kept)
        else:
            with pytest.raises(PermissionDenied):
                obstacles.register_obstacle(by=by, institution=made.institution("BR-MDS"), facts=facts())
        if email in keepers | chilean:
            products.remove_product(by=by, product=products.add_product(by=by, initiative=of, facts=thing()))
        else:
            with pytest.raises(PermissionDenied):
                products.add_product(by=by, initiative=of, facts=thing())
    assert (Obstacle.objects.count(), Product.objects.count()) == before


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"text": {}}, "what stood in the way"),
        ({"kind": "human-resources"}, "from the list"),
        ({"seen_on": made.TODAY + timedelta(days=1)}, "not come yet"),
        ({"initiative": "foreign"}, "does not take part"),
    ],
    ids=str,
)
def test_an_obstacle_that_does_not_hold(person, values, said):
    if "kind" in values:
        values = {"kind": made.term("obstacles", values["kind"])}
    if "initiative" in values:
        values = {"initiative": made.initiative(code="CL-2026-9002", givers=("CO-DPS",), receivers=("CL-FOSIS",))}
    with pytest.raises(Refused, match=said):
        obstacles.register_obstacle(
            by=person("focal-point"), institution=made.institution("BR-MDS"), facts=facts(**values)
        )


def test_an_international_institution_registers_none(person):
    world = Institution.objects.get(code="XX-WB")
    person("focal-point").memberships.update(institution=world)
    with pytest.raises(Refused, match="for a country"):
        obstacles.register_obstacle(by=User.objects.get(pk=person("focal-point").pk), institution=world, facts=facts())


def test_a_counter_measure_and_what_became_of_it(person):
    focal, one = person("focal-point"), made.obstacle()
    for measure, said in (
        (Measure({"en": "Lessons."}, None), "what was done about it and from which day"),
        (Measure({}, YESTERDAY), "what was done about it and from which day"),
        (Measure({}, None, "yes"), "said of a counter-measure"),
        (Measure({"en": "x"}, made.TODAY + timedelta(days=1)), "lies between"),
        (Measure({}, None, ended_on=one.seen_on - timedelta(days=1)), "lies between"),
    ):
        with pytest.raises(Refused, match=said):
            obstacles.take_measure(by=focal, obstacle=one, base=1, measure=measure)
    told = Measure({"en": "Lessons of Spanish."}, YESTERDAY, "partly", made.TODAY)
    kept = obstacles.take_measure(by=focal, obstacle=one, base=1, measure=told)
    assert (kept.worked, kept.ended_on, kept.revision) == ("partly", made.TODAY, 2)
    with pytest.raises(Conflict):
        obstacles.take_measure(by=focal, obstacle=one, base=1, measure=told)
    with pytest.raises(Conflict):
        obstacles.edit_obstacle(by=focal, obstacle=one, base=1, facts=facts())
    with pytest.raises(Refused, match="seen before something was done"):
        obstacles.edit_obstacle(by=focal, obstacle=one, base=2, facts=facts(seen_on=made.TODAY))
    assert obstacles.edit_obstacle(by=focal, obstacle=one, base=2, facts=facts()).text == {"en": "No interpreter."}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": {}}, "title"),
        ({"made_on": made.TODAY + timedelta(days=1)}, "not come yet"),
        ({"institutions": ("BR-MDS",)}, "at least two"),
        ({"institutions": ("BR-MDS", "CO-DPS")}, "at least two"),
    ],
    ids=str,
)
def test_a_product_that_does_not_hold(person, values, said):
    if "institutions" in values:
        values = {"institutions": tuple(made.institution(code) for code in values["institutions"])}
    with pytest.raises(Refused, match=said):
        products.add_product(by=person("focal-point"), initiative=made.initiative(), facts=thing(**values))


def test_a_product_needs_an_initiative_that_has_begun_and_one_editor_at_a_time(person):
    focal = person("focal-point")
    early = made.initiative(code="BR-2026-9003", state="formulation")
    merged = made.initiative(code="BR-2026-9004", merged_into=early)
    for of, said in ((early, "once it has begun"), (merged, "merged into another")):
        with pytest.raises(Refused, match=said):
            products.add_product(by=focal, initiative=of, facts=thing())
    one = products.add_product(by=focal, initiative=made.initiative(), facts=thing())
    products.edit_product(by=focal, product=one, base=1, facts=thing(licence="CC BY 4.0"))
    with pytest.raises(Conflict):
        products.edit_product(by=focal, product=one, base=1, facts=thing())


def test_how_often_by_type_country_and_year(client):
    Obstacle.objects.all().delete()
    made.obstacle(seen_on=date(2008, 3, 1))
    made.obstacle(seen_on=date(2010, 3, 1))
    made.obstacle(by="CL-FOSIS", kind="political-change", seen_on=date(2010, 5, 1))
    found = counts(Obstacle.objects.all())
    assert found.cells == {"language-barriers": {"BRA": 2}, "political-change": {"CHL": 1}}
    assert found.years == {
        2008: {"human-resources": 1},
        2009: {},
        2010: {"human-resources": 1, "sustainability-replicability": 1},
    }
    assert (found.total, found.countries) == (3, {"BRA", "CHL"})
    assert [tuple(row.values()) for row in by_year(found)] == [
        (2008, 2008, 1, 50),
        (2009, 2009, 0, 0),
        (2010, 2010, 2, 100),
    ]
    made.obstacle(seen_on=date(2004, 1, 1))
    gap = by_year(counts(Obstacle.objects.all()))[1]
    assert (gap["first"], gap["last"], gap["number"]) == (2005, 2007, 0)
    table = live_table(found)
    assert [one.pk for one in table["countries"]] == ["BRA", "CHL"]
    rows = {row["code"]: row["cells"] for group in table["groups"] for row in group["rows"]}
    assert rows["language-barriers"] == [2, 0] and rows["political-change"] == [0, 1] and len(rows) == 18
    assert counts(Obstacle.objects.none()).years == {}


def test_what_worked_comes_first_and_what_is_asked_is_found(person):
    Obstacle.objects.all().delete()
    taken = {"taken_on": YESTERDAY, "counter_measure": {"es": "Clases de español."}}
    failed, worked = made.obstacle(worked="no", **taken), made.obstacle(worked="yes", **taken)
    bare = made.obstacle(kind="political-change")
    rows = obstacles_for(person("focal-point"))
    assert list(measures(rows)) == [worked, failed]
    assert list(others_did(person("focal-point"), failed)) == [worked]
    assert set(filtered(rows, kind="human-resources")) == {failed, worked}
    assert set(filtered(rows, standing="unmet", country="BRA")) == {bare}
    assert set(filtered(rows, text="clases espanol")) == {failed, worked}
    assert not filtered(rows, standing="ended").exists()
    assert not filtered(rows, year="1999").exists()


def test_an_obstacle_of_a_private_initiative_stays_with_its_sides(person):
    closed = made.obstacle(made.initiative(validation="private"))
    assert closed in obstacles_for(person("focal-point"))
    assert closed not in obstacles_for(person("expert"))
