"""The exchange as its people use it: begin, write, save by itself, meet somebody else's text, screen, rank, suggest."""

import pytest
from django.test import Client

from ayni.accounts.models import User
from ayni.exchange.models import Demand, Match, MatchingRules, Notice, Offer, Screening
from tests.factories.exchange import demand, offer

pytestmark = pytest.mark.django_db


def fields(page) -> dict[str, object]:
    """What the form of a page would send unchanged."""
    form = page.context["form"]
    data = {}
    for bound in form:
        value = bound.value()
        if value is not None and value != "" and value is not False:
            data[bound.html_name] = value
    return data


def test_an_offer_is_begun_written_and_saved_by_itself(as_role):
    client = as_role("focal-point")
    answer = client.post("/pt/offers/new/", {"institution": _institution(client), "title": "Centros de referência"})
    made = Offer.objects.latest("pk")
    assert answer["Location"] == f"/pt/offers/{made.pk}/edit/" and made.title == {"pt": "Centros de referência"}
    data = fields(client.get(f"/pt/offers/{made.pk}/edit/")) | {"text": "Visitas e manuais.", "capacity_days": 12}
    told = client.post(f"/pt/offers/{made.pk}/autosave/", data)
    made.refresh_from_db()
    assert told.json()["revision"] == made.revision == 2 and made.text == {"pt": "Visitas e manuais."}
    again = client.post(f"/pt/offers/{made.pk}/autosave/", data | {"base": 2})
    assert again.json()["revision"] == 2  # nothing differs
    # Another language is written on the page in that language; the first one stays.
    spanish = fields(client.get(f"/es/offers/{made.pk}/edit/")) | {"title": "Centros", "text": "Visitas y manuales."}
    client.post(f"/es/offers/{made.pk}/edit/", spanish)
    made.refresh_from_db()
    assert made.text == {"pt": "Visitas e manuais.", "es": "Visitas y manuales."}


def _institution(client) -> str:
    return client.get("/pt/offers/new/").context["form"]["institution"].value()


def test_two_people_who_write_the_same_offer_lose_nothing(as_role):
    client = as_role("focal-point")
    made = offer("BR-MDS", state="draft")
    first = fields(client.get(f"/en/offers/{made.pk}/edit/"))
    client.post(f"/en/offers/{made.pk}/edit/", first | {"expects": "Six hours a week."})
    told = client.post(f"/en/offers/{made.pk}/autosave/", first | {"expects": "A team."})
    assert told.status_code == 409 and "still here" in told.json()["message"]
    page = client.post(f"/en/offers/{made.pk}/edit/", first | {"expects": "A team."})
    text = page.content.decode()
    assert "Six hours a week." in text and "A team." in text
    made.refresh_from_db()
    assert made.expects == {"en": "Six hours a week."}
    # Having seen both, the person saves again.
    client.post(
        f"/en/offers/{made.pk}/edit/",
        first | {"expects": "Six hours and a team.", "base": page.context["form"]["base"].value()},
    )
    made.refresh_from_db()
    assert made.expects == {"en": "Six hours and a team."}


def test_what_cannot_be_saved_by_itself_says_why(as_role, client):
    made = offer("BR-MDS", state="draft")
    here = f"/en/offers/{made.pk}/autosave/"
    assert client.post(here).status_code == 401
    writer = as_role("focal-point")
    data = fields(writer.get(f"/en/offers/{made.pk}/edit/"))
    refused = writer.post(here, data | {"capacity_days": "many"})
    assert refused.status_code == 400 and "Expert-days a year" in refused.json()["message"]
    assert as_role("secretariat").post(here, data).status_code == 403
    assert as_role("national-coordinator").post(here, data).status_code == 404
    shown = offer("BR-MDS")
    told = writer.post(f"/en/offers/{shown.pk}/autosave/", fields(writer.get(f"/en/offers/{made.pk}/edit/")))
    assert told.status_code == 409 and "take it back" in told.json()["message"]
    assert writer.get(here).status_code == 405


def test_a_demand_keeps_its_days_by_quadrant_and_its_months(as_role):
    client = as_role("focal-point")
    client.post("/en/demands/new/", {"institution": _institution(client), "title": "A registry"})
    made = Demand.objects.latest("pk")
    data = fields(client.get(f"/en/demands/{made.pk}/edit/")) | {
        "days_Q1": 5,
        "days_Q4": 7,
        "starts": "2027-03",
        "deadline": "2027-09",
    }
    client.post(f"/en/demands/{made.pk}/edit/", data)
    made.refresh_from_db()
    assert {need.quadrant.code: need.days for need in made.needs.all()} == {"Q1": 5, "Q4": 7}
    assert f"{made.starts}" == "2027-03-01"
    data = fields(client.get(f"/en/demands/{made.pk}/edit/"))
    page = client.post(f"/en/demands/{made.pk}/edit/", data | {"deadline": "2027-01"})
    assert "comes before the first" in page.content.decode()
    client.post(f"/en/demands/{made.pk}/edit/", {key: value for key, value in data.items() if key != "days_Q4"})
    assert [need.quadrant.code for need in made.needs.all()] == ["Q1"]
    page = client.post(f"/en/demands/{made.pk}/edit/", data | {"starts": "soon"})
    assert "for example 2027-03" in page.content.decode()


def test_nobody_begins_for_an_institution_of_others(as_role):
    client = as_role("focal-point")
    other = offer("CL-FOSIS").institution_id
    page = client.post("/en/offers/new/", {"institution": other, "title": "x"})
    assert page.status_code == 200 and page.context["form"].errors["institution"]


@pytest.mark.parametrize("words", ["registro unico", "REGISTRO familias", "cadastro"])
def test_words_are_found_in_any_language_without_accents(client, words):
    page = client.get("/en/offers/", {"text": words})
    assert "Single registry" in page.content.decode()


def test_a_list_without_an_answer_says_so(client):
    page = client.get("/es/offers/", {"text": "zzz", "country": "nowhere"}).content.decode()
    assert "Borrar los filtros" in page or "filtros" in page


def test_a_screening_is_scored_by_both_sides_and_decided(as_role, person):
    made = demand("BR-MDS", state="submitted")
    from_page = as_role("focal-point")
    _coordination().post(f"/en/demands/{made.pk}/step/endorse/")
    here = f"/en/demands/{made.pk}/screening/"
    _score(from_page, here, "2", "In the annex.")
    secretariat = as_role("secretariat")
    assert "3" in secretariat.get(here).content.decode()
    # Who differs says why.
    refused = _score(secretariat, here, "1", "")
    assert "say why you see it otherwise" in refused.content.decode()
    _score(secretariat, here, "2", "")
    page = secretariat.get(f"{here}decide/")
    assert [value for value, _label in page.context["form"].fields["result"].choices] == ["eligible"]
    assert secretariat.post(f"{here}decide/", {"result": "declined", "reason": "No."}).status_code == 200
    secretariat.post(f"{here}decide/", {"result": "eligible", "reason": "All is there."})
    made.refresh_from_db()
    assert made.state == "eligible" and made.project.purpose == made.objective
    assert Notice.objects.filter(demand=made, what="demand found eligible").get().reason == "All is there."
    assert "All is there." in from_page.get(here).content.decode()
    # A screening is not public: what everybody reads bears none of its reasons.
    assert "All is there." not in as_role("public").get(f"/en/demands/{made.pk}/").content.decode()
    assert from_page.get(f"{here}1/").status_code == 200
    assert from_page.post(here, {}).status_code == 403


def _coordination():
    client = Client()
    user = User.objects.get(email="coordinacion.br@demo.ayni")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _score(client, here: str, score: str, text: str):
    page = client.get(here)
    data = {}
    for bound in page.context["form"]:
        data[bound.html_initial_name] = bound.initial or ""
        data[bound.html_name] = score if bound.name.endswith("_score") else text
    return client.post(here, data, follow=True)


def test_a_returned_demand_is_screened_anew_with_its_earlier_scores(as_role):
    made = demand("BR-MDS", state="submitted")
    _coordination().post(f"/en/demands/{made.pk}/step/endorse/")
    here = f"/en/demands/{made.pk}/screening/"
    _score(as_role("focal-point"), here, "1", "Little.")
    _score(as_role("secretariat"), here, "1", "")
    as_role("secretariat").post(f"{here}decide/", {"result": "coformulation", "reason": "Let us work on it."})
    made.refresh_from_db()
    assert made.state == "coformulation"
    as_role("focal-point").post(f"/en/demands/{made.pk}/step/submit/")
    _coordination().post(f"/en/demands/{made.pk}/step/endorse/")
    second = Screening.objects.get(demand=made, number=2)
    assert second.result == "" and {item.author_score for item in second.items.all()} == {1}
    assert {item.score for item in second.items.all()} == {None}


def test_the_draft_of_a_project_is_edited_by_both_and_nothing_is_lost(as_role):
    secretariat = as_role("secretariat")
    page = secretariat.get("/en/demands/1/project/")
    data = {bound.html_name: bound.value() or "" for bound in page.context["form"]}
    secretariat.post("/en/demands/1/project/", data | {"purpose_en": "A registry for all."})
    late = secretariat.post("/en/demands/1/project/", data | {"purpose_en": "Another purpose."})
    text = late.content.decode()
    assert "A registry for all." in text and "Another purpose." in text
    assert Demand.objects.get(pk=1).project.purpose["en"] == "A registry for all."
    assert as_role("observer").post("/en/demands/1/project/", data).status_code == 403


def test_a_ranking_says_why_what_to_ask_and_how_it_changes_with_the_weights(as_role):
    page = as_role("secretariat").get("/en/demands/1/ranking/")
    shown = page.context["shown"]
    scores = [(one.least + one.most) / 2 for one in shown.ranked]
    assert scores == sorted(scores, reverse=True) and all(0 <= one.least <= one.most <= 100 for one in shown.ranked)
    assert len(shown.ranked[0].why) == 9 and all(one.sentence for one in shown.ranked[0].why)
    assert len(shown.sensitivity) == 9
    tried = as_role("secretariat").get("/en/demands/1/ranking/", {"cost": 100})
    assert tried.context["tried"] and [one.offer.pk for one in tried.context["shown"].ranked] != [
        one.offer.pk for one in shown.ranked
    ]
    assert not as_role("secretariat").get("/en/demands/1/ranking/", {"cost": 0}).context["tried"]


def test_an_offer_in_another_language_that_means_the_same_counts_though_its_topic_is_another(as_role, settings):
    made = demand(
        "CL-FOSIS",
        title={"es": "Comedores escolares"},
        topics=["disability"],
        problem={"es": "Los niños no almuerzan."},
    )
    shown = offer(
        "BR-MDS", title={"pt": "Refeições nas escolas"}, text={"pt": "Almoço para crianças."}, topics=["social-rights"]
    )
    address = f"/en/demands/{made.pk}/ranking/"

    def topic() -> float:
        ranked = as_role("secretariat").get(address).context["shown"].ranked
        return next(one.why[0].least for one in ranked if one.offer == shown)

    settings.WORDING = True
    assert topic() > 0
    settings.WORDING = False
    assert topic() == 0


def test_a_match_is_suggested_once_and_only_where_the_gates_are_open(as_role):
    made, shown = demand("CL-FOSIS"), offer("BR-MDS")
    client, here = as_role("secretariat"), f"/en/demands/{made.pk}/ranking/suggest/"
    client.post(here, {"offer": shown.pk})
    match = Match.objects.get(demand=made)
    assert match.offer == shown and len(match.explanation) == 9
    assert {notice.institution.code for notice in Notice.objects.filter(match=match)} == {"CL-FOSIS", "BR-MDS"}
    again = client.post(here, {"offer": shown.pk}, follow=True)
    assert "matched already" in again.content.decode()
    own = client.post(here, {"offer": offer("CL-MDSF").pk}, follow=True)
    assert "own country" in own.content.decode()
    shut = offer("MX-BIENESTAR")
    shut.excluded.set(["CHL"])
    assert "excludes" in client.post(here, {"offer": shut.pk}, follow=True).content.decode()
    assert client.post(here, {"offer": "x"}).status_code == 404
    assert as_role("focal-point").post(here, {"offer": shown.pk}).status_code == 403
    assert "Component and topic" in as_role("focal-point").get(f"/en/matches/{match.pk}/").content.decode()


def test_rules_are_drafted_and_put_in_force_and_a_match_keeps_its_own(as_role):
    client = as_role("secretariat")
    page = client.get("/en/matching-rules/new/")
    data = {bound.html_name: bound.value() or "" for bound in page.context["form"]}
    assert "add up to 100" in client.post("/en/matching-rules/new/", data | {"topic": 26}).content.decode()
    client.post("/en/matching-rules/new/", data | {"topic": 30, "cost": 0, "note_en": "Topics count more."})
    assert "draft already" in client.post("/en/matching-rules/new/", data, follow=True).content.decode()
    match = Match.objects.get(pk=1)
    client.post("/en/matching-rules/2/in-force/")
    assert MatchingRules.objects.get(status="current").version == 2
    match.refresh_from_db()
    assert match.rules.version == 1
    assert "Only a draft" in client.post("/en/matching-rules/1/in-force/", follow=True).content.decode()
    made, shown = demand("CL-FOSIS"), offer("BR-MDS")
    client.post(f"/en/demands/{made.pk}/ranking/suggest/", {"offer": shown.pk})
    weights = {row["criterion"]: row["weight"] for row in Match.objects.get(demand=made).explanation}
    assert weights["topic"] == 30 and weights["cost"] == 0


def test_notices_are_read_and_stay(as_role, person):
    client = as_role("focal-point")
    page = client.get("/en/notices/")
    assert page.context["unread"]
    client.post("/en/notices/")
    assert not client.get("/en/notices/").context["unread"]
    assert Notice.objects.filter(institution__code="BR-MDS").exists()


def test_those_concerned_read_what_happened_and_others_do_not(as_role):
    made = offer("BR-MDS")
    as_role("focal-point").post(f"/en/offers/{made.pk}/step/pause/", {"reason": "The team is away."})
    as_role("focal-point").post(f"/en/offers/{made.pk}/step/resume/")
    page = as_role("focal-point").get(f"/en/offers/{made.pk}/").content.decode()
    assert "Offer paused" in page and "The team is away." in page and "Beatriz Nogueira" in page
    for stranger in ("public", "national-coordinator", "expert"):
        text = as_role(stranger).get(f"/en/offers/{made.pk}/").content.decode()
        assert "The team is away." not in text and "Beatriz Nogueira" not in text
