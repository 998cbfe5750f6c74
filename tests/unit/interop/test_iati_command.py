"""`./ayni iati validate`: the form other programs read, the words people read, the exit code."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.unit.iati.test_iati_reading import END, HEAD, records


def test_a_valid_file_in_json(tmp_path):
    path = tmp_path / "good.xml"
    path.write_text(HEAD + records(1) + END)
    out = StringIO()
    call_command("iati", "validate", str(path), "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert (told["file"], told["version"], told["activities"], told["organisations"]) == (str(path), "2.03", 1, 0)
    assert told["schema_valid"] is True and told["rulesets_valid"] is False
    assert {"severity", "identifier", "path", "line", "message", "advice", "rule"} == set(told["findings"][0])


def test_an_invalid_and_a_missing_file_end_with_one(tmp_path):
    path = tmp_path / "bad.xml"
    path.write_text(HEAD + "<iati-activity/>" + END)
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("iati", "validate", str(path), str(tmp_path / "none.xml"), stdout=out)
    assert ended.value.code == 1
    assert "ends too early" in out.getvalue() and "cannot be opened" in out.getvalue()


def test_a_folder_of_lists_that_is_not_there_is_said(tmp_path, settings):
    settings.IATI_CODELISTS = str(tmp_path / "none")
    with pytest.raises(CommandError, match="AYNI_IATI_CODELISTS"):
        call_command("iati", "validate", "x.xml")


def test_a_ruleset_that_cannot_be_judged_by_is_said_with_its_file_and_its_rule(tmp_path, settings):
    settings.IATI_CODELISTS = str(tmp_path)
    (tmp_path / "standard.json").write_text('{"//title": {"no_more_than_one": {"cases": [{"paths": ["string(.)"]}]}}}')
    with pytest.raises(
        CommandError, match=r"standard\.json: Rule nomorethanone of //title, path string\(\.\): it gives no"
    ):
        call_command("iati", "validate", "x.xml")


def test_lists_of_a_folder_decide(tmp_path, settings):
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "Sector.json").write_text(
        '{"attributes": {"name": "Sector", "complete": "1", "embedded": "0"}, "data": [{"code": "16010"}]}'
    )
    (folder / "ActivityStatus.csv").write_text("code,name\n9,New\n")
    (folder / "OrganisationRole.xml").write_text(
        '<codelist name="OrganisationRole" complete="1"><codelist-items>'
        "<codelist-item><code>1</code></codelist-item></codelist-items></codelist>"
    )
    settings.IATI_CODELISTS = str(folder)
    path = tmp_path / "file.xml"
    sectors = '<sector code="99"/><sector vocabulary="99" code="a"/></iati-activity>'
    path.write_text(HEAD + records(1).replace("</iati-activity>", sectors) + END)
    out = StringIO()
    call_command("iati", "validate", str(path), "--json", stdout=out)
    told = [each for each in json.loads(out.getvalue())["findings"] if each["severity"] == "codelist"]
    assert {(each["rule"], each["path"][17:]) for each in told} == {
        ("Sector", "iati-activity[1]/sector[1]/@code"),
        ("ActivityStatus", "iati-activity[1]/activity-status[1]/@code"),
    }
