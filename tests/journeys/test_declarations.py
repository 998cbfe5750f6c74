"""Two agencies declare, dispute and settle one record in their own languages; two who write it at once lose nothing."""

import pytest
from playwright.sync_api import Page, expect

from ayni.registry.models import Dispute, Initiative
from tests.factories.records import BRAZIL, MEXICO, initiative

pytestmark = pytest.mark.usefixtures("demonstration")


def press(page: Page, action: str) -> None:
    """The button of the form that is sent there, whatever its language."""
    page.locator(f'form[action$="{action}"] button').click()


def test_two_agencies_declare_dispute_and_reconcile(signed_in):
    made = initiative("MX-BIENESTAR", "BR-MDS")
    here = f"initiatives/{made.code}/declarations/"
    mexico, brazil = signed_in(MEXICO), signed_in(BRAZIL, viewport={"width": 320, "height": 700})
    reader = signed_in("public")
    mexico.goto(f"/es/{here}")
    press(mexico, "/MEX/declare/")
    expect(mexico.locator("#side-BRA")).to_contain_text("60")
    # It waits on the desk of the other side, which disputes one field.
    brazil.goto("/pt/desk/")
    brazil.locator(f'a[href="/pt/{here}"]').first.click()
    brazil.locator('a[href$="/BRA/dispute/"]').click()
    brazil.locator("input[name=fields_of_record][value=ends_on]").check()
    brazil.locator("main form button").click()
    brazil.locator("[name=ends_on]").fill("2011-12-31")
    brazil.locator("[name=note_ends_on]").fill("O termo aditivo prorrogou até dezembro.")
    brazil.locator("main form button").click()
    expect(brazil.locator("#open")).to_be_visible()
    assert brazil.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # Mexico proposes a third value; Brazil accepts it.
    dispute = Dispute.objects.latest("pk")
    mexico.goto(f"/es/{here}")
    expect(mexico.locator(f"#dispute-{dispute.pk}")).to_contain_text("O termo aditivo prorrogou até dezembro.")
    mexico.locator('a[href$="/propose/"]').click()
    mexico.locator("[name=ends_on]").fill("2011-11-30")
    mexico.locator("main form button").click()
    brazil.reload()
    press(brazil, "/accept-proposal/")
    made.refresh_from_db()
    assert (made.validation, f"{made.ends_on}") == ("validated", "2011-11-30")
    assert reader.goto(f"/es/{here}").status == 404
    brazil.locator('form[action$="/publish/"] button').click()
    made.refresh_from_db()
    assert made.validation == "published"
    reader.goto(f"/es/initiatives/{made.code}/")
    expect(reader.locator("h1")).to_contain_text("Registro único de hogares")
    reader.goto(f"/es/{here}")
    expect(reader.locator("#side-BRA")).to_be_visible()
    expect(reader.locator("main")).not_to_contain_text("O termo aditivo")
    # A change of a declared field asks the other side again, and shows what changed.
    mexico.goto(f"/es/initiatives/{made.code}/edit/")
    mexico.locator("[name=starts_on]").fill("2010-02-01")
    mexico.locator("main form button").click()
    brazil.goto(f"/pt/{here}")
    expect(brazil.locator("#side-BRA del")).to_contain_text("2010")
    press(brazil, "/BRA/confirm/")
    made.refresh_from_db()
    assert made.validation == "validated"


def test_two_coordinators_who_write_one_record_at_once_lose_nothing(signed_in):
    made = initiative("MX-BIENESTAR", "BR-MDS")
    mexico, brazil = signed_in(MEXICO), signed_in(BRAZIL)
    for page, language in ((mexico, "es"), (brazil, "pt")):
        page.goto(f"/{language}/initiatives/{made.code}/edit/")
    mexico.locator("[name=objective_es]").fill("Una sola lista de hogares.")
    mexico.locator("main form button").click()
    expect(mexico.locator(".tabs").first).to_be_visible()
    # The later one is shown what the other has saved, keeps what was written, and saves knowing both.
    brazil.locator("[name=objective_pt]").fill("Uma única lista de domicílios.")
    brazil.locator("main form button").click()
    expect(brazil.locator("main")).to_contain_text("Una sola lista de hogares.")
    expect(brazil.locator("[name=objective_pt]")).to_have_value("Uma única lista de domicílios.")
    brazil.locator("details:has([name=objective_es]) > summary").click()
    brazil.locator("[name=objective_es]").fill("Una sola lista de hogares.")
    brazil.locator("main form button").click()
    expect(brazil.locator(".tabs").first).to_be_visible()
    found = Initiative.objects.get(pk=made.pk)
    assert found.objective["es"] == "Una sola lista de hogares."
    assert found.objective["pt"] == "Uma única lista de domicílios."
