import hashlib
import io
import json

import pytest
from django.core.management import call_command

from ayni.common.errors import Refused
from ayni.surveys.actions.editions import create_edition
from ayni.surveys.models import Round

pytestmark = pytest.mark.django_db


def diagnose(*arguments):
    out = io.StringIO()
    call_command("diagnose", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_json_on_standard_output_is_exactly_what_was_frozen(edition):
    said = diagnose("oas-2010", "--format", "json")
    assert said == edition.content
    assert hashlib.sha256(said.encode()).hexdigest() == edition.checksum
    assert json.loads(said)["tables"]["T3"]["totals"] == {
        "BR-MDS": 26,
        "CL-MIDEPLAN": 15,
        "CL-FOSIS": 27,
        "CO-ACCION-SOCIAL": 21,
        "MX-SEDESOL": 34,
    }


def test_without_an_edition_it_lists_them():
    assert "oas-2010\t" in diagnose()


def test_an_unknown_edition_is_refused_with_those_that_exist():
    with pytest.raises(Refused, match="oas-2011.*oas-2010"):
        diagnose("oas-2011")


def test_a_draft_is_computed_from_its_round(edition):
    create_edition(by=None, round=Round.objects.get(code="oas-2010"), code="second", title={"en": "Second"})
    said = json.loads(diagnose("second"))
    assert said["tables"]["T3"]["partners"] == 57


def test_a_file_is_written(tmp_path):
    target = tmp_path / "report.pdf"
    diagnose("oas-2010", "--format", "pdf", "--lang", "fr", "-o", str(target))
    assert target.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("target", ["", "nowhere/report.pdf"])
def test_a_folder_or_a_missing_folder_is_refused(tmp_path, target):
    with pytest.raises(Refused):
        diagnose("oas-2010", "-o", str(tmp_path / target))
    assert list(tmp_path.iterdir()) == []


def test_a_binary_file_is_not_written_to_a_terminal():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    with pytest.raises(Refused, match="-o oas-2010-es.pdf"):
        call_command("diagnose", "oas-2010", "--format", "pdf", stdout=Terminal())
