"""A list that goes out and comes back: untouched it changes nothing; edits on both sides come out as a plain reckoning has them;
whatever a file holds, it is refused or read, and what goes in goes in whole."""

import io
from collections.abc import Mapping

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ayni.accounts.models import User
from ayni.common.delimited import guarded
from ayni.common.errors import Refused
from ayni.common.models import AuditEvent
from ayni.common.sheets.load import load_sheet
from ayni.common.sheets.plan import FILE, SITE, difference, plan_sheet
from ayni.common.sheets.read import read_file
from ayni.common.sheets.rules import day, decimal, tidy, whole, yes
from ayni.common.sheets.sheet import Choices, Column, Kind, Sheet, Standing, Use
from ayni.common.sheets.write import workbook, write_csv
from ayni.registry.models import Initiative
from ayni.registry.views.sheets.lists import INITIATIVES
from tests.factories.sheets import Book, as_csv, initiative, table

LETTERS = st.text(alphabet="abcñãéç ,;\"'=+-@|%\n\r\t0189.·—«»[]_x\x0b\u2028😀", max_size=25)
TEXT = st.one_of(
    LETTERS, st.sampled_from(["=1+1", "'+a", "_x000D_", "_x0041_", "TRUE", "1e5", "2026-01-01", "007", "-3"])
)
COLOURS = Choices(
    {"r": {"es": "rojo", "en": "red"}, "g": {"es": "verde; claro", "en": "green"}, "b": "blue", "b2": "blue"}
)
SHEET = Sheet(
    "things",
    "Things",
    (
        Column("code", "Code", use=Use.READ),
        Column("name", "Name"),
        Column("note", "Note"),
        Column("born", "Born", day, kind=Kind.DAY),
        Column("count", "Count", whole(0, 99_999), kind=Kind.NUMBER),
        Column("price", "Price", decimal(2), kind=Kind.NUMBER),
        Column("big", "Big", yes),
        Column("colour", "Colour", choices=COLOURS),
        Column("colours", "Colours", choices=COLOURS, several=True),
        Column("seen", "Seen", use=Use.READ),
    ),
    ("code",),
    ("name",),
    numbered=True,
)
VALUES = {
    "name": TEXT.map(tidy),
    "note": TEXT.map(tidy),
    "born": st.one_of(st.just(""), st.dates().map(lambda one: one.isoformat())),
    "count": st.one_of(st.just(""), st.integers(0, 99_999).map(str)),
    "price": st.sampled_from(["", "0", "-3.5", "12345.67", "0.01", "100"]),
    "big": st.sampled_from(["", "yes"]),
    "colour": st.sampled_from(["", "r", "g", "b", "b2"]),
    "colours": st.sets(st.sampled_from(["r", "g", "b", "b2"])).map(lambda found: "; ".join(sorted(found))),
    "seen": TEXT.map(tidy),
}
EDITABLE = sorted(set(VALUES) - {"seen"})
ROW = st.fixed_dictionaries(VALUES)
EDITS = st.dictionaries(st.sampled_from(EDITABLE), st.just(None), max_size=4)


def edits(draw) -> dict[str, str]:
    return {name: draw(VALUES[name]) for name in draw(EDITS)}


@st.composite
def lives(draw) -> list[tuple[dict[str, str], dict[str, str], dict[str, str]]]:
    """Rows as they stood when the file was made, with what the file and the site made of them since."""
    rows = draw(st.lists(ROW, max_size=3))
    return [(row, edits(draw), edits(draw)) for row in rows]


def oracle(base: Mapping[str, str], file: Mapping[str, str], site: Mapping[str, str]) -> tuple[dict, dict]:
    """What the file changes, and what both sides changed, reckoned from the values themselves."""
    changed, clashes = {}, {}
    for name in EDITABLE:
        before, wanted, stands = base[name], file.get(name, base[name]), site.get(name, base[name])
        if wanted not in (before, stands):
            (changed if stands == before else clashes)[name] = wanted
    return changed, clashes


def written(lives, ending: str, how: str) -> bytes:
    """The file of the base rows, edited as people do: choices by their codes or by their names."""
    rows = [Standing({"code": f"C{at}", **base}, 1) for at, (base, _file, _site) in enumerate(lives)]
    if ending == "xlsx":
        book = Book(workbook(SHEET, rows))
        for at, (_base, file, _site) in enumerate(lives):
            for name, value in file.items():
                column = SHEET.by_name[name]
                if column.choices is None or how == "names":
                    book.write(at + 2, **{name: column.readable(value) or None})
                else:
                    book.write(at + 2, **{f"{name}_code": value or None})
                cell = book.sheet.cell(at + 2, book.columns[name])
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # a text that looks like a formula is one that was typed as text
        return book.saved()
    buffer = io.StringIO()
    write_csv(SHEET, rows, buffer)
    headings, lines = table(buffer.getvalue())
    for line, (_base, file, _site) in zip(lines, lives, strict=True):
        for name, value in file.items():
            column = SHEET.by_name[name]
            told = column.readable(value) if column.choices is None or how == "names" else value
            line[name if column.choices is None or how == "names" else f"{name}_code"] = guarded(told)
    return as_csv(headings, lines)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@settings(max_examples=30)
@given(lives=lives(), how=st.sampled_from(["names", "codes"]))
def test_edits_on_both_sides_come_out_as_reckoned(ending, lives, how):
    read = read_file(SHEET, written(lives, ending, how))
    standing = {
        (f"C{at}",): Standing({"code": f"C{at}", **base, **site}, 1 + bool(site))
        for at, (base, _file, site) in enumerate(lives)
    }
    planned = difference(SHEET, read, standing, lambda cells: "")
    assert not [row.reasons for row in planned if row.reasons]
    assert [(dict(row.changed), dict(row.clashes)) for row in planned] == [oracle(*life) for life in lives]
    assert not [row.notes for row in planned if row.notes]
    for row, life in zip(planned, lives, strict=True):
        changed, clashes = oracle(*life)
        for choice, values in ((FILE, changed | clashes), (SITE, changed)):
            change = row.chosen(choice)
            assert (dict(change.changed) if change else {}) == values


@given(given_=st.one_of(TEXT, st.text()))
def test_a_tidy_text_stays_as_it_is(given_):
    assert tidy(tidy(given_)) == tidy(given_)


@given(value=st.one_of(st.text("0123456789,.-  ", max_size=8), st.decimals(-999, 999, places=2).map(str)))
def test_a_number_is_kept_in_one_form(value):
    kept, reason = decimal(2)(value.strip())
    if not reason and kept:
        assert decimal(2)(kept) == (kept, "") and float(kept) == float(value.replace(",", ".").replace(" ", "").strip())


def state() -> tuple:
    return AuditEvent.objects.count(), list(Initiative.objects.order_by("pk").values_list("pk", "revision", "title"))


@pytest.fixture
def keeper(person):
    return person("focal-point")


PLAIN = {"suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow], "max_examples": 10}


@pytest.mark.django_db
@settings(**PLAIN)
@given(texts=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=3), ending=st.sampled_from(["csv", "xlsx"]))
def test_initiatives_with_any_texts_come_back_unchanged(keeper, rf, texts, ending):
    point = transaction.savepoint()
    for title, objective in texts:
        initiative(keeper, title={"pt": title or "x"}, objective={"en": objective} if objective else {})
    data = taken(keeper, rf, ending)
    plan = plan_sheet(INITIATIVES.source, data, by=keeper)
    assert not plan.going_in and not plan.refused
    transaction.savepoint_rollback(point)


def taken(keeper: User, rf, ending: str) -> bytes:
    request = rf.get("/")
    request.user = keeper
    sheet = INITIATIVES.source.sheet(keeper)
    if ending == "xlsx":
        return workbook(sheet, INITIATIVES.rows(request))
    buffer = io.StringIO()
    write_csv(sheet, INITIATIVES.rows(request), buffer)
    return buffer.getvalue().encode()


@pytest.mark.django_db
@settings(**PLAIN)
@given(
    cells=st.lists(st.tuples(st.integers(0, 60), st.one_of(TEXT, st.text(max_size=8))), max_size=6),
    cuts=st.lists(st.integers(0, 4_000), max_size=2),
    new=st.booleans(),
)
def test_any_file_is_refused_or_goes_in_whole(keeper, rf, cells, cuts, new):
    point = transaction.savepoint()
    initiative(keeper)
    headings, rows = table(taken(keeper, rf, "csv").decode())
    if new:
        rows.append(dict.fromkeys(rows[0], "") | {"title_en": "New", "institution": "BR-MDS"})
    names = list(rows[0])
    for at, value in cells:
        rows[at % len(rows)][names[at % len(names)]] = value
    data = as_csv(headings, rows)
    for cut in cuts:
        data = data[: cut % len(data)] + data[cut % len(data) + 1 :]
    before = state()
    try:
        plan = plan_sheet(INITIATIVES.source, data, by=keeper)
        assert state() == before
        choices = {row.number: FILE for row in plan.rows}
        count = load_sheet(by=keeper, source=INITIATIVES.source, data=data, seen=plan.digest, choices=choices)
        assert count == len(plan.going_in) and not plan.refused
        again = plan_sheet(INITIATIVES.source, data, by=keeper)
        assert not [row for row in again.rows if row.state in ("changed", "conflict")]
    except Refused:
        assert state() == before
    transaction.savepoint_rollback(point)


@pytest.mark.django_db
@settings(**PLAIN)
@given(data=st.binary(max_size=400), kept=st.integers(0, 6_000), at=st.integers(0, 6_000))
def test_a_damaged_workbook_is_refused_or_read(keeper, rf, data, kept, at):
    whole_file = taken(keeper, rf, "xlsx")
    damaged = whole_file[:at] + data + whole_file[at + len(data) :] if at < len(whole_file) else whole_file[:kept]
    before = state()
    for one in (damaged, data):
        try:
            plan_sheet(INITIATIVES.source, one, by=keeper)
        except Refused:
            continue
    assert state() == before
