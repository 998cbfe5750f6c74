"""What leaves is what anybody may read, whole, in each format alike."""

import csv
import io
import json
import re

import duckdb
import pyarrow.parquet as pq
import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ayni.client
from ayni.accounts.models import User
from ayni.atlas.actions.snapshot import write_snapshot
from ayni.directory.actions.vocabulary_versions import draft_version
from ayni.directory.models import ConceptScheme
from ayni.interop.actions.flows import load_flows, prepare_flows
from ayni.interop.formats.open_data.columns import columns
from ayni.interop.queries.open_data.catalogue import RESOURCES
from ayni.registry.models import AgreementParty, Initiative, Participation
from ayni.registry.queries.initiatives.lists import initiatives_for
from ayni.surveys.models import DiagnosisEdition
from tests.factories.agreements import agreement
from tests.factories.lessons import initiative as published
from tests.factories.lessons import lesson
from tests.factories.open_data import CRS, every, file, get, some_of_others
from tests.factories.records import initiative
from tests.factories.reported import reported
from tests.factories.supply import demand, offer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_limit(settings):
    settings.API_LIMITS = {"address": 1_000_000, "token": 1}


@pytest.fixture(autouse=True)
def of_others(settings, tmp_path):
    settings.DATA_FOLDER, settings.MEDIA_ROOT = tmp_path, tmp_path / "uploads"
    return some_of_others(tmp_path)


def listed(name: str, key: str) -> set:
    return {row[key] for row in get(f"{name}?limit=500").json()["items"]}


# What is not public, and where it would appear: {name: (make, resource, key, the key's value)}.
HIDDEN = {
    "a record that waits": (lambda: initiative("MX-SEDESOL", "BR-MDS", validation="notified"), "initiatives", "code"),
    "a record in dispute": (lambda: initiative("MX-SEDESOL", "BR-MDS", validation="disputed"), "initiatives", "code"),
    "a record validated, not published": (
        lambda: initiative("MX-SEDESOL", "BR-MDS", validation="validated"),
        "initiatives",
        "code",
    ),
    "a record that was merged": (
        lambda: initiative(
            "MX-SEDESOL", "BR-MDS", validation="published", merged_into=Initiative.objects.filter().first()
        ),
        "initiatives",
        "code",
    ),
    "an agreement in review": (lambda: agreement("MX-SEDESOL", "BR-MDS", state="review"), "agreements", "id"),
    "a draft of an offer": (lambda: offer("BRA", state="draft"), "offers", "id"),
    "a paused offer": (lambda: offer("BRA", state="paused"), "offers", "id"),
    "a demand that was submitted": (lambda: demand("PRY", state="submitted"), "demands", "id"),
    "a demand that was declined": (lambda: demand("PRY", state="declined"), "demands", "id"),
    "a lesson that nobody has reviewed": (lambda: lesson(published(), state="captured"), "lessons", "id"),
}


@pytest.mark.parametrize(("make", "name", "key"), HIDDEN.values(), ids=HIDDEN)
def test_what_is_not_public_is_nowhere(make, name, key):
    made = make()
    value = made.code if key == "code" else made.pk
    assert value not in listed(name, key)
    assert get(f"{name}/{value}").status_code == 404
    assert value not in {row[key] for row in every(name)}
    if name == "initiatives":
        assert value not in listed("participations", "initiative")


def test_what_is_public_is_there():
    for validation in ("published", "unilateral"):
        made = initiative("MX-SEDESOL", "BR-MDS", validation=validation)
        assert get(f"initiatives/{made.code}").json()["validation"] == validation
    assert listed("initiatives", "code") == set(initiatives_for(AnonymousUser()).values_list("code", flat=True))


def test_links_lead_to_nothing_hidden():
    above = initiative("MX-SEDESOL", "BR-MDS", validation="private")
    made = initiative("MX-SEDESOL", "BR-MDS", validation="published", parent=above)
    made.agreements.add(agreement("MX-SEDESOL", "BR-MDS", state="draft"))
    told = get(f"initiatives/{made.code}").json()
    assert (told["parent"], told["agreements"]) == (None, [])


def test_drafts_of_vocabularies_and_editions_stay_inside(person):
    draft_version(by=person("secretariat"), code="topics")
    assert {row["version"] for row in every("terms") if row["vocabulary"] == "topics"} == {1}
    assert get("vocabularies/topics/2/skos.ttl").status_code == 404
    DiagnosisEdition.objects.filter(code="oas-2010").update(status="frozen", published_at=None)
    for path in ("editions/oas-2010", "editions/oas-2010/tables/T3", "editions/oas-2010/content.json"):
        assert get(path).status_code == 404
    assert get("partners").json()["items"] == [] and every("editions") == []


def test_no_person_is_named():
    made = initiative("MX-SEDESOL", "BR-MDS", validation="published")
    made.participations.update(counterpart="Ana Secreta Reyes")
    signed = agreement("MX-SEDESOL", "BR-MDS", signed=True, state="in-force")
    signed.parties.update(signatory="Juan Secreto Ríos")
    people = {*User.objects.values_list("name", flat=True), *User.objects.values_list("email", flat=True)}
    people |= set(Participation.objects.values_list("counterpart", flat=True))
    people |= set(AgreementParty.objects.values_list("signatory", flat=True))
    whole = "".join(file(name, "json").decode() for name in RESOURCES)
    assert {"Ana Secreta Reyes", "Juan Secreto Ríos"} <= people
    assert [one for one in people if len(one) > 3 and one in whole] == []
    assert not re.search(r"[\w.]+@[\w-]+\.\w+", whole)


@pytest.mark.parametrize("name", RESOURCES)
def test_the_formats_say_the_same(name, tmp_path):
    shape = RESOURCES[name].shape
    known = columns(shape)
    rows = every(name)
    lines = list(csv.DictReader(io.StringIO(file(name, "csv").decode())))
    path = tmp_path / "rows.parquet"
    path.write_bytes(file(name, "parquet"))
    table = pq.read_table(path)
    assert rows and len(rows) == len(lines) == table.num_rows
    assert list(lines[0]) == table.column_names == [one.name for one in known]
    for row, line, stored in zip(rows, lines, table.to_pylist(), strict=True):
        for one in known:
            value = row[one.field].get(one.language, "") if one.language else row[one.field]
            cell = line[one.name]
            if one.kind in ("array", "object"):
                assert json.loads(cell) == value
                assert (
                    len(stored[one.name]) == len(value)
                    if one.kind == "array"
                    else json.loads(stored[one.name]) == value
                )
            elif one.kind == "number":
                assert (float(cell) if cell else None) == value == stored[one.name]
            else:
                told = "" if value is None else str(value).lower() if one.kind == "boolean" else str(value)
                assert cell.lstrip("'") == told.lstrip("'") if one.kind == "string" else cell == told
                plain = stored[one.name]
                assert (plain.isoformat() if one.kind == "date" and plain else plain) == value
    assert duckdb.sql(f"SELECT count(*) FROM read_parquet('{path}')").fetchall() == [(len(rows),)]


def test_names_of_budget_lines_leave_in_all_languages_and_are_answered_in_one(tmp_path):
    names = {"es": "Cooperación", "en": "Cooperation"}
    for language in ("es", "fr"):
        answer = Client(headers={"accept-language": language}).get("/api/v1/bulk/reported-budgets.json")
        row = json.loads(answer.getvalue())[-1]
        assert [line["name"] for line in row["lines"]] == [names]
    path = tmp_path / "budgets.parquet"
    path.write_bytes(file("reported-budgets", "parquet"))
    (line,) = pq.read_table(path).to_pylist()[-1]["lines"]
    assert (line["name_es"], line["name_pt"], line["name_en"]) == ("Cooperación", "", "Cooperation")
    for language in ("es", "en"):
        row = get(f"reported-budgets?limit=500&lang={language}").json()["items"][-1]
        assert row["lines"][0]["name"] == names[language]


@pytest.mark.parametrize("name", RESOURCES)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(size=st.integers(1, 500))
def test_pages_of_any_size_give_each_row_once(name, size):
    rows = RESOURCES[name].source
    found, after = [], None
    size = max(size, 40) if name in ("terms", "accounts", "countries") else size
    while True:
        page = rows.page({}, after, size)
        found += page.rows
        if page.last is None:
            break
        after = page.last
    assert found == list(rows.every())


def test_a_page_goes_on_where_it_ended_though_rows_were_added():
    first = get("offers?limit=2").json()
    offer("BRA")
    rest = get(f"offers?limit=500&cursor={first['next']}").json()["items"]
    ids = [row["id"] for row in first["items"] + rest]
    assert ids == sorted(set(ids)) and len(ids) == len(every("offers"))
    assert get(f"demands?cursor={first['next']}").status_code == 422


FILTERS = {
    "countries?region_m49=005": ("region_m49", "005"),
    "regions?scheme=oas2010": ("scheme", "oas2010"),
    "institutions?country=BRA": ("country", "BRA"),
    "institutions?international=true": ("international", True),
    "programmes?country=CHL": ("country", "CHL"),
    "components?programme=CL-PUENTE": ("programme", "CL-PUENTE"),
    "vocabularies?status=current": ("status", "current"),
    "terms?vocabulary=topics&version=1": ("vocabulary", "topics"),
    "terms?current=true": ("retired_on", None),
    "initiatives?record=unilateral": ("validation", "unilateral"),
    "initiatives?type=horizontal": ("type", "horizontal"),
    "participations?role=recipient": ("role", "recipient"),
    "participations?country=CHL": ("country", "CHL"),
    "agreements?state=in-force": ("state", "in-force"),
    "offers?country=BRA": ("country", "BRA"),
    "demands?country=PRY": ("country", "PRY"),
    "partners?institution=BR-MDS": ("institution", "BR-MDS"),
    "partners?edition=oas-2010&partner=BOL": ("partner", "BOL"),
    "statistics?table=country": ("table", "country"),
    "accounts?table=T8": ("table", "T8"),
    "reported?publisher=XX-1&country=BO&sector=160&text=hogares": ("publisher", "XX-1"),
    "transactions?currency=USD&year=2024&kind=3&sector=16010": ("currency", "USD"),
    "sources?kind=iati-activities": ("kind", "iati-activities"),
    "flows?source=crs": ("source", "crs"),
    "flows?recipient=HTI&year=2021&sector=160&source=crs": ("recipient", "HTI"),
}


@pytest.mark.parametrize(("path", "told"), FILTERS.items())
def test_a_filter_gives_those_and_all_of_them(path, told):
    field, value = told
    name = path.partition("?")[0]
    rows = get(f"{path}&limit=500").json()["items"]
    whole = [row for row in every(name) if row[field] == value]
    assert rows and all(row[field] == value for row in rows)
    assert len(rows) == len(whole) or "&" in path or path == "terms?current=true"


def test_lists_of_terms_are_filtered_without_repeating_a_row():
    made = initiative("MX-SEDESOL", "BR-MDS", validation="published")
    topic = ConceptScheme.objects.get(code="topics", status="current").concepts.first()
    made.topics.add(topic)
    rows = get(f"initiatives?topic={topic.code}&country=BRA&institution=MX-SEDESOL&year=2010").json()["items"]
    assert [row["code"] for row in rows] == [made.code]
    for path in (f"programmes?topic={topic.code}", f"components?topic={topic.code}"):
        assert all(topic.code in row["topics"] for row in get(path).json()["items"])


def test_a_merged_record_is_told_once():
    kept = initiative("MX-SEDESOL", "BR-MDS", validation="published")
    other = initiative("MX-SEDESOL", "BR-MDS", validation="unilateral", merged_into=kept)
    inside = initiative("MX-SEDESOL", "BR-MDS", validation="private", merged_into=kept)
    told = listed("initiatives", "code")
    assert kept.code in told and not {other.code, inside.code} & told
    assert get(f"initiatives/{kept.code}").json()["merged"] == [other.code]
    assert not {other.code, inside.code} & listed("participations", "initiative")


def test_rows_of_the_demonstration_say_so():
    for name in (
        "initiatives",
        "participations",
        "agreements",
        "offers",
        "demands",
        "lessons",
        "statistics",
        "accounts",
    ):
        assert any(row["fictional"] for row in every(name)), name
    assert {row["fictional"] for row in every("flows") if row["source"] == "registry"} == {True}
    assert {row["fictional"] for row in every("flows") if row["source"] == "crs"} == {False}
    assert {row["fictional"] for row in every("partners")} == {False}


@pytest.mark.parametrize("name", RESOURCES)
def test_only_the_fields_that_are_wanted(name):
    names = list(RESOURCES[name].shape.model_fields)
    page = get(f"{name}?limit=3").json()
    assert page["items"] and all(list(row) == names for row in page["items"])
    wanted = [names[-1], names[0]]
    some = get(f"{name}?limit=3&fields={','.join(wanted)}").json()
    assert some["items"] == [{one: row[one] for one in wanted} for row in page["items"]]
    assert get(f"{name}?fields=no_such&lang=en").json()["errors"][0]["message"].startswith("There is no field no_such")


def test_one_record_with_the_fields_that_are_wanted():
    assert get("countries/BRA?fields=iso2,name&lang=fr").json() == {"iso2": "BR", "name": "Brésil"}


@pytest.mark.parametrize("name", RESOURCES)
def test_a_count_is_exact_and_only_where_it_is_asked_for(name):
    assert get(f"{name}?limit=1").json()["count"] is None
    assert get(f"{name}?limit=1&count=true").json()["count"] == len(every(name))


def test_a_count_knows_what_was_added_and_what_is_asked(of_others, person):
    before = get("reported?count=true").json()["count"]
    reported(publisher="XX-2")
    told = get("reported?count=true&limit=1").json()
    assert (told["count"], len(told["items"])) == (before + 1, 1)
    assert get("reported?count=true&publisher=XX-2").json()["count"] == 1


def test_a_reader_of_flows_goes_on_in_the_snapshot_where_they_began(settings, tmp_path):
    whole = every("flows")
    first = get("flows?limit=1").json()
    for number in (1, 2):
        (tmp_path / f"{number}.csv").write_text(CRS.replace("Haiti", "Chile" if number == 1 else "Peru"))
        load_flows(by=None, prepared=prepare_flows(path=tmp_path / f"{number}.csv", format="crs"))
        write_snapshot()
        rest = get(f"flows?limit=500&lang=en&cursor={first['next']}")
        if number == 1:
            assert first["items"] + rest.json()["items"] == whole
    assert rest.status_code == 422 and "anew" in rest.json()["errors"][0]["message"]


def test_without_a_snapshot_there_are_no_flows(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path / "empty"
    assert get("flows?count=true").json() == {"items": [], "next": None, "count": 0}
    assert every("flows") == []


def test_accounts_are_of_a_year_and_a_country():
    assert get("accounts?year=1901").json()["items"] == []
    rows = get("accounts?country=CHL&limit=500").json()["items"]
    assert rows and {row["scope"] for row in rows} == {"CHL"}
    assert get("accounts?country=XXX").json()["items"] == []


def test_the_types_of_the_client_are_those_of_the_api():
    for resource in RESOURCES.values():
        typed = getattr(ayni.client, resource.shape.__name__)
        assert set(typed.__annotations__) == set(resource.shape.model_fields), resource.name
