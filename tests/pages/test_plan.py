"""Work plans and the calendar: each page, and how a plan is written, agreed, carried out and followed."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from ayni.common.audit import history
from ayni.directory.models import Expert, Institution, Membership
from ayni.registry.models import Activity, CalendarFeed, ExpertDay
from tests.factories.plan import TODAY, activity, initiative

PUBLIC, HIDDEN = "initiatives/BR-1990-0001/plan/", "initiatives/BR-1990-0002/plan/"
KEPT: dict[str, int | str] = {"public": "302", "secretariat": "403", "expert": "403", "observer": "403"}
PAGES: dict[str, dict[str, int | str]] = {
    PUBLIC: {"public": 12, "*": 14},
    HIDDEN: {"public": "404", "expert": "404", "administrator": "404", "*": 14},
    f"{PUBLIC}add/": KEPT | {"administrator": "403", "*": 14},
    f"{PUBLIC}calendar.ics": {"public": 9, "*": 11},
    f"{HIDDEN}calendar.ics": {"public": "404", "expert": "404", "administrator": "404", "*": 11},
    f"{PUBLIC}1/": {"public": 14, "focal-point": 17, "*": 16},
    f"{PUBLIC}2/": {"public": 14, "*": 16},
    f"{PUBLIC}99/": {"*": "404"},
    f"{HIDDEN}1/": {"focal-point": 17, "national-coordinator": 16, "secretariat": 16, "observer": 16, "*": "404"},
    f"{PUBLIC}1/edit/": KEPT | {"administrator": "403", "*": 17},
    f"{PUBLIC}2/report/": KEPT | {"administrator": "403", "*": 14},
    f"{PUBLIC}1/step/cancel/": KEPT | {"administrator": "403", "*": 12},
    f"{PUBLIC}1/step/resume/": KEPT | {"administrator": "403", "*": 12},
    f"{PUBLIC}1/step/agree/": {"public": "302", "focal-point": "404", "national-coordinator": "404", "*": "403"},
    f"{PUBLIC}1/experts/book/": KEPT | {"administrator": "403", "*": 16},
    "calendar/": {"public": 14, "*": 16},
    f"calendar/?month={TODAY:%Y-%m}&country=BRA&initiative=BR-1990-0001": {"public": 14, "*": 16},
    "calendar/month.ics": {"public": 6, "*": 7},
    "calendar/feeds/": {"public": "302", "secretariat": 5, "observer": 5, "administrator": 5, "*": 6},
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plans(db):
    """A public plan and one that its sides alone read, with something in every state around today."""
    public = initiative("BR-MDS", "CL-FOSIS", validation="published")
    hidden = initiative("BR-MDS", "CL-FOSIS")
    for made in (public, hidden):
        activity(made, "BRA", first=0, last=4)
        activity(made, "BRA", "CHL", state="agreed", first=-9, last=-5)
        done = {"women": 12, "men": 8, "hours": 20, "interpretation_hours": 5, "interpretation": "pt-es"}
        activity(made, "BRA", "CHL", state="done", first=-20, last=-18, **done)
        activity(made, state="cancelled", first=-3, last=-3)
    return public, hidden


@pytest.fixture
def marcos(db) -> Expert:
    return Expert.objects.get(email="marcos.tavares@demo.ayni")


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


def queries(client, path: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def test_more_rows_are_no_more_queries(as_role, plans, marcos):
    client = as_role("focal-point")
    pages = [f"/en/{PUBLIC}", "/en/calendar/", f"/en/{PUBLIC}calendar.ics", "/en/calendar/month.ics", f"/en/{PUBLIC}1/"]
    before = [queries(client, path) for path in pages]
    experts = list(Expert.objects.filter(activity_days__isnull=True)[:3])
    for number in range(12):
        made = initiative("BR-MDS", "CL-FOSIS", "MX-SEDESOL")
        activity(made, "BRA", first=number, last=number + 2)
        more = activity(plans[0], "BRA", "CHL", first=number, last=number + 40)
        for expert in experts:
            ExpertDay.objects.create(activity=more, expert=expert, day=TODAY + timedelta(days=number))
    assert [queries(client, path) for path in pages] == before


def fields(page) -> dict[str, object]:
    return {bound.html_name: bound.value() for bound in page.context["form"] if bound.value() not in (None, "", False)}


def test_a_plan_is_written_agreed_and_carried_out_on_its_pages(as_role, plans):
    brazil, chile = as_role("focal-point"), as_role("national-coordinator")
    here = f"/en/{PUBLIC}"
    told = {
        "title_en": "Course on registries",
        "modality": "field-visits",
        "institution": "BR-MDS",
        "starts_on": f"{TODAY - timedelta(days=2)}",
        "ends_on": f"{TODAY - timedelta(days=1)}",
        "place": "Brasília",
        "country": "BRA",
        "spoken": "pt",
    }
    assert "choose both, or neither" in brazil.post(f"{here}add/", told).content.decode()
    answer = brazil.post(f"{here}add/", told | {"heard": "es"})
    made = Activity.objects.latest("pk")
    assert answer["Location"] == f"{here}{made.number}/" and made.interpretation == "pt-es"
    one = answer["Location"]
    text = brazil.get(one).content.decode()
    assert "Agree on the dates for Brazil" in text and "Agree on the dates for Chile" not in text
    assert "waits for Brazil, Chile" in text and "It is the turn of" in text
    brazil.post(f"{one}agree/BRA/", {"base": "1"})
    assert brazil.post(f"{one}agree/CHL/", {"base": "1"}).status_code == 403
    assert "agreed by Brazil; waits for Chile" in chile.get(one).content.decode()
    chile.post(f"{one}agree/CHL/", {"base": "1"})
    text = as_role("public").get(one).content.decode()
    assert "agreed by Brazil, Chile" in text and ">Agreed</span>" in text
    page = chile.get(f"{one}report/")
    report = fields(page) | {"women": "7", "men": "5", "hours": "16", "interpretation_hours": "4", "report_en": "Good."}
    chile.post(f"{one}report/", report)
    made.refresh_from_db()
    assert (made.state, made.women, made.others, made.report) == ("done", 7, None, {"en": "Good."})
    text = as_role("public").get(here).content.decode()
    assert "7 women" in text and "Share interpreted" in text and "25 %" in text
    brazil.post(f"{one}step/resume/")
    brazil.post(f"{one}step/cancel/", {"reason": "It rained."})
    assert "It rained." in as_role("public").get(one).content.decode()
    assert history(plans[0]).filter(verb="activity cancelled").exists()


def test_what_is_refused_is_said_on_the_page(as_role):
    client, here = as_role("focal-point"), f"/en/{PUBLIC}"
    text = client.post(f"{here}1/report/", fields(client.get(f"{here}1/report/"))).content.decode()
    assert "has not ended yet" in text
    assert "already" in client.post(f"{here}1/agree/BRA/", {"base": "1"}, follow=True).content.decode()
    assert client.get(f"{here}1/agree/BRA/").status_code == 405


def test_the_later_of_two_sees_what_the_other_has_saved(as_role, plans):
    client, here = as_role("focal-point"), f"/en/{PUBLIC}1/edit/"
    data = fields(client.get(here))
    client.post(here, data | {"place": "First place"})
    page = client.post(here, data | {"place": "Second place"})
    text = page.content.decode()
    assert "What the other person has saved" in text and "First place" in text and "Second place" in text
    client.post(here, fields(page) | {"place": "Both"})
    assert plans[0].activities.get(number=1).place == "Both"


def test_the_later_of_two_reports_sees_the_other(as_role):
    client, here = as_role("focal-point"), f"/en/{PUBLIC}2/report/"
    data = fields(client.get(here))
    client.post(here, data | {"women": "31"})
    text = client.post(here, data | {"women": "17"}).content.decode()
    assert "What the other person has saved" in text and "31" in text


def test_experts_are_booked_and_released_on_the_page(as_role, plans, marcos):
    client, here = as_role("focal-point"), f"/en/{PUBLIC}1/"
    page = client.get(f"{here}experts/book/")
    names = [str(label) for _pk, label in page.context["form"].fields["expert"].choices]
    assert any(marcos.name in name for name in names) and not any("Paula" in name for name in names)
    data = fields(page) | {"expert": f"{marcos.pk}", "weekends": "on"}
    assert (
        "outside the activity"
        in client.post(f"{here}experts/book/", data | {"last": f"{TODAY + timedelta(days=30)}"}).content.decode()
    )
    client.post(f"{here}experts/book/", data)
    assert plans[0].activities.get(number=1).expert_days.count() == 5
    seen = {
        role: as_role(role).get(here).content.decode() for role in ("focal-point", "national-coordinator", "public")
    }
    number = f"Expert {marcos.pk}"
    assert marcos.name in seen["focal-point"]
    assert number in seen["national-coordinator"] and marcos.name not in seen["national-coordinator"]
    assert "1 expert comes" in seen["public"] and number not in seen["public"] and marcos.name not in seen["public"]
    other = f"/en/{HIDDEN}1/experts/book/"
    assert "is at “Activity 1” (BR-1990-0001)" in client.post(other, data).content.decode()
    client.post(f"{here}experts/{marcos.pk}/release/")
    assert not plans[0].activities.get(number=1).expert_days.exists()
    assert client.post(f"{here}experts/{marcos.pk}/release/").status_code == 404


def test_an_overdue_activity_says_whose_turn_it_is(as_role):
    text = as_role("public").get(f"/en/{PUBLIC}").content.decode()
    assert "1 activity is overdue" in text and "It is the turn of" in text
    assert "report that it was done, or cancel it" in text


def test_the_chart_says_in_words_what_it_draws(as_role):
    text = as_role("public").get(f"/en/{PUBLIC}").content.decode()
    assert "3 of 3 activities" not in text and "2 of 3 activities have dates that every side agreed on" in text
    assert text.count('class="gantt__bar gantt__bar--') >= 4 and "style=" not in text
    for look in ("planned", "overdue", "done", "cancelled", "joint"):
        assert f"gantt__bar--{look}" in text, look


def test_a_plan_without_activities_says_what_to_do(as_role):
    made = initiative("BR-MDS", "CL-FOSIS", validation="published")
    here = f"/en/initiatives/{made.code}/plan/"
    assert "Add an activity" in as_role("focal-point").get(here).content.decode()
    text = as_role("public").get(here).content.decode()
    assert "No activity yet" in text and "Add an activity" not in text


def test_follow_up_is_planned_in_ex_post(as_role):
    made = initiative("BR-MDS", "CL-FOSIS", state="ex-post")
    client, here = as_role("focal-point"), f"/en/initiatives/{made.code}/plan/"
    page = client.get(f"{here}add/")
    assert page.context["form"]["follow_up"].value() is True
    told = {"title_en": "Videoconference", "modality": "field-visits", "institution": "BR-MDS"}
    told |= {"starts_on": f"{TODAY}", "ends_on": f"{TODAY}", "online": "on"}
    assert "only follow-up" in client.post(f"{here}add/", told).content.decode()
    client.post(f"{here}add/", told | {"follow_up": "on"})
    text = client.get(here).content.decode()
    assert "Follow-up" in text and "Online" in text


# The calendar


def month(day: date) -> str:
    return f"/en/calendar/?month={day:%Y-%m}"


def test_the_month_shows_what_the_reader_may_see(as_role, plans):
    public, sides = as_role("public").get(month(TODAY)), as_role("national-coordinator").get(month(TODAY))
    assert "BR-1990-0001" in public.content.decode() and "BR-1990-0002" not in public.content.decode()
    assert "BR-1990-0002" in sides.content.decode()


def test_the_months_lead_to_one_another_and_keep_what_was_asked(as_role):
    text = as_role("public").get("/en/calendar/?month=2027-01&country=BRA").content.decode()
    assert "January 2027" in text
    assert "?month=2026-12&amp;country=BRA" in text and "?month=2027-02&amp;country=BRA" in text
    for odd in ("2027-13", "0000-01", "x", "2027-1", "²027-01"):
        assert f"{timezone.localdate():%B %Y}" in as_role("public").get(f"/en/calendar/?month={odd}").content.decode()


def test_a_month_can_be_asked_for_a_country_and_an_initiative(as_role, plans):
    other = initiative("MX-SEDESOL", "CO-DPS", validation="published")
    activity(other, first=0, last=0, title={"en": "Mexican workshop"})
    public = as_role("public")
    assert "Mexican workshop" in public.get(month(TODAY)).content.decode()
    assert "Mexican workshop" not in public.get(f"{month(TODAY)}&country=BRA").content.decode()
    text = public.get(f"{month(TODAY)}&initiative={other.code}").content.decode()
    assert "Mexican workshop" in text and "Activity 1" not in text
    # Asked for in a month in which it does nothing, it stays asked for.
    far = public.get(f"/en/calendar/?month=2031-05&initiative={other.code}")
    assert far.context["filtering"] and not far.context["rows"]


def test_a_day_with_more_than_finds_a_place_leads_to_them(as_role, plans):
    for _number in range(6):
        activity(plans[0], first=0, last=0)
    here = f"{month(TODAY)}&initiative=BR-1990-0001"
    page = as_role("public").get(here)
    days = {day.date: day for week in page.context["weeks"] for day in week.days}
    there = days[TODAY]
    assert there.count == 7 and there.more == 3
    listed = as_role("public").get(f"{here}&day={TODAY}")
    assert len(listed.context["rows"]) == 7
    assert len(as_role("public").get(f"{here}&day=2001-02-31").context["rows"]) >= 7


def test_an_activity_of_years_is_in_its_months(as_role, plans):
    long = activity(plans[0], first=-1000, last=60)
    rows = as_role("public").get(f"{month(TODAY)}&initiative=BR-1990-0001").context["rows"]
    assert long.pk in {row.activity.pk for row in rows}


# Files and addresses for calendars


def events(response) -> dict[str, dict]:
    """{UID: event} of a calendar, without those of the demonstration."""
    assert response.status_code == 200 and response["Content-Type"].startswith("text/calendar")
    found = {str(event["UID"]): event for event in Calendar.from_ical(response.content).walk("VEVENT")}
    return {uid: event for uid, event in found.items() if "-1990-" in uid}


def test_a_plan_is_taken_into_a_calendar(as_role, plans):
    found = events(as_role("public").get(f"/en/{PUBLIC}calendar.ics"))
    assert len(found) == 4
    first = found["BR-1990-0001-1@ayni"]
    assert (first["DTSTART"].dt, first["DTEND"].dt) == (TODAY, TODAY + timedelta(days=5))
    assert (first["STATUS"], first["SEQUENCE"]) == ("TENTATIVE", 1)
    assert first["URL"].endswith(f"/en/{PUBLIC}1/")
    assert [found[f"BR-1990-0001-{number}@ayni"]["STATUS"] for number in (2, 3, 4)] == [
        "CONFIRMED",
        "CONFIRMED",
        "CANCELLED",
    ]


def test_the_month_is_taken_into_a_calendar(as_role):
    public = events(as_role("public").get(f"/en/calendar/month.ics?month={TODAY:%Y-%m}"))
    assert public and all(uid.startswith("BR-1990-0001") for uid in public)
    sides = events(as_role("focal-point").get(f"/en/calendar/month.ics?month={TODAY:%Y-%m}&country=CHL"))
    assert set(public) < set(sides)
    initiative("MX-SEDESOL", "CO-DPS", validation="published")
    assert not events(as_role("focal-point").get(f"/en/calendar/month.ics?month={TODAY:%Y-%m}&country=MEX"))


def made_address(client, code: str = "") -> str:
    page = client.post("/es/calendar/feeds/", {"initiative": code})
    return page.context["address"].partition("/es/")[2]


def test_an_address_shows_what_its_owner_may_see_at_that_time(as_role, client, plans):
    owner = as_role("focal-point")
    address = made_address(owner)
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert len(token) >= 40 and not CalendarFeed.objects.filter(digest=token).exists()
    found = events(client.get(f"/es/{address}"))
    assert {uid.rpartition("-")[0] for uid in found} == {"BR-1990-0001", "BR-1990-0002"}
    assert token not in owner.get("/en/calendar/feeds/").content.decode()
    hidden = plans[1]
    hidden.participations.filter(institution__code="BR-MDS").delete()
    hidden.institution = Institution.objects.get(code="CL-FOSIS")
    hidden.save()
    found = events(client.get(f"/es/{address}"))
    assert {uid.rpartition("-")[0] for uid in found} == {"BR-1990-0001"}


def test_an_address_of_one_initiative_has_its_activities_alone(as_role, client):
    address = made_address(as_role("focal-point"), "BR-1990-0002")
    found = events(client.get(f"/es/{address}"))
    assert len(found) == 4 and all(uid.startswith("BR-1990-0002") for uid in found)


def test_an_address_speaks_the_language_in_which_it_was_made(as_role, client):
    address = made_address(as_role("focal-point"))
    first = next(iter(events(client.get(f"/en/{address}")).values()))
    assert "/es/initiatives/" in first["URL"]


def test_a_revoked_address_is_gone_and_an_unknown_one_was_never_there(as_role, client):
    owner = as_role("focal-point")
    address = made_address(owner)
    feed = CalendarFeed.objects.get()
    assert as_role("national-coordinator").post(f"/en/calendar/feeds/{feed.pk}/revoke/").status_code == 404
    assert client.get(f"/es/{address}").status_code == 200
    owner.post(f"/en/calendar/feeds/{feed.pk}/revoke/")
    assert client.get(f"/es/{address}").status_code == 410
    assert client.get("/es/calendar/feed/unknown.ics").status_code == 404
    assert "already" in owner.post(f"/en/calendar/feeds/{feed.pk}/revoke/", follow=True).content.decode()
    assert "revoked on" in owner.get("/en/calendar/feeds/").content.decode()


def test_an_address_of_somebody_who_has_left_is_gone(as_role, client, person):
    address = made_address(as_role("focal-point"))
    owner = person("focal-point")
    owner.is_active = False
    owner.save()
    assert client.get(f"/es/{address}").status_code == 410


def test_nobody_collects_addresses(as_role):
    client = as_role("expert")
    for _number in range(20):
        made_address(client)
    assert "20 addresses in use" in client.post("/en/calendar/feeds/", {"initiative": ""}).content.decode()


def test_the_secret_is_not_kept_by_the_browser_or_the_record(as_role):
    client = as_role("focal-point")
    page = client.post("/en/calendar/feeds/", {"initiative": ""})
    token = page.context["address"].rpartition("/")[2].removesuffix(".ics")
    assert "no-store" in page["Cache-Control"]
    (event,) = history(CalendarFeed.objects.get())
    assert not event.public and token not in str(event.after)


# The desk


def desk(client) -> str:
    return client.get("/en/desk/").content.decode()


def test_what_waits_for_whom_is_on_the_desk(as_role, plans):
    made = plans[0]
    late = activity(made, "BRA", first=-3, last=-2, title={"en": "Late visit"})
    activity(made, "BRA", title={"en": "Chile is asked"})
    activity(made, "CHL", title={"en": "Brazil is asked"})
    brazil, chile = desk(as_role("focal-point")), desk(as_role("national-coordinator"))
    assert "Brazil is asked" in brazil and "Chile is asked" not in brazil
    assert "Chile is asked" in chile and "Brazil is asked" not in chile
    assert "Late visit" in brazil and "propose other dates" in brazil and "Late visit" not in chile
    assert "Reports of activities that are owed" in brazil and "report that it was done" in brazil
    for role in ("secretariat", "expert", "observer", "administrator"):
        text = desk(as_role(role))
        assert "is asked" not in text and "Late visit" not in text, role
    late.initiative.state = "archived"
    late.initiative.closed_on = TODAY
    late.initiative.save()
    assert "Late visit" not in desk(as_role("focal-point"))


def test_a_focal_point_is_asked_where_the_own_institution_takes_part(as_role):
    made = initiative("CL-FOSIS", "BR-ABC")
    activity(made, title={"en": "Not of this ministry"})
    assert "Not of this ministry" not in desk(as_role("focal-point"))
    assert "Not of this ministry" in desk(as_role("coordinacion.br@demo.ayni"))


def test_the_coordination_of_who_keeps_the_record_is_asked_for_countries_that_have_none(as_role):
    spoken = Membership.objects.filter(role="national-coordinator").values("country")
    silent = Institution.objects.filter(country__isnull=False).exclude(country__in=spoken).first()
    made = activity(initiative("BR-MDS", silent.code), "BRA", title={"en": "Nobody answers there"})
    assert "Nobody answers there" in desk(as_role("coordinacion.br@demo.ayni"))
    assert "Nobody answers there" not in desk(as_role("focal-point"))
    made.initiative.participations.filter(institution=silent).delete()
    assert "Nobody answers there" not in desk(as_role("coordinacion.br@demo.ayni"))


def test_an_expert_who_has_withdrawn_is_to_be_replaced(as_role, plans, marcos):
    made = activity(plans[0], "BRA", "CHL", state="agreed", title={"en": "Without its expert"})
    made.expert_days.create(expert=marcos, day=made.starts_on)
    assert "Without its expert" not in desk(as_role("focal-point"))
    Expert.objects.filter(pk=marcos.pk).update(withdrawn_on=TODAY)
    assert "Without its expert" in desk(as_role("focal-point"))
    assert "Without its expert" not in desk(as_role("national-coordinator"))
    text = as_role("national-coordinator").get(f"/en/{PUBLIC}{made.number}/").content.decode()
    assert "Has withdrawn the consent" in text and marcos.name not in text


def test_the_desk_asks_no_more_for_more_rows(as_role, plans):
    client = as_role("coordinacion.br@demo.ayni")
    activity(plans[0])
    activity(plans[1], "BRA", first=-9, last=-8)
    before = queries(client, "/en/desk/")
    for _number in range(5):
        activity(plans[0])
        activity(plans[1], "BRA", first=-9, last=-8)
    assert queries(client, "/en/desk/") == before


def test_the_file_of_a_month_without_an_account_is_bounded(as_role, monkeypatch):
    monkeypatch.setattr("ayni.registry.views.plan.calendar.MOST_WITHOUT_ACCOUNT", 0)
    address = f"/en/calendar/month.ics?month={TODAY:%Y-%m}"
    page = as_role("public").get(address)
    assert page.status_code == 403 and "sign in to take all of it" in page.content.decode()
    assert as_role("focal-point").get(address).status_code == 200
