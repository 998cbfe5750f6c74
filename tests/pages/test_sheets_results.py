"""Indicators and measurements as files: taken away, changed, brought back; what the pages refuse is refused."""

from decimal import Decimal

import pytest

from ayni.registry.models import Indicator, Measurement
from tests.factories.results import YEAR, frame, indicator, measurement, period
from tests.factories.sheets import Book, counts, look, put_in, table, told

pytestmark = pytest.mark.django_db
HERE = "/en/initiatives/"
INDICATORS, MEASUREMENTS = f"{HERE}indicators", f"{HERE}measurements"


@pytest.fixture
def ours():
    """An indicator of an initiative of Brazil and Chile, split by sex."""
    return indicator(frame("BR-MDS", "CL-FOSIS"), dimensions="sex", baseline=Decimal("2.5"))


@pytest.fixture
def draft(ours):
    made = measurement(period(ours), "BR-MDS", "draft", value=Decimal(10), note={"pt": "Duas\r\nlinhas"})
    made.shares.create(dimension="sex", category="women", value=Decimal(4))
    return made


def code(of: Indicator) -> str:
    assert of.result.frame.initiative is not None
    return of.result.frame.initiative.code


def taken(client, files: str) -> Book:
    return Book(client.get(f"{files}.xlsx").content)


def rows_of(client, address: str):
    _heads, rows = table(client.get(address).getvalue().decode())
    return rows


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("files", [INDICATORS, MEASUREMENTS])
def test_a_file_that_nobody_touched_changes_nothing(as_role, ours, draft, files, ending):
    share = indicator(
        ours.result,
        measure="percentage",
        unit={},
        ascending=False,
        baseline_numerator=Decimal(1),
        baseline_denominator=Decimal(3),
    )
    measurement(period(share), "BR-MDS", numerator=Decimal("0.3333"), denominator=Decimal(1))
    measurement(period(indicator(ours.result, measure="score", best=5)), "CL-FOSIS", not_applicable=True)
    answer = as_role("focal-point").get(f"{files}.{ending}")
    data = answer.getvalue() if answer.streaming else answer.content
    for language in ("en", "es"):
        address = f"{files}/import/".replace("/en/", f"/{language}/")
        page = look(as_role("focal-point"), data, address, f"list.{ending}")
        assert set(counts(page)) == {"unchanged"} and not page.context["token"], told(page)


def test_indicators_come_back(as_role, ours):
    client, load = as_role("focal-point"), f"{INDICATORS}/import/"
    book = taken(client, INDICATORS)
    row = book.find("initiative", code(ours))
    book.write(row, title_es="Familias", baseline="", dimensions_code="age; sex", descending="yes")
    new = {"initiative": code(ours), "result": 1}
    book.add(title_en="Coverage", measure_code="percentage", baseline_numerator=1, baseline_denominator="3,5", **new)
    page = look(client, book.saved(), load)
    assert {state: counts(page)[state] for state in ("new", "changed")} == {"new": 1, "changed": 1}, told(page)
    put_in(client, page, load)
    ours.refresh_from_db()
    assert ours.title == {"en": "Families reached", "es": "Familias"} and ours.baseline is None
    assert (ours.dimensions.split(), ours.ascending) == (["age", "sex"], False)
    made = ours.result.indicators.get(number=2)
    assert (made.measure, made.ascending, made.baseline_denominator) == ("percentage", True, Decimal("3.5"))


def test_what_is_wrong_with_indicators_is_said(as_role, ours, draft):
    theirs = indicator(frame("CL-FOSIS", "MX-BIENESTAR"))
    client, load = as_role("focal-point"), f"{INDICATORS}/import/"
    book = taken(client, INDICATORS)
    book.write(book.find("initiative", code(ours)), measure_code="percentage", baseline="")
    book.write(book.find("initiative", code(theirs)), title_en="Ours")
    new = {"initiative": code(ours), "measure_code": "unit"}
    book.add(result=9, title_en="Elsewhere", **new)
    book.add(result=1, title_en="FAMILIES REACHED", **new)
    book.add(result=1, title_en="Twice", **new)
    book.add(result=1, title_en="Twice", **new)
    book.add(result=1, title_en="Too exact", baseline="1.23456", **new)
    text = told(look(client, book.saved(), load))
    for said in (
        "how it is measured no longer changes",
        "You may read this, not change it.",
        "has no result 9",
        "in the list already, as 1",
        "says the same",
        "at most 4 decimals",
    ):
        assert said in text, said


def test_measurements_come_back_as_drafts(as_role, ours, draft):
    later = period(ours, YEAR - 1)
    client, load = as_role("focal-point"), f"{MEASUREMENTS}/import/"
    book = taken(client, MEASUREMENTS)
    row = book.find("initiative", code(ours))
    book.write(row, value="12,5", sex_men=6, note_es="Dos")
    new = {"initiative": code(ours), "result": 1, "indicator": 1, "institution_code": "BR-MDS"}
    book.add(starts_on=f"{later.starts_on}", not_applicable="sí", **new)
    page = look(client, book.saved(), load)
    assert {state: counts(page)[state] for state in ("new", "changed")} == {"new": 1, "changed": 1}, told(page)
    put_in(client, page, load)
    draft.refresh_from_db()
    shares = {(one.category, one.value) for one in draft.shares.all()}
    assert draft.value == Decimal("12.5") and shares == {("women", Decimal(4)), ("men", Decimal(6))}
    made = Measurement.objects.get(period=later)
    assert (made.state, made.not_applicable, made.institution.code) == ("draft", True, "BR-MDS")


def test_what_is_wrong_with_measurements_is_said(as_role, ours, draft):
    measurement(draft.period, "CL-FOSIS", "draft")
    done = measurement(period(ours, YEAR - 2), "BR-MDS")
    locked = period(ours, YEAR - 1, locked=True)
    client, load = as_role("focal-point"), f"{MEASUREMENTS}/import/"
    book = taken(client, MEASUREMENTS)
    mine = [row for row in range(2, book.sheet.max_row + 1) if book.value(row, "initiative") == code(ours)]
    rows = {(book.value(row, "institution_code"), f"{book.value(row, 'starts_on')}"): row for row in mine}
    book.write(rows["CL-FOSIS", f"{draft.period.starts_on} 00:00:00"], value=3)
    book.write(rows["BR-MDS", f"{done.period.starts_on} 00:00:00"], value=3)
    book.write(rows["BR-MDS", f"{draft.period.starts_on} 00:00:00"], sex_women=300)
    new = {"initiative": code(ours), "result": 1, "institution_code": "BR-MDS", "value": 5}
    book.add(starts_on=f"{locked.starts_on}", indicator=1, **new)
    book.add(starts_on="1999-01-01", indicator=1, **new)
    text = told(look(client, book.saved(), load))
    for said in (
        "You may read this, not change it.",
        "returns or reopens it before it is changed",
        "add up to more than the whole",
        "The period is locked",
        "no indicator 1.1 with a period that begins on 1999-01-01",
    ):
        assert said in text, said


def test_what_both_sides_measured_is_chosen(as_role, ours, draft):
    client, load = as_role("focal-point"), f"{MEASUREMENTS}/import/"
    book = taken(client, MEASUREMENTS)
    row = book.find("initiative", code(ours))
    book.write(row, value=20)
    book.add(**{name: book.value(row, name) for name in ("initiative", "result", "indicator", "institution_code")})
    book.write(book.sheet.max_row, starts_on=f"{draft.period.starts_on}", value=30)
    assert "The same row stands in row" in told(look(client, book.saved(), load))
    book.sheet.delete_rows(book.sheet.max_row)
    Measurement.objects.filter(pk=draft.pk).update(value=Decimal(15), revision=2)
    page = look(client, book.saved(), load)
    (one,) = page.context["conflicts"]
    assert [(field["file"], field["site"]) for field in one["fields"]] == [("20", "15")]
    put_in(client, page, load, **{f"row_{one['number']}": "file"})
    draft.refresh_from_db()
    assert draft.value == 20


def test_drafts_are_shown_to_whom_the_pages_show_them(as_role, ours, draft):
    approved = measurement(draft.period, "CL-FOSIS")
    theirs = measurement(period(indicator(frame("CL-FOSIS", "MX-BIENESTAR"))), "CL-FOSIS", "draft")
    here = f"{MEASUREMENTS}.csv"
    keys = {(row["initiative"], row["institution_code"]) for row in rows_of(as_role("public"), here)}
    assert (code(ours), approved.institution.code) in keys and (code(ours), "BR-MDS") not in keys
    keys = {(row["initiative"], row["institution_code"]) for row in rows_of(as_role("focal-point"), here)}
    assert (code(ours), "BR-MDS") in keys and code(theirs.period.indicator) not in {one for one, _by in keys}


def test_the_page_of_results_leads_to_its_own_files(as_role, ours, draft):
    text = told(as_role("focal-point").get(f"{HERE}{code(ours)}/results/"))
    for files in (INDICATORS, MEASUREMENTS):
        assert f"{files}.xlsx?code={code(ours)}" in text and f"{files}/import/" in text
    assert f"{INDICATORS}/import/" not in told(as_role("public").get(f"{HERE}{code(ours)}/results/"))
