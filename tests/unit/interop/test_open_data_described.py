"""The descriptions of open data: Data Package, DCAT, SKOS, and the licence that they all name."""

import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from rdflib import Graph
from rdflib.compare import isomorphic

from ayni.directory.models import ConceptScheme
from ayni.interop.api.v1 import api
from ayni.interop.queries.open_data.catalogue import RESOURCES
from ayni.site.licence import licence
from tests.factories.open_data import file, get, some_of_others

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def of_others(settings, tmp_path):
    settings.API_LIMITS = {"address": 1_000_000, "token": 1}
    settings.DATA_FOLDER, settings.MEDIA_ROOT = tmp_path, tmp_path / "uploads"
    some_of_others(tmp_path)


def test_the_package_describes_the_files():
    package = get("datapackage.json").json()
    for resource in package["resources"]:
        if resource["name"].startswith("edition-"):
            path = resource["path"].partition("/api/v1/")[2]
            digest = get(path)["Repr-Digest"]
            assert resource["hash"].startswith("sha256:") and digest.startswith("sha-256=:")
            continue
        header = file(resource["name"], "csv").decode().splitlines()[0].split(",")
        assert header == [field["name"] for field in resource["schema"]["fields"]]
    assert package["licenses"][0]["name"] == "CC-BY-4.0"


# Of the specifications of Data Package, Data Resource and Table Schema (specs.frictionlessdata.io).
NAME = re.compile(r"[a-z0-9._-]+")
FIELD_KINDS = {"string", "number", "integer", "boolean", "object", "array", "date"}
HASH = re.compile(r"sha256:[0-9a-f]{64}")


def test_the_package_is_a_data_package():
    package = get("datapackage.json").json()
    assert NAME.fullmatch(package["name"]) and package["profile"] == "data-package" and package["resources"]
    names = [one["name"] for one in package["resources"]]
    assert len(set(names)) == len(names) and all(map(NAME.fullmatch, names))
    for terms in [*package["licenses"], *(one for row in package["resources"] for one in row.get("licenses", []))]:
        assert terms["name"] or terms["path"]
    for resource in package["resources"]:
        assert resource["path"].startswith("http") and "/../" not in resource["path"]
        if "schema" not in resource:
            assert HASH.fullmatch(resource["hash"])
            continue
        assert (resource["profile"], resource["encoding"]) == ("tabular-data-resource", "utf-8")
        fields = resource["schema"]["fields"]
        assert {field["type"] for field in fields} <= FIELD_KINDS and all(field["description"] for field in fields)
        assert len({field["name"] for field in fields}) == len(fields)
    others = {row["name"] for row in package["resources"] if row.get("licenses", [{}])[0].get("name") == "other"}
    assert others == {
        "flows",
        "reported",
        "transactions",
        "sources",
        "reported-organisations",
        "reported-budgets",
        "reported-documents",
    }


def test_the_licence_is_the_administrator_s(settings):
    settings.OPEN_DATA_LICENCE = licence("ODbL-1.0")
    told = [Client().get("/en/open-data/"), *(get(one) for one in ("datapackage.json", "catalog.jsonld"))]
    for answer in told:
        assert "opendatacommons.org/licenses/odbl" in answer.content.decode()
        assert "creativecommons" not in answer.content.decode()
    described = api.get_openapi_schema(path_prefix="/api/v1/")
    assert described["info"]["license"]["url"] == settings.OPEN_DATA_LICENCE["path"]
    assert b"opendatacommons" in file("regions", "parquet")


LICENCES = {
    "": "CC-BY-4.0",
    " CC0-1.0 ": "CC0-1.0",
    "OGL-X https://example.org/licence Open licence of X": "OGL-X",
}


@pytest.mark.parametrize(("told", "name"), LICENCES.items())
def test_a_licence_is_known_or_told_in_full(told, name):
    found = licence(told)
    assert found["name"] == name and found["path"].startswith("https://") and found["title"]


@pytest.mark.parametrize("told", ["CC", "CC-BY-3.0", "X http://example.org/ Not safe", "X https://example.org/"])
def test_a_licence_that_cannot_be_told_stops_the_site(told):
    with pytest.raises(ImproperlyConfigured, match="open-data.md"):
        licence(told)


# What rdflib's own reader of JSON-LD says of itself.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_the_catalogue_is_read_as_dcat():
    found = Graph().parse(data=get("catalog.jsonld").content, format="json-ld")
    ask = """PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/>
        PREFIX foaf: <http://xmlns.com/foaf/0.1/> SELECT ?name (COUNT(DISTINCT ?file) AS ?files) WHERE {
            ?catalogue a dcat:Catalog ; dcat:dataset ?set .
            ?set a dcat:Dataset ; dct:identifier ?name ; dct:title ?title ; dct:description ?about ; dcat:distribution ?one .
            ?catalogue dct:publisher/foaf:name "Ayni" ; dct:description ?what ; dcat:service/dcat:servesDataset ?set .
            ?one dcat:downloadURL ?file ; dcat:mediaType ?kind . FILTER (isIRI(?kind))
            { ?set dct:license ?terms } UNION { ?set dct:rights ?terms } } GROUP BY ?name"""
    told = {str(row.name): int(row.files) for row in found.query(ask)}
    assert told == {**dict.fromkeys(RESOURCES, 3), "oas-2010": 1}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_turtle_says_what_json_ld_says():
    for scheme in ConceptScheme.objects.filter(status="current"):
        turtle, linked = (
            Graph().parse(data=get(f"vocabularies/{scheme.code}/1/skos.{ending}").content, format=form)
            for ending, form in (("ttl", "turtle"), ("jsonld", "json-ld"))
        )
        assert len(turtle) > 4 and isomorphic(turtle, linked), scheme.code
