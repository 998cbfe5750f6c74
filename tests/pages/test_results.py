"""Results: each page, and how they are measured on them."""

import pytest

from ayni.registry.models import Indicator, Measurement, ResultFrame
from tests.factories.results import YEAR, initiative

PAGES: dict[str, dict[str, int | str]] = {
    "results/pairs/": {"*": 0},
    "results/pairs/new/": {"public": "302", "national-coordinator": 0, "*": "403"},
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
    one = Measurement.objects.get()
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
