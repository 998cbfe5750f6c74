"""An edition's life: drafted, frozen, made again byte for byte, published, discarded; and every refusal."""

import json

import pytest
from django.core.exceptions import PermissionDenied

from ayni.common.errors import Refused
from ayni.directory.actions.editing import NameFacts, add_name
from ayni.directory.models import Concept, CountryRegion, Institution, InstitutionName, Region, RegionScheme
from ayni.registry.models import Initiative
from ayni.surveys.actions.editions import create_edition, discard_edition, freeze_edition, publish_edition
from ayni.surveys.actions.invitations import withdraw_invitation
from ayni.surveys.actions.responses import validate_response
from ayni.surveys.actions.rounds import close_round
from ayni.surveys.models import Answer, Attachment, DiagnosisEdition, Response, Round
from ayni.surveys.queries.content import notes
from ayni.surveys.queries.content.assemble import edition_content
from ayni.surveys.queries.editions import left_out, named_change, verification

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def secretariat(person):
    return person("secretariat")


@pytest.fixture
def demo() -> Round:
    return Round.objects.get(code="red-2026")


@pytest.fixture
def draft() -> DiagnosisEdition:
    return DiagnosisEdition.objects.get(code="red-2026")


@pytest.fixture
def frozen(demo, draft, secretariat) -> DiagnosisEdition:
    close_round(by=secretariat, round=demo)
    return freeze_edition(by=secretariat, edition=draft)


def test_a_draft_follows_its_round_and_says_what_changed(draft):
    content = edition_content(draft)
    assert content["reporters"] == ["CHL", "COL", "PER"]
    assert content["quality"]["validated"] == 3 and content["quality"]["responses"] == 11
    change = content["change"]
    assert change["previous"] == "oas-2010"
    assert change["reporters"] == {"both": ["CHL", "COL"], "only_after": ["PER"], "only_before": ["BRA", "MEX"]}
    assert set(change["partners"]["added"]) == {"GRD", "HTI", "KEN"}
    named = named_change(content)
    assert {"es": "Haití", "en": "Haiti"}.items() <= named["partners"]["added"][1].items()
    assert [line[1:3] for line in named["by_country"]] == [(29, 20), (21, 15)]


def test_what_two_coders_gave_counts_once(draft):
    rows = {row["concept"]: row for row in edition_content(draft)["tables"]["T2"]["rows"]}
    assert rows["staff-availability"]["count"] == 1
    assert len(rows["staff-availability"]["evidence"]) == 3  # the respondent and two coders
    assert edition_content(draft)["tables"]["T2"]["by_country"]["staff-availability"] == {"CHL": 1}


def test_a_frozen_edition_is_made_again_byte_for_byte(frozen, secretariat):
    again = verification(frozen)
    assert again.is_same and again.size == len(frozen.content.encode())
    published = publish_edition(by=secretariat, edition=frozen)
    assert published.status == "published" and verification(published).is_same


def test_the_diagnosis_of_2010_is_made_again_byte_for_byte():
    assert verification(DiagnosisEdition.objects.get(code="oas-2010")).is_same


def test_names_regions_and_texts_of_later_days_leave_a_frozen_edition_as_it_is(frozen, secretariat, monkeypatch):
    fosis = Institution.objects.get(code="CL-FOSIS")
    facts = NameFacts(name={"es": "Fondo", "en": "Fund"}, acronym="F", valid_from="2000", valid_to="", source="")
    add_name(by=secretariat, institution=fosis, name=facts)
    InstitutionName.objects.exclude(institution=fosis).update(acronym="OTHER")
    Region.objects.filter(scheme=RegionScheme.OAS2010).update(name={"es": "Otra", "en": "Other"})
    CountryRegion.objects.filter(country="HTI").update(region=Region.objects.get(code="Africa"))
    Concept.objects.filter(scheme__code="topics").update(label={"es": "Otro tema", "en": "Another topic"})
    monkeypatch.setattr(notes, "METHODS", [(code, "Other words", "Other words") for code, *_texts in notes.METHODS])
    assert verification(DiagnosisEdition.objects.get(pk=frozen.pk)).is_same


def test_who_was_invited_to_a_frozen_round_stands(frozen, demo, secretariat):
    invitation = demo.invitations.filter(institution__responses__status="draft").first()
    with pytest.raises(Refused, match="who was invited stands"):
        withdraw_invitation(by=secretariat, invitation=invitation)
    assert verification(frozen).is_same


def test_an_attached_file_is_an_answer(demo, draft, secretariat):
    response = demo.responses.get(institution__code="CL-FOSIS")
    questions = demo.version.questions.exclude(answers__response=response).exclude(kind="note")
    question = questions.first()
    answer = Answer.objects.create(response=response, question=question)
    before = edition_content(draft)["tables"]["T13"]["rows"]
    Attachment.objects.create(answer=answer, name="a.pdf", size=1, sha256="0" * 64, uploaded_by=secretariat)
    after = edition_content(draft)["tables"]["T13"]["rows"]
    state = [
        [row["answered"][question.code] for row in rows if row["institution"] == "CL-FOSIS"] for rows in (before, after)
    ]
    assert state == [["missing"], ["answered"]]


def test_a_change_of_the_data_shows(frozen, demo):
    demo.responses.get(institution__code="CL-FOSIS").partners.filter(country="HTI").delete()
    assert not verification(frozen).is_same


def test_those_not_validated_are_left_out(demo, frozen):
    assert len(left_out(demo)) == 8
    codes = json.loads(frozen.content)["institutions"]
    assert sorted(codes) == ["CL-FOSIS", "CO-DPS", "PE-MIDIS"]


def test_an_open_round_is_not_frozen(draft, secretariat):
    with pytest.raises(Refused, match="still open"):
        freeze_edition(by=secretariat, edition=draft)


def test_nothing_validated_nothing_frozen(draft, demo, secretariat):
    close_round(by=secretariat, round=demo)
    demo.responses.filter(status="validated").update(status="accepted")
    with pytest.raises(Refused, match="nothing to freeze"):
        freeze_edition(by=secretariat, edition=draft)


def test_each_step_once(frozen, secretariat):
    with pytest.raises(Refused, match="already frozen"):
        freeze_edition(by=secretariat, edition=frozen)
    publish_edition(by=secretariat, edition=frozen)
    with pytest.raises(Refused, match="Only a frozen edition"):
        publish_edition(by=secretariat, edition=frozen)


def test_a_tampered_edition_is_not_published(frozen, secretariat):
    DiagnosisEdition.objects.filter(pk=frozen.pk).update(content=frozen.content.replace("CHL", "ARG"))
    with pytest.raises(Refused, match="checksum differs"):
        publish_edition(by=secretariat, edition=frozen)


def test_a_draft_is_discarded_and_a_frozen_edition_stays(draft, demo, secretariat):
    discard_edition(by=secretariat, edition=draft)
    assert not DiagnosisEdition.objects.filter(code="red-2026").exists()
    with pytest.raises(Refused, match="is frozen: it stays"):
        discard_edition(by=secretariat, edition=DiagnosisEdition.objects.get(code="oas-2010"))


def test_codes_and_order(demo, draft, secretariat):
    with pytest.raises(Refused, match="already an edition"):
        create_edition(by=secretariat, round=demo, code="red-2026", title={"es": "x"})
    with pytest.raises(Refused, match="still a draft"):
        create_edition(by=secretariat, round=demo, code="red-2027", title={"es": "x"}, previous=draft)


@pytest.mark.parametrize("role", ["focal-point", "national-coordinator", "observer", "administrator"])
def test_only_the_secretariat_publishes(person, demo, draft, role):
    other = person(role)
    for act in (
        lambda: create_edition(by=other, round=demo, code="x", title={"es": "x"}),
        lambda: freeze_edition(by=other, edition=draft),
        lambda: publish_edition(by=other, edition=draft),
        lambda: discard_edition(by=other, edition=draft),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_what_was_left_out_of_a_frozen_edition_stays_out(demo, frozen):
    proposed = Response.objects.filter(round=demo, proposed_at__isnull=False, status="accepted").first()
    with pytest.raises(Refused, match="frozen without this response"):
        validate_response(by=None, response=proposed)
    assert verification(frozen).is_same


def test_a_frozen_edition_keeps_the_records_of_its_day(frozen, secretariat):
    kept = json.loads(frozen.content)["live"]
    assert kept["year"] == 2026 and kept["fictional"]
    for blocks in kept["blocks"].values():
        codes = {block["code"] for block in blocks if block["kind"] != "Paragraph"}
        assert {"T2", "T8", "T9", "T11", "T12", "F2", "F8", "F11", "F12", "F13"} <= codes
    titles = {lang: {block.get("title") for block in blocks} for lang, blocks in kept["blocks"].items()}
    assert "Papeles por país" in titles["es"] and "Roles by country" in titles["en"]
    # The records go on; the edition does not.
    Initiative.objects.filter(validation="published").update(validation="unilateral")
    assert verification(frozen).is_same


def test_an_edition_of_a_year_without_records_keeps_none():
    assert "live" not in json.loads(DiagnosisEdition.objects.get(code="oas-2010").content)
