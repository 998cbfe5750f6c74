"""Broken, cut, mixed up and hostile files: nothing is raised, nothing hangs, nothing is loaded by halves."""

import io
import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ayni.iati.read import read
from ayni.iati.validate import Judges, validate
from ayni.interop.actions.import_file import ImportOfFile
from ayni.interop.formats.content import organisation_in, to_content
from ayni.interop.formats.findings.telling import SENTENCES
from ayni.interop.formats.organisation_facts import organisation_facts
from ayni.interop.models import ReportedActivity, ReportedOrganisation
from tests.factories.organisations import organisation, organisations
from tests.factories.reported import activity, iati
from tests.unit.iati.test_iati_reading import END, HEAD, records

JUDGES = Judges(date(2026, 11, 30))
WHOLE = (HEAD + records(1, 2, 3) + END).encode()
PIECES = st.sampled_from(
    [
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"]]>",
        b"<iati-activity>",
        b"</iati-activity>",
        b"<iati-activity/>",
        b"</iati-activities>",
        b"<iati-activities version='2.03'>",
        b"<iati-identifier>X-1</iati-identifier>",
        b"<?xml version='1.0'?>",
        b"<?php ?>",
        b"&amp;",
        b"&x;",
        b"&#0;",
        b"<x:y xmlns:x='urn:x'/>",
        b"<x:y/>",
        b"\x00",
        b"\xff\xfe",
        b"\n",
        b"'",
        b'"',
        b">",
        b"<",
        "ñ".encode(),
        b"<sector code='1'/>",
        b"<budget><period-start iso-date='2020-13-01'/></budget>",
    ]
)
# What stands in the place of something else in an organisation file.
MONEY = st.sampled_from(
    [
        b"",
        b"<value currency='usd'>9E99</value>",
        b"<value>NaN</value>",
        b"<recipient-region vocabulary='99' code='X'/>",
        b"<recipient-org ref='X'/>",
        b"</recipient-country-budget><recipient-country-budget status='123456'><recipient-region vocabulary='2' code='A'/><value>1</value>",
        b"<document-link/>",
        b"<narrative xml:lang='es'>A</narrative>",
    ]
)
BOMB = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "bomb": BOMB
    + "]><iati-activities><iati-activity><iati-identifier>&i;</iati-identifier></iati-activity></iati-activities>",
    "file": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><iati-activities><iati-activity>&x;</iati-activity></iati-activities>',
    "net": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><iati-activities/>',
    "late": HEAD + '<!DOCTYPE a [<!ENTITY x "y">]>' + records(1) + END,
    "include": HEAD
    + '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname"/>'
    + records(1)
    + END,
    "comments": HEAD + "<!--" * 200_000 + records(1),
    "sections": HEAD + "<![CDATA[" * 100_000 + records(1),
    "ends": HEAD + "<!--" + "</iati-activity>" * 100_000 + END,
    "both": HEAD + "<![CDATA[]]>" + "<!--</iati-activity>" * 100_000,
    "begins": HEAD + "<iati-activity>" * 100_000,
    "vocabularies": HEAD
    + "<iati-activity>"
    + "".join(f'<sector vocabulary="{number}" code="1"/>' for number in range(5_000))
    + "</iati-activity>"
    + END,
    "attributes": HEAD + "<iati-activity " + " ".join(f'a{number}="1"' for number in range(20_000)) + "/>" + END,
    "huge": HEAD
    + "<iati-activity><iati-identifier>A</iati-identifier>"
    + "<recipient-country code='PE' percentage='9E9999999'/><sector code='16010' percentage='9E9999999'/>" * 2
    + "</iati-activity>"
    + END,
    "siblings": HEAD + "<iati-activity>" + "<transaction/>" * 20_000 + "</iati-activity>" + END,
}


def judged(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("fuzz") / "file.xml"
    path.write_bytes(data)
    return validate(path, JUDGES)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30), st.booleans(), st.booleans())
def test_pieces_in_any_order_never_crash(tmp_path_factory, pieces, begun, ended):
    data = (HEAD.encode() if begun else b"") + b"".join(pieces) + (END.encode() if ended else b"")
    verdict = judged(tmp_path_factory, data)
    assert all(each.key in SENTENCES for each in verdict.findings)
    assert sum(each.record is not None for each in read(io.BytesIO(data))) <= verdict.activities + verdict.organisations


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(WHOLE)))
def test_wherever_a_file_is_cut_what_came_before_is_read(tmp_path_factory, place):
    data = WHOLE[:place]
    told = [each.record.identifier for each in read(io.BytesIO(data)) if each.record is not None]
    assert told[: data.count(b"</iati-activity>")] == ["XX-1-1", "XX-1-2", "XX-1-3"][: data.count(b"</iati-activity>")]
    assert judged(tmp_path_factory, data).findings


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_what_is_made_to_harm_does_none(tmp_path_factory, name):
    data = HOSTILE[name].encode()
    verdict = judged(tmp_path_factory, data)
    assert verdict.findings and all(len(str(each.parameters)) < 2_000 for each in verdict.findings)
    texts = str([each.record for each in read(io.BytesIO(data))])
    assert "aaaaaaaaaaaaaaaaaaaaa" not in texts and len(texts) < 20_000_000


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_broken_file_leaves_whole_activities_or_none(data):
    whole = iati(*(activity(number) for number in range(1, 5)))
    for _change in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(whole)))
        whole = whole[:place] + data.draw(PIECES | st.just(b"")) + whole[place + data.draw(st.integers(0, 60)) :]
    file = ImportOfFile(None, whole, name="fuzz.xml").run()
    assert file.state in ("whole", "broken") and file.seen == file.added + file.changed + file.unchanged + file.failed
    for row in ReportedActivity.objects.filter(last_file=file):
        content = json.loads(row.content)
        amounts = [one for one in content.get("transactions", ()) if one.get("value", {}).get("amount")]
        assert row.transactions.count() == len(amounts) and row.parties.count() == len(content.get("participants", ()))


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_broken_file_leaves_whole_organisations_or_none(data):
    whole = organisations(*(organisation(number) for number in range(1, 5)))
    for _change in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(whole)))
        whole = whole[:place] + data.draw(PIECES | MONEY) + whole[place + data.draw(st.integers(0, 60)) :]
    file = ImportOfFile(None, whole, name="fuzz.xml").run()
    assert file.state in ("whole", "broken") and file.seen == file.added + file.changed + file.unchanged + file.failed
    for row in ReportedOrganisation.objects.filter(last_file=file):
        kept = organisation_in(row.content)
        assert to_content(kept) == row.content and row.documents.count() <= len(kept.documents)
        facts = organisation_facts(kept)
        assert [each.number for each in row.budgets.all()] == [each["number"] for each in facts.budgets]
