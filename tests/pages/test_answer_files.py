"""Answers taken away as a workbook and brought back: looked at row by row, then saved as a whole or not at all."""

import csv
import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from ayni.common.models import AuditEvent
from ayni.surveys.actions.answers import Edit, save_answer
from ayni.surveys.models import Answer, AnswerRevision, Response
from tests.factories.rounds import every_kind, open_round

PAGES: dict[str, dict[str, int | str]] = {
    "rounds/oas-2010/answers/import/": {
        "public": "302",
        "focal-point": 4,
        "national-coordinator": 4,
        "secretariat": 4,
        "*": "403",
    },
    "rounds/oas-2010/answers.xlsx": {"public": "302", "expert": "403", "administrator": "403", "*": 16},
    "rounds/none/answers.xlsx": {"public": "302", "expert": "403", "administrator": "403", "*": "404"},
}

pytestmark = pytest.mark.django_db
TABLE3 = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "table3.csv"
FIVE = ("BR-MDS", "CL-MIDEPLAN", "CL-FOSIS", "CO-ACCION-SOCIAL", "MX-SEDESOL")
HEAD = ("institution", "question", "answer", "revision")
PLACES = ("institution", "question", "country", "role", "since", "until", "revision")


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


@pytest.fixture
def round_(db):
    return open_round("trial", institutions=FIVE)


@pytest.fixture
def client(as_role):
    return as_role("secretariat")


def sheet(*rows, name="answers", **more) -> bytes:
    book = Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    for other, lines in more.items():
        added = book.create_sheet(other)
        for line in lines:
            added.append(line)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def look(client, data: bytes, name: str = "answers.xlsx", code: str = "trial"):
    return client.post(f"/en/rounds/{code}/answers/import/", {"file": SimpleUploadedFile(name, data)})


def confirm(client, page, code: str = "trial"):
    sent = {"token": page.context["token"], "digest": page.context["plan"].digest}
    return client.post(f"/en/rounds/{code}/answers/import/", sent, follow=True)


def states(page) -> dict[int, str]:
    return {line.number: line.state for line in page.context["plan"].lines}


def reason(page, number: int = 2) -> str:
    return next(line.reason for line in page.context["plan"].lines if line.number == number)


def answered(response: Response, question: str, given) -> None:
    """The next revision of an answer, as somebody else would write it."""
    row = response.round.version.questions.get(code=question)
    answer, _new = Answer.objects.get_or_create(response=response, question=row)
    answer.value, answer.revision = given, answer.revision + 1
    answer.save()


def value(question: str, institution: str = "BR-MDS", code: str = "trial"):
    answer = Answer.objects.filter(
        response__round__code=code, response__institution__code=institution, question__code=question
    ).first()
    return answer.value if answer else None


def test_an_answer_is_looked_at_and_then_saved_once(client, round_, person):
    data = sheet(HEAD, ("BR-MDS", "q01", "Ministry of Development"), ("MDS (BRA)", "5", "policy-design; Gasto social"))
    page = look(client, data)
    assert states(page) == {2: "new", 3: "refused"}, "Gasto social is no topic"
    data = sheet(HEAD, ("BR-MDS", "q01", "Ministry of Development"), ("MDS (BRA)", "5", "policy-design"))
    page = look(client, data)
    assert states(page) == {2: "new", 3: "new"}
    assert value("q01") is None, "a dry run writes nothing"
    assert "2 answers were saved" in confirm(client, page).content.decode()
    assert (value("q01"), value("q05")) == ("Ministry of Development", ["policy-design"])
    again = look(client, data)
    assert states(again) == {2: "unchanged", 3: "unchanged"} and again.context["token"] == ""
    assert AuditEvent.objects.filter(verb="answers imported", actor_id=person("secretariat").pk).count() == 1
    assert "no longer kept" in confirm(client, page).content.decode(), "a sheet goes in once"


def test_a_sheet_that_says_what_was_kept_aside_settles_it(client, round_, person):
    response = Response.objects.get(round=round_, institution__code="BR-MDS")
    for number, text in enumerate(("one", "another")):
        save_answer(by=None, response=response, edit=Edit("q01", text, 0, f"device-{number}", 1))
    aside = AnswerRevision.objects.get(answer__response=response, revision=None)
    assert not aside.resolved
    page = look(client, sheet(HEAD, ("BR-MDS", "q01", "another", 1)))
    confirm(client, page)
    aside.refresh_from_db()
    assert value("q01") == "another" and aside.resolved


def test_what_is_exported_changes_nothing_when_it_comes_back(client, round_):
    every = open_round("every", institutions=FIVE, version=every_kind())
    kinds = {question.kind: question.code for question in every.version.questions.all()}
    rows = [
        HEAD,
        ("BR-MDS", kinds["text"], "is two: =1+1"),
        ("BR-MDS", kinds["long_text"], "One\nand two"),
        ("BR-MDS", kinds["number"], 12.5),
        ("BR-MDS", kinds["money"], "12000.5 USD"),
        ("BR-MDS", kinds["date"], "2010-07-15"),
        ("BR-MDS", kinds["period"], "1969–"),
        ("BR-MDS", kinds["single"], "Yes"),
        ("BR-MDS", kinds["multiple"], "policy-design"),
    ]
    countries = [
        PLACES,
        ("BR-MDS", kinds["countries"], "Bolivia", "first-offerer", 2005, 2010),
        ("BR-MDS", kinds["countries"], "CUB"),
    ]
    institutions = [
        ("institution", "question", "named", "role"),
        ("BR-MDS", kinds["institutions"], "BR-ABC", "coordinator"),
    ]
    data = sheet(*rows, countries=countries, institutions=institutions)
    page = look(client, data, code="every")
    assert set(states(page).values()) == {"new"}, [line for line in page.context["plan"].lines if line.reason]
    confirm(client, page, "every")
    assert Answer.objects.filter(response__round=every).count() == 10
    for language in ("en", "es", "pt", "fr"):
        exported = client.get(f"/{language}/rounds/every/answers.xlsx").content
        page = look(client, exported, code="every")
        assert page.context["plan"].counts == {"new": 0, "changed": 0, "unchanged": 10, "refused": 0}, language


def test_the_workbook_offers_choices_and_keeps_texts_texts(client, round_):
    response = Response.objects.get(round=round_, institution__code="BR-MDS")
    answered(response, "q01", "=HYPERLINK(1)")
    book = load_workbook(io.BytesIO(client.get("/en/rounds/trial/answers.xlsx").content))
    cells = [cell for row in book["answers"].iter_rows() for cell in row if cell.value == "=HYPERLINK(1)"]
    assert cells and cells[0].data_type == "s"
    assert book["answers"].data_validations.dataValidation
    assert book["countries"].data_validations.dataValidation
    assert book["list of countries"].max_row > 200


def test_a_newer_answer_is_shown_and_left_alone(client, round_):
    response = Response.objects.get(round=round_, institution__code="BR-MDS")
    answered(response, "q01", "Old")
    exported = client.get("/en/rounds/trial/answers.xlsx").content
    answered(response, "q01", "New")
    book = load_workbook(io.BytesIO(exported))
    for row in book["answers"].iter_rows():
        if row[5].value == "Old":
            row[5].value = "From the sheet"
    written = io.BytesIO()
    book.save(written)
    page = look(client, written.getvalue())
    line = next(line for line in page.context["plan"].lines if line.state != "unchanged")
    assert line.state == "refused" and "newer answer stays" in line.reason
    assert (line.changes[0].before, line.changes[0].after) == ("New", "From the sheet")
    assert value("q01") == "New"


def test_without_a_revision_a_standing_answer_is_not_overwritten(client, round_):
    response = Response.objects.get(round=round_, institution__code="BR-MDS")
    answered(response, "q01", "Old")
    page = look(client, sheet(HEAD[:3], ("BR-MDS", "q01", "New")))
    assert "Export the answers again" in reason(page)


def test_what_changed_between_looking_and_saving_stops_the_whole_sheet(client, round_):
    page = look(client, sheet(HEAD, ("BR-MDS", "q01", "A"), ("CL-FOSIS", "q01", "B")))
    response = Response.objects.get(round=round_, institution__code="CL-FOSIS")
    answered(response, "q01", "C")
    assert "Look at it again" in confirm(client, page).content.decode()
    assert (value("q01"), value("q01", "CL-FOSIS")) == (None, "C")


CELLS = {
    "unknown institution": (("BR-MSD", "q01", "x"), "Did you mean BR-MDS"),
    "an institution not invited": (("PY-NONE", "q01", "x"), "not invited"),
    "no institution": (("", "q01", "x"), "missing"),
    "unknown question": (("BR-MDS", "q77", "x"), "no question"),
    "not a choice": (("BR-MDS", "q07a", "diagonal"), "not among the choices"),
    "a formula": (("BR-MDS", "q01", "=1+1"), "formula"),
    "an error": (("BR-MDS", "q01", "#DIV/0!"), "error"),
    "a countries question on the wrong sheet": (("BR-MDS", "q08", "BOL"), "sheet of its own"),
    "a period that is none": (("BR-MDS", "q04", "long ago"), "period"),
    "a period that ends before it begins": (("BR-MDS", "q04", "2010-2005"), "before the first"),
    "an amount without a number": (("BR-MDS", "q13", "a lot"), "amount"),
    "a currency nobody has": (("BR-MDS", "q13", "5 QQQ"), "currency"),
    "a revision that is none": (("BR-MDS", "q01", "x", "old"), "revision"),
}


@pytest.mark.parametrize(("row", "said"), CELLS.values(), ids=CELLS)
def test_a_wrong_row_is_refused_with_its_reason(client, round_, row, said):
    page = look(client, sheet(HEAD, row, ("CL-FOSIS", "q01", "Right")))
    assert states(page) == {2: "refused", 3: "new"}
    assert said in reason(page)
    confirm(client, page)
    assert value("q01", "CL-FOSIS") == "Right"


def test_rows_that_stand_twice_are_refused(client, round_):
    page = look(client, sheet(HEAD, ("BR-MDS", "q01", "A"), ("MDS", "q01", "B")))
    assert states(page) == {2: "new", 3: "refused"}
    assert "Keep one of the two" in reason(page, 3)


COUNTRIES = {
    "a near name": ("Cameron", "Cameroon (CMR)"),
    "an aggregate": ("Africa, Total", "group of countries"),
    "a region": ("América Latina", "group of countries"),
    "nothing like a country": ("Xyzzy", "no country"),
    "its own country": ("Brasil", "own country"),
}


@pytest.mark.parametrize(("name", "said"), COUNTRIES.values(), ids=COUNTRIES)
def test_a_country_that_is_none_holds_its_answer_back(client, round_, name, said):
    page = look(
        client, sheet(PLACES, ("BR-MDS", "q08", "Bolivia"), ("BR-MDS", "q08", name), ("CL-FOSIS", "q08", "Perú"))
    )
    assert states(page) == {2: "refused", 3: "refused", 4: "new"}
    assert said in reason(page, 3)
    assert "waits until row 3" in reason(page, 2)
    confirm(client, page)
    assert value("q08") is None and value("q08", "CL-FOSIS") == [{"country": "PER", "role": "unknown"}]


def test_countries_in_four_languages_and_by_code(client, round_):
    names = ("Camerún", "Camarões", "Cameroon", "Cameroun", "cmr", "CM")
    for name in names:
        page = look(client, sheet(PLACES, ("BR-MDS", "q08", name)))
        assert page.context["plan"].edits[0].value == [{"country": "CMR", "role": "unknown"}], name


@pytest.mark.skipif(not TABLE3.is_file(), reason="table3.csv is not beside this repository (../shared/data)")
def test_table_3_goes_in_as_it_was_printed(client, round_):
    page = look(client, TABLE3.read_bytes(), "table3.csv")
    assert page.context["plan"].counts["refused"] == 0, [line for line in page.context["plan"].lines if line.reason]
    confirm(client, page)
    totals = [len(value("q08", code)) for code in FIVE]
    assert totals == [26, 15, 27, 21, 34]


MARKS = [
    ("Country", "MDS (BRA)", "FOSIS"),
    ("Bolivia", "x", "х"),
    ("Peru", "Х", "×"),
    ("Cuba", "", "X"),
    ("Haiti", "-", "0"),
]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marks_of_every_alphabet_count(client, round_, encoding, separator):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator).writerows(MARKS)
    page = look(client, buffer.getvalue().encode(encoding), "marks.csv")
    assert not page.context["plan"].refused, page.context["plan"].findings
    found = {edit.institution: [item["country"] for item in edit.value] for edit in page.context["plan"].edits}
    assert found == {"BR-MDS": ["BOL", "PER"], "CL-FOSIS": ["BOL", "CUB", "PER"]}


def test_a_table_adds_countries_and_takes_none_away(client, round_):
    response = Response.objects.get(round=round_, institution__code="BR-MDS")
    standing = [{"country": "CUB", "role": "first-offerer", "since": 2005, "until": None}]
    answered(response, "q08", standing)
    rows = [*MARKS, ("Cameron", "x", ""), ("Africa, Total", "7", ""), ("Panama", "maybe", "")]
    page = look(client, sheet(*rows))
    refused = {line.number: line.reason for line in page.context["plan"].lines if line.state == "refused"}
    assert set(refused) == {6, 7, 8}
    assert "Cameroon" in refused[6] and "group" in refused[7] and "no mark" in refused[8]
    confirm(client, page)
    assert value("q08") == [
        {"country": "BOL", "role": "unknown"},
        {"country": "CUB", "role": "first-offerer", "since": 2005, "until": None},
        {"country": "PER", "role": "unknown"},
    ]


def test_windows_1252_is_read_and_what_may_be_anything_is_refused(client, round_):
    text = "institution,question,answer\nBR-MDS,q01,Ministério da Educação\n"
    page = look(client, text.encode("cp1252"), "a.csv")
    assert page.context["plan"].edits[0].value == "Ministério da Educação"
    for data in (text.encode("mac_roman"), text.encode() + "CL-FOSIS,q01,Educación\n".encode("cp1252")):
        page = look(client, data, "a.csv")
        assert page.context["plan"].refused and "UTF-8" in page.context["plan"].findings[-1].message


FILES = {
    "missing columns": (sheet(("institution", "answer"), ("BR-MDS", "x")), "missing: “Question code”"),
    "more rows than are read": (sheet(HEAD, *[("BR-MDS", "q01", "x")] * 20_005), "more than"),
    "a CSV of 100,000 rows": (b"institution,question,answer\n" + b"BR-MDS,q01,x\n" * 100_000, "more than 20000 rows"),
    "nothing": (b"", "empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "png"),
    "a damaged workbook": (sheet(HEAD)[:-300], "damaged"),
    "a quotation mark missing": (b'institution,question,answer\nBR-MDS,q01,"x\n', "quotation mark"),
}


@pytest.mark.parametrize(("data", "said"), FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_read_says_why(client, round_, data, said):
    page = look(client, data)
    if not data:
        assert page.context["form"].errors
        return
    plan = page.context["plan"]
    assert plan.refused and said in " ".join(finding.message for finding in plan.findings)
    assert not plan.edits and not Answer.objects.filter(response__round=round_).exists()


def test_everybody_writes_for_their_own_institution_only(as_role, round_):
    data = sheet(HEAD, ("BR-MDS", "q01", "Ours"), ("CL-FOSIS", "q01", "Theirs"))
    page = look(as_role("focal-point"), data)
    assert states(page) == {2: "new", 3: "refused"}
    assert "may not answer" in reason(page, 3)
    confirm(as_role("focal-point"), page)
    assert (value("q01"), value("q01", "CL-FOSIS")) == ("Ours", None)
    book = load_workbook(io.BytesIO(as_role("focal-point").get("/en/rounds/trial/answers.xlsx").content))
    assert {row[0].value for row in book["answers"].iter_rows(min_row=2)} == {"BR-MDS"}


def test_what_is_submitted_is_not_changed_by_a_sheet(client, round_):
    Response.objects.filter(round=round_, institution__code="BR-MDS").update(status="accepted")
    page = look(client, sheet(HEAD, ("BR-MDS", "q01", "x"), ("CL-FOSIS", "q01", "y")))
    assert states(page) == {2: "refused", 3: "new"}
    assert "returned first" in reason(page)


def test_a_closed_round_takes_nothing(client):
    page = look(client, sheet(HEAD, ("BR-MDS", "q02", "x")), code="oas-2010")
    assert states(page) == {2: "refused"} and page.context["token"] == ""


def test_looking_takes_the_same_queries_however_long_the_sheet(client, round_, django_assert_max_num_queries):
    rows = [(code, f"q{number:02}", "x") for code in FIVE for number in (1, 2)]
    with django_assert_max_num_queries(18):
        look(client, sheet(HEAD, *rows))
