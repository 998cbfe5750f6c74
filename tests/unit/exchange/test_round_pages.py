"""The pages of exchange rounds, used: set up, interests, timetable, late changes."""

import pytest

from ayni.exchange.actions.rounds import committee, steps
from ayni.exchange.models import CommitteeCriteria, ExchangeRound, RoundState
from tests.unit.exchange.rounds import both_see, free_slot, in_committee, in_state, judged, one, prepared, topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat(as_role):
    return as_role("secretariat")


def address(round_: ExchangeRound, rest: str = "") -> str:
    return f"/en/exchange/rounds/{round_.code}/{rest}"


def told(client, path: str, values: dict) -> str:
    """What the page says after a form was sent to it."""
    return client.post(path, values, follow=True).content.decode()


def test_the_secretariat_makes_a_round_and_sets_it_up(secretariat):
    values = {
        "code": "rueda-x",
        "title_es": "Rueda",
        "place_es": "Lima",
        "starts_on": "2027-03-10",
        "ends_on": "2027-03-11",
        "interests_until": "2027-03-01",
        "time_zone": "America/Lima",
        "languages": ["es", "en"],
    }
    assert "The last day of the round comes before the first" in told(
        secretariat, "/en/exchange/rounds/new/", values | {"ends_on": "2027-03-01"}
    )
    assert "Setting up" in told(secretariat, "/en/exchange/rounds/new/", values)
    round_ = ExchangeRound.objects.get(code="rueda-x")
    setup = address(round_, "setup/")
    for sent in (
        {"add": "delegation", "delegation-country": "CHL", "delegation-languages": ["es"]},
        {"add": "delegation", "delegation-country": "PER", "delegation-languages": ["es"]},
        {"add": "slot", "slot-day": "2027-03-10", "slot-starts_at": "09:00", "slot-ends_at": "09:40"},
        {"add": "room", "room-name": "Sala 1"},
        {
            "add": "interpreters",
            "interpreters-one_language": "es",
            "interpreters-other_language": "en",
            "interpreters-count": "2",
        },
    ):
        assert "Added." in told(secretariat, setup, sent)
    assert "comes to this round already" in told(
        secretariat, setup, {"add": "delegation", "delegation-country": "CHL", "delegation-languages": ["es"]}
    )
    assert "Removed." in told(secretariat, setup, {"remove": f"room-{round_.rooms.get().pk}"})
    assert secretariat.post(setup, {"remove": "room-99999"}).status_code == 404
    told(secretariat, setup, {"add": "room", "room-name": "Sala 2"})
    assert "The delegations can give their interests" in told(secretariat, address(round_, "step/open-interests/"), {})
    assert "The round is changed" in told(secretariat, address(round_, "edit/"), values | {"place_es": "Cusco"})


def test_a_step_that_is_refused_says_why(secretariat):
    round_ = prepared(rooms=0)
    assert "There is no room" in told(secretariat, address(round_, "step/open-interests/"), {})


def test_a_delegation_gives_changes_and_withdraws_an_interest(as_role):
    round_ = in_state(RoundState.INTERESTS)
    brazil = one(round_, "BR-MDS")
    client = as_role("focal-point")
    page = address(round_, "delegations/BR-MDS/")
    values = {"partner": "CO-DPS", "aim": "seek", "topic": topic().code, "weight": "3", "note": "<b>Visits</b>"}
    assert "The interest is saved" in told(client, page + "interests/new/", values)
    assert "This interest is given already" in told(client, page + "interests/new/", values)
    mine = brazil.interests.get(partner__code="CO-DPS")
    assert "&lt;b&gt;Visits" in client.get(page).content.decode()
    assert client.get(page + f"interests/{mine.pk}/").status_code == 200
    told(client, page + f"interests/{mine.pk}/", values | {"weight": "1"})
    mine.refresh_from_db()
    assert mine.weight == 1
    assert "withdrawn" in told(client, page + f"interests/{mine.pk}/withdraw/", {})
    assert client.get(page + f"interests/{mine.pk}/").status_code == 404


def test_nobody_gives_an_interest_for_another_delegation(as_role):
    round_ = in_state(RoundState.INTERESTS)
    theirs = one(round_, "CHL").interests.get()
    client = as_role("focal-point")
    assert client.get(address(round_, "delegations/CHL/interests/new/")).status_code == 403
    assert client.post(address(round_, f"delegations/CHL/interests/{theirs.pk}/withdraw/")).status_code == 403


def test_a_delegation_says_who_comes_and_the_others_do_not_read_the_names(as_role):
    round_ = prepared()
    edit = address(round_, "delegations/CHL/edit/")
    chile = as_role("national-coordinator")
    for sent in (
        {"do": "delegate", "delegate-name": "Sofía Secreta", "delegate-leads": "on"},
        {"do": "languages", "languages-languages": ["es", "en"]},
        {"do": "absences", "absences-slots": [str(round_.slots.first().pk)]},
        {"do": "programme", "programme-name_es": "Ventanilla", "programme-topic": topic().code},
    ):
        assert "Saved." in told(chile, edit, sent)
    delegation = one(round_, "CHL")
    assert (delegation.languages, delegation.absences.count()) == ("es en", 1)
    ExchangeRound.objects.filter(pk=round_.pk).update(state=RoundState.INTERESTS)
    page = address(round_, "delegations/CHL/")
    seen = {role: "Sofía Secreta" in as_role(role).get(page).content.decode() for role in ("public", "focal-point")}
    seen |= {
        role: "Sofía Secreta" in as_role(role).get(page).content.decode() for role in ("observer", "administrator")
    }
    assert not any(seen.values()), seen
    assert "Sofía Secreta" in chile.get(page).content.decode()
    record = as_role("administrator").get(f"/en/records/exchange.Delegation/{delegation.pk}/")
    assert "Sofía Secreta" not in record.content.decode()
    assert "Removed." in told(chile, edit, {"remove": f"delegate-{delegation.delegates.get().pk}"})
    assert "Removed." in told(chile, edit, {"remove": f"programme-{delegation.programmes.get().pk}"})


def test_the_secretariat_plans_repairs_and_moves(secretariat):
    round_ = in_state(RoundState.PLANNING)
    assert "The timetable is planned" in told(secretariat, address(round_, "timetable/plan/"), {})
    room = round_.meetings.first().room
    lost = {"slots": [str(round_.meetings.first().slot_id)]}
    told(secretariat, address(round_, f"timetable/late/rooms/{room.number}/"), lost)
    page = secretariat.get(address(round_, "timetable/")).content.decode()
    assert "can no longer be held as it stands" in page
    assert "What moved" in told(secretariat, address(round_, "timetable/repair/"), {"how": "few"})
    first = address(round_, "meetings/1/")
    assert "Let it move" in told(secretariat, first, {"do": "pin"})
    assert "stays where it is" not in told(secretariat, first, {"do": "unpin"})
    free = free_slot(round_)
    moved = {"do": "move", "slot": free.pk, "room": round_.rooms.last().pk}
    assert "pinned there" in told(secretariat, first, moved)
    assert "cancelled" in told(secretariat, first, {"do": "cancel", "cancel-reason": "Illness"})
    assert "waits for a place" in told(secretariat, first, {"do": "take-up"})
    assert "This field is required" in told(secretariat, first, {"do": "move"})


def test_a_repair_says_which_pinned_meeting_stands_in_the_way(secretariat):
    round_ = in_state(RoundState.PLANNING)
    meeting = round_.meetings.first()
    told(secretariat, address(round_, f"meetings/{meeting.number}/"), {"do": "pin"})
    chile = address(round_, f"delegations/{meeting.one.code}/edit/")
    told(secretariat, chile, {"do": "absences", "absences-slots": [str(meeting.slot_id)]})
    page = told(secretariat, address(round_, "timetable/repair/"), {"how": "few"})
    assert "stays where it is, because it is pinned" in page


def test_only_the_secretariat_changes_a_meeting(as_role):
    round_ = in_state(RoundState.PLANNING)
    assert as_role("focal-point").post(address(round_, "meetings/1/"), {"do": "pin"}).status_code == 403
    assert as_role("public").get(address(round_, "meetings/1/")).status_code == 302


def test_a_draft_is_not_there_for_the_public(as_role):
    round_ = prepared()
    assert as_role("public").get(address(round_)).status_code == 404
    assert as_role("national-coordinator").get(address(round_)).status_code == 200


def test_both_sides_fill_their_forms_and_read_each_other(as_role):
    round_ = in_state(RoundState.RUNNING)
    meeting = round_.meetings.get(one__code="BR-MDS", other__code="CHL")
    form = address(round_, f"meetings/{meeting.number}/forms/")
    values = {"interest": "3", "sees_action": "yes", "what": "A visit <i>", "topic": topic().code}
    values |= {"modality": "field-visits", "stance": "offer", "contact": "Sofía Secreta"}
    brazil, chile = as_role("focal-point"), as_role("national-coordinator")
    assert "Say what could be done" in told(brazil, form + "BR-MDS/", values | {"what": ""})
    page = told(brazil, form + "BR-MDS/", values)
    assert "The form is saved" in page and "A visit &lt;i&gt;" in page
    assert brazil.get(form + "CHL/").status_code == 403
    assert brazil.get(form + "CO-DPS/").status_code == 404
    both = told(chile, form + "CHL/", values | {"stance": "receive", "what": "The manual"})
    assert "A visit &lt;i&gt;" in both and "Sofía Secreta" in both and "the potential action" in both
    action = round_.actions.get()
    names = {role: as_role(role).get(address(round_, f"meetings/{meeting.number}/")) for role in ("observer", "expert")}
    assert "Sofía Secreta" not in names["observer"].content.decode()
    assert "A visit" not in names["expert"].content.decode()
    assert "BR-MDS" in str(action.offerer.code)


def test_who_is_never_there_is_named_and_what_cannot_stand_is_read_before_the_meetings(secretariat):
    round_ = in_state(RoundState.PLANNING)
    chile = one(round_, "CHL")
    slots = [slot.pk for slot in round_.slots.filter(is_break=False)]
    page = address(round_, "delegations/CHL/edit/")
    said = "Chile is away in every slot: nobody can meet it."
    assert said in told(secretariat, page, {"do": "absences", "absences-slots": slots})
    assert chile.absences.count() == len(slots)
    for rest in ("setup/", "timetable/"):
        assert said in secretariat.get(address(round_, rest)).content.decode()
    assert "Chile is away in that slot." in secretariat.get(address(round_, "step/begin-meetings/")).content.decode()
    assert said not in told(secretariat, page, {"do": "absences"})


def test_an_interest_is_given_until_the_last_day(as_role, secretariat):
    round_ = in_state(RoundState.INTERESTS)
    page, coordinator = address(round_, "delegations/CHL/interests/new/"), as_role("national-coordinator")
    assert coordinator.get(page).status_code == 200
    ExchangeRound.objects.filter(pk=round_.pk).update(interests_until="2020-01-01")
    assert coordinator.get(page).status_code == 404 and secretariat.get(page).status_code == 200


def test_what_a_side_says_is_read_by_the_two_and_the_committee_alone(as_role, person):
    round_ = in_state(RoundState.RUNNING)
    action = both_see(round_.meetings.get(one__code="BR-MDS", other__code="CO-DPS"))
    page = address(round_, f"actions/{action.number}/")
    reads = {role: "A visit" in as_role(role).get(page).content.decode() for role in ("focal-point", "observer")}
    other = as_role("national-coordinator").get(page)
    assert reads == {"focal-point": True, "observer": True} and other.status_code == 200
    assert "What each side says" not in other.content.decode()


def test_the_selection_is_told_to_all_when_the_round_closes(as_role, person):
    round_ = in_committee([person("observer"), person("expert")])
    first, *others = [judged(action, person("observer"), person("expert")) for action in round_.actions.all()]
    committee.decide(by=None, action=first, selected=True, reason="Both have hours")
    pages = [address(round_, "actions/"), address(round_, f"actions/{first.number}/")]

    def tells(role: str) -> list[bool]:
        return ["selected for follow-up" in as_role(role).get(page).content.decode() for page in pages]

    assert tells("secretariat") == [True, True] and tells("focal-point") == tells("expert") == [False, False]
    assert "Both have hours" not in as_role("focal-point").get(pages[1]).content.decode()
    for action in others:
        committee.decide(by=None, action=action, selected=False, reason="Later")
    steps.close_exchange_round(by=None, round=round_)
    assert tells("focal-point") == tells("public") == [True, True]


def test_a_plan_that_the_method_refuses_is_told(secretariat, monkeypatch):
    round_ = in_state(RoundState.PLANNING)

    def refuses(*_plan, **_how):
        raise ValueError("What is fixed cannot stay")

    monkeypatch.setattr("ayni.exchange.views.rounds.timetable.solve", refuses)
    assert "No timetable fits what must stay" in told(secretariat, address(round_, "timetable/plan/"), {})


def test_a_committee_is_appointed_scores_and_selects(as_role, person):
    round_ = in_committee([person("observer"), person("expert")])
    secretariat = as_role("secretariat")
    page = address(round_, "committee/")
    assert "on the committee" in told(secretariat, page, {"user": person("national-coordinator").pk})
    new = round_.reviewers.get(user=person("national-coordinator"))
    assert "no longer on the committee" in told(secretariat, page, {"dismiss": new.pk})
    number = round_.actions.get(meeting__one__code="BR-MDS", meeting__other__code="CHL").number
    review = address(round_, f"actions/{number}/review/")
    expert = as_role("expert")
    assert "This field is required" in told(expert, review, {"score-relevance": "3"})
    assert "Your review is saved" in told(expert, review, {"score-relevance": "3", "comment": "Good"})
    assert "scored in part" in expert.get(page).content.decode()
    assert "You abstain" in told(as_role("observer"), review, {"do": "abstain", "conflict-conflict": "I advise it"})
    assert "You have abstained" in as_role("observer").get(review).content.decode()
    assert secretariat.get(review).status_code == 403
    one_action = address(round_, f"actions/{number}/")
    assert "I advise it" in secretariat.get(one_action).content.decode()
    assert "I advise it" not in expert.get(one_action).content.decode(), "the committee does not read the others"
    assert "at least two reviewers" in told(secretariat, one_action, {"selected": "yes", "reason": "Good"})
    assert "The decision is saved" in told(secretariat, one_action, {"selected": "no", "reason": "One score alone"})
    assert expert.post(one_action, {"selected": "no", "reason": "Bad"}).status_code == 403
    assert expert.post(page, {"dismiss": "1"}).status_code == 403


def test_what_was_not_selected_is_not_public(as_role, person):
    round_ = in_committee([person("observer"), person("expert")])
    first, *others = round_.actions.all()
    judged(first, person("observer"), person("expert"))
    committee.decide(by=None, action=first, selected=True, reason="Both have hours")
    for action in others:
        committee.decide(by=None, action=action, selected=False, reason="No counterpart")
    steps.close_exchange_round(by=None, round=round_)
    public = as_role("public")
    page = public.get(address(round_, "actions/")).content.decode()
    assert "Both have hours" in page and "No counterpart" not in page
    one_action = public.get(address(round_, f"actions/{first.number}/")).content.decode()
    assert "Both have hours" in one_action and "What each side says" not in one_action
    assert public.get(address(round_, f"actions/{others[0].number}/")).status_code == 404
    assert as_role("focal-point").get(address(round_, f"actions/{others[0].number}/")).status_code == 200


def test_the_criteria_are_changed_in_a_draft_and_put_in_force(secretariat):
    listed, edit, step = (f"/en/exchange/criteria/{part}" for part in ("", "edit/", "step/"))
    assert "begins as a copy" in told(secretariat, step, {"do": "draft"})
    page = secretariat.get(edit)
    forms = page.context["forms"]
    values = {"form-TOTAL_FORMS": 6, "form-INITIAL_FORMS": 5, "form-MIN_NUM_FORMS": 0, "form-MAX_NUM_FORMS": 1000}
    for number, form in enumerate(forms):
        values |= {f"form-{number}-{name}": form.initial.get(name, "") for name in form.fields if name != "DELETE"}
    values |= {"form-0-weight": "40", "form-1-DELETE": "on", "form-5-name_en": "Use", "form-5-weight": "10"}
    assert "The draft is saved" in told(secretariat, edit, values)
    draft = CommitteeCriteria.objects.get(status="draft")
    assert [(one.code, one.weight) for one in draft.parts.all()] == [
        ("relevance", 40),
        ("evidence", 20),
        ("sustainability", 15),
        ("learning", 15),
        ("use", 10),
    ]
    assert "in force for the committees" in told(secretariat, step, {"do": "put-in-force"})
    told(secretariat, step, {"do": "draft"})
    assert "The draft is deleted" in told(secretariat, step, {"do": "delete"})
    assert "version 2" in secretariat.get(listed).content.decode()
    assert secretariat.get(edit).status_code == 404


def test_the_round_says_which_forms_are_owed(as_role):
    round_ = in_state(RoundState.RUNNING)
    page = {role: as_role(role).get(address(round_)).content.decode() for role in ("secretariat", "focal-point")}
    assert "0 of 6 filled" in page["secretariat"] and "6 forms to fill" in page["secretariat"]
    assert "2 forms to fill" in page["focal-point"]
    assert "to fill" not in as_role("observer").get(address(round_)).content.decode()
    assert "of 6 filled" not in as_role("public").get(address(round_)).content.decode()


def test_a_delegation_finds_its_forms_on_its_own_page(as_role):
    round_ = in_state(RoundState.RUNNING)
    page = address(round_, "delegations/CHL/")
    assert "Fill the form" in as_role("national-coordinator").get(page).content.decode()
    assert "Not filled yet" in as_role("observer").get(page).content.decode()
    assert "form" not in as_role("public").get(page).content.decode().partition("<main")[2].partition("<footer")[0]
