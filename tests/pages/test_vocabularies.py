"""Vocabularies: read by everybody, changed by the secretariat as a draft, loaded from CSV after a dry run."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ayni.common.models import AuditEvent
from ayni.directory.actions.vocabulary_versions import draft_version
from ayni.directory.models import Concept, ConceptScheme

PAGES: dict[str, dict[str, int | str]] = {
    "vocabularies/": {"public": 2, "*": 4},
    "vocabularies/new/": {"public": "302", "secretariat": 3, "*": "403"},
    "vocabularies/topics/": {"public": 6, "*": 8},
    "vocabularies/topics/1/": {"public": 6, "*": 8},
    "vocabularies/topics/1/terms.csv": {"public": 3, "*": 5},
    "vocabularies/topics/1/skos.jsonld": {"public": 3, "*": 5},
    "vocabularies/topics/1/since/1/": {"public": 5, "*": 7},
    "vocabularies/topics/load/": {"public": "302", "secretariat": 4, "*": "403"},
    "vocabularies/topics/1/edit/": {"public": "302", "secretariat": "302", "*": "403"},
    "vocabularies/topics/1/in-force/": {"public": "302", "secretariat": "302", "*": "403"},
    "vocabularies/topics/1/delete/": {"public": "302", "secretariat": "302", "*": "403"},
    "vocabularies/topics/1/terms/new/": {"public": "302", "secretariat": 5, "*": "403"},
    "vocabularies/topics/1/terms/9999999/": {"public": "302", "secretariat": "404", "*": "403"},
    "vocabularies/topics/1/terms/9999999/change/": {"public": "302", "*": "405"},
    "vocabularies/topics/draft/": {"public": "302", "*": "405"},
    "vocabularies/none/": {"*": "404"},
    "vocabularies/topics/7/": {"*": "404"},
}

pytestmark = pytest.mark.django_db
LOAD = "/en/vocabularies/topics/load/"


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


@pytest.fixture
def draft(person):
    return draft_version(by=person("secretariat"), code="topics")


def test_a_draft_is_seen_by_those_who_may_and_edited_by_fewer(as_role, draft):
    assert as_role("public").get("/en/vocabularies/topics/2/").status_code == 404
    assert as_role("observer").get("/en/vocabularies/topics/2/").status_code == 200
    assert as_role("observer").get("/en/vocabularies/topics/2/edit/").status_code == 403
    assert as_role("secretariat").get("/en/vocabularies/topics/2/edit/").status_code == 200
    for path in ("in-force/", "delete/", "terms/new/"):
        assert as_role("secretariat").get(f"/en/vocabularies/topics/2/{path}").status_code == 200


def test_from_draft_to_force(as_role, draft):
    client = as_role("secretariat")
    here = "/en/vocabularies/topics/2/"
    new = {"code": "care", "label_es": "Cuidados", "label_en": "Care", "broader": "", "source": "OAS, 2026"}
    assert client.post(f"{here}terms/new/", new)["Location"] == f"{here}edit/"
    care = Concept.objects.get(scheme=draft, code="care")
    page = client.get(f"{here}terms/{care.pk}/")
    changed = page.context["form"].initial | {"label_pt": "Cuidado"}
    assert client.post(f"{here}terms/{care.pk}/", changed).status_code == 302
    assert client.post(f"{here}terms/{care.pk}/change/", {"do": "up"}).status_code == 302
    stale = client.post(f"{here}terms/{care.pk}/", changed | {"label_pt": "Outro"})
    assert stale.status_code == 200 and "Somebody else changed" in stale.content.decode()
    client.post(f"{here}in-force/")
    assert client.get("/en/vocabularies/topics/").context["scheme"].version == 2
    assert "Care (care)" in client.get(f"{here}since/1/").content.decode()
    assert ConceptScheme.objects.get(code="topics", version=1).status == "superseded"
    assert AuditEvent.objects.filter(verb="vocabulary put in force").count() == 1
    assert client.post(f"{here}terms/new/", new | {"code": "more"}).status_code == 200, "no longer a draft"
    assert not Concept.objects.filter(code="more").exists()


def test_a_term_that_was_in_force_is_retired_and_never_removed(as_role, draft):
    client = as_role("secretariat")
    term = draft.concepts.first()
    page = client.post(f"/en/vocabularies/topics/2/terms/{term.pk}/change/", {"do": "remove"}, follow=True)
    assert "retire it instead" in page.content.decode()
    client.post(f"/en/vocabularies/topics/2/terms/{term.pk}/change/", {"do": "retire"})
    term.refresh_from_db()
    assert term.retired_on is not None


def upload(client, data: bytes, source: str = "OAS, resolution 1"):
    return client.post(LOAD, {"file": SimpleUploadedFile("terms.csv", data), "source": source})


def exported(as_role) -> bytes:
    return as_role("public").get("/en/vocabularies/topics/1/terms.csv").content


def test_what_is_exported_changes_nothing_when_loaded(as_role):
    page = upload(as_role("secretariat"), exported(as_role))
    counts = page.context["counts"]
    assert (counts["unchanged"], counts["new"], counts["changed"], counts["removed"]) == (18, 0, 0, 0)


def test_a_text_that_looks_like_a_formula_leaves_harmless_and_comes_back(as_role):
    Concept.objects.filter(scheme__code="topics", code="policy-design").update(label={"es": "=1+1", "en": "-design"})
    data = exported(as_role)
    assert b",'=1+1," in data and b",'-design," in data
    assert upload(as_role("secretariat"), data).context["counts"]["unchanged"] == 18


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_later_typology_is_loaded_after_a_dry_run(as_role, encoding):
    client = as_role("secretariat")
    text = exported(as_role).decode("utf-8-sig")
    header, first, *_rest = text.splitlines()
    lines = [header, first.replace("Diseño", "Nuevo diseño"), "care,,Cuidados,Cuidado,Care,Soins,,,,,OAS,"]
    page = upload(client, "\n".join(lines).encode(encoding))
    assert page.context["counts"] == {"new": 1, "changed": 1, "unchanged": 0, "removed": 17, "refused": 0}
    assert not ConceptScheme.objects.filter(code="topics", version=2).exists()
    token = page.context["token"]
    assert client.post(LOAD, {"token": token, "source": "another"})["Location"] == LOAD, (
        "the source belongs to the file"
    )
    assert client.post(LOAD, {"token": token, "source": "OAS, resolution 1"})["Location"].endswith("topics/2/edit/")
    draft = ConceptScheme.objects.get(code="topics", version=2)
    assert draft.source == "OAS, resolution 1"
    assert draft.concepts.filter(retired_on__isnull=True).count() == 2
    assert draft.concepts.count() == 19
    assert Concept.objects.get(scheme=draft, code="policy-design").label["es"].startswith("Nuevo diseño")


BAD_FILES = {
    "empty": (b"", "empty"),
    "no columns": (b"a,b\n1,2\n", "code"),
    "a column twice": (b"code,label_es,label_es\na,b,c\n", "twice"),
    "a quotation mark missing": (b'code,label_es\na,"b\nc,d\n', "quotation mark"),
    "mixed encodings": ("code,label_es\na,Niñez\n".encode() + "b,Niñez\n".encode("cp1252"), "line 3"),
    "Cyrillic in another encoding": ("code,label_es\na,Дети\n".encode("koi8-r"), "UTF-8"),
    "too many terms": (b"code,label_es\n" + b"".join(b"c%d,x\n" % n for n in range(2_100)), "2000"),
    "only a header": (b"code,label_es\n", "no terms"),
}


@pytest.mark.parametrize(("data", "said"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_cannot_be_read_says_why(as_role, data, said):
    page = upload(as_role("secretariat"), data)
    assert page.status_code == 200
    assert said in str(page.context["form"].errors)
    assert not ConceptScheme.objects.filter(status="draft").exists()


BAD_ROWS = {
    "a code with blanks": ("a b,,Uno,,,,,,,,,", "letters without accents"),
    "a code twice": ("a,,Uno,,,,,,,,,\na,,Dos,,,,,,,,,", "twice"),
    "no label": ("a,,,,,,,,,,,", "no label"),
    "unknown broader term": ("a,z,Uno,,,,,,,,,", "not in the file"),
    "a circle": ("a,b,Uno,,,,,,,,,\nb,a,Dos,,,,,,,,,", "below itself"),
    "extra that is no JSON": ("a,,Uno,,,,,,,,,x", "JSON"),
}


@pytest.mark.parametrize(("rows", "said"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_wrong_row_is_shown_with_its_reason_and_nothing_can_be_confirmed(as_role, rows, said):
    header = exported(as_role).decode("utf-8-sig").splitlines()[0]
    page = upload(as_role("secretariat"), f"{header}\n{rows}\n".encode())
    refused = [line for line in page.context["lines"] if line.state == "refused"]
    assert refused and said in refused[0].reason
    assert page.context["token"] == ""


def test_skos_names_each_term_in_four_languages(as_role):
    document = json.loads(as_role("public").get("/en/vocabularies/obstacles/1/skos.jsonld").content)
    head, *concepts = document["@graph"]
    assert head["@type"] == "skos:ConceptScheme" and set(head["title"]) == {"es", "pt", "en", "fr"}
    narrower = next(concept for concept in concepts if concept["notation"] == "no-agreed-policy")
    assert narrower["broader"].endswith("#term-cooperation-policy")
    assert all(set(concept["prefLabel"]) == {"es", "pt", "en", "fr"} for concept in concepts)


def test_a_new_vocabulary_begins_as_a_draft(as_role):
    client = as_role("secretariat")
    made = client.post("/en/vocabularies/new/", {"code": "care-types", "title_es": "Tipos de cuidado"})
    assert made["Location"] == "/en/vocabularies/care-types/1/edit/"
    refused = client.post("/en/vocabularies/care-types/1/in-force/", follow=True)
    assert "no terms yet" in refused.content.decode()
    again = client.post("/en/vocabularies/new/", {"code": "topics", "title_es": "Temas"})
    assert again.status_code == 200 and again.context["form"].errors["code"]
    client.post("/en/vocabularies/care-types/1/delete/")
    assert not ConceptScheme.objects.filter(code="care-types").exists()
