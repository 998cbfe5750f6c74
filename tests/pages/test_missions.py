"""The planner of a demand, the missions and their answers, as pages."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ayni.directory.models import Expert
from ayni.exchange.models import Mission
from ayni.exchange.queries.portfolio import portfolio
from tests.factories.missions import World, expert, month, world
from tests.factories.supply import demand, institution, offer

PAGES: dict[str, dict[str, int | str]] = {
    "missions/": {"public": "302", "expert": 3, "administrator": 3, "*": 11},
    "portfolio/": {"public": "302", "secretariat": 40, "observer": 40, "*": "403"},
    "missions/9999999/": {"public": "302", "*": "404"},
    "missions/9999999/accept/recipient/": {"public": "302", "*": "404"},
    "missions/9999999/reject/": {"public": "302", "*": "404"},
    "missions/9999999/lapse/": {"public": "302", "secretariat": "404", "*": "403"},
    "missions/9999999/hand-over/": {"public": "302", "secretariat": "404", "*": "403"},
    "missions/9999999/initiative/": {"public": "302", "*": "405"},
    "missions/9999999/handover.json": {"public": "302", "*": "404"},
    "demands/9999999/mission/": {"public": "302", "*": "404"},
    "demands/9999999/mission/propose/": {"public": "302", "secretariat": "405", "*": "403"},
}

pytestmark = pytest.mark.django_db


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


@pytest.fixture
def here(db) -> World:
    return world()


def client_of(here: World, who: str) -> Client:
    client = Client()
    if who != "public":
        client.force_login(here.people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def planner(here: World) -> str:
    return f"/en/demands/{here.demand.pk}/mission/"


def chosen(here: World, client: Client) -> Mission:
    key = client.get(planner(here)).context["best"].draft.key
    answer = client.post(f"{planner(here)}propose/", {"mission": key})
    mission = Mission.objects.get()
    assert answer["Location"] == f"/en/missions/{mission.pk}/"
    return mission


SEES = {"public": 302, "secretariat": 200, "observer": 200, "writer": 200, "GTM": 200, "BRA": 403, "PER": 403}


@pytest.mark.parametrize(("who", "status"), SEES.items())
def test_the_planner_is_for_the_network_and_the_demands_side(here, who, status):
    assert client_of(here, who).get(planner(here)).status_code == status


def test_the_planner_tells_who_when_and_the_proof_without_names(here):
    text = client_of(here, "observer").get(planner(here)).content.decode()
    assert "Proved:" in text and "no mission is worth more than" in text
    assert "No country can serve every quadrant alone." in text
    assert "BR-TEST: Q1, Q2; Spanish" in text and "Ana Reyes" not in text
    assert "at least 1,000 US dollars; the rest is not known" in text
    assert "the travel from Brazil" in text and "the daily cost of an expert of CL-TEST" in text
    assert "a framework or government-to-government agreement" in text
    assert "Brazil: no agreement in force is recorded yet." in text
    assert "Propose this mission" not in text, "an observer proposes nothing"


def test_the_pages_keep_every_promise_in_four_languages(here, visit):
    mission = chosen(here, client_of(here, "secretariat"))
    for language in ("es", "pt", "en", "fr"):
        visit(f"missions/{mission.pk}/", "secretariat", language, 23)
        visit(f"demands/{here.demand.pk}/mission/", "observer", language, 62)


def test_from_the_plan_to_the_registry(here):
    secretariat = client_of(here, "secretariat")
    mission = chosen(here, secretariat)
    page = f"/en/missions/{mission.pk}/"
    assert "While it lives no other can be proposed." in secretariat.get(planner(here)).content.decode()
    assert "It is the turn of: GT-TEST, National coordination of Brazil" in secretariat.get(page).content.decode()
    assert secretariat.get(f"{page}handover.json").status_code == 404, "not agreed yet"
    for who, side in (("writer", "recipient"), ("BRA", "BRA"), ("CHL", "CHL")):
        client = client_of(here, who)
        assert f"{page}accept/{side}/" in client.get(page).content.decode()
        assert client.get(f"{page}accept/{side}/").status_code == 200
        assert client.post(f"{page}accept/{side}/")["Location"] == page
        assert f"{page}accept/{side}/" not in client.get(page).content.decode()
    assert secretariat.get(f"{page}handover.json").json()["mission"] == mission.pk
    assert secretariat.get(f"{page}hand-over/").status_code == 200
    secretariat.post(f"{page}hand-over/")
    mission.refresh_from_db()
    assert mission.state == "handed-over"
    assert "To do: open the initiative." in client_of(here, "writer").get(page).content.decode()
    # What it becomes is opened from its page by a coordination, and leads back to it.
    assert f"{page}initiative/" not in client_of(here, "writer").get(page).content.decode()
    assert client_of(here, "writer").post(f"{page}initiative/").status_code == 403
    assert f"{page}initiative/" in client_of(here, "BRA").get(page).content.decode()
    there = client_of(here, "BRA").post(f"{page}initiative/")["Location"]
    assert f'href="{there}"' in client_of(here, "writer").get(page).content.decode()
    assert f'href="{page}"' in client_of(here, "BRA").get(there).content.decode()
    assert client_of(here, "CHL").post(f"{page}initiative/")["Location"] == page


def test_a_mission_is_rejected_with_a_reason(here):
    mission = chosen(here, client_of(here, "secretariat"))
    page, client = f"/en/missions/{mission.pk}/", client_of(here, "CHL")
    assert client.post(f"{page}reject/", {"reason": ""}).status_code == 200, "the reason is asked for"
    client.post(f"{page}reject/", {"reason": "No <b>budget</b>"})
    text = client_of(here, "writer").get(page).content.decode()
    assert "No &lt;b&gt;budget&lt;/b&gt;" in text and "Rejected" in text


def test_who_stands_outside_sees_no_mission(here):
    mission = chosen(here, client_of(here, "secretariat"))
    for who, status in (("PER", 404), ("provider-writer", 200), ("observer", 200)):
        client = client_of(here, who)
        assert client.get(f"/en/missions/{mission.pk}/").status_code == status
        listed = f"/en/missions/{mission.pk}/" in client.get("/en/missions/").content.decode()
        assert listed is (status == 200)
    assert client_of(here, "observer").post(f"/en/missions/{mission.pk}/accept/recipient/").status_code == 403
    assert client_of(here, "GTM").post(f"/en/missions/{mission.pk}/lapse/").status_code == 403


def test_a_plan_that_has_changed_is_looked_at_again(here):
    client = client_of(here, "secretariat")
    for key in ("Q1-1.Q4-2", "", "Q1", "Q1-x"):
        answer = client.post(f"{planner(here)}propose/", {"mission": key}, follow=True)
    assert "This team is not possible now" in answer.content.decode() and not Mission.objects.exists()


def test_costs_that_are_supposed_travel_with_the_proposal(here):
    client = client_of(here, "secretariat")
    page = client.get(f"{planner(here)}?travel=1500&interpretation=abc").context
    assert page["best"].draft.least == 1000 + 3000
    client.post(f"{planner(here)}propose/", {"mission": page["best"].draft.key, "travel": "1500"})
    assert float(Mission.objects.get().cost_least) == 4000


def test_why_there_is_no_mission(here):
    here.brazil.quadrants.clear()
    text = client_of(here, "secretariat").get(planner(here)).content.decode()
    assert "No published offer that fits serves Q1." in text and "Whom to ask" in text


def test_a_demand_that_is_not_eligible_or_names_no_quadrant(here):
    here.demand.needs.all().delete()
    client = client_of(here, "secretariat")
    assert "names no quadrant" in client.get(planner(here)).content.decode()
    here.demand.state = "endorsed"
    here.demand.save()
    assert "No mission can be planned now" in client.get(planner(here)).content.decode()
    assert client.post(f"{planner(here)}propose/", {"mission": "x"}).status_code == 404


def test_the_list_of_missions_does_not_ask_more_for_more(here, visit):
    expect = PAGES["missions/"]["*"]
    chosen(here, client_of(here, "secretariat"))
    text = visit("missions/", "observer", "en", int(expect))
    assert "Guatemala" in text and "Brazil, Chile" in text


# The portfolio


@pytest.fixture
def asking(here) -> World:
    """Three more demands: one that Peru could serve alone, one that nobody serves, one that names no quadrant."""
    peru = institution("PER")
    topics = ["single-registry"]
    offer("PER", topics=topics, quadrants=["Q1"], capacity_days=10)
    expert(peru, ["Q1"], {1: 10})
    demand("HND", topics=topics, days={"Q1": 10}, starts=month(1), deadline=month(8))
    demand("PAN", topics=topics, days={"Q2": 4}, starts=month(1), deadline=month(8))
    demand("PAN", topics=topics, starts=month(1), deadline=month(8))
    return here


def test_the_portfolio_serves_most_and_says_why_not(asking):
    page = client_of(asking, "secretariat").get("/en/portfolio/?price=0").context["found"]
    assert [one.demand.institution.country_id for one in page.missions] == ["GTM", "HND"]
    assert [one.reason for one in page.unserved] == [
        "No published offer that fits serves Q2.",
        "The demand names no quadrant, or its institution is of no country.",
    ]
    assert page.fair.best.status == "optimal" and page.gap == 0
    assert sum(one.days for one in page.countries) == 28 == sum(one.days for one in page.offers)
    assert page.countries_before <= page.fair.countries and page.paid <= 1e-6


def test_fairness_within_its_price_lets_the_small_provider_serve(asking):
    client = client_of(asking, "observer")
    text = client.get("/en/portfolio/?price=5").content.decode()
    found = client.get("/en/portfolio/?price=5").context["found"]
    assert found.fair.countries == 3 and 0 <= found.paid <= 5
    assert "per cent of the value was given up, of 5 at most." in text
    assert "does not place the missions in the months" in text
    assert "Propose it" not in text, "an observer proposes nothing"


@pytest.mark.parametrize("price", ["", "3", "x", "-1", "99999999999999999999"])
def test_a_price_that_is_none_counts_as_the_usual(asking, price):
    assert client_of(asking, "secretariat").get(f"/en/portfolio/?price={price}").context["found"].price == 2


def test_a_mission_of_the_portfolio_is_proposed_with_its_months(asking):
    client = client_of(asking, "secretariat")
    text = client.get("/en/portfolio/").content.decode()
    assert "Propose it" in text
    found = client.get("/en/portfolio/").context["found"]
    one = next(one for one in found.missions if one.demand.pk == asking.demand.pk)
    client.post(f"/en/demands/{one.demand.pk}/mission/propose/", {"mission": one.key})
    mission = Mission.objects.get()
    assert {f"{part.quadrant.code}-{part.offer_id}" for part in mission.parts.all()} == set(one.key.split("."))
    assert all(part.months.exists() for part in mission.parts.all())
    after = client.get("/en/portfolio/").context["found"]
    assert one.demand.pk not in {other.demand.pk for other in after.missions}, "it has a mission that lives"


def test_a_plan_without_experts_is_no_plan(asking):
    Expert.objects.filter(institution=asking.chile.institution).update(withdrawn_on=timezone.localdate())
    found = client_of(asking, "secretariat").get("/en/portfolio/").context["found"]
    assert {one.demand.pk: one.reason for one in found.unserved}[asking.demand.pk] == (
        "Offers fit, but none tells experts with the profile of Q4 and enough free days."
    )


def test_days_that_are_scarce_go_where_they_are_worth_more(here):
    second = demand("HND", topics=["single-registry"], days={"Q1": 10}, starts=month(1), deadline=month(8))
    here.brazil.capacity_days = 12
    here.brazil.save()
    found = client_of(here, "secretariat").get("/en/portfolio/?price=0").context["found"]
    assert [one.demand.pk for one in found.missions] == [here.demand.pk]
    assert [(one.demand.pk, one.reason) for one in found.unserved] == [
        (second.pk, "The days of the offers that fit go to demands in which they are worth more.")
    ]


def test_without_open_demands_the_portfolio_says_so(here):
    here.demand.state, here.demand.reason = "withdrawn", "x"
    here.demand.save()
    assert "No demand is open" in client_of(here, "secretariat").get("/en/portfolio/").content.decode()


def test_more_demands_cost_no_more_queries(asking):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            portfolio(2)
        return len(captured)

    before = queries()
    for _number in range(6):
        demand("PAN", topics=["single-registry"], days={"Q1": 3}, starts=month(1), deadline=month(8))
    assert queries() == before


# The desk


def test_what_waits_for_whom(here):
    mission = chosen(here, client_of(here, "secretariat"))
    link = f"/en/missions/{mission.pk}/"
    waiting = {who for who in here.people if link in client_of(here, who).get("/en/desk/").content.decode()}
    assert waiting == {"writer", "GTM", "BRA", "CHL"}
    for who, side in (("writer", "recipient"), ("BRA", "BRA"), ("CHL", "CHL")):
        client_of(here, who).post(f"{link}accept/{side}/")
    waiting = {who for who in here.people if link in client_of(here, who).get("/en/desk/").content.decode()}
    assert waiting == {"secretariat"}
