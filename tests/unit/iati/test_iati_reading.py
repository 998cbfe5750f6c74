"""What is not well-formed, cut off, foreign or harmful: told with its place, and what stands beside it is read."""

import io
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from ayni.iati import tags
from ayni.iati.findings import Severity
from ayni.iati.model import Activity
from ayni.iati.organisation import Organisation
from ayni.iati.read import opened, read
from ayni.iati.source import batches
from ayni.iati.validate import Judges, judged, validate
from ayni.iati.write import write

TODAY = date(2026, 11, 30)
GOOD = (
    '<iati-activity default-currency="USD"><iati-identifier>XX-1-{n}</iati-identifier>'
    '<reporting-org ref="XX-1" type="10"><narrative>A</narrative></reporting-org>'
    "<title><narrative>T</narrative></title><description><narrative>D</narrative></description>"
    '<participating-org role="1" ref="XX-1"/><activity-status code="2"/><activity-date type="1" iso-date="2020-01-01"/></iati-activity>\n'
)
HEAD = '<?xml version="1.0"?>\n<iati-activities version="2.03">\n'
END = "</iati-activities>\n"


def told(text: str | bytes):
    found = list(read(io.BytesIO(text.encode() if isinstance(text, str) else text)))
    return [each.record for each in found if each.record], [finding for each in found for finding in each.findings]


def records(*numbers: int) -> str:
    return "".join(GOOD.replace("{n}", str(each)) for each in numbers)


def test_one_broken_activity_never_sinks_the_file():
    text = HEAD + records(1) + "<iati-activity><iati-identifier>XX-1-2</iati-activity>\n" + records(3) + END
    activities, findings = told(text)
    assert [each.identifier for each in activities] == ["XX-1-1", "XX-1-3"]
    assert [(each.severity, each.line, each.path) for each in findings] == [
        (Severity.READ, 4, "/iati-activities/iati-activity[2]")
    ]


def test_an_activity_without_its_end_tag_does_not_take_the_next_with_it():
    activities, findings = told(HEAD + "<iati-activity><iati-identifier>lost</iati-identifier>\n" + records(2) + END)
    assert [each.identifier for each in activities] == ["XX-1-2"]
    assert len(findings) == 1


def test_a_truncated_file_keeps_what_came_before():
    activities, findings = told((HEAD + records(1, 2, 3))[:-60])
    assert [each.identifier for each in activities] == ["XX-1-1", "XX-1-2"]
    assert "truncated" in {each.rule for each in findings}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<!DOCTYPE a [<!ENTITY x "y">]><iati-activities version="2.03"/>', "document-type"),
        ('<!DOCTYPE iati-activities SYSTEM "http://example.org/a.dtd"><iati-activities/>', "document-type"),
        ("<html><body/></html>", "other-root"),
        ("", "no-element"),
        ("id;name\n1;x", "no-xml"),
    ],
)
def test_what_is_no_file_of_ours_is_refused(text, said):
    activities, findings = told(text)
    assert activities == [] and [each.key for each in findings] == [said]


def test_a_file_that_is_not_there_is_told(tmp_path):
    verdict = validate(tmp_path / "none.xml", Judges(TODAY))
    assert verdict.findings[0].key == "unopened" and not verdict.valid(Severity.SCHEMA)


def test_deep_nesting_is_refused_and_the_rest_is_read():
    deep = "<iati-activity>" + "<a>" * 5000 + "</a>" * 5000 + "</iati-activity>"
    activities, findings = told(HEAD + deep + records(2) + END)
    assert [each.identifier for each in activities] == ["XX-1-2"] and len(findings) == 1


def test_lines_are_true_beyond_65535(tmp_path):
    path = tmp_path / "long.xml"
    wrong = records(2).replace('code="2"', "")
    path.write_text(
        HEAD + records(1) + "\n" * 70_000 + wrong + "\n" * 70_000 + records(3).replace("XX-1-3", " XX-1-3") + END
    )
    lines = {
        each.severity: each.line for each in validate(path, Judges(TODAY)).findings if each.severity is Severity.SCHEMA
    }
    assert lines == {Severity.SCHEMA: 70_004}
    assert 140_005 in {each.line for each in validate(path, Judges(TODAY)).findings if each.rule == "1.3.1"}


def test_batches_and_processes_change_nothing(tmp_path, monkeypatch):
    path = tmp_path / "many.xml"
    path.write_text(HEAD + records(*range(40)) + "<!-- </iati-activity> -->" + records(*range(40, 60)) + END)
    whole = validate(path, Judges(TODAY)).findings
    monkeypatch.setattr("ayni.iati.validate.batches", partial(batches, size=700))
    monkeypatch.setattr("ayni.iati.validate.ALONE", 0)
    with opened(path) as header:
        pieces = [each for done in judged(header, Judges(TODAY), processes=2) for each in done.findings]
    assert pieces == whole and whole


def test_wide_characters_and_latin_ones_are_read():
    text = HEAD.replace("1.0", "1.0") + records(1).replace("<narrative>T", "<narrative>Protección") + END
    wide, none = told(text.encode("utf-16"))
    latin, _ = told(text.replace("?>", ' encoding="ISO-8859-1"?>', 1).encode("latin-1"))
    assert wide == latin and not none
    assert wide[0].titles == (("", "Protección"),)


def test_every_language_is_kept_and_the_default_applies():
    text = (
        records(1)
        .replace("<iati-activity ", '<iati-activity xml:lang="es" ')
        .replace(
            "<narrative>T</narrative>",
            '<narrative>Uno</narrative><narrative xml:lang="fr">Un</narrative>'
            '<narrative xml:lang="es">Otro</narrative>',
        )
    )
    (activity,), _ = told(HEAD + text + END)
    assert activity.titles == (("es", "Uno"), ("fr", "Un"), ("es", "Otro"))


def test_what_has_no_field_comes_back():
    text = (
        records(1)
        .replace("<title>", '<title x:a="1" xmlns:x="urn:x"><x:b>2</x:b>')
        .replace("</iati-activity>", '<capital-spend percentage="many"/><x:c xmlns:x="urn:x"/></iati-activity>')
    )
    (activity,), _ = told(HEAD + text + END)
    out = io.BytesIO()
    assert write([activity], out) == 1
    again, _ = told(out.getvalue())
    assert again == [activity]
    assert b"many" in out.getvalue() and b"urn:x" in out.getvalue()


def test_values_have_their_types():
    (activity,), _ = told(
        HEAD + records(1).replace("</iati-activity>", '<capital-spend percentage=" 12.50 "/></iati-activity>') + END
    )
    assert isinstance(activity, Activity)
    assert activity.dates[0].on == date(2020, 1, 1) and activity.capital_spend.percentage == Decimal("12.5")


def test_a_file_holds_records_of_one_kind():
    with pytest.raises(TypeError):
        write([Activity(), Organisation()], io.BytesIO())


@pytest.mark.parametrize(
    ("version", "told"),
    [
        ("2.01", {("younger", "humanitarian-scope"), ("younger-attribute", "budget"), ("younger", "tag")}),
        ("2.02", {("younger", "tag")}),
        ("2.03", set()),
        ("1.05", {("foreign-version", "")}),
    ],
)
def test_what_an_older_file_uses_of_a_younger_version_is_told_and_the_file_stays_valid(tmp_path, version, told):
    more = (
        '<humanitarian-scope type="1" vocabulary="1-2" code="x"/><budget status="1"><period-start iso-date="2020-01-01"/>'
        '<period-end iso-date="2020-12-31"/><value value-date="2020-01-01">1</value></budget>'
    )
    text = records(1).replace("</iati-activity>", more + "</iati-activity>")
    text = text.replace("<humanitarian-scope", '<tag vocabulary="1" code="x"/><humanitarian-scope')
    path = tmp_path / "old.xml"
    path.write_text(HEAD.replace("2.03", version) + text + END)
    verdict = validate(path, Judges(TODAY))
    assert {
        (each.key, each.parameters.get("element", "")) for each in verdict.findings if each.rule == "version"
    } == told
    assert verdict.valid(Severity.SCHEMA)
    assert [each.record.version for each in read(path) if each.record] == [version]


@pytest.mark.parametrize("record", ["iati-activity", "iati-organisation"])
@pytest.mark.parametrize("outer", ["record", "x"])
def test_a_record_within_another_element_is_told_and_the_file_is_read(tmp_path, record, outer):
    name = record if outer == "record" else outer
    kind = {"iati-activity": "iati-activities", "iati-organisation": "iati-organisations"}[record]
    path = tmp_path / "nested.xml"
    path.write_text(
        f"<{kind} version='2.03'><{name}><{record}><title/></{record}></{name}><{record} own='1'></{record}></{kind}>\n"
    )
    verdict = validate(path, Judges(TODAY))
    found = {each.path.partition("]")[0] for each in verdict.findings if each.path.startswith(f"/{kind}/{record}")}
    own = {f"/{kind}/{record}[{each}" for each in ((1, 2) if outer == "record" else (1,))}
    assert verdict.findings and found <= own and (found == own or kind == "iati-organisations")
    assert len(own) == verdict.activities + verdict.organisations


def test_what_is_told_of_a_long_tag_is_not_remembered():
    links = "".join(f'<document-link url="{n}{"x" * 5000}"/>' for n in range(20))
    known = tags._read.cache_info().currsize
    assert len(tags.Tags(links.encode()).of("document-link") or ()) == 20
    assert tags._read.cache_info().currsize == known


@pytest.mark.parametrize(
    "twice",
    [
        '<activity-status code=""/><activity-status code="2"/>',
        '<activity-status code="2"/><activity-status code=""/>',
        '<iati-identifier x="1"/><iati-identifier x="2">b</iati-identifier>',
        '<capital-spend percentage="many"/><capital-spend percentage="2"/>',
        '<budget><period-start iso-date="soon"/><period-start iso-date="2020-01-01"/></budget>',
        '<title own:mark="}&lt;b=d" xmlns:own="urn:own"/>',
    ],
)
def test_what_was_read_is_never_written_as_broken_xml(twice):
    before, none = told(f"{HEAD}<iati-activity>{twice}</iati-activity>{END}")
    out = io.BytesIO()
    write(before, out)
    after, broken = told(out.getvalue())
    assert after == before and not none and not broken
