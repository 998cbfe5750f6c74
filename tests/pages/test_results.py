"""Results: each page, and how they are measured on them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ayni.registry.models import Indicator, Initiative, ResultFrame
from ayni.registry.queries.results.frames import may_take_as_parent
from tests.factories.results import YEAR, frame, indicator, initiative, measurement, period, result


def kept(queries: int) -> dict[str, int | str]:
    """A page of the pair's keepers: the national coordinator of the tests is Chile's."""
    return {"public": "302", "national-coordinator": queries, "*": "403"}


PAGES: dict[str, dict[str, int | str]] = {
    "results/pairs/": {"public": 3, "*": 5},
    "results/pairs/new/": kept(6),
    "results/pairs/CHL-PRY/": {"public": 11, "national-coordinator": 14, "*": 13},
    "results/frames/1/roll-up/": {"public": 10, "*": 12},
    "results/frames/1/parent/": kept(11),
    "results/frames/1/add/": kept(4),
    "results/1/edit/": kept(5),
    "results/1/indicators/add/": kept(5),
    "results/indicators/1/": {
        "public": 11,
        "focal-point": 14,
        "national-coordinator": 17,
        "secretariat": 15,
        "observer": 15,
        "*": 13,
    },
    "results/indicators/1/edit/": kept(6),
    "results/indicators/1/periods/add/": kept(6),
    "results/periods/1/edit/": kept(5),
    "results/periods/7/measure/CL-MDSF/": kept(8),
    "results/measurements/1/": {"public": "302", "*": 7},
    "results/measurements/3/": {
        "public": "302",
        "national-coordinator": 7,
        "secretariat": 7,
        "observer": 7,
        "*": "404",
    },
    "results/measurements/3/approve/": {
        "public": "302",
        "national-coordinator": 7,
        "secretariat": "403",
        "observer": "403",
        "*": "404",
    },
}

pytestmark = pytest.mark.django_db


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


def fields(page) -> dict[str, object]:
    return {bound.html_name: bound.value() for bound in page.context["form"] if bound.value() not in (None, "", False)}


def test_a_frame_is_written_measured_and_approved_on_its_pages(as_role):
    writer, keeper = as_role("focal-point"), as_role("coordinacion.br@demo.ayni")
    made = initiative("BR-MDS", "CL-FOSIS")
    here = f"/en/initiatives/{made.code}/results/"
    assert "Open the result frame" in writer.get(here).content.decode()
    writer.post(f"{here}open/")
    opened = ResultFrame.objects.get(initiative=made)
    page = writer.get(f"/en/results/frames/{opened.pk}/add/")
    writer.post(f"/en/results/frames/{opened.pk}/add/", fields(page) | {"title_en": "Families know their rights"})
    (changed,) = opened.results.all()
    add = f"/en/results/{changed.pk}/indicators/add/"
    told = fields(writer.get(add)) | {"title_en": "Families told", "unit_en": "families", "baseline": "10"}
    assert "Say which is the best score." in writer.post(add, told | {"measure": "score"}).content.decode()
    writer.post(add, told | {"dimensions": ["sex"]})
    (found,) = Indicator.objects.filter(result=changed)
    page_of = f"/en/results/indicators/{found.pk}/"
    days = {"starts_on": f"{YEAR}-01-01", "ends_on": f"{YEAR}-12-31", "target": "110"}
    add = f"{page_of}periods/add/"
    writer.post(add, fields(writer.get(add)) | days)
    assert "periods do not overlap" in writer.post(add, days | {"starts_on": f"{YEAR}-06-01"}).content.decode()
    (made_period,) = found.periods.all()
    measure = f"/en/results/periods/{made_period.pk}/measure/BR-MDS/"
    assert "The period is locked" in writer.post(measure, {"value": "60", "base": "0"}).content.decode()
    assert keeper.post(f"/en/results/frames/{opened.pk}/open-due/").status_code == 302
    told = {"value": "60", "base": "0", "share_sex_women": "40", "share_sex_men": "30", "submit": "yes"}
    assert "add up to more than the whole" in writer.post(measure, told).content.decode()
    writer.post(measure, told | {"share_sex_men": "20"})
    one = made_period.measurements.get()
    assert one.state == "submitted"
    assert keeper.get(f"/en/results/measurements/{one.pk}/approve/").status_code == 200
    assert as_role("public").get(f"/en/results/measurements/{one.pk}/").status_code == 302
    keeper.post(f"/en/results/measurements/{one.pk}/return/", {"reason": "Say where."})
    assert "Say where." in writer.get(f"/en/results/measurements/{one.pk}/").content.decode()
    writer.post(measure, fields(writer.get(measure)) | {"note_en": "In Recife.", "submit": "yes"})
    keeper.post(f"/en/results/measurements/{one.pk}/approve/")
    text = as_role("public").get(here).content.decode()
    assert "60 families" in text and "55 % of the way" in text
    assert "40" in as_role("public").get(page_of).content.decode()


def fields_of(client, address) -> dict[str, object]:
    return fields(client.get(address))


def other_saved(client, address, first, second) -> str:
    """Two open the same form; the text of the page that the later one gets, who then saves knowing what stands."""
    data = fields_of(client, address)
    client.post(address, data | first)
    page = client.post(address, data | second)
    text = page.content.decode()
    assert "What the other person has saved" in text
    assert client.post(address, data | second | {"base": fields(page)["base"]}).status_code == 302
    return text


def test_the_later_of_two_sees_what_the_other_has_saved(as_role):
    client, made = as_role("focal-point"), period(indicator(frame()))
    found = made.indicator
    cases = {
        f"/en/results/{found.result_id}/edit/": ({"title_en": "First"}, {"title_en": "Second"}),
        f"/en/results/indicators/{found.pk}/edit/": ({"unit_en": "people"}, {"unit_en": "homes"}),
        f"/en/results/periods/{made.pk}/edit/": ({"target": "111"}, {"target": "222"}),
        f"/en/results/periods/{made.pk}/measure/BR-MDS/": ({"value": "5"}, {"value": "7", "base": "0"}),
    }
    for address, (first, second) in cases.items():
        text = other_saved(client, address, first, second)
        assert all(value in text for value in first.values()), address
    made.refresh_from_db()
    assert (made.target, made.measurements.get().value) == (222, 7)


def test_percentages_ask_for_two_numbers_and_what_does_not_apply_is_no_zero(as_role):
    client = as_role("focal-point")
    made = period(indicator(frame(), measure="percentage"))
    address = f"/en/results/periods/{made.pk}/measure/BR-MDS/"
    assert {"numerator", "denominator"} < set(client.get(address).context["form"].fields)
    assert "value" not in client.get(address).context["form"].fields
    text = client.post(address, {"numerator": "5", "not_applicable": "on", "base": "0"}).content.decode()
    assert "has no number" in text
    client.post(address, {"not_applicable": "on", "base": "0", "submit": "yes"})
    one = made.measurements.get()
    as_role("coordinacion.br@demo.ayni").post(f"/en/results/measurements/{one.pk}/approve/")
    text = as_role("public").get(f"/en/results/indicators/{made.indicator_id}/").content.decode()
    assert "Does not apply" in text and "No approved value yet" in text


def test_what_is_not_approved_is_read_by_the_sides_alone(as_role):
    one = measurement(period(indicator(frame())), "BR-MDS", "submitted", value=4321)
    page, row = f"/en/results/indicators/{one.period.indicator_id}/", f"/en/results/measurements/{one.pk}/"
    for role in ("focal-point", "national-coordinator", "secretariat", "observer"):
        assert "4,321" in as_role(role).get(page).content.decode(), role
        assert as_role(role).get(row).status_code == 200, role
    for role in ("public", "expert", "administrator"):
        assert "4,321" not in as_role(role).get(page).content.decode(), role
    assert as_role("expert").get(row).status_code == 404


def test_the_results_of_what_is_not_public_are_not_found(as_role):
    made = indicator(frame(validation="private"))
    for address in (
        f"results/indicators/{made.pk}/",
        f"results/frames/{made.result.frame_id}/roll-up/",
        f"initiatives/{made.result.frame.initiative.code}/results/",
    ):
        assert as_role("public").get(f"/en/{address}").status_code == 404
        assert as_role("national-coordinator").get(f"/en/{address}").status_code == 200


def test_periods_are_opened_locked_and_removed_on_the_page_of_the_indicator(as_role):
    keeper, made = as_role("national-coordinator"), period(indicator(frame()), locked=True)
    found = made.indicator
    here = f"/en/results/indicators/{found.pk}/"
    assert "Open it" in keeper.get(here).content.decode()
    keeper.post(f"/en/results/periods/{made.pk}/unlock/")
    assert "Still to measure" in keeper.get(here).content.decode()
    keeper.post(f"/en/results/periods/{made.pk}/lock/")
    made.refresh_from_db()
    assert made.locked
    writer = as_role("focal-point")
    assert writer.post(f"/en/results/periods/{made.pk}/unlock/").status_code == 403
    writer.post(f"/en/results/periods/{made.pk}/remove/")
    writer.post(f"/en/results/indicators/{found.pk}/remove/")
    writer.post(f"/en/results/{found.result_id}/remove/")
    assert not found.result.frame.results.exists()


def programme(number: int) -> Indicator:
    """An indicator of a programme with so many projects below, each measured."""
    above = frame(validation="published")
    into = indicator(above)
    period(into)
    for place in range(number):
        source = indicator(frame(parent=above, validation="private" if place == 1 else "published"), rolls_into=into)
        made = period(source)
        if place:
            measurement(made, "BR-MDS", value=10)
    return into


def test_a_programme_shows_what_is_behind_its_numbers(as_role):
    into = programme(3)
    for address in (f"results/frames/{into.result.frame_id}/roll-up/", f"results/indicators/{into.pk}/"):
        text = as_role("public").get(f"/en/{address}").content.decode()
        assert "1 of 2 initiatives reported" in text and "10 families" in text and "not reported" in text
        assert "20 families" not in text and "is in no total" not in text
    text = as_role("focal-point").get(f"/en/results/frames/{into.result.frame_id}/roll-up/").content.decode()
    assert "10 families" in text and "20 families" not in text and "1 initiative below is in no total" in text


def test_values_of_what_the_reader_may_not_see_are_neither_shown_nor_added(as_role):
    into = indicator(frame(validation="published"))
    period(into)
    for validation, value in (("published", 10), ("validated", 23), ("private", 41)):
        below = indicator(frame(parent=into.result.frame, validation=validation), rolls_into=into)
        measurement(period(below), "BR-MDS", value=value)
    for address in (f"results/frames/{into.result.frame_id}/roll-up/", f"results/indicators/{into.pk}/"):
        text = as_role("public").get(f"/en/{address}").content.decode()
        assert "10 families" in text and not any(f"{told} families" in text for told in (23, 33, 41, 74)), address
        text = as_role("focal-point").get(f"/en/{address}").content.decode()
        assert "33 families" in text and not any(f"{told} families" in text for told in (41, 74)), address


def test_a_unilateral_record_is_never_added_to_validated_ones(as_role):
    into = indicator(frame(validation="published"))
    period(into)
    unilateral = frame(parent=into.result.frame, validation="unilateral")
    for above, value in ((frame(parent=into.result.frame), 10), (unilateral, 5), (frame(parent=unilateral), 7)):
        measurement(
            period(indicator(above, rolls_into=into if above.parent == into.result.frame else None)),
            "BR-MDS",
            value=value,
        )
    text = as_role("public").get(f"/en/initiatives/{into.result.frame.initiative.code}/results/").content.decode()
    assert "10 families" in text and "15 families" not in text and "1 initiative below is in no total" in text


def test_an_approval_below_keeps_the_public_page_of_the_programme_fresh(as_role):
    into = indicator(frame(validation="published"))
    period(into)
    rows = []
    for validation, value in (("published", 10), ("private", 41)):
        below = indicator(frame(parent=into.result.frame, validation=validation), rolls_into=into)
        rows.append(measurement(period(below), "BR-MDS", "submitted", value=value))
    shown, hidden = rows
    public, keeper, here = as_role("public"), as_role("coordinacion.br@demo.ayni"), f"/en/results/indicators/{into.pk}/"
    assert "10 families" not in public.get(here).content.decode()
    for one in (hidden, shown):
        keeper.post(f"/en/results/measurements/{one.pk}/approve/")
        text = public.get(here).content.decode()
        assert ("10 families" in text) == (one is shown)
        assert "41 families" not in text and "51 families" not in text


def queries(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_the_number_of_queries_does_not_grow_with_the_rows(as_role):
    client = as_role("observer")
    few, many = programme(2), programme(6)
    for number in range(4):
        made = period(indicator(many.result), YEAR - 1)
        measurement(made, "BR-MDS")
        measurement(made, "CL-FOSIS", "submitted")
        result(many.result.frame, "output")
        period(many, YEAR - 2 - number)
    for address in ("results/indicators/{0.pk}/", "results/frames/{0.result.frame_id}/roll-up/"):
        assert queries(client, f"/en/{address.format(few)}") == queries(client, f"/en/{address.format(many)}"), address
    codes = [one.result.frame.initiative.code for one in (few, many)]
    counts = {queries(client, f"/en/initiatives/{code}/results/") for code in codes}
    assert len(counts) == 1


def test_a_frame_is_placed_below_that_of_its_programme(as_role):
    client, above = as_role("focal-point"), frame(title={"en": "The programme"})
    below = frame()
    address = f"/en/results/frames/{below.pk}/parent/"
    client.post(address, fields_of(client, address) | {"parent": str(above.pk)})
    below.refresh_from_db()
    assert below.parent == above
    text = client.get(f"/en/initiatives/{below.initiative.code}/results/").content.decode()
    assert "Rolls up into the frame of" in text and "The programme" in text
    text = client.get(f"/en/initiatives/{above.initiative.code}/results/").content.decode()
    assert "Frames below this one" in text


def test_a_coordination_opens_the_frame_of_a_pair(as_role):
    client = as_role("national-coordinator")
    page = client.get("/en/results/pairs/new/")
    told = fields(page) | {"institution": "CL-FOSIS", "title_en": "Chile and Mexico"}
    assert "the other one" in client.post("/en/results/pairs/new/", told | {"partner": "CHL"}).content.decode()
    assert client.post("/en/results/pairs/new/", told | {"partner": "MEX"}).status_code == 302
    assert "Chile and Mexico" in as_role("public").get("/en/results/pairs/MEX-CHL/").content.decode()
    assert "Chile and Mexico" in as_role("public").get("/en/results/pairs/").content.decode()


def test_what_waits_for_whom_is_on_the_desk(as_role):
    made = frame(title={"en": "A waiting initiative"})
    ended, other = period(indicator(made)), period(indicator(made))
    period(indicator(made), YEAR + 5)
    period(indicator(made), locked=True)
    focal, reviewer = as_role("focal-point"), as_role("coordinacion.br@demo.ayni")
    assert "2 open periods to measure." in focal.get("/en/desk/").content.decode()
    measurement(ended, "BR-MDS", "submitted")
    measurement(other, "BR-MDS", "returned")
    text = focal.get("/en/desk/").content.decode()
    assert "1 open period to measure." in text and "Returned: Say how it was counted." in text
    assert "1 measurement to approve or return." in reviewer.get("/en/desk/").content.decode()
    assert "to approve or return" not in focal.get("/en/desk/").content.decode()


def test_the_page_of_an_indicator_does_not_name_one_of_a_frame_out_of_sight(as_role):
    into = indicator(frame("CL-FOSIS", validation="private"), title={"en": "Out of sight"})
    below = indicator(frame(parent=into.result.frame), rolls_into=into)
    address = f"/en/results/indicators/{below.pk}/"
    for role in ("public", "focal-point"):
        assert "Out of sight" not in as_role(role).get(address).content.decode(), role
    assert "Out of sight" in as_role("national-coordinator").get(address).content.decode()


def test_who_keeps_the_parent_frame_takes_a_frame_out(as_role):
    into = indicator(frame("BR-MDS"))
    below = indicator(frame("CL-FOSIS", parent=into.result.frame), rolls_into=into)
    go = f"/en/results/frames/{below.result.frame_id}/let-go/"
    assert as_role("national-coordinator").post(go).status_code == 403
    keeper = as_role("focal-point")
    assert go in keeper.get(f"/en/initiatives/{into.result.frame.initiative.code}/results/").content.decode()
    keeper.post(go)
    below.refresh_from_db()
    assert below.rolls_into is None and ResultFrame.objects.get(pk=below.result.frame_id).parent is None


def test_a_frame_stands_below_one_with_a_common_side(person):
    above, stranger = frame("BR-MDS"), frame("CL-FOSIS")
    ends = frame("CL-FOSIS", parent=None)
    Initiative.objects.filter(pk=ends.initiative_id).update(parent=above.initiative_id)
    found = set(may_take_as_parent(person("national-coordinator"), ResultFrame.objects.get(pk=ends.pk)))
    assert stranger in found and above not in found
