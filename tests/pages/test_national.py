"""National records: profiles, their editing with a live preview, the way in through a dry run, two countries side by side."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ayni.interop.models import RecordProfile, ReportedActivity, SourceFile
from ayni.interop.queries.kept import ANSWERS
from ayni.interop.queries.national.sides import ANSWERS as SIDES
from tests.factories.national import TITLES, as_csv, as_xlsx, row

# Two sides as they are read again: they are asked once after an import or a change of a profile.
PAGES: dict[str, dict[str, int | str]] = {
    "reported/profiles/": {"public": 3, "*": 5},
    "reported/profiles/new/": {"public": "302", "secretariat": 5, "national-coordinator": 5, "*": "403"},
    "reported/profiles/simexcid-mex/": {"public": 6, "*": 8},
    "reported/profiles/simexcid-mex/profile.ttl": {"public": 3, "*": 4},
    "reported/profiles/simexcid-mex/load/": {"public": "302", "secretariat": 4, "*": "403"},
    # There is no draft yet; those who may begin one are told that there is no such page.
    "reported/profiles/simexcid-mex/edit/": {
        "public": "302",
        "secretariat": "404",
        "national-coordinator": "404",
        "*": "403",
    },
    "reported/profiles/simexcid-mex/crosswalk/sector/": {
        "public": "302",
        "secretariat": "404",
        "national-coordinator": "404",
        "*": "403",
    },
    "reported/profiles/none/": {"*": "404"},
    "reported/sides/": {"public": 2, "*": 3},
    "reported/sides/?one=MEX&other=BRA": {"public": 6, "*": 7},
    "reported/sides.csv?one=MEX&other=BRA": {"public": 6, "*": 7},
}
HOME = "/en/reported/profiles/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    """What another test asked is not remembered."""
    ANSWERS.answer(object(), "", lambda: None)
    SIDES.answer(object(), "", lambda: None)


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


def sent(page) -> dict[str, str]:
    """What the form of a draft would send as it stands."""
    form, sources = page.context["form"], page.context["sources"]
    given = {"base": str(page.context["profile"].revision)}
    for name in form.fields:
        value = form[name].value()
        given[name] = "" if value is None else value
    for bound in (*sources.management_form, *(field for one in sources for field in one)):
        value = bound.value()
        given[bound.html_name] = "" if value is None else str(value)
    return given


@pytest.fixture
def drafted(as_role):
    """The secretariat with a draft of Mexico's profile, and the page where it is changed."""
    client = as_role("secretariat")
    answer = client.post(f"{HOME}simexcid-mex/step/", {"do": "draft"})
    assert answer.url == f"{HOME}simexcid-mex/edit/"
    return client, client.get(answer.url)


def test_a_draft_is_looked_at_saved_and_put_in_force(drafted):
    client, page = drafted
    assert len(page.context["look"].rows) == 6
    given = sent(page) | {"dates": ["YYYY-MM-DD"]}
    live = client.post(f"{HOME}simexcid-mex/edit/", given | {"do": "look"}, headers={"HX-Request": "true"})
    text = live.content.decode()
    # Only the preview comes back, and its rows are refused now: the days are of another form.
    assert "<h1" not in text and "is no date of the forms YYYY-MM-DD" in text
    plain = client.post(f"{HOME}simexcid-mex/edit/", given | {"do": "look"})
    assert "is no date of the forms" in plain.content.decode() and "<h1" in plain.content.decode()
    assert RecordProfile.objects.get(code="simexcid-mex", status="draft").revision == 1
    assert client.post(f"{HOME}simexcid-mex/edit/", sent(page) | {"do": "save", "separator": ","}).status_code == 302
    # Who saves upon what no longer stands is told so.
    late = client.post(f"{HOME}simexcid-mex/edit/", sent(page) | {"do": "save"})
    assert late.status_code == 200 and "meanwhile" in late.content.decode()
    client.post(f"{HOME}simexcid-mex/step/", {"do": "put-in-force"})
    assert RecordProfile.objects.get(code="simexcid-mex", status="current").declared["separator"] == ","


WRONG = {
    "no title": {"title": ""},
    "days that cannot be told apart": {"dates": ["DD/MM/YYYY", "MM/DD/YYYY"]},
    "no form of a date": {"dates": []},
    "a role that is none": {"role": "Oferente = donor"},
    "no sign": {"status": "En ejecución"},
    "no identifier": {"source-0-field": "", "source-0-column": ""},
    "a column and a value": {"source-3-value": "x"},
    "a field that is not told": {"source-3-field": ""},
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_in_the_form_is_told_and_nothing_kept(drafted, case):
    client, page = drafted
    answer = client.post(f"{HOME}simexcid-mex/edit/", sent(page) | WRONG[case] | {"do": "save"})
    assert answer.status_code == 200 and answer.context["look"] is None and "errorlist" in answer.content.decode()
    assert RecordProfile.objects.get(code="simexcid-mex", status="draft").revision == 1


@pytest.mark.parametrize("data", [as_csv(row()), as_xlsx(row(Monto=3.5))], ids=["csv", "xlsx"])
def test_another_example(drafted, data):
    client, _page = drafted
    client.post(f"{HOME}simexcid-mex/sample/", {"file": SimpleUploadedFile("a", data)})
    assert RecordProfile.objects.get(code="simexcid-mex", status="draft").sample[0] == [1, list(TITLES)]
    page = client.get(f"{HOME}simexcid-mex/edit/")
    assert page.context["titles"] == list(TITLES) and page.context["look"].about


def test_a_crosswalk_is_edited(drafted):
    client, _page = drafted
    address = f"{HOME}simexcid-mex/crosswalk/sector/"
    page = client.get(address)
    forms = page.context["forms"]
    # What records bear and nobody has mapped stands first.
    assert forms[0].initial == {"label": "Agricultura familiar", "relation": "", "concept": None}
    given = {bound.html_name: bound.value() for bound in forms.management_form}
    given |= {f.html_name: "" if f.value() is None else f.value() for one in forms for f in one}
    term = forms[0].fields["concept"].choices[1][0]
    assert client.post(address, given | {"code-0-relation": "relatedMatch"}).status_code == 200
    answer = client.post(address, given | {"code-0-relation": "relatedMatch", "code-0-concept": term})
    assert answer.status_code == 302
    draft = RecordProfile.objects.get(code="simexcid-mex", status="draft")
    assert draft.mappings.filter(key="agricultura familiar", relation="relatedMatch").count() == 1
    assert client.get(f"{HOME}simexcid-mex/crosswalk/colour/").status_code == 404


def test_a_draft_is_thrown_away_and_its_pages_are_for_those_who_may(drafted, as_role):
    for address in ("edit/", "crosswalk/sector/"):
        for role, status in (("public", 302), ("focal-point", 403), ("national-coordinator", 403)):
            assert as_role(role).get(f"{HOME}simexcid-mex/{address}").status_code == status
    client, _page = drafted
    client = as_role("secretariat")
    assert client.post(f"{HOME}simexcid-mex/step/", {"do": "dance"}).status_code == 404
    client.post(f"{HOME}simexcid-mex/step/", {"do": "delete"})
    assert client.get(f"{HOME}simexcid-mex/edit/").status_code == 404


def test_a_new_profile(as_role):
    client = as_role("national-coordinator")
    given = {"code": "cl-mds", "title": "x", "ref": "CL-1", "reporter": "MDS", "identifier": "Folio", "named": "Nombre"}
    assert client.post(f"{HOME}new/", given).status_code == 200
    assert client.post(f"{HOME}new/", given | {"country": "MEX"}).status_code == 200
    assert client.post(f"{HOME}new/", given | {"country": "CHL", "code": "agcid-chl"}).status_code == 200
    answer = client.post(f"{HOME}new/", given | {"country": "CHL"})
    assert answer.url == f"{HOME}cl-mds/edit/" and client.get(answer.url).status_code == 200
    # Nobody else sees what only stands as a draft.
    assert as_role("public").get(f"{HOME}cl-mds/").status_code == 404


def test_a_file_is_looked_at_then_goes_in(as_role):
    client, address = as_role("secretariat"), f"{HOME}simexcid-mex/load/"
    profile = RecordProfile.objects.get(code="simexcid-mex")
    titles, *rows = [cells for _number, cells in profile.sample]
    rows[0][1], rows[1][0] = "Otro nombre", ""
    files = SourceFile.objects.count()
    page = client.post(address, {"file": SimpleUploadedFile("a.csv", as_csv(*rows, titles=titles))})
    counts = page.context["shown"].counts
    assert (counts["new"], counts["changed"], counts["unchanged"], counts["refused"]) == (0, 1, 4, 1)
    text = page.content.decode()
    assert "Otro nombre" in text and "is empty" in text and SourceFile.objects.count() == files
    answer = client.post(address, {"token": page.context["token"], "seen": page.context["shown"].digest})
    file = SourceFile.objects.get(name="a.csv")
    assert answer.url == f"/en/reported/sources/{file.pk}/" and (file.changed, file.failed) == (1, 1)
    again = client.post(address, {"token": page.context["token"], "seen": page.context["shown"].digest})
    assert again.url == address and ReportedActivity.objects.filter(titles__es="Otro nombre").exists()


def test_a_file_of_another_shape_is_refused_with_what_to_do(as_role):
    upload = SimpleUploadedFile("a.csv", as_csv(row(), titles=("x",) * 9))
    page = as_role("secretariat").post(f"{HOME}simexcid-mex/load/", {"file": upload})
    assert "Choose the profile of this file" in page.content.decode()


def test_a_record_and_its_file_tell_where_they_come_from(visit):
    one = ReportedActivity.objects.get(identifier="MX-AMEXCID-RENCID-2014-0103")
    text = visit(f"reported/{one.pk}/", "public", "es", 9)
    assert "Guatemala" in text and "Curso o seminario" in text and "Ficti" in text
    visit(f"reported/sources/{one.last_file_id}/", "public", "pt", 3)


def test_two_countries_are_asked_for_or_told_what_is_missing(as_role):
    client = as_role("public")
    assert "Choose two different countries." in client.get("/en/reported/sides/?one=MEX&other=MEX").content.decode()
    assert "found" not in client.get("/en/reported/sides/?one=XXX&other=MEX").context
    assert client.get("/en/reported/sides.csv?one=MEX&other=MEX").status_code == 404
    assert client.get("/en/reported/sides.ods?one=MEX&other=BRA").status_code == 404
    assert client.get("/en/reported/sides.xlsx?one=MEX&other=BRA").content.startswith(b"PK")
    text = client.get("/en/reported/sides.csv?one=MEX&other=BRA").content.decode("utf-8-sig")
    assert "one names the other,MX-AMEXCID-RENCID-2014-0101,BR-ABC-BRA-13-018" in text
