"""A questionnaire answered over two sittings, without a connection for a while, and by two people at once."""

import pytest
from playwright.sync_api import Page, expect

from ayni.surveys.models import Answer, AnswerRevision, Response
from tests.factories.rounds import focal_point, open_round

HERE = "/en/rounds/round-2026/responses/BR-MDS/"


@pytest.fixture
def round_(demonstration):
    return open_round()


def saved(page: Page) -> None:
    expect(page.locator("#save-state")).to_contain_text("Saved at", timeout=10_000)


def value(code: str):
    return Answer.objects.get(question__code=code, response__round__code="round-2026").value


def test_two_sittings(round_, signed_in):
    first = signed_in("focal-point", viewport={"width": 320, "height": 700})
    first.goto(HERE)
    first.get_by_role("link", name="Begin").first.click()
    first.locator("#q-q01").fill("Ministry of Social Development")
    saved(first)
    first.get_by_label("First year").fill("2004")
    saved(first)
    # Without a connection what is written waits on the device, also when the page closes and comes back.
    first.context.set_offline(True)
    first.locator("#q-q02").fill("We coordinate what the ministry exchanges.")
    expect(first.locator("#save-state")).to_contain_text("No connection")
    first.context.set_offline(False)
    saved(first)
    assert value("q01") == "Ministry of Social Development"
    assert value("q02") == "We coordinate what the ministry exchanges."
    first.close()

    second = first.context.new_page()
    second.goto(f"{HERE}answer/institution/")
    expect(second.locator("#q-q02")).to_have_value("We coordinate what the ministry exchanges.")
    second.get_by_role("button", name="Save and go on").click()
    for code in ("q05", "q06", "q07a"):
        second.locator(f'input[name="{code}"]').first.check()
    second.get_by_label("Find a country").fill("peru")
    second.get_by_label("Peru").check()
    second.get_by_role("group", name="Peru").get_by_label("Since").fill("2010")
    second.wait_for_timeout(1500)
    second.get_by_role("button", name="Save and go on").click()
    assert value("q08") == [{"country": "PER", "role": "unknown", "since": 2010, "until": None}]
    # A yes opens a question at once.
    expect(second.locator('[data-question="q09b"]')).to_be_hidden()
    second.get_by_label("Yes").check()
    expect(second.locator('[data-question="q09b"]')).to_be_visible()
    second.get_by_role("button", name="Save and go on").click()
    second.wait_for_load_state()
    if second.locator('[data-question="q09b"]').count():
        second.get_by_role("button", name="Save and go on").click()
    second.get_by_role("button", name="Save and look over everything").click()
    second.get_by_role("button", name="Submit to the secretariat").click()
    expect(second.locator("#messages")).to_contain_text("Submitted")
    assert Response.objects.get(round=round_).status == "submitted"


def test_what_could_not_be_sent_is_sent_at_the_next_sitting(round_, signed_in):
    page = signed_in("focal-point")
    page.goto(f"{HERE}answer/institution/")
    page.context.set_offline(True)
    page.locator("#q-q01").fill("Written on the train")
    expect(page.locator("#save-state")).to_contain_text("No connection")
    page.close()
    again = page.context.new_page()
    page.context.set_offline(False)
    again.goto(f"{HERE}answer/institution/")
    expect(again.locator("#q-q01")).to_have_value("Written on the train", timeout=10_000)
    assert value("q01") == "Written on the train"


def test_what_is_written_before_the_script_arrives_is_saved_too(round_, signed_in):
    page = signed_in("focal-point")
    waiting = []
    page.route("**/answers.js", lambda route: waiting.append(route))
    page.goto(f"{HERE}answer/institution/", wait_until="commit")
    page.locator("#q-q01").fill("Faster than the line")
    waiting[0].continue_()
    saved(page)
    assert value("q01") == "Faster than the line"


def test_the_session_ends_and_comes_back(round_, signed_in):
    page = signed_in("focal-point")
    page.goto(f"{HERE}answer/institution/")
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.locator("#q-q01").fill("After the session")
    expect(page.locator("#save-state")).to_contain_text("Your session has ended")
    page.context.add_cookies(cookies)
    saved(page)
    assert value("q01") == "After the session"


def test_two_people_at_once_choose(round_, signed_in, client):
    other = focal_point("BR-MDS", "segunda@example.org")
    page = signed_in("focal-point")
    page.goto(f"{HERE}answer/institution/")
    client.force_login(other, backend="allauth.account.auth_backends.AuthenticationBackend")
    theirs = {"client": "other", "sequence": "1", "question": "q01", "q01": "Theirs", "q01.base": "0"}
    assert client.post(f"{HERE}autosave/", theirs).json()["outcome"] == "saved"
    page.locator("#q-q01").fill("Mine")
    conflict = page.locator('[data-question="q01"] .conflict')
    expect(conflict).to_contain_text("Theirs")
    expect(conflict).to_contain_text("Mine")
    conflict.get_by_role("button", name="Keep yours").click()
    expect(page.locator("#q-q01")).to_have_value("Mine")
    expect(page.locator(".conflict")).to_have_count(0)
    assert value("q01") == "Mine"
    kept = AnswerRevision.objects.filter(answer__response__round=round_)
    assert set(kept.values_list("value", flat=True)) == {"Mine", "Theirs"}
