"""Agreements and signing rules: each page, and how they are kept."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ayni.registry.actions import agreement_documents
from ayni.registry.models import Agreement
from tests.factories.agreements import agreement, amendment, form

PAGES: dict[str, dict[str, int | str]] = {
    "agreements/": {"public": 11, "*": 13},
    "agreements/?country=BRA&form=memorandum-of-understanding&state=in-force&ending=on": {"public": 4, "*": 6},
    "agreements/1/": {"public": 14, "focal-point": 22, "secretariat": 22, "observer": 22, "*": 16},
    "agreements/2/": {"focal-point": 16, "secretariat": 16, "observer": 16, "*": "404"},
    "agreements/5/": {"public": "404", "expert": "404", "administrator": "404", "*": 15},
    "agreements/new/": {"public": "302", "focal-point": 7, "national-coordinator": 7, "*": "403"},
    "agreements/5/edit/": {"public": "302", "national-coordinator": 11, "*": "403"},
    "agreements/5/step/review/": {
        "public": "302",
        "national-coordinator": 9,
        "expert": "404",
        "administrator": "404",
        "*": "403",
    },
    "agreements/1/step/terminate/": {"public": "302", "*": "403"},
    "agreements/5/parties/add/": {"public": "302", "national-coordinator": 11, "*": "403"},
    "agreements/5/parties/BR-MDS/": {"public": "302", "national-coordinator": 11, "*": "403"},
    "agreements/2/parties/PY-MDS/sign/": {"public": "302", "national-coordinator": "404", "*": "403"},
    "agreements/5/documents/add/": {"public": "302", "national-coordinator": 9, "*": "403"},
    "agreements/3/amend/": {"public": "302", "national-coordinator": 10, "*": "403"},
    "agreements/1/amendments/1/": {"focal-point": 18, "secretariat": 18, "observer": 18, "*": "404"},
    "agreements/1/amendments/1/edit/": {"public": "302", "focal-point": 16, "national-coordinator": "404", "*": "403"},
    "agreements/1/amendments/1/step/withdraw/": {
        "public": "302",
        "focal-point": 16,
        "secretariat": "403",
        "observer": "403",
        "*": "404",
    },
    "agreements/1/amendments/1/parties/PY-MDS/sign/": {"public": "302", "national-coordinator": "404", "*": "403"},
    "agreements/3/amendments/1/": {"public": 15, "*": 17},
    "agreements/3/until/1/": {"public": 14, "*": 16},
    "signing-rules/": {"public": 7, "*": 9},
    "signing-rules/keep/": {"public": "302", "national-coordinator": 8, "secretariat": 8, "*": "403"},
}

pytestmark = pytest.mark.django_db


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


def fields(page) -> dict[str, object]:
    return {bound.html_name: bound.value() for bound in page.context["form"] if bound.value() not in (None, "", False)}


def test_an_agreement_is_recorded_signed_and_renewed_on_its_pages(as_role):
    writer, keeper = as_role("focal-point"), as_role("coordinacion.br@demo.ayni")
    signing = {"BR-MDS": keeper, "CL-FOSIS": as_role("national-coordinator")}
    page = writer.get("/en/agreements/new/")
    begun = fields(page) | {
        "institution": "BR-MDS",
        "form": "cooperation-agreement",
        "title_en": "On registries",
        "purpose_en": "To learn.",
        "responsibilities_en": "Each its own.",
        "valid_from": "2026-01-01",
        "valid_to": "2027-01-15",
    }
    assert "before the first" in writer.post("/en/agreements/new/", begun | {"valid_to": "2025-01-01"}).content.decode()
    writer.post("/en/agreements/new/", begun)
    made = Agreement.objects.latest("pk")
    here = f"/en/agreements/{made.pk}/"
    assert "Name parties of at least two countries." in writer.get(here).content.decode()
    writer.post(f"{here}parties/BR-MDS/", {"commitments_en": "Two missions.", "base": "1"})
    writer.post(f"{here}parties/add/", {"institution": "CL-FOSIS", "commitments_en": "A team."})
    assert "is a party already" in writer.post(f"{here}parties/add/", {"institution": "CL-FOSIS"}).content.decode()
    writer.post(f"{here}documents/add/", {"title": "Text", "url": "https://example.org/text"})
    writer.post(f"{here}step/review/")
    for code, client in signing.items():
        told = {"signatory": "Somebody", "rank": "minister", "signed_on": "2026-01-10"}
        assert f"{here}parties/{code}/sign/" in client.get(here).content.decode()
        client.post(f"{here}parties/{code}/sign/", told)
    keeper.post(f"{here}step/sign/")
    keeper.post(f"{here}step/enter-force/")
    page = writer.get(f"{here}amend/")
    told = {"kind": "renewal", "agreed_on": "2026-10-01", "valid_to": "2029-01-15", "changes_en": "Two more years."}
    writer.post(f"{here}amend/", fields(page) | told | {"purpose_en": "To learn and to teach."})
    one = f"{here}amendments/1/"
    assert "To learn and to teach." in writer.get(one).content.decode()
    assert "on its way" in writer.get(here).content.decode()
    assert "on its way" not in as_role("public").get(here).content.decode()
    assert as_role("public").get(one).status_code == 404
    writer.post(f"{one}step/review/")
    for code, client in signing.items():
        assert f"{one}parties/{code}/sign/" in client.get(one).content.decode()
        told = {"signatory": "Somebody", "rank": "minister", "signed_on": "2026-09-30"}
        client.post(f"{one}parties/{code}/sign/", told)
    keeper.post(f"{one}step/sign/")
    keeper.post(f"{one}step/effect/")
    made.refresh_from_db()
    assert (made.state, f"{made.valid_to}", made.purpose) == (
        "in-force",
        "2029-01-15",
        {"en": "To learn and to teach."},
    )
    public = as_role("public")
    assert "To learn.</dd>" in public.get(f"{here}until/1/").content.decode()
    assert f"{here}until/1/" in public.get(here).content.decode()
    text = as_role("public").get(here).content.decode()
    assert "Two more years." in text and "https://example.org/text" in text and "Somebody" in text
    writer.post(f"{here}documents/{made.documents.get().pk}/remove/")
    assert not made.documents.exists()


def test_a_draft_is_read_by_its_parties_and_by_nobody_else(as_role):
    made = agreement("BR-MDS", "CL-FOSIS")
    here = f"/en/agreements/{made.pk}/"
    for role in ("focal-point", "national-coordinator", "secretariat", "observer"):
        assert as_role(role).get(here).status_code == 200, role
    for role in ("public", "expert", "administrator"):
        assert as_role(role).get(here).status_code == 404, role
    assert as_role("national-coordinator").get(f"{here}edit/").status_code == 403
    assert as_role("focal-point").get(f"{here}parties/CL-FOSIS/sign/").status_code == 403


def test_the_later_of_two_sees_what_the_other_has_saved(as_role):
    made = agreement("BR-MDS", "CL-FOSIS")
    here = f"/en/agreements/{made.pk}/edit/"
    client = as_role("focal-point")
    data = fields(client.get(here))
    client.post(here, data | {"purpose_en": "First purpose."})
    text = client.post(here, data | {"purpose_en": "Second purpose."}).content.decode()
    assert "First purpose." in text and "Second purpose." in text
    made.refresh_from_db()
    assert made.purpose == {"en": "First purpose."}


def test_the_later_of_two_sees_the_commitments_that_the_other_has_saved(as_role):
    made = agreement("BR-MDS", "CL-FOSIS")
    here = f"/en/agreements/{made.pk}/parties/BR-MDS/"
    client = as_role("focal-point")
    data = fields(client.get(here))
    client.post(here, data | {"commitments_en": "First work."})
    page = client.post(here, data | {"commitments_en": "Second work."})
    text = page.content.decode()
    assert "First work." in text and "Second work." in text
    client.post(here, fields(page) | {"commitments_en": "Both."})
    assert made.parties.get(institution__code="BR-MDS").commitments == {"en": "Both."}


def test_an_agreement_stays_under_one_that_is_no_longer_in_force(as_role):
    above = agreement("BR-MDS", "CL-FOSIS", signed=True, state="expired", title={"en": "The framework"})
    made = agreement("BR-MDS", "CL-FOSIS", parent=above)
    client, here = as_role("focal-point"), f"/en/agreements/{made.pk}/edit/"
    assert client.post(here, fields(client.get(here)) | {"purpose_en": "Another."}).status_code == 302
    made.refresh_from_db()
    assert (made.parent, made.purpose) == (above, {"en": "Another."})


def test_a_signature_that_the_other_side_recorded_says_so(as_role):
    made = agreement("BR-MDS", "XX-WB", signed=True, state="signed")
    made.parties.filter(institution__code="XX-WB").update(by_other_side=True)
    assert "Recorded by the other side" in as_role("public").get(f"/en/agreements/{made.pk}/").content.decode()


def test_who_reads_a_draft_is_said_where_it_begins(as_role):
    text = as_role("focal-point").get("/en/agreements/new/").content.decode()
    assert "The parties, the secretariat and the observers read a draft" in text


def test_a_party_is_taken_out_of_a_draft(as_role):
    made = agreement("BR-MDS", "CL-FOSIS")
    as_role("focal-point").post(f"/en/agreements/{made.pk}/parties/CL-FOSIS/remove/")
    assert [party.institution.code for party in made.parties.all()] == ["BR-MDS"]


def test_a_signing_rule_is_corrected(as_role):
    client = as_role("coordinacion.br@demo.ayni")
    data = {"country": "BRA", "form": "framework", "ranks": ["minister"], "note_en": "With Foreign Affairs."}
    client.post("/en/signing-rules/keep/", data)
    assert "With Foreign Affairs." in as_role("public").get("/en/signing-rules/").content.decode()
    assert (
        "Say who signs"
        in client.post("/en/signing-rules/keep/", {"country": "BRA", "form": "specific"}).content.decode()
    )


def test_what_waits_for_whom_is_on_the_desk(as_role):
    agreement("BR-MDS", "CL-FOSIS", state="review", title={"en": "Waiting text"})
    for coordination in ("coordinacion.br@demo.ayni", "national-coordinator"):
        assert "Waiting text" in as_role(coordination).get("/en/desk/").content.decode()
    assert "Waiting text" not in as_role("focal-point").get("/en/desk/").content.decode()


def test_an_agreement_in_force_counts_in_the_ranking(as_role):
    Agreement.objects.update(state="draft")
    address, client = "/en/demands/1/ranking/", as_role("secretariat")

    def modality() -> dict[str, tuple[float, float]]:
        ranked = client.get(address).context["shown"].ranked
        return {one.offer.institution.country_id: (one.why[7].least, one.why[7].most) for one in ranked}

    unknown = modality()["BRA"]
    agreement("BR-MDS", "PY-MDS", signed=True, state="in-force", form=form("framework"))
    known = modality()
    assert unknown[0] < unknown[1] and known["BRA"] == (unknown[1], unknown[1])
    assert known["CHL"][0] == known["CHL"][1] <= 50


def test_a_country_leads_to_its_agreements_in_force_and_to_what_it_asks(client):
    Agreement.objects.update(state="draft")
    agreement("BR-MDS", "PY-MDS", signed=True, state="in-force")

    def links(code: str) -> tuple[bool, bool]:
        text = client.get(f"/en/countries/{code}/").content.decode()
        agreed = f"/en/agreements/?country={code}&amp;state=in-force"
        return agreed in text, f"/en/signing-rules/#c-{code}" in text

    assert (links("BRA"), links("PRY"), links("CHL"), links("TUV")) == (
        (True, True),
        (True, False),
        (False, True),
        (False, False),
    )


def pdf(name: str = "text.pdf", more: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7\n" + more)


def test_a_document_is_kept_as_a_file_and_read_by_those_who_see_the_agreement(as_role, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = agreement("BR-MDS", "CL-FOSIS")
    here, keeper = f"/en/agreements/{made.pk}/", as_role("focal-point")
    add = f"{here}documents/add/"
    assert keeper.post(add, {"title": "The text", "file": pdf()}).status_code == 302
    document = made.documents.get()
    path = Path(document.file.path)
    assert path.exists() and document.name == "text.pdf" and path.name != "text.pdf"
    for sent, said in (
        ({"file": pdf("again.pdf")}, "there already"),
        ({"file": SimpleUploadedFile("x.pdf", b"MZ program")}, "Accepted here"),
        ({}, "one of the two"),
        ({"file": pdf(more=b"x"), "url": "https://example.org/x"}, "one of the two"),
        ({"url": "https://example.org/x"}, "Say what can be read there"),
    ):
        assert said in keeper.post(add, sent).content.decode()
    assert f"{here}documents/{document.pk}/" in keeper.get(here).content.decode()
    answer = as_role("national-coordinator").get(f"{here}documents/{document.pk}/")
    assert answer.getvalue() == b"%PDF-1.7\n" and answer["Content-Type"] == "application/pdf"
    assert "attachment" in answer["Content-Disposition"]
    for role in ("public", "expert"):
        assert as_role(role).get(f"{here}documents/{document.pk}/").status_code == 404
    keeper.post(add, {"title": "Address", "url": "https://example.org/x"})
    other = made.documents.get(url="https://example.org/x")
    assert keeper.get(f"{here}documents/{other.pk}/").status_code == 404


def test_there_is_room_for_so_many_files(as_role, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(agreement_documents, "MOST_FILES", 1)
    made = agreement("BR-MDS", "CL-FOSIS")
    add, keeper = f"/en/agreements/{made.pk}/documents/add/", as_role("focal-point")
    keeper.post(add, {"file": pdf()})
    assert made.documents.get().title == "text.pdf"
    assert "At most 1 files" in keeper.post(add, {"file": pdf(more=b"x")}).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_file_goes_with_its_document(demonstration, as_role, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = agreement("BR-MDS", "CL-FOSIS")
    here, keeper = f"/en/agreements/{made.pk}/", as_role("focal-point")
    keeper.post(f"{here}documents/add/", {"title": "The text", "file": pdf()})
    document = made.documents.get()
    keeper.post(f"{here}documents/{document.pk}/remove/")
    assert not Path(document.file.path).exists() and not made.documents.exists()


def test_the_later_of_two_sees_what_the_other_has_saved_of_an_amendment(as_role):
    one = amendment(agreement("BR-MDS", "CL-FOSIS", signed=True, state="in-force"))
    here = f"/en/agreements/{one.agreement_id}/amendments/1/edit/"
    client = as_role("focal-point")
    data = fields(client.get(here))
    client.post(here, data | {"purpose_en": "First purpose."})
    page = client.post(here, data | {"purpose_en": "Second purpose."})
    text = page.content.decode()
    assert "First purpose." in text and "Second purpose." in text
    client.post(here, fields(page) | {"purpose_en": "Both."})
    one.refresh_from_db()
    assert one.texts["purpose"] == {"en": "Both."}


def test_an_amendment_is_on_the_desk(as_role):
    amendment(agreement("BR-MDS", "CL-FOSIS", signed=True, state="in-force", title={"en": "Waiting text"}))
    assert "/amendments/1/" in as_role("focal-point").get("/en/desk/").content.decode()


def test_an_amendment_of_before_there_were_copies_says_in_words_what_it_changed(as_role):
    made = agreement("BR-MDS", "CL-FOSIS", signed=True, state="in-force")
    one = amendment(made, state="in-effect")
    one.texts = {}
    one.save()
    here = f"/en/agreements/{made.pk}/"
    assert "A wider purpose." in as_role("public").get(f"{here}amendments/1/").content.decode()
    assert as_role("public").get(f"{here}until/1/").status_code == 404
